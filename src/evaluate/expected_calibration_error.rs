//! The expected calibration error of exact probabilities.

use rayon::prelude::*;

use super::scores::{ScoredExample, argmax, distance_of};
use crate::cluster_bootstrap::Resampling;
use crate::random::{stream_rng, uniform};

/// The mean calibration error that these rows would show if every probability were exactly right, 0 to
/// 1: outcomes are drawn from the probabilities of the predicted labels (consistency resampling:
/// Bröcker & Smith 2007). It is above 0, since the accuracy of a bin of few rows varies by chance, and
/// it grows as rows become fewer.
pub fn calibration_error_by_chance(examples: &[ScoredExample], resampling: Resampling) -> f64 {
    let mut confidences: Vec<f64> =
        examples.iter().map(|row| row.probabilities[argmax(&row.probabilities)]).collect();
    confidences.sort_by(f64::total_cmp);
    let errors: Vec<f64> = (0..resampling.resamples as u64)
        .into_par_iter()
        .map(|number| {
            let mut rng = stream_rng(resampling.seed, number);
            let outcome = |&p: &f64| (p, if uniform(&mut rng) < p { 1.0 } else { 0.0 });
            distance_of(&confidences.iter().map(outcome).collect::<Vec<_>>())
        })
        .collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 2000, seed: 1 };

    fn rows(n: usize, p: f64) -> Vec<ScoredExample> {
        vec![ScoredExample::most_probable(0, vec![p, 1.0 - p], 0); n]
    }

    #[test]
    fn ten_rows_of_a_bin_each_are_wrong_by_half() {
        // One row in each of ten bins: 0.5 away from either outcome.
        assert!((calibration_error_by_chance(&rows(10, 0.5), DRAW) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn many_rows_have_a_small_error() {
        // Bins of 1000: the mean distance is √(2/π · 0.8 · 0.2 / 1000) = 0.0101.
        let error = calibration_error_by_chance(&rows(10_000, 0.8), DRAW);
        assert!((error - 0.0101).abs() < 2e-4, "{error}");
    }

    #[test]
    fn certain_probabilities_have_no_error() {
        assert!(calibration_error_by_chance(&rows(30, 1.0), DRAW).abs() < 1e-12);
    }
}
