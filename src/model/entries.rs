//! Columns as scoring wants them: all that is known of one stands together.

use std::hint::black_box;

use super::Model;

/// So many numbers stand together: what a processor adds at once.
pub(super) const LANE: usize = 4;

/// Some columns, in any order.
#[derive(Debug)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    /// The weights of each column for all other labels.
    rest: Vec<f32>,
    n_rest: usize,
}

/// What is known of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its idf, then the weights for the first labels; zeros where there are fewer.
    pub(super) first: [f32; LANE],
    /// With what its value is normalised.
    pub(super) block: u8,
}

impl Entries {
    /// No columns yet of a model with so many labels.
    pub(super) fn new(n_labels: usize) -> Self {
        let n_rest = n_labels.saturating_sub(LANE - 1);
        Entries { entries: Vec::new(), rest: Vec::new(), n_rest }
    }

    /// All columns of a model, as it numbers them.
    pub(super) fn of(model: &Model) -> Self {
        let mut all = Entries::new(model.labels().len());
        all.entries.reserve_exact(model.n_features());
        for known in model.vocabulary.all_known() {
            let mut numbers = std::iter::once(known.idf).chain(model.weights_of(known.column));
            let first = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
            all.entries.push(Entry { first, block: known.block });
            all.rest.extend(numbers);
        }
        all
    }

    /// How many columns.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many weights each has beside the first.
    pub(super) fn n_rest(&self) -> usize {
        self.n_rest
    }

    /// One of them.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Entry {
        self.entries[at]
    }

    /// The other weights of one of them.
    pub(super) fn rest(&self, at: usize) -> &[f32] {
        &self.rest[at * self.n_rest..][..self.n_rest]
    }

    /// Looks at some of them and what stands behind, for no other reason than that memory is waited for
    /// once, and not again for each when it is asked for.
    pub(super) fn see(&self, places: impl Iterator<Item = usize>) {
        /// So many stand in one line of a processor's cache.
        const BEHIND: usize = 3;
        let block = |at: usize| self.entries.get(at).map_or(0, |entry| entry.block);
        black_box(places.fold(0, |sum, at| sum ^ block(at) ^ block(at + BEHIND)));
    }

    /// Adds one of others.
    pub(super) fn push(&mut self, others: &Entries, at: usize) {
        self.entries.push(others.get(at));
        self.rest.extend_from_slice(others.rest(at));
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.rest.clear();
    }
}
