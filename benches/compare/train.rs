//! Fits a regression to rows in svmlight's text, for `train.py` beside it, which compares the solver
//! with others on the same rows.
//!
//! `cargo run --release --example compare-train -- FILE TOLERANCE...`; the file has one row a line,
//! `LABEL COLUMN:VALUE...`, with labels from 0 and columns from 1. For each tolerance, one line: the
//! tolerance, the loss (penalty 1), and the seconds of CPU time and of wall time that the fit took.
//! With `--linfa` before FILE it is linfa-logistic that fits, to dense rows of double precision.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use framescope::model::newton_cg::{Objective, Stopping};
use framescope::model::softmax_regression::{Softmax, SoftmaxParams};
use framescope::sparse_matrix::Csr;
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2};

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    let is_linfa = arguments.next_if(|argument| argument == "--linfa").is_some();
    let path = arguments.next().ok_or("name a file of rows and some tolerances")?;
    let (rows, labels) = read(&path)?;
    let task = Task::new(rows, labels);
    let dense = is_linfa.then(|| task.dense());
    for tolerance in arguments {
        let (wall, cpu) = (Instant::now(), cpu_seconds()?);
        let loss = match &dense {
            Some(dense) => task.fit_by_linfa(dense, tolerance.parse()?),
            None => task.fit(tolerance.parse()?),
        };
        let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds()? - cpu);
        println!("{tolerance} {} {cpu:.2} {wall:.2}", loss?);
    }
    Ok(())
}

/// Rows with a label each.
struct Task {
    rows: Csr,
    labels: Vec<usize>,
    n_labels: usize,
    /// Rows × labels: 1 for the row's label.
    targets: Vec<f64>,
    weights: Vec<f64>,
}

type Dense = DatasetBase<Array2<f64>, Array1<usize>>;

impl Task {
    fn new(rows: Csr, labels: Vec<usize>) -> Self {
        let n_labels = labels.iter().max().map_or(0, |label| label + 1);
        let mut targets = vec![0.0; rows.n_rows() * n_labels];
        labels.iter().enumerate().for_each(|(row, label)| targets[row * n_labels + label] = 1.0);
        let weights = vec![1.0; rows.n_rows()];
        Task { rows, labels, n_labels, targets, weights }
    }

    /// The loss of our fit.
    fn fit(&self, tolerance: f64) -> Done<f64> {
        let stopping = Stopping { tolerance, max_steps: 100 };
        let params = SoftmaxParams::new(self.n_labels).stopping(stopping).check()?;
        let start = Softmax::zeros(self.rows.n_columns(), self.n_labels);
        Ok(params.fit_soft(&self.rows, &self.targets, &self.weights, start)?.1.value)
    }

    /// The loss of linfa-logistic's fit, worked out as ours is.
    fn fit_by_linfa(&self, dense: &Dense, tolerance: f64) -> Done<f64> {
        let fitted = MultiLogisticRegression::default()
            .alpha(1.0)
            .gradient_tolerance(tolerance)
            .max_iterations(10_000)
            .fit(dense)?;
        let params = SoftmaxParams::new(self.n_labels).check()?;
        let mut loss = params.loss(&self.rows, &self.targets, &self.weights)?;
        let theirs: Vec<f64> = fitted.params().iter().chain(fitted.intercept()).copied().collect();
        let mut gradient = vec![0.0; loss.dimension()];
        Ok(loss.evaluate(&theirs, &mut gradient))
    }

    fn dense(&self) -> Dense {
        let mut records = Array2::zeros((self.rows.n_rows(), self.rows.n_columns()));
        for row in 0..self.rows.n_rows() {
            for (column, value) in self.rows.row(row) {
                records[[row, column]] = f64::from(value);
            }
        }
        DatasetBase::new(records, Array1::from_vec(self.labels.clone()))
    }
}

/// The rows of a file and their labels.
fn read(path: &str) -> Done<(Csr, Vec<usize>)> {
    let (mut rows, mut labels) = (Csr::new(0), Vec::new());
    let mut row: Vec<(u32, f32)> = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        labels.push(words.next().ok_or("a line without a label")?.parse()?);
        row.clear();
        for word in words {
            let (column, value) = word.split_once(':').ok_or("no column:value")?;
            let column = column.parse::<u32>()?.checked_sub(1).ok_or("columns start at 1")?;
            rows.widen(column as usize + 1);
            row.push((column, value.parse()?));
        }
        rows.push(&row);
    }
    Ok((rows, labels))
}

/// The CPU time of this process on all cores, in seconds; Linux counts it in hundredths.
fn cpu_seconds() -> Done<f64> {
    let all = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = all.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / 100.0)
}
