//! JSON objects as rows of a table: their keys are its columns.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::columns::Columns;
use super::header::{Header, Schema};
use super::read_error::ReadError;
use super::row::Row;
use crate::error::Error;

/// The entries of an object in their order, repeated keys included. The map of `serde_json` would sort
/// them and drop repeated keys.
pub(super) struct Object(pub(super) Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object with a key for each field")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let entries = std::iter::from_fn(|| map.next_entry().transpose());
                entries.collect::<Result<_, _>>().map(Object)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Makes rows of objects, and sees to it that the file has the columns that it must have.
pub(super) struct ObjectRows {
    schema: &'static Schema,
    columns: Columns,
    /// The header of the last row: most files have the same keys in every row.
    header: Option<Arc<Header>>,
    /// Fields that the file must have, or that `--column` names, and that no row has had yet.
    unseen: BTreeSet<String>,
    n_rows: u64,
}

impl ObjectRows {
    pub(super) fn new(schema: &'static Schema, columns: &Columns) -> Self {
        let wanted = columns.renamed_fields().chain(schema.expected.iter().copied());
        let unseen = wanted.map(str::to_string).collect();
        ObjectRows { schema, columns: columns.clone(), header: None, unseen, n_rows: 0 }
    }

    /// Takes the entries of an object, or why there are none; gives its row.
    pub(super) fn row(
        &mut self,
        line: u64,
        entries: Result<Object, String>,
    ) -> Result<Row, String> {
        self.n_rows += 1;
        let (names, values): (Vec<_>, Vec<_>) = entries?.0.into_iter().unzip();
        let header = self.header(names)?;
        let values = values.into_iter().enumerate();
        let fields = values.map(|(index, value)| text_of(value, header.field_at(index)));
        let fields = fields.collect::<Result<_, _>>()?;
        Ok(Row::new(line, self.n_rows, header, fields))
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
    pub(super) fn never_seen(&mut self, path: &Path) -> Option<ReadError> {
        let field = self.unseen.pop_first()?;
        let reason = self.header.as_ref()?.missing_column(&field, &self.columns);
        Some(ReadError::File(Error::file(path, reason)))
    }
}

/// Why a text is no JSON. serde_json adds the number of the line within the text.
pub(super) fn no_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    format!("cannot be read as JSON: {what} (column {})", error.column())
}

/// Takes a value, and the field that it belongs to where the schema knows one; gives its text. Known
/// fields must hold text, a number or null, or an object with a name; others are kept as they are.
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
        (Some(field), Value::Object(mut object)) if object.get("name").is_some_and(is_plain) => {
            text_of(object.remove("name").unwrap_or_default(), Some(field))
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

fn is_plain(value: &Value) -> bool {
    value.is_string() || value.is_null()
}
