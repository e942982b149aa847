//! The learning curve: what more labels would bring.

use std::collections::BTreeSet;

use super::{UnseenOutlet, Validation};
use crate::error::Error;
use crate::evaluate::{self, Estimate, ScoredExample, Scores};
use crate::training::dataset::{Dataset, Instance};
use crate::training::fold_assignment;
use crate::training::train_test_split::TrainTestSplit;

/// The articles that may be learnt from are dealt into so many slices.
const SLICES: usize = 20;

/// The steps, in slices: 10, 25, 50, 75 and 100 %.
const STEPS: [usize; 5] = [2, 5, 10, 15, SLICES];

/// How models did that learnt from a share of the labels.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningCurvePoint {
    /// The share of the labels, 0 to 1.
    pub share: f64,
    /// How many items were learnt from, in the mean.
    pub learnt_from: f64,
    /// How well all items were judged unseen; none where a label had no row to learn from.
    pub scores: Option<Scores>,
    /// By how much the macro-F1 rose from the step before.
    pub gain: Option<Estimate>,
}

impl Validation<'_> {
    /// The items of every fold, judged by models that learnt from a growing share of the articles of
    /// the other folds; each share holds the smaller ones. Silver counts in full, except of articles
    /// that are left out.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn learning_curve(&self) -> Result<Vec<LearningCurvePoint>, Error> {
        let settings = self.settings();
        let holds = self.article_holds(settings.folds)?;
        let slices: Vec<Vec<usize>> =
            holds.iter().map(|hold| slices(self.items, hold, settings.seed)).collect();
        let mut steps: Vec<LearningCurvePoint> = Vec::new();
        let mut before: Option<Vec<ScoredExample>> = None;
        for n_slices in STEPS {
            let smaller: Vec<TrainTestSplit> = holds
                .iter()
                .zip(&slices)
                .map(|(hold, slices)| less(self.items, hold, slices, n_slices))
                .collect();
            let suffices = |hold: &TrainTestSplit| match settings.base {
                Some(_) => !hold.rest.is_empty(),
                None => hold.missing_label(self.items).is_none(),
            };
            let is_whole = smaller.iter().all(suffices);
            let unseen = match (n_slices == SLICES, is_whole) {
                (true, _) => Some(self.by_articles(settings.folds)?),
                (false, true) => Some(self.judge(&self.material, &smaller)?),
                (false, false) => None,
            };
            let gain = |(before, now): (&Vec<ScoredExample>, &UnseenOutlet)| {
                evaluate::paired_difference(
                    &now.judged,
                    before,
                    self.items.labels.len(),
                    self.draw(),
                )
            };
            steps.push(LearningCurvePoint {
                share: n_slices as f64 / SLICES as f64,
                learnt_from: self.learnt_from(&smaller),
                gain: before.as_ref().zip(unseen.as_ref()).map(gain),
                scores: unseen
                    .as_ref()
                    .map(|unseen| self.scored(unseen))
                    .transpose()?
                    .map(|held| held.scores),
            });
            before = unseen.map(|unseen| unseen.judged);
        }
        Ok(steps)
    }
}

/// The slice of each of the items that a hold learns from: articles stay whole, and each label is
/// spread evenly.
fn slices(items: &Dataset, hold: &TrainTestSplit, seed: u64) -> Vec<usize> {
    let learnt = || hold.learnt_items(items).iter().map(|&row| &items.items[row]);
    let labels: Vec<usize> = learnt().map(Instance::label).collect();
    let groups: Vec<usize> = learnt().map(|item| item.group).collect();
    fold_assignment::folds(&labels, &groups, SLICES, seed)
}

/// A hold that learns from the first slices only.
fn less(
    items: &Dataset,
    hold: &TrainTestSplit,
    slices: &[usize],
    n_slices: usize,
) -> TrainTestSplit {
    let sliced = hold.learnt_items(items).iter().zip(slices);
    let left_out = sliced.filter(|(_, slice)| **slice >= n_slices);
    let left_out: BTreeSet<usize> = left_out.map(|(&row, _)| items.items[row].group).collect();
    let all: Vec<&Instance> = items.all().collect();
    let is_kept = |row: &&usize| !left_out.contains(&all[**row].group);
    TrainTestSplit {
        held: hold.held.clone(),
        rest: hold.rest.iter().filter(is_kept).copied().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::validation::tests::{gather, with_house_styles};

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
        let items = gather(&gold, &silver);
        let hold = TrainTestSplit::out(&items, |row| row % 6 == 0, |_| true);
        let slices = slices(&items, &hold, 1);
        let shares: Vec<TrainTestSplit> =
            STEPS.iter().map(|&n_slices| less(&items, &hold, &slices, n_slices)).collect();
        assert_eq!(shares[STEPS.len() - 1], hold);
        let all: Vec<&Instance> = items.all().collect();
        for (smaller, larger) in shares.iter().zip(&shares[1..]) {
            assert!(smaller.rest.len() < larger.rest.len());
            assert!(smaller.rest.iter().all(|row| larger.rest.contains(row)));
        }
        for share in &shares {
            let groups = |rows: &[usize]| rows.iter().map(|&row| all[row].group).collect();
            let learnt: BTreeSet<usize> = groups(&share.rest);
            let left_out: Vec<usize> =
                hold.rest.iter().copied().filter(|row| !share.rest.contains(row)).collect();
            assert!(learnt.is_disjoint(&groups(&left_out)));
        }
    }
}
