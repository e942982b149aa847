//! Damaged files of every format end in articles, rows or an error, whatever is wrong with them.
//!
//! `PROPTEST_CASES=100000 cargo test --release --lib mutated_files` reads 100,000 of each.

use std::io::Cursor;
use std::path::Path;

#[cfg(feature = "parquet")]
use parquet::basic::Compression;
use proptest::prelude::*;
use zip::CompressionMethod::Deflated;

use super::column_names::OF_ARTICLES;
use super::columns::Columns;
use super::date_column::DatedRows;
use super::file_format::Format;
use super::file_reader::OpenedFile;
use super::format_table::{Reader, reader, told};
use super::header::Schema;
use super::html_fragment;
#[cfg(feature = "parquet")]
use super::parquet_reader;
use super::reading_notes::ReadingNotes;
use packed::{archive, docx, ods, xlsx};

#[path = "../../fuzz/src/packed.rs"]
mod packed;

const SCHEMA: Schema = Schema {
    required: &["text"],
    instead_of_text: Some("title"),
    usual_names: OF_ARTICLES,
    ..Schema::of(&["id", "outlet", "date", "title", "text", "url"])
};

/// What damage puts into a file.
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
    b"99999999999",
];

const DOCUMENT: &[u8] =
    b"<w:document><w:body><w:p><w:r><w:t>Tolls &amp; dues</w:t><w:br/></w:r></w:p>\
    <w:p><w:r><w:t>They rose.</w:t></w:r></w:p></w:body></w:document>";

const TABLE: &[u8] = b"<office:document-content><office:body><office:spreadsheet><table:table \
    table:name='A'><table:table-row><table:table-cell office:value-type='string'><text:p>text</text:p>\
    </table:table-cell></table:table-row><table:table-row table:number-rows-repeated='3'>\
    <table:table-cell table:number-columns-repeated='2' office:value-type='date' \
    office:date-value='2033-03-04'/></table:table-row></table:table></office:spreadsheet></office:body>\
    </office:document-content>";

const SHEET: &[u8] = b"<worksheet><dimension ref='A1:E6'/><sheetData><row r='1'><c r='A1' \
    t='inlineStr'><is><t>text</t></is></c><c r='B1' s='1'><v>48643.5</v></c><c r='C1' t='s'><v>0</v></c>\
    </row><row r='7'><c r='XFD7' t='b'><v>1</v></c><c t='e'><v>#N/A</v></c></row></sheetData></worksheet>\
    \x01<styleSheet><numFmts count='1'><numFmt numFmtId='170' formatCode='yyyy-mm-dd'/></numFmts>\
    <cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs></styleSheet>\
    \x01<sst count='1' uniqueCount='1'><si><t>shared</t></si></sst>";

const FEED: &[u8] = b"<?xml version='1.0'?><rss><channel><title>Quay</title><item><title>Tolls</title>\
    <link>https://q.example</link><content:encoded><![CDATA[<p>They &pound;rose.</p>]]></content:encoded>\
    </item><entry><link rel='self' href='x'/><summary>&lt;p>a</summary></entry></channel></rss>";

const WARC: &[u8] = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://q.example/1\r\n\
    Content-Type: application/http\r\nContent-Length: 96\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: \
    text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>x\r\n0\r\n\r\n<!-- -->\r\n\r\nWARC/1.0\r\n\
    WARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\na\r\n\r\n";

const EXPORTS: [&str; 6] = [
    "  1 of 2 DOCUMENTS\n\n  Quay Herald\n\n  March 4, 2031 Tuesday\n\nTolls\n\nBYLINE: O\n\nLENGTH: 8 words\n\n\
     They rose.\n\nLOAD-DATE: March 5, 2031\n\n  2 of 2 DOCUMENTS\n\n  Fen\n\nMarch 6, 2031\n\nBarges\n",
    "Page 1 of 2\nTolls\n\nQuay Herald\nMarch 4, 2031\n\nCopyright 2031\n\nLength: 8 words\n\nBody\n\nThey \
     rose.\n\nGraphic\n\nLoad-Date: March 5, 2031\n\nEnd of Document\n\nBarges\n\nBody\n\nEnd of Document\n",
    "Tolls\nBy O\n8 words\n4 March 2031\n09:30\nQuay Herald\nQ\nEnglish\n(c) 2031\n\nThey rose.\n\n\
     Document QUAYH00020310304\n\nBarges\n\n8 words\n6 March 2031\nFen\nEnglish\n",
    "HD  Tolls\nWC  8\nPD  4 March 2031\nSN  Quay\nLP\nThey rose.\n\nTD  Much.\nAN  Document Q0000000\nHD  B\n",
    "____________________\n\nDocument 1 of 2\n\nTolls\n\nPublication info: Quay ; O 04 Mar 2031: 3.\n\n\
     Full text: They rose.\n\nSubject: Tolls\n\n____________________\n\nFull text: B\n\nTitle: B\n",
    "<div class='article enArticle'><span class='enHeadline'>Tolls</span><div>8 words</div><div>4 March \
     2031</div><div>Quay</div><p class='articleParagraph'>a</p></div><div class='article'><table><tr><td>HD\
     </td><td>x</td></tr></table></div><article><span class='DocPublicationName'>Q</span></article>",
];

/// Tables, JSON, texts and pages.
const TEXTS: [(Format, &str); 12] = [
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

/// What a part of a file becomes once it is damaged.
type Wrap = fn(&[u8]) -> Vec<u8>;

fn files() -> Vec<(Format, Vec<u8>, Wrap)> {
    let bare: Wrap = <[u8]>::to_vec;
    let mut files = vec![
        (Format::Word, DOCUMENT.to_vec(), docx as Wrap),
        (Format::OpenDocument, TABLE.to_vec(), ods as Wrap),
        (Format::Excel, SHEET.to_vec(), xlsx as Wrap),
        (Format::Word, archive(&[("word/document.xml", DOCUMENT)], Deflated), bare),
        (Format::OpenDocument, ods(TABLE), bare),
        (Format::Excel, xlsx(SHEET), bare),
        (Format::Feed, FEED.to_vec(), bare),
        (Format::WebArchive, WARC.to_vec(), bare),
    ];
    files.extend(EXPORTS.map(|export| (Format::NewsDatabase, export.as_bytes().to_vec(), bare)));
    files.extend(TEXTS.map(|(format, text)| (format, text.as_bytes().to_vec(), bare)));
    #[cfg(feature = "parquet")]
    files.push((
        Format::Parquet,
        parquet_reader::file_of_two_rows(Compression::UNCOMPRESSED),
        bare,
    ));
    let utf_16 = TEXTS[0].1.encode_utf16().flat_map(u16::to_le_bytes).collect();
    files.push((TEXTS[0].0, utf_16, bare));
    files
}

/// One change of a file: what is done, where and with what.
type Mutation = (u8, prop::sample::Index, u8);

fn mutate(bytes: &mut Vec<u8>, (kind, at, value): &Mutation) {
    if bytes.is_empty() {
        return;
    }
    let at = at.index(bytes.len());
    let end = bytes.len().min(at + usize::from(*value));
    match kind {
        0 => bytes[at] = *value,
        1 => bytes[at] ^= 1 << (value % 8),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        _ => drop(bytes.splice(at..at, PIECES[usize::from(*value) % PIECES.len()].iter().copied())),
    }
}

/// Reads everything in a file as what it is given as, and as what it looks like; says how many records it has
/// as the former.
fn n_read(format: Format, bytes: &[u8]) -> usize {
    let open = || OpenedFile::new(Path::new("f"), Box::new(Cursor::new(bytes.to_vec()))).ok();
    let looks_like = open().and_then(|file| told(&file.start()));
    if let Some((other, file)) = looks_like.filter(|other| *other != format).zip(open()) {
        n_records(other, file);
    }
    open().map_or(0, |file| n_records(format, file))
}

fn n_records(format: Format, file: OpenedFile) -> usize {
    match reader(format) {
        Reader::Articles(read) => read(file).map_or(0, |all| all.flatten().count()),
        Reader::Table(read) => {
            let Ok(rows) = read(file, &SCHEMA, &Columns::default()) else { return 0 };
            let rows = DatedRows::new(rows, None, ReadingNotes::default()).flatten();
            rows.inspect(|row| drop(html_fragment::shown(row.get("text")))).count()
        }
    }
}

#[test]
fn undamaged_files_are_read() {
    for (format, part, wrap) in files() {
        assert!(n_read(format, &wrap(&part)) > 0, "{format:?}: {}", String::from_utf8_lossy(&part));
    }
}

/// Where the fuzzer begins.
#[test]
#[ignore = "writes the seeds of fuzz/"]
fn write_seeds() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (number, (format, part, wrap)) in files().into_iter().enumerate() {
        let door: String = format!("{format:?}").chars().fold(String::new(), |name, c| match c {
            'A'..='Z' if !name.is_empty() => name + "_" + &c.to_lowercase().to_string(),
            _ => name + &c.to_lowercase().to_string(),
        });
        let is_whole = wrap(&part) == part;
        let folder = seeds.join(if is_whole { door } else { door + "_part" });
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{number:02}")), part).unwrap();
    }
}

#[test]
fn a_workbook_that_says_to_hold_too_many_texts_is_refused() {
    let sheet =
        String::from_utf8_lossy(SHEET).replace("uniqueCount='1'", "uniqueCount='99999999999'");
    let file = OpenedFile::new(Path::new("f"), Box::new(Cursor::new(xlsx(sheet.as_bytes()))));
    let Reader::Table(read) = reader(Format::Excel) else { unreachable!() };
    let refused = read(file.unwrap(), &SCHEMA, &Columns::default()).err().unwrap().to_string();
    assert!(refused.contains("save the sheet as .csv"), "{refused}");
}

proptest! {
    #[test]
    fn damaged_files_end(
        mutations in prop::collection::vec((0..6_u8, any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        for (format, mut part, wrap) in files() {
            mutations.iter().for_each(|mutation| mutate(&mut part, mutation));
            n_read(format, &wrap(&part));
        }
    }
}
