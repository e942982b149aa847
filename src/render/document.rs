//! The pieces of a report in words and tables, before any format is chosen.

use super::table::Table;

/// A piece of a report.
#[derive(Debug)]
pub(super) enum Block {
    /// The report's name.
    Title(String),
    /// The name of a section.
    Section(String),
    /// The name of a part of a section, and what a reader needs to know of it.
    Subsection(String, String),
    Paragraph(String),
    /// Paragraphs that are read one after the other.
    Prose(Vec<String>),
    Table(Table),
    /// Lines that belong to the paragraph before; each may have lines of its own.
    Lines(Vec<Item>),
    /// Remarks that are independent of each other.
    Remarks(Vec<String>),
    /// A mark for each sentence of an article, an article a line.
    SentenceStrips(Vec<SentenceStrip>),
}

/// A line and the lines below it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) below: Vec<Item>,
}

/// An article's name and its marks.
#[derive(Debug)]
pub(super) struct SentenceStrip {
    pub(super) name: String,
    pub(super) marks: String,
}

impl Item {
    /// A line with nothing below it.
    pub(super) fn line(text: String) -> Self {
        Item { text, below: Vec::new() }
    }
}

/// Maximum number of articles about a target that are shown one by one; more are added up.
pub(super) const FEW_ARTICLES: usize = 25;

/// Maximum number of rows of a table or lines of a list in a brief report.
pub(super) const MOST_ROWS: usize = 20;

/// A section of lines; nothing where there are none.
pub(super) fn section(name: &str, explained: &str, lines: Vec<Item>) -> Vec<Block> {
    if lines.is_empty() {
        return Vec::new();
    }
    let explained = Block::Paragraph(explained.to_owned());
    vec![Block::Section(name.to_owned()), explained, Block::Lines(lines)]
}

/// A part of a section; nothing where it has no lines.
pub(super) fn subsection(name: &str, explained: impl Into<String>, lines: Vec<Item>) -> Vec<Block> {
    if lines.is_empty() {
        return Vec::new();
    }
    vec![Block::Subsection(name.to_owned(), explained.into()), Block::Lines(lines)]
}
