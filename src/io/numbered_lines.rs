//! Lines of a file with their numbers. Finds whatever makes a line unusable.

use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use super::read_error::ReadError;
use crate::error::Error;

/// Maximum size in bytes of a row, line, text or page. No article is as large; a field whose closing
/// quotation mark is missing is, and so are files of other kinds.
pub(super) const MAX_RECORD: usize = 16 << 20;

/// The lines of one file.
pub(super) struct NumberedLines {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    /// The number of the last line.
    number: u64,
    /// What ends a line: a line feed, or a carriage return in files without line feeds.
    end: u8,
    bytes: Vec<u8>,
}

/// One line.
pub(super) struct NumberedLine<'a> {
    /// Counted from 1.
    pub(super) number: u64,
    /// With its line end. Invalid bytes are replaced, and `fault` says so.
    pub(super) text: Cow<'a, str>,
    /// Why the row on this line is unusable.
    pub(super) fault: Option<String>,
    /// Whether the line is too long, so that its end is missing.
    pub(super) is_cut: bool,
}

impl NumberedLine<'_> {
    /// The text, or why it is unusable.
    pub(super) fn checked(&self) -> Result<&str, String> {
        self.fault.clone().map_or(Ok(&*self.text), Err)
    }
}

impl NumberedLines {
    /// Takes the path that messages name, and a reader of UTF-8.
    pub(super) fn new(path: &Path, mut reader: Box<dyn BufRead + Send>) -> Self {
        let end = line_end(reader.fill_buf().unwrap_or_default());
        NumberedLines { path: path.to_path_buf(), reader, number: 0, end, bytes: Vec::new() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The next line; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<NumberedLine<'_>>, ReadError> {
        self.bytes.clear();
        let limit = MAX_RECORD as u64;
        let read = self.reader.by_ref().take(limit).read_until(self.end, &mut self.bytes);
        self.number += 1;
        if read.map_err(|error| self.unreadable(&error))? == 0 {
            return Ok(None);
        }
        let is_cut = self.bytes.len() == MAX_RECORD && self.bytes.last() != Some(&self.end);
        if is_cut {
            self.reader.skip_until(self.end).map_err(|error| self.unreadable(&error))?;
        }
        let (text, fault) = text_of(&self.bytes);
        let fault = if is_cut { Some(too_large()) } else { fault };
        Ok(Some(NumberedLine { number: self.number, text, fault, is_cut }))
    }

    /// The rest of the file as one text of at most `max` bytes, with its line ends.
    pub(super) fn into_text(mut self, max: usize) -> Result<String, ReadError> {
        let path = self.path.clone();
        let mut text = String::new();
        while let Some(line) = self.next()? {
            let refuse = |reason| ReadError::Row(Error::row(&path, line.number, reason));
            text.push_str(line.checked().map_err(refuse)?);
            if text.len() > max {
                return Err(ReadError::Row(Error::file(&path, too_large())));
            }
        }
        Ok(text)
    }

    fn unreadable(&self, error: &std::io::Error) -> ReadError {
        let reason =
            format!("cannot be read on from here: {error}; is the file damaged or cut off?");
        ReadError::File(Error::row(&self.path, self.number, reason))
    }
}

/// Why a line or a text is too large.
fn too_large() -> String {
    let limit = MAX_RECORD >> 20;
    format!("longer than {limit} MiB, the most one article may have; is this a table of articles?")
}

fn line_end(start: &[u8]) -> u8 {
    let has_return = start.iter().rev().skip(1).any(|&byte| byte == b'\r');
    if has_return && !start.contains(&b'\n') { b'\r' } else { b'\n' }
}

/// Takes a line of bytes; gives its text, and why it is unusable.
fn text_of(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    let checked = std::str::from_utf8(bytes);
    let fault = match (memchr::memchr(0, bytes), &checked) {
        (None, Ok(text)) => return (Cow::Borrowed(text), None),
        (Some(at), _) => {
            let column = at + 1;
            format!("a NUL at byte {column} of the line: not a text file; save it as UTF-8")
        }
        (None, Err(error)) => {
            let at = error.valid_up_to();
            let (byte, column) = (bytes[at], at + 1);
            format!(
                "byte 0x{byte:02X} at byte {column} of the line is not UTF-8, in which the file is \
                 written otherwise; save it anew as UTF-8"
            )
        }
    };
    (String::from_utf8_lossy(bytes), Some(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: Vec<u8>) -> NumberedLines {
        NumberedLines::new(Path::new("f.txt"), Box::new(std::io::Cursor::new(bytes)))
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[(u64, &str)]) {
        let mut lines = lines(bytes.to_vec());
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push((line.number, line.text.into_owned()));
        }
        let expected: Vec<_> = expected.iter().map(|&(n, text)| (n, text.to_string())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_line_end() {
        check(b"a\n\nb", &[(1, "a\n"), (2, "\n"), (3, "b")]);
        check(b"a\r\nb\r\n", &[(1, "a\r\n"), (2, "b\r\n")]);
        check(b"a\rb\r", &[(1, "a\r"), (2, "b\r")]);
        check(b"a\r", &[(1, "a\r")]);
        check(b"", &[]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_next_is_read() {
        let mut lines = lines(b"caf\xc3\xa9\nb\xffd\nn\0l\nfine".to_vec());
        let faults = |lines: &mut NumberedLines| lines.next().unwrap().unwrap().fault;
        assert_eq!(faults(&mut lines), None);
        assert!(faults(&mut lines).unwrap().contains("0xFF at byte 2"));
        assert!(faults(&mut lines).unwrap().contains("NUL at byte 2"));
        assert_eq!(faults(&mut lines), None);
        assert!(lines.next().unwrap().is_none());
    }

    #[test]
    fn a_huge_line_is_cut_and_the_next_is_read() {
        let mut bytes = vec![b'x'; 50 << 20];
        bytes.extend(b"\nfine\n");
        let mut lines = lines(bytes);
        let huge = lines.next().unwrap().unwrap();
        assert_eq!(huge.text.len(), MAX_RECORD);
        assert!(huge.fault.unwrap().contains("16 MiB"));
        let fine = lines.next().unwrap().unwrap();
        assert_eq!((fine.number, fine.text.as_ref(), fine.fault), (2, "fine\n", None));
    }

    #[test]
    fn a_line_of_just_the_limit_is_fine() {
        let mut bytes = vec![b'x'; MAX_RECORD - 1];
        bytes.push(b'\n');
        let mut lines = lines(bytes);
        assert_eq!(lines.next().unwrap().unwrap().fault, None);
        assert!(lines.next().unwrap().is_none());
    }
}
