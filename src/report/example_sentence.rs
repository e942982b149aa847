//! A sentence that is shown beside a figure.

use serde::Serialize;

use super::article_view::SentenceStance;
use super::rationale::Rationale;
use super::sentence_label::SentenceLabel;
use super::serialize::spans;
use super::stored::{are_places, stored};
use super::surroundings::Surroundings;
use crate::classifier::Classified;
use crate::text::Span;
use crate::voice::Voice;

/// One sentence with its predicted label and the words that decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExampleSentence {
    /// Its number in the article.
    pub sentence: usize,
    /// As printed.
    pub text: String,
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// Where the target stands in `text`, in bytes.
    #[serde(serialize_with = "spans")]
    pub mentions: Vec<Span>,
    /// What stands around it.
    #[serde(skip)]
    pub surroundings: Surroundings,
    /// What it expresses toward the target; none where it expresses nothing.
    pub judged: Option<SentenceLabel>,
    /// The words that decided; none where nothing is expressed.
    #[serde(flatten)]
    pub evidence: Rationale,
}

stored!(ExampleSentence { sentence, text, voice, speakers, mentions, surroundings, judged, evidence } where |of, _| are_places(&of.mentions, &of.text));

impl ExampleSentence {
    /// A sentence, for which the words that decided are still to be found; `reading` where it expresses
    /// something.
    pub(super) fn new(
        of: &Classified<'_>,
        target: usize,
        reading: Option<&SentenceStance<'_>>,
    ) -> Self {
        let mentions = of.readings.get(target).map(|reading| reading.mentions.clone());
        ExampleSentence {
            sentence: of.sentence.number,
            text: of.sentence.text.to_owned(),
            voice: of.attribution.voice,
            speakers: of.attribution.speakers.clone(),
            mentions: mentions.unwrap_or_default(),
            surroundings: reading.map(Surroundings::of).unwrap_or_default(),
            judged: SentenceLabel::of(of, target),
            evidence: Rationale::default(),
        }
    }
}
