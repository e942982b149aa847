//! Feeds every reader files that are damaged in ways that exports are damaged: cut off, with parts twice
//! or missing, with bytes of other files in them.

use std::io::Cursor;
use std::path::Path;

use rand_pcg::Pcg64Mcg;

use super::columns::Columns;
use super::date_column::DatedRows;
use super::file_format::Format;
use super::file_reader::OpenedFile;
use super::format_table::{self, Reader};
use super::header::Schema;
use super::html_fragment;
use super::reading_notes::ReadingNotes;
use crate::random::{rng, uniform_below};

const SCHEMA: Schema = Schema {
    required: &["text"],
    instead_of_text: Some("title"),
    usual_names: super::column_names::OF_ARTICLES,
    ..Schema::of(&["id", "outlet", "date", "title", "text", "url"])
};

/// Small files of every format.
const FILES: [(Format, &str); 12] = [
    (
        Format::Csv,
        "id,outlet,date,text\r\n1,Post,01/02/2033,\"It \"\"rained\"\",\r\nagain.\"\r\n2,NA,,A tram.\r\n",
    ),
    (
        Format::Csv,
        "sep=;\nid;pubdate;Full text\n1;March 4, 2033;<p>A &amp; b</p>\n2;04.03.2033;c\n",
    ),
    (Format::Csv, "\u{feff}\"\",\"text\"\r\"1\",\"a\"\r\"2\",\"£4 – “no”\"\r"),
    (Format::Tsv, "id\ttext\tpublished_unix\n1\tIt rained.\t1993500000\n2\t\"a\tb\"\t-\n"),
    (Format::Json, "{\"id\":1,\"text\":\"a\\nb\",\"x\":[1,{}]}\n{\"text\":null,\"title\":\"b\"}\n"),
    (
        Format::Json,
        "[{\"id\":1,\"text\":\"a, [b]\"},\n {\"text\":\"c\",\"source\":{\"name\":\"d\"}}]",
    ),
    (Format::Json, "{\"id\":{\"0\":1,\"1\":2},\"text\":{\"0\":\"a\",\"1\":\"b\"}}"),
    (Format::Json, "{\"columns\":[\"text\"],\"index\":[0],\"data\":[[\"a\"]]}"),
    (
        Format::Json,
        "{\"status\":\"ok\",\n\"articles\":[{\"content\":\"a\",\"publishedAt\":\"2033\"}]}",
    ),
    (Format::Text, "title: A\ndate: March 4, 2033\n---\nIt rained.\n\nIt rained again.\n"),
    (
        Format::Html,
        "<!doctype html><meta charset=windows-1252><title>A</title><article><p>It rained, said \
                    Ada Roe, and it will rain again, and then again.</p><p>It rained.</p></article>",
    ),
    (
        Format::Html,
        "<?xml version='1.0' encoding='utf-8'?><html><body><div><p>It rained.</p></div></body></html>",
    ),
];

/// Reads a file to its end; gives the number of its records.
fn n_records(format: Format, bytes: Vec<u8>) -> usize {
    let Ok(file) = OpenedFile::new(Path::new("f"), Box::new(Cursor::new(bytes))) else { return 0 };
    let format = format_table::told(&file.start()).unwrap_or(format);
    match format_table::reader(format) {
        Reader::Table(read) => {
            let Ok(rows) = read(file, &SCHEMA, &Columns::default()) else { return 0 };
            let rows = DatedRows::new(rows, None, ReadingNotes::default());
            let mut n_rows = 0;
            for row in rows {
                n_rows += 1;
                let _ = row.map(|row| html_fragment::shown(row.get("text")).len());
            }
            n_rows
        }
        Reader::Articles(read) => read(file).map_or(0, Iterator::count),
    }
}

/// Damages bytes once.
fn damage(bytes: &mut Vec<u8>, random: &mut Pcg64Mcg) {
    const PIECES: [&[u8]; 12] = [
        b"\"",
        b"\n",
        b",",
        b"{",
        b"]",
        b"\xff",
        b"\0",
        b"\xef\xbb\xbf",
        b"&#0;",
        b"<p",
        b"\x1f\x8b",
        b"99999999",
    ];
    let mut below = |n: usize| uniform_below(n.max(1), random);
    let at = below(bytes.len() + 1).min(bytes.len());
    let length = below(16).min(bytes.len() - at);
    match below(6) {
        0 => bytes.truncate(at),
        1 => {
            bytes.drain(at..at + length);
        }
        2 => {
            let again = bytes[at..at + length].to_vec();
            bytes.splice(at..at, again);
        }
        3 => {
            bytes.splice(at..at, PIECES[below(PIECES.len())].iter().copied());
        }
        4 if at < bytes.len() => bytes[at] ^= 1 << below(8),
        _ => {
            let (_, other) = FILES[below(FILES.len())];
            let end = below(other.len());
            bytes.splice(at..at, other.bytes().take(end));
        }
    }
}

#[test]
fn damaged_files_end() {
    // FRAMESCOPE_DAMAGED_FILES=100000 reads more of them.
    let n_files = std::env::var("FRAMESCOPE_DAMAGED_FILES").ok().and_then(|n| n.parse().ok());
    let mut random = rng(7);
    for number in 0..n_files.unwrap_or(3_000) {
        let (format, content) = FILES[number % FILES.len()];
        let mut bytes = content.as_bytes().to_vec();
        if number % 5 == 0 {
            bytes = content.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        for _ in 0..=uniform_below(4, &mut random) {
            damage(&mut bytes, &mut random);
        }
        let n_bytes = bytes.len();
        assert!(n_records(format, bytes) <= n_bytes + 1, "file {number}");
    }
}

#[test]
fn whole_files_are_read() {
    for (number, (format, content)) in FILES.into_iter().enumerate() {
        assert!(n_records(format, content.as_bytes().to_vec()) > 0, "file {number}");
    }
}
