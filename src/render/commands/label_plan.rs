//! How many hand labels are needed for intervals of a given width.

use serde::Serialize;

use super::json::pretty;
use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::render::wording;
use crate::report::{Plan, Report};
use crate::statistics::prediction_powered::MIN_LABELS;

/// For people: a row per outlet, target and voice.
pub fn text(report: &Report, plans: &[Plan], halves: &[f64]) -> String {
    let mut out = String::new();
    let mut columns = ["outlet", "voice"].map(Column::text).to_vec();
    columns.extend(["sentences", "labelled", "now ±", "label"].map(Column::number));
    let wanted = halves.iter().map(|half| format!("±{}", points(*half)));
    columns.extend(wanted.map(|width| Column::number(width).of("labels for")));
    let row = |plan: &Plan| {
        let mut row = vec![
            Cell::outlet(&plan.outlet),
            Cell::text(plan.voice.name()),
            Cell::count(plan.sentences),
            Cell::count(plan.labelled),
            Cell::maybe(plan.now, |half| Cell::text(points(half))),
            Cell::text(sanitize::name(plan.label.name())),
        ];
        row.extend(plan.needed.iter().map(|needed| match needed {
            Some(needed) => Cell::count(*needed.max(&least(plan))),
            None => Cell::text("all"),
        }));
        row
    };
    for target in &report.targets {
        let of_target = plans.iter().filter(|plan| plan.target == target.name);
        let rows = of_target.map(row).collect();
        let table = Table { caption: wording::target(target), columns: columns.clone(), rows };
        terminal::table(&mut out, &table);
        out.push('\n');
    }
    explain(&mut out, plans);
    out
}

fn explain(out: &mut String, plans: &[Plan]) {
    terminal::paragraph(
        out,
        "Hand labels of random sentences needed in all (not more), for 95 % intervals that reach so \
         many points to either side; of the label that needs most. “all”: label every sentence. \
         Below 30 labels nothing is said, whatever the formula allows.",
    );
    let n_assumed = plans.iter().filter(|plan| !plan.is_measured).count();
    if n_assumed > 0 {
        let assumed = format!(
            "In {n_assumed} of {} rows nothing is measured yet: they take the model's probabilities \
             to be right here and sentences to be independent, so more may be needed.",
            plans.len()
        );
        terminal::paragraph(out, &assumed);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "30")]
fn least(plan: &Plan) -> u64 {
    (MIN_LABELS as u64).min(plan.sentences)
}

fn points(half: f64) -> String {
    format!("{:.0}", half * 100.0)
}

/// For programs. Widths are shares of 1; `needed` is null where all sentences would not do.
pub fn json(plans: &[Plan], halves: &[f64]) -> String {
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        half_widths: &'a [f64],
        plans: &'a [Plan],
    }
    pretty(&Answer { format: 1, half_widths: halves, plans })
}
