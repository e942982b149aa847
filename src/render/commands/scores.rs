//! Scores, for people.

use crate::cluster_bootstrap::Over;
use crate::evaluate::{Estimate, LabelScores, MIN_ROWS, OutletScores, Scores};
use crate::render::cell::Cell;
use crate::render::sanitize::tidy;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::render::wording;

/// Where scores would stand.
pub(super) const NOT_KNOWN: &str = "scores not known: too few sentences to hold any out\n";

/// Maximum number of outlets named that have too few rows.
const MOST_NAMED: usize = 8;

/// The scores with their intervals, the labels, and the confusion matrix. `by_chance` is the calibration
/// error that exact probabilities would show, where it is known.
pub(super) fn text(scores: &Scores, by_chance: Option<f64>) -> String {
    let by_chance = by_chance.map_or(String::new(), |error| {
        format!("  by chance alone  {error:.3}   (mean of exact probabilities on as many rows)\n")
    });
    let mut out = format!(
        "{} in {}{}\n\
         macro-F1           {}   (always the most frequent label: {:.3})\n\
         accuracy           {}\n\
         calibration error  {:.3}   (mean distance of confidence from accuracy, ten equal bins)\n\
         {by_chance}\
         Brier score        {:.3}\n\
         log-loss           {:.3}\n\n",
        wording::several(scores.rows as u64, "row"),
        wording::several(scores.articles as u64, "article"),
        over(scores),
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

/// What the intervals are over, where it is not articles.
fn over(scores: &Scores) -> &'static str {
    match scores.over {
        Some(Over::Sentences) => {
            ", too few to speak of others: intervals are over the sentences of these"
        }
        Some(Over::Articles) | None => "",
    }
}

/// A figure with its interval: `0.642 [0.615, 0.669]`.
pub(super) fn estimate(estimate: Estimate) -> String {
    with_interval(estimate, |value| format!("{value:.3}"), "too few for an interval")
}

/// The same in a table, which has less room.
pub(super) fn brief(estimate: Estimate) -> String {
    with_interval(estimate, |value| format!("{value:.3}"), "too few")
}

/// A difference with its interval: `+0.042 [+0.015, +0.069]`.
pub(super) fn signed(estimate: Estimate) -> String {
    // No figure is −0.
    let figure = |value: f64| format!("{:+.3}", (value * 1000.0).round() / 1000.0 + 0.0);
    with_interval(estimate, figure, "too few")
}

fn with_interval(estimate: Estimate, figure: fn(f64) -> String, too_few: &str) -> String {
    let interval = match estimate.interval {
        None => too_few.to_owned(),
        Some(interval) => format!("{}, {}", figure(interval.low), figure(interval.high)),
    };
    format!("{} [{interval}]", figure(estimate.value))
}

/// Appends a table of outlets; names those whose intervals are not over articles, and those that have too
/// few rows for it.
pub(super) fn by_outlet(out: &mut String, table: &Table, outlets: &[OutletScores]) {
    if !table.rows.is_empty() {
        out.push('\n');
        terminal::table(out, table);
    }
    let is_over_sentences = |outlet: &&OutletScores| {
        outlet.scores.as_ref().is_some_and(|scores| scores.over == Some(Over::Sentences))
    };
    let over_sentences =
        listed(outlets.iter().filter(is_over_sentences), |of| wording::outlet(&of.outlet));
    if !over_sentences.is_empty() {
        let line = format!("Intervals over sentences, articles being too few: {over_sentences}.");
        terminal::wrap(out, "", &line, 2);
    }
    let few = outlets.iter().filter(|outlet| outlet.scores.is_none());
    let list = listed(few, |few| format!("{} {}", wording::outlet(&few.outlet), few.rows));
    if !list.is_empty() {
        let line = format!("Outlets with fewer than {MIN_ROWS} rows, too few to tell: {list}.");
        out.push_str(if table.rows.is_empty() { "\n" } else { "" });
        terminal::wrap(out, "", &line, 2);
    }
}

/// The first of some outlets, each in words.
fn listed<'o>(
    outlets: impl Iterator<Item = &'o OutletScores> + Clone,
    in_words: impl Fn(&OutletScores) -> String,
) -> String {
    let list = outlets.clone().take(MOST_NAMED).map(in_words).collect::<Vec<_>>().join(", ");
    match outlets.count().saturating_sub(MOST_NAMED) {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}

fn labels(scores: &Scores) -> Table {
    Table::of(
        "By label",
        [
            (Column::text("label"), |label: &&LabelScores| Cell::text(tidy(&label.label))),
            (Column::number("rows"), |label| Cell::count(label.rows as u64)),
            (Column::number("predicted"), |label| Cell::count(label.predicted as u64)),
            (Column::number("precision"), |label| Cell::figure(label.precision)),
            (Column::number("recall"), |label| Cell::figure(label.recall)),
            (Column::text("F1 [95 %]"), |label| Cell::text(estimate(label.f1))),
        ],
        &scores.labels,
    )
}

fn confusion(scores: &Scores) -> Table {
    let names: Vec<&String> = scores.labels.iter().map(|label| &label.label).collect();
    let count = |count: &usize| Cell::count(*count as u64);
    let rows = scores.confusion.iter().map(|row| row.iter().map(count).collect());
    matrix("Confusion: rows by true label", ["true", "predicted"], &names, rows.collect())
}

/// Labels by labels: the name of the rows, and of the columns.
pub(super) fn matrix(
    caption: &str,
    [rows_are, columns_are]: [&str; 2],
    labels: &[&String],
    rows: Vec<Vec<Cell>>,
) -> Table {
    let columns = labels.iter().map(|label| Column::number(tidy(label)).of(columns_are));
    let row = |(label, cells): (&&String, Vec<Cell>)| {
        [Cell::text(tidy(label))].into_iter().chain(cells).collect()
    };
    Table {
        caption: caption.to_owned(),
        columns: [Column::text(rows_are)].into_iter().chain(columns).collect(),
        rows: labels.iter().zip(rows).map(row).collect(),
    }
}
