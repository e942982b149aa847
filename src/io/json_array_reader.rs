//! Reads tables that are one JSON array of objects, one object after another.
//!
//! The array is not held in memory: only the bounds of its elements are looked for here, and `serde_json`
//! reads each element.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::columns::Columns;
use super::header::Schema;
use super::json_object::{ObjectRows, no_json};
use super::numbered_lines::MAX_RECORD;
use super::read_error::ReadError;
use super::row::Row;
use crate::error::Error;

/// The rows of an array.
pub(super) struct JsonArrayReader {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    rows: ObjectRows,
    bounds: Bounds,
    /// Whether the array's `]` was read.
    is_closed: bool,
    has_ended: bool,
}

impl JsonArrayReader {
    /// Takes a reader of UTF-8 that stands before the array.
    pub(super) fn new(
        path: &Path,
        reader: Box<dyn BufRead + Send>,
        schema: &'static Schema,
        columns: &Columns,
    ) -> Self {
        let rows = ObjectRows::new(schema, columns);
        let bounds = Bounds { line: 1, ..Bounds::default() };
        let path = path.to_path_buf();
        JsonArrayReader { path, reader, rows, bounds, is_closed: false, has_ended: false }
    }

    /// The next element, with the line on which it begins; none at the end of the array.
    fn next_element(&mut self) -> Result<Option<(u64, Vec<u8>)>, ReadError> {
        let mut element = Vec::new();
        let mut line = None;
        while !self.is_closed {
            let Some(byte) = self.next_byte()? else {
                let reason = "the array is never closed by `]`; is the file damaged or cut off?";
                return Err(self.refuse(reason));
            };
            match self.bounds.add(byte) {
                Place::Between => {}
                Place::Element => {
                    line.get_or_insert(self.bounds.line);
                    element.push(byte);
                }
                Place::ElementEnd if element.is_empty() => {}
                Place::ElementEnd => break,
                Place::ArrayEnd => self.is_closed = true,
            }
            if element.len() > MAX_RECORD {
                let limit = MAX_RECORD >> 20;
                return Err(
                    self.refuse(&format!("an object of the array is longer than {limit} MiB"))
                );
            }
        }
        Ok(line.map(|line| (line, element)))
    }

    fn next_byte(&mut self) -> Result<Option<u8>, ReadError> {
        let read = self.reader.fill_buf().map(|buffer| buffer.first().copied());
        match read {
            Ok(byte) => {
                self.reader.consume(usize::from(byte.is_some()));
                Ok(byte)
            }
            Err(error) => {
                let reason = format!(
                    "cannot be read on from here: {error}; is the file damaged or cut off?"
                );
                Err(self.refuse(&reason))
            }
        }
    }

    fn refuse(&mut self, reason: &str) -> ReadError {
        self.has_ended = true;
        ReadError::File(Error::row(&self.path, self.bounds.line, reason))
    }

    /// Refuses whatever follows the array.
    fn check_end(&mut self) -> Result<(), ReadError> {
        while let Some(byte) = self.next_byte()? {
            self.bounds.line += u64::from(byte == b'\n');
            if !byte.is_ascii_whitespace() {
                return Err(self.refuse("something follows the `]` that closes the array"));
            }
        }
        Ok(())
    }
}

impl Iterator for JsonArrayReader {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        match self.next_element() {
            Err(error) => Some(Err(error)),
            Ok(Some((line, element))) => {
                let object = serde_json::from_slice(&element).map_err(|error| no_json(&error));
                let row = self.rows.row(line, object);
                Some(row.map_err(|reason| ReadError::Row(Error::row(&self.path, line, reason))))
            }
            Ok(None) => {
                self.has_ended = true;
                match self.check_end() {
                    Err(error) => Some(Err(error)),
                    Ok(()) => self.rows.never_seen(&self.path).map(Err),
                }
            }
        }
    }
}

/// What a byte belongs to.
enum Place {
    /// Before the array, or white space.
    Between,
    Element,
    /// The comma behind an element.
    ElementEnd,
    ArrayEnd,
}

/// Follows an array byte by byte.
#[derive(Default)]
struct Bounds {
    line: u64,
    /// Open brackets and braces; 1 within the array itself.
    depth: u64,
    is_in_string: bool,
    is_escaped: bool,
}

impl Bounds {
    fn add(&mut self, byte: u8) -> Place {
        self.line += u64::from(byte == b'\n');
        if self.is_in_string {
            self.is_in_string = self.is_escaped || byte != b'"';
            self.is_escaped = !self.is_escaped && byte == b'\\';
            return Place::Element;
        }
        match byte {
            b'[' if self.depth == 0 => {
                self.depth = 1;
                return Place::Between;
            }
            _ if self.depth == 0 => return Place::Between,
            b']' if self.depth == 1 => return Place::ArrayEnd,
            b',' if self.depth == 1 => return Place::ElementEnd,
            b'"' => self.is_in_string = true,
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1).max(1),
            _ if self.depth == 1 && byte.is_ascii_whitespace() => return Place::Between,
            _ => {}
        }
        Place::Element
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCHEMA: Schema =
        Schema { noun: "articles", required: &["text"], ..Schema::of(&["id", "text"]) };

    fn read(bytes: &[u8]) -> Result<Vec<Row>, Error> {
        let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
        let rows = JsonArrayReader::new(Path::new("f.json"), reader, &SCHEMA, &Columns::default());
        rows.map(|row| row.map_err(Error::from)).collect()
    }

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let message = read(text.as_bytes()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn elements_are_rows() {
        let text = "\u{feff}[\n {\"text\": \"a, [\\\"b\\\\\",\n  \"n\": [1, {\"x\": \"]\"}]},{\"text\":\"c\"}\n]\n";
        let rows = read(text.as_bytes()).unwrap();
        let found: Vec<_> = rows.iter().map(|row| (row.line, row.get("text"))).collect();
        assert_eq!(found, [(2, "a, [\"b\\"), (3, "c")]);
        assert_eq!(read(b"[]").unwrap().len(), 0);
        assert_eq!(read(b"[{\"text\":\"a\"},]").unwrap().len(), 1);
    }

    #[test]
    fn arrays_that_cannot_be_used() {
        refused("[{\"text\":\"a\"},\n{\"text\":", "line 2: the array is never closed");
        refused("[{\"text\":\"a\"}]\n{}", "line 2: something follows the `]`");
        refused("[{\"text\":}]", "line 1: cannot be read as JSON: expected value");
        refused("[\"a\"]", "expected an object with a key for each field");
        refused("[{\"text\":\"a\"}}]", "trailing characters");
        refused("[{\"id\":1}]", "line 1: no column `text`, found `id`");
        refused(&format!("[{}", "[".repeat(5000)), "never closed");
        refused(&format!("[{}1{}]", "[".repeat(5000), "]".repeat(5000)), "an object with a key");
    }

    #[test]
    fn a_huge_element_is_refused() {
        let text = format!("[{{\"text\":\"{}\"}}]", "word ".repeat(4 << 20));
        refused(&text, "an object of the array is longer than 16 MiB");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "\\[?([{}\\[\\]\",:\\\\a \n]{0,3}(\"text\":\"a\")?){0,20}") {
            let _ = read(text.as_bytes());
        }

        #[test]
        fn what_is_written_comes_back(texts in proptest::collection::vec("\\PC{0,20}", 0..5)) {
            let objects: Vec<_> =
                texts.iter().map(|text| serde_json::json!({ "text": text, "n": [text] })).collect();
            for written in [
                serde_json::to_vec(&objects).unwrap(),
                serde_json::to_vec_pretty(&objects).unwrap(),
            ] {
                let rows = read(&written).unwrap();
                let found: Vec<_> = rows.iter().map(|row| row.get("text")).collect();
                prop_assert_eq!(found, texts.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
    }
}
