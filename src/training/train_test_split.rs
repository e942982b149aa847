//! Splits of a dataset into test and training instances.

use std::collections::BTreeSet;

use super::dataset::Dataset;

use super::instance::Instance;
use crate::model::card::HeldOutUnit;

/// Instances that are held out, and those that a model is trained on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainTestSplit {
    /// Indices of the gold instances that are held out, rising.
    pub test: Vec<usize>,
    /// Indices into [`Dataset::all`] of what is trained on, rising.
    pub train: Vec<usize>,
}

impl TrainTestSplit {
    /// Holds out the gold instances for whose index `is_test` holds, and trains on all others for
    /// which `may_train` holds, silver included. What belongs to a unit (an article) that an instance is
    /// held out of, or nearly repeats a held-out text, is never trained on (purging, as in the
    /// cross-validation of time series: López de Prado 2018, chapter 7).
    pub fn new(
        dataset: &Dataset,
        unit: HeldOutUnit,
        is_test: impl Fn(usize) -> bool,
        may_train: impl Fn(&Instance) -> bool,
    ) -> Self {
        let test: Vec<usize> = (0..dataset.gold.len()).filter(|&row| is_test(row)).collect();
        let held = || test.iter().map(|&row| &dataset.gold[row]);
        let units: BTreeSet<usize> = held().map(|item| item.held_out_with(unit)).collect();
        let texts: BTreeSet<usize> = held().map(|item| item.text_cluster).collect();
        let is_free = |item: &Instance| {
            !units.contains(&item.held_out_with(unit))
                && !texts.contains(&item.text_cluster)
                && may_train(item)
        };
        let train = dataset.all().enumerate().filter(|(_, instance)| is_free(instance));
        TrainTestSplit { train: train.map(|(row, _)| row).collect(), test }
    }

    /// Indices of the gold instances that are trained on.
    pub fn train_gold(&self, dataset: &Dataset) -> &[usize] {
        &self.train[..self.train.partition_point(|&row| row < dataset.gold.len())]
    }

    /// A label that none of the gold instances that are trained on has.
    pub fn missing_label<'a>(&self, dataset: &'a Dataset) -> Option<&'a str> {
        let found: BTreeSet<usize> =
            self.train_gold(dataset).iter().map(|&row| dataset.gold[row].label()).collect();
        let missing = (0..dataset.labels.len()).find(|label| !found.contains(label));
        missing.map(|label| dataset.labels[label].as_str())
    }
}
