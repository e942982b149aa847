//! Opens files: as lines of UTF-8, without their compression and encoding, or as bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::encoding::{Utf8Reader, WINDOW};
use super::file_hash::FileHashes;
use super::numbered_lines::NumberedLines;
use super::progress::Progress;
use crate::error::Error;

/// Size of the buffer in bytes: so large that calls to the system cost next to nothing.
const BUFFER: usize = 64 << 10;

type BoxedReader = Box<dyn Read + Send>;

/// How a file begins, up to 64 KiB, decoded. Bytes that are no text are replaced.
pub(super) struct Start {
    pub(super) text: String,
    /// As they are in the file.
    pub(super) bytes: Vec<u8>,
}

/// A file without its compression, of which nothing but the start was looked at.
pub(super) struct OpenedFile {
    path: PathBuf,
    start: Vec<u8>,
    /// Why the start is all that could be read.
    failure: Option<io::Error>,
    rest: BoxedReader,
}

impl OpenedFile {
    /// Takes the path of a file; counts and hashes its bytes while they are read.
    pub(super) fn open(
        path: &Path,
        progress: &Progress,
        hashes: Option<&FileHashes>,
    ) -> Result<Self, Error> {
        OpenedFile::hashed(path, Box::new(progress.count(open(path)?)), hashes)
    }

    /// Takes the path of a file that is no input.
    pub(super) fn at(path: &Path) -> Result<Self, Error> {
        OpenedFile::new(path, Box::new(open(path)?))
    }

    /// Takes the name by which messages call standard input.
    pub(super) fn standard_input(
        path: &Path,
        progress: &Progress,
        hashes: Option<&FileHashes>,
    ) -> Result<Self, Error> {
        OpenedFile::hashed(path, Box::new(progress.count(io::stdin())), hashes)
    }

    fn hashed(path: &Path, raw: BoxedReader, hashes: Option<&FileHashes>) -> Result<Self, Error> {
        match hashes {
            Some(hashes) => OpenedFile::new(path, Box::new(hashes.hash(path, raw))),
            None => OpenedFile::new(path, raw),
        }
    }

    /// Takes the path that messages name, and the bytes of the file.
    pub(super) fn new(path: &Path, raw: BoxedReader) -> Result<Self, Error> {
        let mut rest = decompressed(raw).map_err(|error| Error::read(path, error))?;
        let mut start = Vec::new();
        let read = rest.by_ref().take(WINDOW as u64).read_to_end(&mut start);
        match read {
            // Reports an unreadable start as such, not as line 1.
            Err(error) if start.is_empty() => Err(Error::read(path, error)),
            _ => Ok(OpenedFile { path: path.to_path_buf(), start, failure: read.err(), rest }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How the file begins.
    pub(super) fn start(&self) -> Start {
        let mut bytes = Vec::new();
        // What cannot be decoded is reported where it is read.
        let _ = Utf8Reader::new(&self.start[..]).read_to_end(&mut bytes);
        Start { text: String::from_utf8_lossy(&bytes).into_owned(), bytes: self.start.clone() }
    }

    /// The bytes of the file, which are no text.
    pub(super) fn raw(self) -> Box<dyn BufRead + Send> {
        let after = Ending { failure: self.failure, rest: self.rest };
        Box::new(BufReader::with_capacity(BUFFER, Cursor::new(self.start).chain(after)))
    }

    /// All bytes of the file. Refuses a file of more than `max` bytes.
    pub(super) fn bytes(self, max: usize) -> Result<Vec<u8>, Error> {
        let path = self.path.clone();
        let mut bytes = Vec::new();
        let mut start = self.raw().take((max as u64).saturating_add(1));
        start.read_to_end(&mut bytes).map_err(|error| Error::read(&path, error))?;
        if bytes.len() > max {
            let limit = max >> 20;
            let reason = format!("larger than {limit} MiB, the most that is read of this format");
            return Err(Error::file(&path, reason));
        }
        Ok(bytes)
    }

    /// The text of the file as UTF-8.
    pub(super) fn decoded(self) -> Result<Box<dyn BufRead + Send>, Error> {
        let path = self.path.clone();
        let mut reader = Utf8Reader::new(self.raw());
        reader.fill_buf().map_err(|error| Error::read(&path, error))?;
        Ok(Box::new(reader))
    }

    /// The lines of the file.
    pub(super) fn lines(self) -> Result<NumberedLines, Error> {
        let path = self.path.clone();
        Ok(NumberedLines::new(&path, self.decoded()?))
    }
}

/// What follows the start of a file: the error that ended it, or the rest.
struct Ending {
    failure: Option<io::Error>,
    rest: BoxedReader,
}

impl Read for Ending {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.failure.take().map_or_else(|| self.rest.read(buffer), Err)
    }
}

/// Takes the path of a file; gives its bytes. Refuses a file of more than `max` bytes.
pub fn read_bytes(path: &Path, max: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut start = open(path)?.take((max as u64).saturating_add(1));
    start.read_to_end(&mut bytes).map_err(|error| Error::read(path, error))?;
    if bytes.len() > max {
        let reason =
            format!("larger than {max} bytes, the most that is read; is it the right file?");
        return Err(Error::file(path, reason));
    }
    Ok(bytes)
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|error| Error::read(path, error))
}

/// Undoes gzip and Zstandard. The first bytes tell the compression: names may be wrong, and standard
/// input has none.
fn decompressed(mut raw: BoxedReader) -> io::Result<BoxedReader> {
    let mut start = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut start)?;
    let is_gzip = start.starts_with(&[0x1f, 0x8b]);
    let is_zstd = start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let whole = BufReader::with_capacity(BUFFER, Cursor::new(start).chain(raw));
    Ok(match (is_gzip, is_zstd) {
        (true, _) => Box::new(MultiGzDecoder::new(whole)),
        (_, true) => Box::new(zstd::Decoder::with_buffer(whole)?),
        _ => Box::new(whole),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        assert_eq!(read_bytes(file.path(), 3).unwrap(), b"abc");
        let error = read_bytes(file.path(), 2).unwrap_err().to_string();
        assert!(error.contains("larger than 2 bytes"), "{error}");
    }
}
