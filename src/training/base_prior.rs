//! Prior knowledge of a training: a model to adapt, and word vectors.

use crate::feature_counts::FoldVocabulary;
use crate::model::Model;
use crate::model::softmax_regression::side_information::VectorColumns;
use crate::word_vectors::{VectorId, WordVectors};

/// What a training may build on; by default nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prior<'a> {
    /// A model to adapt: the penalty measures the distance from its weights.
    pub base: Option<&'a Model>,
    /// Word vectors and word scores: stems with similar vectors get similar weights.
    pub words: Option<&'a WordVectors>,
}

/// The word vectors of a vocabulary's columns.
pub(super) fn vocabulary_vectors<'k>(
    words: &'k WordVectors,
    vocabulary: &FoldVocabulary<'_>,
) -> VectorColumns<'k> {
    vector_columns(words, vocabulary.vector_ids())
}

/// The word vectors of columns, given one after the other.
pub(super) fn vector_columns(
    words: &WordVectors,
    columns: impl Iterator<Item = Option<VectorId>>,
) -> VectorColumns<'_> {
    VectorColumns {
        columns: columns.map(|vector| vector.map(|id| (id.kind, id.stem))).collect(),
        values: words.all_values(),
        dimension: words.dimension(),
        n_kinds: words.n_kinds(),
    }
}
