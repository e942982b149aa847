//! Columns as scoring wants them: all that is known of one stands together.

use super::Model;

/// So many numbers stand together: what a processor adds at once.
pub(super) const LANE: usize = 4;

/// Some columns, in any order.
#[derive(Debug)]
pub(super) struct Entries {
    /// Of each column its idf, then the weights for the first labels; zeros where there are fewer.
    first: Vec<[f32; LANE]>,
    /// The weights for all other labels.
    rest: Vec<f32>,
    n_rest: usize,
    /// With what each column's value is normalised.
    blocks: Vec<u8>,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) first: [f32; LANE],
    pub(super) rest: &'a [f32],
    pub(super) block: u8,
}

impl Entries {
    /// No columns yet of a model with so many labels.
    pub(super) fn new(n_labels: usize) -> Self {
        let n_rest = n_labels.saturating_sub(LANE - 1);
        Entries { first: Vec::new(), rest: Vec::new(), n_rest, blocks: Vec::new() }
    }

    /// All columns of a model, as it numbers them.
    pub(super) fn of(model: &Model) -> Self {
        let mut entries = Entries::new(model.labels().len());
        entries.first.reserve_exact(model.n_features());
        for known in model.vocabulary.all_known() {
            let mut numbers = std::iter::once(known.idf).chain(model.weights_of(known.column));
            entries.first.push(std::array::from_fn(|_| numbers.next().unwrap_or(0.0)));
            entries.rest.extend(numbers);
            entries.blocks.push(known.block);
        }
        entries
    }

    /// How many columns.
    pub(super) fn len(&self) -> usize {
        self.first.len()
    }

    /// How many weights each has beside the first.
    pub(super) fn n_rest(&self) -> usize {
        self.n_rest
    }

    /// One of them.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Entry<'_> {
        let rest = &self.rest[at * self.n_rest..][..self.n_rest];
        Entry { first: self.first[at], rest, block: self.blocks[at] }
    }

    /// Adds one of others.
    pub(super) fn push(&mut self, entry: Entry<'_>) {
        self.first.push(entry.first);
        self.rest.extend_from_slice(entry.rest);
        self.blocks.push(entry.block);
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.first.clear();
        self.rest.clear();
        self.blocks.clear();
    }
}
