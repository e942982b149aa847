//! The articles of an outlet as what the bootstrap draws.
//!
//! share of a label = Σ summed probabilities / Σ sentences, both over articles. Each draw takes the
//! ratio of the two sums anew.

use std::cmp::Ordering;

use super::drawn_articles::DrawnArticles;
use super::probability_sums::PredictionSums;
use super::stored::{Damaged, Source, Stored, check};
use crate::category::Categories;
use crate::cluster_bootstrap::{Interval, MIN_CLUSTERS, Resampling};
use crate::statistics::prediction_powered::Sums;

/// What one article brings to the shares.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ArticleCluster {
    /// How many of its sentences count.
    pub(super) sentences: f64,
    /// Their summed probabilities, by label.
    pub(super) sums: Box<[f64]>,
    /// How many of them the model gives each label.
    pub(super) predicted: Box<[f64]>,
    /// What hand labels add, by label; empty where there is no audit sample.
    pub(super) audit: Box<[Sums]>,
    /// What the lists by label refer to.
    pub(super) labels: Categories,
}

/// Counts are whole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
impl Stored for ArticleCluster {
    fn write(&self, out: &mut Vec<u8>) {
        (self.sentences as u64).write(out);
        self.sums.write(out);
        let predicted: Vec<u64> = self.predicted.iter().map(|n| *n as u64).collect();
        predicted.write(out);
        self.audit.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let sentences = u64::read(from)? as f64;
        let sums: Box<[f64]> = Stored::read(from)?;
        let predicted: Box<[f64]> = Vec::<u64>::read(from)?.into_iter().map(|n| n as f64).collect();
        let audit: Box<[Sums]> = Stored::read(from)?;
        let labels = Categories::clone(from.labels());
        let n = labels.len();
        let is_right = (sums.len(), predicted.len()) == (n, n) && [0, n].contains(&audit.len());
        check(is_right, "impossible ArticleCluster")?;
        Ok(ArticleCluster { sentences, sums, predicted, audit, labels })
    }
}

impl ArticleCluster {
    /// An article's sentences, added up; nothing is known of hand labels.
    pub(super) fn of(predictions: &PredictionSums) -> Self {
        let labels = 0..predictions.labels().len();
        ArticleCluster {
            sentences: predictions.sentences() as f64,
            sums: labels.clone().map(|label| predictions.sum(label)).collect(),
            predicted: labels.map(|label| predictions.predicted(label) as f64).collect(),
            audit: [].into(),
            labels: Categories::clone(predictions.labels()),
        }
    }

    /// An article without such sentences.
    pub(super) fn none(labels: &Categories) -> Self {
        let zeros: Box<[f64]> = vec![0.0; labels.len()].into();
        let labels = Categories::clone(labels);
        ArticleCluster {
            sentences: 0.0,
            sums: zeros.clone(),
            predicted: zeros,
            audit: [].into(),
            labels,
        }
    }

    /// An order that depends on the values alone.
    pub(super) fn order(&self, other: &ArticleCluster) -> Ordering {
        let pairs = self
            .figures()
            .chain(self.predicted.iter().copied())
            .zip(other.figures().chain(other.predicted.iter().copied()));
        let order = pairs.map(|(a, b)| a.total_cmp(&b)).find(|order| order.is_ne());
        let audit = || self.audit.partial_cmp(&other.audit);
        order.or_else(audit).unwrap_or(Ordering::Equal)
    }

    /// Its number of sentences, then their summed probabilities by label.
    pub(super) fn figures(&self) -> impl Iterator<Item = f64> {
        std::iter::once(self.sentences).chain(self.sums.iter().copied())
    }

    /// What hand labels add, label by label; zeros where the article has no such sentence.
    pub(super) fn audit_figures(&self, n_labels: usize) -> impl Iterator<Item = f64> {
        (0..n_labels)
            .flat_map(|label| self.audit.get(label).copied().unwrap_or_default().to_array())
    }
}

/// One interval per label, or none where too few articles have such sentences. `empty` counts the
/// articles that have none: they are drawn too, and bring nothing. The others stand in the order of
/// [`canonical`].
pub(super) fn intervals(
    rows: &[&ArticleCluster],
    empty: usize,
    draw: Resampling,
) -> Option<Vec<Interval>> {
    if rows.len() < MIN_CLUSTERS {
        return None;
    }
    let width = 1 + rows[0].sums.len();
    DrawnArticles::new(width, rows.iter().map(|row| row.figures()), empty, draw)
        .intervals(|_, totals| shares(totals))
}

/// In an order that depends on the values alone, not on the order in which articles were read.
pub(super) fn canonical<'c>(
    clusters: impl IntoIterator<Item = &'c ArticleCluster>,
) -> Vec<&'c ArticleCluster> {
    let mut rows: Vec<&ArticleCluster> = clusters.into_iter().collect();
    rows.sort_by(|a, b| a.order(b));
    rows
}

/// The shares over all articles, none of which is counted twice; none where they have no sentence.
pub(super) fn pooled_shares(rows: &[&ArticleCluster]) -> Option<Vec<f64>> {
    let mut totals = vec![0.0; 1 + rows.first()?.sums.len()];
    for row in rows {
        totals.iter_mut().zip(row.figures()).for_each(|(total, figure)| *total += figure);
    }
    shares(&totals)
}

/// The shares, from the number of sentences and their summed probabilities; none without a sentence.
fn shares(totals: &[f64]) -> Option<Vec<f64>> {
    let (sentences, sums) = totals.split_first()?;
    (*sentences > 0.0).then(|| sums.iter().map(|sum| sum / sentences).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    fn cluster(sentences: f64, sum: f64) -> ArticleCluster {
        ArticleCluster {
            sentences,
            sums: [sum].into(),
            predicted: [0.0].into(),
            audit: [].into(),
            labels: [String::new()].into(),
        }
    }

    #[test]
    fn shares_are_ratios_of_sums() {
        let (a, b) = (cluster(2.0, 1.0), cluster(6.0, 1.0));
        assert_eq!(pooled_shares(&[&a, &b]), Some(vec![0.25]));
        assert_eq!(pooled_shares(&[&a, &a, &a, &b]), Some(vec![4.0 / 12.0]));
        assert_eq!(pooled_shares(&[&cluster(0.0, 0.0)]), None);
    }

    #[test]
    fn the_order_of_articles_changes_nothing() {
        let mut clusters: Vec<ArticleCluster> =
            (1..9).map(|n| cluster(f64::from(n), f64::from(n % 3) / 2.0)).collect();
        let before = intervals(&canonical(&clusters), 2, DRAW).unwrap();
        clusters.reverse();
        assert_eq!(intervals(&canonical(&clusters), 2, DRAW).unwrap(), before);
        assert_eq!(intervals(&canonical(&clusters[..4]), 9, DRAW), None);
    }
}
