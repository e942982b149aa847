//! Inference about all sentences from a model's predictions and a few hand labels.
//!
//! A share of predicted labels is biased. [`prediction_powered`] corrects it with hand labels of a
//! random sample, whatever errors the model makes. [`prevalence`] corrects it without hand labels, which
//! holds only where the model's errors are the same everywhere; [`error_homogeneity`] tests that.
//! [`sample_size`] tells how many labels an interval of some width needs, [`multiple_comparisons`]
//! adjusts p values, and [`kitagawa_decomposition`] decomposes a gap into two parts.

pub mod error_homogeneity;
pub mod kitagawa_decomposition;
pub mod multiple_comparisons;
pub mod prediction_powered;
pub mod prevalence;
pub mod sample_size;
