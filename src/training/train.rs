//! Trains a model: from a dataset to a model with its scores.

use std::mem::take;

use super::base_prior::Prior;
use super::cross_validation::{calibrate, cross_validate, scored_examples};
use super::dataset::Dataset;
use super::fold_fit::{FINE_TOLERANCE, Fitted, ROUGH_TOLERANCE};
use super::folds::Folds;
use super::training_set::TrainingSet;
use super::{model_evaluation, penalty_selection, preconditions};
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::{self, Estimate, ScoredExample};
use crate::model::Model;
use crate::model::calibration::Calibration;
use crate::model::card::{Card, Settings, Source};
use crate::model::newton_cg::Convergence;

/// The result of training.
#[derive(Debug)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// Log-loss on held-out rows for every penalty that was tried.
    pub tried: Vec<Tried>,
    /// The uncalibrated scores of every instance by a model that was not trained on it; empty where the
    /// rows were too few to hold any out.
    pub out_of_fold_scores: Vec<Vec<f64>>,
    /// The prediction for every instance by a model that was not trained on it, calibrated on the
    /// other folds; empty where nothing was held out.
    pub out_of_fold: Vec<ScoredExample>,
    /// How the base does on the same instances; none without one.
    pub base: Option<BaseScores>,
    /// How the solver reached the minimum.
    pub convergence: Convergence,
    /// Warnings for the user.
    pub warnings: Vec<String>,
}

/// How a base does on the instances that it is adapted to, on which it was not trained either.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseScores {
    /// Its macro-F1.
    pub macro_f1: f64,
    /// By how much the macro-F1 of the adapted models is higher, each on its own held-out fold.
    pub gain: Estimate,
}

/// How a penalty did in cross-validation, before calibration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// The penalty.
    pub penalty: f64,
    /// Mean −ln of the true label's probability on held-out rows.
    pub log_loss: f64,
}

/// Trains a model of a dimension, from nothing or from what is known before: see [`Prior`].
///
/// # Errors
/// [`Error::Training`] where the labels do not suffice or are not the base's, and where the solver
/// does not converge.
pub fn train(
    dimension: &str,
    dataset: &Dataset,
    settings: &Settings,
    prior: Prior<'_>,
    sources: Vec<Source>,
    date: Option<String>,
) -> Result<Trained, Error> {
    let base = prior.base;
    let settings = &Settings { base: base.map(|base| base.name().to_string()), ..settings.clone() };
    preconditions::check(dataset, settings)?;
    base.map_or(Ok(()), |base| preconditions::check_base(base, dimension, dataset, settings))?;
    let folds = Folds::plan(dataset, settings);
    let training_set = TrainingSet::new(dataset, settings, prior);
    let start = training_set.start()?;
    let validated = folds.as_ref().map(|folds| validate(&training_set, folds, start.as_ref()));
    let mut validated = validated.transpose()?;
    let how = folds.as_ref().map(|folds| folds.how);
    let mut warnings = preconditions::warnings(dataset, how);
    let penalty = match &validated {
        Some(found) => settings.penalties[found.best],
        None => settings.penalties[settings.penalties.len() / 2],
    };
    warnings.extend(validated.as_mut().map_or_else(Vec::new, |found| take(&mut found.warnings)));
    let everything: Vec<usize> = (0..dataset.all().count()).collect();
    let fold = training_set.fold(&everything);
    let whole = fold.fit(penalty, start.as_ref(), ROUGH_TOLERANCE)?;
    let fitted = fold.prune(&whole, penalty, FINE_TOLERANCE)?;
    let Validated { tried, scores: out_of_fold_scores, calibration, out_of_fold, .. } =
        validated.unwrap_or_else(|| Validated::nothing(dataset.labels.len()));
    let resampling = resampling(settings);
    let card = Card {
        dimension: dimension.to_string(),
        labels: dataset.labels.clone(),
        program: env!("CARGO_PKG_VERSION").to_string(),
        date,
        sources,
        encoder: prior.encoder.map(|features| features.encoder().name().to_string()),
        words: prior.words.map_or_else(Vec::new, |words| words.files().to_vec()),
        label_counts: dataset.label_counts(),
        cross_validation: how,
        scores: evaluate::scores(&out_of_fold, &dataset.labels, resampling),
        penalty,
        calibration,
        settings: settings.clone(),
    };
    let base = base.filter(|_| how.is_some());
    Ok(Trained {
        convergence: fitted.convergence,
        model: training_set.model(card, &fitted)?,
        tried,
        out_of_fold_scores,
        base: base.and_then(|base| base_scores(base, dataset, prior, &out_of_fold, resampling)),
        out_of_fold,
        warnings,
    })
}

/// What cross-validation found.
struct Validated {
    tried: Vec<Tried>,
    /// The index of the penalty to use.
    best: usize,
    /// With this penalty, uncalibrated.
    scores: Vec<Vec<f64>>,
    calibration: Calibration,
    out_of_fold: Vec<ScoredExample>,
    warnings: Vec<String>,
}

impl Validated {
    /// Where nothing was held out.
    fn nothing(n_labels: usize) -> Self {
        Validated {
            tried: Vec::new(),
            best: 0,
            scores: Vec::new(),
            calibration: Calibration::none(n_labels),
            out_of_fold: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Cross-validates with every penalty, chooses one, and calibrates. The losses that decide are means over
/// the repetitions; all else is of the first.
fn validate<'a>(
    training_set: &'a TrainingSet<'_>,
    folds: &Folds,
    start: Option<&Fitted<'a>>,
) -> Result<Validated, Error> {
    let (dataset, settings) = (training_set.dataset, training_set.settings);
    let penalties = &settings.penalties;
    let mut sums = vec![vec![0.0; dataset.gold.len()]; penalties.len()];
    let mut first = None;
    for assignment in &folds.assignments {
        let scores = cross_validate(training_set, folds, assignment, penalties, start)?;
        for (sums, scores) in sums.iter_mut().zip(&scores) {
            sums.iter_mut().zip(losses(dataset, scores)).for_each(|(sum, loss)| *sum += loss);
        }
        first.get_or_insert(scores);
    }
    let n = folds.assignments.len() as f64;
    let losses: Vec<Vec<f64>> =
        sums.iter().map(|sums| sums.iter().map(|sum| sum / n).collect()).collect();
    let best = penalty_selection::choose(penalties, &losses, settings.base.is_some());
    let mut warnings = Vec::from_iter(preconditions::penalty_warning(settings, best));
    let scores = first.map_or_else(Vec::new, |mut scores| scores.swap_remove(best));
    let assignment = &folds.assignments[0];
    let (calibration, out_of_fold) =
        calibrate(dataset, &scores, assignment, settings, &mut warnings);
    let log_losses = losses.iter().map(|losses| penalty_selection::mean(losses));
    let tried = penalties.iter().zip(log_losses);
    let tried = tried.map(|(&penalty, log_loss)| Tried { penalty, log_loss }).collect();
    Ok(Validated { tried, best, scores, calibration, out_of_fold, warnings })
}

/// The base beside the models that were adapted from it.
fn base_scores(
    base: &Model,
    dataset: &Dataset,
    prior: Prior<'_>,
    adapted: &[ScoredExample],
    resampling: Resampling,
) -> Option<BaseScores> {
    let alone = match prior.encoder {
        Some(features) => model_evaluation::score_features(base, dataset, features),
        None => model_evaluation::score_examples(base, dataset, &|_| ()),
    };
    Some(BaseScores {
        macro_f1: evaluate::scores(&alone, &dataset.labels, resampling)?.macro_f1.value,
        gain: evaluate::paired_difference(adapted, &alone, dataset.labels.len(), resampling),
    })
}

/// The log-loss of every instance.
fn losses(dataset: &Dataset, scores: &[Vec<f64>]) -> Vec<f64> {
    let examples = scored_examples(dataset, scores);
    examples.iter().map(|row| evaluate::log_loss(std::slice::from_ref(row))).collect()
}

/// The resampling that a training's settings ask for.
pub(super) fn resampling(settings: &Settings) -> Resampling {
    Resampling { resamples: settings.resamples, seed: settings.seed }
}
