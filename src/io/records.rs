//! Reads the records of all inputs, one after another, and leaves out bad rows where it is told to.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::columns::Columns;
use super::date_column::DatedRows;
use super::document_reader::Articles;
use super::file_format::Format;
use super::file_reader::OpenedFile;
use super::format_table::{self, Reader};
use super::header::{Header, Schema};
use super::held;
use super::input_paths::{Inputs, Source};
use super::known_texts::KnownTexts;
use super::read_error::ReadError;
use super::reading_notes::ReadingNotes;
use super::row::{Row, Rows};
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

/// Makes a record of a row of a table; none where the row says that it holds none.
type FromRow<T> = fn(Row, &Source, &ReadingNotes) -> Result<Option<T>, String>;

/// Makes a record of an article; takes its number in the file, none where it is the only one.
type FromArticle<T> = fn(Article, &Source, Option<u64>, Format) -> T;

/// What two records have in common if they are the same one.
type SamenessOf<T> = fn(&T) -> Sameness<'_>;

/// By what a record is known to be the same as another one.
pub(super) struct Sameness<'r> {
    /// What all of it amounts to; none where nothing tells its outlet.
    pub(super) whole: Option<u64>,
    /// Its headline and its text.
    pub(super) title: &'r str,
    pub(super) text: &'r str,
    /// What messages call it.
    pub(super) name: &'r str,
}

/// One kind of record, and how it is read.
pub(super) struct RecordKind<T> {
    pub(super) schema: &'static Schema,
    pub(super) from_row: FromRow<T>,
    /// None where only tables hold such records.
    pub(super) from_article: Option<FromArticle<T>>,
    /// None where records that are the same are not counted once.
    pub(super) sameness: Option<SamenessOf<T>>,
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
    notes: ReadingNotes,
    seen: FxHashSet<u64>,
    /// The texts of tables, where files may follow that hold one of them without its outlet.
    texts_of_tables: Option<KnownTexts>,
    has_ended: bool,
}

/// The records of one file.
struct SourceRecords<T> {
    path: Arc<Path>,
    is_table: bool,
    records: SourceIterator<T>,
    n_read: u64,
}

/// Records, and nothing where a row holds none.
type SourceIterator<T> = Box<dyn Iterator<Item = Result<Option<T>, ReadError>> + Send>;

/// The records of rows. Each header that is new says how it was understood.
fn from_rows<T: 'static>(
    rows: DatedRows,
    source: Source,
    from_row: FromRow<T>,
    columns: Columns,
    notes: ReadingNotes,
) -> SourceIterator<T> {
    let mut header: Option<Arc<Header>> = None;
    Box::new(rows.map(move |row| {
        let row = row?;
        if header.as_ref().is_none_or(|known| !Arc::ptr_eq(known, &row.header)) {
            row.header.choices.iter().for_each(|choice| notes.column(choice));
            header = Some(Arc::clone(&row.header));
        }
        let line = row.line;
        let refuse = |reason| ReadError::Row(Error::row(&source.path, line, reason));
        match columns.selects(row.columns(), &row.fields).map_err(refuse)? {
            true => from_row(row, &source, &notes).map_err(refuse),
            false => Ok(None),
        }
    }))
}

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
        Some(article.map(|article| Some(from_article(article, &source, number, format))))
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
        let mut inputs = inputs;
        let has_nameless = kind.from_article.is_some() && inputs.move_nameless_back();
        Ok(Records {
            kind,
            inputs,
            columns: columns.clone(),
            bad_rows,
            current: None,
            n_good: 0,
            skipped: Skipped::default(),
            notes: ReadingNotes::default(),
            seen: FxHashSet::default(),
            texts_of_tables: has_nameless.then(KnownTexts::default),
            has_ended: false,
        })
    }

    /// The rows that were left out so far.
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }

    /// What there is to say of the records that were read so far.
    pub fn notes(&self) -> &ReadingNotes {
        &self.notes
    }

    fn open(&self, source: Source) -> Result<SourceRecords<T>, Error> {
        let (progress, hashes) = (&self.inputs.progress, self.inputs.file_hashes.as_ref());
        if let Some(table) = &source.held {
            let path = Arc::clone(&source.path);
            let rows = held::rows(table, &path, self.kind.schema, &self.columns, progress)?;
            let records = self.dated(rows, source);
            return Ok(SourceRecords { path, is_table: true, records, n_read: 0 });
        }
        let file = match source.is_standard_input {
            true => OpenedFile::standard_input(&source.path, progress, hashes)?,
            false => OpenedFile::open(&source.path, progress, hashes)?,
        };
        let told = format_table::told(&file.start());
        let format = told.or(source.format).unwrap_or(Format::Csv);
        let path = Arc::clone(&source.path);
        let reader = format_table::reader(format);
        let is_table = matches!(reader, Reader::Table(_));
        let records: SourceIterator<T> = match reader {
            Reader::Table(read) => {
                let rows = read(file, self.kind.schema, &self.columns)?;
                self.dated(rows, source)
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
        Ok(SourceRecords { path, is_table, records, n_read: 0 })
    }

    /// The records of rows, with their dates read.
    fn dated(&self, rows: Rows, source: Source) -> SourceIterator<T> {
        let date_format = self.inputs.date_format.clone();
        let rows = DatedRows::new(rows, date_format, self.notes.clone());
        let columns = self.columns.clone();
        from_rows(rows, source, self.kind.from_row, columns, self.notes.clone())
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
                    let is_table = current.is_table;
                    let Some(record) = record.filter(|record| self.is_new(record, is_table)) else {
                        continue;
                    };
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

    /// Whether a record was not there before; counts it where it was.
    fn is_new(&mut self, record: &T, is_of_table: bool) -> bool {
        let sameness = self.kind.sameness.filter(|_| !self.inputs.keeps_duplicates);
        let Some(Sameness { whole, title, text, name }) = sameness.map(|of| of(record)) else {
            return true;
        };
        if let Some(texts) = &mut self.texts_of_tables {
            if is_of_table {
                texts.add(text);
            } else if whole.is_none() && texts.hold(title, text) {
                self.notes.nameless_duplicate(name);
                return false;
            }
        }
        let is_new = whole.is_none_or(|whole| self.seen.insert(whole));
        if !is_new {
            self.notes.duplicate(name);
        }
        is_new
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
            None if self.n_good == 0 && self.notes.n_without_text() > 0 => {
                let (noun, lines) = (self.kind.schema.noun, self.notes.lines().join("; "));
                Err(Error::Option(format!("no {noun}: {lines}")))
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
