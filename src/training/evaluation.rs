//! A model judged by labels that it has not learnt from.

use rayon::prelude::*;
use serde::Serialize;

use super::dataset::{Dataset, Instance};
use crate::cluster_bootstrap::Resampling;
use crate::evaluate::{self, OutletScores, ScoredExample, Scores};
use crate::model::Model;

/// How well a model does on labelled items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// On all of them.
    #[serde(flatten)]
    pub scores: Scores,
    /// The calibration error that exact probabilities would show on as many rows.
    pub calibration_error_by_chance: f64,
    /// On each outlet; empty where no item names one.
    pub outlets: Vec<OutletScores>,
}

/// What a model says of every item, beside the truth.
pub(super) fn judged_by(model: &Model, items: &Dataset) -> Vec<ScoredExample> {
    let judged = |item: &Instance| ScoredExample {
        truth: item.label(),
        probabilities: model.predict_view(&item.view()).probabilities,
        article: item.article,
    };
    items.items.par_iter().map(judged).collect()
}

impl Evaluation {
    /// Judges a model; none where there are no items.
    pub fn of(model: &Model, items: &Dataset, draw: Resampling) -> Option<Self> {
        let judged = judged_by(model, items);
        let outlets: Vec<&str> = items.items.iter().map(|item| item.outlet.as_str()).collect();
        Some(Evaluation {
            scores: evaluate::scores(&judged, model.labels(), draw)?,
            calibration_error_by_chance: evaluate::calibration_error_by_chance(&judged, draw),
            outlets: evaluate::by_outlet(&judged, &outlets, model.labels(), draw),
        })
    }
}
