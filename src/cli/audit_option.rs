//! The audit sample that `report` and `plan` take.

use std::path::PathBuf;

use clap::Args;

use super::batches::for_each_article_batch;
use super::label_files::warn_of_training_files;
use super::progress_bar::ProgressLine;
use super::shared_options::{TargetOptions, known_file, say_skipped};
use crate::article::Article;
use crate::classifier::Classifier;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::io::{BadRows, Columns, FileHashes, Inputs, Labelled, Labels};
use crate::model::Model;
use crate::passage::passages_together;
use crate::report::{Audit, AuditRow, Builder, Framing, KnownFile, Report, Settings};

/// The column of an audit sample that holds the drawing probability.
const DRAWN: &str = "drawn";

/// Hand labels of the very sentences that are reported on.
#[derive(Debug, Args)]
pub(super) struct AuditOption {
    /// Hand labels of randomly drawn sentences of these articles: what `framescope sample` wrote,
    /// with its column label filled in; may be repeated, a file per coder
    #[arg(long, value_name = "AUDIT.csv")]
    labels: Vec<PathBuf>,
}

impl AuditOption {
    /// Reads and classifies all articles, and sums them up with the hand labels and with what a
    /// frame model, if there is one, says of their passages. `models` are the files of both.
    pub(super) fn report(
        &self,
        question: &TargetOptions,
        classifier: &Classifier,
        frame_model: Option<&Model>,
        seed: u64,
        models: Vec<KnownFile>,
    ) -> Result<Report, Error> {
        let inputs = question.input.inputs.iter().map(|path| path.display().to_string()).collect();
        let mut settings = Settings { seed, inputs, models, ..Settings::default() };
        let draw = Resampling { resamples: settings.resamples, seed };
        let bad_rows = question.input.reading.bad_rows();
        let mut sources = question.input.reading.find(&question.input.inputs)?;
        let read_articles = sources.fingerprints();
        let mut read_labels = FileHashes::default();
        let mut builder = match self.labels.as_slice() {
            [] => Builder::new(),
            paths => {
                let so = "corrected shares need labels that it has not seen";
                warn_of_training_files(paths, classifier.model(), so)?;
                let mut inputs = Inputs::find(paths, None)?;
                read_labels = inputs.fingerprints();
                let rows = read(inputs, bad_rows)?;
                let (labels, targets) = (classifier.model().labels(), classifier.targets());
                Builder::audited(Audit::gather(&rows, labels, targets, draw)?)
            }
        };
        let mut framing = Framing::new();
        let add = |batch: Vec<Article>| {
            let articles = classifier.classify_together(&batch);
            articles.iter().for_each(|article| builder.add(article));
            if let Some(model) = frame_model {
                framing.add_all(&articles, &passages_together(&articles, model));
            }
        };
        for_each_article_batch(sources, &question.input, add, |()| Ok(()))?;
        if bad_rows == BadRows::Refuse {
            builder.audit().map_or(Ok(()), Audit::check)?;
        }
        let files = read_articles.taken().into_iter().chain(read_labels.taken());
        settings.files = files.map(known_file).collect();
        let report = builder.finish(classifier, &settings);
        Ok(match frame_model {
            Some(model) => {
                report.with_frames(framing.finish(model, classifier.targets(), &settings))
            }
            None => report,
        })
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
fn audit_row(row: Labelled) -> Result<AuditRow, Error> {
    let at = row.columns.iter().position(|column| column == DRAWN);
    let value = at.and_then(|at| row.fields.get(at)).map_or("", str::trim);
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
