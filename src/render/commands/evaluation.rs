//! The scores of a model on labelled rows, for people and for programs.

use serde::Serialize;

use super::json::pretty;
use super::scores::{self, brief, by_outlet};
use crate::evaluate::{OutletScores, Scores};
use crate::render::cell::Cell;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::training::model_evaluation::ModelEvaluation;

/// For people: the scores, then each outlet.
pub fn text(found: &ModelEvaluation) -> String {
    let mut out = scores::text(&found.scores, Some(found.calibration_error_by_chance));
    out += &drawing(found);
    by_outlet(&mut out, &outlets(&found.outlets), &found.outlets);
    out
}

/// The scores on all sentences that the rows were drawn for, or why there are none.
fn drawing(found: &ModelEvaluation) -> String {
    if found.n_chosen > 0 {
        let mut out = String::from("\n");
        let refusal = format!(
            "Not weighted: {} of these rows were chosen to train on (column drawn), not drawn at random. \
             They are harder than most, and stand for no others.",
            found.n_chosen
        );
        terminal::paragraph(&mut out, &refusal);
        return out;
    }
    let Some(weighted) = &found.weighted else { return String::new() };
    format!(
        "\nWeighted by the drawing, for the {:.0} sentences that these rows were drawn from\n\
         macro-F1           {}\n\
         accuracy           {}\n",
        weighted.sentences,
        scores::estimate(weighted.macro_f1),
        scores::estimate(weighted.accuracy),
    )
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
