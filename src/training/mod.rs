//! Trains models on labelled sentences, and estimates how well they do.
//!
//! ```text
//! dataset → training set → folds → for every penalty and fold: vocabulary, rows, fit, held-out scores
//!         → best penalty → calibration on the held-out scores → fit on everything → model
//! ```
//!
//! A model to adapt and word vectors are given as a [`base_prior`].

pub mod base_prior;
mod columns;
mod cross_validation;
pub mod dataset;
pub mod fold_assignment;
mod fold_fit;
mod folds;
pub mod generalization;
pub mod instance;
pub mod model_evaluation;
pub mod near_duplicates;
mod penalty_selection;
mod preconditions;
pub mod stopping_rule;
pub mod suspected_label_errors;
mod train;
pub mod train_test_split;
mod training_set;

pub use columns::EncoderFeatures;
pub use train::{BaseScores, Trained, Tried, train};
