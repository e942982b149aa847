//! Renders results as text, Markdown, HTML, CSV and JSON.
//!
//! A figure is built once, in `figures`, as a table of typed cells; a writer for each format prints it.

mod cell;
mod charts;
mod commands;
mod csv;
mod document;
mod figures;
mod html;
mod json;
mod lead;
mod markdown;
mod outline;
mod report;
mod sanitize;
pub mod sentence_table;
mod shell_word;
mod summary_text;
mod table;
mod terminal;
mod text;
mod width;
mod wording;

pub use charts::{Chart, write_chart};
pub use commands::{
    agreement, evaluation, explanation, generalization, label_plan, label_table, model_card,
    sample, suspected_label_errors, target_candidates, training,
};
pub use report::{Figures, Format, write, write_figures};
pub use sanitize::harmless;
