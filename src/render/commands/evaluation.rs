//! The scores of a model on labelled rows, for people and for programs.

use serde::Serialize;

use super::json::pretty;
use super::scores::{self, brief, by_outlet};
use crate::evaluate::{OutletScores, Scores};
use crate::render::cell::Cell;
use crate::render::table::{Column, Table};
use crate::training::model_evaluation::ModelEvaluation;

/// For people: the scores, then each outlet.
pub fn text(found: &ModelEvaluation) -> String {
    let mut out = scores::text(&found.scores, Some(found.calibration_error_by_chance));
    by_outlet(&mut out, &outlets(&found.outlets), &found.outlets);
    out
}

/// For programs: every figure, and which model it is of.
pub fn json(found: &ModelEvaluation, model: &str) -> String {
    #[derive(Serialize)]
    struct Answer<'a> {
        format: u32,
        model: &'a str,
        #[serde(flatten)]
        found: &'a ModelEvaluation,
    }
    pretty(&Answer { format: 1, model, found })
}

fn outlets(outlets: &[OutletScores]) -> Table {
    Table::of(
        "By outlet",
        [
            (Column::text("outlet"), |(outlet, _): &(&OutletScores, &Scores)| {
                Cell::outlet(&outlet.outlet)
            }),
            (Column::number("rows"), |(outlet, _)| Cell::count(outlet.rows as u64)),
            (Column::text("accuracy [95 %]"), |(_, scores)| Cell::text(brief(scores.accuracy))),
            (Column::text("macro-F1 [95 %]"), |(_, scores)| Cell::text(brief(scores.macro_f1))),
            (Column::number("calibration"), |(_, scores)| {
                Cell::figure(Some(scores.calibration_error))
            }),
            (Column::number("by chance"), |(outlet, _)| {
                Cell::figure(outlet.calibration_error_by_chance)
            }),
            (Column::number("Brier"), |(_, scores)| Cell::figure(Some(scores.brier))),
        ],
        outlets.iter().filter_map(|outlet| Some((outlet, outlet.scores.as_ref()?))),
    )
}
