//! Predictions of sentences, added up.

use serde::{Serialize, Serializer};

use super::share::Share;
use super::stored::{Damaged, Source, Stored, check};
use crate::category::{Categories, Category};
use crate::cluster_bootstrap::Interval;
use crate::model::Prediction;

/// Probabilities are added as whole multiples of 2⁻²⁶, so that the order of articles cannot change a single
/// bit. A sum of up to 2³⁸ of them has room.
const GRID: f64 = (1_u32 << 26) as f64;

/// The number of sentences, and their predictions added up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PredictionSums {
    sentences: u64,
    predicted: Vec<u64>,
    sums: Vec<u64>,
    squares: Vec<u64>,
    labels: Categories,
}

impl Stored for PredictionSums {
    fn write(&self, out: &mut Vec<u8>) {
        self.sentences.write(out);
        self.predicted.write(out);
        self.sums.write(out);
        self.squares.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let sentences = Stored::read(from)?;
        let predicted: Vec<u64> = Stored::read(from)?;
        let sums: Vec<u64> = Stored::read(from)?;
        let squares: Vec<u64> = Stored::read(from)?;
        let n = predicted.len();
        let labels = if n == 0 { Categories::default() } else { Categories::clone(from.labels()) };
        let is_right = (sums.len(), squares.len(), labels.len()) == (n, n, n);
        check(is_right, "impossible PredictionSums")?;
        Ok(PredictionSums { sentences, predicted, sums, squares, labels })
    }
}

impl Serialize for PredictionSums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields {
            sentences: u64,
            shares: Vec<Share>,
        }
        Fields { sentences: self.sentences, shares: self.shares(None) }.serialize(serializer)
    }
}

impl PredictionSums {
    /// Counts one sentence.
    pub(super) fn add(&mut self, prediction: &Prediction) {
        let labels = prediction.probabilities.len().max(prediction.label + 1);
        self.reserve(labels, &prediction.labels);
        self.sentences += 1;
        self.predicted[prediction.label] += 1;
        for (label, probability) in prediction.probabilities.iter().enumerate() {
            self.sums[label] += on_grid(*probability);
            self.squares[label] += on_grid(probability * probability);
        }
    }

    /// Adds the sums of other sentences.
    pub(super) fn merge(&mut self, other: &PredictionSums) {
        self.reserve(other.sums.len(), &other.labels);
        self.sentences += other.sentences;
        self.predicted.iter_mut().zip(&other.predicted).for_each(|(mine, theirs)| *mine += theirs);
        self.sums.iter_mut().zip(&other.sums).for_each(|(mine, theirs)| *mine += theirs);
        self.squares.iter_mut().zip(&other.squares).for_each(|(mine, theirs)| *mine += theirs);
    }

    fn reserve(&mut self, labels: usize, names: &Categories) {
        if self.sums.len() < labels {
            self.labels = Categories::clone(names);
            self.sums.resize(labels, 0);
            self.squares.resize(labels, 0);
            self.predicted.resize(labels, 0);
        }
    }

    /// How many sentences.
    pub fn sentences(&self) -> u64 {
        self.sentences
    }

    /// The labels of the predictions; none where there are no sentences.
    pub(super) fn labels(&self) -> &Categories {
        &self.labels
    }

    /// The mean probability of a label; none where there are no sentences.
    pub fn mean(&self, label: usize) -> Option<f64> {
        (self.sentences > 0).then(|| self.sum(label) / self.sentences as f64)
    }

    /// The label with the highest mean probability, and this; none where there are no sentences.
    pub fn highest_mean(&self) -> Option<(usize, f64)> {
        let means = (0..self.labels.len()).filter_map(|label| Some((label, self.mean(label)?)));
        means.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How many sentences the model gives this label: the raw count.
    pub fn predicted(&self, label: usize) -> u64 {
        self.predicted.get(label).copied().unwrap_or(0)
    }

    /// One share per label; none where there are no sentences. `intervals` are by label.
    pub fn shares(&self, intervals: Option<&[Interval]>) -> Vec<Share> {
        let share = |label| {
            let interval = intervals.and_then(|all| all.get(label).copied());
            let predicted = self.predicted(label);
            let mean = self.mean(label)?;
            Some(Share { label: Category::new(label, &self.labels), mean, interval, predicted })
        };
        (0..self.labels.len()).filter_map(share).collect()
    }

    /// The summed probabilities of a label.
    pub(super) fn sum(&self, label: usize) -> f64 {
        self.sums.get(label).map_or(0.0, |sum| *sum as f64 / GRID)
    }

    /// The summed squares of a label's probabilities.
    pub(super) fn squares(&self, label: usize) -> f64 {
        self.squares.get(label).map_or(0.0, |sum| *sum as f64 / GRID)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2²⁶")]
fn on_grid(value: f64) -> u64 {
    (value * GRID).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::prediction;

    #[test]
    fn means_and_raw_counts_are_kept_apart() {
        let mut sums = PredictionSums::default();
        sums.add(&prediction([0.5, 0.25, 0.25]));
        sums.add(&prediction([0.125, 0.75, 0.125]));
        assert_eq!(sums.mean(0), Some(0.3125));
        assert_eq!((sums.predicted(0), sums.predicted(1), sums.predicted(2)), (1, 1, 0));
    }

    #[test]
    fn nothing_counted_has_no_mean() {
        assert_eq!(PredictionSums::default().mean(0), None);
        assert_eq!(PredictionSums::default().predicted(2), 0);
    }

    #[test]
    fn order_does_not_change_a_bit() {
        let all: Vec<_> = (1..200).map(|n| 1.0 / f64::from(n)).collect();
        let add = |values: &mut dyn Iterator<Item = &f64>| {
            let mut sums = PredictionSums::default();
            values.for_each(|&p| sums.add(&prediction([p, 1.0 - p, 0.0])));
            sums
        };
        assert_eq!(add(&mut all.iter()), add(&mut all.iter().rev()));
    }

    #[test]
    fn merging_is_adding() {
        let (mut one, mut two, mut both) =
            (PredictionSums::default(), PredictionSums::default(), PredictionSums::default());
        one.add(&prediction([0.1, 0.2, 0.7]));
        two.add(&prediction([0.6, 0.2, 0.2]));
        both.add(&prediction([0.1, 0.2, 0.7]));
        both.add(&prediction([0.6, 0.2, 0.2]));
        one.merge(&two);
        assert_eq!(one, both);
    }
}
