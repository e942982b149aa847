//! How well a model does, for people and for programs.

use serde::Serialize;

use super::clean::tidy;
use super::columns;
use super::phrase::NONE;
use super::table::{Column, Kind, Table};
use crate::evaluate::{Estimate, LabelScores, Scores};

/// For people: figures with intervals, then labels, then the confusion table.
pub fn text(scores: &Scores) -> String {
    let mut out = format!(
        "{} rows in {} articles\n\
         macro-F1           {}   (always the most frequent label: {:.3})\n\
         accuracy           {}\n\
         calibration error  {:.3}   (mean distance of confidence from accuracy, ten equal bins)\n\
         Brier score        {:.3}\n\
         log-loss           {:.3}\n\n",
        scores.rows,
        scores.articles,
        estimate(scores.macro_f1),
        scores.majority_macro_f1,
        estimate(scores.accuracy),
        scores.calibration_error,
        scores.brier,
        scores.log_loss,
    );
    columns::table(&mut out, &labels(scores));
    out.push('\n');
    columns::table(&mut out, &confusion(scores));
    out
}

/// For programs: every figure, and which model it is of.
pub fn json(scores: &Scores, model: &str) -> String {
    #[derive(Serialize)]
    struct Evaluation<'a> {
        format: u32,
        model: &'a str,
        #[serde(flatten)]
        scores: &'a Scores,
    }
    super::pretty(&Evaluation { format: 1, model, scores })
}

/// A figure with its interval: `0.642 [0.615, 0.669]`.
fn estimate(estimate: Estimate) -> String {
    match estimate.interval {
        Some(interval) => {
            format!("{:.3} [{:.3}, {:.3}]", estimate.value, interval.low, interval.high)
        }
        None => format!("{:.3} [too few articles for an interval]", estimate.value),
    }
}

fn labels(scores: &Scores) -> Table {
    let names = ["rows", "predicted", "precision", "recall"];
    let share = |share: Option<f64>| share.map_or(NONE.to_string(), |share| format!("{share:.3}"));
    let row = |label: &LabelScores| {
        let counts = [label.rows, label.predicted].map(|count| count.to_string());
        let shares = [share(label.precision), share(label.recall)];
        let name = tidy(&label.label);
        [name].into_iter().chain(counts).chain(shares).chain([estimate(label.f1)]).collect()
    };
    Table {
        caption: "By label".to_string(),
        columns: [column("label", Kind::Words)]
            .into_iter()
            .chain(names.map(|name| column(name, Kind::Figures)))
            .chain([column("F1 [95 %]", Kind::Words)])
            .collect(),
        rows: scores.labels.iter().map(row).collect(),
    }
}

fn confusion(scores: &Scores) -> Table {
    let names = || scores.labels.iter().map(|label| tidy(&label.label));
    let figures = names()
        .map(|name| Column { group: "predicted".to_string(), ..column(&name, Kind::Figures) });
    let row = |(name, counts): (String, &Vec<usize>)| {
        std::iter::once(name).chain(counts.iter().map(ToString::to_string)).collect()
    };
    Table {
        caption: "Confusion: rows by true label".to_string(),
        columns: std::iter::once(column("true", Kind::Words)).chain(figures).collect(),
        rows: names().zip(&scores.confusion).map(row).collect(),
    }
}

/// A column that stands alone.
pub(super) fn column(name: &str, kind: Kind) -> Column {
    Column { group: String::new(), name: name.to_string(), kind }
}
