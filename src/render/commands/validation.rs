//! Harder questions than cross-validation asks, and the learning curve.

use super::scores::{brief, by_outlet};
use crate::evaluate::{Estimate, OutletScores};
use crate::render::cell::Cell;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::training::validation::{
    Ablation, Comparison, HeldOut, LearningCurvePoint, ValidationMethod,
};

/// A share of rows whose lack can be felt.
const NOTABLY_FEWER: f64 = 0.05;

/// What changed when more than whole articles was held out.
pub fn comparison(compared: &Comparison) -> String {
    let mut out = String::from("\n");
    terminal::table(&mut out, &both(compared));
    terminal::wrap(&mut out, "", &verdict(compared), 0);
    if compared.plan.n_unknown > 0 {
        let column = match compared.plan.way {
            ValidationMethod::Outlets => "outlet",
            ValidationMethod::Time => "date",
        };
        out += &format!(
            "{} rows have no {column}: they are learnt from and never held out.\n",
            compared.plan.n_unknown
        );
    }
    if compared.plan.way == ValidationMethod::Outlets {
        by_outlet(&mut out, &outlets(compared), &compared.held_out_by_outlet);
    }
    out
}

/// How the scores grow with the labels.
pub fn learning_curve(steps: &[LearningCurvePoint]) -> String {
    let row = |step: &LearningCurvePoint| {
        let scores = step.scores.as_ref();
        vec![
            Cell::text(format!("{:.0} %", step.share * 100.0)),
            Cell::weight(step.learnt_from),
            scores
                .map_or_else(|| Cell::text("too few labels"), |of| Cell::text(brief(of.macro_f1))),
            scores.map_or_else(Cell::missing, |scores| Cell::text(brief(scores.accuracy))),
            step.gain.map_or_else(Cell::missing, |gain| Cell::text(signed(gain))),
        ]
    };
    let mut out = String::from("\n");
    let caption =
        "Learning curve: all rows, judged by models that learnt from a share of the labels";
    terminal::table(
        &mut out,
        &Table {
            caption: caption.to_string(),
            columns: vec![
                Column::number("labels"),
                Column::number("learnt from"),
                Column::text("macro-F1 [95 %]"),
                Column::text("accuracy [95 %]"),
                Column::text("macro-F1 gained [95 %]"),
            ],
            rows: steps.iter().map(row).collect(),
        },
    );
    out
}

/// What each kind of features brings.
pub fn ablation(steps: &[Ablation]) -> String {
    let row = |step: &Ablation| {
        vec![
            Cell::text(step.without.map_or("everything".into(), |part| format!("without {part}"))),
            Cell::text(brief(step.scores.macro_f1)),
            step.loss.map_or_else(Cell::missing, |loss| Cell::text(signed(loss))),
            Cell::text(format!("{:.4}", step.scores.log_loss)),
        ]
    };
    let mut out = String::from("\n");
    terminal::table(
        &mut out,
        &Table {
            caption: "Ablation: all rows, judged without one kind of features".to_string(),
            columns: vec![
                Column::text("features"),
                Column::text("macro-F1 [95 %]"),
                Column::text("macro-F1 lost [95 %]"),
                Column::number("log-loss"),
            ],
            rows: steps.iter().map(row).collect(),
        },
    );
    out
}

fn both(compared: &Comparison) -> Table {
    let rows = compared.held_out.scores.rows;
    let caption = match (compared.plan.way, compared.plan.from) {
        (ValidationMethod::Time, Some(day)) => {
            format!("Latest days: the same {rows} rows, from {day} on, judged twice")
        }
        _ => format!("Whole outlets: the same {rows} rows, judged twice"),
    };
    let what = match compared.plan.way {
        ValidationMethod::Outlets => "whole outlets",
        ValidationMethod::Time => "all later days",
    };
    let row = |what: &str, held: &HeldOut| {
        let scores = &held.scores;
        vec![
            Cell::text(what),
            Cell::count(held.parts as u64),
            Cell::weight(held.learnt_from),
            Cell::text(brief(scores.macro_f1)),
            Cell::text(brief(scores.accuracy)),
            Cell::figure(Some(scores.calibration_error)),
        ]
    };
    Table {
        caption,
        columns: vec![
            Column::text("held out"),
            Column::number("parts"),
            Column::number("learnt from"),
            Column::text("macro-F1 [95 %]"),
            Column::text("accuracy [95 %]"),
            Column::number("calibration"),
        ],
        rows: vec![row("whole articles", &compared.articles), row(what, &compared.held_out)],
    }
}

/// What the difference says, and whether chance can explain it.
fn verdict(compared: &Comparison) -> String {
    let (name, place) = match compared.plan.way {
        ValidationMethod::Outlets => ("Outlet leak", "on an outlet that it has never read"),
        ValidationMethod::Time => ("Ageing", "on days after all that it learnt from"),
    };
    let fall = brief(compared.fall);
    let reading = match compared.fall.interval {
        None => "too few articles to tell it from chance".to_string(),
        Some(interval) if interval.low > 0.0 => format!("the model does worse {place}"),
        Some(interval) if interval.high < 0.0 => format!("the model does better {place}"),
        Some(_) => "chance alone can explain it".to_string(),
    };
    let fewer = 1.0 - compared.held_out.learnt_from / compared.articles.learnt_from;
    let caution = match fewer > NOTABLY_FEWER {
        true => {
            format!(" It learnt from {:.0} % fewer rows, which costs something too.", fewer * 100.0)
        }
        false => String::new(),
    };
    format!("{name}: {fall} of macro-F1 is lost; {reading}.{caution}")
}

fn outlets(compared: &Comparison) -> Table {
    let both = compared.articles_by_outlet.iter().zip(&compared.held_out_by_outlet);
    let row = |(articles, held): (&OutletScores, &OutletScores)| {
        let (before, after) = (articles.scores.as_ref()?, held.scores.as_ref()?);
        Some(vec![
            Cell::outlet(&held.outlet),
            Cell::count(after.rows as u64),
            Cell::count(after.articles as u64),
            Cell::text(brief(before.accuracy)),
            Cell::text(brief(after.accuracy)),
        ])
    };
    Table {
        caption: "Accuracy on each outlet, with whole articles and with the outlet held out".into(),
        columns: vec![
            Column::text("outlet"),
            Column::number("rows"),
            Column::number("articles"),
            Column::text("articles [95 %]"),
            Column::text("outlet [95 %]"),
        ],
        rows: both.filter_map(row).collect(),
    }
}

/// A difference with its interval: `+0.042 [+0.015, +0.069]`.
pub(super) fn signed(estimate: Estimate) -> String {
    // No figure is −0.
    let figure = |value: f64| format!("{:+.3}", (value * 1000.0).round() / 1000.0 + 0.0);
    let value = figure(estimate.value);
    match estimate.interval {
        Some(interval) => format!("{value} [{}, {}]", figure(interval.low), figure(interval.high)),
        None => format!("{value} [too few]"),
    }
}
