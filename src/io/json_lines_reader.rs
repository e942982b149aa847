//! Reads tables with one JSON object in each line.

use super::columns::Columns;
use super::header::Schema;
use super::json_object::{Object, ObjectRows, no_json};
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use super::row::Row;
use crate::error::Error;

/// The rows of a file of JSON objects.
pub(super) struct JsonLinesReader {
    lines: NumberedLines,
    rows: ObjectRows,
}

impl JsonLinesReader {
    pub(super) fn new(lines: NumberedLines, schema: &'static Schema, columns: &Columns) -> Self {
        JsonLinesReader { lines, rows: ObjectRows::new(schema, columns) }
    }
}

impl Iterator for JsonLinesReader {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, object) = loop {
            match self.lines.next() {
                Err(error) => return Some(Err(error)),
                Ok(None) => return self.rows.never_seen(self.lines.path()).map(Err),
                Ok(Some(line)) if line.fault.is_none() && line.text.trim().is_empty() => {}
                Ok(Some(line)) => break (line.number, line.checked().and_then(parse)),
            }
        };
        let row = self.rows.row(line, object);
        Some(row.map_err(|reason| ReadError::Row(Error::row(self.lines.path(), line, reason))))
    }
}

/// Takes a line of JSON; gives its object.
fn parse(line: &str) -> Result<Object, String> {
    serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|error| no_json(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    const SCHEMA: Schema =
        Schema { noun: "articles", required: &["text"], ..Schema::of(&["id", "text"]) };

    fn read(bytes: &[u8], pairs: &[&str]) -> Result<Vec<Row>, Error> {
        let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
        let lines = NumberedLines::new(Path::new("f.jsonl"), reader);
        let columns = Columns::parse(pairs).unwrap();
        JsonLinesReader::new(lines, &SCHEMA, &columns).map(|row| row.map_err(Error::from)).collect()
    }

    #[track_caller]
    fn refused(bytes: &[u8], expected: &str) {
        let message = read(bytes, &[]).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn keys_may_come_in_any_order_and_be_left_out() {
        let file =
            "{\"text\":\"a\\nb\",\"n\":[1,{}]}\n\n{\"ID\":7,\"text\":\"c\"}\r\n{\"text\":null}";
        let rows = read(file.as_bytes(), &[]).unwrap();
        let found: Vec<_> =
            rows.iter().map(|row| (row.line, row.get("id"), row.get("text"))).collect();
        assert_eq!(found, [(1, "", "a\nb"), (3, "7", "c"), (4, "", "")]);
        assert_eq!(rows[0].fields.get(1), Some("[1,{}]"));
        assert_eq!(rows[0].header.names[..], ["text", "n"]);
    }

    #[test]
    fn a_renamed_key_must_stand_in_some_row() {
        let rows = read(b"{\"text\":\"a\"}\n{\"text\":\"b\",\"nr\":2}\n", &["id=nr"]).unwrap();
        assert_eq!((rows[0].id("f"), rows[1].id("f")), ("f-1".to_string(), "2".to_string()));
        let error = read(b"{\"text\":\"a\"}\n", &["id=nr"]).unwrap_err().to_string();
        assert!(error.contains("no column `nr`, which --column id=nr asks for"), "{error}");
    }

    #[test]
    fn an_object_with_a_name_is_its_name() {
        let rows = read(b"{\"text\":{\"id\":null,\"name\":\"a\"}}", &[]).unwrap();
        assert_eq!(rows[0].get("text"), "a");
    }

    #[test]
    fn lines_that_cannot_be_used() {
        refused(
            b"{\"text\":\"a\"}\n{\"text\":}\n",
            "f.jsonl, line 2: cannot be read as JSON: expected value (column 9)",
        );
        refused(b"[{\"text\":\"a\"}]\n", "expected an object with a key for each field");
        refused(b"{\"text\":\"a\"} {}\n", "trailing characters");
        refused(b"{\"id\":1}\n", "line 1: no column `text`, found `id`");
        refused(b"{\"text\":\"a\",\"text\":\"b\"}\n", "stands there twice");
        refused(b"{\"text\":true}\n", "`text` is a truth value; expected a string");
        refused(b"{\"text\":\"a\",\"id\":{}}\n", "`id` is an object");
        refused(b"{\"text\":[]}\n", "`text` is a list");
        refused(b"{\"text\":\"a\",\"id\":123456789012345678901234}\n", "too large to be kept");
        refused(b"{\"text\":\"a\\u0000\"}\n", "`text` holds a NUL");
        refused(b"{\"text\":\"a\0\"}\n", "line 1: a NUL at byte 11");
        refused(&[b"{\"text\":".repeat(5000), b"1".to_vec()].concat(), "recursion limit");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes, &[]);
            let _ = read(&[b"{\"text\":\"", &bytes[..]].concat(), &[]);
        }

        #[test]
        fn what_is_written_comes_back(text in "\\PC{0,40}") {
            let line = serde_json::json!({ "text": text }).to_string();
            let rows = read(line.as_bytes(), &[]).unwrap();
            prop_assert_eq!(rows[0].get("text"), text);
        }
    }
}
