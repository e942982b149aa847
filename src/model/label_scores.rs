//! Adds up the weighted features of a sentence, block by block.
//!
//! ```text
//! score of a label = intercept + Σ over blocks (Σ weight · value) / √(Σ value²)
//! ```

use super::weight_table::{LANE, WeightEntry};
use crate::features::Amount;
use crate::le_array::LeArray;
use crate::vocabulary::Vocabulary;

/// The sums of each block.
#[derive(Debug)]
pub(super) struct LabelScores {
    /// How amounts become values, by block.
    amounts: Vec<Amount>,
    /// By block: Σ value², then Σ weight · value of the first labels.
    first: Vec<[f64; LANE]>,
    /// Σ weight · value of the other labels.
    rest: Vec<f64>,
    n_rest: usize,
}

impl LabelScores {
    /// Sums of zero; `n_rest` labels have no weight in an entry.
    pub(super) fn new(vocabulary: &Vocabulary, n_rest: usize) -> Self {
        let blocks = 0..vocabulary.n_blocks();
        LabelScores {
            amounts: blocks.clone().map(|block| vocabulary.scaling(block).amount).collect(),
            first: vec![[0.0; LANE]; blocks.len()],
            rest: vec![0.0; blocks.len() * n_rest],
            n_rest,
        }
    }

    /// Sets all sums to zero.
    pub(super) fn clear(&mut self) {
        self.first.fill([0.0; LANE]);
        self.rest.fill(0.0);
    }

    /// Adds a feature. `rest` gives its weights for the labels that do not fit into its entry; it takes their
    /// number.
    #[inline]
    pub(super) fn add<R: Iterator<Item = f32>>(
        &mut self,
        entry: WeightEntry,
        amount: f32,
        rest: impl FnOnce(usize) -> R,
    ) {
        let WeightEntry { first, block } = entry;
        let block = usize::from(block);
        let value = f64::from(self.amounts[block].value(amount) * first[0]);
        let mut added = first.map(|weight| f64::from(weight) * value);
        added[0] = value * value;
        self.first[block].iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
        if self.n_rest > 0 {
            let sums = &mut self.rest[block * self.n_rest..][..self.n_rest];
            let weights = sums.iter_mut().zip(rest(self.n_rest));
            weights.for_each(|(sum, weight)| *sum += f64::from(weight) * value);
        }
    }

    /// The score of each label.
    pub(super) fn scores(&self, intercept: &LeArray<f32>) -> Vec<f64> {
        let mut scores: Vec<f64> = intercept.iter().map(f64::from).collect();
        for (block, [square, first @ ..]) in self.first.iter().enumerate() {
            if *square > 0.0 {
                let length = square.sqrt();
                let sums = first.iter().chain(&self.rest[block * self.n_rest..][..self.n_rest]);
                scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum / length);
            }
        }
        scores
    }
}
