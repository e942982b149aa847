//! Self-attention with a bias by relative position (Song et al. 2020, MPNet; Raffel et al. 2020).

use std::fmt;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Softmax;

use super::checkpoint::Int8Matrix;

/// Farther positions share the bias of the farthest.
const MAX_DISTANCE: f64 = 128.0;

/// The attention of all layers: their number of heads and their bias.
pub(super) struct Attention {
    n_heads: usize,
    /// Length of a head's vectors.
    width: usize,
    /// Maximum number of pieces in a sequence.
    max_pieces: usize,
    /// For each head, the bias of every distance from `1 − max_pieces` to `max_pieces − 1`.
    bias: Vec<Vec<f32>>,
}

/// What attention needs, kept from one layer to the next.
#[derive(Default)]
pub(super) struct Buffers {
    multiply: GemmExecutor,
    scores: Vec<f32>,
    outputs: Vec<f32>,
}

impl fmt::Debug for Attention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attention({} heads of {})", self.n_heads, self.width)
    }
}

impl Attention {
    /// `buckets` holds a row for each range of distances, with a bias for each head.
    pub(super) fn new(
        buckets: &Int8Matrix,
        n_buckets: usize,
        hidden: usize,
        max_pieces: usize,
    ) -> Self {
        let n_heads = buckets.n_columns;
        let rows: Vec<Vec<f32>> = (0..n_buckets).map(|row| buckets.row(row).collect()).collect();
        let of_head = |head: usize| {
            let distances =
                (1..2 * max_pieces).map(|at| at.cast_signed() - max_pieces.cast_signed());
            distances.map(|distance| rows[bucket(distance, n_buckets)][head]).collect()
        };
        let bias = (0..n_heads).map(of_head).collect();
        Attention { n_heads, width: hidden / n_heads, max_pieces, bias }
    }

    /// Writes what the pieces of one sequence attend to. `projections` holds a row for each piece: its
    /// queries, keys and values, one after the other. `attended` has a row of hidden length for each.
    pub(super) fn apply(&self, projections: &[f32], buffers: &mut Buffers, attended: &mut [f32]) {
        let hidden = self.n_heads * self.width;
        let n = projections.len() / (3 * hidden);
        let projections = NdTensorView::from_data([n, 3 * hidden], projections);
        let Buffers { multiply, scores, outputs } = buffers;
        scores.resize(n * n, 0.0);
        outputs.resize(n * self.width, 0.0);
        for head in 0..self.n_heads {
            let vectors = |kind: usize| {
                let start = kind * hidden + head * self.width;
                projections.slice((0..n, start..start + self.width))
            };
            let scale = 1.0 / (self.width as f32).sqrt();
            let options = GemmOptions { alpha: scale, ..GemmOptions::default() };
            let (queries, keys) =
                (GemmInputA::Unpacked(vectors(0)), GemmInputB::Unpacked(vectors(1).transposed()));
            multiply.gemm(scores, queries, keys, options).expect(FITTING);
            for (piece, row) in scores.chunks_exact_mut(n).enumerate() {
                let bias = &self.bias[head][self.max_pieces - 1 - piece..];
                row.iter_mut().zip(bias).for_each(|(score, bias)| *score += bias);
                Softmax::new_mut(row).dispatch();
            }
            let weights = GemmInputA::Unpacked(NdTensorView::from_data([n, n], &scores[..]));
            let values = GemmInputB::Unpacked(vectors(2));
            multiply.gemm(outputs, weights, values, GemmOptions::default()).expect(FITTING);
            let rows = outputs.chunks_exact(self.width).zip(attended.chunks_exact_mut(hidden));
            for (output, attended) in rows {
                attended[head * self.width..][..self.width].copy_from_slice(output);
            }
        }
    }
}

const FITTING: &str = "both matrices are parts of the same projections";

/// The range that a distance (key's position less query's) falls into: half of the ranges are for keys
/// behind the query; half of each half are single distances, the others grow by powers.
fn bucket(distance: isize, n_buckets: usize) -> usize {
    let half = n_buckets / 2;
    let behind = if distance > 0 { half } else { 0 };
    let n_single = half / 2;
    let distance = distance.unsigned_abs();
    if distance < n_single {
        return behind + distance;
    }
    let growth = (distance as f64 / n_single as f64).ln() / (MAX_DISTANCE / n_single as f64).ln();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and the number of ranges"
    )]
    let further = (growth * (half - n_single) as f64) as usize;
    behind + (n_single + further).min(half - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of transformers' `MPNetEncoder.relative_position_bucket` with 32 ranges.
    #[test]
    fn distances_fall_into_ranges() {
        let cases = [(0, 0), (-1, 1), (-7, 7), (-8, 8), (-11, 8), (-12, 9), (-127, 15), (-300, 15)];
        for (distance, expected) in cases {
            assert_eq!(bucket(distance, 32), expected, "{distance}");
        }
        assert_eq!((bucket(1, 32), bucket(8, 32), bucket(200, 32)), (17, 24, 31));
    }

    /// Two pieces, one head of width 64: equal scores, so each attends to the mean of the values.
    #[test]
    fn equal_scores_give_the_mean_value() {
        let buckets = Int8Matrix { values: vec![0; 32], scales: vec![1.0; 32], n_columns: 1 };
        let attention = Attention::new(&buckets, 32, 64, 4);
        let mut projections = vec![0.0; 2 * 192];
        projections[128..192].fill(1.0);
        projections[192 + 128..].fill(3.0);
        let mut attended = vec![0.0; 128];
        attention.apply(&projections, &mut Buffers::default(), &mut attended);
        assert!(attended.iter().all(|value| (value - 2.0).abs() < 1e-5), "{attended:?}");
    }
}
