//! What the model predicts of one sentence, in cells; empty where nothing is predicted.

use crate::render::cell::Cell;
use crate::report::SentenceLabel;

/// How the sentence bears on the target.
pub(super) fn relation(predicted: Option<&SentenceLabel>) -> Cell {
    Cell::maybe(predicted, |predicted| Cell::text(predicted.about.name()))
}

/// The label.
pub(super) fn label(predicted: Option<&SentenceLabel>) -> Cell {
    Cell::maybe(predicted, |predicted| Cell::text(predicted.label.name()))
}

/// The label's probability.
pub(super) fn probability(predicted: Option<&SentenceLabel>) -> Cell {
    Cell::share(predicted.map(|predicted| predicted.probability))
}
