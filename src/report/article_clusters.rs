//! The articles of an outlet as what the bootstrap draws.
//!
//! share of a label = Σ summed probabilities / Σ sentences, both over articles. Each draw takes the
//! ratio of the two sums anew.

use std::cmp::Ordering;

use super::probability_sums::PredictionSums;
use super::stored::{Damaged, Source, Stored, check};
use crate::category::Categories;
use crate::cluster_bootstrap::{self, Interval, MIN_CLUSTERS, Resampling};
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
        let figures = |cluster: &ArticleCluster| {
            let sentences = std::iter::once(cluster.sentences);
            let all = sentences.chain(cluster.sums.iter().chain(&cluster.predicted).copied());
            all.collect::<Vec<f64>>()
        };
        let pairs = figures(self).into_iter().zip(figures(other));
        let order = pairs.map(|(a, b)| a.total_cmp(&b)).fold(Ordering::Equal, Ordering::then);
        let audit = self.audit.partial_cmp(&other.audit);
        order.then(audit.unwrap_or(Ordering::Equal))
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
    cluster_bootstrap::intervals(rows.len() + empty, draw, |times| shares(rows, times))
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
    if rows.is_empty() { None } else { shares(rows, &vec![1; rows.len()]) }
}

/// The shares of one draw; none where it took only articles without such sentences.
fn shares(rows: &[&ArticleCluster], times: &[u32]) -> Option<Vec<f64>> {
    let mut sentences = 0.0;
    let mut sums = vec![0.0; rows[0].sums.len()];
    for (row, &times) in rows.iter().zip(times) {
        let times = f64::from(times);
        sentences += times * row.sentences;
        sums.iter_mut().zip(&row.sums).for_each(|(sum, part)| *sum += times * part);
    }
    (sentences > 0.0).then(|| sums.iter().map(|sum| sum / sentences).collect())
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
        assert_eq!(shares(&[&a, &b], &[1, 1]), Some(vec![0.25]));
        assert_eq!(shares(&[&a, &b], &[3, 1]), Some(vec![4.0 / 12.0]));
        assert_eq!(shares(&[&a, &b], &[0, 0, 2]), None);
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
