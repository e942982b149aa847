//! Columns as scoring wants them: all that is known of one stands together.

use std::hint::black_box;

use super::weights::Weights;
use crate::features::Key;
use crate::vocabulary::Known;

/// So many numbers stand together: what a processor adds at once.
pub(super) const LANE: usize = 4;

/// What is known of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct WeightEntry {
    /// Its idf, then the weights for the first labels; zeros where there are fewer.
    pub(super) first: [f32; LANE],
    /// With what its value is normalised.
    pub(super) block: u8,
}

impl WeightEntry {
    /// What a model knows of a column.
    pub(super) fn of(weights: &Weights, known: Known) -> Self {
        let mut numbers = std::iter::once(known.idf).chain(weights.of_column(known.column));
        let first = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        WeightEntry { first, block: known.block }
    }
}

/// How many of so many labels an entry has no weight for.
pub(super) fn n_rest(n_labels: usize) -> usize {
    n_labels.saturating_sub(LANE - 1)
}

/// The weights of a column for those labels.
pub(super) fn rest(weights: &Weights, column: usize) -> impl Iterator<Item = f32> {
    weights.of_column(column).skip(LANE - 1)
}

/// Some columns, in any order.
#[derive(Debug, Default)]
pub(super) struct Entries {
    entries: Vec<WeightEntry>,
    rest: Vec<f32>,
}

impl Entries {
    /// How many columns.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// One of them.
    #[inline]
    pub(super) fn get(&self, at: usize) -> WeightEntry {
        self.entries[at]
    }

    /// The weights of one of them for the labels that its entry has none for, so many.
    pub(super) fn rest(&self, at: usize, n: usize) -> impl Iterator<Item = f32> {
        self.rest[at * n..][..n].iter().copied()
    }

    /// Adds a column.
    pub(super) fn push(&mut self, weights: &Weights, known: Known) {
        self.entries.push(WeightEntry::of(weights, known));
        self.rest.extend(rest(weights, known.column));
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.rest.clear();
    }

    /// Looks at some of them, and at what stands behind, for no other reason than that memory is
    /// waited for once, and not again for each when it is asked for.
    pub(super) fn see(&self, places: impl Iterator<Item = usize>) {
        /// So many stand in one line of a processor's cache.
        const BEHIND: usize = 3;
        let block = |at: usize| self.entries.get(at).map_or(0, |entry| entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at) ^ block(at + BEHIND)));
    }
}

/// All columns of a model, as its vocabulary numbers them: with their keys, which rise.
#[derive(Debug)]
pub(super) struct Columns {
    columns: Vec<Column>,
}

/// Half a line of a processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Column {
    key: Key,
    entry: WeightEntry,
}

impl Columns {
    /// The columns of a model.
    pub(super) fn of(weights: &Weights) -> Self {
        let column = |(key, known)| Column { key, entry: WeightEntry::of(weights, known) };
        Columns { columns: weights.vocabulary.all().map(column).collect() }
    }

    /// The column of a feature, which is none before `from`: its number and what is known of it.
    #[inline]
    pub(super) fn find(&self, key: Key, from: usize) -> Option<(usize, WeightEntry)> {
        let near = self.columns.get(from..)?;
        let at = near.iter().position(|column| column.key >= key)?;
        (near[at].key == key).then(|| (from + at, near[at].entry))
    }

    /// Looks at some of them, as [`Entries::see`] does.
    pub(super) fn see(&self, places: impl Iterator<Item = usize>) {
        let block = |at: usize| self.columns.get(at).map_or(0, |column| column.entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at)));
    }
}
