//! Errors of reading, writing and training; classifying cannot fail.

use std::path::{Path, PathBuf};

/// What went wrong, where, what was expected, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file could not be written; nothing was left behind.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// One row of an input cannot be used. The message says what was found and expected.
    #[error("{}, line {line}: {reason}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// 1-based line on which the row starts.
        line: u64,
        /// What was found, what was expected, what to do.
        reason: String,
    },
    /// A whole file cannot be used.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was found, what was expected, what to do.
        reason: String,
    },
    /// The labels do not suffice for training, or the settings cannot work.
    #[error("cannot train: {0}")]
    Training(String),
    /// An option's value cannot be used with this input.
    #[error("{0}")]
    Option(String),
}

impl Error {
    /// Why Parquet is refused by a build without it, and what to do.
    #[cfg(not(feature = "parquet"))]
    pub(crate) const NO_PARQUET: &str = "this build knows no Parquet; build it with `cargo install --path . \
         --features parquet`, or take CSV instead";

    /// Whether the reader of the output has stopped reading, as `head` does, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        let Error::Write { source, .. } = self else { return false };
        source.kind() == std::io::ErrorKind::BrokenPipe
    }

    /// A file that cannot be read.
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Error::Read { path: path.to_path_buf(), source }
    }

    /// A file that cannot be written.
    pub(crate) fn write(path: &Path, source: std::io::Error) -> Self {
        Error::Write { path: path.to_path_buf(), source }
    }

    /// A row that cannot be used.
    pub(crate) fn row(path: &Path, line: u64, reason: impl Into<String>) -> Self {
        Error::Row { path: path.to_path_buf(), line, reason: reason.into() }
    }

    /// A file that cannot be used.
    pub(crate) fn file(path: &Path, reason: impl Into<String>) -> Self {
        Error::File { path: path.to_path_buf(), reason: reason.into() }
    }
}
