//! Writes tables as Parquet, batch by batch, with a type for each column.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::output::Output;
use super::typed_values::TypedValues;
use crate::error::Error;

/// A table that is written. What is not finished leaves no file.
pub struct ParquetTable {
    path: PathBuf,
    writer: SerializedFileWriter<Output>,
}

impl ParquetTable {
    /// Begins a table, given the names of its columns and some values of each, which have the column's
    /// type.
    pub fn new(output: Output, names: &[String], values: &[TypedValues]) -> Result<Self, Error> {
        let path = output.path().to_path_buf();
        let fields = names.iter().zip(values).map(|(name, values)| field(name, values));
        let fields: Result<Vec<TypePtr>, ParquetError> = fields.collect();
        let schema = fields.and_then(|fields| {
            Type::group_type_builder("table").with_fields(fields).build().map(Arc::new)
        });
        // Every program that reads Parquet unpacks this.
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let writer = schema.and_then(|schema| {
            SerializedFileWriter::new(output, schema, Arc::new(properties.build()))
        });
        let writer = writer.map_err(|error| failed(&path, error))?;
        Ok(ParquetTable { path, writer })
    }

    /// Writes some rows, as values of each column in the order of the names.
    ///
    /// # Errors
    /// A file that cannot be written, and columns of other types or lengths than those before.
    pub fn write(&mut self, values: &[TypedValues]) -> Result<(), Error> {
        let written = self.writer.next_row_group().and_then(|mut group| {
            for values in values {
                let Some(mut column) = group.next_column()? else { break };
                write_column(&mut column, values)?;
                column.close()?;
            }
            group.close()
        });
        written.map(drop).map_err(|error| failed(&self.path, error))
    }

    /// Ends the table, and makes the file appear.
    pub fn finish(self) -> Result<(), Error> {
        let ended = self.writer.into_inner();
        ended.map_err(|error| failed(&self.path, error))?.finish()
    }
}

/// The error of a failed write, of the system or of the crate, with the path.
fn failed(path: &Path, error: ParquetError) -> Error {
    let error = match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    };
    Error::write(path, error)
}

fn field(name: &str, values: &TypedValues) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match values {
        TypedValues::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        TypedValues::Whole(_) => (Physical::INT64, None),
        TypedValues::Fraction(_) => (Physical::DOUBLE, None),
    };
    let field = Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    field.build().map(Arc::new)
}

fn write_column(
    column: &mut SerializedColumnWriter<'_>,
    values: &TypedValues,
) -> Result<(), ParquetError> {
    match values {
        TypedValues::Text(texts) => {
            let given = texts.iter().filter(|text| !text.is_empty());
            let given: Vec<ByteArray> = given.map(|text| ByteArray::from(text.as_str())).collect();
            let levels: Vec<i16> = texts.iter().map(|text| i16::from(!text.is_empty())).collect();
            column.typed::<ByteArrayType>().write_batch(&given, Some(&levels), None)?;
        }
        TypedValues::Whole(numbers) => {
            let levels = vec![1; numbers.len()];
            column.typed::<Int64Type>().write_batch(numbers, Some(&levels), None)?;
        }
        TypedValues::Fraction(numbers) => {
            let given: Vec<f64> = numbers.iter().flatten().copied().collect();
            let levels: Vec<i16> = numbers.iter().map(|n| i16::from(n.is_some())).collect();
            column.typed::<DoubleType>().write_batch(&given, Some(&levels), None)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let names = ["text", "start", "p"].map(String::from);
        let batch = |text: &str, p: Option<f64>| {
            vec![
                TypedValues::Text(vec![text.to_string(), String::new()]),
                TypedValues::Whole(vec![3, -1]),
                TypedValues::Fraction(vec![p, None]),
            ]
        };
        let first = batch("“Tolls”,\n\"é\"", Some(0.25));
        let mut table =
            ParquetTable::new(Output::create(Some(&path)).unwrap(), &names, &first).unwrap();
        table.write(&first).unwrap();
        assert!(!path.exists());
        table.write(&batch("b", None)).unwrap();
        table.finish().unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        assert_eq!(reader.num_row_groups(), 2);
        let rows: Vec<String> = reader.into_iter().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0], "{text: \"“Tolls”,\n\"é\"\", start: 3, p: 0.25}");
        assert_eq!(rows[1], "{text: null, start: -1, p: null}");
    }

    #[test]
    fn a_batch_of_other_types_is_an_error_and_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let whole = [TypedValues::Whole(vec![1]), TypedValues::Whole(vec![2])];
        let names = ["a", "b"].map(String::from);
        let mut table =
            ParquetTable::new(Output::create(Some(&path)).unwrap(), &names, &whole).unwrap();
        let uneven = [TypedValues::Whole(vec![1]), TypedValues::Whole(vec![2, 3])];
        assert!(table.write(&uneven).is_err());
        drop(table);
        assert!(!path.exists());
    }
}
