//! The audit sample that `report` and `plan` take.

use std::path::PathBuf;

use clap::Args;

use super::batches::for_each_article_batch;
use super::label_files::warn_of_training_files;
use super::progress_bar::ProgressLine;
use super::shared_options::{InputOptions, TargetOptions, known_file, say_skipped};
use crate::article::Article;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::io::{BadRows, Columns, FileHashes, Inputs, LabelledRow, Labels};
use crate::model::Model;
use crate::report::{Audit, AuditRow, KnownFile, Report, ReportPipeline, Settings};

/// The column of an audit sample that holds the drawing probability.
const DRAWN: &str = "drawn";

/// Hand labels of the very sentences that are reported on.
#[derive(Debug, Args)]
pub(super) struct AuditSampleOption {
    /// Hand labels of randomly drawn sentences of these articles: what `framescope sample` wrote,
    /// with its column label filled in; may be repeated, a file per coder
    #[arg(long, value_name = "AUDIT.csv")]
    labels: Vec<PathBuf>,
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
        let mut settings = Settings { seed, inputs, models, ..Settings::default() };
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
        let rows = read(inputs, bad_rows)?;
        let (labels, targets) = (classifier.model().labels(), classifier.targets());
        let resampling = settings.resampling();
        Ok(Some((Audit::gather(&rows, labels, targets, resampling)?, hashes)))
    }

    /// The files, which must not be overwritten.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.labels
    }
}

fn read(inputs: Inputs, bad_rows: BadRows) -> Result<Vec<AuditRow>, Error> {
    let bar = ProgressLine::new(inputs.progress());
    let mut rows = inputs.examples(&Columns::default(), Labels::Optional, bad_rows)?;
    let mut audit = Vec::new();
    for row in &mut rows {
        audit.push(audit_row(row?)?);
        bar.tick();
    }
    say_skipped(rows.skipped());
    Ok(audit)
}

/// Without the column every sentence of an outlet counts as equally probable.
fn audit_row(row: LabelledRow) -> Result<AuditRow, Error> {
    let value = row.row.field_named(DRAWN).map_or("", str::trim);
    let drawn = match value {
        "" => Some(1.0),
        value => value.parse::<f64>().ok().filter(|drawn| *drawn > 0.0 && *drawn <= 1.0),
    };
    let drawn = drawn.ok_or_else(|| {
        let reason = format!("`{DRAWN}` is `{value}`; expected a probability above 0, 1 at most");
        Error::row(&row.example.path, row.example.line, reason)
    })?;
    Ok(AuditRow { example: row.example, drawn })
}
