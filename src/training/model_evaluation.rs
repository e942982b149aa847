//! Evaluation of a model on labels that it was not trained on.

use rayon::prelude::*;
use serde::Serialize;

use super::columns::EncoderFeatures;
use super::dataset::Dataset;
use super::instance::Instance;
use crate::cluster_bootstrap::Resampling;
use crate::evaluate::{self, OutletScores, ScoredExample, Scores, WeightedScores};
use crate::example::Drawing;
use crate::model::{Model, ReaderKind};
use crate::model_input::ModelInput;

/// Number of sentences whose words a core counts at a time.
const TOGETHER: usize = 64;

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
    /// On all sentences that the instances were drawn for; none unless all were drawn at random.
    pub weighted: Option<WeightedScores>,
    /// Number of instances that were chosen to train on: scores on them tell nothing of others.
    pub n_chosen: usize,
}

/// A model's prediction for every gold instance, beside its label. `done` is told while an encoder reads
/// how many more are read.
pub(super) fn score_examples(
    model: &Model,
    dataset: &Dataset,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<ScoredExample> {
    let probabilities = |instances: &[Instance]| {
        let inputs: Vec<ModelInput<'_>> = instances.iter().map(Instance::input).collect();
        let predictions = model.predict_all(&inputs, done).into_iter();
        predictions.map(|prediction| prediction.probabilities).collect::<Vec<_>>()
    };
    // An encoder wants all of them at once; it takes every core by itself.
    let together = match model.reader() {
        ReaderKind::Words => dataset.gold.par_chunks(TOGETHER).flat_map(probabilities).collect(),
        ReaderKind::Encoder => probabilities(&dataset.gold),
    };
    beside_labels(model, dataset, together)
}

/// The same, of a model whose encoder has read the instances.
pub(super) fn score_features(
    model: &Model,
    dataset: &Dataset,
    features: &EncoderFeatures,
) -> Vec<ScoredExample> {
    let rows: Vec<usize> = (0..dataset.gold.len()).collect();
    let (encoded, regression) = (features.encode(&rows), model.regression());
    let probabilities = rows.iter().zip(&dataset.gold).map(|(&row, instance)| {
        let scores = regression.scores(&encoded, row);
        model.prediction(scores, instance.input().is_context()).probabilities
    });
    beside_labels(model, dataset, probabilities.collect())
}

fn beside_labels(
    model: &Model,
    dataset: &Dataset,
    probabilities: Vec<Vec<f64>>,
) -> Vec<ScoredExample> {
    let scored = |(instance, probabilities): (&Instance, Vec<f64>)| ScoredExample {
        truth: instance.label(),
        predicted: model.card().decision.label(&probabilities),
        probabilities,
        article: instance.article,
    };
    dataset.gold.iter().zip(probabilities).map(scored).collect()
}

impl ModelEvaluation {
    /// Evaluates a model; none where there are no gold instances.
    /// `done` is told while an encoder reads how many more are read.
    pub fn of(
        model: &Model,
        dataset: &Dataset,
        resampling: Resampling,
        done: &(dyn Fn(usize) + Sync),
    ) -> Option<Self> {
        let examples = score_examples(model, dataset, done);
        let drawings = || dataset.gold.iter().map(|instance| instance.drawing);
        let outlets: Vec<&str> =
            dataset.gold.iter().map(|instance| instance.outlet.as_str()).collect();
        Some(ModelEvaluation {
            scores: evaluate::scores(&examples, model.labels(), resampling)?,
            calibration_error_by_chance: evaluate::calibration_error_by_chance(
                &examples, resampling,
            ),
            outlets: evaluate::by_outlet(&examples, &outlets, model.labels(), resampling),
            weighted: drawn(drawings()).map(|drawn| {
                evaluate::weighted_scores(&examples, &drawn, model.labels().len(), resampling)
            }),
            n_chosen: drawings().filter(|drawing| *drawing == Some(Drawing::Chosen)).count(),
        })
    }
}

/// The drawing probabilities, where every instance has one.
fn drawn(drawings: impl Iterator<Item = Option<Drawing>>) -> Option<Vec<f64>> {
    let drawn = drawings.map(|drawing| match drawing {
        Some(Drawing::Random(drawn)) => Some(drawn),
        Some(Drawing::Chosen) | None => None,
    });
    drawn.collect()
}
