//! What may be said of all sentences from a model and a few hand labels: pure arithmetic.
//!
//! A share of predicted labels is biased. [`powered`] corrects it with hand labels of a random
//! sample, whatever errors the model makes; [`quantify`] corrects it without any, and holds only
//! where the model errs alike everywhere, which [`alike`] tests. [`plan`] says how many labels bring
//! which width; [`compare`] judges many differences at once; [`split`] parts a gap in two.

pub mod error_homogeneity;
pub mod kitagawa;
pub mod multiple_comparisons;
pub mod prediction_powered;
pub mod prevalence;
pub mod sample_size;
