//! A share of all sentences from a model's probabilities and the hand labels of some of them.
//!
//! Prediction-powered inference with power tuning (Angelopoulos, Duchi and Zrnic 2023, PPI++):
//!
//! ```text
//! θ = λ · mean_N(f) + mean_n(Y − λ f)        λ = cov_n(Y, f) / ((1 + n/N) var(f)), kept in 0…1
//! SE² = λ² var_N(f) / N + var_n(Y − λ f) / n
//! ```
//!
//! Y is 1 where a person gave the label, f the model's probability of it, n the number of sentences
//! labelled at random, N that of the others. For the labels of one set of sentences a common λ,
//! `Σ cov / ((1 + n/N) Σ var)`, makes the sum of their variances smallest (the trace, as there), and their
//! shares sum to 1: [`Lambda::tuned_together`]. No assumption on the model is needed: where it tells
//! nothing, λ falls to 0, and only the hand labels are counted.
//!
//! Where sentences were drawn with unequal probabilities π, means over the labelled are weighted by
//! 1/π and stand against the mean of f over all sentences, as in design-based supervised learning
//! (Egami, Hinck, Stewart and Wei 2023): `θ = mean(f) + mean((Y − f) / π)`, tuned in the same way
//! and with the weights brought to sum to the number of sentences. With equal π both are the same.

use crate::cluster_bootstrap::Interval;

/// Minimum number of hand labels.
pub const MIN_LABELS: f64 = 30.0;

/// Minimum number of labelled sentences that have the label, and of those that do not.
pub const MIN_OF_EACH: f64 = 5.0;

/// The 97.5th percentile of the standard normal distribution.
pub(crate) const Z_975: f64 = 1.959_963_984_540_054;

/// Defines [`Sums`] by one list of fields, and both ways between them and an array in that order.
macro_rules! sums {
    ($($(#[$about:meta])* $field:ident,)+) => {
        /// The sums over some sentences that an estimate needs, for one label. They add up: an estimate
        /// over articles drawn anew is made from their sums alone.
        #[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
        pub struct Sums { $($(#[$about])* $field: f64,)+ }

        impl Sums {
            /// How many sums there are.
            pub(crate) const N: usize = [$(stringify!($field)),+].len();

            /// All sums, in the order of [`Sums::from_array`].
            pub(crate) fn to_array(self) -> [f64; Self::N] { [$(self.$field),+] }

            /// The sums that [`Sums::to_array`] gives.
            pub(crate) fn from_array([$($field),+]: [f64; Self::N]) -> Self { Sums { $($field),+ } }
        }
    };
}

sums! {
    /// Sentences without a hand label.
    rest,
    /// Their summed probabilities, and squares of these.
    rest_sum,
    rest_squares,
    /// Sentences with one.
    labelled,
    /// Those of them that have the label.
    with_label,
    /// Their summed probabilities, and squares of these.
    predicted,
    predicted_squares,
    /// Sums over them, weighted by one over the probability of being drawn.
    weights,
    weights_squared,
    w_label,
    w_label_squares,
    w_predicted,
    w_predicted_squares,
    w_products,
}

/// The PPI++ weight λ of the model's predictions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lambda {
    /// The λ with the smallest variance.
    Tuned,
    /// A fixed λ: 1 in full, 0 not at all.
    Fixed(f64),
}

impl Lambda {
    /// The one λ for all labels of the same sentences, an entry each, with the smallest sum of variances.
    pub fn tuned_together(labels: &[Sums]) -> Lambda {
        let Some(first) = labels.first().filter(|sums| sums.rest > 0.0) else {
            return Lambda::Fixed(0.0);
        };
        let all_over_rest = (first.rest + first.labelled) / first.rest;
        let variance: f64 = labels.iter().map(Sums::variance).sum();
        let covariance: f64 = labels.iter().map(Sums::covariance).sum();
        let is_varied = variance > 1e-12 && first.weights > 0.0;
        let best = if is_varied { covariance / variance / all_over_rest } else { 0.0 };
        Lambda::Fixed(best.clamp(0.0, 1.0))
    }
}

/// An estimated share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictionPoweredShare {
    /// The share; chance can take it out of 0…1.
    pub value: f64,
    /// The weight λ of the model: 0 where only the hand labels are counted.
    pub lambda: f64,
    /// Standard error, as if sentences were independent.
    pub standard_error: f64,
}

impl PredictionPoweredShare {
    /// 95 %, from the normal distribution.
    pub fn interval(&self) -> Interval {
        let half = Z_975 * self.standard_error;
        Interval { low: self.value - half, high: self.value + half }
    }
}

impl Sums {
    /// The sums of sentences without hand labels: their number, their summed probabilities and the sum
    /// of the squares of these.
    pub fn of_rest(sentences: f64, sum: f64, squares: f64) -> Self {
        Sums { rest: sentences, rest_sum: sum, rest_squares: squares, ..Sums::default() }
    }

    /// Adds a sentence without a hand label, with the model's probability.
    pub fn add_rest(&mut self, predicted: f64) {
        self.rest += 1.0;
        self.rest_sum += predicted;
        self.rest_squares += predicted * predicted;
    }

    /// Adds a sentence with a hand label: the label's share (0 or 1, between where coders differ), the
    /// model's probability, and the probability of being drawn.
    pub fn add_labelled(&mut self, label: f64, predicted: f64, drawn: f64) {
        let weight = 1.0 / drawn;
        self.labelled += 1.0;
        self.with_label += label;
        self.predicted += predicted;
        self.predicted_squares += predicted * predicted;
        self.weights += weight;
        self.weights_squared += weight * weight;
        self.w_label += weight * label;
        self.w_label_squares += weight * label * label;
        self.w_predicted += weight * predicted;
        self.w_predicted_squares += weight * predicted * predicted;
        self.w_products += weight * label * predicted;
    }

    /// Adds other sums, weighted.
    pub fn add(&mut self, other: &Sums, times: f64) {
        let mut sums = self.to_array();
        sums.iter_mut().zip(other.to_array()).for_each(|(sum, other)| *sum += times * other);
        *self = Sums::from_array(sums);
    }

    /// Number of sentences with a hand label.
    pub fn labelled(&self) -> f64 {
        self.labelled
    }

    /// Number of them that have this label.
    pub fn with_label(&self) -> f64 {
        self.with_label
    }

    /// Number of sentences without one.
    pub fn rest(&self) -> f64 {
        self.rest
    }

    /// Whether the hand labels are too few for an estimate.
    pub fn are_too_few(&self) -> bool {
        let without = self.labelled - self.with_label;
        self.labelled < MIN_LABELS || self.with_label.min(without) < MIN_OF_EACH
    }

    /// The correlation of labels and predictions among the labelled; none where either never
    /// varies.
    pub fn correlation(&self) -> Option<f64> {
        let (label, predicted) = (self.label_mean(), self.w_predicted / self.weights);
        let label_variance = self.w_label_squares / self.weights - label * label;
        let variance = self.w_predicted_squares / self.weights - predicted * predicted;
        let product = label_variance * variance;
        (product > 1e-12).then(|| self.covariance() / product.sqrt())
    }

    /// The correlation that labels would have with the predictions if these were right: each
    /// sentence with probability f truly has the label in a share f of cases. None without variation.
    pub fn correlation_if_calibrated(&self) -> Option<f64> {
        let share = self.mean_predicted()?;
        let (variance, most) = (self.variance(), share * (1.0 - share));
        (variance > 0.0 && most > 0.0).then(|| (variance / most).sqrt().min(1.0))
    }

    /// The mean probability over all sentences; none where there is no sentence.
    pub fn mean_predicted(&self) -> Option<f64> {
        let all = self.rest + self.labelled;
        (all > 0.0).then(|| (self.rest_sum + self.predicted) / all)
    }

    /// The estimated share; none where no sentence has a hand label.
    pub fn estimate(&self, lambda: Lambda) -> Option<PredictionPoweredShare> {
        let all_mean = self.mean_predicted().filter(|_| self.labelled > 0.0)?;
        let all_over_rest = (self.rest + self.labelled) / self.rest;
        let lambda = match lambda {
            _ if self.rest <= 0.0 => 0.0,
            Lambda::Fixed(lambda) => lambda,
            Lambda::Tuned => return self.estimate(Lambda::tuned_together(&[*self])),
        };
        // Relative to the mean over all sentences instead of the rest, λ is larger.
        let weight = if self.rest > 0.0 { lambda * all_over_rest } else { 0.0 };
        let predicted = self.w_predicted / self.weights;
        Some(PredictionPoweredShare {
            value: self.label_mean() + weight * (all_mean - predicted),
            lambda,
            standard_error: self.standard_error(lambda),
        })
    }

    fn label_mean(&self) -> f64 {
        self.w_label / self.weights
    }

    fn covariance(&self) -> f64 {
        self.w_products / self.weights - self.label_mean() * self.w_predicted / self.weights
    }

    /// Of the probabilities of all sentences.
    fn variance(&self) -> f64 {
        let all = self.rest + self.labelled;
        let sum = self.rest_sum + self.predicted;
        let squares = self.rest_squares + self.predicted_squares;
        if all > 1.0 { (squares - sum * sum / all) / (all - 1.0) } else { 0.0 }
    }

    fn standard_error(&self, lambda: f64) -> f64 {
        let label = self.label_mean();
        let predicted = self.w_predicted / self.weights;
        let label_variance = self.w_label_squares / self.weights - label * label;
        let predicted_variance = self.w_predicted_squares / self.weights - predicted * predicted;
        let residual = label_variance - 2.0 * lambda * self.covariance()
            + lambda * lambda * predicted_variance;
        // The effective sample size under unequal weights (Kish 1965).
        let effective = self.weights * self.weights / self.weights_squared;
        let mean = self.rest_sum / self.rest;
        let of_rest = match self.rest > 0.0 {
            true => lambda * lambda * (self.rest_squares / self.rest - mean * mean) / self.rest,
            false => 0.0,
        };
        (residual / effective + of_rest).max(0.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fixture of design-based supervised learning: drawn with unequal probabilities.
    fn unequal() -> Sums {
        let mut sums = Sums::default();
        sums.add_labelled(1.0, 0.8, 0.5);
        sums.add_rest(0.3);
        sums.add_labelled(0.0, 0.2, 0.5);
        sums.add_rest(0.6);
        sums.add_labelled(1.0, 0.4, 0.5);
        sums.add_rest(0.7);
        sums
    }

    #[test]
    fn with_full_weight_it_is_the_design_based_mean() {
        // Egami et al.: pseudo-labels 1.2, 0.3, −0.2, 0.6, 1.6, 0.7.
        let all_over_rest = 2.0;
        let found = unequal().estimate(Lambda::Fixed(1.0 / all_over_rest)).unwrap();
        assert!((found.value - 0.70).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn shares_with_a_common_weight_sum_to_one() {
        let rows = [([1.0, 0.0, 0.0], [0.7, 0.2, 0.1]), ([0.0, 1.0, 0.0], [0.3, 0.3, 0.4])];
        let mut labels = [Sums::default(); 3];
        for (label, sums) in labels.iter_mut().enumerate() {
            for (coded, predicted) in rows {
                sums.add_labelled(coded[label], predicted[label], 0.5);
            }
            sums.add_rest([0.5, 0.1, 0.4][label]);
            sums.add_rest([0.2, 0.2, 0.6][label]);
        }
        // By hand: covariances 0.35 − 0.25, 0.15 − 0.125 and 0; variances 0.1475, 0.02 and 0.1275 over 3.
        let Lambda::Fixed(lambda) = Lambda::tuned_together(&labels) else { panic!("a number") };
        let expected = 0.125 / ((0.147_5 + 0.02 + 0.127_5) / 3.0) / 2.0;
        assert!((lambda - expected).abs() < 1e-12, "{lambda} {expected}");
        let shares = labels.map(|sums| sums.estimate(Lambda::Fixed(lambda)).unwrap().value);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{shares:?}");
        let each = labels.map(|sums| sums.estimate(Lambda::Tuned).unwrap().value);
        assert!((each.iter().sum::<f64>() - 1.0).abs() > 0.01, "{each:?}");
    }

    #[test]
    fn weights_stand_for_the_sentences_that_were_not_drawn() {
        let mut sums = Sums::default();
        // A half of the first kind was drawn, all of the second.
        (0..50).for_each(|_| sums.add_labelled(1.0, 0.5, 0.5));
        (0..50).for_each(|_| sums.add_rest(0.5));
        (0..100).for_each(|_| sums.add_labelled(0.0, 0.5, 1.0));
        let found = sums.estimate(Lambda::Tuned).unwrap();
        assert!((found.value - 0.5).abs() < 1e-12 && found.lambda.abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn all_labelled_is_a_count() {
        let mut sums = Sums::default();
        (0..40).for_each(|n| sums.add_labelled(f64::from(n % 4 / 3), 0.9, 1.0));
        let found = sums.estimate(Lambda::Tuned).unwrap();
        assert_eq!((found.value, found.lambda), (0.25, 0.0));
    }

    #[test]
    fn too_few_is_said_of_either_side() {
        let sums = |with: u32, without: u32| {
            let mut sums = Sums::default();
            (0..with).for_each(|_| sums.add_labelled(1.0, 0.5, 1.0));
            (0..without).for_each(|_| sums.add_labelled(0.0, 0.5, 1.0));
            sums
        };
        assert!(sums(4, 60).are_too_few() && sums(60, 4).are_too_few());
        assert!(sums(14, 15).are_too_few() && !sums(5, 25).are_too_few());
        assert_eq!(Sums::default().estimate(Lambda::Tuned), None);
    }

    #[test]
    fn sums_add_up() {
        let (mut twice, mut again) = (Sums::default(), unequal());
        twice.add(&unequal(), 2.0);
        again.add(&unequal(), 1.0);
        assert_eq!(twice, again);
    }
}
