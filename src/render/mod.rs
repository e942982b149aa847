//! Results as text, for people and for machines: one file per format of a report, one file per
//! other result. No format computes anything that another lacks.

pub mod agreement;
pub mod card;
mod columns;
mod csv;
pub mod explanation;
mod html;
mod json;
mod markdown;
mod phrase;
pub mod scores;
pub mod sentences;
mod table;
mod text;
pub mod training;

use std::io;

use crate::report::Report;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal, at most 100 columns wide.
    Text,
    /// For notes and issues.
    Markdown,
    /// One page that opens from disk.
    Html,
    /// The shares, one row per outlet, target, voice, relation and label.
    Csv,
    /// Every figure.
    Json,
}

/// Writes a report. Only `out` can fail.
pub fn write(report: &Report, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Text => out.write_all(text::text(report).as_bytes()),
        Format::Markdown => out.write_all(markdown::markdown(report).as_bytes()),
        Format::Html => out.write_all(html::html(report).as_bytes()),
        Format::Csv => csv::write(report, out),
        Format::Json => json::write(report, out),
    }
}

/// Indented JSON with a line feed behind it.
fn pretty(answer: &impl serde::Serialize) -> String {
    // Our answers hold text and numbers under names of their own, which always can be written.
    serde_json::to_string_pretty(answer).unwrap_or_default() + "\n"
}
