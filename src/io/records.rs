//! Reads the records of all inputs, one after another, and leaves out bad rows where it is told to.

use std::path::Path;
use std::sync::Arc;

use super::columns::Columns;
use super::file_reader::open_source;
use super::header::Schema;
use super::input_paths::{Inputs, Source};
use super::read_error::ReadError;
use super::row::Row;
use super::table_reader::read_table;
use crate::error::Error;

/// What happens to rows that cannot be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BadRows {
    /// The first one ends the reading.
    #[default]
    Refuse,
    /// They are left out, counted and listed.
    Skip,
}

/// Rows that were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skipped {
    /// The number of rows.
    pub n: u64,
    /// What was wrong with the first of them.
    pub messages: Vec<String>,
}

impl Skipped {
    /// Maximum number of messages: enough to see what is wrong, whatever the size of the input.
    const MAX_MESSAGES: usize = 20;

    fn add(&mut self, error: &Error) {
        self.n += 1;
        if self.messages.len() < Self::MAX_MESSAGES {
            self.messages.push(error.to_string());
        }
    }
}

/// Makes a record of a row of a table.
type FromRow<T> = fn(Row, &Source) -> Result<T, String>;

/// Makes a record of a text or a page.
type FromDocument<T> = fn(&str, &Source) -> Result<T, String>;

/// One kind of record, and how it is read.
pub(super) struct RecordKind<T> {
    pub(super) schema: &'static Schema,
    pub(super) from_row: FromRow<T>,
    /// None where only tables hold such records.
    pub(super) from_document: Option<FromDocument<T>>,
}

/// The records of all inputs, read as they are asked for. Ends after the first error.
pub struct Records<T: 'static> {
    kind: RecordKind<T>,
    inputs: Inputs,
    columns: Columns,
    bad_rows: BadRows,
    current: Option<SourceRecords<T>>,
    n_good: u64,
    skipped: Skipped,
    has_ended: bool,
}

/// The records of one file.
struct SourceRecords<T> {
    path: Arc<Path>,
    records: Box<dyn Iterator<Item = Result<T, ReadError>> + Send>,
    n_read: u64,
}

impl<T> Records<T> {
    pub(super) fn new(
        kind: RecordKind<T>,
        inputs: Inputs,
        columns: &Columns,
        bad_rows: BadRows,
    ) -> Result<Self, Error> {
        columns.check(kind.schema.fields)?;
        Ok(Records {
            kind,
            inputs,
            columns: columns.clone(),
            bad_rows,
            current: None,
            n_good: 0,
            skipped: Skipped::default(),
            has_ended: false,
        })
    }

    /// The rows that were left out so far.
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }

    fn open(&self, source: Source) -> Result<SourceRecords<T>, Error> {
        let lines = open_source(&source, &self.inputs.progress, self.inputs.file_hashes.as_ref())?;
        let RecordKind { schema, from_row, from_document } = self.kind;
        let path = Arc::clone(&source.path);
        if !source.is_document() {
            let rows = read_table(lines, source.format, schema, &self.columns)?;
            let records = rows.map(move |row| {
                let row = row?;
                let line = row.line;
                let refuse = |reason| ReadError::Row(Error::row(&source.path, line, reason));
                from_row(row, &source).map_err(refuse)
            });
            return Ok(SourceRecords { path, records: Box::new(records), n_read: 0 });
        }
        let Some(from_document) = from_document else {
            let noun = schema.noun;
            let reason = format!("no {noun}: expected a table, .csv, .tsv or .jsonl");
            return Err(Error::file(&path, reason));
        };
        let record = std::iter::once_with(move || {
            // A bad page counts as a bad row, so that the rest of its folder can be read.
            let refuse = |reason| ReadError::Row(Error::file(&source.path, reason));
            from_document(&lines.into_text()?, &source).map_err(refuse)
        });
        Ok(SourceRecords { path, records: Box::new(record), n_read: 0 })
    }

    /// Reads the next record; none at the end.
    fn read(&mut self) -> Result<Option<T>, Error> {
        loop {
            let Some(current) = &mut self.current else {
                let Some(source) = self.inputs.sources.pop_front() else {
                    return self.check_end().map(|()| None);
                };
                self.current = Some(self.open(source)?);
                continue;
            };
            match current.records.next() {
                Some(Ok(record)) => {
                    current.n_read += 1;
                    self.n_good += 1;
                    return Ok(Some(record));
                }
                Some(Err(ReadError::Row(error))) if self.bad_rows == BadRows::Skip => {
                    current.n_read += 1;
                    self.skipped.add(&error);
                }
                Some(Err(error)) => return Err(error.into()),
                None if current.n_read == 0 => {
                    let reason = format!("no {}: there is no row in it", self.kind.schema.noun);
                    return Err(Error::file(&current.path, reason));
                }
                None => self.current = None,
            }
        }
    }

    /// Refuses inputs whose rows are all left out.
    fn check_end(&self) -> Result<(), Error> {
        match self.skipped.messages.first() {
            Some(first) if self.n_good == 0 => {
                let (noun, n) = (self.kind.schema.noun, self.skipped.n);
                Err(Error::Option(format!(
                    "no {noun}: all rows ({n}) had to be left out; the first: {first}"
                )))
            }
            _ => Ok(()),
        }
    }
}

impl<T> Iterator for Records<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let record = self.read().transpose();
        self.has_ended = !matches!(record, Some(Ok(_)));
        record
    }
}
