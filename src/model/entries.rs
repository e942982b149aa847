//! Columns as scoring wants them: all that is known of one stands together.

use std::hint::black_box;

use super::Model;
use crate::features::Key;
use crate::vocabulary::Known;

/// So many numbers stand together: what a processor adds at once.
pub(super) const LANE: usize = 4;

/// What is known of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its idf, then the weights for the first labels; zeros where there are fewer.
    pub(super) first: [f32; LANE],
    /// With what its value is normalised.
    pub(super) block: u8,
}

impl Entry {
    /// What a model knows of a column.
    pub(super) fn of(model: &Model, known: Known) -> Self {
        let mut numbers = std::iter::once(known.idf).chain(model.weights_of(known.column));
        let first = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        Entry { first, block: known.block }
    }
}

/// The weights of a column for all labels but the first.
fn rest(model: &Model, column: usize) -> impl Iterator<Item = f32> {
    model.weights_of(column).skip(LANE - 1)
}

/// Some columns, in any order.
#[derive(Debug, Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    rest: Vec<f32>,
}

impl Entries {
    /// How many columns.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// One of them.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Entry {
        self.entries[at]
    }

    /// The weights of one of them for all labels but the first, so many.
    pub(super) fn rest(&self, at: usize, n: usize) -> &[f32] {
        &self.rest[at * n..][..n]
    }

    /// Adds a column.
    pub(super) fn push(&mut self, model: &Model, known: Known) {
        self.entries.push(Entry::of(model, known));
        self.rest.extend(rest(model, known.column));
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
    entry: Entry,
}

impl Columns {
    /// The columns of a model.
    pub(super) fn of(model: &Model) -> Self {
        let n_labels = model.labels().len();
        let (n_first, n_rest) = (n_labels.min(LANE - 1), n_labels.saturating_sub(LANE - 1));
        let mut columns = Vec::with_capacity(model.n_features());
        let mut weights = model.weights.iter();
        for (key, known) in model.vocabulary.all() {
            let mut first = [0.0; LANE];
            first[0] = known.idf;
            for (place, weight) in first[1..=n_first].iter_mut().zip(&mut weights) {
                *place = weight;
            }
            weights.by_ref().take(n_rest).for_each(drop);
            columns.push(Column { key, entry: Entry { first, block: known.block } });
        }
        Columns { columns }
    }

    /// The column of a feature, which is none before `from`: its number and what is known of it.
    #[inline]
    pub(super) fn find(&self, key: Key, from: usize) -> Option<(usize, Entry)> {
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
