//! Reads the rows of a table in any format.

use super::columns::Columns;
use super::csv_reader::CsvReader;
use super::file_format::Format;
use super::header::Schema;
use super::json_lines_reader::JsonLinesReader;
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use super::row::Row;
use crate::error::Error;

/// The rows of a table, read as they are asked for.
pub(super) type Rows = Box<dyn Iterator<Item = Result<Row, ReadError>> + Send>;

/// Takes the lines of a table; gives its rows. Without a format the first character tells it: JSON
/// begins an object, CSV does not.
pub(super) fn read_table(
    mut lines: NumberedLines,
    format: Option<Format>,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let is_json = match format {
        None => lines.first_byte() == Some(b'{'),
        Some(format) => format == Format::JsonLines,
    };
    if is_json {
        return Ok(Box::new(JsonLinesReader::new(lines, schema, columns)));
    }
    let delimiter = (format == Some(Format::Tsv)).then_some(b'\t');
    Ok(Box::new(CsvReader::new(lines, delimiter, schema, columns)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const SCHEMA: Schema =
        Schema { noun: "articles", fields: &["id", "text"], required: &["text"], expected: &[] };

    #[track_caller]
    fn check(format: Option<Format>, table: &'static str, text: &str) {
        let lines = NumberedLines::new(Path::new("standard input"), Box::new(table.as_bytes()));
        let mut rows = read_table(lines, format, &SCHEMA, &Columns::default()).unwrap();
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
