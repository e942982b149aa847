//! How large a calibration error comes about by chance alone.

use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::scores::{ScoredExample, argmax, distance_of};
use crate::cluster_bootstrap::{Resampling, below, chance};

/// Chance is drawn in so many steps between 0 and 1.
const STEPS: usize = 1 << 40;

/// The mean calibration error that these rows would show were every probability exactly right, 0 to
/// 1: outcomes are drawn anew from the probabilities of the predicted labels (consistency resampling:
/// Bröcker & Smith 2007). A bin of few rows is never as right as it is sure, so the error of a
/// faultless model is above 0, and the more so the fewer rows there are.
pub fn calibration_error_by_chance(judged: &[ScoredExample], draw: Resampling) -> f64 {
    let mut sure: Vec<f64> =
        judged.iter().map(|row| row.probabilities[argmax(&row.probabilities)]).collect();
    sure.sort_by(f64::total_cmp);
    let errors: Vec<f64> = (0..draw.resamples as u64)
        .into_par_iter()
        .map(|number| {
            let mut chance = chance(draw.seed, number);
            let outcome = |&p: &f64| (p, if uniform(&mut chance) < p { 1.0 } else { 0.0 });
            distance_of(&sure.iter().map(outcome).collect::<Vec<_>>())
        })
        .collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

fn uniform(chance: &mut Pcg64Mcg) -> f64 {
    below(STEPS, chance) as f64 / STEPS as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 2000, seed: 1 };

    fn rows(n: usize, p: f64) -> Vec<ScoredExample> {
        vec![ScoredExample { truth: 0, probabilities: vec![p, 1.0 - p], article: 0 }; n]
    }

    #[test]
    fn ten_rows_of_a_bin_each_are_wrong_by_half() {
        // One row in each of ten bins: 0.5 away from either outcome.
        assert!((calibration_error_by_chance(&rows(10, 0.5), DRAW) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn many_rows_leave_little_to_chance() {
        // Bins of 1000: the mean distance is √(2/π · 0.8 · 0.2 / 1000) = 0.0101.
        let error = calibration_error_by_chance(&rows(10_000, 0.8), DRAW);
        assert!((error - 0.0101).abs() < 2e-4, "{error}");
    }

    #[test]
    fn who_is_certain_leaves_nothing_to_chance() {
        assert!(calibration_error_by_chance(&rows(30, 1.0), DRAW).abs() < 1e-12);
    }
}
