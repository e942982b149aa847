//! Multinomial logistic regression over sparse rows, on linfa's traits.
//!
//! ```text
//! objective(W, b) = Σᵢ vᵢ · −Σₖ tᵢₖ ln pᵢₖ + penalty/2 · ‖W‖²      pᵢ = softmax(b + Wᵀxᵢ)
//! gradient W      = Xᵀ diag(v) (P − T) + penalty · W              gradient b = Σᵢ vᵢ (pᵢ − tᵢ)
//! ```
//!
//! `tᵢ` is a distribution over the labels, `vᵢ` the weight of a row. The loss is a sum over rows, not a mean.
//! `penalty` is `alpha` of linfa-logistic, which takes dense rows only, and 1/C of scikit-learn.
//!
//! With an anchor (W₀, b₀), the penalty is on the distance from it: a Gaussian prior around the weights of
//! a model that is adapted (Chelba & Acero 2004). A factor for each column j says how much is known of it,
//! as in elastic weight consolidation (Kirkpatrick et al. 2017):
//!
//! ```text
//! penalty/2 · Σⱼ factorⱼ ‖Wⱼ − W₀ⱼ‖² + intercept penalty/2 · ‖b − b₀‖²
//! ```

mod penalties;
pub mod side_information;

use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::prelude::Records;
use linfa::traits::{Fit, PredictInplace};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2};

use self::penalties::Penalties;
use super::forward_backward::{ForwardBackward, Numbers};
use super::newton_cg::{self, Convergence, NotConverged, Objective, Stopping};
use crate::evaluate::argmax;
use crate::sparse_matrix::Csr;

/// Unchecked settings of a regression.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftmaxParams(SoftmaxValidParams);

/// Checked settings of a regression.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftmaxValidParams {
    penalties: Penalties,
    n_labels: usize,
    stopping: Stopping,
    anchor: Option<Softmax>,
}

/// Why a fit is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SoftmaxError {
    /// linfa refuses the data.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
    /// A penalty that leaves no minimum.
    #[error("penalty is {0}, expected a positive number")]
    Penalty(f64),
    /// There are fewer than two labels.
    #[error("{0} labels, expected two or more")]
    Labels(usize),
    /// The number of targets does not match the rows.
    #[error("{found} targets, expected {expected}")]
    Targets {
        /// Number of targets.
        found: usize,
        /// Expected number.
        expected: usize,
    },
    /// The anchor has other columns or labels.
    #[error("an anchor of {found} weights, expected {expected}")]
    Anchor {
        /// Number of its weights, with the intercept.
        found: usize,
        /// Expected number.
        expected: usize,
    },
    /// The minimum was not reached.
    #[error(transparent)]
    NotConverged(#[from] NotConverged),
}

impl SoftmaxParams {
    /// A regression over `n_labels` labels with a penalty of 1.
    pub fn new(n_labels: usize) -> Self {
        let stopping = Stopping { tolerance: 1e-4, max_steps: 100 };
        let penalties = Penalties { all: 1.0, ..Penalties::NONE };
        SoftmaxParams(SoftmaxValidParams { penalties, n_labels, stopping, anchor: None })
    }

    /// Sets the L2 penalty: `alpha` of linfa-logistic, 1/C of scikit-learn.
    #[must_use]
    pub fn penalty(mut self, penalty: f64) -> Self {
        self.0.penalties.all = penalty;
        self
    }

    /// Sets a factor on the penalty for each column, all above 0; 1 without.
    #[must_use]
    pub fn penalty_factors(mut self, factors: Option<Vec<f64>>) -> Self {
        self.0.penalties.factors = factors;
        self
    }

    /// Sets the penalty on the intercept, or on its distance from the anchor's; 0 by default.
    #[must_use]
    pub fn intercept_penalty(mut self, penalty: f64) -> Self {
        self.0.penalties.intercept = penalty;
        self
    }

    /// Sets the weights from which the penalty measures the distance; zero without an anchor.
    #[must_use]
    pub fn anchor(mut self, anchor: Option<Softmax>) -> Self {
        self.0.anchor = anchor;
        self
    }

    /// Sets when the solver stops.
    #[must_use]
    pub fn stopping(mut self, stopping: Stopping) -> Self {
        self.0.stopping = stopping;
        self
    }
}

impl ParamGuard for SoftmaxParams {
    type Checked = SoftmaxValidParams;
    type Error = SoftmaxError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        match &self.0 {
            valid if valid.n_labels < 2 => Err(SoftmaxError::Labels(valid.n_labels)),
            valid if !(valid.penalties.all.is_finite() && valid.penalties.all > 0.0) => {
                Err(SoftmaxError::Penalty(valid.penalties.all))
            }
            valid => Ok(valid),
        }
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// The loss on a training set, as a function of the difference to the anchor's weights.
#[derive(Debug)]
pub struct Loss<'a> {
    rows: ForwardBackward<'a>,
    /// Rows × labels, row by row: the distribution of each row over the labels.
    targets: &'a [f64],
    weights: &'a [f64],
    /// The anchor's scores, rows × labels.
    anchored: Option<Vec<f64>>,
    /// The probabilities at the weights that were evaluated last, rows × labels.
    probabilities: Vec<f64>,
    /// The gradient is computed in `f64`. Products with the Hessian only choose directions: `f32` will do.
    exact: Numbers<f64>,
    quick: Numbers<f32>,
    n_labels: usize,
    penalties: Penalties,
}

impl SoftmaxValidParams {
    /// The loss that a fit minimises. `targets` are rows × labels, row by row; `weights` has one entry per
    /// row.
    ///
    /// # Errors
    /// Where `targets`, `weights` or the anchor do not fit the rows.
    pub fn loss<'a>(
        &self,
        rows: &'a Csr,
        targets: &'a [f64],
        weights: &'a [f64],
    ) -> Result<Loss<'a>, SoftmaxError> {
        let expected = rows.n_rows() * self.n_labels;
        if targets.len() != expected {
            return Err(SoftmaxError::Targets { found: targets.len(), expected });
        }
        if weights.len() != rows.n_rows() {
            return Err(SoftmaxError::Targets { found: weights.len(), expected: rows.n_rows() });
        }
        Ok(Loss {
            anchored: self.anchored(rows)?,
            rows: ForwardBackward::new(rows, self.n_labels),
            targets,
            weights,
            probabilities: vec![0.0; expected],
            exact: Numbers::default(),
            quick: Numbers::default(),
            n_labels: self.n_labels,
            penalties: self.penalties.clone(),
        })
    }

    /// The anchor's scores of each row.
    fn anchored(&self, rows: &Csr) -> Result<Option<Vec<f64>>, SoftmaxError> {
        let Some(anchor) = &self.anchor else { return Ok(None) };
        let expected = (rows.n_columns() + 1) * self.n_labels;
        let found = anchor.weights.len() + anchor.intercept.len();
        match found == expected && anchor.intercept.len() == self.n_labels {
            true => Ok(Some((0..rows.n_rows()).flat_map(|row| anchor.scores(rows, row)).collect())),
            false => Err(SoftmaxError::Anchor { found, expected }),
        }
    }

    /// Fits to soft targets. A `start` near the minimum takes fewer steps.
    ///
    /// # Errors
    /// As [`SoftmaxValidParams::loss`], and where the solver does not converge.
    pub fn fit_soft(
        &self,
        rows: &Csr,
        targets: &[f64],
        weights: &[f64],
        start: Softmax,
    ) -> Result<(Softmax, Convergence), SoftmaxError> {
        let mut loss = self.loss(rows, targets, weights)?;
        let mut start = [start.weights, start.intercept].concat();
        let concat = |anchor: &Softmax| [&*anchor.weights, &anchor.intercept].concat();
        let anchor = self.anchor.as_ref().map(concat);
        anchor.iter().for_each(|anchor| newton_cg::add(&mut start, -1.0, anchor));
        let (mut weights, how) = newton_cg::minimise(&mut loss, start, self.stopping)?;
        anchor.iter().for_each(|anchor| newton_cg::add(&mut weights, 1.0, anchor));
        let intercept = weights.split_off(rows.n_columns() * self.n_labels);
        Ok((Softmax { weights, intercept }, how))
    }
}

impl Objective for Loss<'_> {
    fn dimension(&self) -> usize {
        (self.rows.rows().n_columns() + 1) * self.n_labels
    }

    fn evaluate(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let (targets, row_weights, anchored) = (self.targets, self.weights, &self.anchored);
        let (numbers, p) = (&mut self.exact, &mut self.probabilities);
        let loss = self.rows.pass(numbers, weights, p, gradient, |row, p, scores| {
            if let Some(anchored) = anchored {
                let known = &anchored[row * p.len()..][..p.len()];
                scores.iter_mut().zip(known).for_each(|(score, known)| *score += known);
            }
            loss_of_row(&targets[row * p.len()..][..p.len()], row_weights[row], p, scores)
        });
        loss + 0.5 * self.penalties.add_gradient(self.n_labels, weights, gradient)
    }

    fn curvature(&mut self, direction: &[f64], product: &mut [f64]) {
        let row_weights = self.weights;
        let (numbers, p) = (&mut self.quick, &mut self.probabilities);
        self.rows.pass(numbers, direction, p, product, |row, p, change| {
            // The derivative of softmax: diag(p) − p pᵀ.
            let mean: f64 = p.iter().zip(&*change).map(|(p, c)| p * c).sum();
            let weight = row_weights[row];
            change.iter_mut().zip(p).for_each(|(c, p)| *c = weight * *p * (*c - mean));
            0.0
        });
        self.penalties.add_gradient(self.n_labels, direction, product);
    }

    fn diagonal(&mut self, diagonal: &mut [f64]) {
        let row_weights = self.weights;
        self.rows.squares(&mut self.exact, &self.probabilities, diagonal, |row, p, change| {
            change.iter_mut().zip(p).for_each(|(c, p)| *c = row_weights[row] * p * (1.0 - p));
        });
        self.penalties.add_diagonal(self.n_labels, diagonal);
    }
}

/// The loss of a row. Writes its probabilities to `p`, and replaces its scores by their gradient,
/// weight · (p − t).
fn loss_of_row(targets: &[f64], weight: f64, p: &mut [f64], scores: &mut [f64]) -> f64 {
    let log_sum = log_sum_exp(scores);
    let mut loss = 0.0;
    for ((p, t), score) in p.iter_mut().zip(targets).zip(scores) {
        loss -= weight * t * (*score - log_sum);
        *p = (*score - log_sum).exp();
        *score = weight * (*p - t);
    }
    loss
}

/// Adds Wᵀx of a row to `scores`; `weights` are columns × labels.
fn add_scores(rows: &Csr, row: usize, weights: &[f64], scores: &mut [f64]) {
    let k = scores.len();
    for (column, value) in rows.row(row) {
        let of_column = &weights[column * k..][..k];
        scores.iter_mut().zip(of_column).for_each(|(score, w)| *score += f64::from(value) * w);
    }
}

/// ln Σ exp(score), without overflow.
pub fn log_sum_exp(scores: &[f64]) -> f64 {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    largest + scores.iter().map(|score| (score - largest).exp()).sum::<f64>().ln()
}

/// Turns scores into probabilities.
pub fn softmax(scores: &mut [f64]) {
    let log_sum = log_sum_exp(scores);
    scores.iter_mut().for_each(|score| *score = (*score - log_sum).exp());
}

/// A fitted regression; labels are numbered from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Softmax {
    /// Columns × labels, column by column.
    pub weights: Vec<f64>,
    /// One per label.
    pub intercept: Vec<f64>,
}

impl Softmax {
    /// All weights zero.
    pub fn zeros(n_columns: usize, n_labels: usize) -> Self {
        Softmax { weights: vec![0.0; n_columns * n_labels], intercept: vec![0.0; n_labels] }
    }

    /// Reorders the columns; `columns` gives the old index of each new column.
    #[must_use]
    pub fn in_order(&self, columns: &[usize]) -> Self {
        let k = self.intercept.len();
        let weights = columns.iter().flat_map(|&column| &self.weights[column * k..][..k]);
        Softmax { weights: weights.copied().collect(), intercept: self.intercept.clone() }
    }

    /// The score of each label for a row.
    pub fn scores(&self, rows: &Csr, row: usize) -> Vec<f64> {
        let mut scores = self.intercept.clone();
        add_scores(rows, row, &self.weights, &mut scores);
        scores
    }

    /// The probability of each label for a row.
    pub fn probabilities(&self, rows: &Csr, row: usize) -> Vec<f64> {
        let mut scores = self.scores(rows, row);
        softmax(&mut scores);
        scores
    }

    /// The weights as linfa arranges them, (columns + 1) × labels, with the intercept in the last row.
    fn to_array(&self) -> Array2<f64> {
        let k = self.intercept.len();
        let stacked: Vec<f64> = self.weights.iter().chain(&self.intercept).copied().collect();
        Array2::from_shape_fn((stacked.len() / k, k), |(row, label)| stacked[row * k + label])
    }
}

impl<T: AsSingleTargets<Elem = usize>> Fit<Csr, T, SoftmaxError> for SoftmaxValidParams {
    type Object = Softmax;

    /// Fits to one label per row, with the dataset's weights where it has any.
    fn fit(&self, dataset: &DatasetBase<Csr, T>) -> Result<Softmax, SoftmaxError> {
        let n = dataset.nsamples();
        let labels = dataset.as_single_targets();
        let mut targets = vec![0.0; n * self.n_labels];
        for (row, &label) in labels.iter().enumerate() {
            if label >= self.n_labels {
                return Err(SoftmaxError::Labels(label + 1));
            }
            targets[row * self.n_labels + label] = 1.0;
        }
        let weights: Vec<f64> = (0..n).map(|row| f64::from(dataset.weight_for(row))).collect();
        let start = Softmax::zeros(dataset.nfeatures(), self.n_labels);
        self.fit_soft(dataset.records(), &targets, &weights, start).map(|(model, _)| model)
    }
}

impl PredictInplace<Csr, Array1<usize>> for Softmax {
    fn predict_inplace<'a>(&'a self, rows: &'a Csr, labels: &mut Array1<usize>) {
        for (row, label) in labels.iter_mut().enumerate() {
            *label = argmax(&self.scores(rows, row));
        }
    }

    fn default_target(&self, rows: &Csr) -> Array1<usize> {
        Array1::zeros(rows.nsamples())
    }
}

/// Converts the weights to linfa-logistic's model: a fit without iterations, on one empty row per label,
/// keeps the initial weights.
impl TryFrom<&Softmax> for MultiFittedLogisticRegression<f64, usize> {
    type Error = linfa_logistic::error::Error;

    fn try_from(model: &Softmax) -> Result<Self, Self::Error> {
        let k = model.intercept.len();
        let n_columns = model.weights.len() / k;
        let one_row_a_label =
            DatasetBase::new(Array2::zeros((k, n_columns)), Array1::from_iter(0..k));
        MultiLogisticRegression::default()
            .alpha(0.0)
            .max_iterations(0)
            .initial_params(model.to_array())
            .fit(&one_row_a_label)
    }
}
