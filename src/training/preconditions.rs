//! Refuses labels, settings and bases that cannot work, and warns of doubtful ones.

use super::dataset::Dataset;
use crate::error::Error;
use crate::features;
use crate::model::Model;
use crate::model::card::Settings;

/// Fewer rows of a label than this are warned of.
pub(super) const FEW_ROWS: f64 = 50.0;

/// Refuses labels and settings that cannot work.
pub(super) fn check(dataset: &Dataset, settings: &Settings) -> Result<(), Error> {
    let refused = |reason: String| Err(Error::Training(reason));
    let (n_folds, n_groups) = (settings.folds, dataset.n_groups());
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
    if n_folds > n_groups {
        return refused(format!(
            "{n_folds} folds, but only {n_groups} articles that share no text; give no more folds \
             than such articles (column article_id)"
        ));
    }
    if n_folds < 2 {
        return refused(format!("{n_folds} folds, expected two or more"));
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

/// Warns of labels with few rows, of targets that are missing, and where the chosen penalty (the one
/// at index `best`) is the last one tried on its side.
pub(super) fn warnings(dataset: &Dataset, settings: &Settings, best: usize) -> Vec<String> {
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
