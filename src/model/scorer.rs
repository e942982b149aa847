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
use crate::features::{self, Key, Piece, Scaling, Seen, View};

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

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Where the entries of its slots begin.
    entries: u32,
    slots: Columns,
    /// The last sentence in which it was met, and where its amounts begin there.
    sentence: u32,
    amounts: u32,
}

/// A column of a word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    idf: f32,
    block: u8,
}

/// Weights of a column or sums of a block, four labels at a time: what a processor adds at once.
const LANE: usize = 4;

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
    /// Where the amounts and the entries of its word begin.
    amounts: u32,
    entries: u32,
    slots: Columns,
}

/// Something noted of a word: where its amount and its entry stand.
#[derive(Debug, Clone, Copy)]
struct Noted {
    amount: usize,
    entry: usize,
}

/// One model's weights at hand, and the sentence that is being scored.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    /// The features of single terms of one kind: a part's bare ones, or those with one of its forms.
    /// What their keys begin with, those of each part together.
    slots: Vec<Key>,
    /// How the amounts of each block become values.
    scalings: Vec<Scaling>,
    /// For each part that the model asks its place in [`features::ALL`], what its keys begin with and
    /// its first slot.
    parts: Vec<(usize, Key, usize)>,
    /// The words met, by the hash of their stems.
    words: FxHashMap<u64, Known>,
    /// Of each word, for each slot that has a column.
    entries: Vec<Entry>,
    /// Of each entry the weight for each label, in as many lanes as they take.
    weights: Vec<[f32; LANE]>,
    n_lanes: usize,

    n_sentences: u32,
    /// The sentence's terms.
    terms: Vec<Placed>,
    /// What was noted of each different word, slot by slot; 0 between sentences.
    amounts: Vec<f32>,
    /// What stands in `amounts`.
    noted: Vec<Noted>,
    /// What was noted of all other features: columns and amounts.
    others: Vec<(u32, f32)>,
    /// The amounts and entries of all of the sentence's columns, and their weights.
    gathered: Vec<(f32, Entry)>,
    gathered_weights: Vec<[f32; LANE]>,
    /// Of each block: the sum of the squared values.
    squares: Vec<f64>,
    /// Of each block: the sum of the weighted values for each label.
    sums: Vec<[f64; LANE]>,
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
        self.n_lanes = model.labels().len().div_ceil(LANE);
        for place in model.vocabulary.different_parts() {
            let part = features::ALL[place];
            let key = Key::of_part(part.name());
            self.parts.push((place, key, self.slots.len()));
            let forms = part.forms().iter().map(|form| key.followed_by(form.hash));
            self.slots.extend(std::iter::once(key).chain(forms));
        }
        let blocks = 0..model.vocabulary.n_blocks();
        self.scalings = blocks.map(|block| model.vocabulary.scaling(block)).collect();
    }

    /// Looks up every word of the sentence.
    fn place_terms(&mut self, model: &Model, view: &View<'_>) {
        if self.words.len() >= MOST || self.n_sentences == u32::MAX {
            self.words.clear();
            self.entries.clear();
            self.weights.clear();
            self.n_sentences = 0;
        }
        self.n_sentences += 1;
        self.terms.clear();
        let mut n_amounts = 0;
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
                known.amounts = narrow(n_amounts);
                n_amounts += self.slots.len();
            }
            let Known { amounts, entries, slots, .. } = *known;
            self.terms.push(Placed { amounts, entries, slots });
        }
        if self.amounts.len() < n_amounts {
            self.amounts.resize(n_amounts, 0.0);
        }
    }

    /// Finds the columns of all features that hold a word alone.
    fn learn(&mut self, model: &Model, hash: u64) -> Known {
        let mut known = Known { entries: 0, slots: Columns::Ambiguous, sentence: 0, amounts: 0 };
        if features::ALL.iter().any(|part| Key::of_part(part.name()) == Key(hash)) {
            return known;
        }
        known.entries = narrow(self.entries.len());
        let mut slots = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            if let Some(entry) = model.vocabulary.entry(slot.followed_by(hash)) {
                slots |= 1 << at;
                self.entries.push(Entry { idf: entry.idf, block: entry.block });
                extend_by_lanes(&mut self.weights, model.weights_of(entry.column));
            }
        }
        known.slots = Columns::In(slots);
        known
    }

    /// Takes down what a part has seen: its keys begin with `key`, its slots at `first`.
    fn note(&mut self, model: &Model, key: Key, first: usize, seen: &Seen<'_>) {
        let (term, slot) = match seen.details {
            [term] => (term, first),
            [form, term] => match form.piece {
                Piece::Form(number) => (term, first + 1 + number as usize),
                _ => return self.note_other(model, key, seen),
            },
            _ => return self.note_other(model, key, seen),
        };
        let Piece::Term(at) = term.piece else { return self.note_other(model, key, seen) };
        let Placed { amounts, entries, slots: Columns::In(slots) } = self.terms[at as usize] else {
            return self.note_other(model, key, seen);
        };
        if slots & 1 << slot != 0 {
            let place = amounts as usize + slot;
            if self.amounts[place] == 0.0 {
                // Entries stand only for the slots in which there is a column.
                let before = slots & ((1 << slot) - 1);
                let entry = (entries + before.count_ones()) as usize;
                self.noted.push(Noted { amount: place, entry });
            }
            self.amounts[place] += seen.amount;
        }
    }

    fn note_other(&mut self, model: &Model, key: Key, seen: &Seen<'_>) {
        let key = seen.details.iter().fold(key, |key, detail| key.followed_by(detail.hash));
        if let Some(column) = model.vocabulary.column(key) {
            self.others.push((column, seen.amount));
        }
    }

    fn add_up(&mut self, model: &Model) -> Vec<f64> {
        self.gather(model);
        let (n_blocks, n_lanes) = (self.scalings.len(), self.n_lanes);
        self.squares.clear();
        self.squares.resize(n_blocks, 0.0);
        self.sums.clear();
        self.sums.resize(n_blocks * n_lanes, [0.0; LANE]);
        let gathered = self.gathered.drain(..).zip(self.gathered_weights.chunks_exact(n_lanes));
        for ((amount, Entry { idf, block }), weights) in gathered {
            let block = usize::from(block);
            let value = f64::from(self.scalings[block].value(amount, idf));
            self.squares[block] += value * value;
            add(&mut self.sums[block * n_lanes..][..n_lanes], value, weights);
        }
        let mut scores: Vec<f64> = model.intercept.iter().map(f64::from).collect();
        let blocks = self.squares.iter().zip(self.sums.chunks_exact(n_lanes));
        for (squares, sums) in blocks.filter(|(squares, _)| **squares > 0.0) {
            let length = squares.sqrt();
            scores
                .iter_mut()
                .zip(sums.as_flattened())
                .for_each(|(score, sum)| *score += sum / length);
        }
        scores
    }

    /// Brings together what the sentence's columns weigh, those of single words and all others.
    fn gather(&mut self, model: &Model) {
        let n_lanes = self.n_lanes;
        self.gathered_weights.clear();
        for Noted { amount, entry } in self.noted.drain(..) {
            let amount = std::mem::take(&mut self.amounts[amount]);
            self.gathered.push((amount, self.entries[entry]));
            let weights = &self.weights[entry * n_lanes..][..n_lanes];
            self.gathered_weights.extend_from_slice(weights);
        }
        self.others.sort_unstable_by_key(|(column, _)| *column);
        for noted in self.others.chunk_by(|(one, _), (next, _)| one == next) {
            let amount = noted.iter().map(|(_, amount)| amount).sum();
            let known = model.vocabulary.known(noted[0].0);
            self.gathered.push((amount, Entry { idf: known.idf, block: known.block }));
            extend_by_lanes(&mut self.gathered_weights, model.weights_of(known.column));
        }
        self.others.clear();
    }
}

/// A place in memory that never holds more words than are remembered, or than a sentence has.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Adds the weights of one column, its last lane filled up with zeros.
fn extend_by_lanes(lanes: &mut Vec<[f32; LANE]>, mut weights: impl ExactSizeIterator<Item = f32>) {
    while weights.len() > 0 {
        lanes.push(std::array::from_fn(|_| weights.next().unwrap_or(0.0)));
    }
}

/// Adds a value to the weighted sums of its block.
#[inline]
fn add(sums: &mut [[f64; LANE]], value: f64, weights: &[[f32; LANE]]) {
    for (sums, weights) in sums.iter_mut().zip(weights) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += value * f64::from(*weight);
        }
    }
}
