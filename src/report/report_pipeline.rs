//! From classified articles to what is counted of them.

use super::audit_sample::Audit;
use super::frames::Framing;
use super::prediction_source::PredictionSource;
use super::provenance::Settings;
use super::report_builder::ReportBuilder;
use super::report_state::ReportState;
use crate::classifier::Classified;
use crate::model::Model;
use crate::passage::passages_together;
use crate::target::Target;

/// Counts articles for a report.
#[derive(Debug)]
pub struct ReportPipeline<'m> {
    frame_model: Option<&'m Model>,
    builder: ReportBuilder,
    framing: Framing,
}

impl<'m> ReportPipeline<'m> {
    /// A pipeline without articles; `audit` holds hand labels of some of their sentences, `frame_model`
    /// predicts the frames of their passages.
    pub fn new(frame_model: Option<&'m Model>, audit: Option<Audit>) -> Self {
        let builder = audit.map_or_else(ReportBuilder::new, ReportBuilder::audited);
        ReportPipeline { frame_model, builder, framing: Framing::new() }
    }

    /// Counts articles; predicts frames on every core.
    pub fn add(&mut self, articles: &[Vec<Classified<'_>>]) {
        articles.iter().for_each(|article| self.builder.add(article));
        if let Some(model) = self.frame_model {
            let passages = passages_together(articles, model);
            let with_passages = articles.iter().zip(&passages);
            with_passages.for_each(|(article, passages)| self.framing.add(article, passages));
        }
    }

    /// The hand labels; each has found its sentence once all articles are added.
    pub fn audit(&self) -> Option<&Audit> {
        self.builder.audit()
    }

    /// What was counted of all articles that were added.
    pub fn finish(
        self,
        source: PredictionSource,
        targets: Vec<Target>,
        settings: Settings,
    ) -> ReportState {
        let ReportPipeline { frame_model, builder, framing } = self;
        let frames = frame_model.map(PredictionSource::of_model);
        ReportState::new((source, frames), (targets, settings), (builder, framing))
    }
}
