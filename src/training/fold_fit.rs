//! A regression fitted on some of the instances, with a limited number of features.

use linfa::ParamGuard;

use super::base_prior::columns_vectors;
use super::columns::Columns;
use super::dataset::Dataset;
use super::instance::Instance;
use crate::error::Error;
use crate::model::card::Settings;
use crate::model::newton_cg::{Convergence, Stopping};
use crate::model::softmax_regression::side_information::SideInformation;
use crate::model::softmax_regression::{Softmax, SoftmaxError, SoftmaxParams};
use crate::sparse_matrix::Csr;
use crate::word_vectors::WordVectors;

/// Convergence tolerance of fits that only serve to compare or to choose: held-out rows get scores as
/// good as at the minimum itself, in less than half the time.
pub(super) const ROUGH_TOLERANCE: f64 = 2e-3;
/// Convergence tolerance of the fit that is kept.
pub(super) const FINE_TOLERANCE: f64 = 1e-4;

/// The penalty on the distance from a base's intercept: a few rows' worth, so that the shares of the labels
/// are soon those of the rows, and one row alone does not decide them.
const INTERCEPT_PENALTY: f64 = 1.0;

/// The instances that regressions are fitted on.
#[derive(Debug)]
pub(super) struct Fold<'a, 's> {
    settings: &'a Settings,
    rows: &'s [usize],
    columns: Columns<'a>,
    /// The weights of a base, which the penalty counts from.
    anchor: Option<Softmax>,
    /// Vectors and scores of words.
    words: Option<&'a WordVectors>,
    encoded: Csr,
    /// Rows × labels.
    targets: Vec<f64>,
    weights: Vec<f64>,
    n_labels: usize,
}

/// A regression and the columns that it is over.
#[derive(Debug)]
pub(super) struct Fitted<'a> {
    pub(super) columns: Columns<'a>,
    pub(super) regression: Softmax,
    /// Projections of word vectors onto labels, part of the weights: see [`SideInformation`].
    pub(super) directions: Vec<f64>,
    pub(super) convergence: Convergence,
}

impl<'a, 's> Fold<'a, 's> {
    /// The rows that are trained on, the columns that they have, and the anchor over these.
    pub(super) fn new(
        dataset: &Dataset,
        settings: &'a Settings,
        words: Option<&'a WordVectors>,
        rows: &'s [usize],
        columns: Columns<'a>,
        anchor: Option<Softmax>,
    ) -> Self {
        let all: Vec<&Instance> = dataset.all().collect();
        let train = || rows.iter().map(|&row| all[row]);
        let mut targets: Vec<f64> =
            train().flat_map(|instance| instance.label_shares.iter().copied()).collect();
        let weights = train().map(|instance| instance.weight).collect();
        let encoded = columns.encode(rows);
        let n_labels = dataset.labels.len();
        if anchor.is_none() {
            give_missing_labels_a_row(&mut targets, n_labels);
        }
        Fold { settings, rows, columns, anchor, words, encoded, targets, weights, n_labels }
    }

    /// Fits all features with a penalty. A fit on much the same rows is a good `start`: the minimum is
    /// the same, and the solver reaches it in fewer steps.
    pub(super) fn fit(
        &self,
        penalty: f64,
        start: Option<&Fitted<'a>>,
        tolerance: f64,
    ) -> Result<Fitted<'a>, Error> {
        let zeros = || Softmax::zeros(self.columns.len(), self.n_labels);
        let n_directions = self.words.map_or(0, |words| words.n_kinds() * words.dimension());
        let start = start.map_or_else(
            || SideInformation {
                regression: self.anchor.clone().unwrap_or_else(zeros),
                directions: vec![0.0; n_directions * self.n_labels],
            },
            |start| start.transferred_to(&self.columns, self.words),
        );
        self.regression(self.columns.clone(), &self.encoded, penalty, start, tolerance)
    }

    /// Where there are more features than the settings allow, drops the least important ones and fits
    /// the rest anew. A base keeps all its features.
    pub(super) fn prune(
        &self,
        whole: &Fitted<'a>,
        penalty: f64,
        tolerance: f64,
    ) -> Result<Fitted<'a>, Error> {
        let most = self.settings.max_features.filter(|_| self.anchor.is_none());
        let most = most.unwrap_or(usize::MAX);
        if self.columns.len() <= most {
            let columns = self.columns.clone();
            let start = whole.transferred_to(&columns, self.words);
            return self.regression(columns, &self.encoded, penalty, start, tolerance);
        }
        let kept = most_important(&whole.regression, &self.encoded, most);
        let columns = self.columns.keep(&kept);
        let start = whole.transferred_to(&columns, self.words);
        let encoded = columns.encode(self.rows);
        self.regression(columns, &encoded, penalty, start, tolerance)
    }

    /// Fits columns, in which the rows are encoded.
    fn regression(
        &self,
        columns: Columns<'a>,
        encoded: &Csr,
        penalty: f64,
        start: SideInformation,
        tolerance: f64,
    ) -> Result<Fitted<'a>, Error> {
        let failed = |error: SoftmaxError| Error::Training(error.to_string());
        let stopping = Stopping { tolerance, max_steps: 100 };
        let params = SoftmaxParams::new(self.n_labels).penalty(penalty).stopping(stopping);
        let params = match &self.anchor {
            None => params,
            Some(_) => params
                .intercept_penalty(INTERCEPT_PENALTY)
                .penalty_factors(columns.penalty_factors(penalty)),
        };
        let params = params.anchor(self.anchor.clone());
        let params = params.check().map_err(failed)?;
        let (targets, weights) = (&self.targets, &self.weights);
        let (SideInformation { regression, directions }, convergence) = match self.words {
            Some(words) => {
                let vectors = columns_vectors(words, &columns);
                params.fit_with_side_information(encoded, targets, weights, &vectors, start)
            }
            None => params.fit_soft(encoded, targets, weights, start.regression).map(
                |(regression, convergence)| {
                    (SideInformation { regression, directions: Vec::new() }, convergence)
                },
            ),
        }
        .map_err(failed)?;
        Ok(Fitted { columns, regression, directions, convergence })
    }
}

impl<'a> Fitted<'a> {
    /// The scores of rows.
    pub(super) fn scores(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let encoded = self.columns.encode(rows);
        (0..rows.len()).map(|row| self.regression.scores(&encoded, row)).collect()
    }

    /// Its weights over other columns. A new column gets what its word vector gives it.
    fn transferred_to(
        &self,
        columns: &Columns<'a>,
        words: Option<&WordVectors>,
    ) -> SideInformation {
        let n_labels = self.regression.intercept.len();
        let mut regression = Softmax::zeros(columns.len(), n_labels);
        if let Some(words) = words {
            let vectors = columns_vectors(words, columns);
            vectors.add(&self.directions, 1.0, &mut regression.weights);
        }
        copy_columns(&self.regression, columns.columns_in(&self.columns), &mut regression);
        SideInformation { regression, directions: self.directions.clone() }
    }
}

/// Gives a label that no row has the weight of one row, spread over all: without any, its intercept,
/// which is not penalised, would fall for ever.
fn give_missing_labels_a_row(targets: &mut [f64], n_labels: usize) {
    let n_rows = targets.len() / n_labels;
    let has_row = |label: &usize| targets.iter().skip(*label).step_by(n_labels).any(|t| *t > 0.0);
    let missing: Vec<usize> = (0..n_labels).filter(|label| !has_row(label)).collect();
    let share = 1.0 / (n_rows + missing.len()) as f64;
    for row in targets.chunks_exact_mut(n_labels).filter(|_| !missing.is_empty()) {
        row.iter_mut().for_each(|target| *target *= 1.0 - share * missing.len() as f64);
        missing.iter().for_each(|&label| row[label] = share);
    }
}

/// Copies the intercept, and the weights of each column whose place in `from` is known.
pub(super) fn copy_columns(
    from: &Softmax,
    places: impl IntoIterator<Item = Option<usize>>,
    to: &mut Softmax,
) {
    let n_labels = from.intercept.len();
    for (weights, place) in to.weights.chunks_exact_mut(n_labels).zip(places) {
        if let Some(place) = place {
            weights.copy_from_slice(&from.weights[place * n_labels..][..n_labels]);
        }
    }
    to.intercept.clone_from(&from.intercept);
}

/// The columns with the largest |weight| · √(number of rows that have it), rising. The mean of a
/// column's weights is subtracted, since what all labels share decides nothing.
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
    fn a_label_that_no_row_has_gets_one_in_all() {
        let mut targets = vec![1.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 1.0, 0.0];
        give_missing_labels_a_row(&mut targets, 3);
        assert_eq!(targets, [0.75, 0.0, 0.25, 0.375, 0.375, 0.25, 0.0, 0.75, 0.25]);
        let mut targets = vec![1.0, 0.0, 0.0, 1.0];
        give_missing_labels_a_row(&mut targets, 2);
        assert_eq!(targets, [1.0, 0.0, 0.0, 1.0]);
    }

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
