//! The sentences of which the model is surest, and the words that decided.

use std::cmp::Ordering;

use super::evidence::Evidence;
use crate::classifier::Classified;
use crate::model::{Explanation, Prediction};
use crate::parts::Part;
use crate::text::Span;
use crate::voice::Voice;

/// So many sentences are kept of each voice and label.
const KEPT: usize = 2;

/// One sentence that stands for its voice and label. Chosen by rule, never by hand: the highest
/// probability among the sentences that name the target, then the article's id, then the place.
#[derive(Debug, Clone, PartialEq)]
pub struct Typical {
    /// Whose words.
    pub voice: Voice,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// Index of the label that the model gives it.
    pub label: usize,
    /// That label's probability.
    pub probability: f64,
    /// The article's id.
    pub article: String,
    /// Where the article was published.
    pub url: String,
    /// The sentence's number in the article.
    pub sentence: usize,
    /// Headline or body.
    pub part: Part,
    /// The sentence as printed.
    pub text: String,
    /// Up to four words that spoke most for the label, the strongest first.
    pub words: Vec<String>,
    /// Where they stand in `text`: rising, never overlapping.
    pub marks: Vec<Span>,
}

/// The surest sentences so far of one voice and label. A sentence that is printed twice is kept
/// once.
#[derive(Debug, Default)]
pub(super) struct Surest {
    kept: Vec<Candidate>,
}

#[derive(Debug)]
struct Candidate {
    typical: Typical,
    mentions: Vec<Span>,
}

impl Surest {
    /// Keeps the sentence where it is among the surest.
    pub(super) fn offer(&mut self, of: &Classified<'_>, mentions: &[Span], said: &Prediction) {
        let probability = said.probabilities.get(said.label).copied().unwrap_or(0.0);
        let place = self.kept.partition_point(|kept| kept.rank(of, probability).is_le());
        let same = self.kept.iter().position(|kept| kept.typical.text == of.sentence.text);
        if place >= KEPT || same.is_some_and(|same| same < place) {
            return;
        }
        if let Some(same) = same {
            self.kept.remove(same);
        }
        self.kept.insert(place, Candidate::new(of, mentions, said.label, probability));
        self.kept.truncate(KEPT);
    }

    /// The sentences, with the words that decided.
    pub(super) fn finish(
        &self,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> impl Iterator<Item = Typical> {
        self.kept.iter().map(|Candidate { typical, mentions }| {
            let found = Evidence::new(&typical.text, mentions, typical.label, explain);
            Typical { words: found.words, marks: found.marks, ..typical.clone() }
        })
    }
}

impl Candidate {
    fn new(of: &Classified<'_>, mentions: &[Span], label: usize, probability: f64) -> Self {
        let typical = Typical {
            voice: of.attribution.voice,
            speakers: of.attribution.speakers.clone(),
            label,
            probability,
            article: of.article.id.clone(),
            url: of.article.url.clone(),
            sentence: of.sentence.number,
            part: of.sentence.part,
            text: of.sentence.text.to_owned(),
            words: Vec::new(),
            marks: Vec::new(),
        };
        Candidate { typical, mentions: mentions.to_vec() }
    }

    /// Whether this one comes before another sentence.
    fn rank(&self, of: &Classified<'_>, probability: f64) -> Ordering {
        let mine =
            (self.typical.article.as_str(), self.typical.sentence, self.typical.text.as_str());
        let theirs = (of.article.id.as_str(), of.sentence.number, of.sentence.text);
        probability.total_cmp(&self.typical.probability).then_with(|| mine.cmp(&theirs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, body};
    use crate::target::About;

    fn surest(order: &[usize]) -> Vec<(String, usize)> {
        let articles = ["a1", "a2", "a3"].map(|id| article("A", id));
        let sentences = [
            body(&articles[1], 2, "One.", About::Mention, [0.8, 0.1, 0.1]),
            body(&articles[0], 5, "Two.", About::Mention, [0.8, 0.1, 0.1]),
            body(&articles[2], 1, "Two.", About::Mention, [0.9, 0.1, 0.0]),
            body(&articles[0], 3, "Three.", About::Mention, [0.7, 0.2, 0.1]),
            body(&articles[2], 4, "One.", About::Mention, [0.8, 0.1, 0.1]),
        ];
        let mut surest = Surest::default();
        for &place in order {
            let prediction = sentences[place].readings[0].prediction.clone().unwrap();
            surest.offer(&sentences[place], &[], &prediction);
        }
        surest.kept.into_iter().map(|kept| (kept.typical.article, kept.typical.sentence)).collect()
    }

    #[test]
    fn the_surest_are_kept_once_in_any_order() {
        let expected = [("a3".to_owned(), 1), ("a2".to_owned(), 2)];
        for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 1, 0, 3], [3, 1, 4, 2, 0]] {
            assert_eq!(surest(&order), expected, "{order:?}");
        }
    }
}
