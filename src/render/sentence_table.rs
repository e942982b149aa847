//! The sentence table, as CSV, as one JSON object a line, or as typed cells.

use std::io::Write;

use super::cell::is_formula;
use crate::sentence_table::Cell;

/// How the sentence table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A header, then a row per sentence and target (RFC 4180, with line feeds)
    Csv,
    /// A JSON object a line; where nothing is predicted, null
    Jsonl,
    /// Parquet: typed columns, missing where nothing stands
    Parquet,
}

/// The columns and format of a table. Rows are appended to any buffer, so that threads can write
/// several at a time.
#[derive(Debug)]
pub struct Layout {
    columns: Vec<String>,
    format: Format,
    /// Whether an apostrophe stands before what a spreadsheet would run.
    is_guarded: bool,
}

impl Layout {
    /// A table of at least two columns.
    pub fn new(format: Format, columns: Vec<String>) -> Self {
        Layout { columns, format, is_guarded: true }
    }

    /// The same for rows of a file, which are written as they were given: their offsets count what stands there.
    #[must_use]
    pub fn as_given(self) -> Self {
        Layout { is_guarded: false, ..self }
    }

    /// The format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The bytes before the first row.
    pub fn head(&self) -> Vec<u8> {
        let mut head = Vec::new();
        if self.format == Format::Csv {
            self.add(self.columns.iter().map(Cell::text), &mut head);
        }
        head
    }

    /// Appends a row as text: one cell per column. Parquet is no text: nothing is appended.
    pub fn add<'c>(&self, cells: impl IntoIterator<Item = Cell<'c>>, out: &mut Vec<u8>) {
        match self.format {
            Format::Csv => {
                for (index, cell) in cells.into_iter().enumerate() {
                    out.extend((index > 0).then_some(b','));
                    match cell {
                        Cell::Text(text) if self.is_guarded && is_formula(&text) => {
                            add_csv_text(format!("'{text}").as_bytes(), out);
                        }
                        cell => add_csv(&cell, out),
                    }
                }
                out.push(b'\n');
            }
            Format::Jsonl => {
                for (index, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
                    out.push(if index == 0 { b'{' } else { b',' });
                    add_json_text(column, out);
                    out.push(b':');
                    add_json(&cell, out);
                }
                out.extend(b"}\n");
            }
            Format::Parquet => {}
        }
    }
}

/// A probability with the four decimals that tables hold.
pub fn with_four_decimals(probability: f64) -> f64 {
    let mut digits = Vec::with_capacity(8);
    add_probability(probability, &mut digits);
    std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(probability)
}

fn add_csv(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Text(text) => add_csv_text(text.as_bytes(), out),
        Cell::Whole(number) => add_whole(*number, out),
        Cell::Probability(probability) => {
            probability.iter().for_each(|&probability| add_probability(probability, out));
        }
    }
}

/// Quotes a field where RFC 4180 requires it.
fn add_csv_text(text: &[u8], out: &mut Vec<u8>) {
    if !text.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text);
        return;
    }
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=at]);
        out.push(b'"');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

fn add_json(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Text(text) => add_json_text(text, out),
        Cell::Whole(number) => add_whole(*number, out),
        Cell::Probability(None) => out.extend(b"null"),
        Cell::Probability(Some(probability)) => add_probability(*probability, out),
    }
}

fn add_json_text(text: &str, out: &mut Vec<u8>) {
    // Writing text to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

fn add_whole(number: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn add_display(value: impl std::fmt::Display, out: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = write!(out, "{value}");
}

/// Writes four decimals, the same digits as `{:.4}`, which would take a fifth of the time of a row.
fn add_probability(probability: f64, out: &mut Vec<u8>) {
    const SCALE: f64 = 1e4;
    let (whole, rest) = ((probability * SCALE).trunc(), (probability * SCALE).fract());
    // Near a half, the rounding error of the product could decide; leave it to the standard library.
    let is_plain = (0.0..=1.0).contains(&probability) && (rest - 0.5).abs() > 1e-6;
    if !is_plain {
        return add_display(format_args!("{probability:.4}"), out);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 10,000")]
    let rounded = whole as u32 + u32::from(rest > 0.5);
    let digit = |unit: u32| b"0123456789"[(rounded / unit % 10) as usize];
    out.extend([digit(10_000), b'.', digit(1000), digit(100), digit(10), digit(1)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(format: Format) -> String {
        let columns = ["text", "start", "p"].map(String::from).to_vec();
        let layout = Layout::new(format, columns);
        let mut out = layout.head();
        let text = Cell::text("a \"b\",\nc");
        layout.add([text, Cell::Whole(3), Cell::Probability(Some(0.25))], &mut out);
        layout.add([Cell::text(""), Cell::Whole(0), Cell::Probability(None)], &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_quotes_what_it_must() {
        assert_eq!(written(Format::Csv), "text,start,p\n\"a \"\"b\"\",\nc\",3,0.2500\n,0,\n");
    }

    #[test]
    fn json_keeps_kinds_apart() {
        let expected = concat!(
            r#"{"text":"a \"b\",\nc","start":3,"p":0.2500}"#,
            "\n",
            r#"{"text":"","start":0,"p":null}"#,
            "\n",
        );
        assert_eq!(written(Format::Jsonl), expected);
    }

    #[track_caller]
    fn check_digits(probability: f64) {
        let mut out = Vec::new();
        add_probability(probability, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{probability:.4}"));
        let expected: f64 = format!("{probability:.4}").parse().unwrap();
        assert_eq!(with_four_decimals(probability).to_bits(), expected.to_bits());
    }

    #[test]
    fn digits_at_every_border() {
        for n in 0..=20_000_u32 {
            let near = f64::from(n) / 20_000.0;
            let around = [near, near.next_up(), near.next_down().abs(), near + 1e-9];
            around.into_iter().for_each(check_digits);
        }
        [f64::NAN, -0.5, 1.5, 5e-324].into_iter().for_each(check_digits);
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_standard_library(probability in 0.0..=1.0_f64) {
            check_digits(probability);
        }

        #[test]
        fn csv_is_that_of_the_csv_crate(texts in proptest::collection::vec("[a\",; \r\né]{0,6}", 2..5)) {
            let layout = Layout::new(Format::Csv, texts.clone()).as_given();
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&texts).unwrap();
            prop_assert_eq!(layout.head(), writer.into_inner().unwrap());
        }
    }
}
