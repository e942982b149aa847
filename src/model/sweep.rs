//! One walk through the rows of a training set, on every core: what each row makes of the columns'
//! numbers, added up by column again.

use rayon::prelude::*;

use crate::sparse::Csr;

/// In so many bands the rows are gone through. Bands are added up in their order, so that the number
/// of cores cannot change a sum.
const BANDS: usize = 8;

/// Labels are worked on four at a time, as processors like it; those that are missing stay zero.
const LANES: usize = 4;
type Lane = [f64; LANES];

/// What a column brings to rows, and what rows bring to it: side by side, so that both come with one
/// look into memory.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    factor: Lane,
    sum: Lane,
}

/// A way through the rows that can be gone again and again.
#[derive(Debug)]
pub(super) struct Sweep<'a> {
    rows: &'a Csr,
    n_labels: usize,
    /// For every band the cells of all columns and of the intercept; kept between walks, since
    /// asking for so much memory takes longer than filling it.
    bands: Vec<Vec<Cell>>,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(rows: &'a Csr, n_labels: usize) -> Self {
        let n_cells = (rows.n_columns() + 1) * n_labels.div_ceil(LANES);
        let bands = rows.n_rows().clamp(1, BANDS);
        Sweep { rows, n_labels, bands: vec![vec![Cell::default(); n_cells]; bands] }
    }

    pub(super) fn rows(&self) -> &'a Csr {
        self.rows
    }

    /// For every row: adds up `factors` times the row's values, lets `change` turn these scores into
    /// something else, and adds that times the row's values to `sums`. Gives the sum of what `change`
    /// gives.
    ///
    /// `factors` and `sums` are (columns + 1) × labels, the intercept last; `notes` is rows × labels,
    /// for `change` to read and write. `change` takes the row's number, its notes and its scores.
    pub(super) fn walk(
        &mut self,
        factors: &[f64],
        notes: &mut [f64],
        sums: &mut [f64],
        change: impl Fn(usize, &mut [f64], &mut [f64]) -> f64 + Sync,
    ) -> f64 {
        let (rows, k) = (self.rows, self.n_labels);
        let length = rows.n_rows().div_ceil(self.bands.len());
        let bands = self.bands.par_iter_mut().zip(notes.par_chunks_mut(length * k));
        let totals: Vec<f64> = bands
            .enumerate()
            .map(|(band, (cells, notes))| {
                start(cells, factors, k);
                walk_band(rows, band * length, cells, notes, k, &change)
            })
            .collect();
        self.add_up(sums);
        totals.iter().sum()
    }

    fn add_up(&self, sums: &mut [f64]) {
        let n_lanes = self.n_labels.div_ceil(LANES);
        sums.par_chunks_exact_mut(self.n_labels).enumerate().with_min_len(4096).for_each(
            |(column, sums)| {
                sums.fill(0.0);
                for cells in &self.bands {
                    let lanes = &cells[column * n_lanes..][..n_lanes];
                    let of_band = lanes.iter().flat_map(|cell| &cell.sum);
                    sums.iter_mut().zip(of_band).for_each(|(sum, more)| *sum += more);
                }
            },
        );
    }
}

/// Sets factors, and sums to zero.
fn start(cells: &mut [Cell], factors: &[f64], k: usize) {
    let of_columns = cells.chunks_exact_mut(k.div_ceil(LANES)).zip(factors.chunks_exact(k));
    for (cells, factors) in of_columns {
        for (cell, factors) in cells.iter_mut().zip(factors.chunks(LANES)) {
            *cell = Cell::default();
            cell.factor[..factors.len()].copy_from_slice(factors);
        }
    }
}

fn walk_band(
    rows: &Csr,
    first: usize,
    cells: &mut [Cell],
    notes: &mut [f64],
    k: usize,
    change: &(impl Fn(usize, &mut [f64], &mut [f64]) -> f64 + Sync),
) -> f64 {
    let n_lanes = k.div_ceil(LANES);
    let (cells, intercept) = cells.split_at_mut(cells.len() - n_lanes);
    let mut scores = vec![Lane::default(); n_lanes];
    let mut total = 0.0;
    for (row, notes) in (first..).zip(notes.chunks_exact_mut(k)) {
        scores.iter_mut().zip(&*intercept).for_each(|(score, cell)| *score = cell.factor);
        for (column, value) in rows.row(row) {
            let of_column = &cells[column * n_lanes..][..n_lanes];
            for (score, cell) in scores.iter_mut().zip(of_column) {
                add(score, f64::from(value), &cell.factor);
            }
        }
        total += change(row, notes, &mut scores.as_flattened_mut()[..k]);
        for (column, value) in rows.row(row) {
            let of_column = &mut cells[column * n_lanes..][..n_lanes];
            for (score, cell) in scores.iter().zip(of_column) {
                add(&mut cell.sum, f64::from(value), score);
            }
        }
        intercept.iter_mut().zip(&scores).for_each(|(cell, score)| add(&mut cell.sum, 1.0, score));
    }
    total
}

#[inline]
fn add(to: &mut Lane, times: f64, what: &Lane) {
    for lane in 0..LANES {
        to[lane] += times * what[lane];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five labels take two lanes; three rows are fewer than the bands.
    #[test]
    fn sums_are_those_of_plain_loops() {
        let mut rows = Csr::new(2);
        let dense = [[1.0, 2.0], [0.0, 3.0], [0.5, 0.0]];
        rows.push(&[(0, 1.0), (1, 2.0)]);
        rows.push(&[(1, 3.0)]);
        rows.push(&[(0, 0.5)]);
        let k = 5;
        let factors: Vec<f64> = (0..3 * k).map(|at| at as f64 - 6.0).collect();
        let (mut notes, mut sums) = (vec![0.0; 3 * k], vec![9.0; 3 * k]);
        let total = Sweep::new(&rows, k).walk(&factors, &mut notes, &mut sums, |row, notes, s| {
            notes.copy_from_slice(s);
            s.iter_mut().for_each(|s| *s *= *s);
            row as f64
        });
        assert!((total - 3.0).abs() < 1e-12);
        for label in 0..k {
            let score = |row: usize| {
                factors[2 * k + label]
                    + dense[row][0] * factors[label]
                    + dense[row][1] * factors[k + label]
            };
            for row in 0..3 {
                assert!((notes[row * k + label] - score(row)).abs() < 1e-12);
            }
            for column in 0..2 {
                let sum: f64 = (0..3).map(|row| dense[row][column] * score(row).powi(2)).sum();
                assert!((sums[column * k + label] - sum).abs() < 1e-9);
            }
            let sum: f64 = (0..3).map(|row| score(row).powi(2)).sum();
            assert!((sums[2 * k + label] - sum).abs() < 1e-9);
        }
    }
}
