//! One article's sentences of one voice that stand in one relation to the target, added up.

use super::article_clusters::ArticleCluster;
use super::confusion_adjusted_shares::Histogram;
use super::probability_sums::PredictionSums;
use crate::classifier::HandLabel;
use crate::model::Prediction;
use crate::statistics::prediction_powered::Sums;
use crate::target::TargetRelation;

/// One article's part in a stratum.
#[derive(Debug, Default)]
pub(super) struct ArticleSums {
    pub(super) predictions: PredictionSums,
    pub(super) histogram: Histogram,
    /// By label; empty where there is no audit sample.
    audit: Vec<Sums>,
}

impl ArticleSums {
    /// Counts one sentence of a corpus without an audit sample. Only sentences that name the target
    /// are corrected by the model's errors elsewhere.
    pub(super) fn add(&mut self, prediction: &Prediction, about: TargetRelation) {
        self.predictions.add(prediction);
        if about == TargetRelation::Mention {
            self.histogram.add(prediction);
        }
    }

    /// Counts one sentence of a corpus with an audit sample. What it expresses is its hand label where
    /// it has one; the correction of the others also needs what the model had predicted.
    pub(super) fn add_audited(&mut self, stance: &Prediction, hand_label: Option<&HandLabel>) {
        self.predictions.add(stance);
        self.audit.resize(stance.probabilities.len(), Sums::default());
        for (label, (sums, share)) in self.audit.iter_mut().zip(&stance.probabilities).enumerate() {
            match hand_label {
                Some(hand) => {
                    sums.add_labelled(*share, hand.predicted.probabilities[label], hand.drawn);
                }
                None => sums.add_rest(*share),
            }
        }
    }

    /// The article's part in every figure.
    pub(super) fn cluster(&self) -> ArticleCluster {
        let cluster = ArticleCluster::of(&self.predictions);
        ArticleCluster { audit: self.audit.clone().into(), ..cluster }
    }
}
