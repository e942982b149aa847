//! Scores of predictions against labels.

mod expected_calibration_error;
mod paired_difference;
mod scores;
mod scores_by_outlet;
mod weighted_scores;

pub use expected_calibration_error::calibration_error_by_chance;
pub use paired_difference::paired_difference;
pub use scores::{Estimate, LabelScores, ScoredExample, Scores, argmax, log_loss, scores};
pub use scores_by_outlet::{MIN_ROWS, OutletScores, by_outlet};
pub use weighted_scores::{WeightedScores, weighted_scores};
