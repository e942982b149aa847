//! Weights laid out for scoring: all that a column needs lies in one place in memory.

use std::hint::black_box;

use super::weights::Weights;
use crate::features::Key;
use crate::vocabulary::ColumnInfo;

/// Numbers in a lane: one SIMD register.
pub(super) const LANE: usize = 4;

/// The idf, weights and block of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct WeightEntry {
    /// The idf, then the weights of the first labels; zero for missing labels.
    pub(super) first: [f32; LANE],
    /// The block whose length normalises the value.
    pub(super) block: u8,
}

impl WeightEntry {
    /// The entry of a column.
    pub(super) fn of(weights: &Weights, known: ColumnInfo) -> Self {
        let mut numbers = std::iter::once(known.idf).chain(weights.of_column(known.column));
        let first = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        WeightEntry { first, block: known.block }
    }
}

/// Number of labels whose weights do not fit into an entry.
pub(super) fn n_rest(n_labels: usize) -> usize {
    n_labels.saturating_sub(LANE - 1)
}

/// The weights of a column for those labels.
pub(super) fn rest(weights: &Weights, column: usize) -> impl Iterator<Item = f32> {
    weights.of_column(column).skip(LANE - 1)
}

/// Entries of columns, in any order.
#[derive(Debug, Default)]
pub(super) struct Entries {
    entries: Vec<WeightEntry>,
    rest: Vec<f32>,
}

impl Entries {
    /// Number of entries.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// One entry.
    #[inline]
    pub(super) fn get(&self, at: usize) -> WeightEntry {
        self.entries[at]
    }

    /// The weights of a column for the `n` labels that its entry lacks.
    pub(super) fn rest(&self, at: usize, n: usize) -> impl Iterator<Item = f32> {
        self.rest[at * n..][..n].iter().copied()
    }

    /// Adds a column.
    pub(super) fn push(&mut self, weights: &Weights, known: ColumnInfo) {
        self.entries.push(WeightEntry::of(weights, known));
        self.rest.extend(rest(weights, known.column));
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.rest.clear();
    }

    /// Touches some entries, so that the processor loads them into its cache at the same time instead
    /// of one after the other. The result is not used.
    pub(super) fn prefetch(&self, places: impl Iterator<Item = usize>) {
        /// Entries in a cache line.
        const BEHIND: usize = 3;
        let block = |at: usize| self.entries.get(at).map_or(0, |entry| entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at) ^ block(at + BEHIND)));
    }
}

/// All columns of a model in the order of its vocabulary, which is that of their keys.
#[derive(Debug)]
pub(super) struct Columns {
    columns: Vec<Column>,
}

/// Half a cache line.
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

    /// Touches some columns, as [`Entries::prefetch`] does.
    pub(super) fn prefetch(&self, places: impl Iterator<Item = usize>) {
        let block = |at: usize| self.columns.get(at).map_or(0, |column| column.entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at)));
    }
}
