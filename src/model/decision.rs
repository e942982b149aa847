//! Which label is predicted, given the probabilities.
//!
//! The most probable label is right most often, but a rare label is seldom the most probable one, so that its
//! F1 is low where the evidence is weak. Dividing by the labels' shares makes up for that (Elkan 2001 gives
//! the rule for any costs):
//!
//! ```text
//! predicted label = argmax of ln p + offset      offset = −balance · ln share of the label in training
//! ```
//!
//! A balance of 0 predicts the most probable label, 1 as if all labels were equally frequent.

use serde::{Deserialize, Serialize};

use crate::evaluate::argmax;

/// Rows added to each label's count, so that few rows say little of the shares.
const PRIOR_ROWS: f64 = 2.0;

/// What is added to the labels' log-probabilities before the largest is predicted. Probabilities stay as they
/// are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decision {
    /// One per label; empty where the most probable label is predicted.
    offsets: Vec<f64>,
}

impl Decision {
    /// The decision of a balance, 0 to 1, given the number of training rows of each label.
    pub fn balanced(balance: f64, label_counts: &[f64]) -> Self {
        if balance == 0.0 {
            return Decision::default();
        }
        let total: f64 = label_counts.iter().map(|count| count + PRIOR_ROWS).sum();
        let offset = |count: &f64| -balance * ((count + PRIOR_ROWS) / total).ln();
        Decision { offsets: label_counts.iter().map(offset).collect() }
    }

    /// Whether the most probable label is predicted.
    pub fn is_none(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The predicted label. `probabilities` has one entry per label.
    pub fn label(&self, probabilities: &[f64]) -> usize {
        if self.is_none() {
            return argmax(probabilities);
        }
        let both = probabilities.iter().zip(&self.offsets);
        argmax(&both.map(|(p, offset)| p.ln() + offset).collect::<Vec<f64>>())
    }

    /// Whether it can decide between so many labels.
    pub(super) fn fits(&self, n_labels: usize) -> bool {
        self.is_none()
            || self.offsets.len() == n_labels
                && self.offsets.iter().all(|offset| offset.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of 12, 3 and 3 in 18 rows once two are added to each: offsets of half of ln 1.5 and ln 6.
    #[test]
    fn offsets_are_those_worked_by_hand() {
        let decision = Decision::balanced(0.5, &[10.0, 1.0, 1.0]);
        let expected = [1.5_f64.ln() / 2.0, 6_f64.ln() / 2.0, 6_f64.ln() / 2.0];
        for (offset, expected) in decision.offsets.iter().zip(expected) {
            assert!((offset - expected).abs() < 1e-12);
        }
        // The rarer label wins from half of the other's probability on.
        assert_eq!(decision.label(&[0.6, 0.31, 0.09]), 1);
        assert_eq!(decision.label(&[0.6, 0.29, 0.11]), 0);
    }

    #[test]
    fn without_balance_the_most_probable_is_predicted() {
        let decision = Decision::balanced(0.0, &[10.0, 1.0]);
        assert!(decision.is_none());
        assert_eq!((decision.label(&[0.4, 0.6]), decision.label(&[0.6, 0.4])), (1, 0));
    }

    #[test]
    fn equal_labels_are_not_shifted() {
        let decision = Decision::balanced(1.0, &[7.0, 7.0, 7.0]);
        assert_eq!(decision.label(&[0.34, 0.33, 0.33]), 0);
    }
}
