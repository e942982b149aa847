//! A model's prediction for a sentence, and its explanation.

use crate::category::{Categories, Category};
use crate::text::Span;
use crate::text::tokenizer::{Kind, tokens};

/// The prediction for one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Index into the model's labels of the predicted one: the most probable, or a rarer one that is nearly
    /// as probable, see [`Decision`](super::decision::Decision).
    pub label: usize,
    /// Calibrated probability of each label, in the model's order; sums to 1.
    pub probabilities: Vec<f64>,
    /// The model's labels.
    pub labels: Categories,
}

impl Prediction {
    /// The predicted label.
    pub fn category(&self) -> Category {
        Category::new(self.label, &self.labels)
    }

    /// The prediction with probabilities of four decimals, as tables write them. The label stays.
    #[must_use]
    pub fn to_four_decimals(mut self) -> Self {
        self.probabilities.iter_mut().for_each(|p| *p = (*p * 1e4).round() / 1e4);
        self
    }

    /// The probability of the predicted label.
    pub fn probability(&self) -> f64 {
        self.probabilities.get(self.label).copied().unwrap_or(0.0)
    }
}

/// Why the model says it. For every label, `intercept` and the features' shares add up to `scores` where
/// they are exact.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The prediction.
    pub prediction: Prediction,
    /// Score of each label, less the mean over labels.
    pub scores: Vec<f64>,
    /// The intercept of each label, less the mean over labels.
    pub intercept: Vec<f64>,
    /// One entry per feature found, the largest share first.
    pub shares: Vec<Share>,
    /// The names that are hidden from the model: it sees that there is a name, not which one.
    pub hidden: Vec<Span>,
    /// Whether the shares are exact; those of an encoder are estimates.
    pub is_exact: bool,
}

/// What features add to the scores of labels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FeatureShares {
    pub(super) shares: Vec<Share>,
    /// The score of each label.
    pub(super) scores: Vec<f64>,
}

impl Explanation {
    /// What each printed word adds to a label's score, in the order of the sentence. A feature's share is
    /// divided equally among its places and their words; the target and punctuation are left out.
    pub fn words(&self, sentence: &str, mentions: &[Span], label: usize) -> Vec<(Span, f64)> {
        let mut targets: Vec<&Span> = mentions.iter().collect();
        targets.sort_by_key(|target| target.start);
        let apart = |word: &Span| {
            let next = targets.partition_point(|target| target.end <= word.start);
            targets.get(next).is_none_or(|target| word.end <= target.start)
        };
        let words: Vec<Span> = tokens(sentence)
            .filter(|token| token.kind != Kind::Mark)
            .map(|token| token.span)
            .filter(apart)
            .collect();
        let mut added = vec![0.0; words.len()];
        for share in &self.shares {
            let part = share.by_label[label] / share.places.len().max(1) as f64;
            for place in &share.places {
                let first = words.partition_point(|word| word.start < place.start);
                let here = words[first..].iter().take_while(|word| word.end <= place.end).count();
                let each = part / here.max(1) as f64;
                added[first..first + here].iter_mut().for_each(|added| *added += each);
            }
        }
        words.into_iter().zip(added).collect()
    }
}

/// One feature's part in a prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The feature's name, such as `word=scorn`.
    pub feature: String,
    /// Its places in the sentence.
    pub places: Vec<Span>,
    /// What it adds to the score of each label, less the mean over labels.
    pub by_label: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share<const N: usize>(places: [(usize, usize); N], for_first: f64) -> Share {
        let places = places.iter().map(|&(start, end)| start..end).collect();
        Share { feature: String::new(), places, by_label: vec![for_first, -for_first] }
    }

    #[test]
    fn a_word_adds_what_the_features_seen_there_add() {
        let shares = vec![
            share([(8, 14)], 0.5),
            share([(8, 14), (23, 29)], 0.2),
            share([(0, 14)], 0.1),
            share([(15, 22)], 9.0),
        ];
        let prediction =
            Prediction { label: 0, probabilities: vec![0.9, 0.1], labels: Categories::default() };
        let (scores, intercept) = (vec![0.0; 2], vec![0.0; 2]);
        let hidden = Vec::new();
        let explanation =
            Explanation { prediction, scores, intercept, shares, hidden, is_exact: true };
        let target = std::slice::from_ref(&(15..22));
        let words = explanation.words("Critics mocked the tax mocked.", target, 0);
        let expected = [(0..7, 0.05), (8..14, 0.65), (23..29, 0.1)];
        assert_eq!(words.len(), expected.len());
        for ((place, added), (expected_place, expected)) in words.iter().zip(expected) {
            assert_eq!(*place, expected_place);
            assert!((added - expected).abs() < 1e-12, "{place:?}: {added}");
        }
    }
}
