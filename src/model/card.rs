//! Model cards: how a model was made (Mitchell et al. 2019).

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use super::decision::Decision;
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
    /// How rows were held out for the scores; none where none were, and in models of older programs,
    /// which held out whole articles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cross_validation: Option<CrossValidation>,
    /// Scores of out-of-fold predictions; none where they are not known, since the rows were too few to
    /// hold any out.
    pub scores: Option<Scores>,
    /// The penalty that cross-validation selected.
    pub penalty: f64,
    /// The calibration of its probabilities, which is folded into the weights.
    pub calibration: Calibration,
    /// The calibration that scores of sentences which do not name their target go through afterwards; none
    /// where it is the same for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_calibration: Option<Calibration>,
    /// Which label it predicts, given the probabilities.
    #[serde(default, skip_serializing_if = "Decision::is_none")]
    pub decision: Decision,
}

/// How rows were held out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossValidation {
    /// What is never split.
    pub unit: HeldOutUnit,
    /// Number of folds.
    pub folds: usize,
    /// Number of times that penalties were compared, each with folds of its own. The scores are those of
    /// the first.
    pub repetitions: usize,
}

/// What is held out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeldOutUnit {
    /// Articles.
    Articles,
    /// Sentences, with those that nearly repeat them.
    Sentences,
}

/// The settings of a training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Maximum number of folds of the cross-validation.
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
    /// What the scores of sentences that do not name their target are divided by, where nothing else
    /// calibrates them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_temperature: Option<f64>,
    /// How far rare labels are preferred, from 0, where the most probable label is predicted, to 1, where
    /// all labels are treated as if they were equally frequent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub balance: f64,
    /// Whether letters of words are features, where no base says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_letters: bool,
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
            context_temperature: None,
            balance: 0.0,
            has_letters: false,
            resamples: 1000,
            base: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_zero(balance: &f64) -> bool {
    *balance == 0.0
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
