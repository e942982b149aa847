//! Whether a model errs alike in every outlet.
//!
//! For each true label the predictions of the outlets' labelled sentences make a table, outlets by
//! predicted labels; its χ² (Pearson 1900) says how far the outlets differ, and the sum over true
//! labels is what is judged. Sentences of one article err together, so it is judged against what
//! comes out when whole articles are dealt to the outlets anew (a permutation test), not against
//! the χ² distribution.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::SeedableRng;

use crate::cluster_bootstrap::{MIN_CLUSTERS, Resampling, below};

/// One article's labelled sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorHomogeneity {
    /// Its outlet, as a number from 0.
    pub outlet: usize,
    /// How many sentences, by true label, then by predicted label.
    pub confusion: Vec<Vec<f64>>,
}

/// How probable errors that differ so much between outlets would be if they were alike. None where
/// fewer than two outlets have five labelled articles; those with fewer are left out.
pub fn probability(articles: &[ErrorHomogeneity], draw: Resampling) -> Option<f64> {
    let n_of = |outlet| articles.iter().filter(|article| article.outlet == outlet).count();
    let judged: Vec<&ErrorHomogeneity> =
        articles.iter().filter(|article| n_of(article.outlet) >= MIN_CLUSTERS).collect();
    let mut outlets: Vec<usize> = judged.iter().map(|article| article.outlet).collect();
    let first = *outlets.first()?;
    if outlets.iter().all(|outlet| *outlet == first) {
        return None;
    }
    let found = statistic(&judged, &outlets);
    let mut chance = Pcg64Mcg::seed_from_u64(draw.seed);
    let mut as_far = 1.0;
    for _ in 0..draw.resamples {
        for last in (1..outlets.len()).rev() {
            outlets.swap(last, below(last + 1, &mut chance));
        }
        // A hair's breadth less, since sums in another order differ in their last bits.
        as_far += if statistic(&judged, &outlets) >= found - 1e-9 { 1.0 } else { 0.0 };
    }
    Some(as_far / (draw.resamples as f64 + 1.0))
}

/// Summed χ² over true labels.
fn statistic(articles: &[&ErrorHomogeneity], outlets: &[usize]) -> f64 {
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

/// How far a table lies from one whose rows are alike (Pearson 1900); empty rows and columns add
/// nothing.
pub fn chi_squared(table: &[Vec<f64>]) -> f64 {
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let n_columns = table.first().map_or(0, Vec::len);
    let columns: Vec<f64> =
        (0..n_columns).map(|at| table.iter().map(|row| row[at]).sum()).collect();
    let total: f64 = rows.iter().sum();
    let mut far = 0.0;
    for (row, of_row) in table.iter().zip(&rows) {
        for (count, of_column) in row.iter().zip(&columns) {
            let expected = of_row * of_column / total;
            far += if expected > 0.0 { (count - expected).powi(2) / expected } else { 0.0 };
        }
    }
    far
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 400, seed: 1 };

    /// Two outlets with ten articles each; in the second so many of ten sentences are misread.
    fn articles(misread: u32) -> Vec<ErrorHomogeneity> {
        let article = |number: u32| {
            let outlet = number % 2;
            let wrong = if outlet == 0 { 2.0 } else { f64::from(misread) } + f64::from(number % 3);
            let confusion = vec![vec![10.0 - wrong, wrong], vec![1.0, 9.0]];
            ErrorHomogeneity { outlet: outlet as usize, confusion }
        };
        (0..20).map(article).collect()
    }

    #[test]
    fn errors_that_differ_are_noticed_and_others_are_not() {
        assert!(probability(&articles(6), DRAW).unwrap() < 0.01);
        assert!(probability(&articles(2), DRAW).unwrap() > 0.2);
    }

    #[test]
    fn few_articles_cannot_be_judged() {
        assert_eq!(probability(&articles(6)[..9], DRAW), None);
        assert_eq!(probability(&[], DRAW), None);
    }
}
