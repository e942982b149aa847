//! Words as the features know them, each looked at once.
//!
//! Lowering, stemming and sorting a word into its classes takes a hundred times as long as finding
//! it again, and a few thousand words are nearly all of any text. So every thread remembers the words
//! it has met. What is remembered depends on the word alone and can be forgotten at any time: the
//! answers are the same.

use std::cell::RefCell;
use std::hash::Hasher;
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
    /// As printed, where its place does not tell.
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
        Word::of_stem(printed, stem)
    }

    fn of_stem(printed: &str, stem: String) -> Self {
        let mut letters = printed.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        Word {
            printed: if Place::holds(printed) { "" } else { printed }.into(),
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
const MOST: usize = 1 << 16;

/// The words that a thread has met.
pub(super) struct Lexicon {
    /// The words, each in the first free place from that of its hash on.
    places: Vec<Place>,
    n_words: usize,
    stemmer: Stemmer,
    target: Rc<Word>,
    name: Rc<Word>,
}

/// Room for one word, and its printed form where that is short: then nothing else in memory must be
/// waited for to know it again.
#[derive(Debug, Clone, Default)]
struct Place {
    form: Form,
    word: Option<Rc<Word>>,
}

/// A word's printed form and kind, in letters that end in its length and kind; of a long word the hash.
type Form = [u64; 2];

impl Place {
    /// The longest form that a place holds, in bytes.
    const LONGEST: usize = 14;

    fn holds(printed: &str) -> bool {
        printed.len() <= Place::LONGEST
    }

    fn form(printed: &str, kind: Kind) -> Form {
        let mut letters = [0; 16];
        if Place::holds(printed) {
            letters[..printed.len()].copy_from_slice(printed.as_bytes());
            // At most 14.
            letters[Place::LONGEST] = u8::try_from(printed.len()).unwrap_or(u8::MAX);
        } else {
            let mut hasher = FxHasher::default();
            hasher.write(printed.as_bytes());
            letters[..8].copy_from_slice(&hasher.finish().to_le_bytes());
            letters[Place::LONGEST] = u8::MAX;
        }
        letters[15] = kind as u8;
        let [low, high] = [0, 8].map(|at| std::array::from_fn(|byte| letters[at + byte]));
        [u64::from_le_bytes(low), u64::from_le_bytes(high)]
    }

    /// Whether the word of this form stands here, or none does.
    fn is_of(&self, form: Form, printed: &str) -> bool {
        let Some(word) = &self.word else { return true };
        self.form == form && (Place::holds(printed) || *word.printed == *printed)
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
        let alone = |stem: &str| Rc::new(Word::of_stem("", stem.to_string()));
        Lexicon {
            places: vec![Place::default(); 1 << 10],
            n_words: 0,
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
        let form = Place::form(printed, kind);
        let at = self.place(form, printed);
        if let Some(known) = &self.places[at].word {
            return Rc::clone(known);
        }
        let word = Rc::new(Word::new(printed, kind, &self.stemmer));
        self.places[at] = Place { form, word: Some(Rc::clone(&word)) };
        self.n_words += 1;
        if self.n_words >= MOST {
            self.places.fill(Place::default());
            self.n_words = 0;
        } else if 2 * self.n_words > self.places.len() {
            self.grow();
        }
        word
    }

    /// Where a word stands, or would stand.
    fn place(&self, form: Form, printed: &str) -> usize {
        let last = self.places.len() - 1;
        let mut hasher = FxHasher::default();
        form.iter().for_each(|part| hasher.write_u64(*part));
        #[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
        let mut at = hasher.finish() as usize & last;
        while !self.places[at].is_of(form, printed) {
            at = (at + 1) & last;
        }
        at
    }

    fn grow(&mut self) {
        let wider = vec![Place::default(); 4 * self.places.len()];
        for place in std::mem::replace(&mut self.places, wider) {
            if let Some(word) = &place.word {
                let at = self.place(place.form, &word.printed);
                self.places[at] = place;
            }
        }
    }
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
        assert!(lexicon.n_words < MOST && lexicon.places.len() <= 4 * MOST);
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
