//! Files of office programs: zip archives of XML.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Maximum size in bytes of a file of an office program, which is held whole.
pub(super) const MAX_FILE: usize = 64 << 20;
/// Maximum size in bytes of all that a file holds once it is unpacked: some pack gigabytes into a file of
/// no size.
const MAX_UNPACKED: u64 = 512 << 20;
/// Maximum number of parts; documents have dozens.
const MAX_PARTS: usize = 10_000;

/// What a file of an office program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfficeKind {
    /// Text, of Word.
    Docx,
    /// A table, of Excel.
    Xlsx,
    /// A table, of LibreOffice.
    Ods,
}

/// Takes the start of a file; gives what it is by the names of its parts, none where they do not tell.
pub(super) fn office_kind(start: &[u8]) -> Option<OfficeKind> {
    if !start.starts_with(b"PK\x03\x04") {
        return None;
    }
    let holds = |name: &[u8]| memchr::memmem::find(start, name).is_some();
    if holds(b"application/vnd.oasis.opendocument.spreadsheet") {
        Some(OfficeKind::Ods)
    } else if holds(b"word/") {
        Some(OfficeKind::Docx)
    } else if holds(b"xl/") {
        Some(OfficeKind::Xlsx)
    } else {
        None
    }
}

/// Takes a whole file; gives one of its parts as text.
pub(super) fn part(bytes: &[u8], name: &str) -> Result<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let part = archive.by_name(name).map_err(|error| {
        format!("no part `{name}` in this file ({error}); open it in its program and save it anew")
    })?;
    let mut content = Vec::new();
    part.take(MAX_UNPACKED + 1).read_to_end(&mut content).map_err(|error| damaged(&error))?;
    if content.len() as u64 > MAX_UNPACKED {
        return Err(too_large());
    }
    Ok(String::from_utf8_lossy(&content).into_owned())
}

/// Takes a whole file and the end of a part's name in any case; gives up to `limit` bytes of the start of
/// each such part as text.
pub(super) fn starts_of_parts(
    bytes: &[u8],
    ending: &str,
    limit: u64,
) -> Result<Vec<String>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut starts = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.to_ascii_lowercase();
        if name.ends_with(ending) {
            let mut start = Vec::new();
            part.take(limit).read_to_end(&mut start).map_err(|error| damaged(&error))?;
            starts.push(String::from_utf8_lossy(&start).into_owned());
        }
    }
    Ok(starts)
}

/// Refuses a file whose parts are larger than is read, before anything else unpacks them.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > MAX_PARTS {
        return Err(format!("{} parts in one file, expected at most {MAX_PARTS}", archive.len()));
    }
    let mut n_left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let mut start = part.take(n_left + 1);
        let n = std::io::copy(&mut start, &mut std::io::sink()).map_err(|error| damaged(&error))?;
        n_left = n_left.checked_sub(n).ok_or_else(too_large)?;
    }
    Ok(())
}

fn too_large() -> String {
    let limit = MAX_UNPACKED >> 20;
    format!("more than {limit} MiB once it is unpacked; save its text or table as .txt or .csv")
}

/// Why a file that its program does not open either is refused.
pub(super) fn damaged(error: &dyn std::fmt::Display) -> String {
    format!("damaged ({error}); open it in its program and save it anew")
}
