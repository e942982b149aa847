//! The label that the model predicts for one sentence and one target.

use super::serialize::rounded;
use crate::category::Category;
use crate::classifier::Classified;
use crate::model::Prediction;
use crate::target::TargetRelation;
use serde::Serialize;

/// A sentence's most probable label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PredictedLabel {
    /// Whether the sentence names the target.
    pub about: TargetRelation,
    /// The label.
    pub label: Category,
    /// Its probability.
    #[serde(serialize_with = "rounded")]
    pub probability: f64,
}

impl PredictedLabel {
    /// Of a prediction.
    pub(super) fn new(about: TargetRelation, prediction: &Prediction) -> Self {
        let (label, probability) = (prediction.category(), prediction.probability());
        PredictedLabel { about, label, probability }
    }

    /// Of a sentence; none where it expresses nothing toward the target.
    pub(super) fn of(sentence: &Classified<'_>, target: usize) -> Option<Self> {
        let (about, prediction) = prediction_of(sentence, target)?;
        Some(PredictedLabel::new(about, prediction))
    }

    /// Whether the sentence names the target.
    pub fn is_mention(&self) -> bool {
        self.about == TargetRelation::Mention
    }
}

/// Whether a sentence names a target, and what it expresses toward it; none where it expresses nothing.
/// Without targets each sentence is read whole, and counts as one that names the target.
pub(super) fn prediction_of<'c>(
    sentence: &'c Classified<'_>,
    target: usize,
) -> Option<(TargetRelation, &'c Prediction)> {
    let reading = sentence.readings.get(target)?;
    let about = match reading.about {
        TargetRelation::Context => TargetRelation::Context,
        TargetRelation::Mention | TargetRelation::None => TargetRelation::Mention,
    };
    Some((about, reading.prediction.as_ref()?))
}

/// The prediction of a sentence that names the target.
pub(super) fn mention_of<'c>(
    sentence: &'c Classified<'_>,
    target: usize,
) -> Option<&'c Prediction> {
    let (about, prediction) = prediction_of(sentence, target)?;
    (about == TargetRelation::Mention).then_some(prediction)
}
