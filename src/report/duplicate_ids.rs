//! Articles that have the same id: a place in a table that names one of them names the other too.

use std::collections::BTreeSet;
use std::hash::Hasher;

use rustc_hash::{FxHashSet, FxHasher};
use serde::Serialize;

/// So many ids are named.
const NAMED: usize = 5;

/// Which ids more than one article has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DuplicateIds {
    /// How many articles have an id that another one had before.
    pub articles: u64,
    /// Five of these ids, the first in byte order.
    pub ids: BTreeSet<String>,
}

/// The ids met so far; a number is kept of each, not the id.
#[derive(Debug, Default)]
pub(super) struct IdCounter {
    met: FxHashSet<u64>,
    same: DuplicateIds,
}

impl IdCounter {
    /// Takes in one article's id.
    pub(super) fn add(&mut self, id: &str) {
        let mut hasher = FxHasher::default();
        hasher.write(id.as_bytes());
        if self.met.insert(hasher.finish()) {
            return;
        }
        self.same.articles += 1;
        self.same.ids.insert(id.to_owned());
        if self.same.ids.len() > NAMED {
            self.same.ids.pop_last();
        }
    }

    /// What was found.
    pub(super) fn finish(self) -> DuplicateIds {
        self.same
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
            given.iter().for_each(|id| ids.add(id));
            let found = ids.finish();
            assert_eq!(found.articles, 7);
            assert_eq!(found.ids.iter().collect::<Vec<_>>(), ["a", "b", "d", "e", "f"]);
        }
    }
}
