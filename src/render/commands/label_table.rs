//! The rows of the label file that the page writes: the columns of a sample, then what the coder said.

use crate::audit_sampling::Drawn;
use crate::label_page::{Card, Decision, moment};
use crate::render::csv;

use super::sample;

/// The columns behind those of a sample.
const FIELDS: [&str; 5] = ["note", "marks", "status", "time", "seconds"];

/// The names of the columns as a line of CSV.
pub fn header() -> Vec<u8> {
    line(sample::names().chain(FIELDS).map(str::to_string).collect())
}

/// Writes rows of labels, the header first.
pub fn write(rows: Vec<Vec<String>>, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    csv::write_rows(rows, out)
}

/// One decision as a line of CSV. Corrected voices, speakers and parts stand in place of those found;
/// `label` is empty where there is none, and `status` says why.
pub fn row(card: &Card, decision: &Decision) -> Vec<u8> {
    let mut drawn: Drawn = card.drawn.clone();
    drawn.voice = decision.voice.unwrap_or(drawn.voice);
    drawn.part = decision.part.unwrap_or(drawn.part);
    if let Some(speaker) = &decision.speaker {
        drawn.speakers = vec![speaker.clone()];
    }
    let label = decision.answer.label().unwrap_or_default();
    let mut fields = sample::fields(&drawn, &decision.codebook, label, &decision.coder);
    let marks = decision.marks.iter().map(|(start, end)| format!("{start}:{end}"));
    fields.extend([
        decision.note.clone(),
        marks.collect::<Vec<_>>().join(" "),
        decision.answer.status().to_string(),
        moment(decision.time),
        format!("{:.1}", decision.seconds),
    ]);
    line(fields)
}

fn line(fields: Vec<String>) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = csv::write_rows([fields], &mut out);
    out
}
