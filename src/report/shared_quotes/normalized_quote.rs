//! The words of a quote as they are compared, and where they stand in the printed text.

use std::collections::BTreeSet;

use crate::report::stored::{Damaged, Source, Stored};
use crate::text::Span;
use crate::text::stop_words::is_chance_word;
use crate::text::tokenizer::is_apostrophe;

/// Minimum number of letters of a content word.
const CONTENT_LETTERS: usize = 4;

/// A text and its words, in one spelling.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NormalizedQuote {
    /// As printed.
    pub(super) text: String,
    /// In lower case, without what an editor put in square brackets.
    pub(super) words: Vec<String>,
    /// Where these stand in `text`.
    places: Vec<Span>,
}

impl Stored for NormalizedQuote {
    fn write(&self, out: &mut Vec<u8>) {
        self.text.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        String::read(from).map(|text| NormalizedQuote::new(&text))
    }
}

impl NormalizedQuote {
    /// Of a text as printed.
    pub(super) fn new(text: &str) -> Self {
        let places = places(text);
        let plain = |place: &Span| text[place.clone()].to_lowercase().replace(['[', ']', '-'], "");
        let words = places.iter().map(plain).collect();
        NormalizedQuote { text: text.to_owned(), words, places }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The content words.
    pub(super) fn content_words(&self) -> BTreeSet<&str> {
        let words = self.words.iter().map(String::as_str);
        let has_content =
            |word: &&str| word.chars().count() >= CONTENT_LETTERS && !is_chance_word(word);
        words.filter(has_content).collect()
    }

    /// The parts of the text whose words are not among those at `kept`, as printed.
    pub(super) fn without(&self, kept: &BTreeSet<usize>) -> Vec<String> {
        // What follows an apostrophe is shown only with what stands before it.
        let ends_kept = |at: usize| {
            let before = at.checked_sub(1).filter(|before| kept.contains(before));
            before.is_some() && self.text[..self.places[at].start].ends_with(is_apostrophe)
        };
        let lost = (0..self.words.len()).filter(|at| !kept.contains(at) && !ends_kept(*at));
        let lost: Vec<usize> = lost.collect();
        let runs = lost.chunk_by(|a, b| a + 1 == *b);
        let part = |run: &[usize]| {
            let last = run.len() - 1;
            self.text[self.places[run[0]].start..self.places[run[last]].end].to_owned()
        };
        runs.map(part).collect()
    }
}

/// The number of words of a text that are compared.
pub(super) fn count(text: &str) -> usize {
    places(text).len()
}

/// Written with a hyphen or without: `re-open`, `reopen`.
const PREFIXES: [&str; 6] = ["anti", "co", "e", "non", "pre", "re"];

/// Where the words of a text stand: runs of letters and digits, since outlets differ in apostrophes and
/// hyphens. `[I]f` is one word; `[the mayor]` was put in by an editor and is none.
fn places(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut start = None;
    // Up to where an editor's brackets reach, and where a single letter in such ended.
    let (mut inside, mut letter) = (0, None);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if at < inside {
            continue;
        }
        if c.is_alphanumeric() {
            start = start.or(letter.take_if(|(_, end)| *end == at).map(|(from, _)| from));
            start = start.or(Some(at));
            continue;
        }
        let is_prefix =
            |from: usize| PREFIXES.iter().any(|p| text[from..at].eq_ignore_ascii_case(p));
        if c == '-'
            && start.is_some_and(is_prefix)
            && text[at + 1..].starts_with(char::is_alphabetic)
        {
            continue;
        }
        found.extend(start.take().map(|start| start..at));
        if let Some(length) = (c == '[').then(|| text[at..].find(']')).flatten() {
            inside = at + length + 1;
            letter = (text[at + 1..inside - 1].chars().count() == 1).then_some((at, inside));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_s_brackets_are_no_words() {
        let of = |text: &str| NormalizedQuote::new(text).words.join(" ");
        assert_eq!(of("[I]f the dam [above the mill] breaks…"), "if the dam breaks");
        assert_eq!(
            of("It isn’t-or is it?- a re-opened dam [sic]."),
            "it isn t or is it a reopened dam"
        );
        assert_eq!(of("a dam [and so on"), "a dam and so on");
        assert_eq!(of("[A] dam"), "dam");
    }

    #[test]
    fn what_is_left_out_is_shown_as_printed() {
        let wording = NormalizedQuote::new("Build it, [Mr. Oak], higher than ever!");
        assert_eq!(wording.without(&BTreeSet::from([2, 3])), ["Build it", "ever"]);
        let wording = NormalizedQuote::new("It’s a dam");
        assert_eq!(wording.without(&BTreeSet::from([0, 2])), ["dam"]);
    }
}
