//! Reads sentences that are to be labelled, one from each row of a table.

use std::path::Path;
use std::sync::Arc;

use super::columns::Columns;
use super::input_paths::{Inputs, Source};
use super::labelled_rows::{CheckedFields, UNLABELLED, other_names, title};
use super::reading_notes::ReadingNotes;
use super::records::{BadRows, RecordKind, Records};
use super::row::Row;
use crate::error::Error;
use crate::text::Span;

/// A row that holds a sentence.
#[derive(Debug, Clone)]
pub struct SentenceRow {
    /// The file it was read from.
    pub path: Arc<Path>,
    /// Bytes of the text where the target stands; none where the file gives no offsets.
    pub mention: Option<Span>,
    /// The row as it was given.
    pub row: Row,
}

impl SentenceRow {
    /// The sentence.
    pub fn text(&self) -> &str {
        // Offsets count what stands in the file.
        if self.mention.is_some() { self.row.get("text") } else { self.row.unmarked("text") }
    }

    /// What else the sentence calls the target, as it stands there.
    pub fn other_names(&self) -> Vec<String> {
        other_names(&self.row)
    }

    /// The target's name beside the string that stands in the text; empty where the row has none.
    pub fn subject(&self) -> &str {
        self.row.get("subject").trim()
    }

    /// The headline of the article; empty where the row has none.
    pub fn title(&self) -> &str {
        title(&self.row)
    }

    /// The sentence before; empty where the row has none.
    pub fn before(&self) -> &str {
        self.row.unmarked("before").trim()
    }

    /// The outlet; empty where the row has none.
    pub fn outlet(&self) -> &str {
        self.row.get("outlet").trim()
    }

    /// The date: the day where it could be read, else as it stands there; empty where the row has none.
    pub fn date(&self) -> String {
        self.row.date()
    }

    /// The target of the stance; empty where the row has none.
    pub fn target(&self) -> &str {
        self.row.unmarked("target")
    }
}

impl Inputs {
    /// Reads sentences, one from each row of a table: the rows that [`Inputs::examples`] reads where
    /// labels are optional, and with the same checks.
    pub fn sentences(
        self,
        columns: &Columns,
        bad_rows: BadRows,
    ) -> Result<Records<SentenceRow>, Error> {
        let kind = RecordKind { schema: &UNLABELLED, from_row, from_article: None, sameness: None };
        Records::new(kind, self, columns, bad_rows)
    }
}

fn from_row(row: Row, source: &Source, _: &ReadingNotes) -> Result<Option<SentenceRow>, String> {
    let mention = CheckedFields::new(&row)?.mention;
    Ok(Some(SentenceRow { path: Arc::clone(&source.path), mention, row }))
}
