//! Shares from predictions alone, corrected by the errors that the model made in cross-validation.

use super::serialize::{ends, rounded};
use crate::category::Category;
use std::collections::BTreeMap;

use rand_pcg::Pcg64Mcg;
use serde::Serialize;

use super::article_clusters::ArticleCluster;
use super::drawn_articles::DrawnArticles;
use super::share::FEW_SENTENCES;
use super::stored::stored;
use crate::cluster_bootstrap::{Interval, MIN_CLUSTERS, Resampling};
use crate::model::Prediction;
use crate::random::{rng, uniform_below};
use crate::statistics::prevalence;

/// A label's share that holds where the model errs in this outlet as it did in cross-validation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdjustedShare {
    /// The label.
    pub label: Category,
    /// Counted predictions, adjusted by how often each label is taken for another.
    #[serde(serialize_with = "rounded")]
    pub adjusted: f64,
    /// 95 % of it, over articles and over the rows in which the errors were counted; none where
    /// fewer than five articles hold such sentences.
    #[serde(flatten, serialize_with = "ends")]
    pub interval: Option<Interval>,
    /// Its part of the shares under which the model's probabilities are most likely; none where
    /// there are more than five labels.
    #[serde(serialize_with = "rounded")]
    pub most_likely: Option<f64>,
}

/// How often the model takes each label for another, with what might have been counted instead.
#[derive(Debug)]
pub(super) struct ErrorRates {
    confusion: Vec<Vec<f64>>,
    drawn: Vec<Vec<Vec<f64>>>,
}

impl ErrorRates {
    /// From rows counted by true label, then by predicted label.
    pub(super) fn new(confusion: &[Vec<usize>], draw: Resampling) -> Self {
        let mut rng = rng(draw.seed);
        let drawn = |_| confusion.iter().map(|row| redrawn(row, &mut rng)).collect();
        ErrorRates {
            drawn: (0..draw.resamples).map(drawn).collect(),
            confusion: (confusion.iter())
                .map(|row| row.iter().map(|count| *count as f64).collect())
                .collect(),
        }
    }

    /// The shares of some articles, adjusted by the errors; none where the errors do not determine them, or
    /// where there are fewer than 30 sentences.
    pub(super) fn adjust(
        &self,
        articles: &[&ArticleCluster],
        empty: usize,
        histogram: &Histogram,
        draw: Resampling,
    ) -> Option<Vec<AdjustedShare>> {
        let sentences: f64 = articles.iter().map(|article| article.sentences).sum();
        if sentences < FEW_SENTENCES as f64 {
            return None;
        }
        let n_labels = articles.first()?.predicted.len();
        let predicted =
            |label: usize| articles.iter().map(|article| article.predicted[label]).sum::<f64>();
        let counts: Vec<f64> = (0..n_labels).map(predicted).collect();
        let adjusted = prevalence::adjusted_count(&self.confusion, &shares(&counts)?)?;
        let intervals = (articles.len() >= MIN_CLUSTERS).then(|| {
            let rows = articles.iter().map(|article| article.predicted.iter().copied());
            DrawnArticles::new(n_labels, rows, empty, draw).intervals(|number, counts| {
                prevalence::adjusted_count(self.drawn.get(number)?, &shares(counts)?)
            })
        });
        let (intervals, most_likely) = (intervals.flatten(), self.most_likely(histogram));
        let share = |(label, &adjusted): (usize, &f64)| AdjustedShare {
            label: Category::new(label, &articles[0].labels),
            adjusted,
            interval: intervals.as_ref().map(|intervals| intervals[label]),
            most_likely: most_likely.as_ref().map(|shares| shares[label]),
        };
        Some(adjusted.iter().enumerate().map(share).collect())
    }

    fn most_likely(&self, histogram: &Histogram) -> Option<Vec<f64>> {
        let rows: Vec<f64> = self.confusion.iter().map(|row| row.iter().sum()).collect();
        let all: f64 = rows.iter().sum();
        let prior: Vec<f64> = rows.iter().map(|row| row / all).collect();
        prevalence::em_prevalence(&histogram.cells(), &prior)
    }
}

/// A resample of the rows of one true label: as many, drawn with replacement.
fn redrawn(row: &[usize], rng: &mut Pcg64Mcg) -> Vec<f64> {
    let total: usize = row.iter().sum();
    let mut drawn = vec![0.0; row.len()];
    for _ in 0..total {
        let mut place = uniform_below(total, rng);
        let label = row.iter().position(|count| {
            let is_here = place < *count;
            place = place.saturating_sub(*count);
            is_here
        });
        drawn[label.unwrap_or(0)] += 1.0;
    }
    drawn
}

/// The share of predictions of each label, from their counts; none without a sentence.
fn shares(counts: &[f64]) -> Option<Vec<f64>> {
    let all: f64 = counts.iter().sum();
    (all > 0.0).then(|| counts.iter().map(|count| count / all).collect())
}

/// Which probabilities occur how often, on a grid: memory does not grow with the sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Histogram {
    /// By place on the grid; places beyond the labels are 0.
    cells: BTreeMap<[u8; MOST_LABELS], u32>,
    n_labels: usize,
}

stored!(Histogram { cells, n_labels } where |of, labels| {
    of.n_labels == 0 || (of.n_labels == labels.len() && of.n_labels <= MOST_LABELS)
});

/// The grid's lines are two points apart.
const LINES: f64 = 50.0;

/// With more labels a grid would be as large as the corpus.
const MOST_LABELS: usize = 5;

impl Histogram {
    /// Counts a prediction.
    pub(super) fn add(&mut self, prediction: &Prediction) {
        if prediction.probabilities.len() <= MOST_LABELS {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 50")]
            let line = |p: &f64| (p * LINES).round() as u8;
            let mut cell = [0; MOST_LABELS];
            cell.iter_mut().zip(&prediction.probabilities).for_each(|(cell, p)| *cell = line(p));
            *self.cells.entry(cell).or_default() += 1;
            self.n_labels = prediction.probabilities.len();
        }
    }

    /// Counts what another histogram holds.
    pub(super) fn merge(&mut self, other: &Histogram) {
        for (cell, count) in &other.cells {
            let sum = self.cells.entry(*cell).or_default();
            *sum = sum.saturating_add(*count);
        }
        self.n_labels = self.n_labels.max(other.n_labels);
    }

    fn cells(&self) -> Vec<(Vec<f64>, f64)> {
        let probabilities = |cell: &[u8; MOST_LABELS]| {
            cell[..self.n_labels].iter().map(|line| f64::from(*line) / LINES).collect()
        };
        self.cells.iter().map(|(cell, count)| (probabilities(cell), f64::from(*count))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{labels, prediction};

    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    fn article(predicted: [f64; 3]) -> ArticleCluster {
        let audit = [].into();
        let sums = [0.0; 3].into();
        ArticleCluster {
            sentences: predicted.iter().sum(),
            sums,
            predicted: predicted.into(),
            audit,
            labels: labels(),
        }
    }

    fn rates() -> ErrorRates {
        ErrorRates::new(&[vec![80, 5, 15], vec![10, 75, 15], vec![10, 15, 75]], DRAW)
    }

    #[test]
    fn counts_are_adjusted_by_the_errors() {
        let articles = vec![article([6.0, 5.0, 9.0]); 6];
        let articles: Vec<&ArticleCluster> = articles.iter().collect();
        let found = rates().adjust(&articles, 0, &Histogram::default(), DRAW).unwrap();
        let expected = [0.285_714, 0.214_286, 0.5];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found.adjusted - expected).abs() < 1e-6, "{found:?} is not {expected}");
        }
        let interval = found[2].interval.unwrap();
        assert!(interval.low < 0.5 && 0.5 < interval.high, "{interval:?}");
        let few = rates().adjust(&articles[..4], 0, &Histogram::default(), DRAW).unwrap();
        assert_eq!((few[0].interval, few[0].most_likely), (None, None));
        assert_eq!(rates().adjust(&articles[..1], 0, &Histogram::default(), DRAW), None);
    }

    #[test]
    fn the_grid_changes_the_most_likely_shares_by_less_than_a_point() {
        let mut histogram = Histogram::default();
        let mut exact = Vec::new();
        for n in 0..300_u32 {
            let critical = f64::from(n * 37 % 300) / 300.0;
            let neutral = (1.0 - critical) * f64::from(n % 7) / 7.0;
            let probabilities = [critical, neutral, 1.0 - critical - neutral];
            histogram.add(&prediction(probabilities));
            exact.push((probabilities.to_vec(), 1.0));
        }
        let found = rates().most_likely(&histogram).unwrap();
        let expected = prevalence::em_prevalence(&exact, &[1.0 / 3.0; 3]).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.01, "{found} is not {expected}");
        }
    }
}
