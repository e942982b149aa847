//! Assigns rows to folds: whole articles or sentences, stratified by label.

use std::collections::BTreeMap;

use super::near_duplicates;
use crate::random::{rng, shuffle};
use crate::text::normalised;

/// The index of each row's article, given the article's id and the text. Without an id the text stands
/// for the article, so that the rows of one sentence with several targets stay together.
pub fn articles<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    rows.map(|(article, text)| {
        let key = match article {
            "" => (1, normalised(text)),
            article => (0, article.to_string()),
        };
        let next = numbers.len();
        *numbers.entry(key).or_insert(next)
    })
    .collect()
}

/// The index of each text's cluster of texts that nearly repeat each other, such as agency copy.
pub fn text_clusters(texts: &[&str]) -> Vec<usize> {
    let mut first_with = BTreeMap::new();
    let mut parents: Vec<usize> = (0..texts.len())
        .map(|row| *first_with.entry(normalised(texts[row])).or_insert(row))
        .collect();
    let rows: Vec<usize> = first_with.into_values().collect();
    let distinct: Vec<&str> = rows.iter().map(|&row| texts[row]).collect();
    for (a, b) in near_duplicates::pairs(&distinct) {
        union(&mut parents, rows[a], rows[b]);
    }
    components(&mut parents)
}

fn union(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b)] = a.min(b);
}

/// The component of each row (union–find), numbered from 0 in the order of their first rows.
fn components(parents: &mut [usize]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    (0..parents.len())
        .map(|row| {
            let next = numbers.len();
            *numbers.entry(root(parents, row)).or_insert(next)
        })
        .collect()
}

/// The first row of a row's component, with path halving.
fn root(parents: &mut [usize], mut row: usize) -> usize {
    while parents[row] != row {
        parents[row] = parents[parents[row]];
        row = parents[row];
    }
    row
}

/// The fold of every row: groups (articles, or clusters of texts) stay whole, and each label is spread over the folds as evenly as
/// that allows. Large groups are placed first, each where it changes the balance least (as in
/// scikit-learn's `StratifiedGroupKFold`); equals are placed in random order.
///
/// `labels` and `groups` have one entry per row; folds are numbered from 0 to `n_folds` − 1.
pub fn folds(labels: &[usize], groups: &[usize], n_folds: usize, seed: u64) -> Vec<usize> {
    let n_labels = labels.iter().max().map_or(0, |most| most + 1);
    let n_groups = groups.iter().max().map_or(0, |most| most + 1);
    let mut counts = vec![vec![0.0; n_labels]; n_groups];
    labels.iter().zip(groups).for_each(|(&label, &group)| counts[group][label] += 1.0);
    let totals: Vec<f64> =
        (0..n_labels).map(|label| counts.iter().map(|group| group[label]).sum()).collect();
    let mut filled = vec![vec![0.0; n_labels]; n_folds];
    let mut fold_of = vec![0; n_groups];
    for group in largest_first(&counts, seed) {
        let cost = |fold: &usize| imbalance(&filled[*fold], &counts[group], &totals);
        let best = (0..n_folds).min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(0);
        filled[best].iter_mut().zip(&counts[group]).for_each(|(sum, n)| *sum += n);
        fold_of[group] = best;
    }
    groups.iter().map(|&group| fold_of[group]).collect()
}

/// The groups in the order in which they are placed.
fn largest_first(counts: &[Vec<f64>], seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    shuffle(&mut order, &mut rng(seed));
    let size = |group: usize| counts[group].iter().sum::<f64>();
    order.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
    order
}

/// By how much a group increases the squared shares of the labels in a fold.
fn imbalance(fold: &[f64], group: &[f64], totals: &[f64]) -> f64 {
    let labels = fold.iter().zip(group).zip(totals).filter(|(_, total)| **total > 0.0);
    labels.map(|((sum, n), total)| (2.0 * sum * n + n * n) / (total * total)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_article_is_its_id_and_without_one_its_text() {
        let rows =
            [("a", "One."), ("", "Two."), ("b", "“One”"), ("", "two"), ("b", "Three"), ("", "4")];
        assert_eq!(articles(rows.into_iter()), [0, 1, 2, 1, 2, 3]);
    }

    #[test]
    fn texts_that_nearly_repeat_each_other_form_a_cluster() {
        let texts = [
            "The harbour board voted nine to four for the new sea wall.",
            "Trams are late.",
            "On Monday the harbour board voted nine to four for the new sea wall, it said.",
            "The harbour board met.",
            "“Trams are late”",
        ];
        assert_eq!(text_clusters(&texts), [0, 1, 0, 2, 1]);
    }

    #[test]
    fn labels_are_spread_evenly() {
        let labels: Vec<usize> = (0..90).map(|row| row % 3).collect();
        let groups: Vec<usize> = (0..90).map(|row| row / 2).collect();
        let folds = folds(&labels, &groups, 5, 1);
        for fold in 0..5 {
            for label in 0..3 {
                let n = (0..90).filter(|&row| folds[row] == fold && labels[row] == label).count();
                assert!((5..=7).contains(&n), "fold {fold} has {n} of label {label}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_group_is_ever_split(
            rows in prop::collection::vec((0_usize..3, 0_usize..20), 1..80), seed in 0_u64..5,
        ) {
            let labels: Vec<usize> = rows.iter().map(|row| row.0).collect();
            let groups: Vec<usize> = rows.iter().map(|row| row.1).collect();
            let folds = folds(&labels, &groups, 4, seed);
            for a in 0..rows.len() {
                for b in 0..a {
                    prop_assert!(groups[a] != groups[b] || folds[a] == folds[b]);
                }
            }
        }
    }
}
