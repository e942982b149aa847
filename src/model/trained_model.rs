//! A trained model.

use std::borrow::Cow;
use std::sync::Arc;

use super::calibration::{Calibration, centred};
use super::card::{Card, Settings};
use super::encoder_head::EncoderHead;
use super::prediction::{Explanation, FeatureShares, Prediction, Share};
use super::reader::{Reader, ReaderKind};
use super::softmax_regression::{Softmax, softmax};
use super::weights::Weights;
use crate::category::Categories;
use crate::encoder::Encoder;
use crate::features::View;
use crate::le_array::LeArray;
use crate::model_input::ModelInput;
use crate::vocabulary::Vocabulary;

/// A trained model: what reads sentences, its weights, and how it was made.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) card: Card,
    pub(super) reader: Reader,
    pub(super) name: String,
    /// The card's labels, which every prediction refers to.
    labels: Categories,
}

impl Model {
    /// A model over words, from what training found; the card's calibration is folded into the weights.
    pub(crate) fn over_words(card: Card, vocabulary: Vocabulary, fitted: &Softmax) -> Self {
        let (by_column, intercept) = calibrated(&card, fitted);
        let weights = Weights { vocabulary, by_column, intercept };
        Model::unnamed(card, Reader::words(weights))
    }

    /// A model over an encoder's features, from what training found; the card's calibration is folded
    /// into the weights.
    pub(crate) fn over_encoder(card: Card, encoder: Arc<Encoder>, fitted: &Softmax) -> Self {
        let (by_feature, intercept) = calibrated(&card, fitted);
        Model::unnamed(card, Reader::Encoder(EncoderHead { encoder, by_feature, intercept }))
    }

    fn unnamed(card: Card, reader: Reader) -> Self {
        Model::named(reader.short_name(&card), card, reader)
    }

    /// A model whose name is known.
    pub(super) fn named(name: String, card: Card, reader: Reader) -> Self {
        let labels = card.labels.clone().into();
        Model { card, reader, name, labels }
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

    /// What reads the sentences.
    pub fn reader(&self) -> ReaderKind {
        self.reader.kind()
    }

    /// The encoder that reads the sentences; none where words are counted.
    pub fn encoder(&self) -> Option<&Arc<Encoder>> {
        match &self.reader {
            Reader::Words(_) => None,
            Reader::Encoder(head) => Some(&head.encoder),
        }
    }

    /// The words and other features that have a weight; none where an encoder reads.
    pub(crate) fn vocabulary(&self) -> Option<&Vocabulary> {
        match &self.reader {
            Reader::Words(words) => Some(&words.weights.vocabulary),
            Reader::Encoder(_) => None,
        }
    }

    /// The weights over the features, calibration and all.
    pub(crate) fn regression(&self) -> Softmax {
        match &self.reader {
            Reader::Words(words) => words.regression(),
            Reader::Encoder(head) => head.regression(),
        }
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        match &self.reader {
            Reader::Words(words) => words.weights.vocabulary.len(),
            Reader::Encoder(head) => head.encoder.n_features(),
        }
    }

    /// What the model says of a sentence.
    pub fn predict(&self, input: &ModelInput<'_>) -> Prediction {
        let scores = match &self.reader {
            Reader::Words(words) => words.scores(&View::of_input(input)),
            Reader::Encoder(head) => {
                head.scores(std::slice::from_ref(input), &|_| ()).pop().unwrap_or_default()
            }
        };
        self.prediction(scores, input.is_context())
    }

    /// What the model says of each sentence, in order. An encoder reads them together, on every core, and
    /// tells `done` after every few how many more are read.
    pub fn predict_all(
        &self,
        inputs: &[ModelInput<'_>],
        done: &(dyn Fn(usize) + Sync),
    ) -> Vec<Prediction> {
        match &self.reader {
            Reader::Words(_) => inputs.iter().map(|input| self.predict(input)).collect(),
            Reader::Encoder(head) => {
                let scores = head.scores(inputs, done).into_iter();
                let both = scores.zip(inputs);
                both.map(|(scores, input)| self.prediction(scores, input.is_context())).collect()
            }
        }
    }

    /// The prediction from the scores that the weights give.
    pub(crate) fn prediction(&self, mut scores: Vec<f64>, is_context: bool) -> Prediction {
        if let Some(calibration) = self.context_calibration(is_context) {
            scores = calibration.apply(&scores);
        }
        softmax(&mut scores);
        Prediction {
            label: self.card.decision.label(&scores),
            probabilities: scores,
            labels: Categories::clone(&self.labels),
        }
    }

    /// Why the model says so: every feature's share, exact for words, estimated for an encoder.
    pub fn explain(&self, input: &ModelInput<'_>) -> Explanation {
        self.explain_words(input, &|_| true)
    }

    /// As [`Model::explain`]; an encoder, which reads a sentence once for every word, does so only for
    /// words that are wanted.
    pub fn explain_words(
        &self,
        input: &ModelInput<'_>,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Explanation {
        let mut intercept: Vec<f64> = self.reader.intercept().iter().map(f64::from).collect();
        let (FeatureShares { mut shares, mut scores }, hidden) = match &self.reader {
            Reader::Words(words) => {
                let view = View::of_input(input);
                let names = view.terms.iter().filter(|term| term.is_name());
                let hidden = names.map(|term| term.span.clone()).collect();
                (words.shares(&view), hidden)
            }
            Reader::Encoder(head) => (head.shares(input, is_wanted), Vec::new()),
        };
        let prediction = match &self.reader {
            Reader::Words(_) => self.predict(input),
            Reader::Encoder(_) => self.prediction(scores.clone(), input.is_context()),
        };
        if let Some(calibration) = self.context_calibration(input.is_context()) {
            scores = centred(&calibration.apply(&scores));
            intercept = centred(&calibration.apply(&intercept));
            shares.iter_mut().for_each(|share| share.by_label = calibration.fold(&share.by_label));
        }
        let size = |share: &Share| share.by_label[prediction.label].abs();
        shares.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let is_exact = self.reader() == ReaderKind::Words;
        Explanation { prediction, scores, intercept, shares, hidden, is_exact }
    }

    /// What the scores of a sentence go through beyond the weights.
    fn context_calibration(&self, is_context: bool) -> Option<&Calibration> {
        self.card.context_calibration.as_ref().filter(|_| is_context)
    }

    /// The features that speak most for a label, heaviest first: name and weight. An encoder's features
    /// have no names, and none are given.
    pub fn top_features(&self, label: usize, most: usize) -> Vec<(Cow<'_, str>, f64)> {
        match &self.reader {
            Reader::Words(words) => words.top_features(label, most),
            Reader::Encoder(_) => Vec::new(),
        }
    }
}

/// The weights and intercept of a regression with a card's calibration, at the precision of the file.
fn calibrated(card: &Card, fitted: &Softmax) -> (LeArray<f32>, LeArray<f32>) {
    #[expect(clippy::cast_possible_truncation, reason = "seven digits are kept, in the file too")]
    let single = |values: Vec<f64>| values.into_iter().map(|value| value as f32);
    let weights = fitted.weights.chunks(card.labels.len());
    let weights = weights.flat_map(|of_feature| single(card.calibration.fold(of_feature)));
    let intercept = single(centred(&card.calibration.apply(&fitted.intercept)));
    (weights.collect(), intercept.collect())
}

impl Settings {
    /// The default for adapting a base: penalties up to one so strong that ten labelled sentences change
    /// almost nothing, and the base's templates.
    pub fn adapting(base: &Model) -> Self {
        Settings {
            penalties: (-1..=9).map(|power| 2_f64.powi(power)).collect(),
            without: base.card().settings.without.clone(),
            has_letters: base.card().settings.has_letters,
            balance: 0.5,
            base: Some(base.name().to_string()),
            ..Settings::default()
        }
    }
}
