//! The latest days, held out.

use super::{Plan, ValidationMethod};
use crate::calendar_day::Day;
use crate::error::Error;
use crate::model::card::Settings;
use crate::training::dataset::{Dataset, Instance};
use crate::training::train_test_split::TrainTestSplit;

/// Holds out the latest days, about as many rows as a fold has, and learns from earlier ones only.
pub(super) fn plan(items: &Dataset, settings: &Settings) -> Result<Plan, Error> {
    let days = days(items)?;
    let from = first_held(&days.iter().flatten().copied().collect::<Vec<_>>(), settings.folds)?;
    let is_held = |row: usize| days[row].is_some_and(|day| day >= from);
    let is_earlier = |item: &Instance| Day::of_moment(&item.date).is_none_or(|day| day < from);
    Ok(Plan {
        way: ValidationMethod::Time,
        holds: vec![TrainTestSplit::out(items, is_held, is_earlier)],
        from: Some(from),
        n_unknown: items.read().filter(|item| Day::of_moment(&item.date).is_none()).count(),
        article_folds: settings.folds,
    })
}

/// The day of each item, where it has a date.
fn days(items: &Dataset) -> Result<Vec<Option<Day>>, Error> {
    let day = |item: &Instance| match item.date.as_str() {
        "" => Ok(None),
        date => Day::of_moment(date).map(Some).ok_or_else(|| {
            Error::Training(format!(
                "date is `{date}`; holding out the latest days needs days such as 2031-06-02"
            ))
        }),
    };
    items.items.iter().map(day).collect()
}

/// The day from which on the share of rows held out comes closest to one of `n_folds`; never the
/// first of all.
fn first_held(days: &[Day], n_folds: usize) -> Result<Day, Error> {
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
