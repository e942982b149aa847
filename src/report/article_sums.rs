//! One article's sentences of one voice that stand in one relation to the target, added up.

use super::article_clusters::ArticleCluster;
use super::audit_sample::HandLabel;
use super::confusion_adjusted_shares::Histogram;
use super::probability_sums::PredictionSums;
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

    /// Counts one sentence of a corpus with an audit sample.
    pub(super) fn add_audited(&mut self, prediction: &Prediction, hand_label: Option<&HandLabel>) {
        let probabilities = &prediction.probabilities;
        self.predictions.add(prediction);
        self.audit.resize(probabilities.len(), Sums::default());
        for (label, (sums, predicted)) in self.audit.iter_mut().zip(probabilities).enumerate() {
            match hand_label {
                Some(hand) => sums.add_labelled(hand.label_shares[label], *predicted, hand.drawn),
                None => sums.add_rest(*predicted),
            }
        }
    }

    /// The article's part in every figure.
    pub(super) fn cluster(&self) -> ArticleCluster {
        let cluster = ArticleCluster::of(&self.predictions);
        ArticleCluster { audit: self.audit.clone().into(), ..cluster }
    }
}
