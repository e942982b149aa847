//! From articles to a report: classify, count, and finish.

use super::audit_sample::Audit;
use super::frames::Framing;
use super::provenance::Settings;
use super::quote_stance;
use super::report_builder::ReportBuilder;
use super::report_data::Report;
use crate::article::Article;
use crate::classifier::Classifier;
use crate::model::Model;
use crate::passage::passages_together;

/// Classifies articles and counts them for a report.
#[derive(Debug)]
pub struct ReportPipeline<'m> {
    classifier: &'m Classifier,
    frame_model: Option<&'m Model>,
    builder: ReportBuilder,
    framing: Framing,
}

impl<'m> ReportPipeline<'m> {
    /// A pipeline without articles; `audit` holds hand labels of some of their sentences, `frame_model`
    /// predicts the frames of their passages.
    pub fn new(
        classifier: &'m Classifier,
        frame_model: Option<&'m Model>,
        audit: Option<Audit>,
    ) -> Self {
        let builder = audit.map_or_else(ReportBuilder::new, ReportBuilder::audited);
        ReportPipeline { classifier, frame_model, builder, framing: Framing::new() }
    }

    /// Classifies articles together, on every core, and counts them.
    pub fn add(&mut self, batch: &[Article]) {
        let mut articles = self.classifier.classify_together(batch);
        quote_stance::unify(&mut articles);
        articles.iter().for_each(|article| self.builder.add(article));
        if let Some(model) = self.frame_model {
            let passages = passages_together(&articles, model);
            let with_passages = articles.iter().zip(&passages);
            with_passages.for_each(|(article, passages)| self.framing.add(article, passages));
        }
    }

    /// The hand labels; each has found its sentence once all articles are added.
    pub fn audit(&self) -> Option<&Audit> {
        self.builder.audit()
    }

    /// The report on all articles that were added.
    pub fn finish(self, settings: &Settings) -> Report {
        let report = self.builder.finish(self.classifier, settings);
        match self.frame_model {
            Some(model) => {
                let targets = self.classifier.targets();
                report.with_frames(self.framing.finish(model, targets, settings))
            }
            None => report,
        }
    }
}
