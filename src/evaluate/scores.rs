//! Macro-F1, accuracy, calibration and the confusion matrix, with intervals over articles, or over
//! sentences where articles are too few.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cluster_bootstrap::{self, Interval, MIN_CLUSTERS, Over, Resampling};

/// A prediction beside the true label.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredExample {
    /// The index of the label that people gave.
    pub truth: usize,
    /// The model's probability of each label.
    pub probabilities: Vec<f64>,
    /// The index of the label that the model predicts.
    pub predicted: usize,
    /// Its article; rows of one article are not independent.
    pub article: usize,
}

impl ScoredExample {
    /// A prediction of the most probable label.
    pub fn most_probable(truth: usize, probabilities: Vec<f64>, article: usize) -> Self {
        ScoredExample { truth, predicted: argmax(&probabilities), probabilities, article }
    }
}

/// A figure with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// 95 % interval over articles, sentences or items; none where there are too few of them.
    pub interval: Option<Interval>,
}

/// How well one label is predicted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelScores {
    /// The label.
    pub label: String,
    /// Number of rows that have it.
    pub rows: usize,
    /// Number of rows that are predicted to have it.
    pub predicted: usize,
    /// Share of the predicted rows that are right; none where it is never predicted.
    pub precision: Option<f64>,
    /// Share of the true rows that are found; none where there are none.
    pub recall: Option<f64>,
    /// Harmonic mean of precision and recall, 0 where nothing is right.
    pub f1: Estimate,
}

/// How well a model does on labelled rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Number of rows.
    pub rows: usize,
    /// Number of articles that they come from.
    pub articles: usize,
    /// What the intervals are over; none where there are none, and in models of old.
    #[serde(default)]
    pub over: Option<Over>,
    /// Mean of the labels' F1.
    pub macro_f1: Estimate,
    /// Share of rows predicted right.
    pub accuracy: Estimate,
    /// Macro-F1 of always predicting the most frequent label.
    pub majority_macro_f1: f64,
    /// One entry per label.
    pub labels: Vec<LabelScores>,
    /// Rows by true label, then by predicted label.
    pub confusion: Vec<Vec<usize>>,
    /// Mean of −ln of the true label's probability.
    pub log_loss: f64,
    /// Mean over rows of the summed squared distances from the truth (Brier 1950): 0 to 2.
    pub brier: f64,
    /// Expected calibration error: mean distance of confidence from accuracy, 0 to 1.
    pub calibration_error: f64,
}

/// Number of bins of the calibration error, which have equal counts.
const N_BINS: usize = 10;

/// The index of the largest; the first where several are.
pub fn argmax(values: &[f64]) -> usize {
    (1..values.len()).fold(0, |best, at| if values[at] > values[best] { at } else { best })
}

/// The scores of predictions; none where there is no row.
pub fn scores(
    examples: &[ScoredExample],
    labels: &[String],
    resampling: Resampling,
) -> Option<Scores> {
    if examples.is_empty() {
        return None;
    }
    let k = labels.len();
    let (figures, over) = estimates(examples, &vec![1.0; examples.len()], k, resampling);
    let mut confusion = vec![vec![0; k]; k];
    examples.iter().for_each(|row| confusion[row.truth][row.predicted] += 1);
    let label_scores =
        |(at, label): (usize, &String)| label_scores(label, at, &confusion, figures[at + 2]);
    Some(Scores {
        rows: examples.len(),
        articles: n_articles(examples),
        over,
        macro_f1: figures[0],
        accuracy: figures[1],
        majority_macro_f1: majority_macro_f1(&confusion),
        labels: labels.iter().enumerate().map(label_scores).collect(),
        log_loss: log_loss(examples),
        brier: brier(examples),
        calibration_error: calibration_error(examples),
        confusion,
    })
}

/// Minimum number of sentences for an interval over sentences.
const MIN_SENTENCES: usize = 10;

/// Macro-F1, accuracy, then the F1 of each label, with intervals, and what these are over: articles, or
/// sentences where the articles are too few. Each row counts as often as its weight says.
pub(super) fn estimates(
    examples: &[ScoredExample],
    weights: &[f64],
    k: usize,
    resampling: Resampling,
) -> (Vec<Estimate>, Option<Over>) {
    let by_article = confusions_by(examples, weights, k, |(_, row)| row.article);
    let (clusters, over) = match (by_article.len(), examples.len()) {
        (MIN_CLUSTERS.., _) => (by_article, Some(Over::Articles)),
        (_, MIN_SENTENCES..) => {
            (confusions_by(examples, weights, k, |(at, _)| at), Some(Over::Sentences))
        }
        _ => (by_article, None),
    };
    let values = figures(&sum(&clusters, &vec![1; clusters.len()], k), k);
    let intervals = cluster_bootstrap::intervals(clusters.len(), resampling, |times| {
        Some(figures(&sum(&clusters, times, k), k))
    });
    let interval = |at: usize| intervals.as_ref().map(|intervals| intervals[at]);
    let estimate = |(at, value)| Estimate { value, interval: interval(at) };
    (values.into_iter().enumerate().map(estimate).collect(), over)
}

fn n_articles(examples: &[ScoredExample]) -> usize {
    examples.iter().map(|row| row.article).collect::<BTreeSet<_>>().len()
}

/// Each article's confusion, true labels × predicted labels.
pub(super) fn confusions_by_article(examples: &[ScoredExample], k: usize) -> Vec<Vec<f64>> {
    confusions_by(examples, &vec![1.0; examples.len()], k, |(_, row)| row.article)
}

/// The confusion of each cluster that holds a row, weighted.
fn confusions_by(
    examples: &[ScoredExample],
    weights: &[f64],
    k: usize,
    cluster: impl Fn((usize, &ScoredExample)) -> usize,
) -> Vec<Vec<f64>> {
    let mut by_cluster: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (row, weight) in examples.iter().enumerate().zip(weights) {
        let confusion = by_cluster.entry(cluster(row)).or_insert_with(|| vec![0.0; k * k]);
        confusion[row.1.truth * k + row.1.predicted] += weight;
    }
    by_cluster.into_values().collect()
}

pub(super) fn sum(by_cluster: &[Vec<f64>], times: &[u32], k: usize) -> Vec<f64> {
    let mut total = vec![0.0; k * k];
    for (confusion, &times) in by_cluster.iter().zip(times).filter(|(_, times)| **times > 0) {
        total.iter_mut().zip(confusion).for_each(|(total, n)| *total += f64::from(times) * n);
    }
    total
}

/// Macro-F1, accuracy, then the F1 of each label.
pub(super) fn figures(confusion: &[f64], k: usize) -> Vec<f64> {
    let right = |label: usize| confusion[label * k + label];
    let of_row = |label: usize| confusion[label * k..][..k].iter().sum::<f64>();
    let of_column = |label: usize| confusion.iter().skip(label).step_by(k).sum::<f64>();
    let f1 = |label| {
        let both = of_row(label) + of_column(label);
        if both > 0.0 { 2.0 * right(label) / both } else { 0.0 }
    };
    let f1s: Vec<f64> = (0..k).map(f1).collect();
    let accuracy = (0..k).map(right).sum::<f64>() / confusion.iter().sum::<f64>();
    [f1s.iter().sum::<f64>() / k as f64, accuracy].into_iter().chain(f1s).collect()
}

fn label_scores(label: &str, at: usize, confusion: &[Vec<usize>], f1: Estimate) -> LabelScores {
    let right = confusion[at][at] as f64;
    let rows: usize = confusion[at].iter().sum();
    let predicted: usize = confusion.iter().map(|row| row[at]).sum();
    let share = |of: usize| (of > 0).then(|| right / of as f64);
    let (precision, recall) = (share(predicted), share(rows));
    LabelScores { label: label.to_string(), rows, predicted, precision, recall, f1 }
}

fn majority_macro_f1(confusion: &[Vec<usize>]) -> f64 {
    let rows: Vec<usize> = confusion.iter().map(|row| row.iter().sum()).collect();
    let n: usize = rows.iter().sum();
    let most = rows.iter().copied().max().unwrap_or(0);
    2.0 * most as f64 / (n + most) as f64 / rows.len() as f64
}

fn mean(examples: &[ScoredExample], of: impl Fn(&ScoredExample) -> f64) -> f64 {
    examples.iter().map(of).sum::<f64>() / examples.len() as f64
}

/// Mean of −ln of the true label's probability, which counts as 1e-15 at least.
pub fn log_loss(examples: &[ScoredExample]) -> f64 {
    mean(examples, |row| -row.probabilities[row.truth].max(1e-15).ln())
}

fn brier(examples: &[ScoredExample]) -> f64 {
    let truth = |row: &ScoredExample, label| if label == row.truth { 1.0 } else { 0.0 };
    mean(examples, |row| {
        row.probabilities.iter().enumerate().map(|(at, p)| (p - truth(row, at)).powi(2)).sum()
    })
}

/// Mean over [`N_BINS`] bins of equal counts, rows sorted by the predicted label's probability, of
/// the distance between the bin's accuracy and its mean probability, weighted by rows (Naeini,
/// Cooper & Hauskrecht 2015, with equal counts).
fn calibration_error(examples: &[ScoredExample]) -> f64 {
    let mut by_confidence: Vec<(f64, f64)> = examples
        .iter()
        .map(|row| {
            let label = argmax(&row.probabilities);
            (row.probabilities[label], if label == row.truth { 1.0 } else { 0.0 })
        })
        .collect();
    by_confidence.sort_by(|a, b| a.0.total_cmp(&b.0));
    distance_of(&by_confidence)
}

/// The calibration error of rising confidences, each with 1 where it was right and 0 where not.
pub(super) fn distance_of(by_confidence: &[(f64, f64)]) -> f64 {
    let (size, larger) = (by_confidence.len() / N_BINS, by_confidence.len() % N_BINS);
    let mut rest = by_confidence;
    let mut distance = 0.0;
    for bin in 0..N_BINS {
        let (rows, after) = rest.split_at(size + usize::from(bin < larger));
        distance += rows.iter().map(|(p, right)| right - p).sum::<f64>().abs();
        rest = after;
    }
    distance / by_confidence.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    fn labels() -> Vec<String> {
        ["critical", "neutral", "supportive"].map(String::from).to_vec()
    }

    fn judged(truth: usize, probabilities: [f64; 3], article: usize) -> ScoredExample {
        ScoredExample::most_probable(truth, probabilities.to_vec(), article)
    }

    /// Two right, one wrong; `supportive` is neither true nor predicted.
    fn three_rows() -> Vec<ScoredExample> {
        vec![
            judged(0, [0.8, 0.1, 0.1], 0),
            judged(1, [0.2, 0.5, 0.3], 0),
            judged(1, [0.6, 0.3, 0.1], 4),
        ]
    }

    #[test]
    fn figures_are_those_worked_by_hand() {
        let scores = scores(&three_rows(), &labels(), DRAW).unwrap();
        assert_eq!((scores.rows, scores.articles), (3, 2));
        assert_eq!(scores.confusion, [[1, 0, 0], [1, 1, 0], [0, 0, 0]]);
        assert!((scores.accuracy.value - 2.0 / 3.0).abs() < 1e-12);
        // F1: 2·1/(1+2), 2·1/(2+1), 0.
        assert!((scores.macro_f1.value - 4.0 / 9.0).abs() < 1e-12);
        assert_eq!((scores.labels[0].precision, scores.labels[0].recall), (Some(0.5), Some(1.0)));
        assert_eq!((scores.labels[2].precision, scores.labels[2].recall), (None, None));
        assert!((scores.majority_macro_f1 - 0.8 / 3.0).abs() < 1e-12);
        assert!((scores.log_loss - -(0.8_f64 * 0.5 * 0.3).ln() / 3.0).abs() < 1e-12);
        assert!((scores.brier - (0.06 + 0.38 + 0.86) / 3.0).abs() < 1e-12);
        // Each row has a bin of its own: |0 − 0.6| + |1 − 0.5| + |1 − 0.8|.
        assert!((scores.calibration_error - 1.3 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn three_rows_have_no_interval() {
        let scores = scores(&three_rows(), &labels(), DRAW).unwrap();
        assert_eq!((scores.macro_f1.interval, scores.over), (None, None));
    }

    #[test]
    fn few_articles_have_intervals_over_their_sentences() {
        let of = |n_articles| {
            let row = |n: usize| judged(n % 3, [0.2, 0.5, 0.3], n % n_articles);
            scores(&(0..30).map(row).collect::<Vec<_>>(), &labels(), DRAW).unwrap()
        };
        assert_eq!((of(4).articles, of(4).over), (4, Some(Over::Sentences)));
        assert!(of(4).accuracy.interval.is_some());
        assert_eq!(of(5).over, Some(Over::Articles));
    }

    #[test]
    fn intervals_hold_the_figure() {
        let rows: Vec<ScoredExample> = (0..60)
            .map(|n| {
                judged(n % 3, if n % 4 == 0 { [0.7, 0.2, 0.1] } else { [0.1, 0.7, 0.2] }, n / 2)
            })
            .collect();
        let scores = scores(&rows, &labels(), DRAW).unwrap();
        let interval = scores.accuracy.interval.unwrap();
        assert!(interval.low < scores.accuracy.value && scores.accuracy.value < interval.high);
    }

    #[test]
    fn nothing_judged_has_no_scores() {
        assert_eq!(scores(&[], &labels(), DRAW), None);
    }
}
