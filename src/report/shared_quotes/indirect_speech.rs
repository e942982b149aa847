//! The sentences that tell what sources said, looked up by the words that they share with a quote.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::attributed_passage::Passage;
use super::normalized_quote::NormalizedQuote;
use super::similarity::holds;

/// Telling words that a paraphrase must have in common with the quote, beside half of them all; all
/// where the quote has fewer.
const TELLING: usize = 4;

/// A sentence: its outlet, its article and its number.
pub(super) type Key<'p> = (&'p str, &'p str, usize);

/// The telling sentences of all outlets.
pub(super) struct IndirectSpeech<'p> {
    sentences: &'p [Passage],
    /// The sentences that print a shared quote: what they tell beside it stands outside their marks.
    printing: BTreeSet<Key<'p>>,
    /// By telling word the places of the sentences that have it, rising.
    by_word: FxHashMap<&'p str, Vec<usize>>,
}

/// A quote under look-up.
pub(super) struct Wanted<'q> {
    quote: &'q NormalizedQuote,
    speakers: &'q [String],
    telling: BTreeSet<&'q str>,
    /// How many of its telling words a sentence has, by place.
    common: BTreeMap<usize, usize>,
}

impl<'p> IndirectSpeech<'p> {
    /// Of all telling sentences; `printing` are those among them that print a shared quote.
    pub(super) fn new(sentences: &'p [Passage], printing: BTreeSet<Key<'p>>) -> Self {
        let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, sentence) in sentences.iter().enumerate() {
            for word in sentence.wording.telling() {
                by_word.entry(word).or_default().push(at);
            }
        }
        IndirectSpeech { sentences, printing, by_word }
    }

    /// A quote of some speakers, to be looked up in one outlet after the other.
    pub(super) fn wanted<'q>(
        &self,
        quote: &'q NormalizedQuote,
        speakers: &'q [String],
    ) -> Wanted<'q> {
        let telling = quote.telling();
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for at in telling.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *common.entry(*at).or_default() += 1;
        }
        Wanted { quote, speakers, telling, common }
    }

    /// The sentence of an outlet that tells what a quote says, and whether in its very words; else it
    /// has half of its telling words. A quote of few telling words must be told of its speaker.
    pub(super) fn by(&self, outlet: &str, wanted: &Wanted<'_>) -> Option<(&'p Passage, bool)> {
        let n = wanted.telling.len();
        let candidates = wanted.common.iter().map(|(at, common)| (&self.sentences[*at], *common));
        let candidates = candidates.filter(|(told, _)| told.outlet == outlet);
        let holds = |told: &Passage| holds(&told.wording, wanted.quote);
        let mut verbatim =
            candidates.clone().filter(|(told, common)| 2 * common >= n && holds(told));
        if let Some((told, _)) = verbatim.next() {
            return Some((told, true));
        }
        let is_told_of = |told: &Passage| {
            let is_named = n >= TELLING || !told.speakers.is_empty();
            is_named && told.can_be_said_by(wanted.speakers)
        };
        let enough = n.div_ceil(2).max(TELLING.min(n)).max(2);
        let (told, _) = candidates
            .filter(|(told, common)| *common >= enough && is_told_of(told))
            .map(|(told, common)| (told, self.outside_marks(told, common, wanted)))
            .filter(|(_, common)| *common >= enough)
            .rev()
            .max_by_key(|(_, common)| *common)?;
        Some((told, false))
    }

    /// How many telling words a sentence has outside the marks of another quote.
    fn outside_marks(&self, told: &Passage, common: usize, wanted: &Wanted<'_>) -> usize {
        if !self.printing.contains(&told.sentence()) {
            return common;
        }
        wanted.telling.intersection(&NormalizedQuote::new(&told.own).telling()).count()
    }
}
