//! States of reports that were written part by part.

use std::path::PathBuf;

use super::progress_bar::say;
use super::report_input::Counted;
use crate::error::Error;
use crate::io::{self, FileHash};
use crate::model::Model;
use crate::report::{Audit, PredictionSource, ReportState};

/// The largest state that is read.
const MAX_STATE: usize = 1 << 31;

/// Reads and merges states, one after another. `model` is asked about sentences where it is the one that
/// gave the predictions, as the hashes of its files tell.
pub(super) fn merged_states<'m>(
    paths: &[PathBuf],
    model: &'m Model,
    files: &[FileHash],
) -> Result<Counted<'m>, Error> {
    let mut merged: Option<ReportState> = None;
    for path in paths {
        let fail = |reason| Error::file(path, reason);
        let bytes = io::read_bytes(path, MAX_STATE)?;
        let state = ReportState::from_bytes(&bytes).map_err(fail)?;
        match &mut merged {
            None => merged = Some(state),
            Some(merged) => merged.merge(state).map_err(fail)?,
        }
    }
    let state =
        merged.ok_or_else(|| Error::Option("no state: name what --partial wrote".into()))?;
    state.audit().map_or(Ok(()), Audit::check)?;
    let is_known = |file: &FileHash| state.models().iter().any(|of| of.sha256 == file.sha256);
    let is_same = *state.source() == PredictionSource::of_model(model);
    let is_at_hand = is_same && files.iter().all(is_known);
    if !is_at_hand && !state.models().is_empty() {
        say(&format!(
            "note: the parts were counted with {}, which is not at hand: give it as --model to have the \
             words that decided",
            state.source().name
        ));
    }
    Ok(Counted { state, model: Some(model).filter(|_| is_at_hand) })
}
