//! The sentences of which the model is surest, and the words that decided.

use std::cmp::Ordering;

use crate::classifier::Classified;
use crate::model::{Explanation, Prediction};
use crate::parts::Part;
use crate::text::Span;
use crate::voice::Voice;

/// So many sentences are kept of each voice and label.
const KEPT: usize = 2;

/// So many deciding words are shown of a sentence.
const WORDS: usize = 4;

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
            let explanation = explain(&typical.text, mentions);
            let words = explanation.words(&typical.text, mentions, typical.label);
            let places = deciding(&typical.text, words);
            let words = places.iter().map(|place| typical.text[place.clone()].to_owned()).collect();
            let mut marks = places;
            marks.sort_by_key(|place| place.start);
            Typical { words, marks, ..typical.clone() }
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

/// The words that add most to the label, the strongest first, none twice. Numbers and marks decide
/// too, but tell a reader nothing.
fn deciding(text: &str, mut words: Vec<(Span, f64)>) -> Vec<Span> {
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
    let mut chosen: Vec<Span> = Vec::new();
    for (place, added) in words {
        let printed = |place: &Span| text[place.clone()].to_lowercase();
        let is_word = text[place.clone()].chars().any(char::is_alphabetic);
        let again = chosen.iter().any(|other| printed(other) == printed(&place));
        if chosen.len() < WORDS && added > 0.0 && is_word && !again {
            chosen.push(place);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, body};
    use crate::target::About;

    const TEXT: &str = "Critics scorned the reckless plan and scorned it again";

    fn printed(words: &[(Span, f64)]) -> Vec<&'static str> {
        deciding(TEXT, words.to_vec()).into_iter().map(|place| &TEXT[place]).collect()
    }

    #[test]
    fn the_strongest_words_come_first() {
        assert_eq!(printed(&[(29..33, 0.2), (20..28, 0.9)]), ["reckless", "plan"]);
    }

    #[test]
    fn repeats_and_words_against_are_passed_over() {
        assert_eq!(printed(&[(8..15, 0.9), (38..45, 0.7), (29..33, -0.5)]), ["scorned"]);
    }

    #[test]
    fn no_more_than_four_words() {
        let words = [0..7, 8..15, 16..19, 20..28, 29..33].map(|place| (place, 0.5));
        assert_eq!(printed(&words).len(), WORDS);
    }

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
