//! The confusion matrix of each article with hand labels.

use std::cmp::Ordering;

use super::collector::{Collector, OutletFinishInputs, TargetView};
use super::stored::{Damaged, Source, Stored, check};
use crate::target::TargetRelation;

/// Labelled sentences that name the target, by true label, then by predicted label.
pub(super) type Confusion = Vec<Vec<f64>>;

/// One confusion per article that has such sentences.
#[derive(Debug, Default)]
pub(super) struct ConfusionCollector(Vec<Confusion>);

impl Stored for ConfusionCollector {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let all: Vec<Confusion> = Stored::read(from)?;
        let n = from.labels().len();
        let is_square = |of: &Confusion| of.len() == n && of.iter().all(|row| row.len() == n);
        check(all.iter().all(is_square), "impossible ConfusionCollector")?;
        Ok(ConfusionCollector(all))
    }
}

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for ConfusionCollector {
    type Out = Vec<Confusion>;

    fn add(&mut self, view: &TargetView<'_>) {
        let mut confusion = Confusion::new();
        for reading in view.readings.iter().filter(|of| of.about == TargetRelation::Mention) {
            let Some(hand_label) = reading.hand_label else { continue };
            let label_shares = &reading.prediction.probabilities;
            let n_labels = label_shares.len();
            confusion.resize(n_labels, vec![0.0; n_labels]);
            for (row, share) in confusion.iter_mut().zip(label_shares) {
                row[hand_label.predicted.label] += share;
            }
        }
        if !confusion.is_empty() {
            self.0.push(confusion);
        }
    }

    fn merge(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    /// In an order that depends on the values alone.
    fn finish(mut self, _: &OutletFinishInputs<'_>) -> Vec<Confusion> {
        self.0.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        self.0
    }
}
