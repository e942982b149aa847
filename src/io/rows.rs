//! The rows of a table, whatever it is written in.

use super::delimited::Delimited;
use super::fault::Fault;
use super::header::{Columns, Row, Schema};
use super::inputs::Format;
use super::json_lines::JsonLines;
use super::lines::Lines;
use crate::error::Error;

/// Rows as they are read.
pub(super) type Rows = Box<dyn Iterator<Item = Result<Row, Fault>> + Send>;

/// Opens a table. A format that is none of a table counts as CSV.
pub(super) fn rows(
    mut lines: Lines,
    format: Option<Format>,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let delimiter = match format.unwrap_or_else(|| sniffed(&mut lines)) {
        Format::JsonLines => return Ok(Box::new(JsonLines::new(lines, schema, columns))),
        Format::Tsv => Some('\t'),
        Format::Csv | Format::Text | Format::Html => None,
    };
    Ok(Box::new(Delimited::open(lines, delimiter, schema, columns)?))
}

/// JSON where the first character begins an object, else a table with delimiters.
fn sniffed(lines: &mut Lines) -> Format {
    if lines.first_mark() == Some(b'{') { Format::JsonLines } else { Format::Csv }
}
