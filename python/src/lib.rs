//! The extension module of the Python package `framescope`: tables in, the library's answers out. What users
//! call is in `python/framescope`, which checks and documents arguments.

#![allow(clippy::needless_pass_by_value, reason = "what Python passes is taken by value")]

mod corpus_parts;
mod failure;
mod frame;
mod report;
mod sentence_batch;
mod stance_model;
mod table;
mod worker;

/// The Rust side of the package.
#[pymodule(gil_used = true)]
mod _core {
    #[pymodule_export]
    use super::corpus_parts::{merge_states, merged_report, partial, survey, text_keys};
    #[pymodule_export]
    use super::failure::FramescopeError;
    #[pymodule_export]
    use super::frame::Frame;
    #[pymodule_export]
    use super::report::{Report, make_report};
    #[pymodule_export]
    use super::stance_model::StanceModel;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::{classify, command, run, written_table};

    /// Maximum number of articles that are read together.
    #[pymodule_export]
    const BATCH_ARTICLES: usize = framescope::cli::embedded::BATCH_ARTICLES;
    /// The bytes of texts with which what is read together ends.
    #[pymodule_export]
    const BATCH_BYTES: usize = framescope::cli::embedded::BATCH_BYTES;
}

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;

use arrow_schema::Schema;
use framescope::classifier::{Classified, Classifier};
use framescope::cli::embedded::Embedded;
use pyo3::prelude::*;

use self::corpus_parts::{HeldText, holders};
use self::failure::{Failure, raised};
use self::frame::{Frame, held};
use self::sentence_batch::SentenceColumns;
use self::table::Table;
use self::worker::{Notes, in_background};

/// Classifies the articles that the arguments of `classify` name, among them tables by their names. `texts`
/// are those that several outlets hold in a larger corpus.
#[pyfunction]
#[pyo3(signature = (arguments, frames, progress = None, texts = None))]
fn classify(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
    progress: Option<Py<PyAny>>,
    texts: Option<Vec<HeldText>>,
) -> PyResult<(Table, Notes)> {
    let held = held(&frames);
    in_background(py, progress.as_ref(), move |host| {
        let (mut batches, mut schema) = (Vec::new(), None);
        let holders = texts.map(|texts| holders(&texts));
        let process = |classifier: &Classifier, mut batch: Vec<Vec<Classified<'_>>>| {
            holders.iter().for_each(|holders| holders.mark(&mut batch));
            let columns = SentenceColumns::of(classifier.model());
            (columns.schema(), columns.batches(&batch, classifier))
        };
        Embedded { arguments, held, host }.classify(process, |(columns, more)| {
            schema.get_or_insert(columns);
            batches.extend(more);
            Ok(())
        })?;
        let batches = batches.into_iter().collect::<Result<Vec<_>, _>>();
        let batches = batches.map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Table::new(schema.unwrap_or_else(|| Arc::new(Schema::empty())), batches))
    })
}

/// Runs a command with tables by their names; gives what it writes to standard output.
#[pyfunction]
#[pyo3(signature = (arguments, frames, progress = None))]
fn run(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(String, Notes)> {
    let held = held(&frames);
    in_background(py, progress.as_ref(), move |host| {
        let written = Embedded { arguments, held, host }.run()?;
        String::from_utf8(written).map_err(|error| Failure::Internal(error.to_string()))
    })
}

/// Runs a command with tables by their names; gives the table that it writes to standard output. `texts` are
/// columns that hold texts, even where all of them look like numbers.
#[pyfunction]
#[pyo3(signature = (arguments, frames, progress, texts))]
fn written_table(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
    progress: Option<Py<PyAny>>,
    texts: Vec<String>,
) -> PyResult<(Table, Notes)> {
    let held = held(&frames);
    in_background(py, progress.as_ref(), move |host| {
        Table::of_csv(&Embedded { arguments, held, host }.run()?, &texts)
    })
}

/// Runs the command `framescope` with this process's terminal; gives whether all went well.
#[pyfunction]
fn command(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<bool> {
    let code = py.detach(|| std::panic::catch_unwind(|| framescope::cli::run(arguments)));
    let code = code.map_err(|panic| raised(Failure::of_panic(panic.as_ref())))?;
    Ok(code == std::process::ExitCode::SUCCESS)
}
