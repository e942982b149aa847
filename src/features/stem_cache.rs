//! A cache of stems and word classes, one per thread.
//!
//! To lower-case, stem and classify a word takes a hundred times as long as a look-up, and a few thousand
//! words make up nearly all of any text. The cache is a hash table with open addressing. An entry depends
//! on the printed word alone, so the cache can be emptied between any two sentences.

use std::cell::RefCell;
use std::hint::black_box;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::name::hash;
use super::placeholder::{JUDGING, NAME, PLACEHOLDERS, TARGET};
use super::word_classes::Classes;
use crate::text::tokenizer::{Kind, Token, is_apostrophe};
use crate::text::word_key::WordKey;

/// What is cached of a word, number or mark: all that depends on its printed form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The hash of its stem: see [`super::Key`]. A stem is in lower case, with straight quotation marks and
    /// apostrophes; words are stemmed (Snowball English; Porter 2001).
    pub(crate) hash: u64,
    /// The number of its stem in this generation of the cache.
    pub(crate) number: u32,
    /// The word classes of its stem.
    pub(super) classes: Classes,
    /// Whether it begins with a capital.
    pub(super) is_capital: bool,
    /// Whether a small letter follows the capital, unlike in abbreviations.
    pub(super) has_capital: bool,
}

const N_CLASSES: usize = JUDGING.len();

impl Word {
    /// The placeholder of the target.
    pub(super) const TARGET: Word = Word::placeholder(TARGET, 0);
    /// The placeholder of other names.
    pub(super) const NAME: Word = Word::placeholder(NAME, 1);
    /// The placeholders of negated words, by polarity and class: see [`PLACEHOLDERS`].
    #[expect(clippy::cast_possible_truncation, reason = "they are few")]
    const PLACEHOLDERS: [[Word; N_CLASSES]; PLACEHOLDERS.len()] = {
        let mut words = [[Word::NAME; N_CLASSES]; PLACEHOLDERS.len()];
        let mut at = 0;
        while at < PLACEHOLDERS.len() * N_CLASSES {
            let (polarity, class) = (at / N_CLASSES, at % N_CLASSES);
            let number = Word::FIRST_POLAR + at as u32;
            let placeholder = Word::placeholder(PLACEHOLDERS[polarity][class], number);
            words[polarity][class] =
                Word { classes: Classes::only(JUDGING[class].0), ..placeholder };
            at += 1;
        }
        words
    };
    /// Their first number.
    const FIRST_POLAR: u32 = 2;
    /// The first number of a stem.
    #[expect(clippy::cast_possible_truncation, reason = "as above")]
    const FIRST: u32 = Word::FIRST_POLAR + (PLACEHOLDERS.len() * N_CLASSES) as u32;

    const fn placeholder(stem: &str, number: u32) -> Self {
        let classes = Classes::NONE;
        Word { hash: hash(stem), number, classes, is_capital: false, has_capital: false }
    }

    /// The placeholder of a word, by the indices of its polarity and its class.
    pub(super) fn polar(polarity: usize, class: usize) -> Self {
        Word::PLACEHOLDERS[polarity][class]
    }

    /// The indices of polarity and class that it is the placeholder of; none for all other words.
    pub(super) fn polarity_and_class(self) -> Option<(usize, usize)> {
        let index = self.number.checked_sub(Word::FIRST_POLAR)? as usize;
        (index < PLACEHOLDERS.len() * N_CLASSES).then_some((index / N_CLASSES, index % N_CLASSES))
    }
}

/// Lower-cases a word and straightens its quotation marks and apostrophes.
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

/// The stem of a printed word.
pub(super) fn stem(printed: &str, kind: Kind) -> String {
    STEM_CACHE.with_borrow(|cache| stem_of(&cache.stemmer, printed, kind))
}

/// Number of words at which the cache is emptied: about ten megabytes.
const MAX_WORDS: usize = 1 << 17;

/// The cache of one thread.
pub(super) struct StemCache {
    /// Each word is in the first slot, from that of its hash on, that was free (linear probing).
    slots: Vec<Slot>,
    n_words: usize,
    /// The number of each stem, by hash.
    stems: FxHashMap<u64, u32>,
    /// How often the cache was emptied: stems keep their numbers within a generation.
    generation: u32,
    stemmer: Stemmer,
    /// The keys that are being looked up, and their hashes.
    lookups: Vec<(WordKey, u64)>,
}

/// A word with its key, in half a cache line: one memory access reads both.
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

/// Calls `work` with the cache of this thread and its generation. `work` must not call this function.
pub(super) fn with<T>(work: impl FnOnce(&mut StemCache, u32) -> T) -> T {
    STEM_CACHE.with_borrow_mut(|cache| {
        if cache.n_words >= MAX_WORDS {
            cache.clear();
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
            lookups: Vec::new(),
        }
    }

    fn empty(n_slots: usize) -> Vec<Slot> {
        vec![Slot { key: WordKey::NONE, word: Word::NAME }; n_slots]
    }

    fn clear(&mut self) {
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
        self.lookups.clear();
        self.lookups.extend(tokens.iter().map(key).map(|key| (key, key.hash64())));
        // Prefetch: reading all slots first lets the memory accesses overlap. Measured: without it,
        // making a view takes 40 % longer.
        let mask = self.slots.len() - 1;
        let seen = |hash: u64| self.slots[first_slot(hash, mask)].word.number;
        black_box(self.lookups.iter().fold(0, |sum: u32, (_, hash)| sum ^ seen(*hash)));
        tokens.iter().enumerate().map(move |(at, token)| {
            let (key, hash) = self.lookups[at];
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

    /// The slot of a key, or a free one for it.
    #[inline]
    fn find(&self, key: WordKey, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(hash, mask);
        while self.slots[at].key != key && self.slots[at].key != WordKey::NONE {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds a new word.
    #[cold]
    fn insert(&mut self, key: WordKey, at: usize, printed: &str, kind: Kind) -> Word {
        let stem = stem_of(&self.stemmer, printed, kind);
        let hash = hash(&stem);
        // The cache is emptied long before the numbers run out.
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
        let old = std::mem::replace(&mut self.slots, larger);
        for slot in old.into_iter().filter(|slot| slot.key != WordKey::NONE) {
            let at = self.find(slot.key, slot.key.hash64());
            self.slots[at] = slot;
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
    fn a_word_is_the_same_in_every_generation() {
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
        cache.clear();
        assert_ne!(cache.generation, before);
        assert_eq!(first, word(&mut cache, "Scorned", Kind::Word));
    }

    #[test]
    fn the_cache_is_emptied_between_sentences_and_not_within() {
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
