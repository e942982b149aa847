//! Reads the records of all inputs, one after another, and leaves out bad rows where it is told to.

use std::path::Path;
use std::sync::Arc;

use super::columns::Columns;
use super::document_reader::Articles;
use super::file_format::Format;
use super::file_reader::OpenedFile;
use super::format_table::{self, Reader};
use super::header::Schema;
use super::input_paths::{Inputs, Source};
use super::read_error::ReadError;
use super::row::Row;
use crate::article::Article;
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

/// Makes a record of an article; takes its number in the file, none where it is the only one.
type FromArticle<T> = fn(Article, &Source, Option<u64>, Format) -> T;

/// One kind of record, and how it is read.
pub(super) struct RecordKind<T> {
    pub(super) schema: &'static Schema,
    pub(super) from_row: FromRow<T>,
    /// None where only tables hold such records.
    pub(super) from_article: Option<FromArticle<T>>,
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
    records: SourceIterator<T>,
    n_read: u64,
}

type SourceIterator<T> = Box<dyn Iterator<Item = Result<T, ReadError>> + Send>;

/// The records of articles, each with its number where there are several.
fn numbered<T: 'static>(
    articles: Articles,
    source: Source,
    format: Format,
    from_article: FromArticle<T>,
) -> SourceIterator<T> {
    let mut articles = articles.peekable();
    let mut n_read = 0;
    Box::new(std::iter::from_fn(move || {
        let article = articles.next()?;
        n_read += 1;
        let is_only_one = n_read == 1 && articles.peek().is_none();
        let number = (!is_only_one).then_some(n_read);
        Some(article.map(|article| from_article(article, &source, number, format)))
    }))
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
        let (progress, hashes) = (&self.inputs.progress, self.inputs.file_hashes.as_ref());
        let file = match source.is_standard_input {
            true => OpenedFile::standard_input(&source.path, progress, hashes)?,
            false => OpenedFile::open(&source.path, progress, hashes)?,
        };
        let told = format_table::told(&file.start());
        let format = told.or(source.format).unwrap_or(Format::Csv);
        let path = Arc::clone(&source.path);
        let records: SourceIterator<T> = match format_table::reader(format) {
            Reader::Table(read) => {
                let rows = read(file, self.kind.schema, &self.columns)?;
                let from_row = self.kind.from_row;
                let columns = self.columns.clone();
                let record = move |row: Row| {
                    let line = row.line;
                    let refuse = |reason| ReadError::Row(Error::row(&source.path, line, reason));
                    match columns.selects(row.columns(), &row.fields).map_err(refuse)? {
                        true => from_row(row, &source).map(Some).map_err(refuse),
                        false => Ok(None),
                    }
                };
                Box::new(rows.filter_map(move |row| row.and_then(&record).transpose()))
            }
            Reader::Articles(read) => {
                let Some(from_article) = self.kind.from_article else {
                    let noun = self.kind.schema.noun;
                    let reason = format!("no {noun}: expected a table, .csv, .tsv or .jsonl");
                    return Err(Error::file(&path, reason));
                };
                if self.columns.is_selective() {
                    let reason = "has no columns, which --where asks for; name the tables alone";
                    return Err(Error::file(&path, reason));
                }
                numbered(read(file)?, source, format, from_article)
            }
        };
        Ok(SourceRecords { path, records, n_read: 0 })
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
                None if current.n_read == 0 && !self.columns.is_selective() => {
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
