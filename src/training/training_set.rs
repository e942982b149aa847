//! What all regressions of a training have in common.

use super::base_prior::{Prior, meanings_of};
use super::dataset::{Dataset, Instance};
use super::fold_fit::{Fitted, Fold, ROUGH};
use super::train_test_split::TrainTestSplit;
use crate::error::Error;
use crate::feature_counts::{FeatureCounts, FoldVocabulary};
use crate::features;
use crate::model::Model;
use crate::model::card::Settings;
use crate::model::softmax_regression::Softmax;
use crate::vocabulary::Vocabulary;
use crate::word_knowledge::{VectorId, WordKnowledge};

/// Labelled sentences with all that was noticed in them, and the base that is adapted.
#[derive(Debug)]
pub(super) struct TrainingSet<'a> {
    pub(super) items: &'a Dataset,
    pub(super) settings: &'a Settings,
    /// What is known of words.
    pub(super) words: Option<&'a WordKnowledge>,
    inventory: FeatureCounts,
    base: Option<Base<'a>>,
}

/// A model whose weights are the anchor of every regression.
#[derive(Debug)]
struct Base<'a> {
    model: &'a Model,
    /// Its weights over its own columns.
    regression: Softmax,
}

impl<'a> TrainingSet<'a> {
    /// Reads the features of everything.
    pub(super) fn new(items: &'a Dataset, settings: &'a Settings, prior: Prior<'a>) -> Self {
        let is_wanted =
            |&part: &usize| !settings.without.iter().any(|name| name == features::ALL[part].name());
        let parts = (0..features::ALL.len()).filter(is_wanted).collect();
        let all: Vec<&Instance> = items.all().collect();
        let known = prior.base.map(Model::vocabulary);
        let mut inventory = FeatureCounts::take(all.len(), |row| all[row].view(), parts, known);
        if let Some(words) = prior.words {
            inventory = inventory.with_words(words);
        }
        let inventory = inventory.without_rare();
        let base = prior.base.map(|model| Base { model, regression: model.regression() });
        TrainingSet { items, settings, words: prior.words, inventory, base }
    }

    /// What some of the rows have to teach.
    pub(super) fn of<'s>(&self, rows: &'s [usize]) -> Fold<'_, 's> {
        let learnt = self.inventory.learn(rows);
        let anchor = self.base.as_ref().map(|base| base.on(&learnt));
        Fold::new(self, rows, learnt, anchor)
    }

    /// Where every fold starts from: a fit on what is learnt from only and shares no group with any
    /// item, so that nothing of a fold's own items is in it. None where there is nothing such.
    pub(super) fn start(&self) -> Result<Option<Fitted<'_>>, Error> {
        let hold = TrainTestSplit::out(self.items, |_| true, |_| true);
        if hold.rest.is_empty() {
            return Ok(None);
        }
        self.of(&hold.rest).fit(self.settings.penalties[0], None, ROUGH).map(Some)
    }

    /// The vocabulary of a model, and its weights: those fitted, and beside them those of features
    /// that no row has shown: the base's, and the most frequent words', as far as there is room.
    pub(super) fn model(&self, fitted: &Fitted<'_>) -> Result<(Vocabulary, Softmax), Error> {
        let all: Vec<&Instance> = self.items.all().collect();
        let known = self.base.as_ref().map(|base| base.model.vocabulary());
        let (unseen, more) = self.unseen(fitted, known);
        let (vocabulary, order) = fitted
            .learnt
            .vocabulary(|row| all[row].view(), unseen, known)
            .map_err(Error::Training)?;
        let k = self.items.labels.len();
        let nothing = Softmax::zeros(0, k);
        let mut whole = self.base.as_ref().map_or(nothing, |base| base.regression.clone());
        whole.intercept.clone_from(&fitted.regression.intercept);
        let columns =
            fitted.regression.weights.chunks_exact(k).zip(fitted.learnt.columns_in_base());
        for (weights, column) in columns {
            match column {
                Some(column) => whole.weights[column * k..][..k].copy_from_slice(weights),
                None => whole.weights.extend_from_slice(weights),
            }
        }
        whole.weights.extend(more);
        Ok((vocabulary, whole.in_order(&order)))
    }

    /// The features of frequent words that no row has shown, by name and idf, and their weights.
    fn unseen(
        &self,
        fitted: &Fitted<'_>,
        base: Option<&Vocabulary>,
    ) -> (Vec<(String, f32)>, Vec<f64>) {
        let Some(words) = self.words else { return Default::default() };
        let most = self.settings.max_features.unwrap_or(usize::MAX);
        let mut unseen = fitted.learnt.unseen(words, base);
        unseen.truncate(most.saturating_sub(fitted.learnt.len()));
        let name = |(meaning, idf): &(VectorId, f32)| {
            (words.kind(*meaning).name(words.stem(*meaning)), *idf)
        };
        let mut weights = vec![0.0; unseen.len() * self.items.labels.len()];
        let columns = unseen.iter().map(|(meaning, _)| Some(*meaning));
        meanings_of(words, columns).add(&fitted.directions, 1.0, &mut weights);
        (unseen.iter().map(name).collect(), weights)
    }
}

impl Base<'_> {
    /// The base's weights on a vocabulary; what is new starts from zero.
    fn on(&self, learnt: &FoldVocabulary<'_>) -> Softmax {
        let k = self.regression.intercept.len();
        let mut anchor = Softmax::zeros(learnt.len(), k);
        let columns = anchor.weights.chunks_exact_mut(k).zip(learnt.columns_in_base());
        for (weights, column) in columns {
            if let Some(column) = column {
                weights.copy_from_slice(&self.regression.weights[column * k..][..k]);
            }
        }
        anchor.intercept.clone_from(&self.regression.intercept);
        anchor
    }
}
