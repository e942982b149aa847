//! Which bytes were read: the fingerprint of every file, taken while it is read.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// A file as it lay on disk, compressed where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHash {
    /// As given, or as found in a folder; `standard input`.
    pub path: PathBuf,
    /// How long it is.
    pub bytes: u64,
    /// 64 hexadecimal digits, as `sha256sum` prints them.
    pub sha256: String,
}

impl FileHash {
    /// Of bytes that are held.
    pub fn of(path: &Path, bytes: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(bytes);
        FileHash { path: path.to_owned(), bytes: bytes.len() as u64, sha256: digits(hasher) }
    }
}

/// The fingerprints of the files that were read to their ends, in that order. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct FileHashes {
    taken: Arc<Mutex<Vec<FileHash>>>,
}

impl FileHashes {
    /// Those taken so far.
    pub fn taken(&self) -> Vec<FileHash> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the fingerprint of what is read through `inner`.
    pub(super) fn take<R: Read>(&self, path: &Path, inner: R) -> HashingReader<R> {
        let (into, path) = (self.clone(), path.to_owned());
        HashingReader { inner, path, into, hasher: Some(Sha256::new()), bytes: 0 }
    }

    fn push(&self, fingerprint: FileHash) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(fingerprint);
    }
}

/// A reader whose fingerprint is taken at its end.
pub(super) struct HashingReader<R> {
    inner: R,
    path: PathBuf,
    into: FileHashes,
    /// None when the end has been reached.
    hasher: Option<Sha256>,
    bytes: u64,
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes += n as u64;
        match &mut self.hasher {
            Some(hasher) if n > 0 => hasher.update(&buffer[..n]),
            hasher if !buffer.is_empty() => {
                if let Some(hasher) = hasher.take() {
                    let (path, sha256) = (std::mem::take(&mut self.path), digits(hasher));
                    self.into.push(FileHash { path, bytes: self.bytes, sha256 });
                }
            }
            _ => {}
        }
        Ok(n)
    }
}

fn digits(hasher: Sha256) -> String {
    let digits = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>();
    digits.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_file_is_known_at_its_end_and_not_before() {
        let all = FileHashes::default();
        let mut reader = all.take(Path::new("abc"), &b"abc"[..]);
        let mut two = [0; 2];
        reader.read_exact(&mut two).unwrap();
        assert!(all.taken().is_empty());
        reader.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(reader.read(&mut two).unwrap(), 0);
        let expected = FileHash { path: "abc".into(), bytes: 3, sha256: ABC.to_owned() };
        assert_eq!(FileHash::of(Path::new("abc"), b"abc"), expected);
        assert_eq!(all.taken(), [expected]);
    }
}
