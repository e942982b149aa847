//! Scores with whole outlets or later days held out, the learning curve, and ablations.

use super::scores::{brief, by_outlet, signed};
use crate::evaluate::{OutletScores, Scores};
use crate::render::cell::Cell;
use crate::render::table::{Column, Columns, Table};
use crate::render::{terminal, wording};
use crate::training::generalization::{
    Ablation, BatchAgreement, Comparison, HeldOutScores, LearningCurvePoint, ValidationMethod,
};
use crate::training::stopping_rule::{AGREEMENT, BATCH, WINDOW};

/// From this share of fewer training rows on, the comparison says so.
const NOTABLY_FEWER: f64 = 0.05;

/// How scores change when whole outlets or all later days are held out.
pub fn comparison(compared: &Comparison) -> String {
    let mut out = String::from("\n");
    terminal::table(&mut out, &both(compared));
    terminal::paragraph(&mut out, &verdict(compared));
    if compared.holdout.n_unknown > 0 {
        let column = match compared.holdout.method {
            ValidationMethod::Outlets => "outlet",
            ValidationMethod::Time => "date",
        };
        out += &format!(
            "{} rows have no {column}: they are learnt from and never held out.\n",
            compared.holdout.n_unknown
        );
    }
    if compared.holdout.method == ValidationMethod::Outlets {
        by_outlet(&mut out, &outlets(compared), &compared.held_out_by_outlet);
    }
    out
}

/// How the scores grow with the labels.
pub fn learning_curve(steps: &[LearningCurvePoint]) -> String {
    let columns: Columns<&LearningCurvePoint, 5> = [
        (Column::number("labels"), |step| Cell::text(format!("{:.0} %", step.share * 100.0))),
        (Column::number("learnt from"), |step| Cell::weight(step.n_train)),
        (Column::text("macro-F1 [95 %]"), |step| match &step.scores {
            None => Cell::text("too few labels"),
            Some(scores) => Cell::text(brief(scores.macro_f1)),
        }),
        (Column::text("accuracy [95 %]"), |step| {
            Cell::maybe(step.scores.as_ref(), |scores| Cell::text(brief(scores.accuracy)))
        }),
        (Column::text("macro-F1 gained [95 %]"), |step| {
            Cell::maybe(step.gain, |gain| Cell::text(signed(gain)))
        }),
    ];
    let caption =
        "Learning curve: all rows, judged by models that learnt from a share of the labels";
    let mut out = alone(&Table::of(caption, columns, steps));
    if let [.., before, last] = steps {
        terminal::paragraph(&mut out, &slope(before, last));
    }
    out
}

/// What the last labels brought, and whether more of them may pay.
fn slope(before: &LearningCurvePoint, last: &LearningCurvePoint) -> String {
    let more = (last.n_train - before.n_train).round();
    let Some(gain) = last.gain.filter(|_| more > 0.0) else {
        return "Too few articles to tell what the last labels brought.".to_string();
    };
    let conclusion = match gain.interval {
        None => "too few articles to tell it from chance".to_string(),
        Some(interval) if interval.low > 0.0 => {
            format!("more labels pay, though the next {more:.0} will hardly bring more than these")
        }
        Some(interval) if interval.high < 0.0 => {
            "they did harm: look at them again, with --suspects".to_string()
        }
        Some(_) => "chance alone can explain it".to_string(),
    };
    format!("The last {more:.0} labels changed macro-F1 by {}: {conclusion}.", signed(gain))
}

/// Whether the last batches of labels still changed the model.
pub fn batch_agreement(found: &BatchAgreement) -> String {
    let mut out = String::from("\n");
    let columns: Columns<(usize, Option<f64>), 2> = [
        (Column::number("learnt from"), |(n, _)| Cell::count(*n as u64)),
        (Column::number("kappa with the model before"), |(_, kappa)| Cell::figure(*kappa)),
    ];
    let caption = format!(
        "When to stop: successive models, compared on {} of the stop set",
        wording::several(found.n_sentences as u64, "sentence")
    );
    let kappas = std::iter::once(None).chain(found.agreements.iter().copied());
    let rows = found.n_train.iter().copied().zip(kappas);
    terminal::table(&mut out, &Table::of(caption, columns, rows));
    terminal::paragraph(&mut out, &advice(found));
    out
}

/// Whether to label on.
pub fn advice(found: &BatchAgreement) -> String {
    let Some(mean) = found.stability.mean else {
        return format!(
            "Three agreements are needed to tell whether labels still change the model. Label on, to {} \
             sentences at least.",
            (WINDOW + 1) * BATCH
        );
    };
    match found.stability.is_reached {
        true => format!(
            "Mean kappa {mean:.3}, at least {AGREEMENT}: more labels of this kind hardly change the \
             model. Stop, or label sentences of another kind. Stable is not right: the scores above say \
             how often it errs."
        ),
        false => format!(
            "Mean kappa {mean:.3}, below {AGREEMENT}: the last labels still changed the model. Label on."
        ),
    }
}

/// What each kind of features adds.
pub fn ablation(steps: &[Ablation]) -> String {
    let columns: Columns<&Ablation, 4> = [
        (Column::text("features"), |step| match step.without {
            None => Cell::text("everything"),
            Some(part) => Cell::text(format!("without {part}")),
        }),
        (Column::text("macro-F1 [95 %]"), |step| Cell::text(brief(step.scores.macro_f1))),
        (Column::text("macro-F1 lost [95 %]"), |step| {
            Cell::maybe(step.loss, |loss| Cell::text(signed(loss)))
        }),
        (Column::number("log-loss"), |step| Cell::text(format!("{:.4}", step.scores.log_loss))),
    ];
    let caption = "Ablation: all rows, judged without one kind of features";
    alone(&Table::of(caption, columns, steps))
}

/// A table below an empty line.
fn alone(table: &Table) -> String {
    let mut out = String::from("\n");
    terminal::table(&mut out, table);
    out
}

/// The scores with whole articles held out and with more.
fn both(compared: &Comparison) -> Table {
    let rows = compared.held_out.scores.rows;
    let caption = match (compared.holdout.method, compared.holdout.from) {
        (ValidationMethod::Time, Some(day)) => {
            format!("Latest days: the same {rows} rows, from {day} on, judged twice")
        }
        _ => format!("Whole outlets: the same {rows} rows, judged twice"),
    };
    let what = match compared.holdout.method {
        ValidationMethod::Outlets => "whole outlets",
        ValidationMethod::Time => "all later days",
    };
    let columns: Columns<(&str, &HeldOutScores), 6> = [
        (Column::text("held out"), |(what, _)| Cell::text(*what)),
        (Column::number("parts"), |(_, held)| Cell::count(held.parts as u64)),
        (Column::number("learnt from"), |(_, held)| Cell::weight(held.n_train)),
        (Column::text("macro-F1 [95 %]"), |(_, held)| Cell::text(brief(held.scores.macro_f1))),
        (Column::text("accuracy [95 %]"), |(_, held)| Cell::text(brief(held.scores.accuracy))),
        (Column::number("calibration"), |(_, held)| {
            Cell::figure(Some(held.scores.calibration_error))
        }),
    ];
    let rows = [("whole articles", &compared.articles), (what, &compared.held_out)];
    Table::of(caption, columns, rows)
}

/// What the difference shows, and whether chance can explain it.
fn verdict(compared: &Comparison) -> String {
    let (name, place) = match compared.holdout.method {
        ValidationMethod::Outlets => ("Outlet leak", "on an outlet that it has never read"),
        ValidationMethod::Time => ("Ageing", "on days after all that it learnt from"),
    };
    let fall = brief(compared.fall);
    let conclusion = match compared.fall.interval {
        None => "too few articles to tell it from chance".to_string(),
        Some(interval) if interval.low > 0.0 => format!("the model does worse {place}"),
        Some(interval) if interval.high < 0.0 => format!("the model does better {place}"),
        Some(_) => "chance alone can explain it".to_string(),
    };
    let fewer = 1.0 - compared.held_out.n_train / compared.articles.n_train;
    let caution = match fewer > NOTABLY_FEWER {
        true => {
            format!(" It learnt from {:.0} % fewer rows, which costs something too.", fewer * 100.0)
        }
        false => String::new(),
    };
    format!("{name}: {fall} of macro-F1 is lost; {conclusion}.{caution}")
}

fn outlets(compared: &Comparison) -> Table {
    let columns: Columns<(&OutletScores, &Scores, &Scores), 5> = [
        (Column::text("outlet"), |(outlet, ..)| Cell::outlet(&outlet.outlet)),
        (Column::number("rows"), |(_, _, held)| Cell::count(held.rows as u64)),
        (Column::number("articles"), |(_, _, held)| Cell::count(held.articles as u64)),
        (Column::text("articles [95 %]"), |(_, whole, _)| Cell::text(brief(whole.accuracy))),
        (Column::text("outlet [95 %]"), |(_, _, held)| Cell::text(brief(held.accuracy))),
    ];
    let both = compared.articles_by_outlet.iter().zip(&compared.held_out_by_outlet);
    let rows = both.filter_map(|(articles, held)| {
        Some((held, articles.scores.as_ref()?, held.scores.as_ref()?))
    });
    let caption = "Accuracy on each outlet, with whole articles and with the outlet held out";
    Table::of(caption, columns, rows)
}
