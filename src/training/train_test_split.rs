//! Splits of a dataset into test and training instances.

use std::collections::BTreeSet;

use super::dataset::Dataset;

use super::instance::Instance;

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
    /// which `may_train` holds, silver included. An instance in one group with a held-out instance is
    /// never trained on.
    pub fn new(
        dataset: &Dataset,
        is_test: impl Fn(usize) -> bool,
        may_train: impl Fn(&Instance) -> bool,
    ) -> Self {
        let test: Vec<usize> = (0..dataset.gold.len()).filter(|&row| is_test(row)).collect();
        let groups: BTreeSet<usize> = test.iter().map(|&row| dataset.gold[row].group).collect();
        let is_free = |item: &Instance| !groups.contains(&item.group) && may_train(item);
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
