//! Opens a file and undoes its compression and its encoding.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;

use super::encoding::Decoded;
use super::file_hash::FileHashes;
use super::inputs::{Source, SourcePlace};
use super::numbered_lines::NumberedLines;
use super::progress::Progress;
use crate::error::Error;

/// Large enough that a call to the system costs nothing beside the bytes.
const BUFFER: usize = 64 << 10;

/// The lines of a file or of standard input, as UTF-8. Its fingerprint is taken where one is asked.
pub(super) fn open(
    source: &Source,
    progress: &Progress,
    fingerprints: Option<&FileHashes>,
) -> Result<NumberedLines, Error> {
    let fail = |error| Error::read(&source.path, error);
    let raw: Box<dyn Read + Send> = match source.place {
        SourcePlace::StandardInput => Box::new(progress.count(io::stdin())),
        SourcePlace::File => Box::new(progress.count(File::open(&source.path).map_err(fail)?)),
    };
    let raw = match fingerprints {
        Some(fingerprints) => Box::new(fingerprints.take(&source.path, raw)),
        None => raw,
    };
    let mut reader = Decoded::new(decompressed(raw).map_err(fail)?);
    // An unreadable start is reported as such, not as line 1.
    reader.fill_buf().map_err(fail)?;
    Ok(NumberedLines::new(&source.path, Box::new(reader)))
}

/// Compression is known by the first bytes: names lie, and standard input has none.
fn decompressed(mut raw: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
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
