//! Differences between estimates, and p values adjusted for many comparisons.

use super::prediction_powered::Z_975;
use crate::cluster_bootstrap::Interval;

/// The difference of two independent estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The first less the second.
    pub value: f64,
    /// 95 %, from the normal distribution; of this difference alone.
    pub interval: Interval,
    /// The two-sided p value, of this difference alone.
    pub p: f64,
}

/// The difference of two values, each with its standard error; none where both errors are 0.
pub fn difference(first: (f64, f64), second: (f64, f64)) -> Option<Difference> {
    let value = first.0 - second.0;
    let error = first.1.hypot(second.1);
    let half = Z_975 * error;
    (error > 0.0).then(|| Difference {
        value,
        interval: Interval { low: value - half, high: value + half },
        p: two_sided(value / error),
    })
}

/// The two-sided p value of a standard normal value.
pub fn two_sided(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The complementary error function of a value that is not negative; relative error below 1.2e-7
/// (the Chebyshev fit of Press et al. 1992, Numerical Recipes, `erfcc`).
fn erfc(x: f64) -> f64 {
    const FIT: [f64; 10] = [
        -1.265_512_23,
        1.000_023_68,
        0.374_091_96,
        0.096_784_18,
        -0.186_288_06,
        0.278_868_07,
        -1.135_203_98,
        1.488_515_87,
        -0.822_152_23,
        0.170_872_77,
    ];
    let t = 1.0 / (1.0 + 0.5 * x);
    let fit = FIT.iter().rev().fold(0.0, |sum, term| sum * t + term);
    (t * (fit - x * x).exp()).min(1.0)
}

/// p values adjusted to control the family-wise error rate (Holm 1979), in the order given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let order = rising(p);
    let mut adjusted = vec![0.0; p.len()];
    let mut least = 0.0_f64;
    for (rank, &at) in order.iter().enumerate() {
        least = least.max((p[at] * (p.len() - rank) as f64).min(1.0));
        adjusted[at] = least;
    }
    adjusted
}

/// p values adjusted to control the false discovery rate (Benjamini and Hochberg 1995), in the order
/// given.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let order = rising(p);
    let mut adjusted = vec![0.0; p.len()];
    let mut most = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        most = most.min(p[at] * p.len() as f64 / (rank + 1) as f64);
        adjusted[at] = most;
    }
    adjusted
}

/// The indices of rising values.
fn rising(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_that_cannot_err_are_not_compared() {
        assert_eq!(difference((0.5, 0.0), (0.2, 0.0)), None);
    }

    #[test]
    fn an_interval_that_touches_zero_has_a_p_of_five_per_cent() {
        let found = difference((0.5 + Z_975 * 0.05, 0.03), (0.5, 0.04)).unwrap();
        assert!(found.interval.low.abs() < 1e-12 && (found.p - 0.05).abs() < 1e-7, "{found:?}");
    }

    #[test]
    fn nothing_to_adjust() {
        assert!(holm(&[]).is_empty() && benjamini_hochberg(&[]).is_empty());
    }
}
