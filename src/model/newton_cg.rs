//! Truncated Newton-CG: conjugate gradients find each Newton step, and stop early while the minimum is far
//! (Dembo & Steihaug 1983; for logistic regression Lin, Weng & Keerthi 2008). Deterministic: nothing is
//! random, and every sum has one order.

use rayon::prelude::*;

/// A smooth convex function to minimise: all that the solver needs.
pub trait Objective {
    /// Number of weights.
    fn dimension(&self) -> usize;

    /// The value at `weights`; writes the gradient.
    fn evaluate(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64;

    /// Writes the product of the Hessian, at the weights evaluated last, with `direction`.
    fn curvature(&mut self, direction: &[f64], product: &mut [f64]);

    /// Writes the diagonal of the Hessian, at the weights evaluated last, which scales the weights
    /// (preconditioning). By default they are not scaled.
    fn diagonal(&mut self, diagonal: &mut [f64]) {
        diagonal.fill(1.0);
    }
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stopping {
    /// Converged where the gradient's length is at most this times its length at zero weights, or this
    /// where that length is below 1.
    pub tolerance: f64,
    /// Maximum number of Newton steps.
    pub max_steps: usize,
}

/// How the minimum was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// The objective's value.
    pub value: f64,
    /// The length of the gradient.
    pub gradient: f64,
    /// Number of Newton steps.
    pub steps: usize,
    /// Number of products with the Hessian.
    pub products: usize,
}

/// The minimum was not reached.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "the solver did not converge: after {} steps the gradient's length is {:.3e}, wanted {wanted:.3e}",
    at.steps, at.gradient
)]
pub struct NotConverged {
    /// The state in which it stopped.
    pub at: Convergence,
    /// The length of the gradient that counts as converged.
    pub wanted: f64,
}

/// A step must bring at least this share of the decrease that the gradient predicts (Armijo 1966).
const ARMIJO: f64 = 1e-4;
/// Maximum number of products with the Hessian for one step.
const MAX_PRODUCTS: usize = 500;
/// Maximum number of halvings of a step.
const MAX_HALVINGS: usize = 40;

/// Finds the weights at which the objective is smallest, beginning at `start`.
///
/// # Errors
/// [`NotConverged`] where `stopping` is not met, or a value is not finite.
pub fn minimise<O: Objective>(
    objective: &mut O,
    start: Vec<f64>,
    stopping: Stopping,
) -> Result<(Vec<f64>, Convergence), NotConverged> {
    let mut weights = start;
    let mut gradient = vec![0.0; objective.dimension()];
    let mut value = objective.evaluate(&vec![0.0; objective.dimension()], &mut gradient);
    let wanted = stopping.tolerance * norm(&gradient).max(1.0);
    if weights.iter().any(|&weight| weight != 0.0) {
        value = objective.evaluate(&weights, &mut gradient);
    }
    let mut products = 0;
    for steps in 0..=stopping.max_steps {
        let at = Convergence { value, gradient: norm(&gradient), steps, products };
        if at.gradient <= wanted && at.gradient.is_finite() {
            return Ok((weights, at));
        }
        if !at.gradient.is_finite() {
            return Err(NotConverged { at, wanted });
        }
        let (step, taken) = newton_step(objective, &gradient);
        products += taken;
        let moved = search(objective, &weights, &gradient, value, &step);
        let Some(moved) = moved.filter(|_| steps < stopping.max_steps) else {
            return Err(NotConverged { at, wanted });
        };
        (weights, gradient, value) = moved;
    }
    unreachable!("the loop returns at its last step")
}

/// Solves `H step = -gradient` approximately by conjugate gradients; gives the number of products with `H`,
/// too. The preconditioner is the square root of the diagonal of `H`: with the whole diagonal (Jacobi) the
/// many rare features converge late, without it the few frequent ones (Hsia, Chiang & Lin 2018 mix the
/// two as well).
fn newton_step<O: Objective>(objective: &mut O, gradient: &[f64]) -> (Vec<f64>, usize) {
    let n = gradient.len();
    let wanted = norm(gradient) * 0.1_f64.min(norm(gradient).sqrt());
    let scale = scale(objective, n);
    let mut step = vec![0.0; n];
    let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut direction: Vec<f64> = residual.iter().zip(&scale).map(|(r, s)| r * s).collect();
    let mut product = vec![0.0; n];
    let mut length = Lengths { plain: norm(gradient), scaled: dot(&residual, &direction) };
    for taken in 0..n.min(MAX_PRODUCTS) {
        if length.plain <= wanted {
            return (step, taken);
        }
        objective.curvature(&direction, &mut product);
        let curvature = dot(&direction, &product);
        if curvature <= 0.0 {
            // The objective is flat in this direction: all intercepts can be shifted together.
            return (step, taken + 1);
        }
        let along = length.scaled / curvature;
        add(&mut step, along, &direction);
        let next = update_residual(&mut residual, along, &product, &scale);
        update_direction(&mut direction, next.scaled / length.scaled, &residual, &scale);
        length = next;
    }
    (step, n.min(MAX_PRODUCTS))
}

/// The preconditioner: a factor for each weight.
fn scale<O: Objective>(objective: &mut O, n: usize) -> Vec<f64> {
    let mut scale = vec![0.0; n];
    objective.diagonal(&mut scale);
    scale.par_iter_mut().for_each(|s| *s = if *s > 0.0 { s.sqrt().recip() } else { 1.0 });
    scale
}

/// The length of a residual, and its preconditioned squared length.
struct Lengths {
    plain: f64,
    scaled: f64,
}

/// Subtracts `share` × `product` from the residual; gives its new lengths.
fn update_residual(residual: &mut [f64], share: f64, product: &[f64], scale: &[f64]) -> Lengths {
    let chunks = residual.par_chunks_mut(CHUNK).zip(product.par_chunks(CHUNK));
    let of_chunk = |((residual, product), scale): ((&mut [f64], &[f64]), &[f64])| {
        let (mut plain, mut scaled) = (0.0, 0.0);
        for ((residual, product), scale) in residual.iter_mut().zip(product).zip(scale) {
            *residual -= share * product;
            let square = *residual * *residual;
            plain += square;
            scaled += square * scale;
        }
        (plain, scaled)
    };
    let sums: Vec<(f64, f64)> = chunks.zip(scale.par_chunks(CHUNK)).map(of_chunk).collect();
    let plain: f64 = sums.iter().map(|(plain, _)| plain).sum();
    Lengths { plain: plain.sqrt(), scaled: sums.iter().map(|(_, scaled)| scaled).sum() }
}

/// The next search direction: the preconditioned residual + `share` × the last direction.
fn update_direction(direction: &mut [f64], share: f64, residual: &[f64], scale: &[f64]) {
    let chunks = direction.par_chunks_mut(CHUNK).zip(residual.par_chunks(CHUNK));
    chunks.zip(scale.par_chunks(CHUNK)).for_each(|((direction, residual), scale)| {
        let numbers = direction.iter_mut().zip(residual).zip(scale);
        numbers.for_each(|((d, r), s)| *d = r * s + share * *d);
    });
}

/// Weights, gradient and value after a step.
type Moved = (Vec<f64>, Vec<f64>, f64);

/// Backtracking line search: halves the step until the objective decreases enough; `None` where it never
/// does.
fn search<O: Objective>(
    objective: &mut O,
    weights: &[f64],
    gradient: &[f64],
    value: f64,
    step: &[f64],
) -> Option<Moved> {
    let slope = dot(gradient, step);
    let mut share = 1.0;
    for _ in 0..MAX_HALVINGS {
        let mut moved = weights.to_vec();
        add(&mut moved, share, step);
        let mut moved_gradient = vec![0.0; gradient.len()];
        let moved_value = objective.evaluate(&moved, &mut moved_gradient);
        // Near the minimum rounding hides the decrease; then the gradient's length decides.
        let falls = moved_value <= value + ARMIJO * share * slope;
        let is_flat = (moved_value - value).abs() <= 1e-12 * value.abs();
        if falls || (is_flat && norm(&moved_gradient) < norm(gradient)) {
            return Some((moved, moved_gradient, moved_value));
        }
        share /= 2.0;
    }
    None
}

/// Number of elements in a unit of parallel work. Units are added up in order, so that the sum does not
/// depend on the number of cores.
const CHUNK: usize = 1 << 15;

/// The inner product.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let of_chunk = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(a, b)| a * b).sum();
    let chunks = a.par_chunks(CHUNK).zip(b.par_chunks(CHUNK));
    chunks.map(of_chunk).collect::<Vec<f64>>().iter().sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// Adds `share` × `what`.
pub(super) fn add(to: &mut [f64], share: f64, what: &[f64]) {
    let chunks = to.par_chunks_mut(CHUNK).zip(what.par_chunks(CHUNK));
    chunks
        .for_each(|(to, what)| to.iter_mut().zip(what).for_each(|(to, what)| *to += share * what));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ½ Σ cᵢ (wᵢ − i)², whose minimum is at wᵢ = i.
    struct QuadraticObjective(Vec<f64>);

    impl Objective for QuadraticObjective {
        fn dimension(&self) -> usize {
            self.0.len()
        }

        fn evaluate(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64 {
            let mut value = 0.0;
            for (at, (w, c)) in weights.iter().zip(&self.0).enumerate() {
                gradient[at] = c * (w - at as f64);
                value += 0.5 * c * (w - at as f64).powi(2);
            }
            value
        }

        fn curvature(&mut self, direction: &[f64], product: &mut [f64]) {
            for ((p, d), c) in product.iter_mut().zip(direction).zip(&self.0) {
                *p = c * d;
            }
        }

        fn diagonal(&mut self, diagonal: &mut [f64]) {
            diagonal.copy_from_slice(&self.0);
        }
    }

    const STOPPING: Stopping = Stopping { tolerance: 1e-9, max_steps: 50 };

    #[test]
    fn finds_the_bottom_of_a_lopsided_bowl() {
        let (weights, how) =
            minimise(&mut QuadraticObjective(vec![1.0, 1e-3, 1e4]), vec![9.0; 3], STOPPING)
                .unwrap();
        for (at, weight) in weights.iter().enumerate() {
            assert!((weight - at as f64).abs() < 1e-5, "{weights:?}");
        }
        assert!(how.steps <= 50 && how.value < 1e-9);
    }

    #[test]
    fn says_that_it_did_not_converge() {
        let stopping = Stopping { max_steps: 0, ..STOPPING };
        let error =
            minimise(&mut QuadraticObjective(vec![1.0, 2.0]), vec![9.0; 2], stopping).unwrap_err();
        assert!(error.to_string().starts_with("the solver did not converge: after 0 steps"));
    }

    #[test]
    fn an_infinite_gradient_is_no_minimum() {
        let mut beyond = QuadraticObjective(vec![1.0, f64::MAX]);
        assert!(minimise(&mut beyond, vec![1.0, 1e9], STOPPING).is_err());
    }

    #[test]
    fn a_value_that_is_not_a_number_is_no_minimum() {
        assert!(
            minimise(&mut QuadraticObjective(vec![f64::NAN, 1.0]), vec![1.0; 2], STOPPING).is_err()
        );
    }
}
