//! A sample to be labelled, as a table, and what it will be worth, in words.

use std::io;

use super::{csv, sanitize, wording};
use crate::audit_sampling::{Drawn, Expected};

/// What a sample's table has. `label` and `coder` are for the person who labels.
const COLUMNS: [&str; 18] = [
    "id",
    "article_id",
    "outlet",
    "date",
    "url",
    "sentence",
    "part",
    "voice",
    "speaker",
    "target",
    "headline",
    "before",
    "text",
    "after",
    "drawn",
    "codebook",
    "label",
    "coder",
];

/// Writes the sample as CSV that a spreadsheet may open: no cell is a formula. `codebook` names
/// what the labels mean.
pub fn write(sample: &[Drawn], codebook: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for row in sample {
        let id = format!("{}:{}", row.article_id, row.sentence);
        let (speakers, drawn) = (row.speakers.join("; "), format!("{:.9}", row.probability));
        let number = row.sentence.to_string();
        let cells = [
            &id,
            &row.article_id,
            &row.outlet,
            &row.date,
            &row.url,
            &number,
            row.part.name(),
            row.voice.name(),
            &speakers,
            &row.target,
            &row.headline,
            &row.before,
            &row.text,
            &row.after,
            &drawn,
            codebook,
            "",
            "",
        ];
        table.write_record(cells.map(csv::safe))?;
    }
    table.flush()
}

/// What the labels of a stratum will bring.
pub fn expected(expected: &Expected, labels: &[String]) -> String {
    let Expected { sentences, drawn, .. } = expected;
    let of = match sanitize::name(&expected.target) {
        name if name.is_empty() => String::new(),
        name => format!(", {name}"),
    };
    let outlet = wording::outlet(&expected.outlet);
    let head = format!("{outlet}{of}, {}: {drawn} of {sentences}", wording::voice(expected.voice));
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
        };
        let said = expected(&draw, &labels);
        assert_eq!(said, "A, plan, own voice: 60 of 200; about critical ±8, neutral ±10 points");
        (draw.drawn, draw.half_widths) = (20, Vec::new());
        assert!(expected(&draw, &labels).ends_with("draw 30 or more"));
    }
}
