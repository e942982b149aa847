//! How far reading has come.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes read so far, as they lie on disk (compressed where the file is). Clones share the count.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    n_read: Arc<AtomicU64>,
    n_total: Option<u64>,
}

impl Progress {
    /// Nothing read of so many bytes; `None` where a pipe is among the inputs.
    pub(super) fn of(n_total: Option<u64>) -> Self {
        Progress { n_read: Arc::default(), n_total }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.n_read.load(Ordering::Relaxed)
    }

    /// Bytes of all inputs together; `None` where that is not known.
    pub fn total_bytes(&self) -> Option<u64> {
        self.n_total
    }

    /// Counts what is read through `inner`.
    pub(super) fn count<R: Read>(&self, inner: R) -> Counted<R> {
        Counted { inner, progress: self.clone() }
    }
}

/// A reader that counts.
pub(super) struct Counted<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.progress.n_read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
