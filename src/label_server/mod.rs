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
//!
//! hyper speaks HTTP, on tokio's single-threaded runtime: both are kept by those who keep most of Rust's HTTP,
//! and time and sizes can be bounded at every step. axum on top takes twice as long to compile and would
//! route a dozen addresses; smaller servers let a slow client hold a thread.

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
mod training_check;

pub use connections::{Serving, serve};
pub use gate::{Link, Role};
pub use project::LabelProject;
pub use report_page::MakeReport;
pub use training_check::{CheckTraining, CurvePoint, TrainingCheck};
