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
#[cfg(feature = "parquet")]
use super::parquet_reader;
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
    /// What a file of it is, for the manual.
    is: &'static str,
    /// By what it is told, in words; empty where its name alone tells it.
    sign: &'static str,
    /// Whether a file that begins so has the format, whatever its name.
    is_told_by: fn(&Start) -> bool,
    pub(super) reader: Reader,
}

/// Every format; the first one that the content tells is taken.
const FORMATS: &[FormatEntry] = &[
    FormatEntry {
        format: Format::Word,
        is: "Word document: one article, or an export of a news database",
        sign: "an archive with `word/`",
        is_told_by: |start| office_kind(&start.bytes) == Some(OfficeKind::Docx),
        reader: Reader::Articles(document_reader::word),
    },
    FormatEntry {
        format: Format::Excel,
        is: "Excel spreadsheet: the first sheet that has cells, its first row as header",
        sign: "an archive with `xl/`",
        is_told_by: |start| office_kind(&start.bytes) == Some(OfficeKind::Xlsx),
        reader: Reader::Table(spreadsheet_reader::excel),
    },
    FormatEntry {
        format: Format::OpenDocument,
        is: "LibreOffice spreadsheet: the same",
        sign: "an archive whose `mimetype` says so",
        is_told_by: |start| office_kind(&start.bytes) == Some(OfficeKind::Ods),
        reader: Reader::Table(spreadsheet_reader::open_document),
    },
    FormatEntry {
        format: Format::Parquet,
        is: "Parquet: a table; columns of lists are left out",
        sign: "`PAR1` at the start",
        is_told_by: |start| start.bytes.starts_with(b"PAR1"),
        reader: Reader::Table(parquet_rows),
    },
    FormatEntry {
        format: Format::WebArchive,
        is: "web archive: an article for each page",
        sign: "`WARC/` at the start",
        is_told_by: |start| is_warc(&start.bytes),
        reader: Reader::Articles(|file| Ok(document_reader::web_archive(file))),
    },
    FormatEntry {
        format: Format::Feed,
        is: "RSS or Atom: an article for each entry",
        sign: "its first element: `rss`, `feed` or `RDF`",
        is_told_by: |start| is_feed(&start.text),
        reader: Reader::Articles(document_reader::feed),
    },
    FormatEntry {
        format: Format::Json,
        is: "JSON: an object in each line, an array of objects, or a shape of pandas",
        sign: "an object at the start, or an array of objects",
        is_told_by: json_reader::is_json,
        reader: Reader::Table(json_reader::rows),
    },
    FormatEntry {
        format: Format::NewsDatabase,
        is: "export of a news database: one article or several",
        sign: "the marks of Nexis Uni, LexisNexis, Factiva, ProQuest or Europresse",
        is_told_by: |start| document_reader::is_export(&start.text),
        reader: Reader::Articles(document_reader::news_database),
    },
    FormatEntry {
        format: Format::Html,
        is: "saved web page: one article",
        sign: "`<!DOCTYPE html>`, or `<html` after comments",
        is_told_by: html_article::is_page,
        reader: Reader::Articles(document_reader::page),
    },
    FormatEntry {
        format: Format::Csv,
        is: "table with `,` `;` or tabs",
        sign: "a first line such as `sep=;`",
        is_told_by: csv_reader::names_delimiter,
        reader: Reader::Table(csv_reader::rows),
    },
    FormatEntry {
        format: Format::Tsv,
        is: "table with tabs, or what its header has more of",
        sign: "",
        is_told_by: |_| false,
        reader: Reader::Table(csv_reader::tab_rows),
    },
    FormatEntry {
        format: Format::Text,
        is: "text: one article, or an export of a news database",
        sign: "",
        is_told_by: |_| false,
        reader: Reader::Articles(document_reader::text),
    },
];

#[cfg(feature = "parquet")]
use parquet_reader::rows as parquet_rows;

#[cfg(not(feature = "parquet"))]
fn parquet_rows(file: OpenedFile, _: &'static Schema, _: &Columns) -> Result<Rows, Error> {
    Err(Error::file(file.path(), Error::NO_PARQUET))
}

/// Takes the start of a file; gives the format that its content tells, none where it tells none.
pub(super) fn told(start: &Start) -> Option<Format> {
    FORMATS.iter().find(|entry| (entry.is_told_by)(start)).map(|entry| entry.format)
}

/// A format as the manual shows it.
#[derive(Debug, Clone)]
pub struct KnownFormat {
    /// What a file of it is.
    pub is: &'static str,
    /// The endings of its files, without their dots.
    pub endings: Vec<&'static str>,
    /// By what it is told whatever its name, in words; empty where the name alone tells it.
    pub sign: &'static str,
    /// Whether its rows can hold labels and sentences; else it holds articles only.
    pub is_table: bool,
}

/// Every format that is read, in the order in which contents are looked at.
pub fn known_formats() -> Vec<KnownFormat> {
    let known = |entry: &FormatEntry| KnownFormat {
        is: entry.is,
        endings: entry.format.endings().collect(),
        sign: entry.sign,
        is_table: matches!(entry.reader, Reader::Table(_)),
    };
    FORMATS.iter().map(known).collect()
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
        check("PAR1\u{15}", Some(Format::Parquet));
        check("", None);
    }

    #[test]
    fn every_format_has_a_reader() {
        let endings =
            ["csv", "tsv", "json", "txt", "html", "docx", "xlsx", "ods", "parquet", "rss", "warc"];
        let named = endings.map(|ending| Format::named(ending).unwrap());
        for format in named.into_iter().chain([Format::NewsDatabase]) {
            assert!(FORMATS.iter().any(|entry| entry.format == format), "{format:?}");
        }
    }
}
