//! Softmax regression with side information: a vector for each column.
//!
//! ```text
//! weight of a column = own weight + its vector · the direction of its kind
//! cost               = penalty/2 · (‖own weights‖² + ‖directions‖²)
//! ```
//!
//! The vectors are given; a direction for each kind of columns and label is learnt. Columns with similar
//! vectors get similar weights: the penalty is a Gaussian prior with covariance I + M Mᵀ instead of I,
//! where M holds the vectors. The same result would come from rows with further dense columns, for each
//! kind the sum of value · vector, which are never made. The result is one weight per column.

use std::ops::Range;

use rayon::prelude::*;

use super::penalties::Penalties;
use super::{Loss, Softmax, SoftmaxError, SoftmaxValidParams};
use crate::model::newton_cg::{self, Convergence, Objective};
use crate::sparse_matrix::Csr;

/// Number of labels that are computed together: one SIMD register.
const LANES: usize = 4;
type Lane = [f64; LANES];

/// Number of columns in a unit of parallel work. Units are added up in order, so that the sum does not
/// depend on the number of cores.
const CHUNK: usize = 1 << 14;

/// The vector of each column.
#[derive(Debug, Clone)]
pub struct VectorColumns<'a> {
    /// Each column's kind and the index of its vector; `None` where it has no vector.
    pub columns: Vec<Option<(u32, u32)>>,
    /// The vectors, one after the other.
    pub values: &'a [f32],
    /// Length of a vector.
    pub dimension: usize,
    /// Number of kinds.
    pub n_kinds: usize,
}

/// A regression fitted with side information.
#[derive(Debug, Clone, PartialEq)]
pub struct SideInformation {
    /// The weights, in which the directions are included.
    pub regression: Softmax,
    /// Kinds × dimension × labels.
    pub directions: Vec<f64>,
}

impl VectorColumns<'_> {
    /// Number of learnt coordinates per label.
    fn n_directions(&self) -> usize {
        self.n_kinds * self.dimension
    }

    fn of(&self, row: u32) -> &[f32] {
        &self.values[row as usize * self.dimension..][..self.dimension]
    }

    /// Adds `share` times vector · direction to the weights of every column (columns × labels).
    pub fn add(&self, directions: &[f64], share: f64, weights: &mut [f64]) {
        if weights.is_empty() || self.n_directions() == 0 {
            return;
        }
        let k = directions.len() / self.n_directions();
        let lanes = KindLanes::new(self, k, directions);
        let columns = weights.par_chunks_exact_mut(k).zip(&self.columns).with_min_len(1024);
        columns.for_each(|(weights, vector)| {
            let Some((kind, row)) = *vector else { return };
            for (at, weights) in weights.chunks_mut(LANES).enumerate() {
                let mut sum = Lane::default();
                for (&number, lane) in self.of(row).iter().zip(&lanes.lanes[lanes.places(kind, at)])
                {
                    sum.iter_mut().zip(lane).for_each(|(s, d)| *s += f64::from(number) * d);
                }
                weights.iter_mut().zip(sum).for_each(|(weight, s)| *weight += share * s);
            }
        });
    }

    /// Writes the sum of vector × `of_columns` (columns × `k` labels) over the columns of each kind: the
    /// transpose of [`VectorColumns::add`].
    fn gather(&self, of_columns: &[f64], k: usize, sums: &mut [f64]) {
        let chunks = of_columns.par_chunks(CHUNK * k).zip(self.columns.par_chunks(CHUNK));
        let gathered: Vec<KindLanes> =
            chunks.map(|(sums, of)| self.gather_chunk(sums, of, k)).collect();
        sums.fill(0.0);
        gathered.iter().for_each(|chunk| chunk.add_to(sums));
    }

    fn gather_chunk(
        &self,
        of_columns: &[f64],
        vectors: &[Option<(u32, u32)>],
        k: usize,
    ) -> KindLanes {
        let mut sums = KindLanes::new(self, k, &[]);
        for (of_column, vector) in of_columns.chunks_exact(k).zip(vectors) {
            let Some((kind, row)) = *vector else { continue };
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

/// A number for each kind, coordinate and label, in lanes of labels.
struct KindLanes {
    lanes: Vec<Lane>,
    dimension: usize,
    k: usize,
}

impl KindLanes {
    /// From kinds × dimension × labels; zeros where `numbers` is empty.
    fn new(vectors: &VectorColumns<'_>, k: usize, numbers: &[f64]) -> Self {
        let n_lanes = vectors.n_directions() * k.div_ceil(LANES);
        let mut all =
            KindLanes { lanes: vec![Lane::default(); n_lanes], dimension: vectors.dimension, k };
        for (place, numbers) in numbers.chunks_exact(k).enumerate() {
            for (at, numbers) in numbers.chunks(LANES).enumerate() {
                let place = all.place(place, at);
                all.lanes[place] = lane(numbers);
            }
        }
        all
    }

    /// The coordinates of one lane of labels of a kind.
    fn places(&self, kind: u32, at: usize) -> Range<usize> {
        let first = (kind as usize * self.k.div_ceil(LANES) + at) * self.dimension;
        first..first + self.dimension
    }

    /// Where a lane of a coordinate stands; coordinates are counted over all kinds.
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

/// Fills a lane up with zeros.
fn lane(numbers: &[f64]) -> Lane {
    let mut lane = Lane::default();
    lane[..numbers.len()].copy_from_slice(numbers);
    lane
}

/// The loss over own weights, intercept and directions.
struct SideInformationLoss<'a> {
    /// The loss over folded weights, without a penalty.
    loss: Loss<'a>,
    vectors: &'a VectorColumns<'a>,
    penalties: Penalties,
    folded: Vec<f64>,
}

impl SideInformationLoss<'_> {
    /// Folds the directions into the own weights: what the columns' weights are in sum.
    fn fold(&mut self, weights: &[f64]) {
        let (own, directions) = weights.split_at(self.loss.dimension());
        self.folded.copy_from_slice(own);
        let n = own.len() - self.loss.n_labels;
        self.vectors.add(directions, 1.0, &mut self.folded[..n]);
    }

    /// Turns a gradient by column into one by own weight and direction, adds that of the penalty, and
    /// gives the penalty doubled.
    fn unfold(&self, weights: &[f64], sums: &mut [f64]) -> f64 {
        let k = self.loss.n_labels;
        let (own, of_directions) = sums.split_at_mut(self.loss.dimension());
        self.vectors.gather(&own[..own.len() - k], k, of_directions);
        let (own_weights, directions) = weights.split_at(own.len());
        newton_cg::add(of_directions, self.penalties.all, directions);
        self.penalties.add_gradient(k, own_weights, own)
            + self.penalties.all * newton_cg::dot(directions, directions)
    }
}

impl Objective for SideInformationLoss<'_> {
    fn dimension(&self) -> usize {
        self.loss.dimension() + self.vectors.n_directions() * self.loss.n_labels
    }

    fn evaluate(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        self.fold(weights);
        let own = self.loss.dimension();
        let loss = self.loss.evaluate(&self.folded, &mut gradient[..own]);
        loss + 0.5 * self.unfold(weights, gradient)
    }

    fn curvature(&mut self, direction: &[f64], product: &mut [f64]) {
        self.fold(direction);
        let own = self.loss.dimension();
        self.loss.curvature(&self.folded, &mut product[..own]);
        self.unfold(direction, product);
    }
}

impl SoftmaxValidParams {
    /// As [`SoftmaxValidParams::fit_soft`], with side information. With an anchor, the directions
    /// explain the difference to the anchor.
    ///
    /// # Errors
    /// As there.
    pub fn fit_with_side_information(
        &self,
        rows: &Csr,
        targets: &[f64],
        weights: &[f64],
        vectors: &VectorColumns<'_>,
        start: SideInformation,
    ) -> Result<(SideInformation, Convergence), SoftmaxError> {
        let unpenalised = SoftmaxValidParams { penalties: Penalties::NONE, ..self.clone() };
        let loss = unpenalised.loss(rows, targets, weights)?;
        let n = loss.dimension();
        let (penalties, folded) = (self.penalties.clone(), vec![0.0; n]);
        let mut loss = SideInformationLoss { loss, vectors, penalties, folded };
        let zeros = Softmax::zeros(rows.n_columns(), self.n_labels);
        let anchor = self.anchor.as_ref().unwrap_or(&zeros);
        let mut anchor = [&*anchor.weights, &anchor.intercept].concat();
        let SideInformation { regression, directions } = start;
        let mut own = [regression.weights, regression.intercept].concat();
        newton_cg::add(&mut own, -1.0, &anchor);
        vectors.add(&directions, -1.0, &mut own[..n - self.n_labels]);
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

    /// Columns 0 to 2 are of kind 0, columns 3 and 4 of kind 1, column 5 has no vector.
    fn vectors(values: &[f32]) -> VectorColumns<'_> {
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

    /// The same rows with dense columns for the directions.
    fn unfolded(rows: &Csr, vectors: &VectorColumns<'_>) -> Csr {
        let mut dense = Csr::new(6 + 4);
        for row in 0..rows.n_rows() {
            let mut sums = [0.0_f32; 4];
            for (column, value) in rows.row(row) {
                let Some((kind, of)) = vectors.columns[column] else { continue };
                for (at, number) in vectors.of(of).iter().enumerate() {
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
        let (rows, vectors) = (rows(), vectors(&VALUES));
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
            informed.fit_with_side_information(&rows, &targets, &weights, &vectors, start).unwrap();
        // Directions begin at zero where own weights begin at the anchor.
        let wider = |anchor: Softmax| Softmax {
            weights: [anchor.weights, vec![0.0; 4 * K]].concat(),
            intercept: anchor.intercept,
        };
        let plain = params.anchor(anchor.map(wider)).check().unwrap();
        let dense = unfolded(&rows, &vectors);
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
    fn columns_with_one_vector_share_what_one_of_them_shows() {
        // Column 1 is in no row, but has the vector of column 0.
        let mut rows = Csr::new(2);
        (0..4).for_each(|row| rows.push(if row < 2 { &[(0, 1.0)] } else { &[] }));
        let targets = [1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0];
        let columns = vec![Some((0, 0)); 2];
        let vectors = VectorColumns { columns, values: &[2.0], dimension: 1, n_kinds: 1 };
        let params = SoftmaxParams::new(2).check().unwrap();
        let start = SideInformation { regression: Softmax::zeros(2, 2), directions: vec![0.0; 2] };
        let (found, _) =
            params.fit_with_side_information(&rows, &targets, &[1.0; 4], &vectors, start).unwrap();
        let weights = &found.regression.weights;
        // Beside a direction with a vector of 2, own weights carry a fifth: 2² of 1 + 2².
        assert!(weights[0] > 0.1 && (weights[2] / weights[0] - 0.8).abs() < 1e-4, "{weights:?}");
    }
}
