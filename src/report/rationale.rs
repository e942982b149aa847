//! The words of a sentence that decided.

use serde::Serialize;

use super::serialize::spans;
use super::stored::stored;
use crate::model::Explanation;
use crate::text::Span;
use crate::text::stop_words::is_function_word;

/// Maximum number of deciding words shown of a sentence.
const WORDS: usize = 4;

/// What speaks for a label in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Rationale {
    /// Up to four words that spoke most for the label, the strongest first. None is a name that the
    /// model does not see, and none a function word, which tells a reader nothing by itself.
    pub words: Vec<String>,
    /// Where they stand in the sentence, in bytes: rising, never overlapping.
    #[serde(serialize_with = "spans")]
    pub marks: Vec<Span>,
}

stored!(Rationale { words, marks } where |of, _| {
    // The words are found when a report is finished.
    of.words.is_empty() && of.marks.is_empty()
});

impl Rationale {
    /// What speaks for `label` in `text`, where the target stands at `mentions`.
    pub(super) fn new(
        text: &str,
        mentions: &[Span],
        label: usize,
        explanation: &Explanation,
    ) -> Self {
        let mut words = explanation.words(text, mentions, label);
        words.retain(|(place, _)| !explanation.hidden.contains(place));
        let words = words.into_iter().map(|(place, added)| (whole_word(text, place), added));
        let mut marks = deciding(text, words.collect());
        let words = marks.iter().map(|place| text[place.clone()].to_owned()).collect();
        marks.sort_by_key(|place| place.start);
        Rationale { words, marks }
    }
}

/// Expands `n't` to the printed word.
fn whole_word(text: &str, token: Span) -> Span {
    match text[token.clone()].to_lowercase().as_str() {
        "n't" | "n\u{2019}t" => {
            text[..token.start].trim_end_matches(char::is_alphabetic).len()..token.end
        }
        _ => token,
    }
}

/// The words that add most to the label, the strongest first, none twice. Numbers, marks and function
/// words decide too, but tell a reader nothing.
fn deciding(text: &str, mut words: Vec<(Span, f64)>) -> Vec<Span> {
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
    let mut chosen: Vec<Span> = Vec::new();
    for (place, added) in words {
        let printed = |place: &Span| text[place.clone()].to_lowercase();
        let is_word = text[place.clone()].starts_with(char::is_alphabetic)
            && !is_function_word(&printed(&place));
        let overlaps = |other: &Span| other.start < place.end && place.start < other.end;
        let again = chosen.iter().any(|other| overlaps(other) || printed(other) == printed(&place));
        if chosen.len() < WORDS && added > 0.0 && is_word && !again {
            chosen.push(place);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{prediction, share};

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
    fn function_words_tell_nothing_by_themselves_and_denials_stand_whole() {
        assert_eq!(printed(&[(16..19, 0.9), (8..15, 0.1)]), ["scorned"]);
        let text = "They won\u{2019}t back no plan of his";
        let deciding = |words: &[(Span, f64)]| {
            let whole =
                words.iter().map(|(place, added)| (whole_word(text, place.clone()), *added));
            let chosen = super::deciding(text, whole.collect());
            chosen.into_iter().map(|place| &text[place]).collect::<Vec<_>>()
        };
        assert_eq!(deciding(&[(7..12, 0.9), (5..7, 0.8), (18..20, 0.7)]), ["won\u{2019}t", "no"]);
        assert_eq!(deciding(&[(0..4, 0.9), (26..28, 0.8), (21..25, 0.7)]), ["plan"]);
    }

    #[test]
    fn no_more_than_four_words() {
        let text = "one two three four five";
        let words = [0..3, 4..7, 8..13, 14..18, 19..23].map(|place| (place, 0.5));
        assert_eq!(super::deciding(text, words.to_vec()).len(), WORDS);
    }

    #[test]
    fn a_name_that_the_model_does_not_see_decides_nothing() {
        let (name, verb) = (0..3, 4..10);
        let explanation = Explanation {
            prediction: prediction([0.8, 0.1, 0.1]),
            scores: vec![0.0; 3],
            intercept: vec![0.0; 3],
            shares: vec![share("pair=NAME mock", 0..10, 0.8), share("word=mock", 4..10, 0.3)],
            hidden: Vec::from([name.clone()]),
            is_exact: true,
        };
        let evidence = Rationale::new("Ada mocked it", &[], 0, &explanation);
        assert_eq!(
            (evidence.words, evidence.marks),
            (vec!["mocked".to_owned()], Vec::from([verb]))
        );
    }
}
