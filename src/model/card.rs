//! How a model was made: everything that its file says about itself.

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use crate::evaluate::Scores;
use crate::word_vectors::WordVectorFile;

/// A model's account of itself. Travels in the model file and in every report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// What is predicted: `stance`, `frame`, or a codebook's own name.
    pub dimension: String,
    /// The labels, in the order of every probability.
    pub labels: Vec<String>,
    /// The version of the program that trained it.
    pub program: String,
    /// The day that the person who trained it gave.
    pub date: Option<String>,
    /// How it was trained.
    pub settings: Settings,
    /// What it was trained on.
    pub sources: Vec<Source>,
    /// What was known of words before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordVectorFile>,
    /// How many rows each label has in training.
    pub label_counts: Vec<f64>,
    /// How well it did on rows it had not seen, in cross-validation.
    pub scores: Option<Scores>,
    /// The penalty that cross-validation chose.
    pub penalty: f64,
    /// What made its probabilities honest; already part of the weights.
    pub calibration: Calibration,
}

/// Everything that can be chosen in training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Parts of the cross-validation.
    pub folds: usize,
    /// Where chance starts.
    pub seed: u64,
    /// The penalties to choose from.
    pub penalties: Vec<f64>,
    /// How many features are kept at most; none keeps all.
    pub max_features: Option<usize>,
    /// Kinds of features that are left out.
    pub without: Vec<String>,
    /// Resamples behind every interval.
    pub resamples: usize,
    /// The name of the model whose weights were adapted; none where training began with nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        let penalties = vec![0.5, 1.0, 2.0, 4.0, 8.0];
        Settings {
            folds: 5,
            seed: 1,
            penalties,
            max_features: None,
            without: Vec::new(),
            resamples: 1000,
            base: None,
        }
    }
}

/// A file that was trained on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name, without folders.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
