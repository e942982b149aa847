//! What goes wrong while reading, and whether reading can go on after it.

use crate::error::Error;

/// An error and how far it reaches.
#[derive(Debug)]
pub(super) enum ReadError {
    /// One record is lost; the next can be read.
    Row(Error),
    /// Nothing after it can be trusted.
    File(Error),
}

impl From<ReadError> for Error {
    fn from(fault: ReadError) -> Self {
        match fault {
            ReadError::Row(error) | ReadError::File(error) => error,
        }
    }
}
