//! Opens files: as lines of UTF-8, without their compression and encoding, or as bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::encoding::Utf8Reader;
use super::file_hash::FileHashes;
use super::input_paths::Source;
use super::numbered_lines::NumberedLines;
use super::progress::Progress;
use crate::error::Error;

/// Size of the buffer in bytes: so large that calls to the system cost next to nothing.
const BUFFER: usize = 64 << 10;

type BoxedReader = Box<dyn Read + Send>;

/// Takes one of the inputs; gives its lines, and counts and hashes the bytes while they are read.
pub(super) fn open_source(
    source: &Source,
    progress: &Progress,
    hashes: Option<&FileHashes>,
) -> Result<NumberedLines, Error> {
    let raw: BoxedReader = match source.is_standard_input {
        true => Box::new(progress.count(io::stdin())),
        false => Box::new(progress.count(open(&source.path)?)),
    };
    match hashes {
        Some(hashes) => decoded_lines(&source.path, Box::new(hashes.hash(&source.path, raw))),
        None => decoded_lines(&source.path, raw),
    }
}

/// Takes the path of a file; gives its lines.
pub(super) fn open_lines(path: &Path) -> Result<NumberedLines, Error> {
    decoded_lines(path, Box::new(open(path)?))
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

fn decoded_lines(path: &Path, raw: BoxedReader) -> Result<NumberedLines, Error> {
    let fail = |error| Error::read(path, error);
    let mut reader = Utf8Reader::new(decompressed(raw).map_err(fail)?);
    // Reports an unreadable start as such, not as line 1.
    reader.fill_buf().map_err(fail)?;
    Ok(NumberedLines::new(path, Box::new(reader)))
}

/// Undoes gzip and Zstandard. The first bytes tell the compression: names may be wrong, and standard
/// input has none.
fn decompressed(mut raw: BoxedReader) -> io::Result<BoxedReader> {
    let mut start = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut start)?;
    let is_gzip = start.starts_with(&[0x1f, 0x8b]);
    let is_zstd = start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let whole = BufReader::with_capacity(BUFFER, io::Cursor::new(start).chain(raw));
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
