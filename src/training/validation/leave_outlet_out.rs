//! Whole outlets, held out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Plan, ValidationMethod};
use crate::error::Error;
use crate::model::card::Settings;
use crate::training::dataset::{Dataset, Instance};
use crate::training::fold_assignment;
use crate::training::train_test_split::TrainTestSplit;

/// Holds out every outlet once: each alone, or several at a time where there are more outlets than
/// folds. Articles are held out in as many parts to compare with, so that as much is learnt from.
pub(super) fn plan(items: &Dataset, settings: &Settings) -> Result<Plan, Error> {
    let parts = parts(items, settings);
    let n_parts = parts.values().collect::<BTreeSet<_>>().len();
    if n_parts < 2 {
        return Err(Error::Training(format!(
            "holding out whole outlets needs two outlets or more (column outlet), found {}",
            parts.keys().next().map_or("none".to_string(), |outlet| format!("{outlet} only"))
        )));
    }
    let part = |item: &Instance| parts.get(item.outlet.as_str()).copied();
    let hold = |held: usize| {
        let is_held = |row: usize| part(&items.items[row]) == Some(held);
        TrainTestSplit::out(items, is_held, |item| part(item) != Some(held))
    };
    Ok(Plan {
        way: ValidationMethod::Outlets,
        holds: (0..n_parts).map(hold).collect(),
        from: None,
        n_unknown: items.read().filter(|item| item.outlet.is_empty()).count(),
        article_folds: n_parts,
    })
}

/// The part in which each outlet of the items is held out, numbered from 0.
fn parts<'a>(items: &'a Dataset, settings: &Settings) -> BTreeMap<&'a str, usize> {
    let named: Vec<&Instance> = items.items.iter().filter(|item| !item.outlet.is_empty()).collect();
    let outlets: BTreeSet<&str> = named.iter().map(|item| item.outlet.as_str()).collect();
    let numbers: BTreeMap<&str, usize> = outlets.iter().copied().zip(0..).collect();
    if numbers.len() <= settings.folds {
        return numbers;
    }
    let labels: Vec<usize> = named.iter().map(|item| item.label()).collect();
    let groups: Vec<usize> = named.iter().map(|item| numbers[item.outlet.as_str()]).collect();
    let folds = fold_assignment::folds(&labels, &groups, settings.folds, settings.seed);
    named.iter().map(|item| item.outlet.as_str()).zip(folds).collect()
}
