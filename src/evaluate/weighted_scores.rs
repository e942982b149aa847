//! Scores on all sentences that a random sample stands for.

use serde::Serialize;

use super::scores::{Estimate, ScoredExample, estimates};
use crate::cluster_bootstrap::Resampling;

/// Scores in which each row counts as often as there are sentences that it was drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedScores {
    /// Number of sentences that the rows stand for.
    pub sentences: f64,
    /// Mean of the labels' F1.
    pub macro_f1: Estimate,
    /// Share of sentences predicted right.
    pub accuracy: Estimate,
}

/// The scores of predictions on rows that were drawn with these probabilities, each above 0, weighted by one
/// over them (Horvitz & Thompson 1952). There is one row at least.
pub fn weighted_scores(
    examples: &[ScoredExample],
    drawn: &[f64],
    n_labels: usize,
    resampling: Resampling,
) -> WeightedScores {
    let weights: Vec<f64> = drawn.iter().map(|drawn| 1.0 / drawn).collect();
    let (figures, _) = estimates(examples, &weights, n_labels, resampling);
    let sentences = weights.iter().sum();
    WeightedScores { sentences, macro_f1: figures[0], accuracy: figures[1] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stands_for_those_that_were_not_drawn() {
        let row = |truth, article| ScoredExample::most_probable(truth, vec![0.9, 0.1], article);
        let resampling = Resampling { resamples: 10, seed: 1 };
        let found = weighted_scores(&[row(0, 0), row(1, 1)], &[0.25, 1.0], 2, resampling);
        // Four sentences right, one wrong.
        assert!((found.sentences - 5.0).abs() < 1e-12);
        assert!((found.accuracy.value - 0.8).abs() < 1e-12);
        // F1: 2·4 / (4 + 5), 0.
        assert!((found.macro_f1.value - 4.0 / 9.0).abs() < 1e-12);
    }
}
