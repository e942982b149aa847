//! Shares of labels over articles, with their intervals.

use super::article_clusters::{ArticleCluster, intervals, pooled_shares};
use super::share::Share;
use crate::category::Category;
use crate::cluster_bootstrap::Resampling;

/// The shares of some sentences, and what they rest on.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ClusterShares {
    /// How many articles hold such sentences.
    pub(super) articles: usize,
    /// How many such sentences there are.
    pub(super) sentences: u64,
    /// One per label; empty where there are no such sentences.
    pub(super) shares: Vec<Share>,
}

impl ClusterShares {
    /// Of articles that stand in the order of [`canonical`](super::article_clusters::canonical).
    /// `n_articles` counts those without such sentences too, which are resampled with the others.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
    pub(super) fn new(rows: &[&ArticleCluster], n_articles: u64, resampling: Resampling) -> Self {
        let intervals = intervals(rows, n_without(rows, n_articles), resampling);
        let predicted = |label: usize| rows.iter().map(|row| row.predicted[label]).sum::<f64>();
        let share = |(label, mean): (usize, f64)| Share {
            label: Category::new(label, &rows[0].labels),
            mean,
            interval: intervals.as_ref().map(|intervals| intervals[label]),
            predicted: predicted(label) as u64,
        };
        ClusterShares {
            articles: rows.len(),
            sentences: rows.iter().map(|row| row.sentences).sum::<f64>() as u64,
            shares: pooled_shares(rows)
                .unwrap_or_default()
                .into_iter()
                .enumerate()
                .map(share)
                .collect(),
        }
    }
}

/// How many of `n_articles` are not among those that hold such sentences.
pub(super) fn n_without(rows: &[&ArticleCluster], n_articles: u64) -> usize {
    usize::try_from(n_articles).unwrap_or(rows.len()).saturating_sub(rows.len())
}
