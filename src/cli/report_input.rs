//! What a report is made of: articles, articles with given predictions, or sentence tables.

use std::path::Path;

use super::audit_sample_option::AuditSampleOption;
use super::batches::for_each_article_batch;
use super::rare_targets::say_rare_targets;
use super::sentence_tables::{for_each_table_article, read_predictions};
use super::shared_options::{InputOptions, TargetOptions, known_file};
use crate::article::Article;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::io::{BadRows, FileHash, FileHashes, Inputs};
use crate::model::Model;
use crate::report::{Audit, KnownFile, PredictionSource, ReportPipeline, ReportState, Settings};
use crate::sentence_table::GivenLabels;

/// What is counted, and with what.
pub(super) struct ReportInput<'a> {
    pub(super) question: &'a TargetOptions,
    pub(super) audit: &'a AuditSampleOption,
    /// Predictions that stand in place of the model's.
    pub(super) predictions: Option<&'a Path>,
    pub(super) classifier: &'a Classifier,
    pub(super) frame_model: Option<&'a Model>,
    pub(super) seed: u64,
    /// Whether other parts of the corpus are counted elsewhere.
    pub(super) is_partial: bool,
    /// The files of the model, and of the frame model.
    pub(super) models: Vec<FileHash>,
    pub(super) frame_files: Vec<FileHash>,
}

/// What was counted.
pub(super) struct Counted<'a> {
    pub(super) state: ReportState,
    /// The model that gave the predictions; none where a table did.
    pub(super) model: Option<&'a Model>,
}

/// Files that were read, and what is known of their predictions.
struct Sources<'a> {
    inputs: Inputs,
    hashes: Vec<FileHashes>,
    settings: Settings,
    request: ReportInput<'a>,
}

impl<'a> ReportInput<'a> {
    /// Counts everything.
    pub(super) fn count(self) -> Result<Counted<'a>, Error> {
        let InputOptions { inputs: paths, reading, .. } = &self.question.input;
        let columns = reading.find_silently(paths)?.sentence_table_columns()?;
        let mut inputs = reading.find(paths)?;
        let hashes = vec![inputs.hash_files()];
        let settings = Settings {
            seed: self.seed,
            inputs: paths.iter().map(|path| path.display().to_string()).collect(),
            selection: self.question.input.selection.typed(),
            ..Settings::default()
        };
        let sources = Sources { inputs, hashes, settings, request: self };
        match columns {
            Some(columns) => sources.tables(&columns),
            None => sources.articles(),
        }
    }

    /// Nearly every hand label must have found its sentence; in a part of the corpus few do.
    fn check_labels(&self, pipeline: &ReportPipeline<'_>) -> Result<(), Error> {
        let is_checked =
            !self.is_partial && self.question.input.reading.bad_rows() == BadRows::Refuse;
        pipeline.audit().filter(|_| is_checked).map_or(Ok(()), Audit::check)
    }
}

impl<'a> Sources<'a> {
    fn articles(mut self) -> Result<Counted<'a>, Error> {
        let classifier = self.request.classifier;
        let model = classifier.model();
        let mut source = PredictionSource::of_model(model);
        let mut given = None;
        if let Some(path) = self.request.predictions {
            let (of_file, predictions, hashes) = read_predictions(path)?;
            source = of_file;
            given = Some((path, predictions));
            self.hashes.push(hashes);
        }
        let audit = self.audit(&source)?;
        let mut pipeline = ReportPipeline::new(self.request.frame_model, audit);
        let input = &self.request.question.input;
        let add = |batch: Vec<Article>| {
            let mut articles = classifier.classify_together(&batch);
            if let Some((_, given)) = &mut given {
                let targets = classifier.targets();
                articles.iter_mut().for_each(|article| given.replace(article, targets));
            }
            pipeline.add(&articles);
        };
        for_each_article_batch(self.inputs, input, add, |()| Ok(()))?;
        self.request.check_labels(&pipeline)?;
        let is_part = self.request.is_partial || !input.selection.typed().is_empty();
        if let Some((path, given)) = &given {
            given.check(is_part).map_err(|(line, reason)| match line {
                Some(line) => Error::row(path, line, reason),
                None => Error::file(path, reason),
            })?;
        }
        say_rare_targets(classifier, input)?;
        let model = given.is_none().then_some(model);
        let targets = classifier.targets().to_vec();
        let counted = counted(&self.hashes);
        let settings = settings(self.settings, &self.hashes, self.request, model.is_some());
        let state = pipeline.finish(source, targets, settings).counted_of(counted, true);
        Ok(Counted { state, model })
    }

    fn tables(mut self, columns: &[String]) -> Result<Counted<'a>, Error> {
        if let Some(path) = self.request.predictions {
            let reason = "goes with articles; a sentence table holds its predictions itself: leave \
                          --predictions out, or put them in its columns p_…";
            return Err(Error::file(path, reason));
        }
        let input = &self.request.question.input;
        let fail = |reason| Error::file(&input.inputs[0], reason);
        let GivenLabels { dimension, labels } = GivenLabels::of_columns(columns).map_err(fail)?;
        let source = PredictionSource::of_table(String::new(), dimension, labels.to_vec());
        let audit = self.audit(&source)?;
        let mut pipeline = ReportPipeline::new(self.request.frame_model, audit);
        let targets = self.request.classifier.targets().to_vec();
        let (source, targets) =
            for_each_table_article(self.inputs, input, targets, |articles| pipeline.add(articles))?;
        self.request.check_labels(&pipeline)?;
        let model = self.request.classifier.model();
        let model = Some(model).filter(|model| {
            (model.name(), model.labels()) == (source.name.as_str(), source.labels.as_slice())
        });
        let source = model.map_or(source, PredictionSource::of_model);
        let counted = counted(&self.hashes);
        let settings = settings(self.settings, &self.hashes, self.request, model.is_some());
        let state = pipeline.finish(source, targets, settings).counted_of(counted, false);
        Ok(Counted { state, model })
    }

    /// The hand labels.
    fn audit(&mut self, source: &PredictionSource) -> Result<Option<Audit>, Error> {
        let ReportInput { audit, question, classifier, .. } = &self.request;
        let bad_rows = question.input.reading.bad_rows();
        let read = audit.read(source, classifier, self.settings.resampling(), bad_rows)?;
        let (audit, hashes) = read.unzip();
        self.hashes.extend(hashes);
        Ok(audit)
    }
}

/// The files of the inputs, once they are read.
fn counted(hashes: &[FileHashes]) -> Vec<KnownFile> {
    hashes.first().into_iter().flat_map(FileHashes::so_far).map(known_file).collect()
}

/// With every file that was read, and the model's where it was asked.
fn settings(
    settings: Settings,
    hashes: &[FileHashes],
    request: ReportInput<'_>,
    has_model: bool,
) -> Settings {
    let files = hashes.iter().flat_map(FileHashes::so_far).map(known_file).collect();
    let models = request.models.into_iter().filter(|_| has_model).chain(request.frame_files);
    let models: Vec<KnownFile> = models.map(known_file).collect();
    Settings { files, models, ..settings }
}
