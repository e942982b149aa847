//! What a trained model is and says.
//!
//! ```text
//! score of a label = intercept + Σ weight · value of the feature      (less the mean over labels)
//! probability      = softmax(scores)
//! ```
//!
//! The calibration is part of the weights, so what explains the score explains the probability.

pub mod calibration;
pub mod card;
pub mod file_format;
mod forward_backward;
mod label_scores;
pub mod newton_cg;
mod prediction;
mod scorer;
pub mod softmax_regression;
mod trained_model;
mod weight_table;
mod weights;
mod word_feature_mask;

pub use prediction::{Explanation, Prediction, Share};
pub use trained_model::Model;
