//! How strongly a regression's weights are penalised.

use crate::model::newton_cg;

/// A penalty for each weight, quadratic in its distance from the anchor.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Penalties {
    /// Of every column.
    pub(super) all: f64,
    /// A factor on it for each column; 1 without.
    pub(super) factors: Option<Vec<f64>>,
    /// Of the intercept.
    pub(super) intercept: f64,
}

impl Penalties {
    /// None at all.
    pub(super) const NONE: Penalties = Penalties { all: 0.0, factors: None, intercept: 0.0 };

    /// Adds the gradient to `sums`, over columns × labels and the intercept of `k` labels; gives the
    /// penalty doubled, Σ penalty · weight².
    pub(super) fn add_gradient(&self, k: usize, weights: &[f64], sums: &mut [f64]) -> f64 {
        let n = weights.len() - k;
        let (columns, intercept) = weights.split_at(n);
        let (of_columns, of_intercept) = sums.split_at_mut(n);
        newton_cg::add(of_intercept, self.intercept, intercept);
        let of_intercept = self.intercept * newton_cg::dot(intercept, intercept);
        let Some(factors) = &self.factors else {
            newton_cg::add(of_columns, self.all, columns);
            return self.all * newton_cg::dot(columns, columns) + of_intercept;
        };
        let mut sum = 0.0;
        let columns = columns.chunks_exact(k).zip(of_columns.chunks_exact_mut(k));
        for ((weights, sums), factor) in columns.zip(factors) {
            let penalty = self.all * factor;
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += penalty * weight);
            sum += penalty * weights.iter().map(|weight| weight * weight).sum::<f64>();
        }
        sum + of_intercept
    }

    /// Adds the diagonal of the Hessian.
    pub(super) fn add_diagonal(&self, k: usize, diagonal: &mut [f64]) {
        let n = diagonal.len() - k;
        let (columns, intercept) = diagonal.split_at_mut(n);
        intercept.iter_mut().for_each(|sum| *sum += self.intercept);
        match &self.factors {
            None => columns.iter_mut().for_each(|sum| *sum += self.all),
            Some(factors) => columns.chunks_exact_mut(k).zip(factors).for_each(|(sums, factor)| {
                sums.iter_mut().for_each(|sum| *sum += self.all * factor);
            }),
        }
    }
}
