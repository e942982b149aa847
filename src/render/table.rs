//! A table before any format is chosen: columns, and rows of typed cells.

use std::ops::Range;

use super::cell::Cell;

/// Maximum number of labels side by side; a model with more gets several tables.
const LABELS: usize = 3;

/// A table whose first column names its rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// One column. Readers see `group` and `name`; CSV has `fields`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// What it shares with its neighbours, such as a label; empty where it stands alone.
    pub(super) group: String,
    pub(super) name: String,
    pub(super) alignment: Alignment,
    /// The names of its fields in CSV, as many as its cells have; none where CSV lacks it.
    pub(super) fields: Vec<String>,
    /// Whether readers see it.
    is_shown: bool,
}

/// Columns, each with its cell of a row.
pub(super) type Columns<R, const N: usize> = [(Column, fn(&R) -> Cell); N];

/// Names of fields in CSV, each with its cell of a row.
type Fields<'n, R, const N: usize> = [(&'n str, fn(&R) -> Cell); N];

/// On which side of a column its cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alignment {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

impl Column {
    /// A column of text.
    pub(super) fn text(name: impl Into<String>) -> Self {
        let name = name.into();
        let fields = vec![name.clone()];
        Column { group: String::new(), name, alignment: Alignment::Left, fields, is_shown: true }
    }

    /// A column of numbers.
    pub(super) fn number(name: impl Into<String>) -> Self {
        Column { alignment: Alignment::Right, ..Column::text(name) }
    }

    /// A column that only CSV has.
    pub(super) fn csv_only(fields: &[&str]) -> Self {
        Column { is_shown: false, ..Column::text("") }.fields(fields)
    }

    /// The same column among those of a group.
    pub(super) fn of(self, group: impl Into<String>) -> Self {
        Column { group: group.into(), ..self }
    }

    /// The same column with other fields in CSV.
    pub(super) fn fields(self, fields: &[&str]) -> Self {
        Column { fields: fields.iter().map(|&field| field.to_owned()).collect(), ..self }
    }
}

/// Columns of numbers.
pub(super) fn numbers<'n>(
    names: impl IntoIterator<Item = &'n str>,
) -> impl Iterator<Item = Column> {
    names.into_iter().map(Column::number)
}

/// A figure that measures the same of every label.
///
/// Readers get it wide: a row per name, the labels side by side. CSV gets it long: a row per name
/// and label.
#[derive(Debug)]
pub(super) struct LabelTable {
    pub(super) caption: String,
    /// The columns that say what a row is about. In CSV the label stands behind them.
    pub(super) names: Vec<Column>,
    /// The columns of what its measures rest on.
    pub(super) counts: Vec<Column>,
    /// The columns of a label's measures.
    pub(super) measures: fn(&str) -> Vec<Column>,
    pub(super) rows: Vec<LabelRow>,
}

/// A row of a [`LabelTable`].
#[derive(Debug)]
pub(super) struct LabelRow {
    pub(super) names: Vec<Cell>,
    pub(super) counts: Vec<Cell>,
    /// The measures of each label.
    pub(super) measures: Vec<Vec<Cell>>,
}

impl LabelTable {
    /// As readers see it: a table for every few labels; none where there are no rows.
    pub(super) fn wide(&self, labels: &[String]) -> Vec<Table> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let starts = (0..labels.len()).step_by(LABELS);
        starts
            .map(|start| self.side_by_side(labels, start..(start + LABELS).min(labels.len())))
            .collect()
    }

    fn side_by_side(&self, labels: &[String], range: Range<usize>) -> Table {
        let measures: Vec<Vec<Column>> =
            labels[range.clone()].iter().map(|label| (self.measures)(label)).collect();
        let columns = self.names.iter().chain(&self.counts).chain(measures.iter().flatten());
        let row = |row: &LabelRow| {
            let names =
                self.names.iter().zip(&row.names).chain(self.counts.iter().zip(&row.counts));
            let of_labels = measures.iter().zip(&row.measures[range.clone()]);
            let measures = of_labels.flat_map(|(columns, cells)| columns.iter().zip(cells));
            let shown = names.chain(measures).filter(|(column, _)| column.is_shown);
            shown.map(|(_, cell)| cell.clone()).collect()
        };
        Table {
            caption: self.caption.clone(),
            columns: columns.filter(|column| column.is_shown).cloned().collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// As CSV has it. A row that has fewer measures than there are columns ends early.
    pub(super) fn long(&self, labels: &[String]) -> Table {
        let label = [Column::text("label")];
        let columns = self.names.iter().chain(&label).chain(&self.counts).cloned();
        let row = |(row, label): (&LabelRow, usize)| {
            let name = [Cell::text(&labels[label])];
            let names = row.names.iter().chain(&name).chain(&row.counts);
            names.chain(&row.measures[label]).cloned().collect()
        };
        let rows =
            self.rows.iter().flat_map(|row| (0..labels.len()).map(move |label| (row, label)));
        Table {
            caption: self.caption.clone(),
            columns: columns.chain((self.measures)("")).collect(),
            rows: rows.map(row).collect(),
        }
    }
}

impl Table {
    /// A table that shows the same of every row: each column with its cell.
    pub(super) fn of<R, const N: usize>(
        caption: impl Into<String>,
        columns: Columns<R, N>,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        let row = |row: R| columns.iter().map(|(_, cell)| cell(&row)).collect();
        let rows = rows.into_iter().map(row).collect();
        let columns = columns.into_iter().map(|(column, _)| column).collect();
        Table { caption: caption.into(), columns, rows }
    }

    /// The same for CSV, where a column is a field.
    pub(super) fn of_fields<R, const N: usize>(
        fields: Fields<'_, R, N>,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        Table::of("", fields.map(|(name, cell)| (Column::text(name), cell)), rows)
    }
}
