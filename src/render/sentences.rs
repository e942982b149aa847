//! The sentence table, as CSV or as one JSON object a line.

use std::io::{self, Write};

use crate::table::Cell;

/// How the sentence table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A header, then a row per sentence and target (RFC 4180, with line feeds)
    Csv,
    /// A JSON object a line; where nothing is predicted, null
    Jsonl,
}

/// Writes rows as they come.
#[derive(Debug)]
pub struct Writer<W: Write> {
    columns: Vec<String>,
    sink: Sink<W>,
}

#[derive(Debug)]
enum Sink<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Jsonl(W),
}

impl<W: Write> Writer<W> {
    /// Begins a table; CSV gets its header.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W, format: Format, columns: Vec<String>) -> io::Result<Self> {
        let sink = match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(&columns).map_err(plain)?;
                Sink::Csv(Box::new(writer))
            }
            Format::Jsonl => Sink::Jsonl(out),
        };
        Ok(Writer { columns, sink })
    }

    /// Writes a row: one cell per column.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, cells: &[Cell]) -> io::Result<()> {
        match &mut self.sink {
            Sink::Csv(writer) => {
                writer.write_record(cells.iter().map(Cell::to_string)).map_err(plain)
            }
            Sink::Jsonl(out) => {
                for (at, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
                    out.write_all(if at == 0 { b"{" } else { b"," })?;
                    serde_json::to_writer(&mut *out, column)?;
                    out.write_all(b":")?;
                    write_json(out, cell)?;
                }
                out.write_all(b"}\n")
            }
        }
    }

    /// Ends the table and gives the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(self) -> io::Result<W> {
        match self.sink {
            Sink::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error),
            Sink::Jsonl(out) => Ok(out),
        }
    }
}

/// The output's own error, which tells a closed pipe from a full disk.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn write_json(out: &mut impl Write, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Text(text) => Ok(serde_json::to_writer(out, text)?),
        Cell::Probability(None) => out.write_all(b"null"),
        Cell::Whole(_) | Cell::Probability(Some(_)) => write!(out, "{cell}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        let columns = ["text", "start", "p"].map(String::from).to_vec();
        let mut writer = Writer::new(Vec::new(), format, columns).unwrap();
        let text = Cell::Text("a \"b\",\nc".to_string());
        writer.write(&[text, Cell::Whole(3), Cell::Probability(Some(0.25))]).unwrap();
        writer
            .write(&[Cell::Text(String::new()), Cell::Whole(0), Cell::Probability(None)])
            .unwrap();
        String::from_utf8(writer.finish().unwrap()).unwrap()
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
}
