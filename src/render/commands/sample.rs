//! A sample to label by hand, and how wide its intervals will be.

use std::io;

use crate::audit_sampling::{Drawn, Expected};
use crate::example::CHOSEN;
use crate::render::cell::Cell;
use crate::render::table::Table;
use crate::render::{csv, sanitize, wording};

/// A sentence of the sample, the name of the codebook, and what a person said of it.
struct Row<'a> {
    drawn: &'a Drawn,
    codebook: &'a str,
    label: &'a str,
    coder: &'a str,
}

/// The name of a field, and what stands there of each row.
type Field = (&'static str, fn(&Row<'_>) -> Cell);

/// The fields in CSV. `label` and `coder` are for the person who labels.
const FIELDS: [Field; 20] = [
    ("id", |row| Cell::text(format!("{}:{}", row.drawn.article_id, row.drawn.sentence))),
    ("article_id", |row| Cell::text(&row.drawn.article_id)),
    ("outlet", |row| Cell::text(&row.drawn.outlet)),
    ("date", |row| Cell::text(&row.drawn.date)),
    ("url", |row| Cell::text(&row.drawn.url)),
    ("sentence", |row| Cell::text(row.drawn.sentence.to_string())),
    ("part", |row| Cell::text(row.drawn.part.name())),
    ("voice", |row| Cell::text(row.drawn.voice.name())),
    ("speaker", |row| Cell::text(row.drawn.speakers.join("; "))),
    ("target", |row| Cell::text(&row.drawn.target)),
    ("mentions", |row| Cell::text(&row.drawn.mentions)),
    ("headline", |row| Cell::text(&row.drawn.headline)),
    ("earlier", |row| Cell::text(&row.drawn.earlier)),
    ("before", |row| Cell::text(&row.drawn.before)),
    ("text", |row| Cell::text(&row.drawn.text)),
    ("after", |row| Cell::text(&row.drawn.after)),
    ("drawn", |row| match row.drawn.probability {
        Some(probability) => Cell::text(format!("{probability:.9}")),
        None => Cell::text(CHOSEN),
    }),
    ("codebook", |row| Cell::text(row.codebook)),
    ("label", |row| Cell::text(row.label)),
    ("coder", |row| Cell::text(row.coder)),
];

/// The names of the columns.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|(name, _)| *name)
}

/// One sentence with its label.
pub(super) fn fields(drawn: &Drawn, codebook: &str, label: &str, coder: &str) -> Vec<String> {
    let row = Row { drawn, codebook, label, coder };
    FIELDS.iter().flat_map(|(_, cell)| cell(&row).fields()).collect()
}

/// Writes the sample as CSV. `codebook` names what the labels mean.
pub fn write(sample: &[Drawn], codebook: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = sample.iter().map(|drawn| Row { drawn, codebook, label: "", coder: "" });
    csv::write(&Table::of_fields(FIELDS, rows), out)
}

/// How wide the intervals of a stratum will be once its sample is labelled.
pub fn expected(expected: &Expected, labels: &[String]) -> String {
    let Expected { sentences, drawn, .. } = expected;
    let target = match sanitize::name(&expected.target) {
        name if name.is_empty() => String::new(),
        name => format!(", {name}"),
    };
    let outlet = wording::outlet(&expected.outlet);
    let head =
        format!("{outlet}{target}, {}: {drawn} of {sentences}", wording::voice(expected.voice));
    if expected.half_widths.is_empty() {
        let advice = if *drawn as u64 == *sentences {
            "all there are; too few for a percentage, but to be read as they are"
        } else {
            "too few for a percentage: draw 30 or more"
        };
        return format!("{head}; {advice}");
    }
    let widths = labels.iter().zip(&expected.half_widths);
    let widths: Vec<String> = widths
        .map(|(label, half)| format!("{} ±{:.0}", sanitize::name(label), half * 100.0))
        .collect();
    format!("{head}; about {} points", widths.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Voice;

    #[test]
    fn few_sentences_promise_nothing() {
        let labels = ["critical", "neutral"].map(String::from);
        let mut draw = Expected {
            outlet: "A".to_string(),
            target: "plan".to_string(),
            voice: Voice::Outlet,
            sentences: 200,
            drawn: 60,
            half_widths: vec![0.081, 0.1],
            sums: Vec::new(),
        };
        let said = expected(&draw, &labels);
        assert_eq!(said, "A, plan, own voice: 60 of 200; about critical ±8, neutral ±10 points");
        (draw.drawn, draw.half_widths) = (20, Vec::new());
        assert!(expected(&draw, &labels).ends_with("draw 30 or more"));
    }
}
