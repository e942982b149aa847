//! Tables of one JSON object a line.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::header::{Columns, Header, Row, Schema};
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use crate::error::Error;

/// The rows of a file of JSON objects.
pub(super) struct JsonLines {
    lines: NumberedLines,
    schema: &'static Schema,
    columns: Columns,
    /// That of the last row: most files write the same keys in each.
    header: Option<Arc<Header>>,
    /// Fields that `--column` names and that no row has had yet.
    unseen: BTreeSet<String>,
    n_rows: u64,
}

impl JsonLines {
    pub(super) fn new(lines: NumberedLines, schema: &'static Schema, columns: &Columns) -> Self {
        let unseen = columns.renamed().map(|(field, _)| field.to_string()).collect();
        JsonLines { lines, schema, columns: columns.clone(), header: None, unseen, n_rows: 0 }
    }

    fn row(&mut self, line: u64, object: Object) -> Result<Row, String> {
        let (names, values): (Vec<_>, Vec<_>) = object.0.into_iter().unzip();
        let header = self.header(names)?;
        let field = |(place, value)| field(&header, place, value);
        let fields = values.into_iter().enumerate().map(field).collect::<Result<_, _>>()?;
        Ok(Row { line, number: self.n_rows, header, fields })
    }

    fn header(&mut self, names: Vec<String>) -> Result<Arc<Header>, String> {
        if let Some(header) = self.header.as_ref().filter(|header| header.names[..] == names[..]) {
            return Ok(Arc::clone(header));
        }
        let header = Arc::new(Header::new(names, self.schema, &self.columns)?);
        self.unseen.retain(|field| header.place(field).is_none());
        self.header = Some(Arc::clone(&header));
        Ok(header)
    }

    /// Why the file cannot be used, which only its end can tell: a key may be left out of a row, not
    /// of all.
    fn never_seen(&mut self) -> Option<ReadError> {
        let field = self.unseen.pop_first()?;
        let reason = self.header.as_ref()?.without(&field, &self.columns);
        Some(ReadError::File(Error::file(self.lines.path(), reason)))
    }
}

impl Iterator for JsonLines {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (number, object) = loop {
            match self.lines.next() {
                Err(fault) => return Some(Err(fault)),
                Ok(None) => return self.never_seen().map(Err),
                Ok(Some(line)) if line.fault.is_some() => break (line.number, Err(line.fault)),
                Ok(Some(line)) if line.text.trim().is_empty() => {}
                Ok(Some(line)) => break (line.number, parse(&line.text).map_err(Some)),
            }
        };
        self.n_rows += 1;
        let row = object.map_err(Option::unwrap_or_default).and_then(|o| self.row(number, o));
        Some(row.map_err(|reason| ReadError::Row(Error::row(self.lines.path(), number, reason))))
    }
}

/// An object's entries in their order. The map of `serde_json` would sort them and drop doubles.
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
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

fn parse(line: &str) -> Result<Object, String> {
    serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|error| {
        // serde_json counts lines within the line.
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default();
        format!("cannot be read as JSON: {what} (column {})", error.column())
    })
}

/// A value as text: fields that are known must be simple, others are kept as they are.
fn field(header: &Header, place: usize, value: Value) -> Result<String, String> {
    let is_whole = |n: f64| n.fract() == 0.0 && n.abs() > 2f64.powi(53);
    match (header.field_at(place), value) {
        (Some(field), Value::String(text)) if text.contains('\0') => {
            Err(format!("`{field}` holds a NUL; expected text"))
        }
        (_, Value::String(text)) => Ok(text),
        (_, Value::Null) => Ok(String::new()),
        (Some(field), Value::Number(n)) if n.is_f64() && n.as_f64().is_some_and(is_whole) => {
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
        Schema { noun: "articles", fields: &["id", "text"], required: &["text"] };

    fn read(bytes: &[u8], pairs: &[&str]) -> Result<Vec<Row>, Error> {
        let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
        let lines = NumberedLines::new(Path::new("f.jsonl"), reader);
        let columns = Columns::parse(pairs).unwrap();
        JsonLines::new(lines, &SCHEMA, &columns).map(|row| row.map_err(Error::from)).collect()
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
