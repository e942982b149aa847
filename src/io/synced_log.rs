//! A file that grows at its end, whose lines are on disk before anybody is told so.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::output::Output;
use crate::error::Error;

/// A file of lines that only grows, held by one program at a time.
#[derive(Debug)]
pub struct SyncedLog {
    path: PathBuf,
    file: File,
    /// Number of bytes that are whole lines and synced.
    length: u64,
}

impl SyncedLog {
    /// Opens a file; cuts off a last line without an end, which a program that was killed left behind.
    ///
    /// # Errors
    /// A file that cannot be read or written, or that another program holds.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let fail = |error| Error::write(path, error);
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(fail)?;
        if file.try_lock().is_err() {
            let reason = "another framescope is at work on it; end that one first, or use its page";
            return Err(Error::file(path, reason));
        }
        let length = whole_lines(&mut file).map_err(fail)?;
        file.set_len(length).map_err(fail)?;
        Ok(SyncedLog { path: path.to_path_buf(), file, length })
    }

    /// Creates a file with its first lines, which appears when they are synced, and opens it.
    pub fn create(
        path: &Path,
        write: impl FnOnce(&mut Output) -> std::io::Result<()>,
    ) -> Result<Self, Error> {
        let mut output = Output::create(Some(path))?;
        write(&mut output).map_err(|error| output.failed(error))?;
        output.finish()?;
        Self::open(path)
    }

    /// Lets nobody but its owner read the file.
    #[cfg(unix)]
    pub fn keep_private(&self) -> Result<(), Error> {
        use std::os::unix::fs::PermissionsExt;
        let owner = fs::Permissions::from_mode(0o600);
        self.file.set_permissions(owner).map_err(|error| Error::write(&self.path, error))
    }

    /// Leaves the permissions to the folder.
    #[cfg(not(unix))]
    pub fn keep_private(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Appends bytes that end in a line end, and syncs them: all or nothing.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.append_then(bytes, File::sync_data)
    }

    /// Appends bytes that end in a line end: other programs see them, and they outlive this one, but not
    /// a power failure before [`sync`](SyncedLog::sync).
    pub fn append_unsynced(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.append_then(bytes, |_| Ok(()))
    }

    /// Syncs what was appended.
    pub fn sync(&self) -> Result<(), Error> {
        self.file.sync_data().map_err(|error| Error::write(&self.path, error))
    }

    fn append_then(
        &mut self,
        bytes: &[u8],
        then: impl FnOnce(&File) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        let written = self
            .file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| self.file.write_all(bytes))
            .and_then(|()| then(&self.file));
        match written {
            Ok(()) => {
                self.length += bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                // What was written before the disk was full; it would be cut off at the next start too.
                let _ = self.file.set_len(self.length);
                Err(Error::write(&self.path, error))
            }
        }
    }

    /// Calls with each line, where it starts, and its number.
    pub fn for_each_line(
        &self,
        mut each: impl FnMut(u64, &[u8]) -> Result<(), String>,
    ) -> Result<(), Error> {
        let fail = |error| Error::read(&self.path, error);
        let mut file = File::open(&self.path).map_err(fail)?;
        file.seek(SeekFrom::Start(0)).map_err(fail)?;
        let mut lines = BufReader::with_capacity(1 << 18, file.take(self.length));
        let (mut line, mut start, mut number) = (Vec::new(), 0, 0);
        while lines.read_until(b'\n', &mut line).map_err(fail)? > 0 {
            number += 1;
            each(start, &line).map_err(|reason| Error::row(&self.path, number, reason))?;
            start += line.len() as u64;
            line.clear();
        }
        Ok(())
    }

    /// Another handle that reads lines at their places.
    pub fn lines_at(&self) -> Result<LinesAt, Error> {
        let file = File::open(&self.path).map_err(|error| Error::read(&self.path, error))?;
        Ok(LinesAt { path: self.path.clone(), file: Mutex::new(file) })
    }

    /// All bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        fs::read(&self.path).map_err(|error| Error::read(&self.path, error))
    }

    /// Replaces the whole content: the file is the old one or the new one, at any moment.
    pub fn replace(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let mut output = Output::create(Some(&self.path))?;
        output.write_all(bytes).map_err(|error| output.failed(error))?;
        output.finish()?;
        *self = Self::open(&self.path)?;
        Ok(())
    }
}

/// The length of all lines that have an end.
fn whole_lines(file: &mut File) -> std::io::Result<u64> {
    const BLOCK: u64 = 1 << 16;
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut block = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        file.seek(SeekFrom::Start(start))?;
        block.clear();
        Read::by_ref(file).take(end - start).read_to_end(&mut block)?;
        if let Some(at) = block.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

/// Reads lines of a [`SyncedLog`] at their places.
#[derive(Debug)]
pub struct LinesAt {
    path: PathBuf,
    file: Mutex<File>,
}

impl LinesAt {
    /// The bytes at a place.
    pub fn read(&self, start: u64, length: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.seek(SeekFrom::Start(start)).and_then(|_| file.read_exact(&mut bytes));
        read.map(|()| bytes).map_err(|error| Error::read(&self.path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(log: &SyncedLog) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        log.for_each_line(|start, line| {
            found.push((start, String::from_utf8(line.to_vec()).unwrap()));
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn what_a_killed_program_left_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        fs::write(&path, format!("one\ntwo\n{}", "x".repeat(200_000))).unwrap();
        let mut log = SyncedLog::open(&path).unwrap();
        assert_eq!(lines(&log), [(0, "one\n".into()), (4, "two\n".into())]);
        log.append(b"three\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\nthree\n");
        assert_eq!(log.lines_at().unwrap().read(4, 3).unwrap(), b"two");
        log.replace(b"four\n").unwrap();
        log.append(b"five\n").unwrap();
        assert_eq!(log.bytes().unwrap(), b"four\nfive\n");
    }

    #[test]
    fn one_program_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let log = SyncedLog::create(&path, |out| out.write_all(b"a\n")).unwrap();
        let error = SyncedLog::open(&path).unwrap_err().to_string();
        assert!(error.contains("another framescope is at work"), "{error}");
        drop(log);
        assert_eq!(SyncedLog::open(&path).unwrap().length(), 2);
    }
}
