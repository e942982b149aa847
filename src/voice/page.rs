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
