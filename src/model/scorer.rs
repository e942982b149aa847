//! Adds up what a sentence's features weigh, as fast as it can be read.
//!
//! ```text
//! score of a label = intercept + Σ over blocks (Σ weight · value) / √(Σ value²)
//! ```
//!
//! This is the sum that [`Vocabulary::encode`] and the weights give, in another order and without
//! the row in between. Features of a single term, which are most, are looked up once for each word
//! and then stand together. First everything that is noted is taken down in few words, then all is
//! added up in loops so short that a processor waits for several pieces of memory at a time. A test
//! holds the two to each other. Which features there are is not said here: the parts are asked.

use std::sync::{Mutex, OnceLock};

use super::Model;
use super::entries::{Entries, Entry, LANE};
use crate::features::{self, Amount, Detail, Key, Notebook, Piece, Seen, View};
use crate::packed::Packed;
use crate::vocabulary::Vocabulary;

/// What scoring needs beside the model: its columns laid out, and scorers that are not at work. Each
/// remembers words, by the numbers that a thread has given them, and waits for the next sentence from
/// there.
#[derive(Debug, Default)]
pub(super) struct Scorers {
    columns: OnceLock<Entries>,
    idle: Mutex<Vec<Scorer>>,
}

impl Scorers {
    /// The score of each label.
    pub(super) fn scores(&self, model: &Model, view: &View<'_>) -> Vec<f64> {
        let columns = self.columns.get_or_init(|| Entries::of(model));
        let mut scorer = self.take(view).unwrap_or_else(|| Scorer::new(model, view));
        let scores = scorer.scores(model, columns, view);
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(scorer);
        }
        scores
    }

    /// The scorer that knows the words of the view's thread.
    fn take(&self, view: &View<'_>) -> Option<Scorer> {
        let mut idle = self.idle.lock().ok()?;
        let at = idle.iter().rposition(|idle| idle.edition.thread == view.edition.thread)?;
        Some(idle.swap_remove(at))
    }
}

impl Clone for Scorers {
    /// What was remembered is not worth copying.
    fn clone(&self) -> Self {
        Scorers::default()
    }
}

/// The slots in which a word has a column.
#[derive(Debug, Clone, Copy)]
enum Columns {
    /// It was not asked yet.
    Unknown,
    /// A bit each.
    In(u32),
    /// The word is a part's name too. `word=near` and `near=word` have one key, and what is noted of
    /// both adds up: such words are looked up every time.
    Ambiguous,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    slots: Columns,
    /// Where the entries of its slots begin.
    entries: u32,
    /// The last sentence in which it was met, and where its places begin there.
    sentence: u32,
    places: u32,
}

impl Known {
    const NOTHING: Known = Known { slots: Columns::Unknown, entries: 0, sentence: 0, places: ONCE };
}

/// Instead of its places, of a word to whose features nothing is added, as it stands once in the
/// sentence.
const ONCE: u32 = u32::MAX;

/// A term of the sentence.
#[derive(Debug, Clone, Copy)]
struct Placed {
    slots: Columns,
    entries: u32,
    places: u32,
}

/// How much was noted of a feature that has an entry.
#[derive(Debug, Clone, Copy)]
struct Noted {
    entry: u32,
    amount: f32,
}

/// How a part's features are looked up.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// What its keys begin with.
    key: Key,
    /// Its first slot; the slots of its forms come next.
    slot: usize,
}

/// One model's weights at hand, and the sentence that is being scored.
#[derive(Debug)]
struct Scorer {
    /// Whose numbers the words have.
    edition: features::Edition,
    /// The parts by their places in [`features::ALL`]; none for those that the model does not ask.
    parts: [Option<Asked>; features::ALL.len()],
    /// The features of single terms of one kind: a part's bare ones, or those with one of its forms.
    /// What their keys begin with.
    slots: Vec<Key>,
    /// The words met, by their numbers.
    words: Vec<Known>,
    /// Of each word, for each slot that has a column.
    entries: Entries,

    /// The number of the sentence, from 1.
    sentence: u32,
    terms: Vec<Placed>,
    /// What was noted of single terms.
    noted: Vec<Noted>,
    /// For each word that stands more than once, slot by slot: its number in `noted`, from 1.
    places: Vec<u32>,
    /// What was noted of all other features: of those to which nothing is added, and of all.
    single: Vec<(Key, f32)>,
    several: Vec<(Key, f32)>,
    sums: Sums,
}

impl Scorer {
    fn new(model: &Model, view: &View<'_>) -> Self {
        let (mut parts, mut slots) = ([None; features::ALL.len()], Vec::new());
        for (place, part) in features::ALL.iter().enumerate() {
            if model.vocabulary.asks(place) {
                let key = Key::of_part(part.name());
                parts[place] = Some(Asked { key, slot: slots.len() });
                let forms = part.forms().iter().map(|form| key.followed_by(form.hash));
                slots.extend(std::iter::once(key).chain(forms));
            }
        }
        let entries = Entries::new(model.labels().len());
        Scorer {
            edition: view.edition,
            parts,
            slots,
            words: Vec::new(),
            sums: Sums::new(&model.vocabulary, entries.n_rest()),
            entries,
            sentence: 0,
            terms: Vec::new(),
            noted: Vec::new(),
            places: Vec::new(),
            single: Vec::new(),
            several: Vec::new(),
        }
    }

    fn scores(&mut self, model: &Model, columns: &Entries, view: &View<'_>) -> Vec<f64> {
        self.begin(view);
        self.place_terms(model, columns, view);
        let nothing = Asked { key: Key(0), slot: 0 };
        let vocabulary = &model.vocabulary;
        features::extract_into(view, &mut Noting { scorer: self, vocabulary, asked: nothing });
        self.sums.add(&self.entries, self.noted.drain(..));
        self.add_others(vocabulary, columns);
        self.sums.scores(&model.intercept)
    }

    /// Forgets the last sentence, and all words where their numbers hold no longer.
    fn begin(&mut self, view: &View<'_>) {
        if self.edition != view.edition || self.sentence == u32::MAX {
            self.edition = view.edition;
            self.words.clear();
            self.entries.clear();
            self.sentence = 0;
        }
        self.sentence += 1;
        self.places.clear();
        self.sums.clear();
    }

    /// Looks up every word of the sentence.
    fn place_terms(&mut self, model: &Model, columns: &Entries, view: &View<'_>) {
        for term in &view.terms {
            let number = term.word.number as usize;
            if number >= self.words.len() {
                self.words.resize(number + 1, Known::NOTHING);
            }
            if matches!(self.words[number].slots, Columns::Unknown) {
                self.learn(model, columns, number, term.word.hash);
            }
            let known = &mut self.words[number];
            if known.sentence != self.sentence {
                (known.sentence, known.places) = (self.sentence, ONCE);
            } else if known.places == ONCE {
                known.places = narrow(self.places.len());
                self.places.resize(self.places.len() + self.slots.len(), 0);
            }
        }
        self.terms.clear();
        self.terms.extend(view.terms.iter().map(|term| {
            let Known { slots, entries, places, .. } = self.words[term.word.number as usize];
            let places = if matches!(slots, Columns::Ambiguous) { 0 } else { places };
            Placed { slots, entries, places }
        }));
        self.entries.see(self.terms.iter().map(|term| term.entries as usize));
    }

    /// Finds the columns of all features that hold a word alone.
    #[cold]
    fn learn(&mut self, model: &Model, columns: &Entries, number: usize, hash: u64) {
        let known = &mut self.words[number];
        if features::ALL.iter().any(|part| Key::of_part(part.name()) == Key(hash)) {
            known.slots = Columns::Ambiguous;
            return;
        }
        known.entries = narrow(self.entries.len());
        let mut slots = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            if let Some(column) = model.vocabulary.column(slot.followed_by(hash)) {
                slots |= 1 << at;
                self.entries.push(columns, column as usize);
            }
        }
        known.slots = Columns::In(slots);
    }

    /// Adds what was noted of features that are not of a single term.
    fn add_others(&mut self, vocabulary: &Vocabulary, columns: &Entries) {
        self.several.sort_unstable_by_key(|(key, _)| *key);
        let same = self.several.chunk_by(|(one, _), (next, _)| one == next);
        self.single.extend(same.map(|noted| {
            let (key, _) = noted[0];
            (key, noted.iter().map(|(_, amount)| amount).sum())
        }));
        self.several.clear();
        let keys = self.single.iter().map(|(key, _)| *key);
        columns.see(vocabulary.see(keys).map(|column| column as usize));
        let noted = self.single.drain(..).filter_map(|(key, amount)| {
            vocabulary.column(key).map(|entry| Noted { entry, amount })
        });
        self.sums.add(columns, noted);
    }
}

/// The scorer while one part is being asked.
struct Noting<'s> {
    scorer: &'s mut Scorer,
    vocabulary: &'s Vocabulary,
    asked: Asked,
}

impl Notebook for Noting<'_> {
    fn open(&mut self, part: usize) -> bool {
        let asked = self.scorer.parts[part];
        self.asked = asked.unwrap_or(self.asked);
        asked.is_some()
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what is noted is mostly known where it is noted")]
    fn note(&mut self, seen: Seen<'_>) {
        let slot = self.asked.slot;
        match seen.details {
            [term] => self.of_term(term.piece, slot, &seen),
            [form, term] => match form.piece {
                Piece::Form(number, _) => {
                    self.of_term(term.piece, slot + 1 + number as usize, &seen);
                }
                _ => self.of_others(&seen),
            },
            _ => self.of_others(&seen),
        }
    }
}

impl Noting<'_> {
    /// Notes a feature that may be one of a single term.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as of `note`")]
    fn of_term(&mut self, piece: Piece, slot: usize, seen: &Seen<'_>) {
        let Piece::Term(at) = piece else { return self.of_others(seen) };
        let scorer = &mut *self.scorer;
        let Placed { slots: Columns::In(slots), entries, places } = scorer.terms[at as usize]
        else {
            return self.of_others(seen);
        };
        if slots & 1 << slot == 0 {
            return;
        }
        if places != ONCE {
            let place = &mut scorer.places[places as usize + slot];
            if let Some(before) = place.checked_sub(1) {
                scorer.noted[before as usize].amount += seen.amount;
                return;
            }
            *place = 1 + narrow(scorer.noted.len());
        }
        // Entries stand only for the slots in which there is a column.
        let entry = entries + (slots & ((1 << slot) - 1)).count_ones();
        scorer.noted.push(Noted { entry, amount: seen.amount });
    }

    /// Notes a feature of several terms, or of none.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as of `note`")]
    fn of_others(&mut self, seen: &Seen<'_>) {
        let Noting { scorer, vocabulary, asked } = self;
        let details = seen.details.iter();
        let key = details.clone().fold(asked.key, |key, detail| key.followed_by(detail.hash));
        if !vocabulary.may_have(key) {
            return;
        }
        // No part notes a feature twice of the same terms.
        let term = |detail: &Detail| match detail.piece {
            Piece::Term(at) => Some(at as usize),
            Piece::Form(..) | Piece::Other(_) => None,
        };
        let mut terms = details.filter_map(term).peekable();
        let is_single = terms.peek().is_none() || terms.any(|at| scorer.terms[at].places == ONCE);
        let noted = if is_single { &mut scorer.single } else { &mut scorer.several };
        noted.push((key, seen.amount));
    }
}

/// A place in memory that never holds more words than are remembered, or than a sentence has.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// What the features of each block add up to.
#[derive(Debug)]
struct Sums {
    /// What becomes of the amounts.
    amounts: Vec<Amount>,
    /// The sum of the squared values, then for each of the first labels that of the weighted values.
    first: Vec<[f64; LANE]>,
    /// The sums for all other labels.
    rest: Vec<f64>,
    n_rest: usize,
}

impl Sums {
    fn new(vocabulary: &Vocabulary, n_rest: usize) -> Self {
        let blocks = 0..vocabulary.n_blocks();
        Sums {
            amounts: blocks.clone().map(|block| vocabulary.scaling(block).amount).collect(),
            first: vec![[0.0; LANE]; blocks.len()],
            rest: vec![0.0; blocks.len() * n_rest],
            n_rest,
        }
    }

    fn clear(&mut self) {
        self.first.fill([0.0; LANE]);
        self.rest.fill(0.0);
    }

    /// Adds features, each once.
    #[inline]
    fn add(&mut self, entries: &Entries, noted: impl Iterator<Item = Noted>) {
        for Noted { entry, amount } in noted {
            let Entry { first, block } = entries.get(entry as usize);
            let block = usize::from(block);
            let value = f64::from(self.amounts[block].value(amount) * first[0]);
            let mut added = first.map(|weight| f64::from(weight) * value);
            added[0] = value * value;
            self.first[block].iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
            if self.n_rest > 0 {
                let rest = &mut self.rest[block * self.n_rest..][..self.n_rest];
                let weights = rest.iter_mut().zip(entries.rest(entry as usize));
                weights.for_each(|(sum, weight)| *sum += f64::from(*weight) * value);
            }
        }
    }

    /// The score of each label.
    fn scores(&self, intercept: &Packed<f32>) -> Vec<f64> {
        let mut scores: Vec<f64> = intercept.iter().map(f64::from).collect();
        for (block, [square, first @ ..]) in self.first.iter().enumerate() {
            if *square > 0.0 {
                let length = square.sqrt();
                let sums = first.iter().chain(&self.rest[block * self.n_rest..][..self.n_rest]);
                scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum / length);
            }
        }
        scores
    }
}
