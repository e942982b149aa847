//! The table of formats: how each is told by content, and what reads it.
//!
//! Content goes before the name of a file: pages are saved as `.txt`, and exports of programs as `.csv`.
//! A new format is a variant of [`Format`], its endings, and a line here.

use super::columns::Columns;
use super::csv_reader;
use super::file_format::Format;
use super::file_reader::{OpenedFile, Start};
use super::header::Schema;
use super::html_article;
use super::json_reader;
use super::numbered_lines::MAX_RECORD;
use super::read_error::ReadError;
use super::row::Rows;
use super::text_article;
use crate::article::Article;
use crate::error::Error;

/// The articles of one file. An article that is bad by itself is a [`ReadError::Row`].
pub(super) type Articles = Box<dyn Iterator<Item = Result<Article, ReadError>> + Send>;

/// What reads a format, and what it gives.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// The rows of a table, whose header is matched with the fields of the records.
    Table(fn(OpenedFile, &'static Schema, &Columns) -> Result<Rows, Error>),
    /// Articles. Fields that the file does not have are empty.
    Articles(fn(OpenedFile) -> Result<Articles, Error>),
}

/// One format.
pub(super) struct FormatEntry {
    pub(super) format: Format,
    /// Whether a file that begins so has the format, whatever its name.
    is_told_by: fn(&Start) -> bool,
    pub(super) reader: Reader,
}

/// Every format; the first one that the content tells is taken.
const FORMATS: &[FormatEntry] = &[
    FormatEntry {
        format: Format::Json,
        is_told_by: json_reader::is_json,
        reader: Reader::Table(json_reader::rows),
    },
    FormatEntry {
        format: Format::Html,
        is_told_by: html_article::is_page,
        reader: Reader::Articles(page),
    },
    FormatEntry {
        format: Format::Csv,
        is_told_by: csv_reader::names_delimiter,
        reader: Reader::Table(csv_reader::rows),
    },
    FormatEntry {
        format: Format::Tsv,
        is_told_by: |_| false,
        reader: Reader::Table(csv_reader::tab_rows),
    },
    FormatEntry { format: Format::Text, is_told_by: |_| false, reader: Reader::Articles(text) },
];

/// Takes the start of a file; gives the format that its content tells, none where it tells none.
pub(super) fn told(start: &Start) -> Option<Format> {
    FORMATS.iter().find(|entry| (entry.is_told_by)(start)).map(|entry| entry.format)
}

/// What reads a format.
pub(super) fn reader(format: Format) -> Reader {
    let entry = FORMATS.iter().find(|entry| entry.format == format);
    entry.map_or(Reader::Table(csv_reader::rows), |entry| entry.reader)
}

/// The rows of a table whose content tells its format; without, it is CSV.
pub(super) fn table_rows(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    match reader(told(&file.start()).unwrap_or(Format::Csv)) {
        Reader::Table(read) => read(file, schema, columns),
        Reader::Articles(_) => {
            let reason = format!("no {}: expected a table, .csv, .tsv or .jsonl", schema.noun);
            Err(Error::file(file.path(), reason))
        }
    }
}

fn text(file: OpenedFile) -> Result<Articles, Error> {
    one(file, text_article::parse)
}

fn page(file: OpenedFile) -> Result<Articles, Error> {
    one(file, html_article::parse)
}

/// The article of a file that holds one.
fn one(file: OpenedFile, parse: fn(&str) -> Result<Article, String>) -> Result<Articles, Error> {
    let path = file.path().to_path_buf();
    let lines = file.lines()?;
    Ok(Box::new(std::iter::once_with(move || {
        // A bad page counts as a bad row, so that the rest of its folder can be read.
        let refuse = |reason| ReadError::Row(Error::file(&path, reason));
        parse(&lines.into_text(MAX_RECORD)?).map_err(refuse)
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: Option<Format>) {
        let start = Start { text: content.to_string() };
        assert_eq!(told(&start), expected, "{content}");
    }

    #[test]
    fn content_tells_the_format() {
        check("\n {\"text\": 1}", Some(Format::Json));
        check("[{\"text\": 1}]", Some(Format::Json));
        check("[]", Some(Format::Json));
        check("[Reuters] It rained.", None);
        check("{Reuters} It rained.", None);
        check("<!DOCTYPE html>\n<html>", Some(Format::Html));
        check("<!-- saved --> <HTML lang='en'>", Some(Format::Html));
        check("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-'>", Some(Format::Html));
        check("<b>It</b> rained.", None);
        check("sep=;\nid;text", Some(Format::Csv));
        check("id,text\n1,{\"a\":1}", None);
        check("", None);
    }

    #[test]
    fn every_format_has_a_reader() {
        for format in [Format::Csv, Format::Tsv, Format::Json, Format::Text, Format::Html] {
            assert!(FORMATS.iter().any(|entry| entry.format == format), "{format:?}");
        }
    }
}
