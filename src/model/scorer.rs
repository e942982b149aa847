//! Adds up what a sentence's features weigh, as fast as it can be read.
//!
//! ```text
//! score of a label = intercept + Σ over blocks (Σ weight · value) / √(Σ value²)
//! ```
//!
//! This is the sum that [`Vocabulary::encode`] and the weights give, in another order and without
//! the row in between: features of a single term, which are most, are looked up once for each word
//! and then stand together, so that a term costs one look for all of its places and sides. A test
//! holds the two to each other. Which features there are is not said here: the parts are asked.

use std::sync::Mutex;

use rustc_hash::FxHashMap;

use super::Model;
use crate::features::{self, Key, Piece, Scaling, Seen, View, summed};

/// So many words are remembered; then all are forgotten.
const MOST: usize = 1 << 17;

/// Scorers that are not at work. Each remembers words, so they are kept for the next sentence.
#[derive(Debug, Default)]
pub(super) struct Idle(Mutex<Vec<Scorer>>);

impl Idle {
    /// Lends a scorer.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Scorer) -> T) -> T {
        let idle = self.0.lock().ok().and_then(|mut scorers| scorers.pop());
        let mut scorer = idle.unwrap_or_default();
        let done = work(&mut scorer);
        if let Ok(mut scorers) = self.0.lock() {
            scorers.push(scorer);
        }
        done
    }
}

impl Clone for Idle {
    /// What was remembered is not worth copying.
    fn clone(&self) -> Self {
        Idle::default()
    }
}

/// The features of single terms of one kind: a part's bare ones, or those with one of its forms.
#[derive(Debug)]
struct Slot {
    /// What their keys begin with.
    key: Key,
    scaling: Scaling,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Where its weights stand.
    record: usize,
    slots: Columns,
    /// The last sentence in which it was met, and its number there.
    sentence: u64,
    number: usize,
}

/// The slots in which a word has a column.
#[derive(Debug, Clone, Copy)]
enum Columns {
    /// A bit each.
    In(u32),
    /// The word is a part's name too. `word=near` and `near=word` have one key, and what is noted of
    /// both adds up: such words are looked up every time.
    Ambiguous,
}

/// A term of the sentence.
#[derive(Debug, Clone, Copy)]
struct Placed {
    /// The number of its word.
    number: usize,
    slots: Columns,
}

/// One model's weights at hand, and the sentence that is being scored.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    /// All slots, those of each part together.
    slots: Vec<Slot>,
    /// For each part that the model asks its place in [`features::ALL`], what its keys begin with and
    /// its first slot.
    parts: Vec<(usize, Key, usize)>,
    /// The words met, by the hash of their stems.
    words: FxHashMap<u64, Known>,
    /// Of each record, slot by slot: idf, then the weight for each label.
    weights: Vec<f32>,
    /// Of each record, slot by slot: the block.
    blocks: Vec<u8>,

    n_sentences: u64,
    /// The sentence's terms.
    terms: Vec<Placed>,
    /// The records of its different words.
    records: Vec<usize>,
    /// What was noted of each word, slot by slot.
    amounts: Vec<f32>,
    /// Where in `amounts` something stands.
    noted: Vec<usize>,
    /// What was noted of all other features: columns and amounts.
    others: Vec<(u32, f32)>,
    /// The weights of one column.
    row: Vec<f32>,
    /// Of each block: the sum of the squared values, and of the weighted values for each label.
    sums: Vec<f64>,
}

impl Scorer {
    /// The score of each label.
    pub(super) fn scores(&mut self, model: &Model, view: &View<'_>) -> Vec<f64> {
        if self.slots.is_empty() {
            self.lay_out(model);
        }
        self.place_terms(model, view);
        for at in 0..self.parts.len() {
            let (place, key, first) = self.parts[at];
            features::ALL[place].extract(view, &mut |seen| self.note(model, key, first, &seen));
        }
        self.add_up(model)
    }

    fn lay_out(&mut self, model: &Model) {
        for place in model.vocabulary.different_parts() {
            let part = features::ALL[place];
            let (key, scaling) = (Key::of_part(part.name()), part.scaling());
            self.parts.push((place, key, self.slots.len()));
            let forms = part.forms().iter().map(|form| key.followed_by(form.hash));
            let keys = std::iter::once(key).chain(forms);
            self.slots.extend(keys.map(|key| Slot { key, scaling }));
        }
    }

    /// Looks up every word of the sentence.
    fn place_terms(&mut self, model: &Model, view: &View<'_>) {
        if self.words.len() >= MOST {
            self.words.clear();
            self.weights.clear();
            self.blocks.clear();
        }
        self.n_sentences += 1;
        self.terms.clear();
        self.records.clear();
        for term in &view.terms {
            let hash = term.detail().hash;
            let known = if let Some(known) = self.words.get_mut(&hash) {
                known
            } else {
                let known = self.learn(model, hash);
                self.words.entry(hash).or_insert(known)
            };
            if known.sentence != self.n_sentences {
                known.sentence = self.n_sentences;
                known.number = self.records.len();
                self.records.push(known.record);
            }
            self.terms.push(Placed { number: known.number, slots: known.slots });
        }
        self.amounts.clear();
        self.amounts.resize(self.records.len() * self.slots.len(), 0.0);
    }

    /// Finds the columns of all features that hold a word alone.
    fn learn(&mut self, model: &Model, hash: u64) -> Known {
        if features::ALL.iter().any(|part| Key::of_part(part.name()) == Key(hash)) {
            return Known { record: 0, slots: Columns::Ambiguous, sentence: 0, number: 0 };
        }
        let stride = 1 + model.labels().len();
        let record = self.blocks.len() / self.slots.len();
        let mut slots = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            let entry = model.vocabulary.entry(slot.key.followed_by(hash));
            let Some(entry) = entry else {
                self.blocks.push(0);
                self.weights.extend(std::iter::repeat_n(0.0, stride));
                continue;
            };
            slots |= 1 << at;
            self.blocks.push(entry.block);
            self.weights.push(entry.idf);
            self.weights.extend(model.weights_of(entry.column));
        }
        if slots == 0 {
            // Most words that are met are known to no part: they need no room.
            self.blocks.truncate(record * self.slots.len());
            self.weights.truncate(record * self.slots.len() * stride);
        }
        Known { record, slots: Columns::In(slots), sentence: 0, number: 0 }
    }

    /// Takes down what a part has seen: its keys begin with `key`, its slots at `first`.
    fn note(&mut self, model: &Model, key: Key, first: usize, seen: &Seen<'_>) {
        let (term, slot) = match seen.details {
            [term] => (term, first),
            [form, term] => match form.piece {
                Piece::Form(number) => (term, first + 1 + number),
                _ => return self.note_other(model, key, seen),
            },
            _ => return self.note_other(model, key, seen),
        };
        let Piece::Term(at) = term.piece else { return self.note_other(model, key, seen) };
        let Placed { number, slots: Columns::In(slots) } = self.terms[at] else {
            return self.note_other(model, key, seen);
        };
        if slots & 1 << slot != 0 {
            let cell = number * self.slots.len() + slot;
            if self.amounts[cell] == 0.0 {
                self.noted.push(cell);
            }
            self.amounts[cell] += seen.amount;
        }
    }

    fn note_other(&mut self, model: &Model, key: Key, seen: &Seen<'_>) {
        let key = seen.details.iter().fold(key, |key, detail| key.followed_by(detail.hash));
        if let Some(column) = model.vocabulary.column(key) {
            self.others.push((column, seen.amount));
        }
    }

    fn add_up(&mut self, model: &Model) -> Vec<f64> {
        let k = model.labels().len();
        let (n_slots, stride) = (self.slots.len(), 1 + k);
        self.sums.clear();
        self.sums.resize(model.vocabulary.n_blocks() * stride, 0.0);
        for cell in self.noted.drain(..) {
            let (number, slot) = (cell / n_slots, cell % n_slots);
            let at = self.records[number] * n_slots + slot;
            let [idf, weights @ ..] = &self.weights[at * stride..][..stride] else { continue };
            let value = self.slots[slot].scaling.value(self.amounts[cell], *idf);
            let sums = &mut self.sums[usize::from(self.blocks[at]) * stride..][..stride];
            add(sums, value, weights);
        }
        summed(&mut self.others);
        for (column, amount) in self.others.drain(..) {
            let known = model.vocabulary.known(column);
            let value = model.vocabulary.scaling(known.block).value(amount, known.idf);
            let sums = &mut self.sums[usize::from(known.block) * stride..][..stride];
            self.row.clear();
            self.row.extend(model.weights_of(known.column));
            add(sums, value, &self.row);
        }
        let mut scores: Vec<f64> = model.intercept.iter().map(f64::from).collect();
        for block in self.sums.chunks_exact(stride).filter(|block| block[0] > 0.0) {
            let length = block[0].sqrt();
            scores.iter_mut().zip(&block[1..]).for_each(|(score, sum)| *score += sum / length);
        }
        scores
    }
}

/// Adds a value to the sums of its block.
fn add(sums: &mut [f64], value: f32, weights: &[f32]) {
    let value = f64::from(value);
    let [squares, weighted @ ..] = sums else { return };
    *squares += value * value;
    for (sum, weight) in weighted.iter_mut().zip(weights) {
        *sum += value * f64::from(*weight);
    }
}
