//! Sentence tables as input: of a whole corpus, or of predictions for one.

use std::path::Path;

use super::batches::for_each_batch;
use super::progress_bar::ProgressLine;
use super::selection_options::Selection;
use super::shared_options::{InputOptions, say_reading};
use crate::classifier::Classified;
use crate::error::Error;
use crate::io::{FileHashes, Inputs, TableRow};
use crate::report::PredictionSource;
use crate::sentence_table::{GivenLabels, GivenPredictions, RowCells, TableArticle, TableReader};
use crate::target::Target;

/// Maximum number of rows that are read together.
const BATCH_ROWS: usize = 8192;

/// Articles as their rows come in.
struct TableArticles<'o, P> {
    targets: Vec<Target>,
    /// None before the first row, whose columns tell the labels.
    reader: Option<(GivenLabels, TableReader)>,
    selection: Selection<'o>,
    process: P,
}

/// Reads the articles of sentence tables and processes those that are selected, some at a time. Gives
/// whose predictions they are, and the targets.
pub(super) fn for_each_table_article(
    inputs: Inputs,
    options: &InputOptions,
    targets: Vec<Target>,
    process: impl FnMut(&[Vec<Classified<'_>>]) + Send,
) -> Result<(PredictionSource, Vec<Target>), Error> {
    let bar = ProgressLine::new(inputs.progress());
    let columns = options.selection.narrow(options.reading.columns()?)?;
    let mut rows = inputs.table_rows(&columns, options.reading.bad_rows())?;
    let selection = options.selection.start();
    let mut articles = TableArticles { targets, reader: None, selection, process };
    let is_full = |batch: &[TableRow]| batch.len() >= BATCH_ROWS;
    let add = |batch: Vec<TableRow>| articles.add(&batch);
    for_each_batch(&mut rows, is_full, add, |added| {
        bar.tick();
        added
    })?;
    say_reading(&rows);
    let name = options.inputs.first().map_or(Path::new(""), |path| path);
    articles.finish(name)
}

impl<P: FnMut(&[Vec<Classified<'_>>])> TableArticles<'_, P> {
    fn add(&mut self, rows: &[TableRow]) -> Result<(), Error> {
        let mut articles = Vec::new();
        for row in rows {
            let fail = |reason| row.refused(reason);
            if self.reader.is_none() {
                let labels = GivenLabels::of_columns(row.row.columns()).map_err(fail)?;
                let targets = std::mem::take(&mut self.targets);
                self.reader = Some((labels.clone(), TableReader::new(labels, targets)));
            }
            if let Some((labels, reader)) = &mut self.reader {
                let cells = RowCells {
                    cell: &|name| row.field(name),
                    date: row.date(),
                    label: label(row, labels),
                    probabilities: row.probabilities().map_err(fail)?,
                };
                articles.extend(reader.add(&cells).map_err(fail)?);
            }
        }
        self.process(articles);
        Ok(())
    }

    fn process(&mut self, mut articles: Vec<TableArticle>) {
        articles.retain(|of| !self.selection.keep(vec![of.article().clone()]).is_empty());
        let classified: Vec<_> = articles.iter_mut().map(TableArticle::take_classified).collect();
        (self.process)(&classified);
    }

    /// `path` names predictions whose rows do not.
    fn finish(mut self, path: &Path) -> Result<(PredictionSource, Vec<Target>), Error> {
        let last = self.reader.as_mut().and_then(|(_, reader)| reader.take_last());
        self.process(last.into_iter().collect());
        self.selection.say()?;
        let Some((labels, reader)) = self.reader else {
            return Err(Error::file(path, "no rows were read"));
        };
        let source = source(reader.model(), path, labels);
        Ok((source, reader.into_targets().map_err(|reason| Error::file(path, reason))?))
    }
}

/// The label that a row names.
fn label<'r>(row: &'r TableRow, labels: &GivenLabels) -> &'r str {
    row.row.field_named(&labels.dimension).unwrap_or_default()
}

/// Whose predictions they are: the model's that rows name, else the file's.
fn source(model: Option<&str>, path: &Path, labels: GivenLabels) -> PredictionSource {
    let file = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = model.map_or_else(file, str::to_owned);
    PredictionSource::of_table(name, labels.dimension, labels.labels.to_vec())
}

/// Reads the predictions of a file, whose they are, and the file's hash.
pub(super) fn read_predictions(
    path: &Path,
) -> Result<(PredictionSource, GivenPredictions, FileHashes), Error> {
    let mut inputs = Inputs::find(&[path], None)?;
    let hashes = inputs.hash_files();
    let mut found: Option<(String, GivenPredictions)> = None;
    for row in inputs.predictions()? {
        let row = row?;
        let fail = |reason| row.refused(reason);
        let model = row.field("model");
        if found.is_none() {
            let labels = GivenLabels::of_columns(row.row.columns()).map_err(fail)?;
            found = Some((model.to_owned(), GivenPredictions::new(labels)));
        }
        let Some((known, predictions)) = &mut found else { continue };
        if known != model {
            let reason =
                format!("predicted by `{model}`, rows before by `{known}`; give one model's");
            return Err(row.refused(reason));
        }
        let probabilities = row.probabilities().map_err(fail)?;
        let place = (row.field("article_id"), row.field("sentence"), row.field("target"));
        // A row without probabilities predicts nothing; where one was needed, it is missed in the end.
        if !probabilities.is_empty() {
            let given = (label(&row, predictions.labels()), probabilities.as_slice());
            predictions.add(place, given, row.row.line).map_err(fail)?;
        }
    }
    let (model, predictions) = found.ok_or_else(|| Error::file(path, "no predictions"))?;
    let model = Some(model.as_str()).filter(|name| !name.is_empty());
    let source = source(model, path, predictions.labels().clone());
    Ok((source, predictions, hashes))
}
