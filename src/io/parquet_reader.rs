//! Reads tables from Parquet, row by row; the packed file is held in memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::{Type, TypePtr};

use super::columns::Columns;
use super::file_reader::OpenedFile;
use super::header::Schema;
use super::row::Rows;
use super::typed_rows::{Cells, typed_rows};
use crate::error::Error;

/// Maximum size in bytes of a file, of what it says to hold unpacked in one group of rows, and the maximum
/// number of its cells.
const MAX_FILE: usize = 1 << 30;
const MAX_GROUP: i64 = 2 << 30;
const MAX_CELLS: i64 = 1_000_000_000;

/// Number of rows that are unpacked at a time.
const BATCH_ROWS: usize = 256;

const MILLISECONDS_OF_DAY: i64 = 86_400_000;

/// The rows of a table in Parquet. Columns of lists and objects are left out.
pub(super) fn rows(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let path = file.path().to_path_buf();
    let refuse = |reason| Error::file(&path, reason);
    let bytes = Bytes::from(file.bytes(MAX_FILE)?);
    let reader = guarded(|| SerializedFileReader::new(bytes).map_err(damaged)).map_err(refuse)?;
    check_size(reader.metadata()).map_err(refuse)?;
    let all = reader.metadata().file_metadata().schema();
    let (simple, other): (Vec<TypePtr>, Vec<_>) =
        all.get_fields().iter().map(Arc::clone).partition(|field| is_simple(field));
    if let Some(field) = other.iter().find(|field| schema.is_field(field.name(), columns)) {
        let name = field.name();
        return Err(refuse(format!("the column `{name}` holds lists or objects; expected text")));
    }
    let names = simple.iter().map(|field| field.name().to_string()).collect();
    let units: Vec<bool> = simple.iter().map(|field| counts_nanoseconds(field)).collect();
    let projection = Type::group_type_builder(all.name()).with_fields(simple).build();
    let rows = guarded(|| {
        let rows = RowIter::from_file_into(Box::new(reader)).with_batch_size(BATCH_ROWS);
        rows.project(Some(projection.map_err(damaged)?)).map_err(damaged)
    });
    typed_rows(&path, (names, 1), cells(rows.map_err(refuse)?, units), schema, columns)
}

/// The cells of each row, up to the first that cannot be read.
fn cells(mut rows: RowIter<'static>, units: Vec<bool>) -> impl Iterator<Item = Cells> + Send {
    let (mut number, mut has_failed) = (0, false);
    std::iter::from_fn(move || {
        if has_failed {
            return None;
        }
        let row = guarded(|| rows.next().transpose().map_err(damaged)).transpose()?;
        has_failed = row.is_err();
        number += 1;
        Some(row.map(|row| {
            let values = row.get_column_iter().zip(&units);
            (number, values.map(|((_, value), unit)| text(value, *unit)).collect())
        }))
    })
}

/// Refuses files that say to hold more than is read.
fn check_size(metadata: &ParquetMetaData) -> Result<(), String> {
    let groups = metadata.row_groups();
    let n_columns = metadata.file_metadata().schema_descr().num_columns();
    let n_columns = i64::try_from(n_columns).unwrap_or(i64::MAX);
    let n_rows = groups.iter().fold(0_i64, |sum, group| sum.saturating_add(group.num_rows()));
    if n_rows.saturating_mul(n_columns) > MAX_CELLS {
        return Err(format!(
            "{n_rows} rows of {n_columns} columns, expected at most {MAX_CELLS} cells; write it without the \
             columns that are not needed, or as several files"
        ));
    }
    if groups.iter().any(|group| group.total_byte_size() > MAX_GROUP) {
        let limit = MAX_GROUP >> 30;
        return Err(format!(
            "a group of rows of more than {limit} GiB; write it with smaller groups (in pandas: \
             `row_group_size=100000`)"
        ));
    }
    let mut packings =
        groups.iter().flat_map(RowGroupMetaData::columns).map(ColumnChunkMetaData::compression);
    match packings.find(|packing| !is_bounded(*packing)) {
        Some(other) => Err(format!(
            "packed with {other}, expected snappy, zstd or lz4_raw; write it anew (in pandas: \
             `compression=\"snappy\"`)"
        )),
        None => Ok(()),
    }
}

/// Whether no more comes out of a page than it says; the crate unpacks the others to their end.
fn is_bounded(packing: Compression) -> bool {
    use Compression::{LZ4_RAW, SNAPPY, UNCOMPRESSED, ZSTD};
    matches!(packing, UNCOMPRESSED | SNAPPY | LZ4_RAW | ZSTD(_))
}

/// Whether a column holds one value in each row, of a kind that can be written as text.
fn is_simple(field: &Type) -> bool {
    let info = field.get_basic_info();
    let is_repeated = !info.has_repetition() || info.repetition() == Repetition::REPEATED;
    let is_other = matches!(
        info.converted_type(),
        ConvertedType::LIST | ConvertedType::MAP | ConvertedType::INTERVAL | ConvertedType::BSON
    );
    field.is_primitive() && !is_repeated && !is_other
}

fn counts_nanoseconds(field: &Type) -> bool {
    let logical = field.get_basic_info().logical_type_ref();
    matches!(logical, Some(LogicalType::Timestamp(moment)) if moment.unit == TimeUnit::NANOS)
}

/// A value as a table of text writes it; what is missing is empty.
fn text(value: &Field, is_nanoseconds: bool) -> String {
    match value {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Long(moment) if is_nanoseconds => moment_text(moment / 1_000_000),
        Field::TimestampMillis(moment) => moment_text(*moment),
        Field::TimestampMicros(moment) => moment_text(moment / 1000),
        Field::Date(day) => moment_text(i64::from(*day) * MILLISECONDS_OF_DAY),
        Field::Double(number) if number.is_nan() => String::new(),
        Field::Double(number) => number.to_string(),
        Field::Float(number) if number.is_nan() => String::new(),
        Field::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

/// Milliseconds since 1970 as `2031-03-04`, with the time where it is not midnight.
fn moment_text(moment: i64) -> String {
    let Ok(timestamp) = Timestamp::from_millisecond(moment) else { return moment.to_string() };
    let moment = timestamp.to_zoned(TimeZone::UTC).datetime();
    let has_time = moment.time() != jiff::civil::Time::midnight();
    if has_time { moment.to_string() } else { moment.date().to_string() }
}

/// What a reader gives; the crate meets some damage with a panic.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let end = catch_unwind(AssertUnwindSafe(read));
    end.unwrap_or_else(|_| Err(damaged("a value that no program writes")))
}

fn damaged(error: impl std::fmt::Display) -> String {
    let reason: String = error.to_string().chars().take(200).collect();
    format!("damaged, or of a kind that is not read ({reason}); write it anew with pandas or R")
}

#[cfg(test)]
pub(super) use tests::file as file_of_two_rows;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::row::Row;
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    const SCHEMA: Schema = Schema { required: &["text"], ..Schema::of(&["id", "text", "outlet"]) };

    /// A file of two rows: text, a moment, a day, a number and a list.
    pub(in crate::io) fn file(packing: Compression) -> Vec<u8> {
        let schema = "message m { required binary text (UTF8); optional int64 seen \
            (TIMESTAMP(NANOS,true)); required int32 date (DATE); optional double id; repeated binary tags; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = Arc::new(WriterProperties::builder().set_compression(packing).build());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let texts = ["It rained.", "“No,” said Ada Roe."].map(ByteArray::from);
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let moment = [1_930_000_000_000_000_000];
        column.typed::<Int64Type>().write_batch(&moment, Some(&[1, 0]), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&[22_000, -1], None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<DoubleType>().write_batch(&[7.0], Some(&[1, 0]), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let tags = ["a", "b", "c"].map(ByteArray::from);
        column
            .typed::<ByteArrayType>()
            .write_batch(&tags, Some(&[1, 1, 1]), Some(&[0, 1, 0]))
            .unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.into_inner().unwrap()
    }

    fn read(bytes: &[u8], pairs: &[&str]) -> Result<Vec<Row>, Error> {
        let file = OpenedFile::new(
            std::path::Path::new("f.parquet"),
            Box::new(std::io::Cursor::new(bytes.to_vec())),
        )?;
        let rows = rows(file, &SCHEMA, &Columns::parse(pairs)?)?;
        rows.map(|row| row.map_err(Error::from)).collect()
    }

    #[test]
    fn values_are_text() {
        for packing in [Compression::SNAPPY, Compression::LZ4_RAW, Compression::UNCOMPRESSED] {
            let rows = read(&file(packing), &[]).unwrap();
            let found: Vec<Vec<&str>> =
                rows.iter().map(|row| row.fields.iter().collect()).collect();
            let first = vec!["It rained.", "2031-02-27T23:06:40", "2030-03-27", "7"];
            assert_eq!(found, [first, vec!["“No,” said Ada Roe.", "", "1969-12-31", ""]]);
        }
    }

    #[track_caller]
    fn refused(bytes: &[u8], pairs: &[&str], expected: &str) {
        let message = read(bytes, pairs).unwrap_err().to_string();
        assert!(message.contains(expected) && message.contains("f.parquet"), "{message}");
    }

    #[test]
    fn files_that_cannot_be_used() {
        let whole = file(Compression::SNAPPY);
        refused(
            &whole,
            &["outlet=tags"],
            "the column `tags` holds lists or objects; expected text",
        );
        refused(&whole, &["text=body"], "no column `body`");
        refused(&whole[..whole.len() - 9], &[], "damaged");
        refused(b"PAR1", &[], "damaged");
        assert!(!is_bounded(Compression::LZ4) && is_bounded(Compression::SNAPPY));
    }
}
