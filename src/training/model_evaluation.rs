//! Evaluation of a model on labels that it was not trained on.

use rayon::prelude::*;
use serde::Serialize;

use super::dataset::{Dataset, Instance};
use crate::cluster_bootstrap::Resampling;
use crate::evaluate::{self, OutletScores, ScoredExample, Scores};
use crate::model::Model;

/// How well a model does on labelled instances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelEvaluation {
    /// On all of them.
    #[serde(flatten)]
    pub scores: Scores,
    /// The calibration error that exact probabilities would show on the same number of rows.
    pub calibration_error_by_chance: f64,
    /// On each outlet; empty where no instance names one.
    pub outlets: Vec<OutletScores>,
}

/// A model's prediction for every gold instance, beside its label.
pub(super) fn score_examples(model: &Model, dataset: &Dataset) -> Vec<ScoredExample> {
    let scored = |instance: &Instance| ScoredExample {
        truth: instance.label(),
        probabilities: model.predict_view(&instance.view()).probabilities,
        article: instance.article,
    };
    dataset.gold.par_iter().map(scored).collect()
}

impl ModelEvaluation {
    /// Evaluates a model; none where there are no gold instances.
    pub fn of(model: &Model, dataset: &Dataset, resampling: Resampling) -> Option<Self> {
        let examples = score_examples(model, dataset);
        let outlets: Vec<&str> =
            dataset.gold.iter().map(|instance| instance.outlet.as_str()).collect();
        Some(ModelEvaluation {
            scores: evaluate::scores(&examples, model.labels(), resampling)?,
            calibration_error_by_chance: evaluate::calibration_error_by_chance(
                &examples, resampling,
            ),
            outlets: evaluate::by_outlet(&examples, &outlets, model.labels(), resampling),
        })
    }
}
