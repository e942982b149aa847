//! What the model predicts of one sentence, in cells; empty where nothing is predicted.

use crate::render::cell::Cell;
use crate::report::{PredictedLabel, Report};

/// How the sentence bears on the target.
pub(super) fn relation(predicted: Option<PredictedLabel>) -> Cell {
    Cell::maybe(predicted, |predicted| Cell::text(predicted.about.name()))
}

/// The label.
pub(super) fn label(report: &Report, predicted: Option<PredictedLabel>) -> Cell {
    Cell::maybe(predicted, |predicted| Cell::text(report.label(predicted.label)))
}

/// The label's probability.
pub(super) fn probability(predicted: Option<PredictedLabel>) -> Cell {
    Cell::share(predicted.map(|predicted| predicted.probability))
}
