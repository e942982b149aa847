//! One row of a table.

use std::sync::Arc;

use csv::StringRecord;

use super::header::Header;
use super::read_error::ReadError;

/// The rows of a table, read as they are asked for.
pub(super) type Rows = Box<dyn Iterator<Item = Result<Row, ReadError>> + Send>;

/// A row as it was given: a field for each column.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line on which it starts, counted from 1.
    pub line: u64,
    /// Counted from 1, without the header.
    pub(super) number: u64,
    pub(super) header: Arc<Header>,
    /// The fields, in the order of the columns.
    pub fields: StringRecord,
    /// The day that its date names, where it is not written so that it begins with the day.
    pub(super) read_date: Option<String>,
}

impl Row {
    /// Takes the line and the number of a row, both counted from 1, the columns and a field for each.
    pub(super) fn new(line: u64, number: u64, header: Arc<Header>, fields: StringRecord) -> Self {
        Row { line, number, header, fields, read_date: None }
    }

    /// The row's date: the day where it could be read, else as it stands there.
    pub(super) fn date(&self) -> String {
        self.read_date.clone().unwrap_or_else(|| self.trimmed("date"))
    }

    /// The names of the columns; the rows of one table share them.
    pub fn columns(&self) -> &Arc<[String]> {
        &self.header.names
    }

    /// Takes the exact name of a column; gives the row's field there.
    pub fn field_named(&self, column: &str) -> Option<&str> {
        let index = self.columns().iter().position(|name| name == column)?;
        self.fields.get(index)
    }

    /// Takes a field of the schema; gives its value, empty where the table does not have it.
    pub(super) fn get(&self, field: &str) -> &str {
        self.header.index(field).and_then(|index| self.fields.get(index)).unwrap_or_default()
    }

    /// As [`Row::get`], without the apostrophe that keeps a spreadsheet from running a field that begins
    /// like a formula.
    pub(super) fn unmarked(&self, field: &str) -> &str {
        let value = self.get(field);
        let is_formula = |inner: &&str| inner.starts_with(['=', '+', '-', '@', '\t', '\r']);
        value.strip_prefix('\'').filter(is_formula).unwrap_or(value)
    }

    /// As [`Row::get`], without white space around the value.
    pub(super) fn trimmed(&self, field: &str) -> String {
        self.get(field).trim().to_string()
    }

    /// The row's id; where it has none, the name of its source and its number.
    pub(super) fn id(&self, source: &str) -> String {
        let id = self.trimmed("id");
        if id.is_empty() { format!("{source}-{}", self.number) } else { id }
    }
}
