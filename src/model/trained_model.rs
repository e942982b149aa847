//! A trained model.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::calibration::centred;
use super::card::{Card, Settings};
use super::prediction::{Explanation, Prediction, Share};
use super::scorer::SharedColumns;
use super::softmax_regression::{Softmax, softmax};
use super::weights::Weights;
use crate::category::Categories;
use crate::evaluate::argmax;
use crate::features::View;
use crate::le_array::LeArray;
use crate::text::Span;
use crate::vocabulary::{ColumnArrays, Vocabulary};

/// A trained model: vocabulary, weights and model card.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) card: Card,
    pub(super) weights: Weights,
    pub(super) name: String,
    /// The card's labels, which every prediction refers to.
    labels: Categories,
    columns: SharedColumns,
}

impl Model {
    /// A model from a fitted regression; folds the card's calibration into the weights.
    pub(crate) fn new(card: Card, vocabulary: Vocabulary, fitted: &Softmax) -> Self {
        let k = card.labels.len();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seven digits are kept, in the file too"
        )]
        let single = |values: Vec<f64>| values.into_iter().map(|value| value as f32);
        let by_column =
            fitted.weights.chunks(k).flat_map(|w| single(card.calibration.fold(w))).collect();
        let intercept = single(centred(&card.calibration.apply(&fitted.intercept))).collect();
        let weights = Weights { vocabulary, by_column, intercept };
        let name = short_name(&card, &weights);
        Model::named(name, card, weights)
    }

    /// A model with a given name.
    pub(super) fn named(name: String, card: Card, weights: Weights) -> Self {
        let labels = card.labels.clone().into();
        Model { card, weights, name, labels, columns: SharedColumns::default() }
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

    /// The model card.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// The vocabulary.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.weights.vocabulary
    }

    /// The weights over the vocabulary's columns, with the calibration.
    pub(crate) fn regression(&self) -> Softmax {
        let wide = |values: &LeArray<f32>| values.iter().map(f64::from).collect();
        Softmax { weights: wide(&self.weights.by_column), intercept: wide(&self.weights.intercept) }
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        self.weights.vocabulary.len()
    }

    /// Predicts the label of a sentence that mentions the target at `mentions`, the main mention first: byte
    /// spans that do not overlap. Without mentions, of the sentence as a whole.
    pub fn predict(&self, sentence: &str, mentions: &[Span]) -> Prediction {
        self.predict_view(&View::new(sentence, mentions))
    }

    /// As [`Model::predict`], for a view of the sentence.
    pub fn predict_view(&self, view: &View<'_>) -> Prediction {
        let mut scores = self.columns.scores(&self.weights, view);
        softmax(&mut scores);
        Prediction {
            label: argmax(&scores),
            probabilities: scores,
            labels: Categories::clone(&self.labels),
        }
    }

    /// Explains a prediction: the exact contribution of every feature.
    pub fn explain(&self, sentence: &str, mentions: &[Span]) -> Explanation {
        let intercept: Vec<f64> = self.weights.intercept.iter().map(f64::from).collect();
        let mut scores = intercept.clone();
        let mut shares = Vec::new();
        let view = View::new(sentence, mentions);
        for (column, value, places) in self.weights.vocabulary.encode_with_spans(&view) {
            let by_label: Vec<f64> = self.shares(column, value).collect();
            scores.iter_mut().zip(&by_label).for_each(|(score, share)| *score += share);
            let feature = self.weights.vocabulary.name(column as usize).into_owned();
            shares.push(Share { feature, places, by_label });
        }
        let prediction = self.predict_view(&view);
        let names = view.terms.iter().filter(|term| term.is_name());
        let hidden = names.map(|term| term.span.clone()).collect();
        let size = |share: &Share| share.by_label[prediction.label].abs();
        shares.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Explanation { prediction, scores, intercept, shares, hidden }
    }

    /// The features with the largest weights for a label, by name and weight, largest first.
    pub fn top_features(&self, label: usize, most: usize) -> Vec<(Cow<'_, str>, f64)> {
        let n_labels = self.labels().len();
        let weight =
            |column: usize| f64::from(self.weights.by_column.get(column * n_labels + label));
        let mut columns: Vec<usize> = (0..self.weights.vocabulary.len()).collect();
        columns.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)));
        let top = columns.into_iter().take(most).filter(|&column| weight(column) > 0.0);
        top.map(|column| (self.weights.vocabulary.name(column), weight(column))).collect()
    }

    /// The contribution of a value in a column to each label's score.
    fn shares(&self, column: u32, value: f32) -> impl Iterator<Item = f64> {
        self.weights
            .of_column(column as usize)
            .map(move |weight| f64::from(weight) * f64::from(value))
    }
}

impl Settings {
    /// The default for adapting a base: penalties up to one so strong that ten labelled sentences change
    /// almost nothing, and the base's templates.
    pub fn adapting(base: &Model) -> Self {
        Settings {
            penalties: (-1..=9).map(|power| 2_f64.powi(power)).collect(),
            without: base.card().settings.without.clone(),
            base: Some(base.name().to_string()),
            ..Settings::default()
        }
    }
}

/// `stance-1f3a9c20`: the dimension, and the first digits of the SHA-256 of vocabulary and weights.
pub(super) fn short_name(card: &Card, weights: &Weights) -> String {
    let mut digest = Sha256::new();
    let ColumnArrays { names, name_ends, idf, .. } = weights.vocabulary.arrays();
    for bytes in [
        &**names,
        name_ends.bytes(),
        idf.bytes(),
        weights.by_column.bytes(),
        weights.intercept.bytes(),
    ] {
        digest.update(bytes);
    }
    let digits: String = digest.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{digits}", card.dimension)
}
