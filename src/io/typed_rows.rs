//! Rows of tables whose cells were read from elsewhere than lines of text.

use std::path::Path;
use std::sync::Arc;

use super::columns::Columns;
use super::header::{Header, Schema};
use super::read_error::ReadError;
use super::row::{Row, Rows};
use crate::error::Error;

/// The cells of one row, and its number in the file; or why it cannot be read.
pub(super) type Cells = Result<(u64, Vec<String>), String>;

/// Takes the names of the columns with the number of their line, and the rows; a row may end before the
/// last column, and what it has beyond that has no name and is left out.
pub(super) fn typed_rows(
    path: &Path,
    (names, line): (Vec<String>, u64),
    cells: impl Iterator<Item = Cells> + Send + 'static,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let refuse = |reason| Error::row(path, line, reason);
    let header = Header::new(names, schema, columns).map_err(refuse)?;
    let mut wanted = columns.renamed_fields().chain(schema.expected.iter().copied());
    if let Some(field) = wanted.find(|field| header.lacks(field)) {
        return Err(refuse(header.missing_column(field, columns)));
    }
    let (header, path) = (Arc::new(header), path.to_path_buf());
    let mut number = 0;
    Ok(Box::new(cells.map(move |cells| {
        let (line, mut cells) =
            cells.map_err(|reason| ReadError::File(Error::file(&path, reason)))?;
        number += 1;
        cells.resize(header.names.len(), String::new());
        if let Some(at) = cells.iter().position(|cell| cell.contains('\0')) {
            let reason = format!("a NUL in the column `{}`; expected text", header.names[at]);
            return Err(ReadError::Row(Error::row(&path, line, reason)));
        }
        let fields = cells.iter().map(String::as_str).collect();
        Ok(Row::new(line, number, Arc::clone(&header), fields))
    })))
}
