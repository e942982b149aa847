//! The label file: a row for each decision that counts, whole at any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use crate::error::Error;
use crate::io::SyncedLog;
use crate::label_page::Session;
use crate::render::label_table;

/// A card's number and its coder.
pub(super) type Key = (u32, String);

/// The label file and the places of its rows.
#[derive(Debug)]
pub(super) struct LabelFile {
    log: SyncedLog,
    places: BTreeMap<Key, Range<usize>>,
    /// Whether a change could not be written, so that the file lags behind the journal.
    is_behind: bool,
}

impl LabelFile {
    /// Opens the label file and brings it in line with the journal. `written` has the row of every decision
    /// of the journal, also of those that count no more.
    ///
    /// # Errors
    /// A file with rows that the page never wrote.
    pub(super) fn open(
        path: &Path,
        written: &[(Key, Vec<u8>)],
        session: &Session,
    ) -> Result<Self, Error> {
        let log = if path.exists() {
            // Looked at before a torn last row is cut off.
            check(path, written)?;
            SyncedLog::open(path)?
        } else {
            SyncedLog::create(path, |out| std::io::Write::write_all(out, &label_table::header()))?
        };
        let mut file = LabelFile { log, places: BTreeMap::new(), is_behind: false };
        let mut rows: Vec<(&Key, &Vec<u8>)> = Vec::new();
        let mut seen = BTreeSet::new();
        // The last row of each key, in the order in which rows were written.
        for (key, row) in written.iter().rev() {
            let counts = session.coder(&key.1).and_then(|coder| session.decision(key.0, coder));
            if counts.is_some() && seen.insert(key) {
                rows.push((key, row));
            }
        }
        let mut whole = label_table::header();
        for (key, row) in rows.into_iter().rev() {
            file.places.insert(key.clone(), whole.len()..whole.len() + row.len());
            whole.extend_from_slice(row);
        }
        if file.log.bytes()? != whole {
            file.log.replace(&whole)?;
        }
        Ok(file)
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        self.log.path()
    }

    /// Syncs what was appended.
    pub(super) fn sync(&self) -> Result<(), Error> {
        self.log.sync()
    }

    /// Writes rows, or takes them out. New ones are appended; where one is changed, the whole file is
    /// replaced. After a failure the next change writes everything that `all` gives.
    pub(super) fn write(
        &mut self,
        changes: &[(Key, Option<Vec<u8>>)],
        all: impl FnOnce() -> Result<Vec<(Key, Vec<u8>)>, Error>,
    ) -> Result<(), Error> {
        let done = if self.is_behind {
            all().and_then(|rows| self.rewrite(rows))
        } else {
            self.change(changes)
        };
        self.is_behind = done.is_err();
        done
    }

    fn change(&mut self, changes: &[(Key, Option<Vec<u8>>)]) -> Result<(), Error> {
        if changes.iter().any(|(key, _)| self.places.contains_key(key)) {
            return self.splice(changes);
        }
        let mut added = Vec::new();
        let mut places = Vec::new();
        let start = usize::try_from(self.log.length()).unwrap_or(usize::MAX);
        for (key, row) in changes {
            let Some(row) = row else { continue };
            places.push((key.clone(), start + added.len()..start + added.len() + row.len()));
            added.extend_from_slice(row);
        }
        // The journal is synced: this file is made from it again if the power fails.
        self.log.append_unsynced(&added)?;
        self.places.extend(places);
        Ok(())
    }

    /// The old rows with the changed ones in their places.
    fn splice(&mut self, changes: &[(Key, Option<Vec<u8>>)]) -> Result<(), Error> {
        let old = self.log.bytes()?;
        let changed: BTreeMap<&Key, &Option<Vec<u8>>> =
            changes.iter().map(|(k, r)| (k, r)).collect();
        let mut kept: Vec<(&Key, &Range<usize>)> = self.places.iter().collect();
        kept.sort_by_key(|(_, place)| place.start);
        let mut rows: Vec<(Key, Vec<u8>)> = Vec::with_capacity(kept.len());
        for (key, place) in kept {
            match changed.get(key) {
                Some(None) => {}
                Some(Some(row)) => rows.push((key.clone(), row.clone())),
                None => {
                    let row = old.get(place.clone()).unwrap_or_default().to_vec();
                    rows.push((key.clone(), row));
                }
            }
        }
        for (key, row) in changes {
            if let (Some(row), false) = (row, self.places.contains_key(key)) {
                rows.push((key.clone(), row.clone()));
            }
        }
        self.rewrite(rows)
    }

    fn rewrite(&mut self, rows: Vec<(Key, Vec<u8>)>) -> Result<(), Error> {
        let mut whole = label_table::header();
        let mut places = BTreeMap::new();
        for (key, row) in rows {
            places.insert(key, whole.len()..whole.len() + row.len());
            whole.extend_from_slice(&row);
        }
        self.log.replace(&whole)?;
        self.places = places;
        Ok(())
    }
}

/// Refuses a file with rows that the page never wrote: they would be lost.
fn check(path: &Path, written: &[(Key, Vec<u8>)]) -> Result<(), Error> {
    let bytes = crate::io::read_bytes(path, usize::MAX)?;
    let known: BTreeSet<&[u8]> = written.iter().map(|(_, row)| row.as_slice()).collect();
    let header = label_table::header();
    let begun = header.starts_with(&bytes[..bytes.len().min(header.len())]);
    let mut rest = bytes.get(header.len()..).unwrap_or_default();
    let mut line = 1;
    let mut is_ours = begun;
    while is_ours && !rest.is_empty() {
        line += 1;
        let row = &rest[..row_length(rest)];
        // A row that a killed program left unfinished.
        let is_torn = row.len() == rest.len() && !is_complete(row);
        is_ours = known.contains(row) || is_torn;
        rest = &rest[row.len()..];
    }
    if is_ours {
        return Ok(());
    }
    let reason = format!(
        "row {line} is not as the page wrote it: the file was changed by another program, and going on \
         would lose that. Move it away (the page writes it anew from its journal) and hand its labels to \
         `report` or `train` beside the new one"
    );
    Err(Error::file(path, reason))
}

/// The length of the first row, its end included; quoted fields may hold line ends.
fn row_length(bytes: &[u8]) -> usize {
    let mut is_quoted = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

fn is_complete(row: &[u8]) -> bool {
    row.ends_with(b"\n") && row.split(|byte| *byte == b'"').count() % 2 == 1
}
