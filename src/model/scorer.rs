//! Adds up what a sentence's features weigh, as fast as it can be read.
//!
//! ```text
//! score of a label = intercept + Σ over blocks (Σ weight · value) / √(Σ value²)
//! ```
//!
//! This is the sum that [`Vocabulary::encode`](crate::vocabulary::Vocabulary::encode) and the
//! weights give, in another order and without the row in between. Features of a single term, which
//! are most, are looked up once for each word and then stand together. Most words stand once in a
//! sentence, and so do their features, which can be added as they are noted; those of words that
//! stand more often are added as what they change. A test holds the two to each other. Which
//! features there are is not said here: the parts are asked.

use std::sync::{Mutex, OnceLock};

use super::Model;
use super::entries::{Entries, LANE};
use crate::features::{self, Key, Piece, Scaling, Seen, View};
use crate::packed::Packed;

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
    /// The last sentence in which it was met, and where its amounts begin there.
    sentence: u32,
    amounts: u32,
}

impl Known {
    const NOTHING: Known = Known { slots: Columns::Unknown, entries: 0, sentence: 0, amounts: ONCE };
}

/// Instead of the place of its amounts, of a word to whose features nothing is added, as it stands once
/// in the sentence.
const ONCE: u32 = u32::MAX;

/// A term of the sentence.
#[derive(Debug, Clone, Copy)]
struct Placed {
    slots: Columns,
    entries: u32,
    amounts: u32,
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
    /// How the amounts of each block become values.
    scalings: Vec<Scaling>,
    /// The words met, by their numbers.
    words: Vec<Known>,
    /// Of each word, for each slot that has a column.
    entries: Entries,

    /// The number of the sentence, from 1.
    sentence: u32,
    terms: Vec<Placed>,
    /// What was noted of each word that stands more than once, slot by slot.
    amounts: Vec<f32>,
    /// What was noted of all other features: those that nothing can be added to, and all.
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
        let blocks = 0..model.vocabulary.n_blocks();
        let scalings: Vec<Scaling> = blocks.map(|block| model.vocabulary.scaling(block)).collect();
        let entries = Entries::new(model.labels().len());
        Scorer {
            edition: view.edition,
            parts,
            slots,
            sums: Sums::new(scalings.len(), entries.n_lanes()),
            scalings,
            words: Vec::new(),
            entries,
            sentence: 0,
            terms: Vec::new(),
            amounts: Vec::new(),
            single: Vec::new(),
            several: Vec::new(),
        }
    }

    fn scores(&mut self, model: &Model, columns: &Entries, view: &View<'_>) -> Vec<f64> {
        self.begin(view);
        self.place_terms(model, columns, view);
        let parts = self.parts;
        features::extract(
            view,
            |part| parts[part].is_some(),
            |part, seen| {
                if let Some(asked) = parts[part] {
                    self.note(model, asked, seen);
                }
            },
        );
        self.add_others(model, columns);
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
        self.amounts.clear();
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
                (known.sentence, known.amounts) = (self.sentence, ONCE);
            } else if known.amounts == ONCE {
                known.amounts = narrow(self.amounts.len());
                self.amounts.resize(self.amounts.len() + self.slots.len(), 0.0);
            }
        }
        self.terms.clear();
        self.terms.extend(view.terms.iter().map(|term| {
            let Known { slots, entries, amounts, .. } = self.words[term.word.number as usize];
            let amounts = if matches!(slots, Columns::Ambiguous) { 0 } else { amounts };
            Placed { slots, entries, amounts }
        }));
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
                self.entries.push(columns.get(column as usize));
            }
        }
        known.slots = Columns::In(slots);
    }

    /// Takes down what a part has seen.
    #[inline]
    fn note(&mut self, model: &Model, asked: Asked, seen: &Seen<'_>) {
        let (at, slot) = match *seen.details {
            [term] => (term.piece, asked.slot),
            [form, term] => match form.piece {
                Piece::Form(number, _) => (term.piece, asked.slot + 1 + number as usize),
                _ => return self.note_other(model, asked, seen),
            },
            _ => return self.note_other(model, asked, seen),
        };
        let Piece::Term(at) = at else { return self.note_other(model, asked, seen) };
        let Placed { slots: Columns::In(slots), entries, amounts } = self.terms[at as usize] else {
            return self.note_other(model, asked, seen);
        };
        if slots & 1 << slot == 0 {
            return;
        }
        // Entries stand only for the slots in which there is a column.
        let before = slots & ((1 << slot) - 1);
        let entry = (entries + before.count_ones()) as usize;
        let mut noted = 0.0;
        if amounts != ONCE {
            let amount = &mut self.amounts[amounts as usize + slot];
            noted = *amount;
            *amount += seen.amount;
        }
        self.sums.add(&self.scalings, &self.entries, entry, noted, seen.amount);
    }

    #[inline]
    fn note_other(&mut self, model: &Model, asked: Asked, seen: &Seen<'_>) {
        let details = seen.details.iter();
        let key = details.clone().fold(asked.key, |key, detail| key.followed_by(detail.hash));
        if model.vocabulary.may_have(key) {
            // No part notes a feature twice of the same terms.
            let is_once = |at: u32| self.terms[at as usize].amounts == ONCE;
            let (mut has_term, mut has_once) = (false, false);
            for detail in details {
                if let Piece::Term(at) = detail.piece {
                    (has_term, has_once) = (true, has_once || is_once(at));
                }
            }
            let noted = if has_once || !has_term { &mut self.single } else { &mut self.several };
            noted.push((key, seen.amount));
        }
    }

    /// Adds what was noted of features that are not of a single term.
    fn add_others(&mut self, model: &Model, columns: &Entries) {
        self.several.sort_unstable_by_key(|(key, _)| *key);
        let summed = self.several.chunk_by(|(one, _), (next, _)| one == next);
        self.single.extend(summed.map(|noted| {
            (noted[0].0, noted.iter().map(|(_, amount)| amount).sum())
        }));
        self.several.clear();
        for (key, amount) in self.single.drain(..) {
            if let Some(column) = model.vocabulary.column(key) {
                self.sums.add(&self.scalings, columns, column as usize, 0.0, amount);
            }
        }
    }
}

/// A place in memory that never holds more words than are remembered, or than a sentence has.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// For each block the sum of the squared values, then for each label that of the weighted values.
#[derive(Debug)]
struct Sums {
    lanes: Vec<[f64; LANE]>,
    n_lanes: usize,
}

impl Sums {
    fn new(n_blocks: usize, n_lanes: usize) -> Self {
        Sums { lanes: vec![[0.0; LANE]; n_blocks * n_lanes], n_lanes }
    }

    fn clear(&mut self) {
        self.lanes.fill([0.0; LANE]);
    }

    /// Adds an amount of a feature of which some was added before.
    #[inline]
    fn add(
        &mut self,
        scalings: &[Scaling],
        entries: &Entries,
        entry: usize,
        noted: f32,
        amount: f32,
    ) {
        let lanes = entries.get(entry);
        let (block, idf) = (usize::from(lanes[0].block), lanes[0].numbers[0]);
        let value = |amount: f32| f64::from(scalings[block].value(amount, idf));
        let after = value(noted + amount);
        let (mut change, mut square) = (after, after * after);
        if noted != 0.0 {
            let before = value(noted);
            (change, square) = (after - before, square - before * before);
        }
        let sums = &mut self.lanes[block * self.n_lanes..][..self.n_lanes];
        for (at, (sums, lane)) in sums.iter_mut().zip(lanes).enumerate() {
            let mut added = lane.numbers.map(|weight| change * f64::from(weight));
            if at == 0 {
                added[0] = square;
            }
            sums.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
        }
    }

    /// The score of each label.
    fn scores(&self, intercept: &Packed<f32>) -> Vec<f64> {
        let mut scores: Vec<f64> = intercept.iter().map(f64::from).collect();
        for block in self.lanes.chunks_exact(self.n_lanes) {
            let [square, sums @ ..] = block.as_flattened() else { continue };
            if *square > 0.0 {
                let length = square.sqrt();
                scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum / length);
            }
        }
        scores
    }
}
