//! Model cards: how a model was made (Mitchell et al. 2019).

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use crate::evaluate::Scores;
use crate::word_vectors::WordVectorFile;

/// A model card: part of the model file and of every report.
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
    /// The encoder that reads for it; none where it counts words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoder: Option<String>,
    /// The word vectors and word scores that it was trained with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordVectorFile>,
    /// Number of training rows with each label.
    pub label_counts: Vec<f64>,
    /// Scores of out-of-fold predictions.
    pub scores: Option<Scores>,
    /// The penalty that cross-validation selected.
    pub penalty: f64,
    /// The calibration of its probabilities, which is folded into the weights.
    pub calibration: Calibration,
}

/// The settings of a training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Number of folds of the cross-validation.
    pub folds: usize,
    /// The seed of random numbers.
    pub seed: u64,
    /// The penalties that cross-validation selects from.
    pub penalties: Vec<f64>,
    /// Maximum number of features; `None` keeps all.
    pub max_features: Option<usize>,
    /// Kinds of features that are left out.
    pub without: Vec<String>,
    /// Whether probabilities stay as the regression gives them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_uncalibrated: bool,
    /// Number of bootstrap resamples.
    pub resamples: usize,
    /// The name of the model whose weights were adapted, if any.
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
            is_uncalibrated: false,
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
