//! What a trained model is and says.
//!
//! ```text
//! score of a label = intercept + Σ weight · value of the feature      (less the mean over labels)
//! probability      = softmax(scores)
//! ```
//!
//! The calibration is part of the weights, so what explains the score explains the probability.

pub mod calibration;
pub mod card;
pub mod file_format;
mod forward_backward;
mod label_scores;
pub mod newton_cg;
mod scorer;
pub mod softmax_regression;
mod weight_table;

use std::borrow::Cow;

use calibration::centred;
use card::Card;
use scorer::SharedColumns;
use softmax_regression::{Softmax, softmax};

use crate::category::{Categories, Category};
use crate::evaluate::argmax;
use crate::features::View;
use crate::le_array::LeArray;
use crate::text::Span;
use crate::text::tokenizer::{Kind, tokens};
use crate::vocabulary::Vocabulary;

/// A trained model: vocabulary, weights, and how it was made.
#[derive(Debug, Clone)]
pub struct Model {
    card: Card,
    vocabulary: Vocabulary,
    /// Columns × labels, column by column; calibrated, less the mean over labels.
    weights: LeArray<f32>,
    /// One per label; calibrated, less the mean over labels.
    intercept: LeArray<f32>,
    name: String,
    /// The card's labels, which every prediction refers to.
    labels: Categories,
    columns: SharedColumns,
}

/// What the model says of one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Index into the model's labels of the most probable one.
    pub label: usize,
    /// Calibrated probability of each label, in the model's order; sums to 1.
    pub probabilities: Vec<f64>,
    /// The model's labels.
    pub labels: Categories,
}

impl Prediction {
    /// The most probable label.
    pub fn category(&self) -> Category {
        Category::new(self.label, &self.labels)
    }

    /// The probability of the most probable label.
    pub fn probability(&self) -> f64 {
        self.probabilities.get(self.label).copied().unwrap_or(0.0)
    }
}

/// Why the model says it. For every label, `intercept` and the features' shares add up to `scores`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the model says.
    pub prediction: Prediction,
    /// Score of each label, less the mean over labels.
    pub scores: Vec<f64>,
    /// What each label starts from, less the mean over labels.
    pub intercept: Vec<f64>,
    /// One entry per feature found, the largest share first.
    pub shares: Vec<Share>,
    /// Where names stand that are hidden from the model: it sees that a name is there, not which.
    pub hidden: Vec<Span>,
}

impl Explanation {
    /// What each printed word adds to a label's score, in the order of the sentence: the shares of
    /// all features seen there. A feature seen in several places, or over two words, counts in
    /// equal parts; the target itself and mere marks are left out.
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

/// One feature's exact part in a prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The feature's name, such as `word=scorn`.
    pub feature: String,
    /// Where in the sentence it was seen.
    pub places: Vec<Span>,
    /// What it adds to the score of each label, less the mean over labels.
    pub by_label: Vec<f64>,
}

impl Model {
    /// A model from what training found; the card's calibration is folded into the weights.
    pub(crate) fn new(card: Card, vocabulary: Vocabulary, fitted: &Softmax) -> Self {
        let k = card.labels.len();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seven digits are kept, in the file too"
        )]
        let single = |values: Vec<f64>| values.into_iter().map(|value| value as f32);
        let weights =
            fitted.weights.chunks(k).flat_map(|w| single(card.calibration.fold(w))).collect();
        let intercept = single(centred(&card.calibration.apply(&fitted.intercept))).collect();
        Model::from_parts(card, vocabulary, weights, intercept)
    }

    fn from_parts(
        card: Card,
        vocabulary: Vocabulary,
        weights: LeArray<f32>,
        intercept: LeArray<f32>,
    ) -> Self {
        let name = file_format::short_name(&card, &vocabulary, &weights, &intercept);
        let labels = card.labels.clone().into();
        Model {
            card,
            vocabulary,
            weights,
            intercept,
            name,
            labels,
            columns: SharedColumns::default(),
        }
    }

    /// The labels, in the order of every probability.
    pub fn labels(&self) -> &[String] {
        &self.card.labels
    }

    /// What this model predicts: `stance`, `frame`, or a codebook's own name.
    pub fn dimension(&self) -> &str {
        &self.card.dimension
    }

    /// A short name for tables, the same for the same weights: `stance-1f3a9c20`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it was made.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// The features that have a weight.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The weights over the vocabulary's columns, calibration and all.
    pub(crate) fn regression(&self) -> Softmax {
        let wide = |values: &LeArray<f32>| values.iter().map(f64::from).collect();
        Softmax { weights: wide(&self.weights), intercept: wide(&self.intercept) }
    }

    /// How many features have a weight.
    pub fn n_features(&self) -> usize {
        self.vocabulary.len()
    }

    /// What the model says of a sentence in which the target stands at `mentions`, the main one
    /// first: byte spans that do not overlap. Without mentions the whole sentence counts.
    pub fn predict(&self, sentence: &str, mentions: &[Span]) -> Prediction {
        self.predict_view(&View::new(sentence, mentions))
    }

    /// As [`Model::predict`], of a sentence that is looked at already.
    pub fn predict_view(&self, view: &View<'_>) -> Prediction {
        let mut scores = self.columns.scores(self, view);
        softmax(&mut scores);
        Prediction {
            label: argmax(&scores),
            probabilities: scores,
            labels: Categories::clone(&self.labels),
        }
    }

    /// Why the model says so: every feature's exact share.
    pub fn explain(&self, sentence: &str, mentions: &[Span]) -> Explanation {
        let intercept: Vec<f64> = self.intercept.iter().map(f64::from).collect();
        let mut scores = intercept.clone();
        let mut shares = Vec::new();
        let view = View::new(sentence, mentions);
        for (column, value, places) in self.vocabulary.encode_with_places(&view) {
            let by_label: Vec<f64> = self.shares(column, value).collect();
            scores.iter_mut().zip(&by_label).for_each(|(score, share)| *score += share);
            let feature = self.vocabulary.name(column as usize).into_owned();
            shares.push(Share { feature, places, by_label });
        }
        let prediction = self.predict_view(&view);
        let names = view.terms.iter().filter(|term| term.is_name());
        let hidden = names.map(|term| term.span.clone()).collect();
        let size = |share: &Share| share.by_label[prediction.label].abs();
        shares.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Explanation { prediction, scores, intercept, shares, hidden }
    }

    /// The features that speak most for a label, heaviest first: name and weight.
    pub fn top_features(&self, label: usize, most: usize) -> Vec<(Cow<'_, str>, f64)> {
        let weight =
            |column: usize| f64::from(self.weights.get(column * self.labels().len() + label));
        let mut columns: Vec<usize> = (0..self.vocabulary.len()).collect();
        columns.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)));
        let top = columns.into_iter().take(most).filter(|&column| weight(column) > 0.0);
        top.map(|column| (self.vocabulary.name(column), weight(column))).collect()
    }

    /// What a value in a column adds to each label's score.
    fn shares(&self, column: u32, value: f32) -> impl Iterator<Item = f64> {
        self.weights_of(column as usize).map(move |weight| f64::from(weight) * f64::from(value))
    }

    /// The weights of a column, one per label.
    fn weights_of(&self, column: usize) -> impl ExactSizeIterator<Item = f32> {
        let k = self.card.labels.len();
        self.weights.run(column * k, k)
    }
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
        let explanation = Explanation { prediction, scores, intercept, shares, hidden };
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
