//! Label files as arguments: reading them, and naming them in models and warnings.

use std::path::{Path, PathBuf};

use clap::Args;

use super::progress_bar::{ProgressLine, say};
use super::shared_options::{ReadingOptions, is_same_file, say_reading};
use crate::error::Error;
use crate::example::Example;
use crate::io::{self, BadRows, Columns, Held, Inputs, LabelledRow};
use crate::label_reading::{LabelMap, LabelReader, LabelsRead, name_coders, tell_coders_apart};
use crate::model::Model;
use crate::model::card::Source;

/// What stands in label files.
#[derive(Debug, Args)]
pub(super) struct LabelOptions {
    /// What a spelling in the column label means, such as 2=critical; with nothing behind the =, that
    /// nobody coded; may be repeated
    #[arg(long, value_name = "FROM=TO", allow_hyphen_values = true)]
    map: Vec<String>,
    /// Who labelled a file, whatever its column coder says; may be repeated
    #[arg(long, value_name = "NAME=FILE")]
    coder: Vec<String>,
}

impl LabelOptions {
    /// A reader of the labels of a dimension, those of a model where there is one.
    pub(super) fn reader(
        &self,
        dimension: &str,
        labels: Option<&[String]>,
    ) -> Result<LabelReader, Error> {
        LabelReader::new(dimension, labels, LabelMap::parse(&self.map)?)
    }

    /// Reads all rows of label files that somebody coded; says how their labels were understood and which
    /// rows were left out.
    pub(super) fn read(
        &self,
        paths: &[PathBuf],
        reading: &ReadingOptions,
        reader: &LabelReader,
    ) -> Result<Vec<Example>, Error> {
        let mut examples = read_examples(paths, reading)?;
        self.understand(&mut examples, reader)?;
        coded(examples)
    }

    /// Reads what stands in the label columns and tells coders apart; says how labels were understood. Rows
    /// that nobody coded have no label afterwards.
    pub(super) fn understand(
        &self,
        examples: &mut [Example],
        reader: &LabelReader,
    ) -> Result<(), Error> {
        let read = reader.read(examples)?;
        self.name_coders(examples)?;
        tell_coders_apart(examples)?;
        say_read(&read);
        Ok(())
    }

    fn name_coders(&self, examples: &mut [Example]) -> Result<(), Error> {
        let mut paths: Vec<PathBuf> = examples.iter().map(|example| example.path.clone()).collect();
        paths.dedup();
        for pair in &self.coder {
            let (name, file) = pair.split_once('=').unwrap_or_default();
            let (name, file) = (name.trim(), Path::new(file.trim()));
            if name.is_empty() || file.as_os_str().is_empty() {
                let reason = format!("--coder {pair}: expected NAME=FILE, as in ann=first.csv");
                return Err(Error::Option(reason));
            }
            let same = |path: &&PathBuf| is_same_file(path, file);
            let Some(path) = paths.iter().find(same) else {
                let reason =
                    format!("--coder {pair}: {} is none of the label files", file.display());
                return Err(Error::Option(reason));
            };
            name_coders(examples, path, name);
        }
        Ok(())
    }
}

/// As [`LabelOptions::read`], of files in which it does not matter who labelled.
pub(super) fn read_of_anybody(
    paths: &[PathBuf],
    reading: &ReadingOptions,
    reader: &LabelReader,
) -> Result<Vec<Example>, Error> {
    let mut examples = read_examples(paths, reading)?;
    say_read(&reader.read(&mut examples)?);
    coded(examples)
}

/// Reads all rows of label files, coded or not.
pub(super) fn read_examples(
    paths: &[PathBuf],
    reading: &ReadingOptions,
) -> Result<Vec<Example>, Error> {
    let rows = read_rows(reading.find(paths)?, &reading.columns()?, reading.bad_rows())?;
    Ok(rows.into_iter().map(|row| row.example).collect())
}

/// Leaves out the rows that nobody coded.
fn coded(mut examples: Vec<Example>) -> Result<Vec<Example>, Error> {
    let n_rows = examples.len();
    examples.retain(|example| !example.label_shares.is_empty());
    if examples.is_empty() {
        let reason = format!("no labelled sentences: none of the {n_rows} rows is coded");
        return Err(Error::Option(reason));
    }
    Ok(examples)
}

fn say_read(read: &LabelsRead) {
    read.notes().iter().for_each(|note| say(&format!("note: {note}")));
}

/// Reads all rows of label files, coded or not; says which were left out.
pub(super) fn read_rows(
    inputs: Inputs,
    columns: &Columns,
    bad_rows: BadRows,
) -> Result<Vec<LabelledRow>, Error> {
    let bar = ProgressLine::new(inputs.progress());
    let mut rows = inputs.examples(columns, bad_rows)?;
    let mut read = Vec::new();
    for row in &mut rows {
        read.push(row?);
        bar.tick();
    }
    say_reading(&rows);
    Ok(read)
}

/// A file's name and hash; standard input and tables in memory have no hash.
pub(super) fn source(path: &Path) -> Result<Source, Error> {
    if path.is_dir() {
        return Err(Error::file(
            path,
            "a folder; expected files of labelled sentences, each by name",
        ));
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let is_file = path != Path::new("-") && !Held::holds(path);
    let sha256 = if is_file { io::sha256(path)? } else { String::new() };
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
