//! What a model trained on the labels so far is worth, worked out beside the labelling.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::project::CardTexts;
use crate::error::Error;
use crate::label_page::Card;

/// Takes a label file and the drawn sentences that have no label yet; trains and judges a model.
pub type CheckTraining = Arc<dyn Fn(&Path, &[Card]) -> Result<TrainingCheck, Error> + Send + Sync>;

/// Number of new labels after which a model is trained again.
const NEW_LABELS: usize = 20;

/// Maximum number of sentences without a label on which successive models are compared.
const STOP_SET: usize = 2000;

/// What a model trained on the labels so far is worth.
#[derive(Debug, Clone, Serialize)]
pub struct TrainingCheck {
    /// Number of labelled sentences that it learnt from.
    pub labels: usize,
    /// The learning curve, the fewest labels first.
    pub curve: Vec<CurvePoint>,
    /// Whether more labels stop paying, and by which rule.
    pub advice: String,
}

/// How models did that learnt from so many labels.
#[derive(Debug, Clone, Serialize)]
pub struct CurvePoint {
    /// Mean number of labels that they learnt from.
    pub labels: f64,
    /// Macro-F1 in cross-validation, 0 to 1, with the ends of its 95 % interval; none where the labels are
    /// too few.
    pub macro_f1: Option<f64>,
    /// The interval's lower end.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// What the page is told.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct TrainingState {
    /// The last check; none before there are [`NEW_LABELS`] labels.
    check: Option<TrainingCheck>,
    /// Why the last check failed, or empty.
    failure: String,
    is_running: bool,
    #[serde(skip)]
    checked_at: usize,
}

/// Checks now and then, one check at a time.
pub(super) struct TrainingMonitor {
    label_file: PathBuf,
    check: CheckTraining,
    state: Mutex<TrainingState>,
}

impl std::fmt::Debug for TrainingMonitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrainingMonitor").field("state", &self.state).finish_non_exhaustive()
    }
}

impl TrainingMonitor {
    pub(super) fn new(label_file: &Path, check: CheckTraining) -> Self {
        TrainingMonitor { label_file: label_file.to_path_buf(), check, state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, TrainingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known.
    pub(super) fn state(&self) -> TrainingState {
        self.lock().clone()
    }

    /// Whether a check is due with so many labels; the caller then runs it.
    pub(super) fn begins(&self, n_labels: usize) -> bool {
        let mut state = self.lock();
        let is_due = !state.is_running && n_labels >= state.checked_at + NEW_LABELS;
        if is_due {
            (state.is_running, state.checked_at) = (true, n_labels);
        }
        is_due
    }

    /// Trains on what the label file holds. `labelled` tells of each card whether it has a label.
    pub(super) fn run(&self, labelled: &[bool], texts: &CardTexts) {
        let without = (0..).zip(labelled).filter(|(_, is_labelled)| !**is_labelled);
        let unlabelled: Result<Vec<Card>, Error> =
            without.take(STOP_SET).map(|(card, _)| texts.card(card)).collect();
        let found = unlabelled.and_then(|cards| (self.check)(&self.label_file, &cards));
        let mut state = self.lock();
        state.is_running = false;
        match found {
            Ok(check) => (state.check, state.failure) = (Some(check), String::new()),
            Err(error) => state.failure = error.to_string(),
        }
    }
}
