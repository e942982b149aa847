//! What reads sentences for a model.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::card::Card;
use super::encoder_head::EncoderHead;
use super::prediction::{FeatureShares, Share};
use super::scorer::SharedColumns;
use super::softmax_regression::Softmax;
use super::weights::Weights;
use crate::features::View;
use crate::le_array::LeArray;
use crate::vocabulary::ColumnArrays;

/// The kinds of readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ReaderKind {
    /// A bag of words: fast, with exact evidence.
    Words,
    /// A transformer: slower, and right more often.
    Encoder,
}

impl ReaderKind {
    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ReaderKind::Words => "words",
            ReaderKind::Encoder => "encoder",
        }
    }
}

/// What turns a sentence into features, with their weights.
#[derive(Debug, Clone)]
pub(super) enum Reader {
    Words(WordsReader),
    Encoder(EncoderHead),
}

/// A vocabulary with its weights.
#[derive(Debug, Clone)]
pub(super) struct WordsReader {
    pub(super) weights: Weights,
    columns: SharedColumns,
}

impl Reader {
    pub(super) fn words(weights: Weights) -> Self {
        Reader::Words(WordsReader { weights, columns: SharedColumns::default() })
    }

    pub(super) fn kind(&self) -> ReaderKind {
        match self {
            Reader::Words(_) => ReaderKind::Words,
            Reader::Encoder(_) => ReaderKind::Encoder,
        }
    }

    pub(super) fn weights(&self) -> &LeArray<f32> {
        match self {
            Reader::Words(words) => &words.weights.by_column,
            Reader::Encoder(head) => &head.by_feature,
        }
    }

    pub(super) fn intercept(&self) -> &LeArray<f32> {
        match self {
            Reader::Words(words) => &words.weights.intercept,
            Reader::Encoder(head) => &head.intercept,
        }
    }

    /// `stance-1f3a9c20`: the dimension and the first digits of the SHA-256 of all that decides a
    /// prediction.
    pub(super) fn short_name(&self, card: &Card) -> String {
        let mut digest = Sha256::new();
        match self {
            Reader::Words(words) => {
                let ColumnArrays { names, name_ends, idf, .. } = words.weights.vocabulary.arrays();
                for bytes in [&**names, name_ends.bytes(), idf.bytes()] {
                    digest.update(bytes);
                }
            }
            Reader::Encoder(head) => digest.update(head.encoder.name()),
        }
        digest.update(self.weights().bytes());
        digest.update(self.intercept().bytes());
        if let Some(calibration) = &card.context_calibration {
            let numbers = calibration.matrix.iter().flatten().chain(&calibration.offset);
            numbers.for_each(|number| digest.update(number.to_le_bytes()));
        }
        let digits: String =
            digest.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{digits}", card.dimension)
    }
}

impl WordsReader {
    /// The score of each label.
    pub(super) fn scores(&self, view: &View<'_>) -> Vec<f64> {
        self.columns.scores(&self.weights, view)
    }

    pub(super) fn regression(&self) -> Softmax {
        let wide = |values: &LeArray<f32>| values.iter().map(f64::from).collect();
        Softmax { weights: wide(&self.weights.by_column), intercept: wide(&self.weights.intercept) }
    }

    /// What each feature adds to the scores, exactly.
    pub(super) fn shares(&self, view: &View<'_>) -> FeatureShares {
        let mut scores: Vec<f64> = self.weights.intercept.iter().map(f64::from).collect();
        let mut shares = Vec::new();
        for (column, value, places) in self.weights.vocabulary.encode_with_spans(view) {
            let weights = self.weights.of_column(column as usize);
            let by_label: Vec<f64> =
                weights.map(|weight| f64::from(weight) * f64::from(value)).collect();
            scores.iter_mut().zip(&by_label).for_each(|(score, share)| *score += share);
            let feature = self.weights.vocabulary.name(column as usize).into_owned();
            shares.push(Share { feature, places, by_label });
        }
        FeatureShares { shares, scores }
    }

    pub(super) fn top_features(&self, label: usize, most: usize) -> Vec<(Cow<'_, str>, f64)> {
        let n_labels = self.weights.n_labels();
        let weight =
            |column: usize| f64::from(self.weights.by_column.get(column * n_labels + label));
        let mut columns: Vec<usize> = (0..self.weights.vocabulary.len()).collect();
        columns.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)));
        let top = columns.into_iter().take(most).filter(|&column| weight(column) > 0.0);
        top.map(|column| (self.weights.vocabulary.name(column), weight(column))).collect()
    }
}
