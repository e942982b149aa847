//! The features that regressions are fitted on: words, chosen anew for each fold, or the numbers of an
//! encoder, the same for all.

use std::sync::Arc;

use super::dataset::Dataset;

use super::instance::Instance;
use crate::encoder::Encoder;
use crate::feature_counts::{FeatureCounts, FoldVocabulary};
use crate::model_input::ModelInput;
use crate::sparse_matrix::Csr;

/// An encoder's features of every instance of a dataset, computed once.
#[derive(Debug)]
pub struct EncoderFeatures {
    encoder: Arc<Encoder>,
    /// One row for each of [`Dataset::all`].
    rows: Vec<Vec<f32>>,
}

impl EncoderFeatures {
    /// Reads every instance, on every core. `done` is told after every few how many more are read.
    pub fn new(encoder: Arc<Encoder>, dataset: &Dataset, done: &(dyn Fn(usize) + Sync)) -> Self {
        let inputs: Vec<ModelInput<'_>> = dataset.all().map(Instance::input).collect();
        let rows = encoder.map_features(&inputs, <[f32]>::to_vec, done);
        EncoderFeatures { encoder, rows }
    }

    /// What read the instances.
    pub fn encoder(&self) -> &Arc<Encoder> {
        &self.encoder
    }

    /// The features of some instances.
    pub(super) fn encode(&self, rows: &[usize]) -> Csr {
        let mut encoded = Csr::new(self.encoder.n_features());
        let mut entries = Vec::new();
        for &row in rows {
            entries.clear();
            entries.extend((0..).zip(self.rows[row].iter().copied()));
            encoded.push(&entries);
        }
        encoded
    }
}

/// The features of all instances of a training.
#[derive(Debug)]
pub(super) enum TrainingFeatures<'a> {
    Words(Box<FeatureCounts>),
    Encoder(&'a EncoderFeatures),
}

impl TrainingFeatures<'_> {
    /// The columns of regressions on some of the instances.
    pub(super) fn columns(&self, rows: &[usize]) -> Columns<'_> {
        match self {
            TrainingFeatures::Words(counts) => Columns::Words(counts.learn(rows)),
            TrainingFeatures::Encoder(features) => Columns::Encoder(features),
        }
    }
}

/// How much more strongly a column that more of the base's rows had is held to its weight: the power of
/// their share, from 0 (all alike) to 1 (as their curvature).
const KNOWN_BETTER: f64 = 0.25;
/// The share of the base's rows for which the factor is 1.
const USUAL_SHARE: f64 = 1e-3;
/// The least penalty of a column that the base does not have, about that of a training from nothing; and the
/// least share that it has of the penalty of others.
const NEW_PENALTY: f64 = 2.0;
const NEW_SHARE: f64 = 1.0 / 64.0;

/// The columns of a regression.
#[derive(Debug, Clone)]
pub(super) enum Columns<'a> {
    Words(FoldVocabulary<'a>),
    Encoder(&'a EncoderFeatures),
}

impl<'a> Columns<'a> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Columns::Words(vocabulary) => vocabulary.len(),
            Columns::Encoder(features) => features.encoder.n_features(),
        }
    }

    /// Some of the columns, given in rising order. An encoder's are never chosen from.
    pub(super) fn keep(&self, kept: &[usize]) -> Columns<'a> {
        match self {
            Columns::Words(vocabulary) => Columns::Words(vocabulary.keep(kept)),
            Columns::Encoder(features) => Columns::Encoder(features),
        }
    }

    /// The place of each column in others of the same training.
    pub(super) fn columns_in(&self, other: &Columns<'a>) -> Vec<Option<usize>> {
        match (self, other) {
            (Columns::Words(vocabulary), Columns::Words(other)) => {
                vocabulary.columns_in(other).collect()
            }
            _ => self.all(),
        }
    }

    /// The place of each column in the base.
    pub(super) fn columns_in_base(&self) -> Vec<Option<usize>> {
        match self {
            Columns::Words(vocabulary) => vocabulary.columns_in_base().collect(),
            Columns::Encoder(_) => self.all(),
        }
    }

    /// How strongly a penalty holds each column to the base's weight; none where all are alike.
    ///
    /// The more rows of the base had a column, the better it knows the weight. Their share follows from the
    /// idf. A column that is new to it is held much less.
    pub(super) fn penalty_factors(&self, penalty: f64) -> Option<Vec<f64>> {
        let Columns::Words(vocabulary) = self else { return None };
        let factor = |idf: Option<f32>| match idf {
            Some(idf) => ((1.0 - f64::from(idf)).exp() / USUAL_SHARE).powf(KNOWN_BETTER),
            None => (NEW_PENALTY / penalty).max(NEW_SHARE),
        };
        Some(vocabulary.idf_in_base().map(factor).collect())
    }

    /// The features of some instances.
    pub(super) fn encode(&self, rows: &[usize]) -> Csr {
        match self {
            Columns::Words(vocabulary) => vocabulary.encode(rows),
            Columns::Encoder(features) => features.encode(rows),
        }
    }

    fn all(&self) -> Vec<Option<usize>> {
        (0..self.len()).map(Some).collect()
    }
}
