//! A regression that knows which columns mean alike.
//!
//! ```text
//! weight of a column = own weight + its meaning · the direction of its kind
//! cost               = penalty/2 · (‖own weights‖² + ‖directions‖²)
//! ```
//!
//! The meaning of a column is a row of numbers that is given; what is learnt is one direction for
//! each kind of columns and label. It is the regression with the penalty's Gaussian prior, in which
//! weights of columns of like meaning are alike (covariance I + M Mᵀ in place of I); and the same as
//! one over rows that hold, beside their columns, for each kind the sum of value · meaning, but those
//! dense columns are never made. What comes out is one weight a column, so nothing has to be added up
//! later.

use std::ops::Range;

use rayon::prelude::*;

use super::{Loss, Softmax, SoftmaxError, SoftmaxValidParams};
use crate::model::newton_cg::{self, Convergence, Objective};
use crate::sparse_matrix::Csr;

/// Labels are worked on four at a time, as processors like it.
const LANES: usize = 4;
type Lane = [f64; LANES];

/// Columns in a unit of parallel work. Units are added up in order, so the sum does not depend on the
/// number of cores.
const PIECE: usize = 1 << 14;

/// What columns mean.
#[derive(Debug, Clone)]
pub struct VectorColumns<'a> {
    /// Of each column the kind, and the place of its numbers in `values`; none where it means nothing
    /// that is known.
    pub columns: Vec<Option<(u32, u32)>>,
    /// Rows of numbers, one after the other.
    pub values: &'a [f32],
    /// How many numbers a row has.
    pub dimension: usize,
    /// How many kinds there are.
    pub n_kinds: usize,
}

/// A fitted regression that knows what columns mean.
#[derive(Debug, Clone, PartialEq)]
pub struct SideInformation {
    /// Its weights, own and shared together.
    pub regression: Softmax,
    /// Kinds × dimension × labels.
    pub directions: Vec<f64>,
}

impl VectorColumns<'_> {
    /// How many directions there are for each label.
    fn n_directions(&self) -> usize {
        self.n_kinds * self.dimension
    }

    fn of(&self, row: u32) -> &[f32] {
        &self.values[row as usize * self.dimension..][..self.dimension]
    }

    /// Adds to the weights of every column, columns × labels, `share` times what the directions make
    /// of its meaning.
    pub fn add(&self, directions: &[f64], share: f64, weights: &mut [f64]) {
        if weights.is_empty() || self.n_directions() == 0 {
            return;
        }
        let k = directions.len() / self.n_directions();
        let along = Along::new(self, k, directions);
        let columns = weights.par_chunks_exact_mut(k).zip(&self.columns).with_min_len(1024);
        columns.for_each(|(weights, meaning)| {
            let Some((kind, row)) = *meaning else { return };
            for (at, weights) in weights.chunks_mut(LANES).enumerate() {
                let mut sum = Lane::default();
                for (&number, lane) in self.of(row).iter().zip(&along.lanes[along.places(kind, at)])
                {
                    sum.iter_mut().zip(lane).for_each(|(s, d)| *s += f64::from(number) * d);
                }
                weights.iter_mut().zip(sum).for_each(|(weight, s)| *weight += share * s);
            }
        });
    }

    /// Writes the sum over the columns of each kind of meaning × what stands in the column, columns ×
    /// `k` labels: what [`VectorColumns::add`] turns around.
    fn gather(&self, of_columns: &[f64], k: usize, sums: &mut [f64]) {
        let pieces = of_columns.par_chunks(PIECE * k).zip(self.columns.par_chunks(PIECE));
        let gathered: Vec<Along> =
            pieces.map(|(sums, of)| self.gather_piece(sums, of, k)).collect();
        sums.fill(0.0);
        gathered.iter().for_each(|piece| piece.add_to(sums));
    }

    fn gather_piece(&self, of_columns: &[f64], meanings: &[Option<(u32, u32)>], k: usize) -> Along {
        let mut sums = Along::new(self, k, &[]);
        for (of_column, meaning) in of_columns.chunks_exact(k).zip(meanings) {
            let Some((kind, row)) = *meaning else { continue };
            for (at, of_column) in of_column.chunks(LANES).enumerate() {
                let of_column = lane(of_column);
                let places = sums.places(kind, at);
                for (&number, sum) in self.of(row).iter().zip(&mut sums.lanes[places]) {
                    sum.iter_mut().zip(of_column).for_each(|(s, c)| *s += f64::from(number) * c);
                }
            }
        }
        sums
    }
}

/// A number for each kind, number of a meaning and label, lanes of labels side by side.
struct Along {
    lanes: Vec<Lane>,
    dimension: usize,
    k: usize,
}

impl Along {
    /// From kinds × dimension × labels; all zero where nothing is given.
    fn new(meanings: &VectorColumns<'_>, k: usize, numbers: &[f64]) -> Self {
        let n_lanes = meanings.n_directions() * k.div_ceil(LANES);
        let mut along =
            Along { lanes: vec![Lane::default(); n_lanes], dimension: meanings.dimension, k };
        for (place, numbers) in numbers.chunks_exact(k).enumerate() {
            for (at, numbers) in numbers.chunks(LANES).enumerate() {
                let place = along.place(place, at);
                along.lanes[place] = lane(numbers);
            }
        }
        along
    }

    /// Where a lane of a kind begins, and ends.
    fn places(&self, kind: u32, at: usize) -> Range<usize> {
        let first = (kind as usize * self.k.div_ceil(LANES) + at) * self.dimension;
        first..first + self.dimension
    }

    /// Where a lane stands of a direction, counted over all kinds.
    fn place(&self, direction: usize, at: usize) -> usize {
        let (kind, number) = (direction / self.dimension, direction % self.dimension);
        (kind * self.k.div_ceil(LANES) + at) * self.dimension + number
    }

    /// Adds to kinds × dimension × labels.
    fn add_to(&self, sums: &mut [f64]) {
        for (direction, sums) in sums.chunks_exact_mut(self.k).enumerate() {
            for (at, sums) in sums.chunks_mut(LANES).enumerate() {
                let lane = &self.lanes[self.place(direction, at)];
                sums.iter_mut().zip(lane).for_each(|(sum, more)| *sum += more);
            }
        }
    }
}

/// Numbers with zeros behind them.
fn lane(numbers: &[f64]) -> Lane {
    let mut lane = Lane::default();
    lane[..numbers.len()].copy_from_slice(numbers);
    lane
}

/// The loss over own weights, intercept and directions.
struct SideInformationLoss<'a> {
    /// Over weights in which all is folded; it has no penalty of its own.
    loss: Loss<'a>,
    meanings: &'a VectorColumns<'a>,
    penalty: f64,
    /// How many of the own weights, the intercept last, are penalised.
    n_penalised: usize,
    folded: Vec<f64>,
}

impl SideInformationLoss<'_> {
    /// Own weights, intercept and directions as weights and intercept.
    fn fold(&mut self, weights: &[f64]) {
        let (own, directions) = weights.split_at(self.loss.dimension());
        self.folded.copy_from_slice(own);
        let n = own.len() - self.loss.n_labels;
        self.meanings.add(directions, 1.0, &mut self.folded[..n]);
    }

    /// From sums by column to sums by own weight and direction, with the penalty's part.
    fn unfold(&self, weights: &[f64], sums: &mut [f64]) -> f64 {
        let k = self.loss.n_labels;
        let (own, of_directions) = sums.split_at_mut(self.loss.dimension());
        self.meanings.gather(&own[..own.len() - k], k, of_directions);
        let (own_weights, directions) = weights.split_at(own.len());
        let own_weights = &own_weights[..self.n_penalised];
        newton_cg::add(&mut own[..self.n_penalised], self.penalty, own_weights);
        newton_cg::add(of_directions, self.penalty, directions);
        newton_cg::dot(own_weights, own_weights) + newton_cg::dot(directions, directions)
    }
}

impl Objective for SideInformationLoss<'_> {
    fn dimension(&self) -> usize {
        self.loss.dimension() + self.meanings.n_directions() * self.loss.n_labels
    }

    fn evaluate(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        self.fold(weights);
        let own = self.loss.dimension();
        let loss = self.loss.evaluate(&self.folded, &mut gradient[..own]);
        loss + 0.5 * self.penalty * self.unfold(weights, gradient)
    }

    fn curvature(&mut self, direction: &[f64], product: &mut [f64]) {
        self.fold(direction);
        let own = self.loss.dimension();
        self.loss.curvature(&self.folded, &mut product[..own]);
        self.unfold(direction, product);
    }
}

impl SoftmaxValidParams {
    /// As [`SoftmaxValidParams::fit_soft`], of columns of which is known what they mean. With an
    /// anchor, what comes on top of it is what is shared.
    ///
    /// # Errors
    /// As there.
    pub fn fit_informed(
        &self,
        rows: &Csr,
        targets: &[f64],
        weights: &[f64],
        meanings: &VectorColumns<'_>,
        start: SideInformation,
    ) -> Result<(SideInformation, Convergence), SoftmaxError> {
        let unpenalised = SoftmaxValidParams { penalty: 0.0, ..self.clone() };
        let loss = unpenalised.loss(rows, targets, weights)?;
        let n = loss.dimension();
        let n_penalised = if loss.anchored.is_some() { n } else { n - self.n_labels };
        let (penalty, folded) = (self.penalty, vec![0.0; n]);
        let mut loss = SideInformationLoss { loss, meanings, penalty, n_penalised, folded };
        let zeros = Softmax::zeros(rows.n_columns(), self.n_labels);
        let anchor = self.anchor.as_ref().unwrap_or(&zeros);
        let mut anchor = [&*anchor.weights, &anchor.intercept].concat();
        let SideInformation { regression, directions } = start;
        let mut own = [regression.weights, regression.intercept].concat();
        newton_cg::add(&mut own, -1.0, &anchor);
        meanings.add(&directions, -1.0, &mut own[..n - self.n_labels]);
        let start = [own, directions].concat();
        let (found, how) = newton_cg::minimise(&mut loss, start, self.stopping)?;
        loss.fold(&found);
        newton_cg::add(&mut anchor, 1.0, &loss.folded);
        let intercept = anchor.split_off(n - self.n_labels);
        let directions = found[n..].to_vec();
        Ok((
            SideInformation { regression: Softmax { weights: anchor, intercept }, directions },
            how,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::newton_cg::Stopping;
    use crate::model::softmax_regression::SoftmaxParams;
    use linfa::ParamGuard;

    const K: usize = 3;

    /// Columns 0 to 2 are of kind 0, columns 3 and 4 of kind 1, column 5 means nothing.
    fn meanings(values: &[f32]) -> VectorColumns<'_> {
        let kinds = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2)].map(Some);
        let columns = kinds.into_iter().chain([None]).collect();
        VectorColumns { columns, values, dimension: 2, n_kinds: 2 }
    }

    const VALUES: [f32; 6] = [1.0, 0.5, -0.5, 2.0, 0.25, -1.0];

    fn rows() -> Csr {
        let mut rows = Csr::new(6);
        for row in 0..24_u8 {
            let value = |column: u8| f32::from(row * (column + 2) % 7) / 4.0 - 0.5;
            let row: Vec<_> = (0..6).map(|column| (u32::from(column), value(column))).collect();
            rows.push(&row);
        }
        rows
    }

    /// The same rows with what the directions are for in columns of their own.
    fn unfolded(rows: &Csr, meanings: &VectorColumns<'_>) -> Csr {
        let mut dense = Csr::new(6 + 4);
        for row in 0..rows.n_rows() {
            let mut sums = [0.0_f32; 4];
            for (column, value) in rows.row(row) {
                let Some((kind, of)) = meanings.columns[column] else { continue };
                for (at, number) in meanings.of(of).iter().enumerate() {
                    sums[kind as usize * 2 + at] += value * number;
                }
            }
            let own = (0..).zip(rows.row(row)).map(|(at, (_, value))| (at, value));
            dense.push(&own.chain((6..).zip(sums)).collect::<Vec<_>>());
        }
        dense
    }

    #[track_caller]
    fn check(anchor: Option<Softmax>) {
        let (rows, meanings) = (rows(), meanings(&VALUES));
        let targets: Vec<f64> = (0..24)
            .flat_map(|row| if row % 4 == 0 { [0.5, 0.3, 0.2] } else { [0.1, 0.0, 0.9] })
            .collect();
        let weights: Vec<f64> = (0..24).map(|row| 1.0 + f64::from(row % 2)).collect();
        let stopping = Stopping { tolerance: 1e-9, max_steps: 100 };
        let params = SoftmaxParams::new(K).penalty(0.7).stopping(stopping);
        let informed = params.clone().anchor(anchor.clone()).check().unwrap();
        let start = SideInformation {
            regression: Softmax::zeros(6, K),
            directions: (0..4 * K).map(|at| at as f64 / 10.0).collect(),
        };
        let (found, _) =
            informed.fit_informed(&rows, &targets, &weights, &meanings, start).unwrap();
        // Directions begin at zero where own weights begin at the anchor.
        let wider = |anchor: Softmax| Softmax {
            weights: [anchor.weights, vec![0.0; 4 * K]].concat(),
            intercept: anchor.intercept,
        };
        let plain = params.anchor(anchor.map(wider)).check().unwrap();
        let dense = unfolded(&rows, &meanings);
        let (expected, _) =
            plain.fit_soft(&dense, &targets, &weights, Softmax::zeros(10, K)).unwrap();
        for row in 0..rows.n_rows() {
            let folded = found.regression.probabilities(&rows, row);
            let explicit = expected.probabilities(&dense, row);
            for (p, q) in folded.iter().zip(explicit) {
                assert!((p - q).abs() < 1e-5, "{p} {q}");
            }
        }
        let directions = found.directions.iter().zip(&expected.weights[6 * K..]);
        assert!(directions.clone().any(|(d, _)| d.abs() > 0.01));
        directions.for_each(|(d, e)| assert!((d - e).abs() < 1e-5, "{d} {e}"));
    }

    #[test]
    fn folded_weights_predict_as_dense_columns_do() {
        check(None);
    }

    #[test]
    fn beside_an_anchor_too() {
        let weights = (0..6 * K).map(|at| (at as f64).sin() / 2.0).collect();
        check(Some(Softmax { weights, intercept: vec![0.3, -0.1, 0.2] }));
    }

    #[test]
    fn columns_of_one_meaning_share_what_one_of_them_shows() {
        // Column 1 stands in no row, but means what column 0 means.
        let mut rows = Csr::new(2);
        (0..4).for_each(|row| rows.push(if row < 2 { &[(0, 1.0)] } else { &[] }));
        let targets = [1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0];
        let columns = vec![Some((0, 0)); 2];
        let meanings = VectorColumns { columns, values: &[2.0], dimension: 1, n_kinds: 1 };
        let params = SoftmaxParams::new(2).check().unwrap();
        let start = SideInformation { regression: Softmax::zeros(2, 2), directions: vec![0.0; 2] };
        let (found, _) = params.fit_informed(&rows, &targets, &[1.0; 4], &meanings, start).unwrap();
        let weights = &found.regression.weights;
        // Beside a direction with a meaning of 2, own weights carry a fifth: 2² of 1 + 2².
        assert!(weights[0] > 0.1 && (weights[2] / weights[0] - 0.8).abs() < 1e-4, "{weights:?}");
    }
}
