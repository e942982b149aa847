//! What goes wrong while reading, and whether reading can go on after it.

use crate::error::Error;

/// An error and how far it reaches.
#[derive(Debug)]
pub(super) enum Fault {
    /// One record is lost; the next can be read.
    Row(Error),
    /// Nothing after it can be trusted.
    File(Error),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Row(error) | Fault::File(error) => error,
        }
    }
}
