//! Words as the features know them, each looked at once.
//!
//! Lowering, stemming and sorting a word into its classes takes a hundred times as long as finding
//! it again, and a few thousand words are nearly all of any text. So every thread remembers the words
//! it has met, in an open-addressing hash table. An entry depends on the printed word alone; the table
//! only saves time, and can be emptied between two sentences.

use std::cell::RefCell;
use std::hint::black_box;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::name::hash;
use super::word_classes::Classes;
use crate::text::tokenizer::{Kind, Token, is_apostrophe};
use crate::text::word_key::WordKey;

/// What stands for the target. In capitals, which no stem has, so that who the target is cannot
/// decide how it is treated.
pub(super) const TARGET: &str = "TARGET";

/// What stands for every other name, for the same reason.
pub(super) const NAME: &str = "NAME";

/// A word, a number or a mark: what its printed key says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The stem's hash: see [`super::Key`]. A stem is in lower case, with straight quotes and
    /// apostrophes; words are stemmed (Snowball English; Porter 2001).
    pub(crate) hash: u64,
    /// The stem's number in its generation of the cache.
    pub(crate) number: u32,
    /// The closed classes that hold the stem.
    pub(super) classes: Classes,
    /// Begins with a capital.
    pub(super) is_capital: bool,
    /// A capital before small letters: abbreviations in capitals are no person's name.
    pub(super) has_capital: bool,
}

impl Word {
    /// What stands for the target.
    pub(super) const TARGET: Word = Word::standing(TARGET, 0);
    /// What stands for another name.
    pub(super) const NAME: Word = Word::standing(NAME, 1);
    /// The first number of a stem.
    const FIRST: u32 = 2;

    const fn standing(stem: &str, number: u32) -> Self {
        let classes = Classes::NONE;
        Word { hash: hash(stem), number, classes, is_capital: false, has_capital: false }
    }
}

/// Lower case, with straight quotes and apostrophes.
fn plain(printed: &str) -> String {
    let straight = |c| match c {
        c if is_apostrophe(c) => '\'',
        '‘' | '`' => '\'',
        '“' | '”' | '„' => '"',
        c => c,
    };
    printed.chars().flat_map(char::to_lowercase).map(straight).collect()
}

fn stem_of(stemmer: &Stemmer, printed: &str, kind: Kind) -> String {
    let plain = plain(printed);
    match kind {
        Kind::Word => stemmer.stem(&plain).into_owned(),
        Kind::Number | Kind::Mark => plain,
    }
}

/// The stem of a printed word, whatever stands for it in a sentence.
pub(super) fn stem(printed: &str, kind: Kind) -> String {
    STEM_CACHE.with_borrow(|cache| stem_of(&cache.stemmer, printed, kind))
}

/// Maximum number of words that are remembered; then all are forgotten. They take some ten megabytes.
const MAX_WORDS: usize = 1 << 17;

/// The words that a thread has met.
pub(super) struct StemCache {
    /// Each word in the first free slot from that of its hash on.
    slots: Vec<Slot>,
    n_words: usize,
    /// The numbers of the stems, by their hashes.
    stems: FxHashMap<u64, u32>,
    /// How often all words were forgotten: the numbers of stems hold within a generation.
    generation: u32,
    stemmer: Stemmer,
    /// The forms of the words that are being looked up, and their hashes.
    wanted: Vec<(WordKey, u64)>,
}

/// A word with its key, in half a cache line: one memory access finds both.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Slot {
    key: WordKey,
    word: Word,
}

/// The key of a token: its printed text and its kind.
fn key_of(text: &str, token: &Token) -> WordKey {
    WordKey::of(text, &token.span).of_kind(token.kind as u8)
}

thread_local! {
    static STEM_CACHE: RefCell<StemCache> = RefCell::new(StemCache::new());
}

/// Works with the words of this thread, whose numbers are of the generation that is handed over.
/// `work` must not call this again.
pub(super) fn with<T>(work: impl FnOnce(&mut StemCache, u32) -> T) -> T {
    STEM_CACHE.with_borrow_mut(|cache| {
        if cache.n_words >= MAX_WORDS {
            cache.forget();
        }
        let generation = cache.generation;
        work(cache, generation)
    })
}

impl StemCache {
    fn new() -> Self {
        StemCache {
            slots: StemCache::empty(1 << 10),
            n_words: 0,
            stems: FxHashMap::default(),
            generation: 0,
            stemmer: Stemmer::create(Algorithm::English),
            wanted: Vec::new(),
        }
    }

    fn empty(n_slots: usize) -> Vec<Slot> {
        vec![Slot { key: WordKey::NONE, word: Word::NAME }; n_slots]
    }

    fn forget(&mut self) {
        self.slots = StemCache::empty(1 << 10);
        self.n_words = 0;
        self.stems.clear();
        self.generation = self.generation.wrapping_add(1);
    }

    /// The words of the tokens of a text, in order.
    pub(super) fn words<'l>(
        &'l mut self,
        text: &'l str,
        tokens: &'l [Token],
    ) -> impl Iterator<Item = Word> + 'l {
        let key = |token| key_of(text, token);
        self.wanted.clear();
        self.wanted.extend(tokens.iter().map(key).map(|key| (key, key.hash64())));
        // Prefetch: reading all slots first lets the memory accesses overlap. Measured: without it,
        // making a view takes 40 % longer.
        let mask = self.slots.len() - 1;
        let seen = |hash: u64| self.slots[first_slot(hash, mask)].word.number;
        black_box(self.wanted.iter().fold(0, |sum: u32, (_, hash)| sum ^ seen(*hash)));
        tokens.iter().enumerate().map(move |(at, token)| {
            let (key, hash) = self.wanted[at];
            self.word_of(key, hash, text, token)
        })
    }

    /// The word of one token.
    pub(super) fn word(&mut self, text: &str, token: &Token) -> Word {
        let key = key_of(text, token);
        self.word_of(key, key.hash64(), text, token)
    }

    #[inline]
    fn word_of(&mut self, key: WordKey, hash: u64, text: &str, token: &Token) -> Word {
        let at = self.find(key, hash);
        let Slot { key: found, word } = self.slots[at];
        if found == key {
            word
        } else {
            self.insert(key, at, &text[token.span.clone()], token.kind)
        }
    }

    /// The slot of a key, or the one that is free for it.
    #[inline]
    fn find(&self, key: WordKey, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(hash, mask);
        while self.slots[at].key != key && self.slots[at].key != WordKey::NONE {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds a word that is met for the first time.
    #[cold]
    fn insert(&mut self, key: WordKey, at: usize, printed: &str, kind: Kind) -> Word {
        let stem = stem_of(&self.stemmer, printed, kind);
        let hash = hash(&stem);
        // A sentence has less words than this can count.
        let next = Word::FIRST + u32::try_from(self.stems.len()).unwrap_or(u32::MAX - Word::FIRST);
        let mut letters = printed.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        let word = Word {
            hash,
            number: *self.stems.entry(hash).or_insert(next),
            classes: Classes::of(&stem),
            is_capital,
            has_capital: is_capital && letters.next().is_some_and(char::is_lowercase),
        };
        self.slots[at] = Slot { key, word };
        self.n_words += 1;
        if 4 * self.n_words > 3 * self.slots.len() {
            self.grow();
        }
        word
    }

    fn grow(&mut self) {
        let larger = StemCache::empty(2 * self.slots.len());
        let places = std::mem::replace(&mut self.slots, larger);
        for place in places.into_iter().filter(|place| place.key != WordKey::NONE) {
            let at = self.find(place.key, place.key.hash64());
            self.slots[at] = place;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
fn first_slot(hash: u64, mask: usize) -> usize {
    hash as usize & mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenizer::tokens;

    fn word(cache: &mut StemCache, printed: &str, kind: Kind) -> Word {
        cache.word(printed, &Token { span: 0..printed.len(), kind })
    }

    #[test]
    fn a_word_is_the_same_when_met_again_and_when_forgotten() {
        let mut cache = StemCache::new();
        let first = word(&mut cache, "Scorned", Kind::Word);
        assert_eq!(first, word(&mut cache, "Scorned", Kind::Word));
        assert_eq!((first.hash, first.is_capital, first.has_capital), (hash("scorn"), true, true));
        for n in 0..5000 {
            let plan = word(&mut cache, &format!("plan{n}"), Kind::Word);
            assert_eq!(plan.hash, hash(&format!("plan{n}")));
        }
        assert_eq!(first, word(&mut cache, "Scorned", Kind::Word));
        assert_eq!(cache.n_words, 5001);
        let before = cache.generation;
        cache.forget();
        assert_ne!(cache.generation, before);
        assert_eq!(first, word(&mut cache, "Scorned", Kind::Word));
    }

    #[test]
    fn words_are_forgotten_between_sentences_and_not_within() {
        let many =
            |from: usize| (from..from + MAX_WORDS).map(|n| format!("w{n} ")).collect::<String>();
        let met = |text: &str| {
            with(|cache, generation| {
                let tokens: Vec<Token> = tokens(text).collect();
                assert_eq!(cache.words(text, &tokens).count(), tokens.len());
                assert_eq!(cache.generation, generation);
                (cache.n_words, generation)
            })
        };
        let (n_words, generation) = met(&many(0));
        assert!(n_words >= MAX_WORDS);
        assert_ne!(met("again"), (n_words, generation));
        assert_eq!(met("again").0, 1);
    }

    #[test]
    fn printed_forms_of_one_stem_have_one_number() {
        let mut cache = StemCache::new();
        let mut number = |printed| word(&mut cache, printed, Kind::Word).number;
        assert_eq!(number("Plans"), number("plan"));
        assert_ne!(number("plan"), number("place"));
        assert!(![Word::NAME.number, Word::TARGET.number].contains(&number("name")));
    }

    #[test]
    fn kinds_are_told_apart() {
        let mut cache = StemCache::new();
        assert_eq!(word(&mut cache, "runs", Kind::Word).hash, hash("run"));
        assert_eq!(word(&mut cache, "runs", Kind::Number).hash, hash("runs"));
        assert_eq!(
            (stem("runs", Kind::Word), stem("1.5", Kind::Number)),
            ("run".into(), "1.5".into())
        );
    }
}
