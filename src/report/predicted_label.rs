//! What the model says of one sentence toward one target.

use serde::Serialize;

use super::serialize::rounded;
use crate::category::Category;
use crate::classifier::{Classified, TargetStance};
use crate::model::Prediction;
use crate::target::TargetRelation;

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
    pub(super) fn new(about: TargetRelation, said: &Prediction) -> Self {
        PredictedLabel { about, label: said.category(), probability: said.probability() }
    }

    /// Of a sentence; none where it expresses nothing toward the target.
    pub(super) fn of(sentence: &Classified<'_>, target: usize) -> Option<Self> {
        let (reading, said) = reading(sentence, target)?;
        Some(PredictedLabel::new(about(reading), said))
    }

    /// Whether the sentence names the target.
    pub fn is_mention(&self) -> bool {
        self.about == TargetRelation::Mention
    }
}

/// What a sentence expresses toward a target; none where it expresses nothing.
pub(super) fn reading<'c>(
    classified: &'c Classified<'_>,
    target: usize,
) -> Option<(&'c TargetStance, &'c Prediction)> {
    let reading = classified.readings.get(target)?;
    Some((reading, reading.prediction.as_ref()?))
}

/// A sentence that has a prediction without being about a target was read whole, because there is
/// no target: it stands beside those that name one.
pub(super) fn about(reading: &TargetStance) -> TargetRelation {
    match reading.about {
        TargetRelation::Context => TargetRelation::Context,
        TargetRelation::Mention | TargetRelation::None => TargetRelation::Mention,
    }
}

/// The prediction of a sentence that names the target.
pub(super) fn mentioning(reading: &TargetStance) -> Option<&Prediction> {
    reading.prediction.as_ref().filter(|_| about(reading) == TargetRelation::Mention)
}
