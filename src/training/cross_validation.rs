//! Cross-validation: every instance is scored by a model that was not trained on it.

use super::dataset::Dataset;

use super::fold_fit::{Fitted, ROUGH_TOLERANCE};
use super::folds::Folds;
use super::instance::Instance;
use super::preconditions::FEW_ROWS;
use super::training_set::TrainingSet;
use crate::error::Error;
use crate::evaluate::{self, ScoredExample};
use crate::model::calibration::Calibration;
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

/// The calibration on all out-of-fold scores, and the out-of-fold predictions, calibrated.
///
/// Without a base there is no calibration, with a warning, only where it cannot be fitted. A base's
/// weights hold the base's calibration; another one is used only where no label has few rows, and
/// where it gives better probabilities on rows that neither the model nor the calibration was
/// fitted on.
pub(super) fn calibrate(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    assignment: &[usize],
    settings: &Settings,
    warnings: &mut Vec<String>,
) -> (Calibration, Vec<ScoredExample>) {
    let none = Calibration::none(dataset.labels.len());
    let decision = Decision::balanced(settings.balance, &dataset.label_counts());
    if settings.is_uncalibrated {
        return (none, scored_examples(dataset, scores, &decision));
    }
    let truths: Vec<usize> = dataset.gold.iter().map(Instance::label).collect();
    let calibration = Calibration::fit(scores, &truths);
    let cross_calibrated = cross_calibrated(dataset, scores, assignment, &decision);
    if settings.base.is_some() {
        let uncalibrated = scored_examples(dataset, scores, &decision);
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

/// Out-of-fold predictions, each calibrated on the other folds.
fn cross_calibrated(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    assignment: &[usize],
    decision: &Decision,
) -> Vec<ScoredExample> {
    let mut calibrated = scores.to_vec();
    for fold in 0..=assignment.iter().copied().max().unwrap_or_default() {
        let (test, train): (Vec<usize>, Vec<usize>) =
            (0..assignment.len()).partition(|&row| assignment[row] == fold);
        let calibration = calibration_on(dataset, scores, &train);
        test.iter().for_each(|&row| calibrated[row] = calibration.apply(&scores[row]));
    }
    scored_examples(dataset, &calibrated, decision)
}

/// The calibration fitted on some of the rows; none where it cannot be fitted.
pub(super) fn calibration_on(
    dataset: &Dataset,
    scores: &[Vec<f64>],
    rows: &[usize],
) -> Calibration {
    let truths: Vec<usize> = rows.iter().map(|&row| dataset.gold[row].label()).collect();
    let scores: Vec<Vec<f64>> = rows.iter().map(|&row| scores[row].clone()).collect();
    Calibration::fit(&scores, &truths).unwrap_or_else(|_| Calibration::none(dataset.labels.len()))
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
