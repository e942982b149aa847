//! Cross-validation: every instance is scored by a model that was not trained on it.

use super::dataset::Dataset;

use super::fold_fit::{Fitted, ROUGH_TOLERANCE};
use super::folds::Folds;
use super::instance::Instance;
use super::preconditions::FEW_ROWS;
use super::training_set::TrainingSet;
use crate::error::Error;
use crate::evaluate::{self, ScoredExample};
use crate::model::calibration::{Calibration, Calibrations};
use crate::model::card::Settings;
use crate::model::decision::Decision;
use crate::model::softmax_regression::softmax;

/// The scores of every instance by a model that was not trained on it, for each penalty. One fold
/// after the other, since each takes much memory and every core. `assignment` is one of the folds'.
pub(super) fn cross_validate<'a>(
    training_set: &'a TrainingSet<'_>,
    folds: &Folds,
    assignment: &[usize],
    penalties: &[f64],
    start: Option<&Fitted<'a>>,
) -> Result<Vec<Vec<Vec<f64>>>, Error> {
    let by_fold: Vec<Vec<Vec<Vec<f64>>>> = folds
        .splits(training_set.dataset, assignment)
        .iter()
        .map(|split| {
            let fold = training_set.fold(&split.train);
            let mut before: Option<Fitted<'a>> = None;
            let mut scores = |&penalty: &f64| {
                let whole = fold.fit(penalty, before.as_ref().or(start), ROUGH_TOLERANCE)?;
                let scores = fold.prune(&whole, penalty, ROUGH_TOLERANCE)?.scores(&split.test);
                before = Some(whole);
                Ok(scores)
            };
            penalties.iter().map(&mut scores).collect()
        })
        .collect::<Result<_, Error>>()?;
    let mut next = vec![0; folds.how.folds];
    let mut by_penalty = vec![Vec::with_capacity(assignment.len()); penalties.len()];
    for &fold in assignment {
        for (scores, of_fold) in by_penalty.iter_mut().zip(&by_fold[fold]) {
            scores.push(of_fold[next[fold]].clone());
        }
        next[fold] += 1;
    }
    Ok(by_penalty)
}

/// The calibrations on all out-of-fold scores, and the out-of-fold predictions, calibrated.
///
/// Without a base there is no calibration, with a warning, only where it cannot be fitted. A base's
/// weights hold the base's calibration, and its `known` one for context stays; others are used only
/// where no label has few rows, and where they give better probabilities on rows that neither the model
/// nor the calibration was fitted on.
pub(super) fn calibrate(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    assignment: &[usize],
    settings: &Settings,
    known: Option<&Calibration>,
    warnings: &mut Vec<String>,
) -> (Calibrations, Vec<ScoredExample>) {
    let none = uncalibrated(dataset.labels.len(), known);
    let decision = Decision::balanced(settings.balance, &dataset.label_counts());
    if settings.is_uncalibrated {
        let temperature = settings.context_temperature;
        let context = temperature.map(|t| Calibration::temperature(dataset.labels.len(), t));
        let none = Calibrations { context: context.or(none.context), ..none };
        let calibrated = calibrated(dataset, scores, &none);
        return (none, scored_examples(dataset, &calibrated, &decision));
    }
    let rows: Vec<usize> = (0..dataset.gold.len()).collect();
    let calibration = fit_on(dataset, scores, &rows, known);
    let cross_calibrated = cross_calibrated(dataset, scores, assignment, known, &decision);
    if settings.base.is_some() {
        let uncalibrated = scored_examples(dataset, &calibrated(dataset, scores, &none), &decision);
        let suffice = dataset.label_counts().iter().all(|&count| count >= FEW_ROWS);
        let is_better = evaluate::log_loss(&cross_calibrated) < evaluate::log_loss(&uncalibrated);
        return match calibration {
            Ok(calibration) if suffice && is_better => (calibration, cross_calibrated),
            _ => (none, uncalibrated),
        };
    }
    let calibration = calibration.unwrap_or_else(|reason| {
        warnings.push(format!("probabilities are not calibrated: {reason}"));
        none
    });
    (calibration, cross_calibrated)
}

/// The scores as they are, but for what is known of context.
fn uncalibrated(n_labels: usize, known: Option<&Calibration>) -> Calibrations {
    Calibrations { first: Calibration::none(n_labels), context: known.cloned() }
}

/// The scores of all gold instances, calibrated.
fn calibrated(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    calibrations: &Calibrations,
) -> Vec<Vec<f64>> {
    let both = dataset.gold.iter().zip(scores);
    both.map(|(row, scores)| calibrations.apply(scores, row.input().is_context())).collect()
}

/// Out-of-fold predictions, each calibrated on the other folds.
fn cross_calibrated(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    assignment: &[usize],
    known: Option<&Calibration>,
    decision: &Decision,
) -> Vec<ScoredExample> {
    let mut calibrated = scores.to_vec();
    for fold in 0..=assignment.iter().copied().max().unwrap_or_default() {
        let (test, train): (Vec<usize>, Vec<usize>) =
            (0..assignment.len()).partition(|&row| assignment[row] == fold);
        let calibrations = calibration_on(dataset, scores, &train, known);
        test.iter().for_each(|&row| {
            let is_context = dataset.gold[row].input().is_context();
            calibrated[row] = calibrations.apply(&scores[row], is_context);
        });
    }
    scored_examples(dataset, &calibrated, decision)
}

/// The calibrations fitted on some of the rows; none where they cannot be fitted.
pub(super) fn calibration_on(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    rows: &[usize],
    known: Option<&Calibration>,
) -> Calibrations {
    let fitted = fit_on(dataset, scores, rows, known);
    fitted.unwrap_or_else(|_| uncalibrated(dataset.labels.len(), known))
}

fn fit_on(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    rows: &[usize],
    known: Option<&Calibration>,
) -> Result<Calibrations, String> {
    let of = |row: &usize| &dataset.gold[*row];
    let truths: Vec<usize> = rows.iter().map(|row| of(row).label()).collect();
    let is_context: Vec<bool> = rows.iter().map(|row| of(row).input().is_context()).collect();
    let scores: Vec<Vec<f64>> = rows.iter().map(|&row| scores[row].clone()).collect();
    Calibrations::fit(&scores, &truths, &is_context, known)
}

/// The scores of all gold instances as probabilities, beside their labels.
pub(super) fn scored_examples(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    decision: &Decision,
) -> Vec<ScoredExample> {
    let pairs = dataset.gold.iter().zip(scores);
    pairs.map(|(instance, scores)| scored_example(instance, scores.clone(), decision)).collect()
}

/// An instance's scores as probabilities, beside its label.
pub(super) fn scored_example(
    instance: &Instance,
    scores: Vec<f64>,
    decision: &Decision,
) -> ScoredExample {
    let mut probabilities = scores;
    softmax(&mut probabilities);
    ScoredExample {
        truth: instance.label(),
        predicted: decision.label(&probabilities),
        probabilities,
        article: instance.article,
    }
}
