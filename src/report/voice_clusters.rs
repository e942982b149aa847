//! The sentences that name a target, article by article and voice by voice.

use super::article_clusters::ArticleCluster;
use super::collector::{Collector, OutletFinishInputs, TargetView};
use super::stored::{stored, stored_newtype};
use crate::calendar_day::Day;
use crate::voice::Voice;

/// One article's sentences that name the target.
#[derive(Debug, Clone)]
pub(super) struct VoiceClusters {
    pub(super) day: Option<Day>,
    /// In the order of [`Voice::ALL`].
    pub(super) voices: [ArticleCluster; 2],
}

stored!(VoiceClusters { day, voices });

/// Those of one outlet, one per article that names the target.
#[derive(Debug, Default)]
pub(super) struct VoiceClusterCollector(Vec<VoiceClusters>);

stored_newtype!(VoiceClusterCollector);

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for VoiceClusterCollector {
    type Out = Vec<VoiceClusters>;

    fn add(&mut self, view: &TargetView<'_>) {
        let voices = Voice::ALL.map(|voice| view.cluster(voice));
        if voices.iter().any(|cluster| cluster.sentences > 0.0) {
            self.0.push(VoiceClusters { day: view.article.day, voices });
        }
    }

    fn merge(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    /// In an order that depends on the values alone.
    fn finish(mut self, _: &OutletFinishInputs<'_>) -> Vec<VoiceClusters> {
        let order = |[own, attributed]: &[ArticleCluster; 2], other: &[ArticleCluster; 2]| {
            own.order(&other[0]).then_with(|| attributed.order(&other[1]))
        };
        self.0.sort_by(|a, b| order(&a.voices, &b.voices));
        self.0
    }
}
