//! One article under reading: its paragraphs, what the rules make of them, and what stands beside
//! each sentence.

use crate::parts::{Part, Sentence};
use crate::text::Span;

use super::names::Names;
use super::paragraph::Paragraph;
use super::quotes;
use super::signs::Neighbour;
use super::speech::Reading;
use super::teller::{Teller, Told};
use super::words::Words;
use super::{Attribution, Voice};

/// An article's sentences, joined into paragraphs.
pub(super) struct Page<'s, 't> {
    groups: Vec<&'s [Sentence<'t>]>,
    paragraphs: Vec<Paragraph>,
}

impl<'s, 't> Page<'s, 't> {
    pub(super) fn new(sentences: &'s [Sentence<'t>]) -> Self {
        let groups: Vec<_> =
            sentences.chunk_by(|one, next| one.paragraph == next.paragraph).collect();
        let opens_quoted = |group: &&[Sentence<'_>]| {
            group.first().is_some_and(|s| quotes::opens_with_mark(s.text))
        };
        let paragraphs = (0..groups.len())
            .map(|at| Paragraph::new(groups[at], groups.get(at + 1).is_some_and(opens_quoted)))
            .collect();
        Page { groups, paragraphs }
    }

    /// Every sentence as words, by paragraph.
    pub(super) fn words(&self) -> Vec<Vec<Words<'_>>> {
        self.paragraphs.iter().map(Paragraph::words).collect()
    }

    /// What stands between quote marks in every sentence.
    pub(super) fn quoted(&self) -> Vec<Vec<Span>> {
        self.paragraphs.iter().flat_map(Paragraph::quoted).collect()
    }

    /// What the rules make of every sentence.
    pub(super) fn tell(&self, words: &[Vec<Words<'_>>], readings: &[Vec<Reading>]) -> Vec<Told> {
        let mut names = Names::default();
        for (group, words) in self.groups.iter().zip(words) {
            if group[0].part == Part::Body {
                words.iter().for_each(|words| names.note(words));
            }
        }
        let mut teller = Teller::new(names);
        let mut found = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            if group[0].part.is_counted() {
                found.extend(teller.tell(&self.paragraphs[at], &words[at], &readings[at]));
            } else {
                let outlet = || Told { by_rules: Attribution::outlet(), instead: None, sure: true };
                found.extend(group.iter().map(|_| outlet()));
            }
        }
        found
    }
}

/// Every sentence read for what it reports.
pub(super) fn readings(words: &[Vec<Words<'_>>]) -> Vec<Vec<Reading>> {
    words.iter().map(|words| words.iter().map(Reading::new).collect()).collect()
}

/// Headlines have too few signs, and what the page itself tells needs no judging.
pub(super) fn is_judged(sentence: &Sentence<'_>, told: &Told) -> bool {
    sentence.part == Part::Body && !told.sure
}

/// What the rules take the sentences before and behind one for.
pub(super) fn neighbours(
    sentences: &[Sentence<'_>],
    told: &[Told],
    at: usize,
) -> (Neighbour, Neighbour) {
    let seen = |other: Option<usize>| {
        let Some(other) = other.filter(|other| *other < told.len()) else { return Neighbour::None };
        let apart = sentences[other].paragraph != sentences[at].paragraph;
        match told[other].by_rules.voice {
            _ if sentences[other].part != Part::Body => Neighbour::None,
            Voice::Outlet if apart => Neighbour::OutletApart,
            Voice::Outlet => Neighbour::Outlet,
            Voice::Attributed if apart => Neighbour::AttributedApart,
            Voice::Attributed => Neighbour::Attributed,
        }
    };
    (seen(at.checked_sub(1)), seen(Some(at + 1)))
}

/// What a sentence reports as said, in bytes of the sentence.
pub(super) fn content(words: &Words<'_>, reading: &Reading) -> Vec<Span> {
    let tokens: Vec<usize> = (0..words.len()).filter(|at| reading.is_content(*at)).collect();
    let runs = tokens.chunk_by(|one, next| one + 1 == *next);
    runs.map(|run| words.place(&(run[0]..run[run.len() - 1] + 1))).collect()
}

/// The places between quote marks in every sentence of one article, without the marks. A quotation
/// runs on from sentence to sentence within its paragraph.
pub fn quoted(sentences: &[Sentence<'_>]) -> Vec<Vec<Span>> {
    Page::new(sentences).quoted()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::parts;
    use crate::voice::attribute;

    #[test]
    fn quotations_run_from_sentence_to_sentence() {
        let within = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let sentences = parts::split(&article);
            let text = |(at, spans): (usize, Vec<Span>)| -> Vec<String> {
                spans.into_iter().map(|span| sentences[at].text[span].to_string()).collect()
            };
            quoted(&sentences).into_iter().enumerate().flat_map(text).collect::<Vec<_>>()
        };
        assert_eq!(
            within("Elm said the dam “held for years. It will hold. It must,” and “all know it”."),
            ["held for years.", "It will hold.", "It must,", "all know it"]
        );
        assert_eq!(
            within("‘It held,’ she said.\n\n“It did. Yes.\n\n“It will.”"),
            ["It held,", "It did.", "Yes.", "It will."]
        );
        assert_eq!(within("Elm promised \"a dam' by May.\n\n\""), ["a dam"]);
    }

    #[test]
    fn words_without_marks_can_be_a_source_s_own() {
        let bare = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let told = attribute(&parts::split(&article));
            told.iter().map(|told| told.is_bare).collect::<Vec<_>>()
        };
        assert_eq!(bare("Sad day! We go on. — Jo B. Elm (@joelm) July 9, 2017"), [true, true]);
        assert_eq!(bare("Senator Jo Elm:\n\nThe dam will hold."), [false, true]);
        assert_eq!(bare("Jo Elm said the dam was safe. “It holds.”"), [false, false]);
        assert_eq!(bare("Valley News: Old dam breaks in the night"), [false]);
    }

    #[test]
    fn what_somebody_wrote_is_their_word_and_a_spokesman_is_himself() {
        let speaker = |said: &str| {
            let text = format!(
                "Governor Joan Elm came back late. {said} that the dam would hold for years."
            );
            let article = Article { text, ..Article::default() };
            attribute(&parts::split(&article)).remove(1).speakers
        };
        assert_eq!(speaker("Elm's own first transcript of the talks in town said"), ["Joan Elm"]);
        assert_eq!(speaker("Elm’s statement said"), ["Joan Elm"]);
        assert_eq!(speaker("Elm herself said"), ["Joan Elm"]);
        assert_eq!(speaker("Monday's report said"), ["Monday's report"]);
        assert_eq!(speaker("Elm's spokesman said"), ["Elm's spokesman"]);
    }
}
