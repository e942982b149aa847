//! Reads the rows of sentence tables, as `classify` writes them or as others make them.

use std::path::Path;
use std::sync::Arc;

use super::columns::Columns;
use super::header::Schema;
use super::input_paths::{Inputs, Source};
use super::reading_notes::ReadingNotes;
use super::records::{BadRows, RecordKind, Records};
use super::row::Row;
use super::soft_labels;
use crate::error::Error;

const FIELDS: &[&str] = &[
    "article_id",
    "outlet",
    "date",
    "sentence",
    "part",
    "paragraph",
    "start",
    "end",
    "text",
    "voice",
    "speaker",
    "cue",
    "target",
    "about",
    "shared_with",
    "model",
    "mentions",
    "url",
    "unquoted",
];

/// A whole sentence table.
const SENTENCES: Schema = Schema {
    noun: "rows of a sentence table",
    required: &["article_id", "sentence", "text"],
    ..Schema::of(FIELDS)
};

/// Predictions for sentences that stand elsewhere.
const PREDICTIONS: Schema = Schema {
    noun: "predictions",
    required: &["article_id", "sentence"],
    ..Schema::of(&["article_id", "sentence", "target", "model"])
};

/// Any table.
const ANY: Schema = Schema::of(&[]);

/// Columns that together only sentence tables have.
const TELLING: [&str; 3] = ["article_id", "sentence", "voice"];

/// A row that says something of one sentence and one target.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// The file it was read from.
    pub path: Arc<Path>,
    /// The row as it was given.
    pub row: Row,
}

impl TableRow {
    /// A field by its name in sentence tables, without the apostrophe that keeps a spreadsheet from running it;
    /// empty where the table has none.
    pub fn field(&self, name: &str) -> &str {
        self.row.unmarked(name)
    }

    /// Its date: the day where it could be read, else as it stands there.
    pub fn date(&self) -> String {
        self.row.date()
    }

    /// The labels and probabilities of its columns `p_…`, as they are written; none where all are empty.
    /// Refuses what is no probability, and probabilities that do not sum to 1.
    pub fn probabilities(&self) -> Result<Vec<(String, f64)>, String> {
        soft_labels::probabilities(self.row.columns(), &self.row.fields)
    }

    /// The error that this row is.
    pub fn refused(&self, reason: impl Into<String>) -> Error {
        Error::row(&self.path, self.row.line, reason)
    }
}

impl Inputs {
    /// Reads sentence tables row by row.
    pub fn table_rows(
        self,
        columns: &Columns,
        bad_rows: BadRows,
    ) -> Result<Records<TableRow>, Error> {
        records(self, &SENTENCES, columns, bad_rows)
    }

    /// Reads predictions row by row.
    pub fn predictions(self) -> Result<Records<TableRow>, Error> {
        records(self, &PREDICTIONS, &Columns::default(), BadRows::Refuse)
    }

    /// The columns of the first file, where it is a sentence table; standard input is not looked into.
    pub fn sentence_table_columns(mut self) -> Result<Option<Arc<[String]>>, Error> {
        self.sources.truncate(1);
        if self.sources.iter().any(|source| source.is_standard_input) {
            return Ok(None);
        }
        // What is wrong with the file is said where it is read.
        let mut rows = records(self, &ANY, &Columns::default(), BadRows::Refuse)?;
        let Some(Ok(first)) = rows.next() else { return Ok(None) };
        let columns = Arc::clone(first.row.columns());
        let is_table = TELLING.iter().all(|name| columns.iter().any(|column| column == name));
        Ok(is_table.then_some(columns))
    }
}

fn records(
    inputs: Inputs,
    schema: &'static Schema,
    columns: &Columns,
    bad_rows: BadRows,
) -> Result<Records<TableRow>, Error> {
    let from_row = |row: Row, source: &Source, _: &ReadingNotes| {
        Ok(Some(TableRow { path: Arc::clone(&source.path), row }))
    };
    let kind = RecordKind { schema, from_row, from_article: None, sameness: None };
    Records::new(kind, inputs, columns, bad_rows)
}
