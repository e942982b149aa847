//! Weights laid out for scoring: all numbers of a column side by side in memory.

use std::hint::black_box;

use super::weights::Weights;
use crate::features::Key;
use crate::vocabulary::ColumnInfo;

/// Number of numbers in a lane: one SIMD register.
pub(super) const LANE: usize = 4;

/// The idf, weights and block of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct WeightEntry {
    /// The idf, then the weights of the first labels; zero where there are fewer labels.
    pub(super) first: [f32; LANE],
    /// The block that the value is normalised in.
    pub(super) block: u8,
}

impl WeightEntry {
    /// The entry of a column.
    pub(super) fn of(weights: &Weights, info: ColumnInfo) -> Self {
        let mut numbers = std::iter::once(info.idf).chain(weights.of_column(info.column));
        let first = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        WeightEntry { first, block: info.block }
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

/// Entries of some columns, in any order.
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

    /// The weights of an entry for the `n` labels that do not fit into it.
    pub(super) fn rest(&self, at: usize, n: usize) -> impl Iterator<Item = f32> {
        self.rest[at * n..][..n].iter().copied()
    }

    /// Adds the entry of a column.
    pub(super) fn push(&mut self, weights: &Weights, info: ColumnInfo) {
        self.entries.push(WeightEntry::of(weights, info));
        self.rest.extend(rest(weights, info.column));
    }

    /// Removes all entries.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.rest.clear();
    }

    /// Reads some entries, so that the processor loads them into its cache at the same time instead of one
    /// after the other. The result is not used.
    pub(super) fn prefetch(&self, places: impl Iterator<Item = usize>) {
        /// Number of entries in a cache line.
        const PER_LINE: usize = 3;
        let block = |at: usize| self.entries.get(at).map_or(0, |entry| entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at) ^ block(at + PER_LINE)));
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
        let column = |(key, info)| Column { key, entry: WeightEntry::of(weights, info) };
        Columns { columns: weights.vocabulary.all().map(column).collect() }
    }

    /// The column of a feature, at or after `from`, with its entry.
    #[inline]
    pub(super) fn find(&self, key: Key, from: usize) -> Option<(usize, WeightEntry)> {
        let near = self.columns.get(from..)?;
        let at = near.iter().position(|column| column.key >= key)?;
        (near[at].key == key).then(|| (from + at, near[at].entry))
    }

    /// Reads some columns, as [`Entries::prefetch`] does.
    pub(super) fn prefetch(&self, places: impl Iterator<Item = usize>) {
        let block = |at: usize| self.columns.get(at).map_or(0, |column| column.entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at)));
    }
}
