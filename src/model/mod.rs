//! Models: multinomial logistic regression, its fit, its calibration, its predictions and its file.
//!
//! ```text
//! score of a label = intercept + Σ weight · value of the feature      (less the mean over labels)
//! probability      = softmax(scores)
//! ```
//!
//! The calibration is folded into the weights, so the contributions to a score explain the probability.

pub mod calibration;
pub mod card;
pub mod decision;
mod encoder_head;
pub mod file_format;
mod forward_backward;
mod label_scores;
pub mod newton_cg;
mod prediction;
mod reader;
mod scorer;
pub mod softmax_regression;
mod trained_model;
mod weight_table;
mod weights;
mod word_feature_mask;

pub use prediction::{Explanation, Prediction, Share};
pub use reader::ReaderKind;
pub use trained_model::Model;
