//! Tables that are given to Python.

use std::str::FromStr;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, StructArray,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use csv::StringRecord;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use rayon::prelude::*;

use crate::failure::{Failure, raised};

/// A table of Arrow batches.
#[pyclass(frozen, subclass, module = "framescope._core")]
#[derive(Clone)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn new(schema: Arc<Schema>, batches: Vec<RecordBatch>) -> Self {
        Table { schema, batches }
    }

    /// Reads a table that the command wrote as CSV. A column of numbers becomes one, unless it is among
    /// those that always hold texts; empty cells are null.
    pub(crate) fn of_csv(written: &[u8], texts: &[String]) -> Result<Self, Failure> {
        let fail = |error: csv::Error| Failure::Internal(error.to_string());
        let mut reader = csv::Reader::from_reader(written);
        let names = reader.headers().map_err(fail)?.clone();
        let mut builders: Vec<_> = names.iter().map(|_| StringBuilder::new()).collect();
        let mut row = StringRecord::new();
        while reader.read_record(&mut row).map_err(fail)? {
            for (builder, cell) in builders.iter_mut().zip(&row) {
                builder.append_option(Some(cell).filter(|cell| !cell.is_empty()));
            }
        }
        let cells = names.iter().zip(builders.iter_mut().map(StringBuilder::finish));
        let cells: Vec<(&str, StringArray)> = cells.collect();
        let columns = cells.into_par_iter().map(|(name, cells)| {
            let array = column(cells, texts.iter().any(|text| text == name));
            (Field::new(name, array.data_type().clone(), true), array)
        });
        Table::of_columns(columns.collect())
    }

    fn of_columns(columns: Vec<(Field, ArrayRef)>) -> Result<Self, Failure> {
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.into_iter().unzip();
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays);
        let batch = batch.map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Table::new(schema, vec![batch]))
    }
}

#[pymethods]
impl Table {
    /// Reads a table that the command wrote as CSV; see `of_csv`.
    #[staticmethod]
    fn from_csv(text: &str, texts: Vec<String>) -> PyResult<Self> {
        Table::of_csv(text.as_bytes(), &texts).map_err(raised)
    }

    /// Takes the names of columns, their kinds (text, whole or share), and rows of as many values.
    #[staticmethod]
    fn from_rows(
        names: Vec<String>,
        kinds: Vec<String>,
        rows: Vec<Vec<Bound<'_, PyAny>>>,
    ) -> PyResult<Self> {
        let mut columns = Vec::new();
        for (at, (name, kind)) in names.iter().zip(&kinds).enumerate() {
            let cells = rows.iter().filter_map(|row| row.get(at));
            let array: ArrayRef = match kind.as_str() {
                "whole" => Arc::new(values::<i64>(cells)?.into_iter().collect::<Int64Array>()),
                "share" => Arc::new(values::<f64>(cells)?.into_iter().collect::<Float64Array>()),
                _ => Arc::new(values::<String>(cells)?.into_iter().collect::<StringArray>()),
            };
            columns.push((Field::new(name, array.data_type().clone(), true), array));
        }
        Table::of_columns(columns).map_err(raised)
    }

    /// The kind of each column: text, whole or share.
    #[getter]
    fn kinds(&self) -> Vec<&'static str> {
        let kind = |field: &Arc<Field>| match field.data_type() {
            DataType::Int64 => "whole",
            DataType::Float64 => "share",
            _ => "text",
        };
        self.schema.fields().iter().map(kind).collect()
    }

    /// Number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The table as Arrow's stream, without a copy.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let arrays = self.batches.clone().into_iter();
        let arrays = arrays.map(|batch| Ok(Arc::new(StructArray::from(batch)) as ArrayRef));
        let field = Field::new_struct("", self.schema.fields().clone(), false);
        let reader = Box::new(ArrayIterator::new(arrays, field.into()));
        Ok(to_stream_pycapsule(py, reader, requested_schema)?)
    }

    /// The columns and their types in Arrow's form.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    /// A dictionary for each row; `None` where nothing stands.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = PyList::empty(py);
        for batch in &self.batches {
            for row in 0..batch.num_rows() {
                let cells = PyDict::new(py);
                for (field, array) in self.schema.fields().iter().zip(batch.columns()) {
                    cells.set_item(field.name(), cell(py, array, row)?)?;
                }
                rows.append(cells)?;
            }
        }
        Ok(rows)
    }
}

/// The values of cells; none where nothing stands.
fn values<'a, 'py: 'a, T: FromPyObjectOwned<'py>>(
    cells: impl Iterator<Item = &'a Bound<'py, PyAny>>,
) -> PyResult<Vec<Option<T>>> {
    cells.map(|cell| cell.extract::<Option<T>>().map_err(Into::into)).collect()
}

/// A cell as Python's own value.
fn cell<'py>(py: Python<'py>, array: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int64 => {
            array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any()
        }
        DataType::Float64 => {
            array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any()
        }
        _ => py.None().into_bound(py),
    })
}

/// The column of some cells: numbers where all that are given are numbers, and there are any.
fn column(cells: StringArray, is_text: bool) -> ArrayRef {
    if is_text || cells.null_count() == cells.len() {
        return Arc::new(cells);
    }
    if let Some(whole) = numbers::<i64>(&cells, |_| true) {
        return Arc::new(Int64Array::from(whole));
    }
    match numbers::<f64>(&cells, |share| share.is_finite()) {
        Some(shares) => Arc::new(Float64Array::from(shares)),
        None => Arc::new(cells),
    }
}

/// The numbers in some cells; none where a cell holds anything else.
fn numbers<T: FromStr>(cells: &StringArray, is_taken: fn(&T) -> bool) -> Option<Vec<Option<T>>> {
    let number = |cell: &str| cell.parse().ok().filter(is_taken);
    cells.iter().map(|cell| cell.map_or(Some(None), |cell| number(cell).map(Some))).collect()
}
