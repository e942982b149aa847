//! SHA-256 hashes of files.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::error::Error;

/// The hash of a file as it lies on disk (compressed where it is).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHash {
    /// As given, or as found in a folder; `standard input`.
    pub path: PathBuf,
    /// The size in bytes.
    pub bytes: u64,
    /// 64 hexadecimal digits, as `sha256sum` prints them.
    pub sha256: String,
}

impl FileHash {
    /// Takes a file's path and its bytes; gives their hash.
    pub fn new(path: &Path, bytes: &[u8]) -> Self {
        let sha256 = hexadecimal(Sha256::new_with_prefix(bytes));
        FileHash { path: path.to_owned(), bytes: bytes.len() as u64, sha256 }
    }
}

/// The hashes of the files that were read to their ends, in that order. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct FileHashes(Arc<Mutex<Vec<FileHash>>>);

impl FileHashes {
    /// The hashes so far.
    pub fn so_far(&self) -> Vec<FileHash> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Wraps a reader so that the hash of its bytes is added at its end.
    pub(super) fn hash<R: Read>(&self, path: &Path, inner: R) -> HashingReader<R> {
        let (hashes, path) = (self.clone(), path.to_owned());
        HashingReader { inner, path, hashes, hasher: Some(Sha256::new()), bytes: 0 }
    }
}

/// A reader whose bytes are hashed.
pub(super) struct HashingReader<R> {
    inner: R,
    path: PathBuf,
    hashes: FileHashes,
    /// None once the end has been reached.
    hasher: Option<Sha256>,
    bytes: u64,
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes += n as u64;
        if n > 0 {
            self.hasher.iter_mut().for_each(|hasher| hasher.update(&buffer[..n]));
        } else if !buffer.is_empty()
            && let Some(hasher) = self.hasher.take()
        {
            let (path, sha256) = (std::mem::take(&mut self.path), hexadecimal(hasher));
            let hash = FileHash { path, bytes: self.bytes, sha256 };
            self.hashes.0.lock().unwrap_or_else(PoisonError::into_inner).push(hash);
        }
        Ok(n)
    }
}

/// Takes the path of a file; gives its SHA-256 as 64 hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(path: &Path) -> Result<String, Error> {
    let fail = |error| Error::read(path, error);
    let hashes = FileHashes::default();
    let mut reader = hashes.hash(path, File::open(path).map_err(fail)?);
    io::copy(&mut reader, &mut io::sink()).map_err(fail)?;
    Ok(hashes.so_far().into_iter().map(|hash| hash.sha256).collect())
}

fn hexadecimal(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_file_is_known_at_its_end_and_not_before() {
        let all = FileHashes::default();
        let mut reader = all.hash(Path::new("abc"), &b"abc"[..]);
        let mut two = [0; 2];
        reader.read_exact(&mut two).unwrap();
        assert!(all.so_far().is_empty());
        reader.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(reader.read(&mut two).unwrap(), 0);
        let expected = FileHash { path: "abc".into(), bytes: 3, sha256: ABC.to_owned() };
        assert_eq!(FileHash::new(Path::new("abc"), b"abc"), expected);
        assert_eq!(all.so_far(), [expected]);
    }

    #[test]
    fn a_file_hash_is_that_of_sha256sum() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        assert_eq!(sha256(file.path()).unwrap(), ABC);
        let message = sha256(Path::new("no/such")).unwrap_err().to_string();
        assert!(message.starts_with("cannot read no/such:"), "{message}");
    }
}
