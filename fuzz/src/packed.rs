//! Office files around parts that are given, so that what is in them is damaged and not their packing. The tests of
//! damaged files (`src/io/mutated_files.rs`) have this file too.

use std::io::{Cursor, Write};

use zip::CompressionMethod::{self, Stored};

/// Parts of these names in an archive.
pub(crate) fn archive(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document around its text.
pub(crate) fn docx(document: &[u8]) -> Vec<u8> {
    archive(&[("word/document.xml", document)], Stored)
}

/// A LibreOffice spreadsheet around its content.
pub(crate) fn ods(content: &[u8]) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let entry =
        format!("<manifest:file-entry manifest:full-path='/' manifest:media-type='{kind}'/>");
    let manifest = format!("<manifest:manifest>{entry}</manifest:manifest>");
    let parts = [
        ("mimetype", kind.as_bytes()),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ];
    archive(&parts, Stored)
}

/// An Excel workbook around its sheet, styles and shared strings, separated by a byte of 1.
pub(crate) fn xlsx(parts: &[u8]) -> Vec<u8> {
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{types}/{kind}' Target='{target}'/>")
    };
    let relations = |all: String| format!("<Relationships>{all}</Relationships>");
    let of_file = relations(relation("r1", "officeDocument", "xl/workbook.xml"));
    let of_book = relations(
        relation("r1", "worksheet", "worksheets/sheet1.xml")
            + &relation("r2", "styles", "styles.xml")
            + &relation("r3", "sharedStrings", "sharedStrings.xml"),
    );
    let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
    let sheet = "<sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets>";
    let book = format!("<workbook {main} xmlns:r='{types}'>{sheet}</workbook>");
    let mut split = parts.split(|byte| *byte == b'\x01');
    let mut next = || split.next().unwrap_or_default();
    let parts = [
        ("_rels/.rels", of_file.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
        ("xl/worksheets/sheet1.xml", next()),
        ("xl/styles.xml", next()),
        ("xl/sharedStrings.xml", next()),
    ];
    archive(&parts, Stored)
}
