//! Numbers that say what stems mean.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::features::{self, FeatureTemplate, Key};

/// Numbers that say what stems mean, and which features are of one stem.
#[derive(Debug)]
pub struct WordVectors {
    pub(super) files: Vec<WordVectorFile>,
    pub(super) stems: Vec<String>,
    /// Stems × dimension, stem by stem.
    pub(super) values: Vec<f32>,
    pub(super) dimension: usize,
    /// Whether each stem is one of the most frequent.
    pub(super) common: Vec<bool>,
    /// The kinds of features of one stem.
    pub(super) kinds: Vec<WordFeatureKind>,
    pub(super) places: FxHashMap<Key, VectorId>,
}

/// A file that says something about words.
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

/// Features of one stem that are alike but for the stem, such as `side=left …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordFeatureKind {
    /// Their part, as a place in [`features::TEMPLATES`].
    pub part: usize,
    /// What stands before the stem; empty for nothing.
    pub prefix: &'static str,
}

/// What a feature of one stem means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VectorId {
    /// Its kind, as a number from 0.
    pub kind: u32,
    /// Its stem, as a number from 0.
    pub stem: u32,
}

impl WordVectors {
    /// Where it comes from.
    pub fn files(&self) -> &[WordVectorFile] {
        &self.files
    }

    /// How many numbers there are for each stem.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// How many kinds of features of one stem there are.
    pub fn n_kinds(&self) -> usize {
        self.kinds.len()
    }

    /// The numbers of all stems, stem by stem.
    pub fn all_values(&self) -> &[f32] {
        &self.values
    }

    /// What a feature means; none where it is of no stem, or of one that is not known.
    pub fn meaning(&self, key: Key) -> Option<VectorId> {
        self.places.get(&key).copied()
    }

    /// Whether a feature's stem is one of the most frequent.
    pub fn is_common(&self, meaning: VectorId) -> bool {
        self.common[meaning.stem as usize]
    }

    /// The kind of a feature.
    pub fn kind(&self, meaning: VectorId) -> WordFeatureKind {
        self.kinds[meaning.kind as usize]
    }

    /// The stem of a feature.
    pub fn stem(&self, meaning: VectorId) -> &str {
        &self.stems[meaning.stem as usize]
    }

    /// The features of the most frequent stems, by stem.
    pub fn common(&self) -> impl Iterator<Item = (Key, VectorId)> {
        let stems = (0..).zip(&self.common).filter(|(_, is_common)| **is_common);
        let of_stem = |stem| (0..).zip(&self.kinds).map(move |(kind, of)| (kind, *of, stem));
        stems
            .flat_map(move |(stem, _)| of_stem(stem))
            .map(|(kind, of, stem)| (of.key(&self.stems[stem as usize]), VectorId { kind, stem }))
    }
}

impl WordFeatureKind {
    /// Every kind of features of one stem.
    pub(super) fn all() -> Vec<Self> {
        let of = |(part, template): (usize, &FeatureTemplate)| {
            template.known_prefixes.iter().map(move |prefix| WordFeatureKind { part, prefix })
        };
        features::TEMPLATES.iter().enumerate().flat_map(of).collect()
    }

    /// The key of the feature of a stem.
    pub(super) fn key(self, stem: &str) -> Key {
        Key::of_name(&self.name(stem))
    }

    /// The name of the feature of a stem.
    pub fn name(self, stem: &str) -> String {
        let part = features::TEMPLATES[self.part].name;
        match self.prefix {
            "" => format!("{part}={stem}"),
            prefix => format!("{part}={prefix} {stem}"),
        }
    }
}
