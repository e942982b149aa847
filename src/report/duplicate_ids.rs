//! Articles that have the same id, so that a place in a table may be in either.

use serde::Serialize;
use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::collector::{ArticleView, Collector, CorpusFinishInputs};
use super::stored::{Damaged, Source, Stored, stored};

/// Maximum number of ids that are named.
const NAMED: usize = 5;

/// Which ids more than one article has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DuplicateIds {
    /// How many articles have an id that another one had before.
    pub articles: u64,
    /// Five of these ids, the first in byte order.
    pub ids: BTreeSet<String>,
}

stored!(DuplicateIds { articles, ids });

/// Counts articles by their ids.
#[derive(Debug, Default)]
pub(super) struct IdCounter {
    seen: FxHashSet<Box<str>>,
    duplicates: DuplicateIds,
}

impl Stored for IdCounter {
    fn write(&self, out: &mut Vec<u8>) {
        let mut seen: Vec<&Box<str>> = self.seen.iter().collect();
        seen.sort_unstable();
        seen.len().write(out);
        seen.into_iter().for_each(|id| id.write(out));
        self.duplicates.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let seen = Vec::read(from)?.into_iter().collect();
        Ok(IdCounter { seen, duplicates: Stored::read(from)? })
    }
}

impl Collector<ArticleView<'_>, CorpusFinishInputs<'_>> for IdCounter {
    type Out = DuplicateIds;

    fn add(&mut self, view: &ArticleView<'_>) {
        self.add_id(view.article.id.as_str().into());
    }

    fn merge(&mut self, later: Self) {
        later.seen.into_iter().for_each(|id| self.add_id(id));
        self.duplicates.articles += later.duplicates.articles;
        later.duplicates.ids.into_iter().for_each(|id| self.name(id));
    }

    fn finish(self, _: &CorpusFinishInputs<'_>) -> DuplicateIds {
        self.duplicates
    }
}

impl IdCounter {
    fn add_id(&mut self, id: Box<str>) {
        if let Some(duplicate) = self.seen.replace(id) {
            self.duplicates.articles += 1;
            self.name(duplicate.into());
        }
    }

    fn name(&mut self, id: String) {
        self.duplicates.ids.insert(id);
        if self.duplicates.ids.len() > NAMED {
            self.duplicates.ids.pop_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_come_again_are_counted_in_any_order() {
        let mut given = vec!["a", "b", "a", "a", "c", "g", "g", "f", "f", "e", "e", "d", "d", "b"];
        for _ in 0..given.len() {
            given.rotate_left(1);
            let mut ids = IdCounter::default();
            given.iter().for_each(|id| ids.add_id((*id).into()));
            let found = ids.duplicates;
            assert_eq!(found.articles, 7);
            assert_eq!(found.ids.iter().collect::<Vec<_>>(), ["a", "b", "d", "e", "f"]);
        }
    }
}
