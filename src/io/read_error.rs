//! Errors while reading, and whether reading can go on after them.

use crate::error::Error;

/// An error, and how much it makes unusable.
#[derive(Debug)]
pub(super) enum ReadError {
    /// One record is unusable; the next one can be read.
    Row(Error),
    /// The rest of the file is unusable.
    File(Error),
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Row(error) | ReadError::File(error) => error,
        }
    }
}
