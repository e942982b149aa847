//! How far coders agree.

use serde::Serialize;

use super::json::pretty;
use super::scores;
use crate::agreement::coder_labels::CoderLabels;
use crate::agreement::{Figure, Metric};
use crate::cluster_bootstrap::Resampling;
use crate::evaluate::Estimate;
use crate::render::cell::Cell;
use crate::render::sanitize::tidy;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::render::wording::{NONE, figure, several};

/// Maximum number of disagreements listed for people.
const MOST_LISTED: usize = 20;

/// The usual alpha: two labels are the same or not.
const NOMINAL: Figure = Figure::Alpha(Metric::Nominal);

/// For people: agreement, the coincidence matrix, and where coders differ.
pub fn text(coding: &CoderLabels, draw: Resampling) -> String {
    let figure = |figure| estimate(coding.codes.estimate(figure, draw));
    let mut out = format!(
        "{}\n\n\
         percent agreement     {}\n\
         Krippendorff's alpha  {}\n\
         \u{20} labels in order     {}   (ordinal, in the order of the table)\n\
         Gwet's AC1            {}\n",
        scope(coding),
        figure(Figure::PercentAgreement),
        figure(NOMINAL),
        figure(Figure::Alpha(Metric::Ordinal)),
        figure(Figure::Ac1),
    );
    terminal::paragraph(&mut out, interpretation(coding));
    let resamples = draw.resamples;
    let brackets = format!("In brackets: 95 % intervals over items ({resamples} resamples).");
    terminal::paragraph(&mut out, &brackets);
    out.push('\n');
    terminal::table(&mut out, &labels(coding, draw));
    out.push('\n');
    terminal::table(&mut out, &coincidences(coding));
    disagreements(&mut out, coding);
    out
}

fn disagreements(out: &mut String, coding: &CoderLabels) {
    let differing = coding.disagreements().count();
    *out += &format!("\nCoders differ on {differing} items");
    *out += if differing > MOST_LISTED { "; the first are:\n" } else { ":\n" };
    for (item, codes) in coding.disagreements().take(MOST_LISTED) {
        let (id, target, text) = (tidy(&item.id), tidy(&item.target), tidy(&item.text));
        let line = format!("{id}: {} [{target}] {text}", codes_by_coder(coding, codes));
        terminal::wrap(out, "  ", &line, 4);
    }
}

/// For programs.
pub fn json(coding: &CoderLabels, draw: Resampling) -> String {
    /// `codes` stand in the order of the coders; null where one did not code the item.
    #[derive(Serialize)]
    struct Disagreement<'a> {
        id: &'a str,
        target: &'a str,
        text: &'a str,
        codes: Vec<Option<&'a str>>,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        items: usize,
        items_coded_twice: usize,
        missing_codes: usize,
        rows_without_coder: usize,
        coders: &'a [String],
        labels: &'a [String],
        label_counts: Vec<usize>,
        percent_agreement: Option<Estimate>,
        alpha_nominal: Option<Estimate>,
        alpha_ordinal: Option<Estimate>,
        alpha_by_label: Vec<Option<Estimate>>,
        ac1: Option<Estimate>,
        coincidences: Vec<Vec<f64>>,
        disagreements: Vec<Disagreement<'a>>,
        resamples: usize,
        seed: u64,
    }
    let codes = &coding.codes;
    let label = |code: &Option<usize>| code.map(|label| coding.labels[label].as_str());
    let disagreements = coding.disagreements().map(|(item, codes)| Disagreement {
        id: &item.id,
        target: &item.target,
        text: &item.text,
        codes: codes.iter().map(label).collect(),
    });
    let by_label = |label| codes.estimate(Figure::AlphaOf(label), draw);
    pretty(&Answer {
        format: 2,
        items: coding.items.len(),
        items_coded_twice: coding.n_coded_twice(),
        missing_codes: missing(coding),
        rows_without_coder: coding.n_without_coder,
        coders: &coding.coders,
        labels: &coding.labels,
        label_counts: codes.label_counts(),
        percent_agreement: codes.estimate(Figure::PercentAgreement, draw),
        alpha_nominal: codes.estimate(NOMINAL, draw),
        alpha_ordinal: codes.estimate(Figure::Alpha(Metric::Ordinal), draw),
        alpha_by_label: (0..coding.labels.len()).map(by_label).collect(),
        ac1: codes.estimate(Figure::Ac1, draw),
        coincidences: codes.coincidences(),
        disagreements: disagreements.collect(),
        resamples: draw.resamples,
        seed: draw.seed,
    })
}

/// How many items, and by which coders.
fn scope(coding: &CoderLabels) -> String {
    let coders = tidy(&coding.coders.join(", "));
    let items = |n: usize| several(n as u64, "item");
    let mut scope = format!("{}, coders {coders}", items(coding.items.len()));
    match missing(coding) {
        0 => {}
        codes => {
            let twice = coding.n_coded_twice();
            let have = if twice == 1 { "has" } else { "have" };
            let are = if codes == 1 { "is" } else { "are" };
            let codes = several(codes as u64, "code");
            scope += &format!("; {} {have} two codes or more, {codes} {are} missing", items(twice));
        }
    }
    match coding.n_without_coder {
        0 => {}
        1 => scope += "; 1 row names no coder and is left out",
        rows => scope += &format!("; {rows} rows name no coder and are left out"),
    }
    scope
}

fn missing(coding: &CoderLabels) -> usize {
    coding.codes.units.iter().flatten().filter(|code| code.is_none()).count()
}

fn estimate(estimate: Option<Estimate>) -> String {
    let value = figure(estimate.map(|estimate| estimate.value));
    match estimate.and_then(|estimate| estimate.interval) {
        Some(interval) => format!("{value} [{:.3}, {:.3}]", interval.low, interval.high),
        None => value,
    }
}

/// What an alpha allows (Krippendorff 2004).
fn interpretation(coding: &CoderLabels) -> &'static str {
    match coding.codes.figure(NOMINAL) {
        None if coding.n_coded_twice() == 0 => {
            "no item was coded twice, so agreement cannot be told: coders must label the same items, \
             with the same article_id, text and target"
        }
        None => "all items coded twice have one and the same label, so alpha is not defined",
        Some(alpha) if alpha >= 0.8 => "alpha of 0.80 or more: firm enough to report",
        Some(alpha) if alpha >= 0.667 => "alpha of 0.667 to 0.80: tentative conclusions only",
        Some(_) => "alpha below 0.667: do not report as a finding; mend the codebook first",
    }
}

/// How often each label is given, and its alpha against all others.
fn labels(coding: &CoderLabels, draw: Resampling) -> Table {
    let counts = coding.codes.label_counts();
    let n_codes: usize = counts.iter().sum();
    let row = |(index, label): (usize, &String)| {
        let share = 100.0 * counts[index] as f64 / n_codes as f64;
        let alpha = estimate(coding.codes.estimate(Figure::AlphaOf(index), draw));
        vec![
            Cell::text(tidy(label)),
            Cell::count(counts[index] as u64),
            Cell::text(format!("{share:.0}")),
            Cell::text(alpha),
        ]
    };
    let names = ["codes", "%", "alpha [95 %]"].map(Column::number);
    Table {
        caption: "Labels; alpha of each against all others".to_string(),
        columns: [Column::text("label")].into_iter().chain(names).collect(),
        rows: coding.labels.iter().enumerate().map(row).collect(),
    }
}

fn coincidences(coding: &CoderLabels) -> Table {
    let names: Vec<&String> = coding.labels.iter().collect();
    let count = |count: &f64| Cell::text(coincidence(*count));
    let rows = coding.codes.coincidences();
    let rows = rows.iter().map(|row| row.iter().map(count).collect()).collect();
    let caption = "Coincidences: how often two codes of one item meet";
    scores::matrix(caption, ["one coder", "other coder"], &names, rows)
}

/// A whole number with two coders; with more, the pairs of an item share its weight.
fn coincidence(count: f64) -> String {
    if (count - count.round()).abs() < 1e-9 { format!("{count:.0}") } else { format!("{count:.1}") }
}

fn codes_by_coder(coding: &CoderLabels, codes: &[Option<usize>]) -> String {
    let name = |code: &Option<usize>| code.map_or(NONE, |label| &coding.labels[label]).to_string();
    let codes =
        coding.coders.iter().zip(codes).map(|(coder, code)| format!("{coder} {}", name(code)));
    tidy(&codes.collect::<Vec<_>>().join(", "))
}
