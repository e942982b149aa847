//! What can fail, and the exception that it becomes.

use std::any::Any;

use framescope::error::Error;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

pyo3::create_exception!(
    framescope,
    FramescopeError,
    PyValueError,
    "What went wrong, where, what was expected, and what to do: the command's message."
);

/// Why there is no answer.
pub(crate) enum Failure {
    /// The input's fault.
    Input(Error),
    /// Ours.
    Internal(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Input(error)
    }
}

impl Failure {
    /// What a panic said.
    pub(crate) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Failure::Internal(text.unwrap_or_else(|| "a panic".to_string()))
    }
}

/// The exception of a failure.
pub(crate) fn raised(failure: Failure) -> PyErr {
    FramescopeError::new_err(match failure {
        Failure::Input(error) => error.to_string(),
        Failure::Internal(reason) => format!("internal error, please report it: {reason}"),
    })
}
