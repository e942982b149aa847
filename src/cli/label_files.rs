//! Label files as arguments: reading them, and naming them in models and warnings.

use std::path::{Path, PathBuf};

use super::progress_bar::{ProgressLine, say};
use super::shared_options::{ReadingOptions, say_skipped};
use crate::error::Error;
use crate::example::Example;
use crate::io::{self, Labels};
use crate::model::Model;
use crate::model::card::Source;

/// Reads all rows of label files; says which were left out.
pub(super) fn read_labels(
    paths: &[PathBuf],
    reading: &ReadingOptions,
) -> Result<Vec<Example>, Error> {
    let inputs = reading.find(paths)?;
    let bar = ProgressLine::new(inputs.progress());
    let mut rows = inputs.examples(&reading.columns()?, Labels::Required, reading.bad_rows())?;
    let mut examples = Vec::new();
    for row in &mut rows {
        examples.push(row?.example);
        bar.tick();
    }
    say_skipped(rows.skipped());
    Ok(examples)
}

/// A file's name and hash; standard input has no hash.
pub(super) fn source(path: &Path) -> Result<Source, Error> {
    if path.is_dir() {
        return Err(Error::file(
            path,
            "a folder; expected files of labelled sentences, each by name",
        ));
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let sha256 = if path == Path::new("-") { String::new() } else { io::sha256(path)? };
    Ok(Source { name, sha256 })
}

/// Warns where a model is about to be evaluated on a file that it was trained on. `so` says what
/// follows from that.
pub(super) fn warn_of_training_files(
    paths: &[PathBuf],
    model: &Model,
    so: &str,
) -> Result<(), Error> {
    for path in paths.iter().filter(|path| path.is_file()) {
        let fingerprint = io::sha256(path)?;
        if model.card().sources.iter().any(|source| source.sha256 == fingerprint) {
            let path = path.display();
            say(&format!("warning: the model was trained on {path}: {so}"));
        }
    }
    Ok(())
}
