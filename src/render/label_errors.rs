//! Labels that may be wrong.

use std::io;

use super::csv::safe;
use super::sanitize::tidy;
use super::terminal;
use crate::evaluate::ScoredExample;
use crate::example::Example;
use crate::training::dataset::Dataset;
use crate::training::label_errors::LabelError;

/// So many are shown to people.
const SHOWN: usize = 5;

const HEADER: [&str; 13] = [
    "rank",
    "id",
    "file",
    "line",
    "article_id",
    "outlet",
    "target",
    "text",
    "label",
    "suggested",
    "p_label",
    "p_suggested",
    "margin",
];

/// Suspects and what is needed to show them.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The suspects, in the order in which they are shown.
    pub suspects: &'a [LabelError],
    /// What was judged.
    pub items: &'a Dataset,
    /// The judgements, one for each item.
    pub judged: &'a [ScoredExample],
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
        listing.items.items.len(),
        tidy(path),
    );
    terminal::wrap(&mut out, "", &found, 0);
    for suspect in listing.suspects.iter().take(SHOWN) {
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

/// All of them, a row each.
pub fn csv(listing: &Listing, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for (at, suspect) in listing.suspects.iter().enumerate() {
        let example = listing.example(suspect);
        table.write_record([
            (at + 1).to_string(),
            safe(&example.id),
            safe(&example.path.display().to_string()),
            example.line.to_string(),
            safe(&example.article_id),
            safe(&example.outlet),
            safe(&example.target),
            safe(&example.text),
            safe(listing.label(suspect.label)),
            safe(listing.label(suspect.suggested)),
            format!("{:.4}", listing.probability(suspect, suspect.label)),
            format!("{:.4}", listing.probability(suspect, suspect.suggested)),
            format!("{:.4}", suspect.margin),
        ])?;
    }
    table.flush()
}

impl<'a> Listing<'a> {
    fn example(&self, suspect: &LabelError) -> &'a Example {
        &self.examples[self.items.items[suspect.row].row]
    }

    fn label(&self, label: usize) -> &'a str {
        &self.items.labels[label]
    }

    fn probability(&self, suspect: &LabelError, label: usize) -> f64 {
        self.judged[suspect.row].probabilities[label]
    }
}
