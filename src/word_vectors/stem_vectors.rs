//! A vector for each stem, and the features that it applies to.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::features::{FeatureTemplate, Key, TEMPLATES};

/// A vector for each stem: its word vector, then its score. It applies to every feature of that one
/// stem: `word=scorn`, `side=left scorn`, ….
#[derive(Debug)]
pub struct WordVectors {
    pub(super) files: Vec<WordVectorFile>,
    pub(super) stems: Vec<String>,
    /// Stems × dimension, stem by stem.
    pub(super) values: Vec<f32>,
    pub(super) dimension: usize,
    /// Whether each stem is one of the most frequent.
    pub(super) is_frequent: Vec<bool>,
    pub(super) kinds: Vec<WordFeatureKind>,
    pub(super) ids_by_key: FxHashMap<Key, VectorId>,
}

/// A file of word vectors or word scores, as a model's card names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordVectorFile {
    /// Its name, without folders.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many numbers it has for each word.
    pub dimension: usize,
    /// How many of its words were used.
    pub n_words: usize,
}

/// A kind of features of one stem: all that differ in the stem alone, such as `side=left …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordFeatureKind {
    /// Their template, as an index in [`TEMPLATES`].
    pub template: usize,
    /// What stands before the stem; empty for nothing.
    pub prefix: &'static str,
}

/// A feature of one stem that has a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VectorId {
    /// The index of its kind.
    pub kind: u32,
    /// The index of its stem, and so of the vector.
    pub stem: u32,
}

impl WordVectors {
    /// The files that the vectors come from.
    pub fn files(&self) -> &[WordVectorFile] {
        &self.files
    }

    /// Length of a vector.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Number of kinds of features of one stem.
    pub fn n_kinds(&self) -> usize {
        self.kinds.len()
    }

    /// The vectors, one after the other.
    pub fn all_values(&self) -> &[f32] {
        &self.values
    }

    /// The vector of a feature; `None` where it is not of one stem, or the stem has no vector.
    pub fn id(&self, key: Key) -> Option<VectorId> {
        self.ids_by_key.get(&key).copied()
    }

    /// Whether a feature's stem is one of the most frequent.
    pub fn is_frequent(&self, id: VectorId) -> bool {
        self.is_frequent[id.stem as usize]
    }

    /// The kind of a feature.
    pub fn kind(&self, id: VectorId) -> WordFeatureKind {
        self.kinds[id.kind as usize]
    }

    /// The stem of a feature.
    pub fn stem(&self, id: VectorId) -> &str {
        &self.stems[id.stem as usize]
    }

    /// The features of the most frequent stems, stem by stem.
    pub fn frequent(&self) -> impl Iterator<Item = (Key, VectorId)> {
        let stems = (0..).zip(&self.is_frequent).filter(|(_, is_frequent)| **is_frequent);
        let of_stem = |stem| (0..).zip(&self.kinds).map(move |(kind, of)| (kind, *of, stem));
        stems
            .flat_map(move |(stem, _)| of_stem(stem))
            .map(|(kind, of, stem)| (of.key(&self.stems[stem as usize]), VectorId { kind, stem }))
    }
}

impl WordFeatureKind {
    /// Every kind of features of one stem that vectors apply to.
    pub(super) fn all() -> Vec<Self> {
        let of_template = |(index, template): (usize, &FeatureTemplate)| {
            let kind = move |&prefix| WordFeatureKind { template: index, prefix };
            template.vector_prefixes.iter().map(kind)
        };
        TEMPLATES.iter().enumerate().flat_map(of_template).collect()
    }

    /// The key of the feature of a stem.
    pub(super) fn key(self, stem: &str) -> Key {
        Key::of_name(&self.name(stem))
    }

    /// The name of the feature of a stem.
    pub fn name(self, stem: &str) -> String {
        let template = TEMPLATES[self.template].name;
        match self.prefix {
            "" => format!("{template}={stem}"),
            prefix => format!("{template}={prefix} {stem}"),
        }
    }
}
