//! Tests whether a model makes the same errors in every outlet.
//!
//! For each true label, the predictions for the outlets' labelled sentences form a table, outlets by
//! predicted labels. The statistic is the sum of its χ² (Pearson 1900) over true labels. Errors within
//! an article are not independent, so the statistic is compared with a permutation distribution, in
//! which whole articles are assigned to the outlets at random, and not with the χ² distribution.

use std::collections::BTreeMap;

use crate::cluster_bootstrap::{MIN_CLUSTERS, Resampling};
use crate::random::{rng, shuffle};

/// The labelled sentences of one article.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleErrors {
    /// Its outlet, as a number from 0.
    pub outlet: usize,
    /// Number of sentences, by true label, then by predicted label.
    pub confusion: Vec<Vec<f64>>,
}

/// The p value of the test. Outlets with fewer than [`MIN_CLUSTERS`] labelled articles are left out;
/// none where fewer than two outlets are left.
pub fn p_value(articles: &[ArticleErrors], resampling: Resampling) -> Option<f64> {
    let mut n_of: BTreeMap<usize, usize> = BTreeMap::new();
    articles.iter().for_each(|article| *n_of.entry(article.outlet).or_default() += 1);
    let tested: Vec<&ArticleErrors> =
        articles.iter().filter(|article| n_of[&article.outlet] >= MIN_CLUSTERS).collect();
    let mut outlets: Vec<usize> = tested.iter().map(|article| article.outlet).collect();
    let first = *outlets.first()?;
    if outlets.iter().all(|outlet| *outlet == first) {
        return None;
    }
    let observed = statistic(&tested, &outlets);
    let mut rng = rng(resampling.seed);
    let mut n_extreme = 1.0;
    for _ in 0..resampling.resamples {
        shuffle(&mut outlets, &mut rng);
        // The tolerance allows for sums in another order, which differ in their last bits.
        n_extreme += if statistic(&tested, &outlets) >= observed - 1e-9 { 1.0 } else { 0.0 };
    }
    Some(n_extreme / (resampling.resamples as f64 + 1.0))
}

/// Summed χ² over true labels.
fn statistic(articles: &[&ArticleErrors], outlets: &[usize]) -> f64 {
    let n_labels = articles.first().map_or(0, |article| article.confusion.len());
    let n_outlets = outlets.iter().max().map_or(0, |most| most + 1);
    let table = |truth: usize| {
        let mut table = vec![vec![0.0; n_labels]; n_outlets];
        for (article, &outlet) in articles.iter().zip(outlets) {
            let row = table[outlet].iter_mut().zip(&article.confusion[truth]);
            row.for_each(|(cell, count)| *cell += count);
        }
        table
    };
    (0..n_labels).map(|truth| chi_squared(&table(truth))).sum()
}

/// χ² of a table against independence of rows and columns (Pearson 1900); empty rows and columns add
/// nothing.
pub fn chi_squared(table: &[Vec<f64>]) -> f64 {
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let n_columns = table.first().map_or(0, Vec::len);
    let columns: Vec<f64> =
        (0..n_columns).map(|at| table.iter().map(|row| row[at]).sum()).collect();
    let total: f64 = rows.iter().sum();
    let mut sum = 0.0;
    for (row, of_row) in table.iter().zip(&rows) {
        for (count, of_column) in row.iter().zip(&columns) {
            let expected = of_row * of_column / total;
            sum += if expected > 0.0 { (count - expected).powi(2) / expected } else { 0.0 };
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 400, seed: 1 };

    /// Two outlets with ten articles each; in the second so many of ten sentences are misread.
    fn articles(misread: u32) -> Vec<ArticleErrors> {
        let article = |number: u32| {
            let outlet = number % 2;
            let wrong = if outlet == 0 { 2.0 } else { f64::from(misread) } + f64::from(number % 3);
            let confusion = vec![vec![10.0 - wrong, wrong], vec![1.0, 9.0]];
            ArticleErrors { outlet: outlet as usize, confusion }
        };
        (0..20).map(article).collect()
    }

    #[test]
    fn errors_that_differ_are_noticed_and_others_are_not() {
        assert!(p_value(&articles(6), DRAW).unwrap() < 0.01);
        assert!(p_value(&articles(2), DRAW).unwrap() > 0.2);
    }

    #[test]
    fn few_articles_cannot_be_judged() {
        assert_eq!(p_value(&articles(6)[..9], DRAW), None);
        assert_eq!(p_value(&[], DRAW), None);
    }
}
