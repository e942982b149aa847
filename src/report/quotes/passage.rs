//! The attributed sentences of an article, as they are compared.

use std::collections::BTreeSet;

use crate::classifier::Classified;
use crate::text::token::{Kind, tokens};
use crate::voice::Voice;

/// Fewer quoted words are a phrase, not a quote.
const QUOTED_WORDS: usize = 5;

/// Letters that a word must have to tell what is said.
const TELLING: usize = 4;

/// Quoted words of a source, or a sentence that tells what it said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    pub(super) outlet: String,
    pub(super) article: String,
    pub(super) sentence: usize,
    pub(super) tenth: usize,
    pub(super) cue: String,
    pub(super) speakers: Vec<String>,
    /// Whether the words stood between quote marks.
    pub(super) is_quoted: bool,
    /// As printed.
    pub(super) text: String,
    /// In lower case, without marks.
    pub(super) words: Vec<String>,
}

impl Passage {
    /// An order of passages that does not depend on when they were read.
    pub(super) fn key(&self) -> (&str, &str, usize) {
        (&self.outlet, &self.article, self.sentence)
    }

    /// The words that tell what is said.
    pub(super) fn telling(&self) -> BTreeSet<&str> {
        let words = self.words.iter().map(String::as_str);
        words.filter(|word| word.chars().count() >= TELLING).collect()
    }
}

/// The passages of an article's counted sentences.
pub(super) fn passages(article: &[&Classified<'_>]) -> Vec<Passage> {
    let n = article.len();
    let attributed =
        article.iter().enumerate().filter(|(_, of)| of.attribution.voice == Voice::Attributed);
    attributed
        .map(|(at, of)| {
            let quote = between_marks(of.sentence.text);
            let words = words(&quote);
            let is_quoted = words.len() >= QUOTED_WORDS;
            let whole = || (of.sentence.text.to_owned(), self::words(of.sentence.text));
            let (text, words) = if is_quoted { (quote, words) } else { whole() };
            Passage {
                outlet: of.article.outlet.clone(),
                article: of.article.id.clone(),
                sentence: of.sentence.number,
                tenth: 1 + at * 10 / n,
                cue: of.attribution.cue.clone(),
                speakers: of.attribution.speakers.clone(),
                is_quoted,
                text,
                words,
            }
        })
        .collect()
}

/// What stands between double quote marks, one stretch behind the other. A mark without its partner
/// reaches to the end of the sentence, or back to its start.
fn between_marks(text: &str) -> String {
    let mut inside = Vec::new();
    let mut start = None;
    for (at, mark) in text.char_indices().filter(|(_, c)| is_mark(*c)) {
        match start {
            None if mark == '”' && inside.is_empty() => inside.push(&text[..at]),
            None => start = Some(at + mark.len_utf8()),
            Some(from) => {
                inside.push(&text[from..at]);
                start = None;
            }
        }
    }
    inside.extend(start.map(|from| &text[from..]));
    inside.iter().map(|part| part.trim()).collect::<Vec<_>>().join(" ")
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn words(text: &str) -> Vec<String> {
    let counted = tokens(text).filter(|token| token.kind != Kind::Mark);
    counted.map(|token| text[token.span].to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_between_marks_are_joined() {
        let cases = [
            ("“It is late,” he said, “and dark.”", "It is late, and dark."),
            ("\"It is late,\" he said.", "It is late,"),
            ("“It goes on in the next sentence.", "It goes on in the next sentence."),
            ("And it ends here,” he said.", "And it ends here,"),
            ("Nothing is quoted.", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(between_marks(text), expected);
        }
    }
}
