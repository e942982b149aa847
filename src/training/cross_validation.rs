//! Cross-validation: every instance is scored by a model that was not trained on it.

use super::dataset::Dataset;

use super::fold_assignment;
use super::fold_fit::{Fitted, ROUGH_TOLERANCE};
use super::instance::Instance;
use super::preconditions::FEW_ROWS;
use super::train_test_split::TrainTestSplit;
use super::training_set::TrainingSet;
use crate::error::Error;
use crate::evaluate::{self, ScoredExample};
use crate::model::calibration::Calibration;
use crate::model::card::Settings;
use crate::model::softmax_regression::softmax;

/// The fold of every instance. Every label must be left to train on whichever fold is held out,
/// unless a base knows it.
pub(super) fn folds(dataset: &Dataset, settings: &Settings) -> Result<Vec<usize>, Error> {
    let labels: Vec<usize> = dataset.gold.iter().map(Instance::label).collect();
    let groups: Vec<usize> = dataset.gold.iter().map(|instance| instance.group).collect();
    let folds = fold_assignment::folds(&labels, &groups, settings.folds, settings.seed);
    for fold in 0..settings.folds {
        for (index, label) in dataset.labels.iter().enumerate() {
            let is_left = labels.iter().zip(&folds).any(|(&l, &f)| l == index && f != fold);
            if !is_left && settings.base.is_none() {
                return Err(Error::Training(format!(
                    "all rows labelled {label} fall into one fold; label it in at least two \
                     articles, or give fewer folds than {}",
                    settings.folds
                )));
            }
        }
    }
    Ok(folds)
}

/// For each fold: its instances, and all that may be trained on when they are held out.
pub(super) fn splits(dataset: &Dataset, folds: &[usize], n_folds: usize) -> Vec<TrainTestSplit> {
    (0..n_folds)
        .map(|fold| TrainTestSplit::new(dataset, |row| folds[row] == fold, |_| true))
        .collect()
}

/// The scores of every instance by a model that was not trained on it, for each penalty. One fold
/// after the other, since each takes much memory and every core.
pub(super) fn cross_validate<'a>(
    training_set: &'a TrainingSet<'_>,
    folds: &[usize],
    start: Option<&Fitted<'a>>,
) -> Result<Vec<Vec<Vec<f64>>>, Error> {
    let settings = training_set.settings;
    let by_fold: Vec<Vec<Vec<Vec<f64>>>> = splits(training_set.dataset, folds, settings.folds)
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
            settings.penalties.iter().map(&mut scores).collect()
        })
        .collect::<Result<_, Error>>()?;
    let mut next = vec![0; settings.folds];
    let mut by_penalty = vec![Vec::with_capacity(folds.len()); settings.penalties.len()];
    for &fold in folds {
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
    folds: &[usize],
    settings: &Settings,
    warnings: &mut Vec<String>,
) -> (Calibration, Vec<ScoredExample>) {
    let none = Calibration::none(dataset.labels.len());
    if settings.is_uncalibrated {
        return (none, scored_examples(dataset, scores));
    }
    let truths: Vec<usize> = dataset.gold.iter().map(Instance::label).collect();
    let calibration = Calibration::fit(scores, &truths);
    let cross_calibrated = cross_calibrated(dataset, scores, folds, settings);
    if settings.base.is_some() {
        let uncalibrated = scored_examples(dataset, scores);
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
    folds: &[usize],
    settings: &Settings,
) -> Vec<ScoredExample> {
    let mut calibrated = scores.to_vec();
    for fold in 0..settings.folds {
        let (test, train): (Vec<usize>, Vec<usize>) =
            (0..folds.len()).partition(|&row| folds[row] == fold);
        let calibration = calibration_on(dataset, scores, &train);
        test.iter().for_each(|&row| calibrated[row] = calibration.apply(&scores[row]));
    }
    scored_examples(dataset, &calibrated)
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
pub(super) fn scored_examples(dataset: &Dataset, scores: &[Vec<f64>]) -> Vec<ScoredExample> {
    let pairs = dataset.gold.iter().zip(scores);
    pairs.map(|(instance, scores)| scored_example(instance, scores.clone())).collect()
}

/// An instance's scores as probabilities, beside its label.
pub(super) fn scored_example(instance: &Instance, scores: Vec<f64>) -> ScoredExample {
    let mut probabilities = scores;
    softmax(&mut probabilities);
    ScoredExample { truth: instance.label(), probabilities, article: instance.article }
}
