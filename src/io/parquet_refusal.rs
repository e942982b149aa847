//! Refuses to write Parquet in a build without it.

use std::convert::Infallible;

use super::output::Output;
use super::typed_values::TypedValues;
use crate::error::Error;

/// A table that this build does not write: there is none.
pub struct ParquetTable(Infallible);

impl ParquetTable {
    /// Refuses, since the build has no Parquet.
    pub fn new(output: Output, _: &[String], _: &[TypedValues]) -> Result<Self, Error> {
        let refusal = Error::file(output.path(), Error::NO_PARQUET);
        drop(output);
        Err(refusal)
    }

    /// Is never called.
    pub fn write(&mut self, _: &[TypedValues]) -> Result<(), Error> {
        match self.0 {}
    }

    /// Is never called.
    pub fn finish(self) -> Result<(), Error> {
        match self.0 {}
    }
}
