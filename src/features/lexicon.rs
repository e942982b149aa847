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
    /// As printed.
    printed: Box<str>,
    kind: Kind,
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
            printed: printed.into(),
            kind,
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
    places: Vec<Option<Rc<Word>>>,
    n_words: usize,
    stemmer: Stemmer,
    target: Rc<Word>,
    name: Rc<Word>,
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
            places: vec![None; 1 << 10],
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
        let place = self.place(printed, kind);
        if let Some(known) = &self.places[place] {
            return Rc::clone(known);
        }
        let word = Rc::new(Word::new(printed, kind, &self.stemmer));
        self.remember(place, Rc::clone(&word));
        word
    }

    /// Where a word stands, or would stand.
    fn place(&self, printed: &str, kind: Kind) -> usize {
        let last = self.places.len() - 1;
        let mut hasher = FxHasher::default();
        hasher.write(printed.as_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
        let mut place = hasher.finish() as usize & last;
        let is_other = |word: &Word| *word.printed != *printed || word.kind != kind;
        while self.places[place].as_ref().is_some_and(|word| is_other(word)) {
            place = (place + 1) & last;
        }
        place
    }

    fn remember(&mut self, place: usize, word: Rc<Word>) {
        self.places[place] = Some(word);
        self.n_words += 1;
        if self.n_words >= MOST {
            self.places.fill(None);
            self.n_words = 0;
        } else if 2 * self.n_words > self.places.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let wider = vec![None; 4 * self.places.len()];
        for word in std::mem::replace(&mut self.places, wider).into_iter().flatten() {
            let place = self.place(&word.printed, word.kind);
            self.places[place] = Some(word);
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
