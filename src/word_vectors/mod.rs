//! What is known of words before training: vectors, in which like words lie near each other, and
//! scores, such as how friendly a word is.
//!
//! Training takes it for side information: the weight of a feature of one stem is what its own rows
//! teach, and beside it what the stem's numbers say in a direction that all stems share. Afterwards
//! both are one weight.

mod merge_by_stem;
mod stem_vectors;

pub use merge_by_stem::{StemMerger, WordUse};
pub use stem_vectors::{VectorId, WordFeatureKind, WordVectorFile, WordVectors};
