//! Tables as CSV that a spreadsheet may open: no field is a formula.

use std::io;

use super::cell::{Cell, safe};
use super::table::Table;

/// Writes a table; rows that end early get empty fields.
pub(super) fn write(table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
    let row = |row: &Vec<Cell>| {
        let columns = table.columns.iter().enumerate();
        let fields = columns.flat_map(|(index, column)| match row.get(index) {
            Some(cell) => cell.fields(),
            None => vec![String::new(); column.fields.len()],
        });
        fields.collect()
    };
    let header = table.columns.iter().flat_map(|column| column.fields.clone()).collect();
    write_rows([header].into_iter().chain(table.rows.iter().map(row)), out)
}

/// Writes rows of as many fields each; the first is the header.
pub(super) fn write_rows(
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows {
        writer.write_record(row.iter().map(|field| safe(field))).map_err(io_error)?;
    }
    writer.flush()
}

/// The system's own error, by which a reader that has gone is known.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
