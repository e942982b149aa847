//! Columns as scoring wants them: all that is known of one stands together.

use super::Model;

/// So many numbers of a column stand together: what a processor adds at once.
pub(super) const LANE: usize = 4;

/// Some columns, in any order.
#[derive(Debug)]
pub(super) struct Entries {
    lanes: Vec<Lane>,
    n_lanes: usize,
}

/// Numbers of a column. Those of all its lanes are its idf, then the weight for each label; zeros
/// fill up the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lane {
    pub(super) numbers: [f32; LANE],
    /// With what the column's value is normalised.
    pub(super) block: u8,
}

impl Entries {
    /// No columns yet of a model with so many labels.
    pub(super) fn new(n_labels: usize) -> Self {
        Entries { lanes: Vec::new(), n_lanes: (1 + n_labels).div_ceil(LANE) }
    }

    /// All columns of a model, as it numbers them.
    pub(super) fn of(model: &Model) -> Self {
        let mut entries = Entries::new(model.labels().len());
        entries.lanes.reserve_exact(model.n_features() * entries.n_lanes);
        for known in model.vocabulary.all_known() {
            let mut numbers = std::iter::once(known.idf).chain(model.weights_of(known.column));
            for _ in 0..entries.n_lanes {
                let numbers = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
                entries.lanes.push(Lane { numbers, block: known.block });
            }
        }
        entries
    }

    /// How many columns.
    pub(super) fn len(&self) -> usize {
        self.lanes.len() / self.n_lanes
    }

    /// How many lanes a column takes.
    pub(super) fn n_lanes(&self) -> usize {
        self.n_lanes
    }

    /// The lanes of a column.
    #[inline]
    pub(super) fn get(&self, entry: usize) -> &[Lane] {
        &self.lanes[entry * self.n_lanes..][..self.n_lanes]
    }

    /// Adds a column of others.
    pub(super) fn push(&mut self, lanes: &[Lane]) {
        self.lanes.extend_from_slice(lanes);
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.lanes.clear();
    }
}
