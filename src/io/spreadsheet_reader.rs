//! Reads tables from spreadsheets, which are held in memory.

use super::columns::Columns;
use super::file_reader::OpenedFile;
use super::header::Schema;
use super::office_file::{MAX_FILE, OfficeKind};
use super::row::Rows;
use super::spreadsheet::sheet;
use super::typed_rows::typed_rows;
use crate::error::Error;

/// The rows of a spreadsheet of Excel.
pub(super) fn excel(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    rows(file, OfficeKind::Xlsx, schema, columns)
}

/// The rows of a spreadsheet of LibreOffice.
pub(super) fn open_document(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    rows(file, OfficeKind::Ods, schema, columns)
}

/// The first row that has cells is the header.
fn rows(
    file: OpenedFile,
    kind: OfficeKind,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let path = file.path().to_path_buf();
    let refuse = |reason| Error::file(&path, reason);
    let mut rows = sheet(&file.bytes(MAX_FILE)?, kind).map_err(refuse)?.into_iter();
    let Some((line, names)) = rows.next() else {
        let noun = schema.noun;
        return Err(refuse(format!("no {noun}: no sheet has cells; expected a header and rows")));
    };
    typed_rows(&path, (names, line), rows.map(Ok), schema, columns)
}
