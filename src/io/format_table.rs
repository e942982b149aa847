//! The table of formats: how each is told by content, and what reads it.
//!
//! Content goes before the name of a file: pages are saved as `.txt`, and exports of programs as `.csv`.
//! A new format is a variant of [`Format`], its endings, and a line here.

use super::columns::Columns;
use super::csv_reader;
use super::document_reader::{self, Articles};
use super::feed::is_feed;
use super::file_format::Format;
use super::file_reader::{OpenedFile, Start};
use super::header::Schema;
use super::html_article;
use super::json_reader;
use super::office_file::{OfficeKind, office_kind};
use super::row::Rows;
use super::spreadsheet_reader;
use super::warc_pages::is_warc;
use crate::error::Error;

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
        format: Format::Word,
        is_told_by: |start| office_kind(&start.bytes) == Some(OfficeKind::Docx),
        reader: Reader::Articles(document_reader::word),
    },
    FormatEntry {
        format: Format::Excel,
        is_told_by: |start| office_kind(&start.bytes) == Some(OfficeKind::Xlsx),
        reader: Reader::Table(spreadsheet_reader::excel),
    },
    FormatEntry {
        format: Format::OpenDocument,
        is_told_by: |start| office_kind(&start.bytes) == Some(OfficeKind::Ods),
        reader: Reader::Table(spreadsheet_reader::open_document),
    },
    FormatEntry {
        format: Format::WebArchive,
        is_told_by: |start| is_warc(&start.bytes),
        reader: Reader::Articles(|file| Ok(document_reader::web_archive(file))),
    },
    FormatEntry {
        format: Format::Feed,
        is_told_by: |start| is_feed(&start.text),
        reader: Reader::Articles(document_reader::feed),
    },
    FormatEntry {
        format: Format::Json,
        is_told_by: json_reader::is_json,
        reader: Reader::Table(json_reader::rows),
    },
    FormatEntry {
        format: Format::NewsDatabase,
        is_told_by: |start| document_reader::is_export(&start.text),
        reader: Reader::Articles(document_reader::news_database),
    },
    FormatEntry {
        format: Format::Html,
        is_told_by: html_article::is_page,
        reader: Reader::Articles(document_reader::page),
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
    FormatEntry {
        format: Format::Text,
        is_told_by: |_| false,
        reader: Reader::Articles(document_reader::text),
    },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: Option<Format>) {
        let start = Start { text: content.to_string(), bytes: content.as_bytes().to_vec() };
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
        check("   1 of 2 DOCUMENTS\n\nFen Post", Some(Format::NewsDatabase));
        check("id,text\n1,\"\n1 of 2 DOCUMENTS\n", None);
        check("<html><p class='article enArticle'>", Some(Format::NewsDatabase));
        check("<?xml version='1.0'?>\n<rss version='2.0'>", Some(Format::Feed));
        check("WARC/1.0\r\n", Some(Format::WebArchive));
        check("PK\u{3}\u{4} xl/workbook.xml", Some(Format::Excel));
        check("", None);
    }

    #[test]
    fn every_format_has_a_reader() {
        let endings = ["csv", "tsv", "json", "txt", "html", "docx", "xlsx", "ods", "rss", "warc"];
        let named = endings.map(|ending| Format::named(ending).unwrap());
        for format in named.into_iter().chain([Format::NewsDatabase]) {
            assert!(FORMATS.iter().any(|entry| entry.format == format), "{format:?}");
        }
    }
}
