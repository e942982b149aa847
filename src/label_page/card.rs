//! One sentence to be labelled.

use serde::{Deserialize, Serialize};

use crate::audit_sampling::{Drawn, Expected};
use crate::statistics::prediction_powered::MIN_LABELS;
use crate::text::Span;

/// A drawn sentence and its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The sentence, as the sampler drew it.
    pub drawn: Drawn,
    /// Number of its article in the journal.
    pub article: u32,
    /// Bytes of `drawn.text` where the target stands.
    pub mentions: Vec<Span>,
    /// Number of its stratum in the journal's header.
    pub stratum: u32,
}

/// An outlet, target and voice from which sentences were drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stratum {
    /// The outlet.
    pub outlet: String,
    /// The target's name.
    pub target: String,
    /// The voice, by the rules.
    pub voice: crate::voice::Voice,
    /// Number of sentences in the articles.
    pub sentences: u64,
    /// Number of them that are drawn.
    pub drawn: usize,
    /// For each label the model's probabilities and their squares, summed over all sentences.
    pub sums: Vec<(f64, f64)>,
}

impl From<Expected> for Stratum {
    fn from(expected: Expected) -> Self {
        let Expected { outlet, target, voice, sentences, drawn, sums, .. } = expected;
        Stratum { outlet, target, voice, sentences, drawn, sums }
    }
}

impl Stratum {
    /// Whether enough sentences were drawn for an interval, once they have labels.
    pub fn can_have_interval(&self) -> bool {
        self.drawn as f64 >= MIN_LABELS || self.drawn as u64 == self.sentences
    }
}
