//! Reports as text, for people and for machines: one file per format, and no format computes
//! anything that another lacks.

mod columns;
mod csv;
mod html;
mod json;
mod markdown;
mod phrase;
mod table;
mod text;

use std::io;

use crate::report::Report;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Format {
    /// All, in the order of help texts.
    pub const ALL: [Format; 5] =
        [Format::Text, Format::Markdown, Format::Html, Format::Csv, Format::Json];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }
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
