//! The audit sample that `report` and `plan` take.

use std::path::PathBuf;

use clap::Args;

use super::batches::for_each_article_batch;
use super::label_files::{LabelOptions, read_rows, warn_of_training_files};
use super::shared_options::{InputOptions, TargetOptions, known_file};
use crate::article::Article;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::example::{CHOSEN, Drawing, Example};
use crate::io::{BadRows, Columns, FileHashes, Inputs, LabelledRow};
use crate::model::Model;
use crate::report::{Audit, AuditRow, CodedFacts, KnownFile, Report, ReportPipeline, Settings};

/// Hand labels of the very sentences that are reported on.
#[derive(Debug, Args)]
pub(super) struct AuditSampleOption {
    /// Hand labels of randomly drawn sentences of these articles: what `framescope sample` wrote,
    /// with its column label filled in; may be repeated, a file per coder
    #[arg(long, value_name = "AUDIT.csv")]
    labels: Vec<PathBuf>,
    #[command(flatten)]
    written: LabelOptions,
}

impl AuditSampleOption {
    /// The report on all articles, with the hand labels and, where there is a frame model, with what it
    /// says of their passages. `models` are the files of both.
    pub(super) fn report(
        &self,
        question: &TargetOptions,
        classifier: &Classifier,
        frame_model: Option<&Model>,
        seed: u64,
        models: Vec<KnownFile>,
    ) -> Result<Report, Error> {
        let InputOptions { inputs: paths, reading, .. } = &question.input;
        let inputs = paths.iter().map(|path| path.display().to_string()).collect();
        let selection = question.input.selection.typed();
        let mut settings = Settings { seed, inputs, selection, models, ..Settings::default() };
        let mut sources = reading.find(paths)?;
        let read_articles = sources.hash_files();
        let (audit, read_labels) = self.read(classifier, &settings, reading.bad_rows())?.unzip();
        let mut assembly = ReportPipeline::new(classifier, frame_model, audit);
        let add = |batch: Vec<Article>| assembly.add(&batch);
        for_each_article_batch(sources, &question.input, add, |()| Ok(()))?;
        if reading.bad_rows() == BadRows::Refuse {
            assembly.audit().map_or(Ok(()), Audit::check)?;
        }
        let read_labels = read_labels.unwrap_or_default();
        let files = read_articles.so_far().into_iter().chain(read_labels.so_far());
        settings.files = files.map(known_file).collect();
        Ok(assembly.finish(&settings))
    }

    /// The hand labels, and the hashes of their files; none where no file is given.
    fn read(
        &self,
        classifier: &Classifier,
        settings: &Settings,
        bad_rows: BadRows,
    ) -> Result<Option<(Audit, FileHashes)>, Error> {
        if self.labels.is_empty() {
            return Ok(None);
        }
        let so = "corrected shares need labels that it has not seen";
        warn_of_training_files(&self.labels, classifier.model(), so)?;
        let mut inputs = Inputs::find(&self.labels, None)?;
        let hashes = inputs.hash_files();
        let model = classifier.model();
        let (labels, targets) = (model.labels(), classifier.targets());
        let rows = self.read_audit(inputs, bad_rows, model)?;
        let resampling = settings.resampling();
        Ok(Some((Audit::gather(&rows, labels, targets, resampling)?, hashes)))
    }

    fn read_audit(
        &self,
        inputs: Inputs,
        bad_rows: BadRows,
        model: &Model,
    ) -> Result<Vec<AuditRow>, Error> {
        let rows = read_rows(inputs, &Columns::default(), bad_rows)?;
        let facts: Vec<CodedFacts> = rows.iter().map(facts).collect::<Result<_, _>>()?;
        let mut examples: Vec<Example> = rows.into_iter().map(|row| row.example).collect();
        let reader = self.written.reader(model.dimension(), Some(model.labels()))?;
        self.written.understand(&mut examples, &reader)?;
        examples.into_iter().zip(facts).map(audit_row).collect()
    }

    /// The files, which must not be overwritten.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.labels
    }
}

/// A row with its drawing probability. Without the column every sentence of an outlet counts as equally
/// probable.
fn audit_row((example, facts): (Example, CodedFacts)) -> Result<AuditRow, Error> {
    let drawn = match example.drawing {
        None => 1.0,
        Some(Drawing::Random(drawn)) => drawn,
        Some(Drawing::Chosen) => {
            let reason = format!(
                "`drawn` is `{CHOSEN}`: such sentences are no random sample, and shares that rest on them \
                 would be wrong; `framescope sample` draws one"
            );
            return Err(Error::row(&example.path, example.line, reason));
        }
    };
    Ok(AuditRow { example, drawn, facts })
}

/// What the row says of its sentence, in the columns that `sample` writes.
fn facts(row: &LabelledRow) -> Result<CodedFacts, Error> {
    let column = |name: &str| row.row.field_named(name);
    let (voice, part) = (column("voice").unwrap_or_default(), column("part").unwrap_or_default());
    CodedFacts::parse(voice, column("speaker"), part)
        .map_err(|reason| Error::row(&row.example.path, row.example.line, reason))
}
