//! Refuses labels, settings and bases that cannot work, and warns of doubtful ones.

use super::dataset::Dataset;
use super::folds;
use crate::error::Error;
use crate::features;
use crate::model::Model;
use crate::model::card::{CrossValidation, HeldOutUnit, Settings};

/// Fewer rows of a label than this are warned of.
pub(super) const FEW_ROWS: f64 = 50.0;

/// Refuses labels and settings that cannot work.
pub(super) fn check(dataset: &Dataset, settings: &Settings) -> Result<(), Error> {
    let refused = |reason: String| Err(Error::Training(reason));
    if dataset.labels.len() < 2 {
        let labels = dataset.labels.join(", ");
        return refused(format!("found the label {labels} only, expected two labels or more"));
    }
    let is_kind = |name: &&String| features::TEMPLATES.iter().any(|kind| kind.name == *name);
    if let Some(unknown) = settings.without.iter().find(|name| !is_kind(name)) {
        let known: Vec<&str> = features::TEMPLATES.iter().map(|kind| kind.name).collect();
        let known = known.join(", ");
        return refused(format!("no features called `{unknown}`, expected {known}"));
    }
    if settings.folds < 2 {
        return refused(format!("{} folds, expected two or more", settings.folds));
    }
    Ok(())
}

/// Refuses a base of another dimension or other labels, and settings that a base does not allow.
pub(super) fn check_base(
    base: &Model,
    dimension: &str,
    dataset: &Dataset,
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
    if base.labels() != dataset.labels {
        let (expected, found) = (base.labels().join(", "), dataset.labels.join(", "));
        return refused(format!("the labels are {found}, expected the base's: {expected}"));
    }
    if settings.max_features.is_some() {
        return refused("a base keeps all its features; give no most of them".to_string());
    }
    Ok(())
}

/// Warns of labels with few rows, of targets that are missing, and of what the scores flatter.
pub(super) fn warnings(dataset: &Dataset, how: Option<CrossValidation>) -> Vec<String> {
    let mut warnings = Vec::new();
    for (label, count) in dataset.labels.iter().zip(dataset.label_counts()) {
        if count < FEW_ROWS {
            warnings.push(format!(
                "only {count:.0} rows are {label}: expect unsteady scores below {FEW_ROWS} rows a label"
            ));
        }
    }
    if dataset.n_target_missing > 0 {
        warnings.push(format!(
            "{} rows name a target that does not stand in the sentence; they count whole",
            dataset.n_target_missing
        ));
    }
    warnings.extend(how.and_then(|how| flattered(dataset, how)));
    for (how, label) in how.map_or_else(Vec::new, |how| held_out_whole(dataset, how)) {
        warnings.push(format!(
            "{label} stands in one {} only: whatever is judged on it has not learnt it, so its F1 \
             says nothing",
            match how.unit {
                HeldOutUnit::Articles => "article",
                HeldOutUnit::Sentences => "sentence",
            }
        ));
    }
    warnings
}

/// What scores flatter where no whole articles are held out.
fn flattered(dataset: &Dataset, how: CrossValidation) -> Option<String> {
    let flattery = "and scores on articles that it has not read will be lower";
    let (n, without) = (dataset.gold.len(), dataset.n_without_article);
    match how.unit {
        HeldOutUnit::Articles if without == 0 => None,
        HeldOutUnit::Articles => Some(format!(
            "{without} of {n} rows have no article_id and are held out one by one: of their articles a \
             model has read other sentences, {flattery}"
        )),
        HeldOutUnit::Sentences if without == n => Some(format!(
            "no row has an article_id, so sentences are held out one by one: if several come from one \
             article, a model has read its other sentences, {flattery}; name the articles in a column \
             article_id"
        )),
        HeldOutUnit::Sentences => Some(format!(
            "the labels stand in too few articles to hold whole ones out, so sentences are held out \
             one by one: a model has read other sentences of their articles, {flattery}"
        )),
    }
}

/// The labels that stand in one article (or sentence) only.
fn held_out_whole(dataset: &Dataset, how: CrossValidation) -> Vec<(CrossValidation, &str)> {
    let counts = folds::units_of_labels(dataset, how.unit);
    let once = dataset.labels.iter().zip(counts).filter(|(_, n)| *n == 1);
    once.map(|(label, _)| (how, label.as_str())).collect()
}

/// Warns where the chosen penalty (the one at index `best`) is the last one tried on its side.
pub(super) fn penalty_warning(penalties: &[f64], best: usize, has_base: bool) -> Option<String> {
    let is_weakest = penalties.iter().all(|penalty| *penalty >= penalties[best]);
    let is_strongest = penalties.iter().all(|penalty| *penalty <= penalties[best]);
    let is_last = penalties.len() > 1 && (is_weakest || is_strongest);
    let said = match is_strongest && has_base {
        true => "the strongest one tried: the labels change the base little",
        false => "the last one tried on its side: a further one may be better",
    };
    is_last.then(|| format!("the best penalty, {}, is {said}", penalties[best]))
}
