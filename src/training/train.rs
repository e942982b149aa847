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
use crate::model::calibration::{Calibration, Calibrations};
use crate::model::card::{Card, Settings, Source};
use crate::model::decision::Decision;
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
    /// Mean −ln of the true label's probability on held-out rows, over all repetitions.
    pub log_loss: f64,
    /// Macro-F1 on held-out rows, in the first repetition.
    pub macro_f1: f64,
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
    let settings = &Settings {
        base: base.map(|base| base.name().to_string()),
        has_letters: prior.encoder.is_none() && (settings.has_letters || dataset.suits_letters()),
        ..settings.clone()
    };
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
        Some(found) => found.penalty,
        None => settings.penalties[settings.penalties.len() / 2],
    };
    warnings.extend(validated.as_mut().map_or_else(Vec::new, |found| take(&mut found.warnings)));
    let everything: Vec<usize> = (0..dataset.all().count()).collect();
    let fold = training_set.fold(&everything);
    let whole = fold.fit(penalty, start.as_ref(), ROUGH_TOLERANCE)?;
    let fitted = fold.prune(&whole, penalty, FINE_TOLERANCE)?;
    let Validated { tried, scores: out_of_fold_scores, calibrations, out_of_fold, .. } =
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
        calibration: calibrations.first,
        context_calibration: calibrations.context,
        decision: Decision::balanced(settings.balance, &dataset.label_counts()),
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
    /// The penalty to use.
    penalty: f64,
    /// With this penalty, uncalibrated.
    scores: Vec<Vec<f64>>,
    calibrations: Calibrations,
    out_of_fold: Vec<ScoredExample>,
    warnings: Vec<String>,
}

impl Validated {
    /// Where nothing was held out.
    fn nothing(n_labels: usize) -> Self {
        Validated {
            tried: Vec::new(),
            penalty: 0.0,
            scores: Vec::new(),
            calibrations: Calibrations::alike(Calibration::none(n_labels)),
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
    let has_base = settings.base.is_some();
    let mut tried = Candidates::default();
    tried.add(training_set, folds, &settings.penalties, start)?;
    let mut best = penalty_selection::choose(&tried.penalties, &tried.losses, has_base);
    while let Some(beyond) = penalty_selection::beyond(&tried.penalties, best, has_base) {
        tried.add(training_set, folds, &[beyond], start)?;
        best = penalty_selection::choose(&tried.penalties, &tried.losses, has_base);
    }
    let mut warnings =
        Vec::from_iter(preconditions::penalty_warning(&tried.penalties, best, has_base));
    let penalty = tried.penalties[best];
    let listed = tried.list(training_set);
    let scores = tried.scores.swap_remove(best);
    let assignment = &folds.assignments[0];
    let known = training_set.known_context();
    let (calibrations, out_of_fold) =
        calibrate(dataset, &scores, assignment, settings, known, &mut warnings);
    Ok(Validated { tried: listed, penalty, scores, calibrations, out_of_fold, warnings })
}

/// Penalties that were tried.
#[derive(Default)]
struct Candidates {
    penalties: Vec<f64>,
    /// Of every instance for each penalty, the mean over repetitions.
    losses: Vec<Vec<f64>>,
    /// The same in the first repetition.
    scores: Vec<Vec<Vec<f64>>>,
}

impl Candidates {
    /// Cross-validates with more penalties.
    fn add<'a>(
        &mut self,
        training_set: &'a TrainingSet<'_>,
        folds: &Folds,
        penalties: &[f64],
        start: Option<&Fitted<'a>>,
    ) -> Result<(), Error> {
        let dataset = training_set.dataset;
        let n = folds.assignments.len() as f64;
        let mut means = vec![vec![0.0; dataset.gold.len()]; penalties.len()];
        let first = self.scores.len();
        for assignment in &folds.assignments {
            let scores = cross_validate(training_set, folds, assignment, penalties, start)?;
            for (means, scores) in means.iter_mut().zip(&scores) {
                means.iter_mut().zip(losses(dataset, scores)).for_each(|(m, loss)| *m += loss / n);
            }
            if self.scores.len() == first {
                self.scores.extend(scores);
            }
        }
        self.penalties.extend(penalties);
        self.losses.extend(means);
        Ok(())
    }

    /// How each penalty did, the weakest first.
    fn list(&self, training_set: &TrainingSet<'_>) -> Vec<Tried> {
        let (dataset, settings) = (training_set.dataset, training_set.settings);
        let decision = Decision::balanced(settings.balance, &dataset.label_counts());
        let macro_f1 = |scores: &[Vec<f64>]| {
            let examples = scored_examples(dataset, scores, &decision);
            let once = Resampling { resamples: 1, seed: settings.seed };
            let scores = evaluate::scores(&examples, &dataset.labels, once);
            scores.map_or(f64::NAN, |scores| scores.macro_f1.value)
        };
        let all = self.penalties.iter().zip(&self.losses).zip(&self.scores);
        let tried = all.map(|((&penalty, losses), scores)| Tried {
            penalty,
            log_loss: penalty_selection::mean(losses),
            macro_f1: macro_f1(scores),
        });
        let mut tried: Vec<Tried> = tried.collect();
        tried.sort_by(|a, b| a.penalty.total_cmp(&b.penalty));
        tried
    }
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
    let examples = scored_examples(dataset, scores, &Decision::default());
    examples.iter().map(|row| evaluate::log_loss(std::slice::from_ref(row))).collect()
}

/// The resampling that a training's settings ask for.
pub(super) fn resampling(settings: &Settings) -> Resampling {
    Resampling { resamples: settings.resamples, seed: settings.seed }
}
