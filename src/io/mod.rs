//! Reads and writes files; nothing else uses `std::fs`.
//!
//! ```text
//! paths ── input_paths ──> files ── file_reader ──> bytes, decompressed ── encoding ──> UTF-8
//!       ── format_table ──> rows or articles ── records ──> articles, sentences
//! ```
//!
//! Tables are read row by row, so that memory does not grow with the input. Every error names the file
//! and the line, what was found, what was expected and what to do.

mod articles;
mod charset;
mod column_names;
mod columns;
mod csv_reader;
mod csv_record;
mod date_column;
mod decimal;
mod document_reader;
mod docx_text;
mod encoding;
mod feed;
mod file_format;
mod file_hash;
mod file_reader;
mod format_table;
mod header;
mod held;
mod html_article;
mod html_depth;
mod html_fragment;
mod input_paths;
mod json_array_reader;
mod json_lines_reader;
mod json_object;
mod json_reader;
mod known_texts;
mod labelled_rows;
mod mention_offsets;
mod missing_value;
#[cfg(test)]
mod mutated_files;
mod news_database;
mod numbered_lines;
mod office_file;
mod output;
mod page_furniture;
#[cfg(feature = "parquet")]
mod parquet_reader;
#[cfg(not(feature = "parquet"))]
mod parquet_refusal;
#[cfg(feature = "parquet")]
mod parquet_table;
mod progress;
mod read_error;
mod reading_notes;
mod records;
mod row;
mod sentence_rows;
mod soft_labels;
mod spreadsheet;
mod spreadsheet_reader;
mod synced_log;
mod table_rows;
mod temporary_file;
mod text_article;
mod typed_rows;
mod typed_values;
mod unread_kind;
mod warc_pages;
mod word_vectors_and_scores;
mod xml_text;

pub use articles::duplicate_key;
pub use column_names::usual_article_columns;
pub use columns::Columns;
pub use file_format::Format;
pub use file_hash::{FileHash, FileHashes, sha256};
pub use file_reader::read_bytes;
pub use format_table::{KnownFormat, known_formats};
pub use held::{Held, HeldBytes, HeldRows, HeldTable};
pub use input_paths::Inputs;
pub use labelled_rows::LabelledRow;
pub use output::Output;
#[cfg(not(feature = "parquet"))]
pub use parquet_refusal::ParquetTable;
#[cfg(feature = "parquet")]
pub use parquet_table::ParquetTable;
pub use progress::Progress;
pub use reading_notes::ReadingNotes;
pub use records::{BadRows, Records, Skipped};
pub use row::Row;
pub use sentence_rows::SentenceRow;
pub use synced_log::{LinesAt, SyncedLog};
pub use table_rows::TableRow;
pub use typed_values::TypedValues;
pub use word_vectors_and_scores::{word_scores, word_vectors};
