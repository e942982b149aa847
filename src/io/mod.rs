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
mod csv_reader;
mod encoding;
mod file_hash;
mod header;
mod html;
mod inputs;
mod json_lines;
mod label_files;
mod numbered_lines;
mod open_file;
mod output;
mod plain_text;
mod progress;
mod read_error;
mod records;
mod row_fields;
mod soft_labels;
mod table_rows;
mod whole_file;
mod word_files;

pub use articles::Articles;
pub use file_hash::{FileHash, FileHashes};
pub use header::Columns;
pub use inputs::{Format, Inputs};
pub use label_files::{Examples, Labelled, Labels, Sentence, Sentences};
pub use output::Output;
pub use progress::Progress;
pub use records::{BadRows, Records, Skipped};
pub use row_fields::RowFields;
pub use whole_file::{read_bytes, sha256};
pub use word_files::{word_scores, word_vectors};
