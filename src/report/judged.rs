//! What the model says of one sentence toward one target.

use crate::classifier::{Classified, Reading};
use crate::model::Prediction;
use crate::target::About;

/// A sentence's most probable label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Whether the sentence names the target.
    pub about: About,
    /// Index of the label.
    pub label: usize,
    /// Its probability.
    pub probability: f64,
}

impl Judged {
    /// Of a prediction.
    pub(super) fn new(about: About, said: &Prediction) -> Self {
        let probability = said.probabilities.get(said.label).copied().unwrap_or(0.0);
        Judged { about, label: said.label, probability }
    }

    /// Of a sentence; none where it expresses nothing toward the target.
    pub(super) fn of(sentence: &Classified<'_>, target: usize) -> Option<Self> {
        let (reading, said) = reading(sentence, target)?;
        Some(Judged::new(about(reading), said))
    }

    /// Whether the sentence names the target.
    pub fn is_mention(&self) -> bool {
        self.about == About::Mention
    }
}

/// What a sentence expresses toward a target; none where it expresses nothing.
pub(super) fn reading<'c>(
    classified: &'c Classified<'_>,
    target: usize,
) -> Option<(&'c Reading, &'c Prediction)> {
    let reading = classified.readings.get(target)?;
    Some((reading, reading.prediction.as_ref()?))
}

/// A sentence that has a prediction without being about a target was read whole, because there is
/// no target: it stands beside those that name one.
pub(super) fn about(reading: &Reading) -> About {
    match reading.about {
        About::Context => About::Context,
        About::Mention | About::None => About::Mention,
    }
}

/// The prediction of a sentence that names the target.
pub(super) fn mentioning(reading: &Reading) -> Option<&Prediction> {
    reading.prediction.as_ref().filter(|_| about(reading) == About::Mention)
}
