//! Word vectors and word scores: what is known of words before training.
//!
//! Training uses them as side information: the weight of a feature of one stem is its own weight, learnt
//! from its rows, plus its stem's vector times a direction that all stems share. The model stores the sum.

mod merge_by_stem;
mod stem_vectors;

pub use merge_by_stem::{StemMerger, WordUse};
pub use stem_vectors::{VectorId, WordFeatureKind, WordVectorFile, WordVectors};
