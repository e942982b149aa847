//! The rows of a table, whatever it is written in.

use super::csv_reader::Delimited;
use super::header::{Columns, Row, Schema};
use super::inputs::Format;
use super::json_lines::JsonLines;
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use crate::error::Error;

/// Rows as they are read.
pub(super) type Rows = Box<dyn Iterator<Item = Result<Row, ReadError>> + Send>;

/// Opens a table. A format that is none of a table counts as CSV.
pub(super) fn rows(
    mut lines: NumberedLines,
    format: Option<Format>,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let delimiter = match format.unwrap_or_else(|| sniffed(&mut lines)) {
        Format::JsonLines => return Ok(Box::new(JsonLines::new(lines, schema, columns))),
        Format::Tsv => Some(b'\t'),
        Format::Csv | Format::Text | Format::Html => None,
    };
    Ok(Box::new(Delimited::open(lines, delimiter, schema, columns)?))
}

/// JSON where the first character begins an object, else a table with delimiters.
fn sniffed(lines: &mut NumberedLines) -> Format {
    if lines.first_mark() == Some(b'{') { Format::JsonLines } else { Format::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const SCHEMA: Schema =
        Schema { noun: "articles", fields: &["id", "text"], required: &["text"] };

    #[track_caller]
    fn check(format: Option<Format>, table: &'static str, text: &str) {
        let lines = NumberedLines::new(Path::new("standard input"), Box::new(table.as_bytes()));
        let mut rows = rows(lines, format, &SCHEMA, &Columns::default()).unwrap();
        assert_eq!(rows.next().unwrap().unwrap().get("text"), text);
    }

    #[test]
    fn the_content_tells_what_no_ending_tells() {
        check(None, "\n {\"text\": \"a\"}\n", "a");
        check(None, "id,text\n1,{a}\n", "{a}");
        check(None, "id\ttext\n1\ta\n", "a");
        check(Some(Format::Tsv), "text\ta, b, c\n1\t2\n", "1");
    }
}
