//! What is known before a training begins.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::dataset::{Dataset, Instance};
use crate::feature_counts::FoldVocabulary;
use crate::model::Model;
use crate::model::softmax_regression::side_information::VectorColumns;
use crate::word_knowledge::{VectorId, WordKnowledge};

/// What a training may build on; nothing by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prior<'a> {
    /// A model to adapt: what the items teach is what pays for leaving its weights.
    pub base: Option<&'a Model>,
    /// What is known of words: stems of like meaning are to weigh alike.
    pub words: Option<&'a WordKnowledge>,
}

/// What the columns of a vocabulary mean.
pub(super) fn meanings<'k>(
    words: &'k WordKnowledge,
    learnt: &FoldVocabulary<'_>,
) -> VectorColumns<'k> {
    meanings_of(words, learnt.meanings())
}

/// What columns mean, given one after the other.
pub(super) fn meanings_of(
    words: &WordKnowledge,
    columns: impl Iterator<Item = Option<VectorId>>,
) -> VectorColumns<'_> {
    let place = |meaning: VectorId| (meaning.kind, meaning.stem);
    VectorColumns {
        columns: columns.map(|meaning| meaning.map(place)).collect(),
        values: words.all_values(),
        dimension: words.dimension(),
        n_kinds: words.n_kinds(),
    }
}

impl Dataset {
    /// The stems of all words in what is learnt from.
    pub fn stems(&self) -> FxHashSet<String> {
        let all: Vec<&Instance> = self.all().filter(|item| !item.is_unnamed).collect();
        let stems = |mut found: FxHashSet<String>, item: &&Instance| {
            let view = item.view();
            found.extend(view.terms.iter().map(|term| view.stem(term)));
            found
        };
        let join = |mut a: FxHashSet<String>, b| {
            a.extend(b);
            a
        };
        all.par_iter().fold(FxHashSet::default, stems).reduce(FxHashSet::default, join)
    }
}
