//! The weights of a model that reads words.

use crate::le_array::LeArray;
use crate::vocabulary::Vocabulary;

/// A weight for each feature and label, with the calibration. Scores are centred: their mean over labels is
/// subtracted.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// The features of the columns.
    pub(super) vocabulary: Vocabulary,
    /// Columns × labels, column by column.
    pub(super) by_column: LeArray<f32>,
    /// One per label.
    pub(super) intercept: LeArray<f32>,
}

impl Weights {
    pub(super) fn n_labels(&self) -> usize {
        self.intercept.len()
    }

    /// The weights of a column, one per label.
    pub(super) fn of_column(&self, column: usize) -> impl ExactSizeIterator<Item = f32> {
        let k = self.n_labels();
        self.by_column.run(column * k, k)
    }
}
