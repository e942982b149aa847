//! Truncated Newton-CG: a Newton method whose steps are found by conjugate gradients, each stopped
//! as early as the outer progress allows (Dembo & Steihaug 1983; the family of Lin, Weng &
//! Keerthi 2008). Deterministic: no randomness, one order of summation.

use rayon::prelude::*;

/// Something smooth and convex to minimise. All that the solver knows.
pub trait Objective {
    /// How many weights.
    fn dimension(&self) -> usize;

    /// The value at `weights`; writes the gradient there.
    fn evaluate(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64;

    /// Writes the product of `direction` with the second derivatives at the weights that were
    /// evaluated last.
    fn curvature(&mut self, direction: &[f64], product: &mut [f64]);

    /// Writes the second derivatives by each weight alone, there too, by which the solver evens out
    /// what is steep in one weight and flat in another. Without them all weights are taken as alike.
    fn diagonal(&mut self, diagonal: &mut [f64]) {
        diagonal.fill(1.0);
    }
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stopping {
    /// Converged once the gradient's length is at most this share of its length at zero weights, or
    /// of 1 where that is longer.
    pub tolerance: f64,
    /// How many Newton steps at most.
    pub max_steps: usize,
}

/// How the minimum was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// The objective's value.
    pub value: f64,
    /// The length of the gradient at the end.
    pub gradient: f64,
    /// How many Newton steps were taken.
    pub steps: usize,
    /// How many products with the second derivatives they took.
    pub products: usize,
}

/// The minimum was not reached.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "the solver did not converge: after {} steps the gradient's length is {:.3e}, wanted {wanted:.3e}",
    at.steps, at.gradient
)]
pub struct NotConverged {
    /// Where it stopped.
    pub at: Convergence,
    /// The length of the gradient that was wanted.
    pub wanted: f64,
}

/// Share of the decrease that the gradient promises which a step must bring (Armijo 1966).
const ARMIJO: f64 = 1e-4;
/// Products with the second derivatives for one step, at most.
const MAX_PRODUCTS: usize = 500;
/// Halvings of a step before it is given up.
const MAX_HALVINGS: usize = 40;

/// The weights at which the objective is smallest, from `start`.
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
        if at.gradient <= wanted {
            return Ok((weights, at));
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

/// The approximate solution of `H step = -gradient` by conjugate gradients, and how many products
/// with `H` it took. Weights are scaled by the square root of the diagonal of `H`: with the whole
/// diagonal (Jacobi's preconditioner) the many rare features would wait for the few common ones, with
/// none of it the common for the rare (Hsia, Chiang & Lin 2018 mix the two as well).
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
            // Flat along here (the intercepts may be shifted together): what we have is enough.
            return (step, taken + 1);
        }
        let along = length.scaled / curvature;
        add(&mut step, along, &direction);
        let next = shorten(&mut residual, along, &product, &scale);
        turn(&mut direction, next.scaled / length.scaled, &residual, &scale);
        length = next;
    }
    (step, n.min(MAX_PRODUCTS))
}

/// By what each weight is scaled.
fn scale<O: Objective>(objective: &mut O, n: usize) -> Vec<f64> {
    let mut scale = vec![0.0; n];
    objective.diagonal(&mut scale);
    scale.par_iter_mut().for_each(|s| *s = if *s > 0.0 { s.sqrt().recip() } else { 1.0 });
    scale
}

/// How long a residual is: its length, and its scaled length squared.
struct Lengths {
    plain: f64,
    scaled: f64,
}

/// Takes a share of a product from a residual.
fn shorten(residual: &mut [f64], share: f64, product: &[f64], scale: &[f64]) -> Lengths {
    let pieces = residual.par_chunks_mut(PIECE).zip(product.par_chunks(PIECE));
    let of_piece = |((residual, product), scale): ((&mut [f64], &[f64]), &[f64])| {
        let (mut plain, mut scaled) = (0.0, 0.0);
        for ((residual, product), scale) in residual.iter_mut().zip(product).zip(scale) {
            *residual -= share * product;
            let square = *residual * *residual;
            plain += square;
            scaled += square * scale;
        }
        (plain, scaled)
    };
    let sums: Vec<(f64, f64)> = pieces.zip(scale.par_chunks(PIECE)).map(of_piece).collect();
    let plain: f64 = sums.iter().map(|(plain, _)| plain).sum();
    Lengths { plain: plain.sqrt(), scaled: sums.iter().map(|(_, scaled)| scaled).sum() }
}

/// Turns a direction toward a scaled residual.
fn turn(direction: &mut [f64], share: f64, residual: &[f64], scale: &[f64]) {
    let pieces = direction.par_chunks_mut(PIECE).zip(residual.par_chunks(PIECE));
    pieces.zip(scale.par_chunks(PIECE)).for_each(|((direction, residual), scale)| {
        let numbers = direction.iter_mut().zip(residual).zip(scale);
        numbers.for_each(|((d, r), s)| *d = r * s + share * *d);
    });
}

type Moved = (Vec<f64>, Vec<f64>, f64);

/// Halves the step until the objective falls enough; nothing where it never does.
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
        // Near the minimum the decrease drowns in rounding; a shorter gradient then decides.
        let falls = moved_value <= value + ARMIJO * share * slope;
        let is_flat = (moved_value - value).abs() <= 1e-12 * value.abs();
        if falls || (is_flat && norm(&moved_gradient) < norm(gradient)) {
            return Some((moved, moved_gradient, moved_value));
        }
        share /= 2.0;
    }
    None
}

/// Numbers in a unit of parallel work. Units are added up in order, so the sum does not depend on the
/// number of cores.
const PIECE: usize = 1 << 15;

/// The inner product.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let of_piece = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(a, b)| a * b).sum();
    let pieces = a.par_chunks(PIECE).zip(b.par_chunks(PIECE));
    pieces.map(of_piece).collect::<Vec<f64>>().iter().sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// Adds a share of something.
pub(super) fn add(to: &mut [f64], share: f64, what: &[f64]) {
    let pieces = to.par_chunks_mut(PIECE).zip(what.par_chunks(PIECE));
    pieces
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
    fn a_value_that_is_not_a_number_is_no_minimum() {
        assert!(
            minimise(&mut QuadraticObjective(vec![f64::NAN, 1.0]), vec![1.0; 2], STOPPING).is_err()
        );
    }
}
