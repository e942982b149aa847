//! Reading and writing: the only user of `std::fs`.
//!
//! ```text
//! paths ── Inputs::find ──> files ── open ──> bytes, decompressed ── encoding ──> UTF-8
//!       ── lines ──> numbered lines ── delimited | json_lines ──> rows ── articles | examples ──> items
//! ```
//!
//! Tables are read row by row, so memory does not grow with the input. Every error names the file
//! and the line, what was found, what was expected and what to do.

mod articles;
mod bytes;
mod delimited;
mod encoding;
mod examples;
mod fault;
mod fields;
mod fingerprint;
mod header;
mod inputs;
mod json_lines;
mod lines;
mod open;
mod output;
mod page;
mod plain;
mod progress;
mod records;
mod rows;
mod soft;
mod words;

pub use articles::Articles;
pub use bytes::{read_bytes, sha256};
pub use examples::{Examples, Labelled, Labels, Sentence, Sentences};
pub use fields::Fields;
pub use fingerprint::{Fingerprint, Fingerprints};
pub use header::Columns;
pub use inputs::{Format, Inputs};
pub use output::Output;
pub use progress::Progress;
pub use records::{BadRows, Records, Skipped};
pub use words::{word_scores, word_vectors};

/// The largest row, line, text or page that is read. No article comes near it; what does is a
/// quotation mark that is never closed, or no article.
const MAX_RECORD: usize = 16 << 20;
