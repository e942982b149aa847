//! Folds for whatever rows there are: over articles, or over sentences where articles do not suffice.

use std::collections::BTreeSet;

use super::dataset::Dataset;
use super::fold_assignment;
use super::instance::Instance;
use super::train_test_split::TrainTestSplit;
use crate::model::card::{CrossValidation, HeldOutUnit, Settings};

/// Fewer gold instances than this are never held out: their scores would say nothing.
const MIN_HELD_OUT: usize = 10;
/// Penalties are compared on as many held-out rows: fewer instances are held out several times.
const COMPARED_ROWS: usize = 200;
/// Maximum number of repetitions.
const MAX_REPETITIONS: usize = 10;

/// The folds of all gold instances, one assignment for each repetition.
#[derive(Debug)]
pub(super) struct Folds {
    pub(super) how: CrossValidation,
    /// The fold of every gold instance.
    pub(super) assignments: Vec<Vec<usize>>,
}

impl Folds {
    /// As many folds as the rows allow, at most those of the settings; none where the rows are too few to
    /// hold any out.
    ///
    /// Articles stay whole. Where the rows name none, or the labels stand in too few of them, sentences
    /// are held out instead. There are never more folds than the rarest label has articles (or sentences),
    /// of the labels that have two or more: a label that has one only cannot be learnt where it is held
    /// out.
    pub(super) fn plan(dataset: &Dataset, settings: &Settings) -> Option<Self> {
        let n = dataset.gold.len();
        let has_articles = dataset.n_without_article < n;
        let units = [has_articles.then_some(HeldOutUnit::Articles), Some(HeldOutUnit::Sentences)];
        let how = units.into_iter().flatten().filter(|_| n >= MIN_HELD_OUT).find_map(|unit| {
            let folds = n_folds(dataset, settings, unit)?;
            let units = dataset.gold.iter().map(|item| item.held_out_with(unit));
            let repetitions = match units.collect::<BTreeSet<_>>().len() == folds {
                // Each alone: there is one way to do it.
                true => 1,
                false => COMPARED_ROWS.div_ceil(n).min(MAX_REPETITIONS),
            };
            Some(CrossValidation { unit, folds, repetitions })
        })?;
        let labels: Vec<usize> = dataset.gold.iter().map(Instance::label).collect();
        let units: Vec<usize> =
            dataset.gold.iter().map(|item| item.held_out_with(how.unit)).collect();
        let seeds = (0..how.repetitions as u64).map(|repetition| settings.seed + repetition);
        let assign = |seed| fold_assignment::folds(&labels, &units, how.folds, seed);
        Some(Folds { how, assignments: seeds.map(assign).collect() })
    }

    /// For each fold of an assignment: its instances, and all that may be trained on when they are held
    /// out.
    pub(super) fn splits(&self, dataset: &Dataset, assignment: &[usize]) -> Vec<TrainTestSplit> {
        let split = |fold| {
            let is_test = |row: usize| assignment[row] == fold;
            TrainTestSplit::new(dataset, self.how.unit, is_test, |_| true)
        };
        (0..self.how.folds).map(split).collect()
    }
}

/// Number of folds over units; none where fewer than two labels (beside a base: none) stand in two units
/// or more.
fn n_folds(dataset: &Dataset, settings: &Settings, unit: HeldOutUnit) -> Option<usize> {
    let counts = units_of_labels(dataset, unit);
    let spread: Vec<usize> = counts.into_iter().filter(|&n| n > 1).collect();
    let least = if settings.base.is_some() { 1 } else { 2 };
    let rarest = spread.iter().min().copied().filter(|_| spread.len() >= least)?;
    Some(rarest.min(settings.folds))
}

/// In how many units each label stands.
pub(super) fn units_of_labels(dataset: &Dataset, unit: HeldOutUnit) -> Vec<usize> {
    let mut units = vec![BTreeSet::new(); dataset.labels.len()];
    for instance in &dataset.gold {
        units[instance.label()].insert(instance.held_out_with(unit));
    }
    units.iter().map(BTreeSet::len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Example;

    /// Rows given by article and label, each with a text of its own.
    fn plan(rows: &[(&str, &str)], has_base: bool) -> Option<Folds> {
        let example = |(n, (article, label)): (usize, &(&str, &str))| Example {
            text: format!("Row {n}"),
            article_id: (*article).into(),
            label_shares: vec![((*label).into(), 1.0)],
            weight: 1.0,
            ..Example::default()
        };
        let rows: Vec<Example> = rows.iter().enumerate().map(example).collect();
        let dataset = Dataset::gather(&rows, &[], "light", None).unwrap();
        let base = has_base.then(|| "base".to_string());
        Folds::plan(&dataset, &Settings { base, ..Settings::default() })
    }

    #[track_caller]
    fn check(rows: &[(&str, &str)], unit: HeldOutUnit, folds: usize) {
        let found = plan(rows, false).unwrap().how;
        assert_eq!((found.unit, found.folds), (unit, folds));
    }

    fn rows<'a>(articles: &[&'a str], labels: &[&'a str], n: usize) -> Vec<(&'a str, &'a str)> {
        (0..n).map(|n| (articles[n / 2 % articles.len()], labels[n % labels.len()])).collect()
    }

    #[test]
    fn there_are_as_many_folds_as_the_rarest_label_has_articles() {
        let many: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let common = rows(&many, &["dim", "lit"], 60);
        check(&common, HeldOutUnit::Articles, 5);
        check(&rows(&["a", "b", "c"], &["dim", "lit"], 60), HeldOutUnit::Articles, 3);
        // What stands in one article only does not count.
        check(&[&common[..], &[("0", "odd")]].concat(), HeldOutUnit::Articles, 5);
        let rare = [("0", "odd"), ("1", "odd"), ("1", "odd"), ("4", "odd")];
        check(&[&common[..], &rare].concat(), HeldOutUnit::Articles, 3);
    }

    #[test]
    fn sentences_are_held_out_where_articles_do_not_suffice() {
        check(&rows(&["a"], &["dim", "lit"], 60), HeldOutUnit::Sentences, 5);
        check(&rows(&[""], &["dim", "lit"], 60), HeldOutUnit::Sentences, 5);
        // Each label in an article of its own.
        let apart = [vec![("a", "dim"); 9], vec![("b", "lit"); 3]].concat();
        check(&apart, HeldOutUnit::Sentences, 3);
    }

    #[test]
    fn a_handful_is_not_held_out() {
        assert!(plan(&rows(&["a", "b"], &["dim", "lit"], 9), false).is_none());
        let lopsided = [vec![("a", "dim"); 30], vec![("b", "lit")]].concat();
        assert!(plan(&lopsided, false).is_none());
        assert!(plan(&lopsided, true).is_some());
    }

    #[test]
    fn few_rows_are_held_out_several_times() {
        let articles = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let found = plan(&rows(&articles, &["dim", "lit"], 60), false).unwrap();
        assert_eq!((found.how.repetitions, found.assignments.len()), (4, 4));
        assert_ne!(found.assignments[0], found.assignments[1]);
        let repetitions = |articles: &[&str], n: usize| {
            plan(&rows(articles, &["dim", "lit"], n), false).unwrap().how.repetitions
        };
        assert_eq!(repetitions(&articles, 200), 1);
        // Three articles in three folds are held out in one way only.
        assert_eq!(repetitions(&articles[..3], 60), 1);
    }
}
