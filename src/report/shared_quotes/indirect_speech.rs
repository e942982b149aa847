//! Sentences of indirect speech, looked up by the content words that they share with a quote.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::attributed_passage::Passage;
use super::normalized_quote::NormalizedQuote;
use super::similarity::holds;

/// Minimum number of content words that a paraphrase and its quote share, beside half of the quote's; all
/// of the quote's where it has fewer.
const SHARED_WORDS: usize = 4;

/// A sentence: its outlet, its article and its number.
pub(super) type Key<'p> = (&'p str, &'p str, usize);

/// The sentences of indirect speech of all outlets.
pub(super) struct IndirectSpeech<'p> {
    sentences: &'p [Passage],
    /// Those that print a shared quote too: only their words outside its marks can be a paraphrase.
    printing: BTreeSet<Key<'p>>,
    /// By content word the indices of the sentences that have it, rising.
    by_word: FxHashMap<&'p str, Vec<usize>>,
}

/// A quote to be looked up.
pub(super) struct Query<'q> {
    quote: &'q NormalizedQuote,
    speakers: &'q [String],
    content_words: BTreeSet<&'q str>,
    /// How many of its content words a sentence has, by the sentence's index.
    n_shared: BTreeMap<usize, usize>,
}

impl<'p> IndirectSpeech<'p> {
    /// Of all such sentences; `printing` are those among them that print a shared quote.
    pub(super) fn new(sentences: &'p [Passage], printing: BTreeSet<Key<'p>>) -> Self {
        let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (index, sentence) in sentences.iter().enumerate() {
            for word in sentence.quote.content_words() {
                by_word.entry(word).or_default().push(index);
            }
        }
        IndirectSpeech { sentences, printing, by_word }
    }

    /// A quote of some speakers, to be looked up in one outlet after the other.
    pub(super) fn query<'q>(
        &self,
        quote: &'q NormalizedQuote,
        speakers: &'q [String],
    ) -> Query<'q> {
        let content_words = quote.content_words();
        let mut n_shared: BTreeMap<usize, usize> = BTreeMap::new();
        for index in content_words.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *n_shared.entry(*index).or_default() += 1;
        }
        Query { quote, speakers, content_words, n_shared }
    }

    /// The sentence of an outlet that reports a quote, and whether in its very words; a paraphrase has
    /// half of its content words. A quote of few content words needs a sentence that names its speaker.
    pub(super) fn find(&self, outlet: &str, query: &Query<'_>) -> Option<(&'p Passage, bool)> {
        let n = query.content_words.len();
        let candidates = query.n_shared.iter().map(|(at, shared)| (&self.sentences[*at], *shared));
        let candidates = candidates.filter(|(sentence, _)| sentence.outlet == outlet);
        let mut verbatim = candidates.clone().filter(|(sentence, n_shared)| {
            2 * n_shared >= n && holds(&sentence.quote, query.quote)
        });
        if let Some((sentence, _)) = verbatim.next() {
            return Some((sentence, true));
        }
        let is_of_speaker = |sentence: &Passage| {
            let is_named = n >= SHARED_WORDS || !sentence.speakers.is_empty();
            is_named && sentence.can_be_said_by(query.speakers)
        };
        let enough = n.div_ceil(2).max(SHARED_WORDS.min(n)).max(2);
        let (sentence, _) = candidates
            .filter(|(sentence, n_shared)| *n_shared >= enough && is_of_speaker(sentence))
            .map(|(sentence, n_shared)| (sentence, self.outside_marks(sentence, n_shared, query)))
            .filter(|(_, n_shared)| *n_shared >= enough)
            .rev()
            .max_by_key(|(_, n_shared)| *n_shared)?;
        Some((sentence, false))
    }

    /// How many content words of a quote a sentence has outside the marks of another quote.
    fn outside_marks(&self, sentence: &Passage, n_shared: usize, query: &Query<'_>) -> usize {
        if !self.printing.contains(&sentence.sentence()) {
            return n_shared;
        }
        let own = NormalizedQuote::new(&sentence.own);
        query.content_words.intersection(&own.content_words()).count()
    }
}
