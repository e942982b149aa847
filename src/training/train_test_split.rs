//! What is held out, and what may be learnt from meanwhile.

use std::collections::BTreeSet;

use super::dataset::{Dataset, Instance};

/// Some items that are judged by a model that has not seen them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainTestSplit {
    /// The items, as places in [`Dataset::all`], rising.
    pub held: Vec<usize>,
    /// What the model learns from, as places in [`Dataset::all`], rising.
    pub rest: Vec<usize>,
}

impl TrainTestSplit {
    /// Holds items out and learns from all else that may be learnt from, silver included. What must
    /// stay together with something held is never learnt from.
    pub fn out(
        items: &Dataset,
        is_held: impl Fn(usize) -> bool,
        may_learn: impl Fn(&Instance) -> bool,
    ) -> Self {
        let held: Vec<usize> = (0..items.items.len()).filter(|&row| is_held(row)).collect();
        let together: BTreeSet<usize> = held.iter().map(|&row| items.items[row].group).collect();
        let is_free = |item: &Instance| !together.contains(&item.group) && may_learn(item);
        let rest = items.all().enumerate().filter(|(_, item)| is_free(item));
        TrainTestSplit { rest: rest.map(|(row, _)| row).collect(), held }
    }

    /// The items among what is learnt from: neither silver nor copies.
    pub fn learnt_items(&self, items: &Dataset) -> &[usize] {
        &self.rest[..self.rest.partition_point(|&row| row < items.items.len())]
    }

    /// A label that none of the items that are learnt from has.
    pub fn missing_label<'a>(&self, items: &'a Dataset) -> Option<&'a str> {
        let found: BTreeSet<usize> =
            self.learnt_items(items).iter().map(|&row| items.items[row].label()).collect();
        let missing = (0..items.labels.len()).find(|label| !found.contains(label));
        missing.map(|label| items.labels[label].as_str())
    }
}
