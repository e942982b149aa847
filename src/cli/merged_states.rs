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

/// A state, and what messages call it.
pub(super) type NamedState = (PathBuf, ReportState);

/// Reads states, each when it is asked for.
pub(super) fn read_states(
    paths: &[PathBuf],
) -> impl Iterator<Item = Result<NamedState, Error>> + '_ {
    paths.iter().map(|path| {
        let bytes = io::read_bytes(path, MAX_STATE)?;
        let state = ReportState::from_bytes(&bytes);
        Ok((path.clone(), state.map_err(|reason| Error::file(path, reason))?))
    })
}

/// Merges states, one after another.
pub(super) fn merged_state(
    states: impl Iterator<Item = Result<NamedState, Error>>,
) -> Result<ReportState, Error> {
    let mut merged: Option<ReportState> = None;
    for state in states {
        let (path, state) = state?;
        match &mut merged {
            None => merged = Some(state),
            Some(merged) => {
                merged.merge(state).map_err(|reason| Error::file(&path, reason))?;
            }
        }
    }
    merged.ok_or_else(|| Error::Option("no state: name what --partial wrote".into()))
}

/// Merges states. `model` is asked about sentences where it is the one that gave the predictions, as the
/// hashes of its files tell.
pub(super) fn merged<'m>(
    states: impl Iterator<Item = Result<NamedState, Error>>,
    model: &'m Model,
    files: &[FileHash],
) -> Result<Counted<'m>, Error> {
    let state = merged_state(states)?;
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
