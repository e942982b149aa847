//! Prior knowledge of a training: a model to adapt, and word vectors.

use super::columns::{Columns, EncoderFeatures};
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
    /// What an encoder makes of every instance; none where words are counted. A base's is the base's
    /// encoder.
    pub encoder: Option<&'a EncoderFeatures>,
}

/// The word vectors of a regression's columns. An encoder's columns have none.
pub(super) fn columns_vectors<'k>(
    words: &'k WordVectors,
    columns: &Columns<'_>,
) -> VectorColumns<'k> {
    match columns {
        Columns::Words(vocabulary) => vector_columns(words, vocabulary.vector_ids()),
        Columns::Encoder(_) => vector_columns(words, std::iter::empty()),
    }
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
