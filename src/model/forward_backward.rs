//! A pass over the rows of a training set on every core: forward from weights to the scores of each row, and
//! backward from a change of these scores to sums by column. A gradient is one such pass, and so is a
//! product with the second derivatives.
//!
//! The forward part runs row by row, the backward part column by column over the transposed matrix. So no
//! two threads write to one place, and each sum has one order: the number of cores cannot change it.

use std::ops::{Add, Mul, Range};

use rayon::prelude::*;

use crate::sparse_matrix::Csr;

/// Number of labels computed together: one SIMD register. Missing labels stay zero.
const LANES: usize = 4;
type Lane<T> = [T; LANES];

/// Number of rows in a unit of parallel work, and number of values in a unit of columns.
const CHUNK: usize = 1 << 10;
const CHUNK_VALUES: usize = 1 << 16;

/// Number of products that are summed in the number type of the pass before they enter a sum of `f64`.
const RUN: usize = 64;

/// The number type of a pass.
pub(super) trait Float:
    Copy + Default + Send + Sync + From<f32> + Into<f64> + Add<Output = Self> + Mul<Output = Self>
{
    /// The nearest number of this type.
    fn near(number: f64) -> Self;
}

impl Float for f64 {
    fn near(number: f64) -> Self {
        number
    }
}

impl Float for f32 {
    #[expect(clippy::cast_possible_truncation, reason = "seven digits are enough for a direction")]
    fn near(number: f64) -> Self {
        number as f32
    }
}

/// The rows of a training set, by row and by column.
#[derive(Debug)]
pub(super) struct ForwardBackward<'a> {
    rows: &'a Csr,
    columns: Csr,
    /// Ranges of columns that take about the same work.
    chunks: Vec<Range<usize>>,
    n_labels: usize,
}

/// The buffers of a pass; kept between passes, since allocating them takes longer than filling them.
#[derive(Debug, Default)]
pub(super) struct Numbers<T> {
    /// The factors of each column and label; the intercept comes last.
    factors: Vec<Lane<T>>,
    /// The change of each row and label.
    changes: Vec<Lane<T>>,
}

impl<'a> ForwardBackward<'a> {
    pub(super) fn new(rows: &'a Csr, n_labels: usize) -> Self {
        let columns = rows.transposed();
        ForwardBackward { chunks: chunks(&columns), rows, columns, n_labels }
    }

    pub(super) fn rows(&self) -> &'a Csr {
        self.rows
    }

    /// For every row: computes its scores Σ factor · value, replaces them by calling `change`, and adds
    /// the result × value to `sums`. Gives the sum of what `change` returns.
    ///
    /// `factors` and `sums` are (columns + 1) × labels, the intercept last. `notes` is rows × labels,
    /// for `change` to read and write. `change` takes the row's index, its notes and its scores.
    pub(super) fn pass<T: Float>(
        &self,
        numbers: &mut Numbers<T>,
        factors: &[f64],
        notes: &mut [f64],
        sums: &mut [f64],
        change: impl Fn(usize, &mut [f64], &mut [f64]) -> f64 + Sync,
    ) -> f64 {
        let (k, n_lanes) = (self.n_labels, self.n_lanes());
        let Numbers { factors: lanes, changes } = numbers;
        lanes.resize((self.rows.n_columns() + 1) * n_lanes, Lane::default());
        let columns = lanes.par_chunks_mut(CHUNK * n_lanes).zip(factors.par_chunks(CHUNK * k));
        columns.for_each(|(lanes, factors)| fill(lanes, factors, k));
        changes.resize(self.rows.n_rows() * n_lanes, Lane::default());
        let chunks = changes.par_chunks_mut(CHUNK * n_lanes).zip(notes.par_chunks_mut(CHUNK * k));
        let of_chunk = |(chunk, (changes, notes)): (usize, (&mut [Lane<T>], &mut [f64]))| {
            let rows = changes.chunks_exact_mut(n_lanes).zip(notes.chunks_exact_mut(k));
            let mut scores = vec![0.0; k];
            let of_row = |(row, (changes, notes)): (usize, (&mut [Lane<T>], &mut [f64]))| {
                score(self.rows, row, lanes, &mut scores);
                let given = change(row, notes, &mut scores);
                fill(changes, &scores, k);
                given
            };
            (chunk * CHUNK..).zip(rows).map(of_row).sum()
        };
        let given: Vec<f64> = chunks.enumerate().map(of_chunk).collect();
        self.add_up(changes, sums, |value| value);
        given.iter().sum()
    }

    /// For every row: adds what `change` writes, times the squares of the row's values, to `sums`. As
    /// [`ForwardBackward::pass`] without scores.
    pub(super) fn squares(
        &self,
        numbers: &mut Numbers<f64>,
        notes: &[f64],
        sums: &mut [f64],
        change: impl Fn(usize, &[f64], &mut [f64]) + Sync,
    ) {
        let (k, n_lanes) = (self.n_labels, self.n_lanes());
        numbers.changes.resize(self.rows.n_rows() * n_lanes, Lane::default());
        let rows = numbers.changes.par_chunks_mut(n_lanes).zip(notes.par_chunks(k)).enumerate();
        rows.with_min_len(CHUNK).for_each(|(row, (changes, notes))| {
            let mut changed = vec![0.0; k];
            change(row, notes, &mut changed);
            fill(changes, &changed, k);
        });
        self.add_up(&numbers.changes, sums, |value| value * value);
    }

    fn n_lanes(&self) -> usize {
        self.n_labels.div_ceil(LANES)
    }

    /// Writes Σ change · power(value) by column and label to `sums`.
    fn add_up<T: Float>(
        &self,
        changes: &[Lane<T>],
        sums: &mut [f64],
        power: impl Fn(T) -> T + Sync,
    ) {
        let (k, n_lanes) = (self.n_labels, self.n_lanes());
        let (mut rest, intercept) = sums.split_at_mut(self.columns.n_rows() * k);
        let mut chunks = Vec::with_capacity(self.chunks.len());
        for columns in &self.chunks {
            let (sums, more) = rest.split_at_mut(columns.len() * k);
            chunks.push((columns.clone(), sums));
            rest = more;
        }
        chunks.into_par_iter().for_each(|(columns, sums)| {
            for (column, sums) in columns.zip(sums.chunks_exact_mut(k)) {
                for (lane, sums) in sums.chunks_mut(LANES).enumerate() {
                    let (rows, values) = self.columns.entries(column);
                    let of_runs = rows.chunks(RUN).zip(values.chunks(RUN)).map(|(rows, values)| {
                        let rows = rows.iter().map(|&row| &changes[row as usize * n_lanes + lane]);
                        sum(rows.zip(values.iter().map(|&value| power(T::from(value)))))
                    });
                    write(sums, of_runs);
                }
            }
        });
        for (lane, sums) in intercept.chunks_mut(LANES).enumerate() {
            let of_runs = changes.chunks(RUN * n_lanes).map(|changes| {
                let rows = changes.iter().skip(lane).step_by(n_lanes);
                sum(rows.map(|change| (change, T::from(1.0))))
            });
            write(sums, of_runs);
        }
    }
}

/// Copies numbers by label into lanes.
fn fill<T: Float>(lanes: &mut [Lane<T>], numbers: &[f64], k: usize) {
    let of_labels = lanes.chunks_exact_mut(k.div_ceil(LANES)).zip(numbers.chunks_exact(k));
    for (lanes, numbers) in of_labels {
        for (lane, numbers) in lanes.iter_mut().zip(numbers.chunks(LANES)) {
            lane.iter_mut().zip(numbers).for_each(|(to, &number)| *to = T::near(number));
        }
    }
}

/// Writes the score of each label in a row.
fn score<T: Float>(rows: &Csr, row: usize, factors: &[Lane<T>], scores: &mut [f64]) {
    let n_lanes = scores.len().div_ceil(LANES);
    let (columns, values) = rows.entries(row);
    let (factors, intercept) = factors.split_at(factors.len() - n_lanes);
    for ((lane, scores), first) in scores.chunks_mut(LANES).enumerate().zip(intercept) {
        let factors = columns.iter().map(|&column| &factors[column as usize * n_lanes + lane]);
        let sum = sum(factors.zip(values.iter().map(|&value| T::from(value))));
        scores.iter_mut().zip(first).zip(sum).for_each(|((score, &first), sum)| {
            *score = first.into() + sum.into();
        });
    }
}

/// The sum of lanes times values.
#[inline]
fn sum<'a, T: Float + 'a>(products: impl Iterator<Item = (&'a Lane<T>, T)>) -> Lane<T> {
    let mut sum = Lane::default();
    for (lane, value) in products {
        for at in 0..LANES {
            sum[at] = sum[at] + value * lane[at];
        }
    }
    sum
}

/// Writes the sum of the runs' sums.
#[inline]
fn write<T: Float>(sums: &mut [f64], runs: impl Iterator<Item = Lane<T>>) {
    let mut total = [0.0; LANES];
    for run in runs {
        for at in 0..LANES {
            total[at] += run[at].into();
        }
    }
    sums.iter_mut().zip(total).for_each(|(sum, total)| *sum = total);
}

/// Ranges of columns that hold about [`CHUNK_VALUES`] values each.
fn chunks(columns: &Csr) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut first, mut work) = (0, 0);
    for column in 0..columns.n_rows() {
        // An almost empty column takes some time, too.
        work += 4 + columns.entries(column).0.len();
        if work >= CHUNK_VALUES {
            chunks.push(first..column + 1);
            (first, work) = (column + 1, 0);
        }
    }
    chunks.push(first..columns.n_rows());
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five labels take two lanes; three rows are fewer than a chunk.
    #[test]
    fn sums_are_those_of_plain_loops() {
        let mut rows = Csr::new(2);
        let dense = [[1.0, 2.0], [0.0, 3.0], [0.5, 0.0]];
        rows.push(&[(0, 1.0), (1, 2.0)]);
        rows.push(&[(1, 3.0)]);
        rows.push(&[(0, 0.5)]);
        check::<f64>(&rows, dense);
        // All these numbers are exact in few digits too.
        check::<f32>(&rows, dense);
    }

    fn check<T: Float>(rows: &Csr, dense: [[f64; 2]; 3]) {
        let k = 5;
        let factors: Vec<f64> = (0..3 * k).map(|at| at as f64 - 6.0).collect();
        let (mut notes, mut sums) = (vec![0.0; 3 * k], vec![9.0; 3 * k]);
        let sweep = ForwardBackward::new(rows, k);
        let total = sweep.pass(
            &mut Numbers::<T>::default(),
            &factors,
            &mut notes,
            &mut sums,
            |row, notes, s| {
                notes.copy_from_slice(s);
                s.iter_mut().for_each(|s| *s *= *s);
                row as f64
            },
        );
        assert!((total - 3.0).abs() < 1e-12);
        let mut squares = vec![9.0; 3 * k];
        sweep.squares(&mut Numbers::default(), &notes, &mut squares, |row, notes, changed| {
            changed.iter_mut().zip(notes).for_each(|(c, n)| *c = n + row as f64);
        });
        for label in 0..k {
            let score = |row: usize| {
                factors[2 * k + label]
                    + dense[row][0] * factors[label]
                    + dense[row][1] * factors[k + label]
            };
            let sum = |of: &dyn Fn(usize) -> f64| (0..3).map(of).sum::<f64>();
            for row in 0..3 {
                assert!((notes[row * k + label] - score(row)).abs() < 1e-12);
            }
            for column in 0..2 {
                let expected = sum(&|row| dense[row][column] * score(row).powi(2));
                assert!((sums[column * k + label] - expected).abs() < 1e-9);
                let expected = sum(&|row| dense[row][column].powi(2) * (score(row) + row as f64));
                assert!((squares[column * k + label] - expected).abs() < 1e-9);
            }
            assert!((sums[2 * k + label] - sum(&|row| score(row).powi(2))).abs() < 1e-9);
            let expected = sum(&|row| score(row) + row as f64);
            assert!((squares[2 * k + label] - expected).abs() < 1e-9);
        }
    }
}
