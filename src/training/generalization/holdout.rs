//! What is held out as a whole: outlets, or the latest days.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar_day::Day;
use crate::error::Error;
use crate::model::card::{HeldOutUnit, Settings};
use crate::training::dataset::Dataset;
use crate::training::fold_assignment;
use crate::training::folds::Folds;
use crate::training::instance::Instance;
use crate::training::train_test_split::TrainTestSplit;

/// What is held out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ValidationMethod {
    /// Outlets that the model has never read (column outlet).
    Outlets,
    /// Days after all that the model learnt from (column date).
    Time,
}

/// What will be held out; made before training, so that nobody waits for what cannot be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Holdout {
    /// What is held out as a whole.
    pub method: ValidationMethod,
    /// One split for each part that is held out.
    pub splits: Vec<TrainTestSplit>,
    /// The first day that is held out.
    pub from: Option<Day>,
    /// Number of gold and silver instances whose outlet or day is not known; they are trained on and
    /// never held out.
    pub n_unknown: usize,
    /// Number of parts in which whole articles are held out for comparison.
    pub(super) article_folds: usize,
}

impl Holdout {
    /// Plans what to hold out.
    ///
    /// # Errors
    /// Too few outlets or days, a date that is no day, or a label that no row would be left of to
    /// train on.
    pub fn new(
        method: ValidationMethod,
        dataset: &Dataset,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let holdout = match method {
            ValidationMethod::Outlets => leave_outlet_out(dataset, settings),
            ValidationMethod::Time => temporal_split(dataset, settings),
        }?;
        let most = Settings { folds: holdout.article_folds, ..settings.clone() };
        if Folds::plan(dataset, &most).is_none() {
            let reason = "too few sentences to compare with; label more of them";
            return Err(Error::Training(reason.to_string()));
        }
        let missing = holdout.splits.iter().find_map(|split| split.missing_label(dataset));
        match missing.filter(|_| settings.base.is_none()) {
            None => Ok(holdout),
            Some(label) => Err(Error::Training(format!(
                "no row labelled {label} would be left to learn from with {} held out; label it in \
                 more of them",
                match method {
                    ValidationMethod::Outlets => "whole outlets",
                    ValidationMethod::Time => "the latest days",
                }
            ))),
        }
    }

    /// Indices of the gold instances that are held out, rising.
    pub(super) fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> =
            self.splits.iter().flat_map(|split| &split.test).copied().collect();
        rows.sort_unstable();
        rows
    }
}

/// Holds out every outlet once: each alone, or several at a time where there are more outlets than
/// folds. For comparison, articles are held out in the same number of parts, so that models are trained
/// on as many rows.
pub(super) fn leave_outlet_out(dataset: &Dataset, settings: &Settings) -> Result<Holdout, Error> {
    let parts = parts(dataset, settings);
    let n_parts = parts.values().collect::<BTreeSet<_>>().len();
    if n_parts < 2 {
        return Err(Error::Training(format!(
            "holding out whole outlets needs two outlets or more (column outlet), found {}",
            parts.keys().next().map_or("none".to_string(), |outlet| format!("{outlet} only"))
        )));
    }
    let part_of = |instance: &Instance| parts.get(instance.outlet.as_str()).copied();
    let split = |part: usize| {
        let is_test = |row: usize| part_of(&dataset.gold[row]) == Some(part);
        TrainTestSplit::new(dataset, HeldOutUnit::Articles, is_test, |instance| {
            part_of(instance) != Some(part)
        })
    };
    Ok(Holdout {
        method: ValidationMethod::Outlets,
        splits: (0..n_parts).map(split).collect(),
        from: None,
        n_unknown: dataset.gold_and_silver().filter(|row| row.outlet.is_empty()).count(),
        article_folds: n_parts,
    })
}

/// The part in which each outlet is held out, numbered from 0.
fn parts<'a>(dataset: &'a Dataset, settings: &Settings) -> BTreeMap<&'a str, usize> {
    let named: Vec<&Instance> =
        dataset.gold.iter().filter(|instance| !instance.outlet.is_empty()).collect();
    let outlets: BTreeSet<&str> = named.iter().map(|instance| instance.outlet.as_str()).collect();
    let numbers: BTreeMap<&str, usize> = outlets.iter().copied().zip(0..).collect();
    if numbers.len() <= settings.folds {
        return numbers;
    }
    let labels: Vec<usize> = named.iter().map(|instance| instance.label()).collect();
    let groups: Vec<usize> = named.iter().map(|item| numbers[item.outlet.as_str()]).collect();
    let folds = fold_assignment::folds(&labels, &groups, settings.folds, settings.seed);
    named.iter().map(|instance| instance.outlet.as_str()).zip(folds).collect()
}

/// Holds out the latest days, with about as many rows as a fold has, and trains on earlier ones only.
pub(super) fn temporal_split(dataset: &Dataset, settings: &Settings) -> Result<Holdout, Error> {
    let days = days(dataset)?;
    let known: Vec<Day> = days.iter().flatten().copied().collect();
    let from = first_held_out(&known, settings.folds)?;
    let day_of = |instance: &Instance| Day::of_moment(&instance.date);
    let is_test = |row: usize| days[row].is_some_and(|day| day >= from);
    let is_earlier = |instance: &Instance| day_of(instance).is_none_or(|day| day < from);
    Ok(Holdout {
        method: ValidationMethod::Time,
        splits: vec![TrainTestSplit::new(dataset, HeldOutUnit::Articles, is_test, is_earlier)],
        from: Some(from),
        n_unknown: dataset.gold_and_silver().filter(|row| day_of(row).is_none()).count(),
        article_folds: settings.folds,
    })
}

/// The day of each gold instance, where it has a date.
fn days(dataset: &Dataset) -> Result<Vec<Option<Day>>, Error> {
    let day = |instance: &Instance| match instance.date.as_str() {
        "" => Ok(None),
        date => Day::of_moment(date).map(Some).ok_or_else(|| {
            Error::Training(format!(
                "date is `{date}`; holding out the latest days needs days such as 2031-06-02"
            ))
        }),
    };
    dataset.gold.iter().map(day).collect()
}

/// The day from which on the share of held-out rows is closest to one of `n_folds`; never the first
/// day.
fn first_held_out(days: &[Day], n_folds: usize) -> Result<Day, Error> {
    let mut rising = days.to_vec();
    rising.sort_unstable();
    let starts = (1..rising.len()).filter(|&at| rising[at - 1] < rising[at]);
    let wanted = rising.len() - rising.len() / n_folds;
    let closest = starts.min_by_key(|at| at.abs_diff(wanted));
    closest.map(|at| rising[at]).ok_or_else(|| {
        Error::Training(format!(
            "holding out the latest days needs two days or more (column date), found {}",
            rising.first().map_or("none".to_string(), |day| format!("{day} only"))
        ))
    })
}
