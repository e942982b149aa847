//! Reads the dates of a table. Where a date such as 01/02/2019 can be one of two days, the other dates of
//! its column decide.

use std::collections::VecDeque;

use super::column_names::is_unix_time;
use super::missing_value::is_missing;
use super::read_error::ReadError;
use super::reading_notes::ReadingNotes;
use super::row::{Row, Rows};
use crate::written_date::{DateOrder, WrittenDate, begins_with_day, day, day_of_unix_time};

/// Maximum number of rows that are read ahead to find a date that decides: a column in which so many
/// days and months are all below 13 is not decided by the next row either.
const MAX_AHEAD: usize = 10_000;
/// Maximum number of bytes of these rows.
const MAX_AHEAD_BYTES: usize = 64 << 20;

/// The rows of a table with their dates read.
pub(super) struct DatedRows {
    rows: Rows,
    /// How the user says that dates are written.
    format: Option<String>,
    order: Option<DateOrder>,
    has_looked_ahead: bool,
    ahead: VecDeque<Result<Row, ReadError>>,
    notes: ReadingNotes,
}

impl DatedRows {
    pub(super) fn new(rows: Rows, format: Option<String>, notes: ReadingNotes) -> Self {
        DatedRows {
            rows,
            format,
            order: None,
            has_looked_ahead: false,
            ahead: VecDeque::new(),
            notes,
        }
    }

    /// What a row's date says; none where it is empty, as it should be, or not to be read.
    fn written(&self, row: &Row) -> Option<WrittenDate> {
        let text = row.get("date").trim();
        match &self.format {
            Some(format) => day(format, text).map(WrittenDate::Day),
            None if row.header.name_of("date").is_some_and(is_unix_time) => {
                day_of_unix_time(text).map(WrittenDate::Day).or_else(|| WrittenDate::read(text))
            }
            None => WrittenDate::read(text),
        }
    }

    /// Reads rows until a date tells the order.
    fn look_ahead(&mut self) {
        self.has_looked_ahead = true;
        let mut n_bytes = 0;
        while self.order.is_none() && self.ahead.len() < MAX_AHEAD && n_bytes < MAX_AHEAD_BYTES {
            let Some(row) = self.rows.next() else { return };
            if let Ok(row) = &row {
                n_bytes += row.fields.as_slice().len();
                if let Some(WrittenDate::InOrder(_, order)) = self.written(row) {
                    self.order = Some(order);
                }
            }
            self.ahead.push_back(row);
        }
    }

    fn read(&mut self, mut row: Row) -> Row {
        let text = row.trimmed("date");
        // What begins with a day is a date as it stands.
        if text.is_empty() || is_missing(&text) || begins_with_day(&text) && self.format.is_none() {
            return row;
        }
        let written = self.written(&row);
        let is_open =
            matches!(written, Some(WrittenDate::EitherOrder { .. })) && self.order.is_none();
        if is_open && !self.has_looked_ahead {
            self.look_ahead();
        }
        if let Some(WrittenDate::InOrder(_, order)) = written {
            let is_other = *self.order.get_or_insert(order) != order;
            is_other.then(|| self.notes.other_order(&text));
        }
        match written.map(|written| written.day(self.order)) {
            Some(Some(day)) => row.read_date = Some(day.to_string()),
            Some(None) => self.notes.either_order(&text),
            None => self.notes.unread_date(&text),
        }
        row
    }
}

impl Iterator for DatedRows {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.ahead.pop_front().or_else(|| self.rows.next())?;
        Some(row.map(|row| self.read(row)))
    }
}
