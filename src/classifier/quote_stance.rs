//! One quote has one stance: attributed sentences that quote the same words get the same prediction.
//!
//! A model reads the outlet's words around a quote too, and so may read one quote in five ways in five
//! outlets. What a source said is one statement: its stance is the mean of what the model makes of all
//! printings.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::classified::Classified;
use crate::model::Prediction;
use crate::text_reuse::Fingerprint;
use crate::voice::Voice;

/// Minimum number of five-word runs of a quote that is looked for elsewhere: eight words.
const FEWEST_RUNS: usize = 4;

/// Maximum number of sentences with one run that a further one is compared with.
const MOST_HOLDERS: usize = 16;

/// A sentence that quotes a source.
struct Quoting<'k> {
    article: usize,
    sentence: usize,
    /// The hashes of the five-word runs that it quotes, rising, without duplicates.
    runs: &'k [u64],
}

/// Gives attributed sentences of articles that are read together, and that have at least half of the
/// words of a quote in common, the mean of their predictions. `keys` are the fingerprints of all sentences.
pub(super) fn unify(articles: &mut [Vec<Classified<'_>>], keys: &[Vec<Fingerprint>]) {
    let quoting = quoting(articles, keys);
    let mut groups: BTreeMap<usize, Vec<&Quoting<'_>>> = BTreeMap::new();
    for (group, of) in groups_of(&quoting).into_iter().zip(&quoting) {
        groups.entry(group).or_default().push(of);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let n_targets = articles[group[0].article][group[0].sentence].readings.len();
        (0..n_targets).for_each(|target| share_mean(articles, &group, target));
    }
}

fn quoting<'k>(articles: &[Vec<Classified<'_>>], keys: &'k [Vec<Fingerprint>]) -> Vec<Quoting<'k>> {
    let mut found = Vec::new();
    for (article, (sentences, keys)) in articles.iter().zip(keys).enumerate() {
        for (sentence, (of, key)) in sentences.iter().zip(keys).enumerate() {
            let is_read = of.readings.iter().any(|reading| reading.prediction.is_some());
            if of.attribution.voice == Voice::Attributed && is_read {
                let runs = key.runs();
                if runs.len() >= FEWEST_RUNS {
                    found.push(Quoting { article, sentence, runs });
                }
            }
        }
    }
    found
}

/// For each sentence the number of the first one that it shares its quote with, over any number of
/// steps; its own number where there is none.
fn groups_of(quoting: &[Quoting<'_>]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..quoting.len()).collect();
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, of) in quoting.iter().enumerate() {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for run in of.runs {
            let held = holders.entry(*run).or_default();
            held.iter().for_each(|other| *common.entry(*other).or_default() += 1);
            if held.len() < MOST_HOLDERS {
                held.push(at);
            }
        }
        for (other, n_common) in common {
            if n_common * 2 >= of.runs.len().min(quoting[other].runs.len()) {
                let (a, b) = (first(&groups, at), first(&groups, other));
                groups[a.max(b)] = a.min(b);
            }
        }
    }
    (0..quoting.len()).map(|at| first(&groups, at)).collect()
}

fn first(groups: &[usize], mut at: usize) -> usize {
    while groups[at] != at {
        at = groups[at];
    }
    at
}

fn share_mean(articles: &mut [Vec<Classified<'_>>], group: &[&Quoting<'_>], target: usize) {
    let predictions: Vec<&Prediction> = group
        .iter()
        .filter_map(|of| articles[of.article][of.sentence].readings[target].prediction.as_ref())
        .collect();
    let Some(mean) = mean(&predictions) else { return };
    for of in group {
        let reading = &mut articles[of.article][of.sentence].readings[target];
        if let Some(prediction) = &mut reading.prediction {
            prediction.clone_from(&mean);
        }
    }
}

/// The mean of some predictions; `None` of fewer than two.
fn mean(predictions: &[&Prediction]) -> Option<Prediction> {
    let first = predictions.first().filter(|_| predictions.len() > 1)?;
    let of_label = |label: usize| {
        let sum: f64 = predictions.iter().map(|of| of.probabilities[label]).sum();
        sum / predictions.len() as f64
    };
    let probabilities: Vec<f64> = (0..first.probabilities.len()).map(of_label).collect();
    let best = |best: usize, at: usize| {
        if probabilities[at] > probabilities[best] { at } else { best }
    };
    let label = (0..probabilities.len()).fold(0, best);
    let mean = Prediction { label, probabilities, labels: first.labels.clone() };
    Some(mean.to_four_decimals())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::classified::keys;
    use crate::report::fixture::{article, body, quoted};
    use crate::target::TargetRelation;

    #[test]
    fn printings_of_a_quote_get_one_stance() {
        let about = TargetRelation::Mention;
        let (a, b) = (article("A", "a"), article("B", "b"));
        let first = "“The unit will be late, and it will cost us twice what they say,” Lee said.";
        let second = "Lee told us that “it will cost us twice what they say” at dawn.";
        let other = "“Nobody in this town has ever asked for such a unit,” Lee said.";
        let mut articles = vec![
            vec![
                quoted("Lee", body(&a, 1, first, about, [0.6, 0.2, 0.2])),
                quoted("Lee", body(&a, 2, other, about, [0.5, 0.3, 0.2])),
            ],
            vec![
                quoted("Lee", body(&b, 1, second, about, [0.2, 0.6, 0.2])),
                body(&b, 2, first, about, [0.1, 0.1, 0.8]),
            ],
        ];
        let of_article = |of: &Vec<Classified<'_>>| of.iter().map(keys).collect();
        let all: Vec<Vec<Fingerprint>> = articles.iter().map(of_article).collect();
        unify(&mut articles, &all);
        let shares = |article: usize, sentence: usize| {
            articles[article][sentence].readings[0]
                .prediction
                .as_ref()
                .unwrap()
                .probabilities
                .clone()
        };
        assert_eq!(shares(0, 0), [0.4, 0.4, 0.2]);
        assert_eq!(shares(1, 0), shares(0, 0));
        assert_eq!(shares(0, 1), [0.5, 0.3, 0.2], "another quote");
        assert_eq!(shares(1, 1), [0.1, 0.1, 0.8], "the outlet's own words");
    }
}
