//! The label of one sentence toward one target: the coders' where they gave one, else the model's.

use super::serialize::rounded;
use super::stored::{stored, stored_enum};
use crate::category::Category;
use crate::classifier::{Classified, TargetStance};
use crate::model::Prediction;
use crate::target::TargetRelation;
use serde::Serialize;

/// A sentence's label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceLabel {
    /// Whether the sentence names the target.
    pub about: TargetRelation,
    /// The label: the most probable one, or the one that most coders gave.
    pub label: Category,
    /// Its probability, or the share of the coders who gave it.
    #[serde(serialize_with = "rounded")]
    pub probability: f64,
    /// Who gave it.
    pub by: Judge,
}

stored!(SentenceLabel { about, label, probability, by });

/// Who gave a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Judge {
    /// The model: nobody has checked it.
    #[default]
    Model,
    /// A person who read the sentence.
    Coder,
}

stored_enum!(Judge { Model, Coder });

impl Judge {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Judge::Model => "model",
            Judge::Coder => "coder",
        }
    }
}

impl SentenceLabel {
    /// Of a prediction by the model.
    pub(super) fn predicted(about: TargetRelation, prediction: &Prediction) -> Self {
        let (label, probability) = (prediction.category(), prediction.probability());
        SentenceLabel { about, label, probability, by: Judge::Model }
    }

    /// Of a sentence; none where it expresses nothing toward the target.
    pub(super) fn of(sentence: &Classified<'_>, target: usize) -> Option<Self> {
        let (about, prediction) = prediction_of(sentence, target)?;
        let by = judge(&sentence.readings[target]);
        Some(SentenceLabel { by, ..SentenceLabel::predicted(about, prediction) })
    }

    /// The same label, as if no coder had given it.
    pub(super) fn unchecked(self) -> Self {
        SentenceLabel { by: Judge::Model, ..self }
    }

    /// Whether a coder gave it.
    pub fn is_checked(&self) -> bool {
        self.by == Judge::Coder
    }

    /// Whether the sentence names the target.
    pub fn is_mention(&self) -> bool {
        self.about == TargetRelation::Mention
    }
}

/// Who gave the label of a stance.
pub(super) fn judge(stance: &TargetStance) -> Judge {
    if stance.hand_label.is_some() { Judge::Coder } else { Judge::Model }
}

/// Whether a sentence names a target, and what it expresses toward it; none where it expresses nothing.
/// The coders'
/// label stands in place of the model's. Without targets each sentence is read whole, and counts as one that names the target.
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
