//! One regression on some of the items, with as many features as are wanted.

use linfa::ParamGuard;

use super::base_prior::meanings;
use super::dataset::Instance;
use super::training_set::TrainingSet;
use crate::error::Error;
use crate::feature_counts::FoldVocabulary;
use crate::model::card::Settings;
use crate::model::newton_cg::{Convergence, Stopping};
use crate::model::softmax_regression::side_information::SideInformation;
use crate::model::softmax_regression::{Softmax, SoftmaxError, SoftmaxParams};
use crate::sparse_matrix::Csr;
use crate::word_knowledge::WordKnowledge;

/// How near a fit comes to its minimum where it only serves to compare or to choose: the scores of
/// unseen rows are as good as at the minimum itself, in less than half the time.
pub(super) const ROUGH: f64 = 2e-3;
/// How near a fit comes that is kept.
pub(super) const FINE: f64 = 1e-4;

/// What regressions learn from.
#[derive(Debug)]
pub(super) struct Fold<'a, 's> {
    settings: &'a Settings,
    rows: &'s [usize],
    learnt: FoldVocabulary<'a>,
    /// The weights of a base, which the penalty counts from.
    anchor: Option<Softmax>,
    /// What is known of words.
    words: Option<&'a WordKnowledge>,
    encoded: Csr,
    /// Rows × labels.
    targets: Vec<f64>,
    weights: Vec<f64>,
    n_labels: usize,
}

/// A regression and the vocabulary that it is over.
#[derive(Debug)]
pub(super) struct Fitted<'a> {
    pub(super) learnt: FoldVocabulary<'a>,
    pub(super) regression: Softmax,
    /// What the meanings of words have to do with labels: see [`SideInformation`]. Part of the weights.
    pub(super) directions: Vec<f64>,
    pub(super) convergence: Convergence,
}

impl<'a, 's> Fold<'a, 's> {
    /// Of the material, the rows that may be seen, the vocabulary that they teach, and the anchor
    /// over it.
    pub(super) fn new(
        material: &'a TrainingSet<'_>,
        rows: &'s [usize],
        learnt: FoldVocabulary<'a>,
        anchor: Option<Softmax>,
    ) -> Self {
        let all: Vec<&Instance> = material.items.all().collect();
        let seen = || rows.iter().map(|&row| all[row]);
        let targets = seen().flat_map(|item| item.label_shares.iter().copied()).collect();
        let weights = seen().map(|item| item.weight).collect();
        let encoded = learnt.encode(rows);
        let (settings, n_labels) = (material.settings, material.items.labels.len());
        let words = material.words;
        Fold { settings, rows, learnt, anchor, words, encoded, targets, weights, n_labels }
    }

    /// Fits all features with a penalty. What was fitted on much the same rows is a good `start`: it
    /// makes the way to the minimum short, and the minimum stays where it is.
    pub(super) fn fit(
        &self,
        penalty: f64,
        start: Option<&Fitted<'a>>,
        tolerance: f64,
    ) -> Result<Fitted<'a>, Error> {
        let zeros = || Softmax::zeros(self.learnt.len(), self.n_labels);
        let n_directions = self.words.map_or(0, |words| words.n_kinds() * words.dimension());
        let start = start.map_or_else(
            || SideInformation {
                regression: self.anchor.clone().unwrap_or_else(zeros),
                directions: vec![0.0; n_directions * self.n_labels],
            },
            |start| start.on(&self.learnt, self.words),
        );
        self.regression(self.learnt.clone(), &self.encoded, penalty, start, tolerance)
    }

    /// Where there are more features than wanted, drops those that matter least and fits the rest
    /// anew. A base keeps all its features.
    pub(super) fn prune(
        &self,
        whole: &Fitted<'a>,
        penalty: f64,
        tolerance: f64,
    ) -> Result<Fitted<'a>, Error> {
        let most = self.settings.max_features.filter(|_| self.anchor.is_none());
        let most = most.unwrap_or(usize::MAX);
        let learnt = match self.learnt.len() <= most {
            true => self.learnt.clone(),
            false => self.learnt.keep(&most_important(&whole.regression, &self.encoded, most)),
        };
        let start = whole.on(&learnt, self.words);
        if self.learnt.len() <= most {
            return self.regression(learnt, &self.encoded, penalty, start, tolerance);
        }
        let encoded = learnt.encode(self.rows);
        self.regression(learnt, &encoded, penalty, start, tolerance)
    }

    /// Fits the features of a vocabulary, in which the rows are encoded.
    fn regression(
        &self,
        learnt: FoldVocabulary<'a>,
        encoded: &Csr,
        penalty: f64,
        start: SideInformation,
        tolerance: f64,
    ) -> Result<Fitted<'a>, Error> {
        let failed = |error: SoftmaxError| Error::Training(error.to_string());
        let stopping = Stopping { tolerance, max_steps: 100 };
        let params = SoftmaxParams::new(self.n_labels).penalty(penalty).stopping(stopping);
        let params = params.anchor(self.anchor.clone());
        let params = params.check().map_err(failed)?;
        let (targets, weights) = (&self.targets, &self.weights);
        let (SideInformation { regression, directions }, convergence) = match self.words {
            Some(words) => {
                let meanings = meanings(words, &learnt);
                params.fit_informed(encoded, targets, weights, &meanings, start)
            }
            None => params.fit_soft(encoded, targets, weights, start.regression).map(
                |(regression, how)| (SideInformation { regression, directions: Vec::new() }, how),
            ),
        }
        .map_err(failed)?;
        Ok(Fitted { learnt, regression, directions, convergence })
    }
}

impl<'a> Fitted<'a> {
    /// The scores of rows of the inventory.
    pub(super) fn scores(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let encoded = self.learnt.encode(rows);
        (0..rows.len()).map(|row| self.regression.scores(&encoded, row)).collect()
    }

    /// Its weights on another vocabulary, where what is new has only those that words share.
    fn on(&self, learnt: &FoldVocabulary<'a>, words: Option<&WordKnowledge>) -> SideInformation {
        let k = self.regression.intercept.len();
        let mut moved = Softmax::zeros(learnt.len(), k);
        if let Some(words) = words {
            meanings(words, learnt).add(&self.directions, 1.0, &mut moved.weights);
        }
        let columns = moved.weights.chunks_exact_mut(k).zip(learnt.columns_in(&self.learnt));
        for (weights, column) in columns {
            if let Some(column) = column {
                weights.copy_from_slice(&self.regression.weights[column * k..][..k]);
            }
        }
        moved.intercept.clone_from(&self.regression.intercept);
        SideInformation { regression: moved, directions: self.directions.clone() }
    }
}

/// The columns with the largest |weight| · √(rows that hold it), rising. The weights of a column
/// are taken less their mean, since what all labels share decides nothing.
fn most_important(regression: &Softmax, encoded: &Csr, most: usize) -> Vec<usize> {
    let k = regression.intercept.len();
    let importance = |(weights, count): (&[f64], usize)| {
        let mean = weights.iter().sum::<f64>() / k as f64;
        let largest = weights.iter().map(|weight| (weight - mean).abs()).fold(0.0, f64::max);
        largest * (count as f64).sqrt()
    };
    let counts = encoded.column_counts().into_iter();
    let importance: Vec<f64> = regression.weights.chunks(k).zip(counts).map(importance).collect();
    let mut columns: Vec<usize> = (0..importance.len()).collect();
    columns.sort_by(|&a, &b| importance[b].total_cmp(&importance[a]).then(a.cmp(&b)));
    columns.truncate(most);
    columns.sort_unstable();
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_features_and_heavy_ones_are_kept() {
        let mut encoded = Csr::new(4);
        for row in 0..9 {
            let rare = (row == 0).then_some((2, 1.0));
            encoded.push(
                &[Some((0, 1.0)), Some((1, 1.0)), rare].into_iter().flatten().collect::<Vec<_>>(),
            );
        }
        // Column 1 has large weights that all labels share; column 3 stands nowhere.
        let weights = vec![0.5, -0.5, 7.0, 7.0, 1.0, -1.0, 9.0, -9.0];
        let regression = Softmax { weights, intercept: vec![0.0; 2] };
        assert_eq!(most_important(&regression, &encoded, 2), [0, 2]);
        assert_eq!(most_important(&regression, &encoded, 1), [0]);
    }
}
