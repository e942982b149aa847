//! Words as the features know them, each looked at once.
//!
//! Lowering, stemming and sorting a word into its classes takes a hundred times as long as finding
//! it again, and a few thousand words are nearly all of any text. So every thread remembers the words
//! it has met. What is remembered depends on the word alone and can be forgotten at any time: the
//! answers are the same.

use std::cell::RefCell;
use std::hash::Hasher;
use std::num::NonZeroU32;
use std::rc::Rc;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHasher;

use super::closed::Classes;
use super::hash;
use crate::text::token::{Kind, is_apostrophe};

/// What stands for the target. In capitals, which no stem has, so that who the target is cannot
/// decide how it is treated.
const TARGET: &str = "TARGET";

/// What stands for every other name, for the same reason.
const NAME: &str = "NAME";

/// A word, a number or a mark: what its printed form says by itself.
#[derive(Debug)]
pub struct Word {
    /// Its printed form and kind, and the form itself where it is long.
    form: Form,
    printed: Box<str>,
    /// Lower case, quotes and apostrophes straight, words stemmed (Snowball English; Porter 2001).
    pub stem: Box<str>,
    /// The stem's hash: see [`super::Key`].
    pub(super) hash: u64,
    /// The closed classes that hold the stem.
    pub(super) classes: Classes,
    /// Begins with a capital.
    pub(super) is_capital: bool,
    /// A capital before small letters: abbreviations in capitals are no person's name.
    pub(super) has_capital: bool,
}

impl Word {
    fn new(printed: &str, kind: Kind, stemmer: &Stemmer) -> Self {
        let plain = plain(printed);
        let stem = match kind {
            Kind::Word => stemmer.stem(&plain).into_owned(),
            Kind::Number | Kind::Mark => plain,
        };
        Word::of_stem(printed, kind, stem)
    }

    fn of_stem(printed: &str, kind: Kind, stem: String) -> Self {
        let mut letters = printed.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        Word {
            form: Form::of(printed, kind),
            printed: if Form::holds(printed) { "" } else { printed }.into(),
            hash: hash(&stem),
            classes: Classes::of(&stem),
            is_capital,
            has_capital: is_capital && letters.next().is_some_and(char::is_lowercase),
            stem: stem.into(),
        }
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

/// The stem of a printed word, whatever stands for it in a sentence.
pub(super) fn stem(printed: &str) -> String {
    with(|lexicon| lexicon.word(printed, Kind::Word).stem.to_string())
}

/// So many words are remembered; then all are forgotten. Together they take some ten megabytes.
const MOST: usize = 1 << INDEX_BITS;
/// So many bits tell words apart by number.
const INDEX_BITS: u32 = 16;

/// The words that a thread has met. Its tables are small, as looking into them is waiting for memory.
pub(super) struct Lexicon {
    /// The words, in the order in which they were met: the common ones stand together.
    words: Vec<Rc<Word>>,
    /// For each word its number and some bits of its hash, in the first free place from that of its hash on.
    places: Vec<Option<NonZeroU32>>,
    stemmer: Stemmer,
    target: Rc<Word>,
    name: Rc<Word>,
}

/// A word's printed form and kind, in letters that end in its length and kind; of a long word the hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form([u64; 2]);

impl Form {
    /// The longest word that a form holds, in bytes.
    const LONGEST: usize = 14;

    fn holds(printed: &str) -> bool {
        printed.len() <= Form::LONGEST
    }

    fn of(printed: &str, kind: Kind) -> Self {
        let mut letters = [0; 16];
        if Form::holds(printed) {
            letters[..printed.len()].copy_from_slice(printed.as_bytes());
            // At most 14.
            letters[Form::LONGEST] = u8::try_from(printed.len()).unwrap_or(u8::MAX);
        } else {
            let mut hasher = FxHasher::default();
            hasher.write(printed.as_bytes());
            letters[..8].copy_from_slice(&hasher.finish().to_le_bytes());
            letters[Form::LONGEST] = u8::MAX;
        }
        letters[15] = kind as u8;
        let half = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| letters[at + byte]));
        Form([half(0), half(8)])
    }

    fn hash(self) -> u64 {
        let mut hasher = FxHasher::default();
        self.0.iter().for_each(|half| hasher.write_u64(*half));
        hasher.finish()
    }
}

thread_local! {
    static LEXICON: RefCell<Lexicon> = RefCell::new(Lexicon::new());
}

/// Works with the words of this thread. Must not be asked for again meanwhile.
pub(super) fn with<T>(work: impl FnOnce(&mut Lexicon) -> T) -> T {
    LEXICON.with_borrow_mut(work)
}

impl Lexicon {
    fn new() -> Self {
        let alone = |stem: &str| Rc::new(Word::of_stem("", Kind::Word, stem.to_string()));
        Lexicon {
            words: Vec::new(),
            places: vec![None; 1 << 10],
            stemmer: Stemmer::create(Algorithm::English),
            target: alone(TARGET),
            name: alone(NAME),
        }
    }

    /// What stands for the target.
    pub(super) fn target(&self) -> Rc<Word> {
        Rc::clone(&self.target)
    }

    /// What stands for another name.
    pub(super) fn name(&self) -> Rc<Word> {
        Rc::clone(&self.name)
    }

    /// Whether a word stands for a name.
    pub(super) fn is_name(word: &Word) -> bool {
        *word.stem == *NAME
    }

    /// A word as printed.
    pub(super) fn word(&mut self, printed: &str, kind: Kind) -> Rc<Word> {
        let form = Form::of(printed, kind);
        let at = match self.find(form, printed) {
            Ok(known) => return Rc::clone(&self.words[known]),
            Err(at) => at,
        };
        let word = Rc::new(Word::new(printed, kind, &self.stemmer));
        self.places[at] = marked(self.words.len(), form.hash());
        self.words.push(Rc::clone(&word));
        if self.words.len() >= MOST {
            self.words.clear();
            self.places.fill(None);
        } else if 2 * self.words.len() > self.places.len() {
            self.grow();
        }
        word
    }

    /// The number of a word, or the place that is free for it.
    fn find(&self, form: Form, printed: &str) -> Result<usize, usize> {
        let hash = form.hash();
        let mut at = self.first_place(hash);
        while let Some(place) = self.places[at] {
            let number = place.get() as usize & (MOST - 1);
            if marked(number, hash) == Some(place) {
                let word = &self.words[number];
                if word.form == form && (Form::holds(printed) || *word.printed == *printed) {
                    return Ok(number);
                }
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        Err(at)
    }

    #[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
    fn first_place(&self, hash: u64) -> usize {
        hash as usize & (self.places.len() - 1)
    }

    fn grow(&mut self) {
        self.places = vec![None; 2 * self.places.len()];
        for (number, word) in self.words.iter().enumerate() {
            let hash = word.form.hash();
            let mut at = self.first_place(hash);
            while self.places[at].is_some() {
                at = (at + 1) & (self.places.len() - 1);
            }
            self.places[at] = marked(number, hash);
        }
    }
}

/// A word's number, above it the first bits of its hash, which its place does not tell, and first of all
/// a bit that is always set.
#[expect(clippy::cast_possible_truncation, reason = "numbers are below 2^16, and 15 bits are kept")]
fn marked(number: usize, hash: u64) -> Option<NonZeroU32> {
    const ALWAYS: u32 = 1 << 31;
    NonZeroU32::new(ALWAYS | ((hash >> 49) as u32) << INDEX_BITS | number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_when_met_again_and_when_forgotten() {
        let mut lexicon = Lexicon::new();
        let first = lexicon.word("Scorned", Kind::Word);
        assert!(Rc::ptr_eq(&first, &lexicon.word("Scorned", Kind::Word)));
        assert_eq!((&*first.stem, first.is_capital, first.has_capital), ("scorn", true, true));
        for n in 0..=MOST {
            let word = lexicon.word(&format!("plan{n}"), Kind::Word);
            assert_eq!(*word.stem, *format!("plan{n}"));
        }
        assert!(lexicon.words.len() < MOST && lexicon.places.len() <= 2 * MOST);
        let again = lexicon.word("Scorned", Kind::Word);
        assert!(!Rc::ptr_eq(&first, &again));
        assert_eq!((&again.stem, again.hash), (&first.stem, first.hash));
    }

    #[test]
    fn kinds_are_told_apart() {
        let mut lexicon = Lexicon::new();
        assert_eq!(*lexicon.word("runs", Kind::Word).stem, *"run");
        assert_eq!(*lexicon.word("runs", Kind::Number).stem, *"runs");
    }
}
