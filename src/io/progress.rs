//! Progress of reading.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of bytes read so far, as they lie on disk (compressed where the file is); a table in memory
/// counts its rows instead. Clones share the count.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    n_read: Arc<AtomicU64>,
    n_total: Option<u64>,
}

impl Progress {
    /// Takes the number of bytes of all inputs; none where a pipe is among them.
    pub(super) fn new(n_total: Option<u64>) -> Self {
        Progress { n_read: Arc::default(), n_total }
    }

    /// The number of bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.n_read.load(Ordering::Relaxed)
    }

    /// The number of bytes of all inputs; none where a pipe is among them.
    pub fn total_bytes(&self) -> Option<u64> {
        self.n_total
    }

    /// Counts what was read elsewhere than by a reader.
    pub(super) fn add(&self, n: u64) {
        self.n_read.fetch_add(n, Ordering::Relaxed);
    }

    /// Wraps a reader so that its bytes are counted.
    pub(super) fn count<R: Read>(&self, inner: R) -> CountingReader<R> {
        CountingReader { inner, progress: self.clone() }
    }
}

/// A reader whose bytes are counted.
pub(super) struct CountingReader<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.progress.add(n as u64);
        Ok(n)
    }
}
