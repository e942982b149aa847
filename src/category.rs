//! One of a fixed list of names: a model's label, a report's outlet.

use std::sync::Arc;

use serde::{Serialize, Serializer};

/// All names of a list, in its order.
pub type Categories = Arc<[String]>;

/// One name of a list, with its index in everything that keeps the list's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Category {
    /// Its index.
    pub index: usize,
    all: Categories,
}

impl Category {
    /// The category at an index.
    pub fn new(index: usize, all: &Categories) -> Self {
        Category { index, all: Arc::clone(all) }
    }

    /// Its name; empty where the list ends before it.
    pub fn name(&self) -> &str {
        self.all.get(self.index).map_or("", String::as_str)
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
