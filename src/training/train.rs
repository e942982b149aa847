//! Trains a model: from a dataset to a model with its scores.

use super::base_prior::Prior;
use super::cross_validation::{calibrate, cross_validate, folds, scored_examples};
use super::dataset::Dataset;
use super::fold_fit::{FINE_TOLERANCE, ROUGH_TOLERANCE};
use super::training_set::TrainingSet;
use super::{model_evaluation, penalty_selection, preconditions};
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::{self, Estimate, ScoredExample};
use crate::model::Model;
use crate::model::card::{Card, Settings, Source};
use crate::model::newton_cg::Convergence;

/// The result of training.
#[derive(Debug)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// Log-loss on held-out rows for every penalty that was tried.
    pub tried: Vec<Tried>,
    /// The uncalibrated scores of every instance by a model that was not trained on it.
    pub out_of_fold_scores: Vec<Vec<f64>>,
    /// The prediction for every instance by a model that was not trained on it, calibrated on the
    /// other folds.
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
    let folds = folds(dataset, settings)?;
    let training_set = TrainingSet::new(dataset, settings, prior);
    let start = training_set.start()?;
    let mut scores = cross_validate(&training_set, &folds, start.as_ref())?;
    let losses: Vec<Vec<f64>> = scores.iter().map(|scores| losses(dataset, scores)).collect();
    let best = penalty_selection::choose(&settings.penalties, &losses, base.is_some());
    let mut warnings = preconditions::warnings(dataset, settings, best);
    let scores = scores.swap_remove(best);
    let (calibration, out_of_fold) = calibrate(dataset, &scores, &folds, settings, &mut warnings);
    let resampling = resampling(settings);
    let everything: Vec<usize> = (0..dataset.all().count()).collect();
    let fold = training_set.fold(&everything);
    let penalty = settings.penalties[best];
    let whole = fold.fit(penalty, start.as_ref(), ROUGH_TOLERANCE)?;
    let fitted = fold.prune(&whole, penalty, FINE_TOLERANCE)?;
    let card = Card {
        dimension: dimension.to_string(),
        labels: dataset.labels.clone(),
        program: env!("CARGO_PKG_VERSION").to_string(),
        date,
        sources,
        encoder: prior.encoder.map(|features| features.encoder().name().to_string()),
        words: prior.words.map_or_else(Vec::new, |words| words.files().to_vec()),
        label_counts: dataset.label_counts(),
        scores: evaluate::scores(&out_of_fold, &dataset.labels, resampling),
        penalty,
        calibration,
        settings: settings.clone(),
    };
    let log_losses = losses.iter().map(|losses| penalty_selection::mean(losses));
    let tried = settings.penalties.iter().zip(log_losses);
    Ok(Trained {
        convergence: fitted.convergence,
        model: training_set.model(card, &fitted)?,
        tried: tried.map(|(&penalty, log_loss)| Tried { penalty, log_loss }).collect(),
        out_of_fold_scores: scores,
        base: base.and_then(|base| base_scores(base, dataset, prior, &out_of_fold, resampling)),
        out_of_fold,
        warnings,
    })
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
