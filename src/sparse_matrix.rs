//! A sparse matrix in compressed rows (CSR).

use rayon::prelude::*;

/// A matrix in compressed sparse rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Csr {
    /// Where each row starts in `indices` and `values`; one entry more than there are rows.
    starts: Vec<usize>,
    indices: Vec<u32>,
    values: Vec<f32>,
    n_columns: usize,
}

impl Csr {
    /// A matrix without rows.
    pub fn new(n_columns: usize) -> Self {
        Csr { starts: vec![0], indices: Vec::new(), values: Vec::new(), n_columns }
    }

    /// Adds a row of (column, value) pairs, each column at most once.
    ///
    /// # Panics
    /// Where a column does not exist: a defect of the caller.
    pub fn push(&mut self, row: &[(u32, f32)]) {
        for &(column, value) in row {
            assert!((column as usize) < self.n_columns, "column {column} of {}", self.n_columns);
            self.indices.push(column);
            self.values.push(value);
        }
        self.starts.push(self.indices.len());
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of columns.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Number of stored values in each column.
    pub fn column_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.n_columns];
        self.indices.iter().for_each(|&column| counts[column as usize] += 1);
        counts
    }

    /// Stacks matrices with the same number of columns.
    pub fn stacked(n_columns: usize, parts: Vec<Csr>) -> Csr {
        let mut whole = Csr::new(n_columns);
        whole.starts.reserve_exact(parts.iter().map(Csr::n_rows).sum());
        let n_values = parts.iter().map(|part| part.values.len()).sum();
        whole.indices.reserve_exact(n_values);
        whole.values.reserve_exact(n_values);
        for part in parts {
            let before = whole.indices.len();
            whole.starts.extend(part.starts[1..].iter().map(|start| before + start));
            whole.indices.extend(part.indices);
            whole.values.extend(part.values);
        }
        whole
    }

    /// Raises the number of columns; never lowers it.
    pub fn widen(&mut self, n_columns: usize) {
        self.n_columns = self.n_columns.max(n_columns);
    }

    /// Renumbers the columns without changing their order, and drops those without a new number.
    pub fn renumber(&mut self, numbers: &[Option<u32>]) {
        let (mut read, mut written) = (0, 0);
        for end in &mut self.starts[1..] {
            while read < *end {
                if let Some(number) = numbers[self.indices[read] as usize] {
                    self.indices[written] = number;
                    self.values[written] = self.values[read];
                    written += 1;
                }
                read += 1;
            }
            *end = written;
        }
        self.indices.truncate(written);
        self.values.truncate(written);
        self.indices.shrink_to_fit();
        self.values.shrink_to_fit();
        self.n_columns = numbers.iter().flatten().count();
    }

    /// The columns of a row, and the values in them.
    pub fn entries(&self, row: usize) -> (&[u32], &[f32]) {
        let places = self.starts[row]..self.starts[row + 1];
        (&self.indices[places.clone()], &self.values[places])
    }

    /// The transposed matrix; the columns of each of its rows rise.
    #[must_use]
    pub fn transposed(&self) -> Csr {
        let mut starts = vec![0; self.n_columns + 1];
        self.indices.iter().for_each(|&column| starts[column as usize + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        let (mut indices, mut values) = (vec![0; self.indices.len()], vec![0.0; self.values.len()]);
        // Each core gets a range of columns with about the same number of values.
        let n_parts = rayon::current_num_threads();
        let shares = (1..n_parts).map(|part| self.indices.len() * part / n_parts);
        let ends = shares.map(|share| starts[1..].partition_point(|&start| start <= share));
        let mut rest = (&mut *indices, &mut *values);
        let (mut first, mut parts) = (0, Vec::with_capacity(n_parts));
        for end in ends.chain([self.n_columns]) {
            let length = starts[end] - starts[first];
            let (own, others) = (rest.0.split_at_mut(length), rest.1.split_at_mut(length));
            parts.push((first..end, own.0, others.0));
            (first, rest) = (end, (own.1, others.1));
        }
        parts.into_par_iter().for_each(|(columns, indices, values)| {
            self.write_columns(columns.start, &starts[columns], indices, values);
        });
        Csr { starts, indices, values, n_columns: self.n_rows() }
    }

    /// Writes the row numbers and values of a range of columns, column by column. The range begins at
    /// column `first`; `starts` holds where each of its columns starts in the transposed matrix.
    fn write_columns(&self, first: usize, starts: &[usize], rows: &mut [u32], values: &mut [f32]) {
        let before = starts.first().copied().unwrap_or(0);
        let mut next: Vec<usize> = starts.iter().map(|start| start - before).collect();
        for (row, number) in (0..self.n_rows()).zip(0..) {
            for (column, value) in self.row(row) {
                let Some(next) = next.get_mut(column.wrapping_sub(first)) else { continue };
                (rows[*next], values[*next]) = (number, value);
                *next += 1;
            }
        }
    }

    /// The (column, value) pairs of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, f32)> {
        let (columns, values) = self.entries(row);
        columns.iter().map(|&column| column as usize).zip(values.iter().copied())
    }
}

impl linfa::dataset::Records for Csr {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.n_rows()
    }

    fn nfeatures(&self) -> usize {
        self.n_columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went_in() {
        let mut matrix = Csr::new(3);
        matrix.push(&[(0, 1.0), (2, 0.5)]);
        matrix.push(&[]);
        assert_eq!(matrix.row(0).collect::<Vec<_>>(), [(0, 1.0), (2, 0.5)]);
        assert_eq!(matrix.row(1).count(), 0);
        assert_eq!((matrix.n_rows(), matrix.n_columns()), (2, 3));
    }

    #[test]
    fn matrices_follow_each_other() {
        let mut matrix = Csr::new(4);
        matrix.push(&[(0, 1.0), (2, 0.5)]);
        let mut other = Csr::new(4);
        other.push(&[]);
        other.push(&[(3, 2.0)]);
        let both = Csr::stacked(4, vec![matrix, other]);
        assert_eq!((both.n_rows(), both.n_columns()), (3, 4));
        assert_eq!(both.row(0).collect::<Vec<_>>(), [(0, 1.0), (2, 0.5)]);
        assert_eq!(both.row(1).count(), 0);
        assert_eq!(both.row(2).collect::<Vec<_>>(), [(3, 2.0)]);
    }

    #[test]
    fn columns_are_dropped_and_renumbered() {
        let mut matrix = Csr::new(4);
        for row in [&[(0, 1.0), (1, 0.5)][..], &[(1, 2.0)], &[(3, 3.0), (2, 4.0)]] {
            matrix.push(row);
        }
        matrix.renumber(&[Some(0), None, Some(1), Some(2)]);
        let mut expected = Csr::new(3);
        for row in [&[(0, 1.0)][..], &[], &[(2, 3.0), (1, 4.0)]] {
            expected.push(row);
        }
        assert_eq!(matrix, expected);
    }

    #[test]
    fn columns_become_rows() {
        let mut matrix = Csr::new(3);
        matrix.push(&[(2, 0.5), (0, 1.0)]);
        matrix.push(&[]);
        matrix.push(&[(2, 4.0)]);
        let mut expected = Csr::new(3);
        expected.push(&[(0, 1.0)]);
        expected.push(&[]);
        expected.push(&[(0, 0.5), (2, 4.0)]);
        assert_eq!(matrix.transposed(), expected);
    }

    #[test]
    #[should_panic(expected = "column 3 of 3")]
    fn a_column_too_far_is_a_defect() {
        Csr::new(3).push(&[(3, 1.0)]);
    }
}
