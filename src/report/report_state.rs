//! Everything that was counted of a corpus: a report before its figures are worked out.

use super::frames::Framing;
use super::prediction_source::PredictionSource;
use super::provenance::Settings;
use super::report_builder::ReportBuilder;
use super::report_data::Report;
use crate::model::Model;
use crate::target::Target;

/// What was counted, with what it takes to finish it.
#[derive(Debug)]
pub struct ReportState {
    pub(super) source: PredictionSource,
    pub(super) targets: Vec<Target>,
    pub(super) settings: Settings,
    pub(super) builder: ReportBuilder,
    /// Whose frames were counted; none without a frame model.
    pub(super) frames: Option<(PredictionSource, Framing)>,
}

impl ReportState {
    /// The report, without the words that decided ([`Report::explain`]). `model` is the one that gave the
    /// predictions: it is asked what quotes express by themselves. Without it the report says that it lacks
    /// both.
    pub fn finish(self, model: Option<&Model>) -> Report {
        let ReportState { source, targets, settings, builder, frames } = self;
        let frames = frames.map(|(source, framing)| framing.finish(source, &targets, &settings));
        let report = builder.finish(source, targets, settings, model);
        match frames {
            Some(frames) => report.with_frames(frames),
            None => report,
        }
    }
}
