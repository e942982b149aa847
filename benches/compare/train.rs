//! Fits a regression to rows in svmlight's text, for `train.py` beside it, which compares the solver
//! with others on the same rows.
//!
//! `cargo run --release --example compare-train -- FILE TOLERANCE...`; the file has one row a line,
//! `LABEL COLUMN:VALUE...`, with labels from 0 and columns from 1. For each tolerance, one line: the
//! tolerance, the loss (penalty 1), the seconds of CPU time and of wall time that the fit took, and
//! how many products with the second derivatives.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use framescope::model::newton::Stopping;
use framescope::model::softmax::{Softmax, SoftmaxParams};
use framescope::sparse::Csr;
use linfa::ParamGuard;

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file of rows and some tolerances")?;
    let (rows, labels) = read(&path)?;
    let n_labels = labels.iter().max().map_or(0, |label| label + 1);
    let mut targets = vec![0.0; rows.n_rows() * n_labels];
    labels.iter().enumerate().for_each(|(row, label)| targets[row * n_labels + label] = 1.0);
    let weights = vec![1.0; rows.n_rows()];
    for tolerance in arguments {
        let stopping = Stopping { tolerance: tolerance.parse()?, max_steps: 100 };
        let params = SoftmaxParams::new(n_labels).stopping(stopping).check()?;
        let start = Softmax::zeros(rows.n_columns(), n_labels);
        let (wall, cpu) = (Instant::now(), cpu_seconds()?);
        let (_, how) = params.fit_soft(&rows, &targets, &weights, start)?;
        let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds()? - cpu);
        println!("{tolerance} {} {cpu:.2} {wall:.2} {}", how.value, how.products);
    }
    Ok(())
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
