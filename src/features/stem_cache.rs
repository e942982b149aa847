//! Words as the features know them, each looked at once.
//!
//! Lowering, stemming and sorting a word into its classes takes a hundred times as long as finding
//! it again, and a few thousand words are nearly all of any text. So every thread remembers the words
//! it has met. What is remembered depends on the word alone and can be forgotten at any time: the
//! answers are the same.

use std::cell::RefCell;
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::hash;
use super::word_classes::Classes;
use crate::text::tokenizer::{Kind, Token, is_apostrophe};
use crate::text::word_key::WordKey;

/// What stands for the target. In capitals, which no stem has, so that who the target is cannot
/// decide how it is treated.
pub(super) const TARGET: &str = "TARGET";

/// What stands for every other name, for the same reason.
pub(super) const NAME: &str = "NAME";

/// A word, a number or a mark: what its printed form says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The stem's hash: see [`super::Key`]. A stem is in lower case, with straight quotes and
    /// apostrophes; words are stemmed (Snowball English; Porter 2001).
    pub(crate) hash: u64,
    /// The stem's number in its [edition](Edition).
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
    LEXICON.with_borrow(|lexicon| stem_of(&lexicon.stemmer, printed, kind))
}

/// So many words are remembered; then all are forgotten. Together they take some ten megabytes.
const MOST: usize = 1 << 17;

/// What the numbers of stems belong to: they change where words are forgotten, and every thread has
/// its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CacheGeneration {
    pub(crate) thread: u32,
    number: u32,
}

/// The words that a thread has met. To look one up is to wait for memory, so all that is asked of a
/// word lies in one place.
pub(super) struct StemCache {
    /// Each word in the first free place from that of its hash on.
    places: Vec<Place>,
    n_words: usize,
    /// The numbers of the stems, by their hashes.
    stems: FxHashMap<u64, u32>,
    edition: CacheGeneration,
    stemmer: Stemmer,
    /// The forms of the words that are being looked up, and their hashes.
    wanted: Vec<(WordKey, u64)>,
}

/// A word with its form; half a line of a processor's cache.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Place {
    form: WordKey,
    word: Word,
}

/// The printed form of a word of its kind.
fn form(text: &str, token: &Token) -> WordKey {
    WordKey::of(text, &token.span).of_kind(token.kind as u8)
}

thread_local! {
    static LEXICON: RefCell<StemCache> = RefCell::new(StemCache::new());
}

/// Works with the words of this thread, whose numbers are those of the edition that is handed over.
/// Must not be asked for again meanwhile.
pub(super) fn with<T>(work: impl FnOnce(&mut StemCache, CacheGeneration) -> T) -> T {
    LEXICON.with_borrow_mut(|lexicon| {
        if lexicon.n_words >= MOST {
            lexicon.forget();
        }
        let edition = lexicon.edition;
        work(lexicon, edition)
    })
}

impl StemCache {
    fn new() -> Self {
        static N_THREADS: AtomicU32 = AtomicU32::new(0);
        let thread = N_THREADS.fetch_add(1, Ordering::Relaxed);
        StemCache {
            places: StemCache::empty(1 << 10),
            n_words: 0,
            stems: FxHashMap::default(),
            edition: CacheGeneration { thread, number: 0 },
            stemmer: Stemmer::create(Algorithm::English),
            wanted: Vec::new(),
        }
    }

    fn empty(n_places: usize) -> Vec<Place> {
        vec![Place { form: WordKey::NONE, word: Word::NAME }; n_places]
    }

    fn forget(&mut self) {
        self.places = StemCache::empty(1 << 10);
        self.n_words = 0;
        self.stems.clear();
        self.edition.number = self.edition.number.wrapping_add(1);
    }

    /// The words of the tokens of a text, in order.
    pub(super) fn words<'l>(
        &'l mut self,
        text: &'l str,
        tokens: &'l [Token],
    ) -> impl Iterator<Item = Word> + 'l {
        let form = |token| form(text, token);
        self.wanted.clear();
        self.wanted.extend(tokens.iter().map(form).map(|form| (form, form.number())));
        // Every place is seen once before any is asked, so that memory is waited for once.
        let mask = self.places.len() - 1;
        let seen = |hash: u64| self.places[first_place(hash, mask)].word.number;
        black_box(self.wanted.iter().fold(0, |sum: u32, (_, hash)| sum ^ seen(*hash)));
        tokens.iter().enumerate().map(move |(at, token)| {
            let (form, hash) = self.wanted[at];
            self.word_of(form, hash, text, token)
        })
    }

    /// The word of one token.
    pub(super) fn word(&mut self, text: &str, token: &Token) -> Word {
        let form = form(text, token);
        self.word_of(form, form.number(), text, token)
    }

    #[inline]
    fn word_of(&mut self, form: WordKey, hash: u64, text: &str, token: &Token) -> Word {
        let at = self.find(form, hash);
        let Place { form: found, word } = self.places[at];
        if found == form {
            word
        } else {
            self.meet(form, at, &text[token.span.clone()], token.kind)
        }
    }

    /// The place of a form, or the one that is free for it.
    #[inline]
    fn find(&self, form: WordKey, hash: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut at = first_place(hash, mask);
        while self.places[at].form != form && self.places[at].form != WordKey::NONE {
            at = (at + 1) & mask;
        }
        at
    }

    /// Looks at a word for the first time.
    #[cold]
    fn meet(&mut self, form: WordKey, at: usize, printed: &str, kind: Kind) -> Word {
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
        self.places[at] = Place { form, word };
        self.n_words += 1;
        if 4 * self.n_words > 3 * self.places.len() {
            self.grow();
        }
        word
    }

    fn grow(&mut self) {
        let larger = StemCache::empty(2 * self.places.len());
        let places = std::mem::replace(&mut self.places, larger);
        for place in places.into_iter().filter(|place| place.form != WordKey::NONE) {
            let at = self.find(place.form, place.form.number());
            self.places[at] = place;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
fn first_place(hash: u64, mask: usize) -> usize {
    hash as usize & mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenizer::tokens;

    fn word(lexicon: &mut StemCache, printed: &str, kind: Kind) -> Word {
        lexicon.word(printed, &Token { span: 0..printed.len(), kind })
    }

    #[test]
    fn a_word_is_the_same_when_met_again_and_when_forgotten() {
        let mut lexicon = StemCache::new();
        let first = word(&mut lexicon, "Scorned", Kind::Word);
        assert_eq!(first, word(&mut lexicon, "Scorned", Kind::Word));
        assert_eq!((first.hash, first.is_capital, first.has_capital), (hash("scorn"), true, true));
        for n in 0..5000 {
            let plan = word(&mut lexicon, &format!("plan{n}"), Kind::Word);
            assert_eq!(plan.hash, hash(&format!("plan{n}")));
        }
        assert_eq!(first, word(&mut lexicon, "Scorned", Kind::Word));
        assert_eq!(lexicon.n_words, 5001);
        let before = lexicon.edition;
        lexicon.forget();
        assert_ne!(lexicon.edition, before);
        assert_eq!(first, word(&mut lexicon, "Scorned", Kind::Word));
    }

    #[test]
    fn words_are_forgotten_between_sentences_and_not_within() {
        let many = |from: usize| (from..from + MOST).map(|n| format!("w{n} ")).collect::<String>();
        let met = |text: &str| {
            with(|lexicon, edition| {
                let tokens: Vec<Token> = tokens(text).collect();
                assert_eq!(lexicon.words(text, &tokens).count(), tokens.len());
                assert_eq!(lexicon.edition, edition);
                (lexicon.n_words, edition)
            })
        };
        let (n_words, edition) = met(&many(0));
        assert!(n_words >= MOST);
        assert_ne!(met("again"), (n_words, edition));
        assert_eq!(met("again").0, 1);
    }

    #[test]
    fn printed_forms_of_one_stem_have_one_number() {
        let mut lexicon = StemCache::new();
        let mut number = |printed| word(&mut lexicon, printed, Kind::Word).number;
        assert_eq!(number("Plans"), number("plan"));
        assert_ne!(number("plan"), number("place"));
        assert!(![Word::NAME.number, Word::TARGET.number].contains(&number("name")));
    }

    #[test]
    fn kinds_are_told_apart() {
        let mut lexicon = StemCache::new();
        assert_eq!(word(&mut lexicon, "runs", Kind::Word).hash, hash("run"));
        assert_eq!(word(&mut lexicon, "runs", Kind::Number).hash, hash("runs"));
        assert_eq!(
            (stem("runs", Kind::Word), stem("1.5", Kind::Number)),
            ("run".into(), "1.5".into())
        );
    }
}
