//! Tables of Python as the library reads them.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use csv::StringRecord;
use framescope::io::{Held, HeldRows, HeldTable};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

/// A table that stands in memory, as text in every cell.
#[pyclass(frozen, module = "framescope._core")]
pub(crate) struct Frame {
    table: Arc<HeldTable>,
}

#[pymethods]
impl Frame {
    /// Takes a table, reader or data frame that exports Arrow's stream; strings are not copied.
    #[staticmethod]
    fn from_arrow(py: Python<'_>, table: AnyRecordBatch) -> PyResult<Self> {
        let (batches, schema) = table.into_table()?.into_inner();
        let text: Arc<[TextBatch]> = py.detach(|| batches.iter().map(text_columns).collect());
        let names = schema.fields().iter().map(|field| field.name().clone()).collect();
        let n_rows = batches.iter().map(|batch| batch.num_rows() as u64).sum();
        Ok(Frame::of(names, n_rows, move || rows(Arc::clone(&text))))
    }

    /// Takes the names of columns, and rows of as many texts.
    #[staticmethod]
    fn from_rows(names: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let rows: Arc<[Vec<String>]> = rows.into();
        let n_rows = rows.len() as u64;
        Frame::of(names, n_rows, move || {
            let rows = Arc::clone(&rows);
            Box::new((0..rows.len()).map(move |at| Ok(StringRecord::from(rows[at].as_slice()))))
        })
    }

    /// Number of rows.
    fn __len__(&self) -> usize {
        usize::try_from(self.table.n_rows).unwrap_or(usize::MAX)
    }
}

impl Frame {
    fn of(
        columns: Vec<String>,
        n_rows: u64,
        rows: impl Fn() -> HeldRows + Send + Sync + 'static,
    ) -> Self {
        Frame { table: Arc::new(HeldTable { columns, n_rows, rows: Box::new(rows) }) }
    }
}

/// What a command finds under the names of tables.
pub(crate) fn held(frames: &BTreeMap<String, Py<Frame>>) -> Held {
    let tables = frames.iter().map(|(name, frame)| (name.clone(), Arc::clone(&frame.get().table)));
    Held { tables: tables.collect(), ..Held::default() }
}

/// The cells of a batch.
struct TextBatch {
    n_rows: usize,
    columns: Vec<TextColumn>,
}

/// A column in one of Arrow's three layouts of text; none of it where its values are no single texts.
enum TextColumn {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    None,
}

impl TextColumn {
    fn of(array: &ArrayRef) -> Self {
        match array.data_type() {
            DataType::Utf8 => TextColumn::Small(array.as_string().clone()),
            DataType::LargeUtf8 => TextColumn::Large(array.as_string().clone()),
            DataType::Utf8View => TextColumn::View(array.as_string_view().clone()),
            kind if kind.is_nested() => TextColumn::None,
            _ => match cast(array, &DataType::LargeUtf8) {
                Ok(text) => TextColumn::Large(text.as_string().clone()),
                Err(_) => TextColumn::None,
            },
        }
    }

    /// The text of a row; empty where there is none.
    fn text(&self, row: usize) -> &str {
        match self {
            TextColumn::Small(texts) if texts.is_valid(row) => texts.value(row),
            TextColumn::Large(texts) if texts.is_valid(row) => texts.value(row),
            TextColumn::View(texts) if texts.is_valid(row) => texts.value(row),
            _ => "",
        }
    }
}

fn text_columns(batch: &RecordBatch) -> TextBatch {
    let columns = batch.columns().iter().map(TextColumn::of).collect();
    TextBatch { n_rows: batch.num_rows(), columns }
}

fn rows(batches: Arc<[TextBatch]>) -> HeldRows {
    let places: Vec<(usize, usize)> =
        batches.iter().enumerate().map(|(at, batch)| (at, batch.n_rows)).collect();
    let places = places.into_iter().flat_map(|(at, n_rows)| (0..n_rows).map(move |row| (at, row)));
    Box::new(places.map(move |(at, row)| {
        let columns = batches[at].columns.iter();
        Ok(columns.map(|column| column.text(row)).collect())
    }))
}
