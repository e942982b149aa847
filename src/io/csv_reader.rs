//! Reads CSV as RFC 4180 defines it, with any delimiter.
//!
//! The csv crate is not used, because it silently reads everything after a missing closing quotation
//! mark as one field, miscounts lines that end in carriage return and line feed, and does not limit
//! the size of a record. A test holds that both read well-formed tables alike.

use std::sync::Arc;

use super::columns::Columns;
use super::csv_record::{
    Record, most_frequent_delimiter, named_delimiter, never_closed, without_line_end,
};
use super::file_reader::{OpenedFile, Start};
use super::header::{Header, Schema};
use super::numbered_lines::{MAX_RECORD, NumberedLines};
use super::read_error::ReadError;
use super::row::{Row, Rows};
use crate::error::Error;

/// Whether a file begins with a line that names its delimiter, as spreadsheets write and read it.
pub(super) fn names_delimiter(start: &Start) -> bool {
    start.text.lines().next().and_then(named_delimiter).is_some()
}

/// The rows of a table whose header tells the delimiter.
pub(super) fn rows(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    Ok(Box::new(CsvReader::new(file.lines()?, None, schema, columns)?))
}

/// The rows of a table whose delimiter is the tab, unless its header has none.
pub(super) fn tab_rows(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let start = file.start().text;
    let header = start.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let is_other = !header.contains('\t') && header.contains([',', ';']);
    let delimiter = (!is_other).then_some(b'\t');
    Ok(Box::new(CsvReader::new(file.lines()?, delimiter, schema, columns)?))
}

/// The rows of a table.
struct CsvReader {
    lines: NumberedLines,
    delimiter: u8,
    header: Arc<Header>,
    n_rows: u64,
}

impl CsvReader {
    /// Reads the header; where no delimiter is given, the header tells it.
    fn new(
        mut lines: NumberedLines,
        mut delimiter: Option<u8>,
        schema: &'static Schema,
        columns: &Columns,
    ) -> Result<Self, Error> {
        let mut first = read_record(&mut lines, &mut delimiter)?;
        if let Some(named) = first.as_ref().and_then(Record::named_delimiter) {
            delimiter = Some(named);
            first = read_record(&mut lines, &mut delimiter)?;
        }
        let Some(record) = first else {
            let noun = schema.noun;
            let reason = format!("no {noun}: the file is empty; expected a header line and rows");
            return Err(Error::file(lines.path(), reason));
        };
        let refuse = |reason| Error::row(lines.path(), record.line, reason);
        let names = record.fields.iter().map(str::to_string).collect();
        let header = Header::new(names, schema, columns).map_err(refuse)?;
        let mut wanted = columns.renamed_fields().chain(schema.expected.iter().copied());
        let missing = wanted.find(|field| header.lacks(field));
        if let Some(field) = missing {
            return Err(refuse(header.missing_column(field, columns)));
        }
        let delimiter = delimiter.unwrap_or(b',');
        Ok(CsvReader { lines, delimiter, header: Arc::new(header), n_rows: 0 })
    }

    fn row(&mut self, record: Record) -> Result<Row, ReadError> {
        let Record { line, fields, .. } = record;
        let (found, expected) = (fields.len(), self.header.names.len());
        if found != expected {
            let reason = format!(
                "found {found} fields, expected {expected} as in the header; put a field that holds \
                 the mark `{}` or a line end between quotation marks",
                char::from(self.delimiter).escape_default()
            );
            return Err(ReadError::Row(Error::row(self.lines.path(), line, reason)));
        }
        Ok(Row::new(line, self.n_rows, Arc::clone(&self.header), fields))
    }
}

impl Iterator for CsvReader {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = read_record(&mut self.lines, &mut Some(self.delimiter)).transpose()?;
            // Spreadsheets write rows that hold nothing but separators, any number of them.
            let is_blank = |record: &Record| record.fields.iter().all(|f| f.trim().is_empty());
            if record.as_ref().is_ok_and(is_blank) {
                continue;
            }
            self.n_rows += 1;
            return Some(record.and_then(|record| self.row(record)));
        }
    }
}

/// Reads the next record; none at the end. Skips empty lines.
fn read_record(
    lines: &mut NumberedLines,
    delimiter: &mut Option<u8>,
) -> Result<Option<Record>, ReadError> {
    let mut started: Option<Record> = None;
    while let Some(line) = lines.next()? {
        if started.is_none() && without_line_end(&line.text).is_empty() && line.fault.is_none() {
            continue;
        }
        let delimiter = *delimiter.get_or_insert_with(|| most_frequent_delimiter(&line.text));
        let record = started.get_or_insert_with(|| Record::new(&line, delimiter));
        record.add(&line);
        if record.open_quote.is_none() || record.n_bytes > MAX_RECORD {
            break;
        }
    }
    let Some(mut record) = started else { return Ok(None) };
    if let Some(line) = record.open_quote {
        let reason = never_closed(line, record.n_bytes > MAX_RECORD);
        return Err(ReadError::File(Error::row(lines.path(), record.line, reason)));
    }
    match record.fault.take() {
        Some((line, reason)) => Err(ReadError::Row(Error::row(lines.path(), line, reason))),
        None => Ok(Some(record)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    const SCHEMA: Schema = Schema { noun: "articles", ..Schema::of(&["id", "text"]) };

    type Rows = Vec<(u64, Vec<String>)>;

    fn read(bytes: &[u8]) -> Result<Rows, Error> {
        let lines =
            NumberedLines::new(Path::new("f.csv"), Box::new(std::io::Cursor::new(bytes.to_vec())));
        let rows = CsvReader::new(lines, None, &SCHEMA, &Columns::default())?;
        let own = |row: Row| (row.line, row.fields.iter().map(str::to_string).collect());
        rows.map(|row| row.map(own).map_err(Error::from)).collect()
    }

    #[track_caller]
    fn check(table: &str, expected: &[(u64, &[&str])]) {
        let owned = |fields: &[&str]| fields.iter().map(|field| (*field).to_string()).collect();
        let expected: Rows = expected.iter().map(|&(line, fields)| (line, owned(fields))).collect();
        assert_eq!(read(table.as_bytes()).unwrap(), expected);
    }

    #[track_caller]
    fn refused(table: &[u8], expected: &str) {
        let message = read(table).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn fields_and_lines() {
        check("id,text\n1,a b\n2,\n", &[(2, &["1", "a b"]), (3, &["2", ""])]);
        check("id,text\r\n1,\"a\r\nb\"\r\n\r\n2,c", &[(2, &["1", "a\r\nb"]), (5, &["2", "c"])]);
        check("\n\nid,text\n\"1\",\"He said \"\"no\"\"\"\n", &[(4, &["1", "He said \"no\""])]);
        check("id,text\r1,a\r2,b\r", &[(2, &["1", "a"]), (3, &["2", "b"])]);
        check("id,text\n1,5\" pipe\n", &[(2, &["1", "5\" pipe"])]);
        check("id,text\n", &[]);
        check("id,text\n,\n1,a\n,,,\n \t, \n", &[(3, &["1", "a"])]);
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        check("id;text\n1;a, b\n", &[(2, &["1", "a, b"])]);
        check("id\ttext\n1\ta, b; c\n", &[(2, &["1", "a, b; c"])]);
        check("text\na\n", &[(2, &["a"])]);
    }

    #[test]
    fn a_first_line_may_name_the_delimiter() {
        check("sep=;\r\nid;text\r\n1;a, b\r\n", &[(3, &["1", "a, b"])]);
        check("sep=,\nid,text\n1,a;b\n", &[(3, &["1", "a;b"])]);
        check("\"sep=|\"\nid|text\n1|a, b; c\n", &[(3, &["1", "a, b; c"])]);
        check("sep=\t\nid\ttext\n1\ta\n", &[(3, &["1", "a"])]);
        check("sep=x,text\na,b\n", &[(2, &["a", "b"])]);
        refused(b"sep=;\n", "the file is empty");
    }

    #[test]
    fn rows_that_cannot_be_used() {
        refused(b"", "f.csv: no articles: the file is empty");
        refused(b"\n\r\n", "the file is empty");
        refused(b"id,text\n1\n", "f.csv, line 2: found 1 fields, expected 2");
        refused(b"id,text\n1,\"a\nb\"\n1,b,c\n", "line 4: found 3 fields, expected 2");
        refused(
            b"id,text\n1,a\n2,\"b\n3,c\n",
            "line 3: a quoted field opened on line 3 is never closed;",
        );
        refused(b"id,text\n1,\"a\nb\",\"c\nd", "line 2: a quoted field opened on line 3 is never");
        refused(
            b"id,text\n1,\"a\nb\" c\n",
            "line 3: a quoted field opened on line 2 is closed and then goes on with ` c`",
        );
        refused(b"id,text\n1,\"a\nb\0\"\n", "line 3: a NUL");
        refused(b"id,text\n1,caf\xc3\xa9\n2,\xff\n", "line 3: byte 0xFF");
        refused(b"id,\"text\n", "line 1: a quoted field opened on line 1 is never closed");
    }

    #[test]
    fn a_quoted_field_without_end_is_given_up() {
        let mut table = b"id,text\n1,\"a\n".to_vec();
        table.extend("line\n".repeat(5 << 20).bytes());
        refused(&table, "line 2: a quoted field opened on line 2 is never closed within 16 MiB");
    }

    #[test]
    fn reading_goes_on_after_a_bad_row() {
        let table = b"id,text\n1,\"a\nb\" c\n2\n3,\"d\0\ne\"\n4,f\n";
        let lines = NumberedLines::new(Path::new("f.csv"), Box::new(&table[..]));
        let rows = CsvReader::new(lines, None, &SCHEMA, &Columns::default()).unwrap();
        let rows: Vec<_> = rows.collect();
        assert!(rows[..3].iter().all(|row| matches!(row, Err(ReadError::Row(_)))));
        let last = rows[3].as_ref().unwrap();
        assert_eq!((last.line, last.number, last.get("text")), (7, 4, "f"));
        assert_eq!(rows.len(), 4);
    }

    fn is_blank(row: &[String]) -> bool {
        row.iter().all(|field| field.trim().is_empty())
    }

    fn written(rows: &[Vec<String>], crlf: bool) -> Vec<u8> {
        let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().terminator(end).from_writer(Vec::new());
        writer.write_record(["id", "text"]).unwrap();
        for row in rows {
            writer.write_record(row).unwrap();
        }
        writer.into_inner().unwrap()
    }

    proptest! {
        #[test]
        fn what_is_written_comes_back(
            rows in proptest::collection::vec(proptest::collection::vec("[a\",;\t \r\né“]{0,8}", 2), 1..6),
            crlf in any::<bool>(),
        ) {
            let found = read(&written(&rows, crlf)).unwrap();
            let filled = rows.iter().filter(|row| !is_blank(row)).cloned();
            let expected = filled.collect::<Vec<_>>();
            prop_assert_eq!(found.into_iter().map(|(_, f)| f).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn agrees_with_the_csv_crate(table in "id,text\n([ab ,\"\n]{0,6}(,|\n|\"\n\"|\"\"|,\")){0,12}") {
            if let Ok(found) = read(table.as_bytes()) {
                let mut reader = csv::ReaderBuilder::new();
                let reader = reader.flexible(true).from_reader(table.as_bytes());
                let records = reader.into_records();
                let owned = |row: csv::StringRecord| row.iter().map(String::from).collect::<Vec<_>>();
                let expected = records.map(|row| owned(row.unwrap())).filter(|row| !is_blank(row));
                let found = found.into_iter().map(|(_, fields)| fields);
                prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
            }
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
            let _ = read(&[b"id,text\n", &bytes[..]].concat());
        }
    }
}
