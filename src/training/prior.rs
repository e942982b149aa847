//! What is known before a training begins.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::items::{Item, Items};
use crate::inventory::Learnt;
use crate::knowledge::{Knowledge, Meaning};
use crate::model::Model;
use crate::model::softmax::informed::Meanings;

/// What a training may build on; nothing by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prior<'a> {
    /// A model to adapt: what the items teach is what pays for leaving its weights.
    pub base: Option<&'a Model>,
    /// What is known of words: stems of like meaning are to weigh alike.
    pub words: Option<&'a Knowledge>,
}

/// What the columns of a vocabulary mean.
pub(super) fn meanings<'k>(words: &'k Knowledge, learnt: &Learnt<'_>) -> Meanings<'k> {
    meanings_of(words, learnt.meanings())
}

/// What columns mean, given one after the other.
pub(super) fn meanings_of(
    words: &Knowledge,
    columns: impl Iterator<Item = Option<Meaning>>,
) -> Meanings<'_> {
    let place = |meaning: Meaning| (meaning.kind, meaning.stem);
    Meanings {
        columns: columns.map(|meaning| meaning.map(place)).collect(),
        values: words.all_values(),
        dimension: words.dimension(),
        n_kinds: words.n_kinds(),
    }
}

impl Items {
    /// The stems of all words in what is learnt from.
    pub fn stems(&self) -> FxHashSet<String> {
        let all: Vec<&Item> = self.all().filter(|item| !item.is_unnamed).collect();
        let stems = |mut found: FxHashSet<String>, item: &&Item| {
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
