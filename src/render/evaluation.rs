//! How well a model does on labelled rows, for people and for programs.

use serde::Serialize;

use super::scores::{by_outlet, column};
use super::table::{Kind, Table};
use super::{scores, wording};
use crate::evaluate::OutletScores;
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
    super::pretty(&Answer { format: 1, model, found })
}

fn outlets(outlets: &[OutletScores]) -> Table {
    let row = |outlet: &OutletScores| {
        let scores = outlet.scores.as_ref()?;
        Some(vec![
            wording::outlet(&outlet.outlet),
            outlet.rows.to_string(),
            scores::brief(scores.accuracy),
            scores::brief(scores.macro_f1),
            format!("{:.3}", scores.calibration_error),
            wording::figure(outlet.calibration_error_by_chance),
            format!("{:.3}", scores.brier),
        ])
    };
    Table {
        caption: "By outlet".to_string(),
        columns: vec![
            column("outlet", Kind::Words),
            column("rows", Kind::Figures),
            column("accuracy [95 %]", Kind::Words),
            column("macro-F1 [95 %]", Kind::Words),
            column("calibration", Kind::Figures),
            column("by chance", Kind::Figures),
            column("Brier", Kind::Figures),
        ],
        rows: outlets.iter().filter_map(row).collect(),
    }
}
