//! Scores, for people.

use super::sanitize::tidy;
use super::table::{Column, Kind, Table};
use super::terminal;
use super::wording;
use crate::evaluate::{Estimate, LabelScores, MIN_ROWS, OutletScores, Scores};

/// So many outlets that have too few rows are named.
const NAMED: usize = 8;

/// Figures with intervals, then labels, then the confusion table. Beside the calibration error that
/// which exact probabilities would show, where it is known.
pub(super) fn text(scores: &Scores, by_chance: Option<f64>) -> String {
    let by_chance = by_chance.map_or(String::new(), |error| {
        format!("  by chance alone  {error:.3}   (mean of exact probabilities on as many rows)\n")
    });
    let mut out = format!(
        "{} rows in {} articles\n\
         macro-F1           {}   (always the most frequent label: {:.3})\n\
         accuracy           {}\n\
         calibration error  {:.3}   (mean distance of confidence from accuracy, ten equal bins)\n\
         {by_chance}\
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
    terminal::table(&mut out, &labels(scores));
    out.push('\n');
    terminal::table(&mut out, &confusion(scores));
    out
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

/// A figure with its interval in a table: `0.642 [0.615, 0.669]`.
pub(super) fn brief(estimate: Estimate) -> String {
    match estimate.interval {
        Some(_) => self::estimate(estimate),
        None => format!("{:.3} [too few]", estimate.value),
    }
}

/// Appends a table of outlets and names those that have too few rows for it.
pub(super) fn by_outlet(out: &mut String, table: &Table, outlets: &[OutletScores]) {
    if !table.rows.is_empty() {
        out.push('\n');
        terminal::table(out, table);
    }
    let few = || outlets.iter().filter(|outlet| outlet.scores.is_none());
    let named =
        few().take(NAMED).map(|few| format!("{} {}", wording::outlet(&few.outlet), few.rows));
    let list = named.collect::<Vec<_>>().join(", ");
    let more = match few().count().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    if !list.is_empty() {
        let line =
            format!("Outlets with fewer than {MIN_ROWS} rows, too few to tell: {list}{more}.");
        out.push_str(if table.rows.is_empty() { "\n" } else { "" });
        terminal::wrap(out, "", &line, 2);
    }
}

fn labels(scores: &Scores) -> Table {
    let names = ["rows", "predicted", "precision", "recall"];
    let row = |label: &LabelScores| {
        let counts = [label.rows, label.predicted].map(|count| count.to_string());
        let shares = [label.precision, label.recall].map(wording::figure);
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
