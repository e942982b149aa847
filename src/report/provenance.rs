//! Where the figures of a report come from.

use serde::Serialize;

use super::audit_sample::AuditFacts;
use crate::target::Target;

/// How a report is made, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The seed of all random numbers: the same seed gives the same report.
    pub seed: u64,
    /// How many times each outlet's articles are resampled for the intervals.
    pub resamples: usize,
    /// What was read, in words to be shown: usually file names.
    pub inputs: Vec<String>,
    /// Every file that was read.
    pub files: Vec<KnownFile>,
    /// The files of the models.
    pub models: Vec<KnownFile>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            seed: 1,
            resamples: 1000,
            inputs: Vec::new(),
            files: Vec::new(),
            models: Vec::new(),
        }
    }
}

/// Where the figures come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provenance {
    /// This program's version.
    #[serde(rename = "framescope")]
    pub version: String,
    /// The model's name.
    pub model: String,
    /// When it was made, as its maker says; none where it does not say.
    pub model_date: Option<String>,
    /// What the model predicts: `stance`, `frame`, or a codebook's own name.
    pub dimension: String,
    /// The model's labels. Every figure by label keeps this order.
    pub labels: Vec<String>,
    /// The targets, with their aliases.
    #[serde(skip)]
    pub targets: Vec<Target>,
    /// The seed of all random numbers.
    pub seed: u64,
    /// How many times each outlet's articles were resampled.
    pub resamples: usize,
    /// What was read, in the caller's words.
    pub inputs: Vec<String>,
    /// Every file that was read, of articles and of hand labels.
    pub files: Vec<KnownFile>,
    /// The model's file, and the frame model's where there is one.
    pub models: Vec<KnownFile>,
    /// The rows on which the model was tried in cross-validation, by true label, then by predicted
    /// label; none where its card has no scores.
    pub confusion: Option<Vec<Vec<usize>>>,
    /// The audit sample; none where nobody labelled any of these sentences.
    pub audit: Option<AuditFacts>,
}

impl Provenance {
    /// The labels that take a side, as indices: all but `neutral`.
    pub fn sides(&self) -> impl Iterator<Item = usize> + use<'_> {
        let labels = self.labels.iter().enumerate();
        labels.filter(|(_, label)| label.as_str() != "neutral").map(|(at, _)| at)
    }
}

/// A file, and what it takes to know it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownFile {
    /// As given, or as found in a folder.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// 64 hexadecimal digits.
    pub sha256: String,
}
