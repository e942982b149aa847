//! The report page with the labels so far, made on a button.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Error;
use crate::io;

/// Takes a label file and the name of a page; writes the report page.
pub type MakeReport = Arc<dyn Fn(&Path, &Path) -> Result<(), Error> + Send + Sync>;

/// The largest page that is sent.
const MAX_PAGE: usize = 256 << 20;

/// Makes the page and hands it out.
pub(super) struct ReportPage {
    label_file: PathBuf,
    page: PathBuf,
    make: MakeReport,
    /// One is made at a time; the ticket with which the last one is fetched.
    ticket: Mutex<String>,
}

impl std::fmt::Debug for ReportPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportPage").field("page", &self.page).finish_non_exhaustive()
    }
}

impl ReportPage {
    pub(super) fn new(label_file: &Path, make: MakeReport) -> Self {
        let page = label_file.with_extension("report.html");
        ReportPage { label_file: label_file.to_path_buf(), page, make, ticket: Mutex::default() }
    }

    /// The name of the label file.
    pub(super) fn label_file(&self) -> String {
        self.label_file.display().to_string()
    }

    /// Makes the page; gives the ticket with which a browser fetches it once, and the file's name.
    pub(super) fn make(&self, ticket: String) -> Result<(String, String), Error> {
        let mut last = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        (self.make)(&self.label_file, &self.page)?;
        last.clone_from(&ticket);
        Ok((ticket, self.page.display().to_string()))
    }

    /// The page, for whoever has the ticket; a ticket serves once.
    pub(super) fn take(&self, ticket: &str) -> Option<Vec<u8>> {
        let mut last = self.ticket.try_lock().ok()?;
        if last.is_empty() || *last != ticket {
            return None;
        }
        last.clear();
        io::read_bytes(&self.page, MAX_PAGE).ok()
    }
}
