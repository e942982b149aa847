//! Where the figures of a report come from.

use serde::Serialize;

use super::audit_sample::AuditFacts;
use super::stored::stored;
use crate::cluster_bootstrap::Resampling;
use crate::random::derived_seed;
use crate::target::Target;

/// More resamples than anybody needs, so that what is read cannot ask for hours of work.
const MAX_RESAMPLES: usize = 100_000;

/// How a report is made, and from what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The seed of all random numbers: the same seed gives the same report.
    pub seed: u64,
    /// Number of bootstrap resamples of each outlet's articles.
    pub resamples: usize,
    /// What was read, in words to be shown: usually file names.
    pub inputs: Vec<String>,
    /// The options that select articles, as they are typed; none where all were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub selection: Vec<String>,
    /// Every file that was read, of articles and of hand labels.
    pub files: Vec<KnownFile>,
    /// The model's file, and the frame model's where there is one.
    pub models: Vec<KnownFile>,
}

stored!(Settings { seed, resamples, inputs, selection, files, models } where |of, _| of.resamples <= MAX_RESAMPLES);

impl Default for Settings {
    fn default() -> Self {
        Settings {
            seed: 1,
            resamples: 1000,
            inputs: Vec::new(),
            selection: Vec::new(),
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
    /// The model's date, as its card gives it.
    pub model_date: Option<String>,
    /// What the model predicts: `stance`, `frame`, or a codebook's own name.
    pub dimension: String,
    /// The model's labels. Every figure by label keeps this order.
    pub labels: Vec<String>,
    /// The targets, with their aliases.
    #[serde(skip)]
    pub targets: Vec<Target>,
    /// How the report was made.
    #[serde(flatten)]
    pub settings: Settings,
    /// The confusion matrix of the model's cross-validation, by true label, then by predicted label; `None`
    /// where its card has no scores.
    pub confusion: Option<Vec<Vec<usize>>>,
    /// The audit sample; `None` where no sentence has a hand label.
    pub audit: Option<AuditFacts>,
}

impl Settings {
    /// The bootstrap that the settings ask for.
    pub fn resampling(&self) -> Resampling {
        Resampling { resamples: self.resamples, seed: self.seed }
    }

    /// As [`Settings::resampling`], with a seed that belongs to an outlet.
    pub(super) fn outlet_resampling(&self, outlet: &str) -> Resampling {
        Resampling { seed: derived_seed(self.seed, outlet), ..self.resampling() }
    }
}

impl Provenance {
    /// The labels that take a side, as indices: all but `neutral`.
    pub fn sides(&self) -> impl Iterator<Item = usize> + use<'_> {
        let labels = self.labels.iter().enumerate();
        labels.filter(|(_, label)| takes_side(label)).map(|(at, _)| at)
    }
}

/// Whether a label takes a side; all do but `neutral`.
pub(super) fn takes_side(label: &str) -> bool {
    label != "neutral"
}

/// A file with its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownFile {
    /// Its name, as given or as found in a folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

stored!(KnownFile { name, bytes, sha256 });
