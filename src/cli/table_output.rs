//! Where the rows of the sentence table go: as text, or as typed columns.

use std::io::Write;

use rayon::prelude::*;

use crate::error::Error;
use crate::io::{Output, ParquetTable, TypedValues};
use crate::render::sentence_table::{Format, Layout, with_four_decimals};
use crate::sentence_table::Cell;

/// Initial capacity in bytes of the rows of an article.
const ROWS_CAPACITY: usize = 24 << 10;

/// Rows that one core made.
pub(super) enum TableRows {
    /// As they are written.
    Text(Vec<u8>),
    /// Values of each column; none before the first row.
    Typed(Vec<TypedValues>),
}

impl TableRows {
    fn new(format: Format) -> Self {
        match format {
            Format::Parquet => TableRows::Typed(Vec::new()),
            Format::Csv | Format::Jsonl => TableRows::Text(Vec::with_capacity(ROWS_CAPACITY)),
        }
    }

    /// Adds a row: one cell per column of the layout.
    pub(super) fn add<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>, layout: &Layout) {
        match self {
            TableRows::Text(bytes) => layout.add(cells, bytes),
            TableRows::Typed(columns) if columns.is_empty() => {
                columns.extend(cells.into_iter().map(|cell| {
                    let mut values = no_values(&cell);
                    add_value(&mut values, cell);
                    values
                }));
            }
            TableRows::Typed(columns) => {
                columns.iter_mut().zip(cells).for_each(|(values, cell)| add_value(values, cell));
            }
        }
    }
}

/// An empty column of the type of a cell.
fn no_values(cell: &Cell<'_>) -> TypedValues {
    match cell {
        Cell::Text(_) => TypedValues::Text(Vec::new()),
        Cell::Whole(_) => TypedValues::Whole(Vec::new()),
        Cell::Probability(_) => TypedValues::Fraction(Vec::new()),
    }
}

fn add_value(values: &mut TypedValues, cell: Cell<'_>) {
    match (values, cell) {
        (TypedValues::Text(all), Cell::Text(text)) => all.push(text.into_owned()),
        (TypedValues::Whole(all), Cell::Whole(number)) => {
            all.push(i64::try_from(number).unwrap_or(i64::MAX));
        }
        (TypedValues::Fraction(all), Cell::Probability(probability)) => {
            all.push(probability.map(with_four_decimals));
        }
        // The cells of a column are of one kind.
        _ => {}
    }
}

/// The rows of an article or of a block of sentences, and the error that ended them.
pub(super) struct MadeRows {
    rows: TableRows,
    end: Result<(), Error>,
}

/// Makes the rows of each item, on all cores. The items are freed there too, which takes time.
pub(super) fn made_rows<T: Send>(
    items: impl IndexedParallelIterator<Item = T>,
    format: Format,
    add: impl Fn(&T, &mut TableRows) -> Result<(), Error> + Sync,
) -> Vec<MadeRows> {
    let of_item = |item: T| {
        let mut rows = TableRows::new(format);
        let end = add(&item, &mut rows);
        MadeRows { rows, end }
    };
    items.map(of_item).collect()
}

/// A table that is written.
pub(super) enum TableOutput {
    /// As text.
    Text(Output),
    /// As Parquet, whose types the first rows tell.
    Typed {
        /// Taken once they are known.
        output: Option<Output>,
        names: Vec<String>,
        table: Option<Box<ParquetTable>>,
    },
}

impl TableOutput {
    /// Writes the head of a table.
    pub(super) fn new(mut output: Output, layout: &Layout) -> Result<Self, Error> {
        if layout.format() == Format::Parquet {
            let names = layout.columns().to_vec();
            return Ok(TableOutput::Typed { output: Some(output), names, table: None });
        }
        append(&mut output, &layout.head())?;
        Ok(TableOutput::Text(output))
    }

    /// Writes the rows of all items in order, up to the first error.
    pub(super) fn write(&mut self, items: Vec<MadeRows>) -> Result<(), Error> {
        let mut together: Vec<TypedValues> = Vec::new();
        let mut end = Ok(());
        for made in items {
            match (&mut *self, made.rows) {
                (TableOutput::Text(output), TableRows::Text(bytes)) => append(output, &bytes)?,
                (_, TableRows::Typed(columns)) if together.is_empty() => together = columns,
                (_, TableRows::Typed(columns)) => {
                    together.iter_mut().zip(columns).for_each(|(all, later)| all.append(later));
                }
                (TableOutput::Typed { .. }, TableRows::Text(_)) => {}
            }
            end = made.end;
            if end.is_err() {
                break;
            }
        }
        self.write_typed(&together)?;
        end
    }

    /// Writes a group of rows; nothing where there are none.
    fn write_typed(&mut self, columns: &[TypedValues]) -> Result<(), Error> {
        let TableOutput::Typed { output, names, table } = self else { return Ok(()) };
        if columns.is_empty() {
            return Ok(());
        }
        if let Some(output) = output.take() {
            *table = Some(Box::new(ParquetTable::new(output, names, columns)?));
        }
        table.as_mut().map_or(Ok(()), |table| table.write(columns))
    }

    /// Completes the table.
    pub(super) fn finish(self) -> Result<(), Error> {
        match self {
            TableOutput::Text(output) => output.finish(),
            TableOutput::Typed { output: Some(output), names, .. } => {
                let none = vec![TypedValues::Text(Vec::new()); names.len()];
                ParquetTable::new(output, &names, &none)?.finish()
            }
            TableOutput::Typed { table, .. } => table.map_or(Ok(()), |table| table.finish()),
        }
    }
}

fn append(output: &mut Output, bytes: &[u8]) -> Result<(), Error> {
    output.write_all(bytes).map_err(|error| output.failed(error))
}
