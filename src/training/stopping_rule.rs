//! When more labels stop paying: successive models that agree on a stop set (Bloodgood and Vijay-Shanker
//! 2009, "A method for stopping active learning based on stabilizing predictions").
//!
//! The stop set is a set of sentences that nobody needs to label, the same for all models: as many as there
//! are, [`STOP_SET`] at most, drawn at random. A model is trained after every batch of labels and predicts
//! the stop set. Models that hardly differ any more will not differ much with the next batch either. That the
//! predictions are stable does not show that they are right.

/// The mean agreement from which on labelling may stop.
pub const AGREEMENT: f64 = 0.99;

/// Number of successive agreements whose mean counts.
pub const WINDOW: usize = 3;

/// Number of sentences in the stop set of the paper.
pub const STOP_SET: usize = 2000;

/// Minimum number of new labels between two models that are compared. With fewer any two models agree.
pub const BATCH: usize = 20;

/// What the rule says after the last model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stability {
    /// Mean kappa of the last [`WINDOW`] pairs of successive models, −1 to 1. None where there are fewer
    /// pairs, or where one of these has no kappa.
    pub mean: Option<f64>,
    /// Whether the mean is at least [`AGREEMENT`]: more labels of this kind stop paying.
    pub is_reached: bool,
}

/// Applies the rule to the agreement of each model with the one before it, the oldest first, as [`kappa`]
/// gives it.
///
/// ```
/// use framescope::training::stopping_rule::stopping_rule;
///
/// let found = stopping_rule(&[Some(0.80), Some(0.99), Some(0.99), Some(1.0)]);
/// assert!(found.is_reached);
/// assert!(!stopping_rule(&[Some(1.0), Some(1.0)]).is_reached, "two pairs are too few");
/// ```
pub fn stopping_rule(agreements: &[Option<f64>]) -> Stability {
    let last = agreements.len().checked_sub(WINDOW).map(|from| &agreements[from..]);
    let sum = last.and_then(|last| last.iter().copied().sum::<Option<f64>>());
    let mean = sum.map(|sum| sum / WINDOW as f64);
    // A mean of three times .99 may fall short of it by an error of rounding.
    Stability { mean, is_reached: mean.is_some_and(|mean| mean > AGREEMENT - 1e-9) }
}

/// Cohen's kappa of two models' labels for the same sentences, as indices: `(pₒ − pₑ) / (1 − pₑ)`, where
/// pₒ is the share of sentences with the same label and `pₑ = Σ p₁(k) p₂(k)` (Cohen 1960).
///
/// None where there are no sentences, where the numbers of labels differ, and where both models give one
/// label to everything: that they agree shows nothing then.
pub fn kappa(first: &[usize], second: &[usize]) -> Option<f64> {
    if first.len() != second.len() || first.is_empty() {
        return None;
    }
    let n = first.len() as f64;
    let n_labels = first.iter().chain(second).max().map_or(0, |largest| largest + 1);
    let counts = |labels: &[usize]| {
        let mut counts = vec![0.0; n_labels];
        labels.iter().for_each(|label| counts[*label] += 1.0);
        counts
    };
    let same = first.iter().zip(second).filter(|(a, b)| a == b).count() as f64 / n;
    let pairs = counts(first).into_iter().zip(counts(second));
    let by_chance: f64 = pairs.map(|(a, b)| a / n * (b / n)).sum();
    (by_chance < 1.0).then(|| (same - by_chance) / (1.0 - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_by_hand() {
        // Same in 3 of 5. First model: 3 of label 0, 2 of label 1; second: 3 of label 0, 1 and 1 of the
        // others. By chance .6 · .6 + .4 · .2 + 0 · .2 = .44; kappa (.6 − .44) / .56.
        let found = kappa(&[0, 0, 0, 1, 1], &[0, 0, 2, 1, 0]).unwrap();
        assert!((found - 0.16 / 0.56).abs() < 1e-12, "{found}");
    }

    #[test]
    fn kappa_is_one_for_equal_labels_and_negative_below_chance() {
        assert_eq!(kappa(&[0, 1, 2], &[0, 1, 2]), Some(1.0));
        assert_eq!(kappa(&[0, 1], &[1, 0]), Some(-1.0));
    }

    #[test]
    fn what_shows_nothing_has_no_kappa() {
        assert_eq!(kappa(&[], &[]), None);
        assert_eq!(kappa(&[0], &[0, 1]), None);
        assert_eq!(kappa(&[1, 1, 1], &[1, 1, 1]), None, "one label for everything");
        assert_eq!(kappa(&[1, 1, 1], &[1, 1, 0]), Some(0.0), "one model has two labels");
    }

    #[test]
    fn three_stable_pairs_are_needed_and_only_the_last_count() {
        let of = |agreements: &[f64]| {
            stopping_rule(&agreements.iter().copied().map(Some).collect::<Vec<_>>())
        };
        assert_eq!(of(&[]), Stability { mean: None, is_reached: false });
        assert_eq!(of(&[1.0, 1.0]), Stability { mean: None, is_reached: false });
        assert!(of(&[0.99, 0.99, 0.99]).is_reached);
        assert!(of(&[0.2, 0.98, 0.99, 1.0]).is_reached, "their mean is .99");
        let unstable = of(&[1.0, 1.0, 1.0, 0.96]);
        assert!((unstable.mean.unwrap() - 2.96 / 3.0).abs() < 1e-12 && !unstable.is_reached);
    }

    #[test]
    fn a_pair_that_shows_nothing_is_not_passed_over() {
        let found = stopping_rule(&[Some(1.0), Some(1.0), None, Some(1.0)]);
        assert_eq!(found, Stability { mean: None, is_reached: false });
    }
}
