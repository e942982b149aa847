//! Serves the page on which sentences are labelled: on this machine, to those who have a link.
//!
//! ```text
//! browser ── connections ──► gate ──► routes ──► Session (read)
//!            limits, time    host,       │
//!                            origin,     └─► decision_writer ── journal, synced ──► Session (changed)
//!                            link                            └─ label file ──► answer
//! ```
//!
//! A decision is answered only when the journal is synced. Whoever labels at the same moment shares one
//! sync.

mod answers;
mod assets;
mod connections;
mod decision_writer;
mod gate;
mod label_file;
mod project;
mod rate_limit;
mod report_page;
mod routes;

pub use connections::{Serving, serve};
pub use gate::{Link, Role};
pub use project::LabelProject;
pub use report_page::MakeReport;
