//! The same rows, predicted with whole articles held out and with more held out.

use super::holdout::Holdout;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::{self, Estimate, OutletScores, ScoredExample, Scores};
use crate::model::calibration::{Calibration, Calibrations};
use crate::model::card::{Card, Settings};
use crate::training::base_prior::Prior;
use crate::training::cross_validation::{calibration_on, scored_example};
use crate::training::dataset::Dataset;
use crate::training::fold_fit::ROUGH_TOLERANCE;
use crate::training::folds::Folds;
use crate::training::train::{Trained, resampling};
use crate::training::train_test_split::TrainTestSplit;
use crate::training::training_set::TrainingSet;

/// How a model did on rows that were held out in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOutScores {
    /// Number of parts.
    pub parts: usize,
    /// Mean number of gold instances that a held-out row's model was trained on.
    pub n_train: f64,
    /// The scores on the held-out rows.
    pub scores: Scores,
}

/// The same rows predicted twice: with whole articles held out, and with more.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What was held out.
    pub holdout: Holdout,
    /// With whole articles held out.
    pub articles: HeldOutScores,
    /// With more held out.
    pub held_out: HeldOutScores,
    /// By how much the macro-F1 falls from the one to the other. For outlets, the outlet leak.
    pub fall: Estimate,
    /// Each outlet, with whole articles held out.
    pub articles_by_outlet: Vec<OutletScores>,
    /// Each outlet, with more held out.
    pub held_out_by_outlet: Vec<OutletScores>,
}

/// Gold instances predicted by models that were not trained on them.
#[derive(Debug)]
pub(super) struct HeldOutPredictions {
    /// Indices of the instances, rising.
    rows: Vec<usize>,
    pub(super) examples: Vec<ScoredExample>,
    parts: usize,
    n_train: f64,
}

/// Predicts the gold instances of a training anew.
#[derive(Debug)]
pub struct Validation<'a> {
    pub(super) dataset: &'a Dataset,
    trained: &'a Trained,
    pub(super) prior: Prior<'a>,
    pub(super) training_set: TrainingSet<'a>,
}

impl<'a> Validation<'a> {
    /// Extracts the features of everything once more. `prior` is what the training knew.
    pub fn new(dataset: &'a Dataset, trained: &'a Trained, prior: Prior<'a>) -> Self {
        let training_set = TrainingSet::new(dataset, &trained.model.card().settings, prior);
        Validation { dataset, trained, prior, training_set }
    }

    /// Predicts the held-out rows, and the same rows with whole articles held out.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn compare(&self, holdout: Holdout) -> Result<Comparison, Error> {
        let held_out = self.predict(&self.training_set, &holdout.splits)?;
        let rows = holdout.rows();
        let articles = self.by_articles(holdout.article_folds)?.only(&rows);
        let outlets: Vec<&str> =
            rows.iter().map(|&row| self.dataset.gold[row].outlet.as_str()).collect();
        let by_outlet = |predictions: &HeldOutPredictions| {
            let labels = &self.dataset.labels;
            evaluate::by_outlet(&predictions.examples, &outlets, labels, self.resampling())
        };
        Ok(Comparison {
            fall: self.gain(&articles.examples, &held_out.examples),
            articles_by_outlet: by_outlet(&articles),
            held_out_by_outlet: by_outlet(&held_out),
            articles: self.scored(&articles)?,
            held_out: self.scored(&held_out)?,
            holdout,
        })
    }

    /// Predictions with whole articles held out in some number of parts.
    pub(super) fn by_articles(&self, n_folds: usize) -> Result<HeldOutPredictions, Error> {
        let folds = self.folds(n_folds)?;
        let splits = folds.splits(self.dataset, &folds.assignments[0]);
        if self.card().cross_validation != Some(folds.how) {
            return self.predict(&self.training_set, &splits);
        }
        // Cross-validation has done it already.
        Ok(HeldOutPredictions {
            rows: (0..self.dataset.gold.len()).collect(),
            examples: self.trained.out_of_fold.clone(),
            parts: splits.len(),
            n_train: self.mean_n_train(&splits),
        })
    }

    /// The folds of a number at most, whole articles where they suffice.
    pub(super) fn folds(&self, most: usize) -> Result<Folds, Error> {
        let settings = Settings { folds: most, ..self.settings().clone() };
        Folds::plan(self.dataset, &settings).ok_or_else(too_few)
    }

    /// Predicts the test instances of the splits, calibrated on the out-of-fold scores of the gold
    /// instances trained on.
    pub(super) fn predict(
        &self,
        training_set: &TrainingSet<'_>,
        splits: &[TrainTestSplit],
    ) -> Result<HeldOutPredictions, Error> {
        let card = self.card();
        let start = training_set.start()?;
        let mut predicted: Vec<(usize, ScoredExample)> = Vec::new();
        for split in splits {
            let fold = training_set.fold(&split.train);
            let whole = fold.fit(card.penalty, start.as_ref(), ROUGH_TOLERANCE)?;
            let scores = fold.prune(&whole, card.penalty, ROUGH_TOLERANCE)?.scores(&split.test);
            let calibrations = self.calibrations(split);
            predicted.extend(split.test.iter().zip(scores).map(|(&row, scores)| {
                let instance = &self.dataset.gold[row];
                let scores = calibrations.apply(&scores, instance.input().is_context());
                (row, scored_example(instance, scores, &card.decision))
            }));
        }
        predicted.sort_by_key(|(row, _)| *row);
        let (rows, examples) = predicted.into_iter().unzip();
        let n_train = self.mean_n_train(splits);
        Ok(HeldOutPredictions { rows, examples, parts: splits.len(), n_train })
    }

    /// The calibrations on what a split trains on; where none was fitted, those of the model.
    fn calibrations(&self, split: &TrainTestSplit) -> Calibrations {
        let none = Calibration::none(self.dataset.labels.len());
        if self.card().calibration == none {
            return Calibrations { first: none, context: self.card().context_calibration.clone() };
        }
        let (scores, known) = (&self.trained.out_of_fold_scores, self.training_set.known_context());
        calibration_on(self.dataset, scores, split.train_gold(self.dataset), known)
    }

    /// Mean number of gold instances that a held-out instance's model is trained on.
    pub(super) fn mean_n_train(&self, splits: &[TrainTestSplit]) -> f64 {
        let n_test: usize = splits.iter().map(|split| split.test.len()).sum();
        let n_train =
            |split: &TrainTestSplit| split.test.len() * split.train_gold(self.dataset).len();
        splits.iter().map(n_train).sum::<usize>() as f64 / n_test as f64
    }

    pub(super) fn scored(&self, predictions: &HeldOutPredictions) -> Result<HeldOutScores, Error> {
        let labels = &self.dataset.labels;
        let scores = evaluate::scores(&predictions.examples, labels, self.resampling());
        let scores = scores.ok_or_else(|| Error::Training("nothing is held out".to_string()))?;
        Ok(HeldOutScores { parts: predictions.parts, n_train: predictions.n_train, scores })
    }

    /// By how much the macro-F1 of `one` lies above that of `other` on the same rows.
    pub(super) fn gain(&self, one: &[ScoredExample], other: &[ScoredExample]) -> Estimate {
        evaluate::paired_difference(one, other, self.dataset.labels.len(), self.resampling())
    }

    pub(super) fn card(&self) -> &'a Card {
        self.trained.model.card()
    }

    pub(super) fn settings(&self) -> &'a Settings {
        &self.card().settings
    }

    fn resampling(&self) -> Resampling {
        resampling(self.settings())
    }
}

/// Why nothing can be judged.
fn too_few() -> Error {
    Error::Training("too few sentences to hold any out; label more of them".to_string())
}

impl HeldOutPredictions {
    /// The predictions for some of the rows, rising.
    fn only(self, wanted: &[usize]) -> Self {
        let both = self.rows.into_iter().zip(self.examples);
        let (rows, examples) = both.filter(|(row, _)| wanted.binary_search(row).is_ok()).unzip();
        HeldOutPredictions { rows, examples, ..self }
    }
}
