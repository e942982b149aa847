//! A sentence that stands beside a figure.

use super::evidence::Evidence;
use super::judged::Judged;
use crate::classifier::Classified;
use crate::model::Explanation;
use crate::text::Span;
use crate::voice::Voice;

/// One sentence with what the model says of it, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its number in the article.
    pub sentence: usize,
    /// As printed.
    pub text: String,
    /// Whose words.
    pub voice: Voice,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// Where the target stands in `text`, in bytes.
    pub mentions: Vec<Span>,
    /// What it expresses toward the target; none where it expresses nothing.
    pub judged: Option<Judged>,
    /// The words that decided; none where nothing is expressed.
    pub evidence: Evidence,
}

impl Line {
    /// A sentence, its evidence still open.
    pub(super) fn new(of: &Classified<'_>, target: usize) -> Self {
        let mentions = of.readings.get(target).map(|reading| reading.mentions.clone());
        Line {
            sentence: of.sentence.number,
            text: of.sentence.text.to_owned(),
            voice: of.attribution.voice,
            speakers: of.attribution.speakers.clone(),
            mentions: mentions.unwrap_or_default(),
            judged: Judged::of(of, target),
            evidence: Evidence::default(),
        }
    }

    /// With the words that decided.
    pub(super) fn explained(&self, explain: &dyn Fn(&str, &[Span]) -> Explanation) -> Self {
        let evidence =
            |judged: Judged| Evidence::new(&self.text, &self.mentions, judged.label, explain);
        let evidence = self.judged.map(evidence).unwrap_or_default();
        Line { evidence, ..self.clone() }
    }
}
