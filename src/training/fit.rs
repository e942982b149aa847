//! One regression on some of the items, with as many features as are wanted.

use linfa::ParamGuard;

use super::items::{Item, Items};
use crate::error::Error;
use crate::model::card::Settings;
use crate::model::newton::Convergence;
use crate::model::softmax::{Softmax, SoftmaxError, SoftmaxParams};
use crate::sparse::Csr;
use crate::vocabulary::{Inventory, Learnt};

/// What regressions learn from.
#[derive(Debug)]
pub(super) struct Training<'a> {
    items: &'a Items,
    settings: &'a Settings,
    rows: &'a [usize],
    learnt: Learnt<'a>,
    encoded: Csr,
}

/// A regression and the vocabulary that it is over.
#[derive(Debug)]
pub(super) struct Fitted<'a> {
    pub(super) learnt: Learnt<'a>,
    pub(super) regression: Softmax,
    pub(super) convergence: Convergence,
}

impl<'a> Training<'a> {
    /// Learns the vocabulary of the rows of the inventory that may be seen.
    pub(super) fn new(
        items: &'a Items,
        inventory: &'a Inventory,
        rows: &'a [usize],
        settings: &'a Settings,
    ) -> Self {
        let learnt = inventory.learn(rows);
        let encoded = learnt.encode(rows);
        Training { items, settings, rows, learnt, encoded }
    }

    /// Fits with a penalty. Where there are more features than wanted, those that matter least are
    /// dropped and the rest fitted anew.
    pub(super) fn fit(&self, penalty: f64) -> Result<Fitted<'a>, Error> {
        let (regression, convergence) = self.regression(&self.encoded, penalty)?;
        let most = self.settings.max_features.unwrap_or(usize::MAX);
        if self.encoded.n_columns() <= most {
            return Ok(Fitted { learnt: self.learnt.clone(), regression, convergence });
        }
        let learnt = self.learnt.keep(&most_important(&regression, &self.encoded, most));
        let (regression, convergence) = self.regression(&learnt.encode(self.rows), penalty)?;
        Ok(Fitted { learnt, regression, convergence })
    }

    fn regression(&self, encoded: &Csr, penalty: f64) -> Result<(Softmax, Convergence), Error> {
        let all: Vec<&Item> = self.items.all().collect();
        let seen = || self.rows.iter().map(|&row| all[row]);
        let targets: Vec<f64> = seen().flat_map(|item| item.label_shares.iter().copied()).collect();
        let weights: Vec<f64> = seen().map(|item| item.weight).collect();
        let failed = |error: SoftmaxError| Error::Training(error.to_string());
        let params = SoftmaxParams::new(self.items.labels.len()).penalty(penalty);
        let params = params.check().map_err(failed)?;
        params.fit_soft(encoded, &targets, &weights).map_err(failed)
    }
}

impl Fitted<'_> {
    /// The scores of rows of the inventory.
    pub(super) fn scores(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let encoded = self.learnt.encode(rows);
        (0..rows.len()).map(|row| self.regression.scores(&encoded, row)).collect()
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
