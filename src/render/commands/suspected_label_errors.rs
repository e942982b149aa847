//! Labels that may be wrong.

use std::io;

use crate::evaluate::ScoredExample;
use crate::example::Example;
use crate::render::cell::Cell;
use crate::render::csv;
use crate::render::sanitize::tidy;
use crate::render::table::Table;
use crate::render::terminal;
use crate::training::dataset::Dataset;
use crate::training::suspected_label_errors::LabelError;

/// Maximum number of suspects shown to people.
const MOST_SHOWN: usize = 5;

/// Suspects and what is needed to show them.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The label errors, in the order in which they are shown.
    pub suspects: &'a [LabelError],
    /// The dataset that they are in.
    pub dataset: &'a Dataset,
    /// The out-of-fold prediction for each gold instance.
    pub predictions: &'a [ScoredExample],
    /// The rows of the label files.
    pub examples: &'a [Example],
}

/// The first of them, for people.
pub fn text(listing: &Listing, path: &str) -> String {
    let mut out = String::from("\n");
    let found = format!(
        "Suspects: {} of {} labels may be wrong; all are in {}, the least likely first. Look at \
         them from the top: the lower they stand, the more often it is the model that errs.",
        listing.suspects.len(),
        listing.dataset.gold.len(),
        tidy(path),
    );
    terminal::paragraph(&mut out, &found);
    for suspect in listing.suspects.iter().take(MOST_SHOWN) {
        let example = listing.example(suspect);
        let line = format!(
            "{}, line {}: {} ({:.2}), rather {} ({:.2}): {}",
            tidy(&example.path.display().to_string()),
            example.line,
            tidy(listing.label(suspect.label)),
            listing.probability(suspect, suspect.label),
            tidy(listing.label(suspect.suggested)),
            listing.probability(suspect, suspect.suggested),
            tidy(&example.text),
        );
        terminal::wrap(&mut out, "  ", &line, 4);
    }
    out
}

/// A suspect in the listing.
struct Row<'a> {
    rank: usize,
    listing: &'a Listing<'a>,
    suspect: &'a LabelError,
    example: &'a Example,
}

impl Row<'_> {
    fn label(&self, label: usize) -> Cell {
        Cell::text(self.listing.label(label))
    }

    fn probability(&self, label: usize) -> Cell {
        Cell::text(format!("{:.4}", self.listing.probability(self.suspect, label)))
    }
}

/// The name of a field, and what stands there of each row.
type Field = (&'static str, fn(&Row<'_>) -> Cell);

/// The fields in CSV.
const FIELDS: [Field; 13] = [
    ("rank", |row| Cell::count(row.rank as u64)),
    ("id", |row| Cell::text(&row.example.id)),
    ("file", |row| Cell::text(row.example.path.display().to_string())),
    ("line", |row| Cell::text(row.example.line.to_string())),
    ("article_id", |row| Cell::text(&row.example.article_id)),
    ("outlet", |row| Cell::text(&row.example.outlet)),
    ("target", |row| Cell::text(&row.example.target)),
    ("text", |row| Cell::text(&row.example.text)),
    ("label", |row| row.label(row.suspect.label)),
    ("suggested", |row| row.label(row.suspect.suggested)),
    ("p_label", |row| row.probability(row.suspect.label)),
    ("p_suggested", |row| row.probability(row.suspect.suggested)),
    ("margin", |row| Cell::text(format!("{:.4}", row.suspect.margin))),
];

/// All of them, a row each.
pub fn csv(listing: &Listing, out: &mut dyn io::Write) -> io::Result<()> {
    let row = |(rank, suspect)| Row { rank, listing, suspect, example: listing.example(suspect) };
    let rows = (1..).zip(listing.suspects).map(row);
    csv::write(&Table::of_fields(FIELDS, rows), out)
}

impl<'a> Listing<'a> {
    fn example(&self, suspect: &LabelError) -> &'a Example {
        &self.examples[self.dataset.gold[suspect.row].row]
    }

    fn label(&self, label: usize) -> &'a str {
        &self.dataset.labels[label]
    }

    fn probability(&self, suspect: &LabelError, label: usize) -> f64 {
        self.predictions[suspect.row].probabilities[label]
    }
}
