//! What collectors need beside the articles to finish their figures.

use super::confusion_adjusted_shares::ErrorRates;
use super::speaker_index::SpeakerIndex;
use crate::cluster_bootstrap::Resampling;
use crate::target::Target;

/// For the figures of a whole corpus.
#[derive(Debug, Clone, Copy)]
pub(super) struct CorpusFinishInputs<'a> {
    /// The names of all outlets, rising.
    pub(super) outlets: &'a [String],
    pub(super) targets: &'a [Target],
    pub(super) speaker_index: &'a SpeakerIndex,
}

/// For the figures of one outlet.
#[derive(Debug, Clone, Copy)]
pub(super) struct OutletFinishInputs<'a> {
    pub(super) name: &'a str,
    /// How many articles it has.
    pub(super) articles: u64,
    /// How many summaries it gets; 1 where each sentence counts whole.
    pub(super) n_targets: usize,
    pub(super) resampling: Resampling,
    /// The model's errors elsewhere, where they are to correct the shares here.
    pub(super) error_rates: Option<&'a ErrorRates>,
    pub(super) speaker_index: &'a SpeakerIndex,
    /// Maximum number of the surest sentences, and of those drawn at random, of each voice, relation
    /// and label.
    pub(super) n_exemplars: usize,
    /// Maximum number of speakers.
    pub(super) n_speakers: usize,
}
