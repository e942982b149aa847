//! What all inputs hold, one record after another, and what becomes of bad ones.

use std::path::PathBuf;

use super::file_hash::FileHashes;
use super::inputs::{Inputs, Source};
use super::numbered_lines::NumberedLines;
use super::open_file::open;
use super::progress::Progress;
use super::read_error::ReadError;
use crate::error::Error;

/// What becomes of rows that cannot be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BadRows {
    /// The first one ends the reading.
    #[default]
    Refuse,
    /// They are left out, counted and listed.
    Skip,
}

/// Rows that were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skipped {
    /// How many.
    pub n: u64,
    /// What was wrong with the first of them.
    pub messages: Vec<String>,
}

impl Skipped {
    /// How many are listed: enough to see what is wrong, whatever the size of the input.
    const MAX_MESSAGES: usize = 20;

    fn note(&mut self, error: &Error) {
        self.n += 1;
        if self.messages.len() < Self::MAX_MESSAGES {
            self.messages.push(error.to_string());
        }
    }
}

/// The records of one file.
pub(super) type Items<T> = Box<dyn Iterator<Item = Result<T, ReadError>> + Send>;

/// How a file's lines become records.
type Open<T> = Box<dyn Fn(&Source, NumberedLines) -> Result<Items<T>, Error> + Send>;

/// The records of all inputs, read as they are asked for. Ends after the first error.
pub struct Records<T> {
    sources: std::vec::IntoIter<Source>,
    open: Open<T>,
    current: Option<Current<T>>,
    progress: Progress,
    fingerprints: Option<FileHashes>,
    bad_rows: BadRows,
    n_good: u64,
    /// Nothing comes after the end or an error.
    is_over: bool,
    skipped: Skipped,
    /// What the records are, in the plural.
    noun: &'static str,
}

/// The file that is being read.
struct Current<T> {
    path: PathBuf,
    items: Items<T>,
    n_good: u64,
    n_bad: u64,
}

impl<T> Records<T> {
    pub(super) fn new(
        inputs: Inputs,
        noun: &'static str,
        bad_rows: BadRows,
        open: impl Fn(&Source, NumberedLines) -> Result<Items<T>, Error> + Send + 'static,
    ) -> Self {
        Records {
            progress: inputs.progress(),
            fingerprints: inputs.fingerprints,
            sources: inputs.sources.into_iter(),
            open: Box::new(open),
            current: None,
            bad_rows,
            n_good: 0,
            is_over: false,
            skipped: Skipped::default(),
            noun,
        }
    }

    /// What was left out so far.
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }

    fn start(&self, source: &Source) -> Result<Current<T>, Error> {
        let lines = open(source, &self.progress, self.fingerprints.as_ref())?;
        let items = (self.open)(source, lines)?;
        Ok(Current { path: source.path.clone(), items, n_good: 0, n_bad: 0 })
    }

    /// The next record, or nothing where a file has ended.
    fn step(&mut self) -> Result<Option<T>, Error> {
        let Some(current) = &mut self.current else { return Ok(None) };
        match current.items.next() {
            Some(Ok(item)) => {
                current.n_good += 1;
                self.n_good += 1;
                return Ok(Some(item));
            }
            Some(Err(ReadError::Row(error))) if self.bad_rows == BadRows::Skip => {
                current.n_bad += 1;
                self.skipped.note(&error);
            }
            Some(Err(fault)) => return Err(fault.into()),
            None => {
                current.end(self.noun)?;
                self.current = None;
            }
        }
        Ok(None)
    }

    /// Inputs of which nothing is left were meant to give something.
    fn end(&self) -> Result<Option<T>, Error> {
        let first = self.skipped.messages.first().filter(|_| self.n_good == 0);
        let Some(first) = first else { return Ok(None) };
        let (noun, n) = (self.noun, self.skipped.n);
        Err(Error::Option(format!(
            "no {noun}: all rows ({n}) had to be left out; the first: {first}"
        )))
    }

    fn advance(&mut self) -> Result<Option<T>, Error> {
        loop {
            if self.current.is_none() {
                let Some(source) = self.sources.next() else { return self.end() };
                self.current = Some(self.start(&source)?);
            }
            if let Some(item) = self.step()? {
                return Ok(Some(item));
            }
        }
    }
}

impl<T> Current<T> {
    /// A file that gave nothing was meant to give something, unless what it held was left out.
    fn end(&self, noun: &str) -> Result<(), Error> {
        match self.n_good + self.n_bad {
            0 => Err(Error::file(&self.path, format!("no {noun}: there is no row in it"))),
            _ => Ok(()),
        }
    }
}

impl<T> Iterator for Records<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let record = self.advance().transpose();
        self.is_over = !matches!(record, Some(Ok(_)));
        record
    }
}
