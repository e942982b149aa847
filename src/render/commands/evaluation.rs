//! How well a model does on labelled rows, for people and for programs.

use serde::Serialize;

use super::json::pretty;
use super::scores::{self, by_outlet};
use crate::evaluate::OutletScores;
use crate::render::cell::Cell;
use crate::render::table::{Column, Table};
use crate::training::evaluation::Evaluation;

/// For people: the scores, then each outlet.
pub fn text(found: &Evaluation) -> String {
    let mut out = scores::text(&found.scores, Some(found.calibration_error_by_chance));
    by_outlet(&mut out, &outlets(&found.outlets), &found.outlets);
    out
}

/// For programs: every figure, and which model it is of.
pub fn json(found: &Evaluation, model: &str) -> String {
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        model: &'a str,
        #[serde(flatten)]
        found: &'a Evaluation,
    }
    pretty(&Answer { format: 1, model, found })
}

fn outlets(outlets: &[OutletScores]) -> Table {
    let row = |outlet: &OutletScores| {
        let scores = outlet.scores.as_ref()?;
        Some(vec![
            Cell::outlet(&outlet.outlet),
            Cell::count(outlet.rows as u64),
            Cell::text(scores::brief(scores.accuracy)),
            Cell::text(scores::brief(scores.macro_f1)),
            Cell::figure(Some(scores.calibration_error)),
            Cell::figure(outlet.calibration_error_by_chance),
            Cell::figure(Some(scores.brier)),
        ])
    };
    Table {
        caption: "By outlet".to_string(),
        columns: vec![
            Column::text("outlet"),
            Column::number("rows"),
            Column::text("accuracy [95 %]"),
            Column::text("macro-F1 [95 %]"),
            Column::number("calibration"),
            Column::number("by chance"),
            Column::number("Brier"),
        ],
        rows: outlets.iter().filter_map(row).collect(),
    }
}
