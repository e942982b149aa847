//! From labelled sentences to a model that says how far it can be trusted.
//!
//! ```text
//! items → material → folds → for every penalty and fold: vocabulary, rows, fit, unseen scores
//!       → best penalty → calibration on the unseen scores → fit on everything → model
//! ```
//!
//! What is known before, of the weights or of words, is a [`prior`].

pub mod base_prior;
pub mod dataset;
pub mod evaluation;
pub mod fold_assignment;
mod fold_fit;
pub mod label_errors;
pub mod near_duplicates;
mod penalty_selection;
pub mod train_test_split;
mod training_set;
pub mod validation;

use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::{self, Estimate, ScoredExample};
use crate::features;
use crate::model::Model;
use crate::model::calibration::Calibration;
use crate::model::card::{Card, Settings, Source};
use crate::model::newton_cg::Convergence;
use crate::model::softmax_regression::softmax;
use base_prior::Prior;
use dataset::Dataset;
use fold_fit::{FINE, Fitted, ROUGH};
use train_test_split::TrainTestSplit;
use training_set::TrainingSet;

/// Fewer rows of a label than this deserve a warning.
const FEW_ROWS: f64 = 50.0;

/// What training brings about.
#[derive(Debug)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// Log-loss on unseen rows for every penalty that was tried.
    pub tried: Vec<Tried>,
    /// The scores of every item by a model that has not seen it, before calibration.
    pub unseen: Vec<Vec<f64>>,
    /// Every item judged by a model that has not seen it, calibrated by what other folds show.
    pub judged: Vec<ScoredExample>,
    /// How the base does on the same items; none without one.
    pub base: Option<BaseScores>,
    /// How the solver reached the minimum.
    pub convergence: Convergence,
    /// What the user ought to know.
    pub warnings: Vec<String>,
}

/// How a base does on the items that it is adapted to, which it has not seen either.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseScores {
    /// Its macro-F1.
    pub macro_f1: f64,
    /// By how much the macro-F1 of adapted models is higher, each on items that it has not seen.
    pub gain: Estimate,
}

/// How a penalty did in cross-validation, before calibration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// The penalty.
    pub penalty: f64,
    /// Mean −ln of the true label's probability on unseen rows.
    pub log_loss: f64,
}

/// Trains a model of a dimension, from nothing or from what is known before: see [`Prior`].
///
/// # Errors
/// [`Error::Training`] where the labels do not suffice or are not the base's, and where the solver
/// does not converge.
pub fn train(
    dimension: &str,
    items: &Dataset,
    settings: &Settings,
    prior: Prior<'_>,
    sources: Vec<Source>,
    date: Option<String>,
) -> Result<Trained, Error> {
    let base = prior.base;
    let settings = &Settings { base: base.map(|base| base.name().to_string()), ..settings.clone() };
    check(items, settings)?;
    base.map_or(Ok(()), |base| check_base(base, dimension, items, settings))?;
    let folds = folds_of(items, settings)?;
    let material = TrainingSet::new(items, settings, prior);
    let start = material.start()?;
    let mut unseen = cross_validate(&material, &folds, start.as_ref())?;
    let losses: Vec<Vec<f64>> = unseen.iter().map(|scores| losses(items, scores)).collect();
    let best = penalty_selection::choose(&settings.penalties, &losses, base.is_some());
    let mut warnings = warnings(items, settings, best);
    let unseen = unseen.swap_remove(best);
    let (calibration, judged) = calibrated(items, &unseen, &folds, settings, &mut warnings);
    let draw = Resampling { resamples: settings.resamples, seed: settings.seed };
    let everything: Vec<usize> = (0..items.all().count()).collect();
    let training = material.of(&everything);
    let penalty = settings.penalties[best];
    let whole = training.fit(penalty, start.as_ref(), ROUGH)?;
    let fitted = training.prune(&whole, penalty, FINE)?;
    let card = Card {
        dimension: dimension.to_string(),
        labels: items.labels.clone(),
        program: env!("CARGO_PKG_VERSION").to_string(),
        date,
        sources,
        words: prior.words.map_or_else(Vec::new, |words| words.files().to_vec()),
        label_counts: items.label_counts(),
        scores: evaluate::scores(&judged, &items.labels, draw),
        penalty: settings.penalties[best],
        calibration,
        settings: settings.clone(),
    };
    let (vocabulary, regression) = material.model(&fitted)?;
    let tried =
        settings.penalties.iter().zip(losses.iter().map(|losses| penalty_selection::mean(losses)));
    Ok(Trained {
        convergence: fitted.convergence,
        model: Model::new(card, vocabulary, &regression),
        tried: tried.map(|(&penalty, log_loss)| Tried { penalty, log_loss }).collect(),
        unseen,
        base: base.and_then(|base| base_scores(base, items, &judged, draw)),
        judged,
        warnings,
    })
}

/// The base beside those that were adapted.
fn base_scores(
    base: &Model,
    items: &Dataset,
    adapted: &[ScoredExample],
    draw: Resampling,
) -> Option<BaseScores> {
    let alone = evaluation::judged_by(base, items);
    Some(BaseScores {
        macro_f1: evaluate::scores(&alone, &items.labels, draw)?.macro_f1.value,
        gain: evaluate::paired_difference(adapted, &alone, items.labels.len(), draw),
    })
}

/// Refuses labels and settings that cannot work.
fn check(items: &Dataset, settings: &Settings) -> Result<(), Error> {
    let labels = items.labels.join(", ");
    if items.labels.len() < 2 {
        let reason = format!("found the label {labels} only, expected two labels or more");
        return Err(Error::Training(reason));
    }
    let is_part = |name: &&String| features::ALL.iter().any(|part| part.name() == *name);
    if let Some(unknown) = settings.without.iter().find(|name| !is_part(name)) {
        let known: Vec<&str> = features::ALL.iter().map(|part| part.name()).collect();
        let known = known.join(", ");
        return Err(Error::Training(format!("no features called `{unknown}`, expected {known}")));
    }
    if settings.folds > items.n_groups() {
        let reason = format!(
            "{} folds, but only {} articles that share no text; give no more folds than such \
             articles (column article_id)",
            settings.folds,
            items.n_groups()
        );
        return Err(Error::Training(reason));
    }
    if settings.folds < 2 {
        let reason = format!("{} folds, expected two or more", settings.folds);
        return Err(Error::Training(reason));
    }
    Ok(())
}

/// Refuses a base that predicts something else, and what a base cannot do.
fn check_base(
    base: &Model,
    dimension: &str,
    items: &Dataset,
    settings: &Settings,
) -> Result<(), Error> {
    let refused = |reason: String| Err(Error::Training(reason));
    if base.dimension() != dimension {
        return refused(format!(
            "the base {} predicts {}, not {dimension}; give the labels' dimension a base of its own",
            base.name(),
            base.dimension()
        ));
    }
    if base.labels() != items.labels {
        let (expected, found) = (base.labels().join(", "), items.labels.join(", "));
        return refused(format!("the labels are {found}, expected the base's: {expected}"));
    }
    if settings.max_features.is_some() {
        return refused("a base keeps all its features; give no most of them".to_string());
    }
    Ok(())
}

fn warnings(items: &Dataset, settings: &Settings, best: usize) -> Vec<String> {
    let mut warnings = Vec::new();
    for (label, count) in items.labels.iter().zip(items.label_counts()) {
        if count < FEW_ROWS {
            warnings.push(format!(
                "only {count:.0} rows are {label}: expect unsteady scores below {FEW_ROWS} rows a label"
            ));
        }
    }
    if items.n_target_missing > 0 {
        warnings.push(format!(
            "{} rows name a target that does not stand in the sentence; they count whole",
            items.n_target_missing
        ));
    }
    let penalties = &settings.penalties;
    let is_last = penalties.len() > 1 && (best == 0 || best + 1 == penalties.len());
    let is_strongest = penalties.iter().all(|penalty| *penalty <= penalties[best]);
    if is_last && is_strongest && settings.base.is_some() {
        warnings.push(format!(
            "the best penalty, {}, is the strongest one tried: the labels change the base little",
            penalties[best]
        ));
    } else if is_last {
        warnings.push(format!(
            "the best penalty, {}, is the last one tried on its side: a further one may be better",
            penalties[best]
        ));
    }
    warnings
}

/// The fold of every item. Every label must be left in training whichever fold is held out, but
/// where a base knows it.
fn folds_of(items: &Dataset, settings: &Settings) -> Result<Vec<usize>, Error> {
    let labels: Vec<usize> = items.items.iter().map(dataset::Instance::label).collect();
    let groups: Vec<usize> = items.items.iter().map(|item| item.group).collect();
    let folds = fold_assignment::folds(&labels, &groups, settings.folds, settings.seed);
    for fold in 0..settings.folds {
        for (at, label) in items.labels.iter().enumerate() {
            let is_left = labels.iter().zip(&folds).any(|(&l, &f)| l == at && f != fold);
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

/// Scores of every item by models that have not seen it, for each penalty. One fold after the other,
/// since each takes much memory and every core.
fn cross_validate<'a>(
    material: &'a TrainingSet<'_>,
    folds: &[usize],
    start: Option<&Fitted<'a>>,
) -> Result<Vec<Vec<Vec<f64>>>, Error> {
    let settings = material.settings;
    let by_fold: Vec<Vec<Vec<Vec<f64>>>> = holds_of(material.items, folds, settings.folds)
        .iter()
        .map(|hold| {
            let training = material.of(&hold.rest);
            let mut before: Option<Fitted<'a>> = None;
            let mut scores = |&penalty: &f64| {
                let whole = training.fit(penalty, before.as_ref().or(start), ROUGH)?;
                let scores = training.prune(&whole, penalty, ROUGH)?.scores(&hold.held);
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

/// For each fold its items, and all that may be learnt from when they are held out.
fn holds_of(items: &Dataset, folds: &[usize], n_folds: usize) -> Vec<TrainTestSplit> {
    (0..n_folds)
        .map(|fold| TrainTestSplit::out(items, |row| folds[row] == fold, |_| true))
        .collect()
}

/// The calibration on all unseen scores, and every item judged unseen with a calibration. Without a
/// base there is none, with a warning, only where it cannot be found. What starts from a base has the
/// base's in its weights, and gets another only where no label has few rows, and where that shows
/// better probabilities on rows that neither the model nor the calibration has seen.
fn calibrated(
    items: &Dataset,
    unseen: &[Vec<f64>],
    folds: &[usize],
    settings: &Settings,
    warnings: &mut Vec<String>,
) -> (Calibration, Vec<ScoredExample>) {
    let truths: Vec<usize> = items.items.iter().map(dataset::Instance::label).collect();
    let (found, honest) =
        (Calibration::fit(unseen, &truths), honestly(items, unseen, folds, settings));
    let none = Calibration::none(items.labels.len());
    if settings.base.is_some() {
        let as_it_is = judged(items, unseen);
        let suffice = items.label_counts().iter().all(|&count| count >= FEW_ROWS);
        let is_better = evaluate::log_loss(&honest) < evaluate::log_loss(&as_it_is);
        return match found {
            Ok(found) if suffice && is_better => (found, honest),
            _ => (none, as_it_is),
        };
    }
    let found = found.unwrap_or_else(|reason| {
        warnings.push(format!("probabilities are not calibrated: {reason}"));
        none
    });
    (found, honest)
}

/// Every item judged unseen, each calibrated by what the other folds show, so that nothing that is
/// reported has seen its own truth.
fn honestly(
    items: &Dataset,
    unseen: &[Vec<f64>],
    folds: &[usize],
    settings: &Settings,
) -> Vec<ScoredExample> {
    let mut calibrated = unseen.to_vec();
    for fold in 0..settings.folds {
        let (held, others): (Vec<usize>, Vec<usize>) =
            (0..folds.len()).partition(|&row| folds[row] == fold);
        let calibration = calibration_by(items, unseen, &others);
        held.iter().for_each(|&row| calibrated[row] = calibration.apply(&unseen[row]));
    }
    judged(items, &calibrated)
}

/// The calibration by what some of the items show; none where it cannot be found.
fn calibration_by(items: &Dataset, unseen: &[Vec<f64>], rows: &[usize]) -> Calibration {
    let scores: Vec<Vec<f64>> = rows.iter().map(|&row| unseen[row].clone()).collect();
    let truths: Vec<usize> = rows.iter().map(|&row| items.items[row].label()).collect();
    Calibration::fit(&scores, &truths).unwrap_or_else(|_| Calibration::none(items.labels.len()))
}

/// The log-loss of every item.
fn losses(items: &Dataset, scores: &[Vec<f64>]) -> Vec<f64> {
    judged(items, scores).iter().map(|row| evaluate::log_loss(std::slice::from_ref(row))).collect()
}

/// Scores beside truths.
fn judged(items: &Dataset, scores: &[Vec<f64>]) -> Vec<ScoredExample> {
    let row = |(item, scores): (&dataset::Instance, &Vec<f64>)| {
        let mut probabilities = scores.clone();
        softmax(&mut probabilities);
        ScoredExample { truth: item.label(), probabilities, article: item.article }
    };
    items.items.iter().zip(scores).map(row).collect()
}
