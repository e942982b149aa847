//! Reads tables with one JSON object in each line.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::columns::Columns;
use super::header::{Header, Schema};
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use super::row::Row;
use crate::error::Error;

/// The rows of a file of JSON objects.
pub(super) struct JsonLinesReader {
    lines: NumberedLines,
    schema: &'static Schema,
    columns: Columns,
    /// The header of the last row: most files have the same keys in every row.
    header: Option<Arc<Header>>,
    /// Fields that the file must have, or that `--column` names, and that no row has had yet.
    unseen: BTreeSet<String>,
    n_rows: u64,
}

impl JsonLinesReader {
    pub(super) fn new(lines: NumberedLines, schema: &'static Schema, columns: &Columns) -> Self {
        let wanted = columns.renamed_fields().chain(schema.expected.iter().copied());
        let unseen = wanted.map(str::to_string).collect();
        let columns = columns.clone();
        JsonLinesReader { lines, schema, columns, header: None, unseen, n_rows: 0 }
    }

    fn row(&mut self, line: u64, entries: Vec<(String, Value)>) -> Result<Row, String> {
        let (names, values): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        let header = self.header(names)?;
        let values = values.into_iter().enumerate();
        let fields = values.map(|(index, value)| text_of(value, header.field_at(index)));
        let fields = fields.collect::<Result<_, _>>()?;
        Ok(Row { line, number: self.n_rows, header, fields })
    }

    fn header(&mut self, names: Vec<String>) -> Result<Arc<Header>, String> {
        if let Some(header) = self.header.as_ref().filter(|header| header.names[..] == names[..]) {
            return Ok(Arc::clone(header));
        }
        let header = Arc::new(Header::new(names, self.schema, &self.columns)?);
        self.unseen.retain(|field| header.lacks(field));
        self.header = Some(Arc::clone(&header));
        Ok(header)
    }

    /// Why the file is unusable at its end: a key may be missing in a row, but not in all rows.
    fn never_seen(&mut self) -> Option<ReadError> {
        let field = self.unseen.pop_first()?;
        let reason = self.header.as_ref()?.missing_column(&field, &self.columns);
        Some(ReadError::File(Error::file(self.lines.path(), reason)))
    }
}

impl Iterator for JsonLinesReader {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, entries) = loop {
            match self.lines.next() {
                Err(error) => return Some(Err(error)),
                Ok(None) => return self.never_seen().map(Err),
                Ok(Some(line)) if line.fault.is_none() && line.text.trim().is_empty() => {}
                Ok(Some(line)) => break (line.number, line.checked().and_then(parse)),
            }
        };
        self.n_rows += 1;
        let row = entries.and_then(|entries| self.row(line, entries));
        Some(row.map_err(|reason| ReadError::Row(Error::row(self.lines.path(), line, reason))))
    }
}

/// Takes a line of JSON; gives the entries of its object in their order, repeated keys included.
fn parse(line: &str) -> Result<Vec<(String, Value)>, String> {
    let object = serde_json::from_str(line.trim_start_matches('\u{feff}'));
    object.map(|Object(entries)| entries).map_err(|error| {
        // serde_json adds the number of the line within the line.
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default();
        format!("cannot be read as JSON: {what} (column {})", error.column())
    })
}

/// The entries of an object. The map of `serde_json` would sort them and drop repeated keys.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("one object on each line")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let entries = std::iter::from_fn(|| map.next_entry().transpose());
                entries.collect::<Result<_, _>>().map(Object)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Takes a value, and the field that it belongs to where the schema knows one; gives its text. Known
/// fields must hold text, a number or null; others are kept as they are.
fn text_of(value: Value, field: Option<&str>) -> Result<String, String> {
    // Above 2^53 not every whole number has a float of its own.
    let is_rounded = |n: f64| n.fract() == 0.0 && n.abs() > 2_f64.powi(53);
    match (field, value) {
        (Some(field), Value::String(text)) if text.contains('\0') => {
            Err(format!("`{field}` holds a NUL; expected text"))
        }
        (_, Value::String(text)) => Ok(text),
        (_, Value::Null) => Ok(String::new()),
        (Some(field), Value::Number(n)) if n.is_f64() && n.as_f64().is_some_and(is_rounded) => {
            Err(format!(
                "`{field}` is a number too large to be kept exactly; put it in quotation marks"
            ))
        }
        (Some(field), value @ (Value::Bool(_) | Value::Array(_) | Value::Object(_))) => {
            let found = match value {
                Value::Bool(_) => "a truth value",
                Value::Array(_) => "a list",
                _ => "an object",
            };
            Err(format!("`{field}` is {found}; expected a string, a number or null"))
        }
        (_, value) => Ok(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    const SCHEMA: Schema =
        Schema { noun: "articles", fields: &["id", "text"], required: &["text"], expected: &[] };

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
    fn lines_that_cannot_be_used() {
        refused(
            b"{\"text\":\"a\"}\n{\"text\":}\n",
            "f.jsonl, line 2: cannot be read as JSON: expected value (column 9)",
        );
        refused(b"[{\"text\":\"a\"}]\n", "expected one object on each line");
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
