//! Counts the figures of one outlet, article by article.

use std::collections::BTreeMap;

use super::article_confusions::{Confusion, ConfusionCollector};
use super::collector::{ArticleView, Collector, OutletFinishInputs, TargetView, collectors};
use super::corpus_counts::Counts;
use super::exemplars::{ExemplarCollector, ExemplarPool};
use super::headline_gap::HeadlineGapCollector;
use super::headline_lead::HeadlineLead;
use super::headline_quotes::HeadlineQuotes;
use super::headlines::Headlines;
use super::prominence::Prominence;
use super::report_data::OutletSummary;
use super::speakers::SpeakerCounts;
use super::stored::stored;
use super::unshared_sentences::UnsharedCollector;
use super::voice_clusters::{VoiceClusterCollector, VoiceClusters};
use super::voice_stratum::StrataCollector;
use crate::calendar_day::Day;
use crate::cluster_bootstrap::Resampling;

collectors! {
    /// Every figure on one outlet and one target. To add one, add a line here, and its field in
    /// [`OutletSummary`].
    SummaryCollector(TargetView, OutletFinishInputs) -> OutletSummary {
        strata: StrataCollector,
        unshared: UnsharedCollector,
        headlines: Headlines,
        headline_gap: HeadlineGapCollector,
        headline_quotes: HeadlineQuotes,
        openings: HeadlineLead,
        prominence: Prominence,
        evidence: ExemplarCollector,
    }
}

collectors! {
    /// The same, and what outlets are compared by.
    TargetCollector(TargetView, OutletFinishInputs) -> TargetFigures {
        summary: SummaryCollector,
        clusters: VoiceClusterCollector,
        errors: ConfusionCollector,
    }
}

/// The figures on one outlet and one target.
#[derive(Debug, Default)]
pub(super) struct TargetFigures {
    pub(super) summary: OutletSummary,
    pub(super) clusters: Vec<VoiceClusters>,
    pub(super) errors: Vec<Confusion>,
}

/// One outlet.
#[derive(Debug, Default)]
pub(super) struct OutletCollector {
    pub(super) counts: Counts,
    pub(super) speakers: SpeakerCounts,
    /// How many articles there are of each day.
    days: BTreeMap<Day, u64>,
    targets: Vec<TargetCollector>,
}

stored!(OutletCollector { counts, speakers, days, targets });

/// The figures on one outlet.
#[derive(Debug)]
pub(super) struct OutletFigures {
    pub(super) name: String,
    pub(super) resampling: Resampling,
    pub(super) counts: Counts,
    pub(super) days: BTreeMap<Day, u64>,
    /// One per target.
    pub(super) targets: Vec<TargetFigures>,
}

impl Collector<ArticleView<'_>, OutletFinishInputs<'_>> for OutletCollector {
    type Out = OutletFigures;

    fn add(&mut self, view: &ArticleView<'_>) {
        self.counts.add(view);
        self.speakers.add(view);
        if let Some(day) = view.day {
            *self.days.entry(day).or_default() += 1;
        }
        self.reserve(view.n_targets());
        for (target, collector) in self.targets.iter_mut().enumerate() {
            collector.add(&TargetView::new(view, target));
        }
    }

    fn merge(&mut self, later: Self) {
        self.counts.merge(&later.counts);
        self.speakers.merge(later.speakers);
        for (day, articles) in later.days {
            *self.days.entry(day).or_default() += articles;
        }
        self.reserve(later.targets.len());
        self.targets.iter_mut().zip(later.targets).for_each(|(mine, theirs)| mine.merge(theirs));
    }

    fn finish(mut self, context: &OutletFinishInputs<'_>) -> OutletFigures {
        self.reserve(context.n_targets);
        let finished = self.targets.into_iter().map(|target| target.finish(context));
        let mut targets: Vec<TargetFigures> = finished.collect();
        for (target, speakers) in targets.iter_mut().zip(self.speakers.finish(context)) {
            context.name.clone_into(&mut target.summary.outlet);
            target.summary.speakers = speakers;
        }
        let (counts, days, resampling) = (self.counts, self.days, context.resampling);
        OutletFigures { name: context.name.to_owned(), resampling, counts, days, targets }
    }
}

impl OutletCollector {
    fn reserve(&mut self, n_targets: usize) {
        let n_targets = n_targets.max(self.targets.len());
        self.targets.resize_with(n_targets, TargetCollector::default);
    }

    /// The sentences from which exemplars are chosen, of every target.
    pub(super) fn exemplar_pools(&self) -> impl Iterator<Item = &ExemplarPool> + Clone {
        self.targets.iter().flat_map(|target| target.summary.evidence.pools())
    }
}
