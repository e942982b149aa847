//! From labelled sentences to a model that says how far it can be trusted.
//!
//! ```text
//! items → inventory → folds → for every penalty and fold: vocabulary, rows, fit, unseen scores
//!       → best penalty → calibration on the unseen scores → fit on everything → model
//! ```

pub mod coding;
pub mod day;
pub mod duplicates;
pub mod evaluation;
mod fit;
pub mod folds;
pub mod hold;
pub mod items;
pub mod suspects;
pub mod validation;

use crate::bootstrap::Draw;
use crate::error::Error;
use crate::evaluate::{self, Judged};
use crate::features;
use crate::inventory::Inventory;
use crate::model::Model;
use crate::model::calibration::Calibration;
use crate::model::card::{Card, Settings, Source};
use crate::model::newton::Convergence;
use crate::model::softmax::softmax;
use fit::{FINE, Fitted, ROUGH, Training};
use hold::Hold;
use items::Items;

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
    pub judged: Vec<Judged>,
    /// How the solver reached the minimum.
    pub convergence: Convergence,
    /// What the user ought to know.
    pub warnings: Vec<String>,
}

/// How a penalty did in cross-validation, before calibration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// The penalty.
    pub penalty: f64,
    /// Mean −ln of the true label's probability on unseen rows.
    pub log_loss: f64,
}

/// Trains a model of a dimension.
///
/// # Errors
/// [`Error::Training`] where the labels do not suffice or the solver does not converge.
pub fn train(
    dimension: &str,
    items: &Items,
    settings: &Settings,
    sources: Vec<Source>,
    date: Option<String>,
) -> Result<Trained, Error> {
    check(items, settings)?;
    let inventory = inventory(items, &settings.without);
    let folds = folds_of(items, settings)?;
    let base = base(items, &inventory, settings)?;
    let mut unseen = cross_validate(items, &inventory, &folds, settings, base.as_ref())?;
    let losses: Vec<f64> =
        unseen.iter().map(|scores| evaluate::log_loss(&judged(items, scores))).collect();
    let best = evaluate::argmax(&losses.iter().map(|loss| -loss).collect::<Vec<_>>());
    let mut warnings = warnings(items, settings, best);
    let calibration = calibration(items, &unseen[best], &mut warnings);
    let unseen = unseen.swap_remove(best);
    let judged = honestly(items, &unseen, &folds, settings);
    let draw = Draw { resamples: settings.resamples, seed: settings.seed };
    let everything: Vec<usize> = (0..items.all().count()).collect();
    let training = Training::new(items, &inventory, &everything, settings);
    let penalty = settings.penalties[best];
    let whole = training.fit(penalty, base.as_ref(), ROUGH)?;
    let fitted = training.prune(&whole, penalty, FINE)?;
    let card = Card {
        dimension: dimension.to_string(),
        labels: items.labels.clone(),
        program: env!("CARGO_PKG_VERSION").to_string(),
        date,
        sources,
        label_counts: items.label_counts(),
        scores: evaluate::scores(&judged, &items.labels, draw),
        penalty: settings.penalties[best],
        calibration,
        settings: settings.clone(),
    };
    let all: Vec<&items::Item> = items.all().collect();
    let (vocabulary, order) =
        fitted.learnt.vocabulary(|row| all[row].view()).map_err(Error::Training)?;
    let tried = settings.penalties.iter().zip(losses);
    Ok(Trained {
        convergence: fitted.convergence,
        model: Model::new(card, vocabulary, &fitted.regression.in_order(&order)),
        tried: tried.map(|(&penalty, log_loss)| Tried { penalty, log_loss }).collect(),
        unseen,
        judged,
        warnings,
    })
}

/// Refuses labels and settings that cannot work.
fn check(items: &Items, settings: &Settings) -> Result<(), Error> {
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

fn warnings(items: &Items, settings: &Settings, best: usize) -> Vec<String> {
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
    if penalties.len() > 1 && (best == 0 || best + 1 == penalties.len()) {
        warnings.push(format!(
            "the best penalty, {}, is the last one tried on its side: a further one may be better",
            penalties[best]
        ));
    }
    warnings
}

fn inventory(items: &Items, without: &[String]) -> Inventory {
    let is_wanted = |&part: &usize| !without.iter().any(|name| name == features::ALL[part].name());
    let parts = (0..features::ALL.len()).filter(is_wanted).collect();
    let all: Vec<&items::Item> = items.all().collect();
    Inventory::take(all.len(), |row| all[row].view(), parts)
}

/// The fold of every item. Every label must be left in training whichever fold is held out.
fn folds_of(items: &Items, settings: &Settings) -> Result<Vec<usize>, Error> {
    let labels: Vec<usize> = items.items.iter().map(items::Item::label).collect();
    let groups: Vec<usize> = items.items.iter().map(|item| item.group).collect();
    let folds = folds::folds(&labels, &groups, settings.folds, settings.seed);
    for fold in 0..settings.folds {
        for (at, label) in items.labels.iter().enumerate() {
            if !labels.iter().zip(&folds).any(|(&l, &f)| l == at && f != fold) {
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
    items: &Items,
    inventory: &'a Inventory,
    folds: &[usize],
    settings: &Settings,
    base: Option<&Fitted<'a>>,
) -> Result<Vec<Vec<Vec<f64>>>, Error> {
    let by_fold: Vec<Vec<Vec<Vec<f64>>>> = holds_of(items, folds, settings.folds)
        .iter()
        .map(|hold| {
            let training = Training::new(items, inventory, &hold.rest, settings);
            let mut before: Option<Fitted<'a>> = None;
            let mut scores = |&penalty: &f64| {
                let whole = training.fit(penalty, before.as_ref().or(base), ROUGH)?;
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

/// Where every fold starts from: a fit on what is learnt from only and shares no group with any
/// item, so that nothing of a fold's own items is in it. None where there is nothing such.
fn base<'a>(
    items: &Items,
    inventory: &'a Inventory,
    settings: &Settings,
) -> Result<Option<Fitted<'a>>, Error> {
    let hold = Hold::out(items, |_| true, |_| true);
    if hold.rest.is_empty() {
        return Ok(None);
    }
    let training = Training::new(items, inventory, &hold.rest, settings);
    training.fit(settings.penalties[0], None, ROUGH).map(Some)
}

/// For each fold its items, and all that may be learnt from when they are held out.
fn holds_of(items: &Items, folds: &[usize], n_folds: usize) -> Vec<Hold> {
    (0..n_folds).map(|fold| Hold::out(items, |row| folds[row] == fold, |_| true)).collect()
}

/// The calibration on all unseen scores; none, with a warning, where it cannot be found.
fn calibration(items: &Items, unseen: &[Vec<f64>], warnings: &mut Vec<String>) -> Calibration {
    let truths: Vec<usize> = items.items.iter().map(items::Item::label).collect();
    Calibration::fit(unseen, &truths).unwrap_or_else(|reason| {
        warnings.push(format!("probabilities are not calibrated: {reason}"));
        Calibration::none(items.labels.len())
    })
}

/// Every item judged unseen, each calibrated by what the other folds show, so that nothing that is
/// reported has seen its own truth.
fn honestly(
    items: &Items,
    unseen: &[Vec<f64>],
    folds: &[usize],
    settings: &Settings,
) -> Vec<Judged> {
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
fn calibration_by(items: &Items, unseen: &[Vec<f64>], rows: &[usize]) -> Calibration {
    let scores: Vec<Vec<f64>> = rows.iter().map(|&row| unseen[row].clone()).collect();
    let truths: Vec<usize> = rows.iter().map(|&row| items.items[row].label()).collect();
    Calibration::fit(&scores, &truths).unwrap_or_else(|_| Calibration::none(items.labels.len()))
}

/// Scores beside truths.
fn judged(items: &Items, scores: &[Vec<f64>]) -> Vec<Judged> {
    let row = |(item, scores): (&items::Item, &Vec<f64>)| {
        let mut probabilities = scores.clone();
        softmax(&mut probabilities);
        Judged { truth: item.label(), probabilities, article: item.article }
    };
    items.items.iter().zip(scores).map(row).collect()
}
