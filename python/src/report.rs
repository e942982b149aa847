//! A report that Python shows in several forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use framescope::cli::embedded::Embedded;
use framescope::render::{self, Figures, Format};
use framescope::report::Report as Figured;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::failure::{Failure, raised};
use crate::frame::{Frame, held};
use crate::worker::{Notes, in_background};

/// A finished report.
#[pyclass(frozen, module = "framescope._core")]
pub(crate) struct Report(Arc<Figured>);

impl Report {
    pub(crate) fn new(report: Figured) -> Self {
        Report(Arc::new(report))
    }
}

/// Makes the report that the arguments of `report` ask for.
#[pyfunction]
#[pyo3(signature = (arguments, frames, progress = None))]
pub(crate) fn make_report(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Report, Notes)> {
    let held = held(&frames);
    in_background(py, progress.as_ref(), move |host| {
        Ok(Report::new(Embedded { arguments, held, host }.report()?))
    })
}

#[pymethods]
impl Report {
    /// The report as text, full-text, markdown, html or json.
    fn render(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        let format = match format {
            "text" => Format::Text,
            "full-text" => Format::FullText,
            "markdown" => Format::Markdown,
            "html" => Format::Html,
            "json" => Format::Json,
            _ => return Err(PyValueError::new_err(format!("unknown format `{format}`"))),
        };
        written(py, |out| render::write(&self.0, format, out))
    }

    /// Figures as CSV: shares, openings, prominence, quotes or timeline.
    fn figures(&self, py: Python<'_>, figures: &str) -> PyResult<String> {
        let figures = match figures {
            "shares" => Figures::Shares,
            "openings" => Figures::Openings,
            "prominence" => Figures::Prominence,
            "quotes" => Figures::Quotes,
            "timeline" => Figures::Timeline,
            _ => {
                return Err(PyValueError::new_err(format!(
                    "unknown figures `{figures}`: expected shares, openings, prominence, quotes or timeline"
                )));
            }
        };
        written(py, |out| render::write_figures(&self.0, figures, out))
    }
}

fn written(
    py: Python<'_>,
    write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()> + Send + Sync,
) -> PyResult<String> {
    let bytes = py.detach(|| {
        let mut bytes = Vec::new();
        write(&mut bytes).map(|()| bytes)
    });
    let bytes = bytes.map_err(|error| raised(Failure::Internal(error.to_string())))?;
    String::from_utf8(bytes).map_err(|error| raised(Failure::Internal(error.to_string())))
}
