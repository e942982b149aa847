//! The learning curve: what more labels would bring.

use std::collections::BTreeSet;

use super::comparison::{HeldOutPredictions, Validation};
use crate::error::Error;
use crate::evaluate::{Estimate, Scores};
use crate::model::card::HeldOutUnit;
use crate::training::dataset::Dataset;
use crate::training::fold_assignment;
use crate::training::instance::Instance;
use crate::training::train_test_split::TrainTestSplit;

/// Number of slices into which the articles to train on are divided.
const SLICES: usize = 20;

/// Number of slices at each point of the curve: 10, 25, 50, 75 and 100 %.
const STEPS: [usize; 5] = [2, 5, 10, 15, SLICES];

/// How models did that were trained on a share of the labels.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningCurvePoint {
    /// The share of the labels, 0 to 1.
    pub share: f64,
    /// Mean number of gold instances that a model was trained on.
    pub n_train: f64,
    /// The scores on the held-out instances; none where no row of a label was left to train on.
    pub scores: Option<Scores>,
    /// By how much the macro-F1 rose from the point before.
    pub gain: Option<Estimate>,
}

impl Validation<'_> {
    /// Cross-validates models that are trained on a growing share of the articles of the other folds;
    /// each share contains the smaller ones. Silver counts in full, except of articles that are left
    /// out.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn learning_curve(&self) -> Result<Vec<LearningCurvePoint>, Error> {
        let settings = self.settings();
        let folds = self.folds(settings.folds)?;
        let unit = folds.how.unit;
        let splits = folds.splits(self.dataset, &folds.assignments[0]);
        let slices: Vec<Vec<usize>> =
            splits.iter().map(|split| slices(self.dataset, unit, split, settings.seed)).collect();
        let mut points: Vec<LearningCurvePoint> = Vec::new();
        let mut before: Option<HeldOutPredictions> = None;
        for n_slices in STEPS {
            let reduced: Vec<TrainTestSplit> = splits
                .iter()
                .zip(&slices)
                .map(|(split, slices)| reduced(self.dataset, unit, split, slices, n_slices))
                .collect();
            let suffices = |split: &TrainTestSplit| match settings.base {
                Some(_) => !split.train.is_empty(),
                None => split.missing_label(self.dataset).is_none(),
            };
            let predictions = match (n_slices == SLICES, reduced.iter().all(suffices)) {
                (true, _) => Some(self.by_articles(settings.folds)?),
                (false, true) => Some(self.predict(&self.training_set, &reduced)?),
                (false, false) => None,
            };
            let gain = before.as_ref().zip(predictions.as_ref());
            let scored = predictions.as_ref().map(|predictions| self.scored(predictions));
            points.push(LearningCurvePoint {
                share: n_slices as f64 / SLICES as f64,
                n_train: self.mean_n_train(&reduced),
                gain: gain.map(|(before, now)| self.gain(&now.examples, &before.examples)),
                scores: scored.transpose()?.map(|held_out| held_out.scores),
            });
            before = predictions;
        }
        Ok(points)
    }
}

/// The slice of each gold instance that a split trains on: articles (or sentences) stay whole, and each
/// label is spread evenly.
fn slices(dataset: &Dataset, unit: HeldOutUnit, split: &TrainTestSplit, seed: u64) -> Vec<usize> {
    let train = || split.train_gold(dataset).iter().map(|&row| &dataset.gold[row]);
    let labels: Vec<usize> = train().map(Instance::label).collect();
    let groups: Vec<usize> = train().map(|instance| instance.held_out_with(unit)).collect();
    fold_assignment::folds(&labels, &groups, SLICES, seed)
}

/// A split that trains on the first slices only.
fn reduced(
    dataset: &Dataset,
    unit: HeldOutUnit,
    split: &TrainTestSplit,
    slices: &[usize],
    n_slices: usize,
) -> TrainTestSplit {
    let sliced = split.train_gold(dataset).iter().zip(slices);
    let left_out = sliced.filter(|(_, slice)| **slice >= n_slices);
    let left_out: BTreeSet<usize> =
        left_out.map(|(&row, _)| dataset.gold[row].held_out_with(unit)).collect();
    let all: Vec<&Instance> = dataset.all().collect();
    let is_kept = |row: &&usize| !left_out.contains(&all[**row].held_out_with(unit));
    TrainTestSplit {
        test: split.test.clone(),
        train: split.train.iter().filter(is_kept).copied().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::generalization::tests::{gather, with_house_styles};

    #[test]
    fn each_share_holds_the_smaller_ones_and_whole_articles() {
        let gold = with_house_styles();
        let silver: Vec<_> = gold
            .iter()
            .map(|row| crate::example::Example {
                text: format!("silver {}", row.text),
                label_shares: vec![("dim".into(), 0.5), ("lit".into(), 0.5)],
                ..row.clone()
            })
            .collect();
        let dataset = gather(&gold, &silver);
        let unit = HeldOutUnit::Articles;
        let split = TrainTestSplit::new(&dataset, unit, |row| row % 6 == 0, |_| true);
        let slices = slices(&dataset, unit, &split, 1);
        let share = |&n_slices| reduced(&dataset, unit, &split, &slices, n_slices);
        let shares: Vec<TrainTestSplit> = STEPS.iter().map(share).collect();
        assert_eq!(shares[STEPS.len() - 1], split);
        let all: Vec<&Instance> = dataset.all().collect();
        for (smaller, larger) in shares.iter().zip(&shares[1..]) {
            assert!(smaller.train.len() < larger.train.len());
            assert!(smaller.train.iter().all(|row| larger.train.contains(row)));
        }
        for share in &shares {
            let groups = |rows: &[usize]| rows.iter().map(|&row| all[row].article).collect();
            let learnt: BTreeSet<usize> = groups(&share.train);
            let left_out: Vec<usize> =
                split.train.iter().copied().filter(|row| !share.train.contains(row)).collect();
            assert!(learnt.is_disjoint(&groups(&left_out)));
        }
    }
}
