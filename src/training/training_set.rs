//! The training set that all regressions of a training share: the features of every instance, and the base.

use std::sync::Arc;

use super::base_prior::{Prior, vector_columns};
use super::columns::{Columns, TrainingFeatures};
use super::dataset::Dataset;
use super::fold_fit::{Fitted, Fold, ROUGH_TOLERANCE, copy_columns};
use super::instance::Instance;
use super::train_test_split::TrainTestSplit;
use crate::error::Error;
use crate::feature_counts::{FeatureCounts, FoldVocabulary};
use crate::features::{self, LETTERS};
use crate::model::Model;
use crate::model::calibration::Calibration;
use crate::model::card::{Card, HeldOutUnit, Settings};
use crate::model::softmax_regression::Softmax;
use crate::vocabulary::Vocabulary;
use crate::word_vectors::{VectorId, WordVectors};

/// A dataset with the features of all instances, and the base model that is adapted.
#[derive(Debug)]
pub(super) struct TrainingSet<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) settings: &'a Settings,
    words: Option<&'a WordVectors>,
    features: TrainingFeatures<'a>,
    base: Option<BaseModel<'a>>,
}

/// A model whose weights are the anchor of every regression.
#[derive(Debug)]
struct BaseModel<'a> {
    model: &'a Model,
    /// Its weights over its own columns.
    regression: Softmax,
}

impl<'a> TrainingSet<'a> {
    /// Extracts the features of all instances.
    pub(super) fn new(dataset: &'a Dataset, settings: &'a Settings, prior: Prior<'a>) -> Self {
        let base = prior.base.map(|model| BaseModel { model, regression: model.regression() });
        let features = match prior.encoder {
            Some(features) => TrainingFeatures::Encoder(features),
            None => TrainingFeatures::Words(Box::new(feature_counts(dataset, settings, prior))),
        };
        TrainingSet { dataset, settings, words: prior.words, features, base }
    }

    /// What the base knows of the probabilities of sentences that do not name their target.
    pub(super) fn known_context(&self) -> Option<&'a Calibration> {
        self.base.as_ref()?.model.card().context_calibration.as_ref()
    }

    /// The rows to fit regressions on, with their columns.
    pub(super) fn fold<'s>(&self, rows: &'s [usize]) -> Fold<'_, 's> {
        let columns = self.features.columns(rows);
        let anchor = self.base.as_ref().map(|base| base.transferred_to(&columns));
        Fold::new(self.dataset, self.settings, self.words, rows, columns, anchor)
    }

    /// Where every fold starts from: a fit on the instances that are trained on only and share neither
    /// article nor text with gold, so that nothing of a fold's own test instances is in it. None where
    /// there are no such instances.
    pub(super) fn start(&self) -> Result<Option<Fitted<'_>>, Error> {
        let split = TrainTestSplit::new(self.dataset, HeldOutUnit::Articles, |_| true, |_| true);
        if split.train.is_empty() {
            return Ok(None);
        }
        self.fold(&split.train).fit(self.settings.penalties[0], None, ROUGH_TOLERANCE).map(Some)
    }

    /// The model of a regression on everything.
    pub(super) fn model(&self, card: Card, fitted: &Fitted<'_>) -> Result<Model, Error> {
        match &fitted.columns {
            Columns::Encoder(features) => {
                let encoder = Arc::clone(features.encoder());
                Ok(Model::over_encoder(card, encoder, &fitted.regression))
            }
            Columns::Words(vocabulary) => self.words_model(card, fitted, vocabulary),
        }
    }

    /// A model over words: the fitted weights, then those of features that no row has: the base's, and
    /// those of the most frequent words, up to the maximum number of features.
    fn words_model(
        &self,
        card: Card,
        fitted: &Fitted<'_>,
        fitted_vocabulary: &FoldVocabulary<'_>,
    ) -> Result<Model, Error> {
        let all: Vec<&Instance> = self.dataset.all().collect();
        let known = self.base.as_ref().and_then(|base| base.model.vocabulary());
        let (unseen, unseen_weights) = self.unseen_frequent(fitted, fitted_vocabulary, known);
        let (vocabulary, order) = fitted_vocabulary
            .vocabulary(|row| all[row].view(), unseen, known)
            .map_err(Error::Training)?;
        let n_labels = self.dataset.labels.len();
        let nothing = Softmax::zeros(0, n_labels);
        let mut whole = self.base.as_ref().map_or(nothing, |base| base.regression.clone());
        whole.intercept.clone_from(&fitted.regression.intercept);
        let weights = fitted.regression.weights.chunks_exact(n_labels);
        for (weights, column) in weights.zip(fitted_vocabulary.columns_in_base()) {
            match column {
                Some(column) => {
                    whole.weights[column * n_labels..][..n_labels].copy_from_slice(weights);
                }
                None => whole.weights.extend_from_slice(weights),
            }
        }
        whole.weights.extend(unseen_weights);
        Ok(Model::over_words(card, vocabulary, &whole.in_order(&order)))
    }

    /// The features of frequent words that no row has, by name and idf, and their weights.
    fn unseen_frequent(
        &self,
        fitted: &Fitted<'_>,
        vocabulary: &FoldVocabulary<'_>,
        base: Option<&Vocabulary>,
    ) -> (Vec<(String, f32)>, Vec<f64>) {
        let Some(words) = self.words else { return Default::default() };
        let most = self.settings.max_features.unwrap_or(usize::MAX);
        let mut unseen = vocabulary.unseen_frequent(words, base);
        unseen.truncate(most.saturating_sub(vocabulary.len()));
        let name = |(id, idf): &(VectorId, f32)| (words.kind(*id).name(words.stem(*id)), *idf);
        let mut weights = vec![0.0; unseen.len() * self.dataset.labels.len()];
        let columns = unseen.iter().map(|(id, _)| Some(*id));
        vector_columns(words, columns).add(&fitted.directions, 1.0, &mut weights);
        (unseen.iter().map(name).collect(), weights)
    }
}

impl BaseModel<'_> {
    /// The base's weights over other columns; a new column gets 0.
    fn transferred_to(&self, columns: &Columns<'_>) -> Softmax {
        let mut anchor = Softmax::zeros(columns.len(), self.regression.intercept.len());
        copy_columns(&self.regression, columns.columns_in_base(), &mut anchor);
        anchor
    }
}

/// Counts the words and other features of all instances.
fn feature_counts(dataset: &Dataset, settings: &Settings, prior: Prior<'_>) -> FeatureCounts {
    let is_left_out = |kind: &str| {
        settings.without.iter().any(|name| name == kind) || kind == LETTERS && !settings.has_letters
    };
    let is_wanted = |&kind: &usize| !is_left_out(features::TEMPLATES[kind].name);
    let kinds = (0..features::TEMPLATES.len()).filter(is_wanted).collect();
    let all: Vec<&Instance> = dataset.all().collect();
    let known = prior.base.and_then(Model::vocabulary);
    let counts = FeatureCounts::count(all.len(), |row| all[row].view(), kinds, known);
    let counts = match prior.words {
        Some(words) => counts.with_words(words),
        None => counts,
    };
    counts.without_rare()
}
