//! Labelled sentences, and sentences that are to be labelled.

use std::path::Path;
use std::sync::Arc;

use super::header::{Columns, Row, Schema};
use super::inputs::{Format, Inputs, Source};
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use super::records::{BadRows, Items, Records};
use super::row_fields::RowFields;
use super::soft_labels;
use super::table_rows::{Rows, rows};
use crate::error::Error;
use crate::example::Example;
use crate::text::Span;

/// Whether every row must have a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// For training and measuring.
    Required,
    /// For `--unit sentence`: there may be none.
    Optional,
}

impl Labels {
    fn schema(self) -> &'static Schema {
        match self {
            Labels::Required => &LABELLED,
            Labels::Optional => &UNLABELLED,
        }
    }
}

const FIELDS: &[&str] = &[
    "text",
    "label",
    "id",
    "article_id",
    "outlet",
    "date",
    "target",
    "target_start",
    "target_end",
    "coder",
    "weight",
];

static LABELLED: Schema =
    Schema { noun: "labelled sentences", fields: FIELDS, required: &["text", "label"] };

static UNLABELLED: Schema = Schema { noun: "sentences", fields: FIELDS, required: &["text"] };

/// An example and the row it stands in, whose columns can be carried through.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// What the row says.
    pub example: Example,
    /// The names of the row's columns; the rows of one table share them.
    pub columns: Arc<[String]>,
    /// The row as it was given, a field for each column.
    pub fields: RowFields,
}

/// The labelled sentences of all inputs.
pub type Examples = Records<Labelled>;

/// A row that holds a sentence to be read, and is to be carried through.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The file it was read from.
    pub path: Arc<Path>,
    /// 1-based line on which its row starts.
    pub line: u64,
    /// The names of the row's columns; the rows of one table share them.
    pub columns: Arc<[String]>,
    /// The row as it was given, a field for each column.
    pub fields: RowFields,
    /// Bytes of the text where the target stands; none where the file gives no offsets.
    pub mention: Option<Span>,
    /// Where the text and the target stand among the fields.
    text: Option<usize>,
    target: Option<usize>,
}

impl Sentence {
    /// The sentence.
    pub fn text(&self) -> &str {
        self.text.and_then(|at| self.fields.get(at)).unwrap_or_default()
    }

    /// Toward what; empty where the row does not say.
    pub fn target(&self) -> &str {
        self.target.and_then(|at| self.fields.get(at)).unwrap_or_default()
    }
}

/// The sentences of all inputs.
pub type Sentences = Records<Sentence>;

impl Inputs {
    /// Reads labelled sentences, a row of a table each.
    pub fn examples(
        self,
        columns: &Columns,
        labels: Labels,
        bad_rows: BadRows,
    ) -> Result<Examples, Error> {
        let schema = labels.schema();
        columns.check(schema)?;
        let columns = columns.clone();
        let open =
            move |source: &Source, lines: NumberedLines| items(source, lines, schema, &columns);
        Ok(Records::new(self, schema.noun, bad_rows, open))
    }

    /// Reads sentences, a row of a table each: what [`Inputs::examples`] reads where labels are
    /// optional, and checks as it does.
    pub fn sentences(self, columns: &Columns, bad_rows: BadRows) -> Result<Sentences, Error> {
        columns.check(&UNLABELLED)?;
        let columns = columns.clone();
        let open = move |source: &Source, lines: NumberedLines| sentences(source, lines, &columns);
        Ok(Records::new(self, UNLABELLED.noun, bad_rows, open))
    }
}

fn sentences(
    source: &Source,
    lines: NumberedLines,
    columns: &Columns,
) -> Result<Items<Sentence>, Error> {
    let rows = table(source, lines, &UNLABELLED, columns)?;
    let path: Arc<Path> = source.path.as_path().into();
    Ok(Box::new(rows.map(move |row| {
        let row = row?;
        let fail = |reason| ReadError::Row(Error::row(&path, row.line, reason));
        let Checked { mention, .. } = Checked::of(&row, &UNLABELLED).map_err(fail)?;
        let header = &row.header;
        Ok(Sentence {
            path: Arc::clone(&path),
            line: row.line,
            columns: Arc::clone(&header.names),
            text: header.place("text"),
            target: header.place("target"),
            fields: row.fields,
            mention,
        })
    })))
}

/// The rows of a source, which must be a table.
fn table(
    source: &Source,
    lines: NumberedLines,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    if matches!(source.format, Some(Format::Text | Format::Html)) {
        let noun = schema.noun;
        let reason = format!("no {noun}: expected a table, .csv, .tsv or .jsonl");
        return Err(Error::file(&source.path, reason));
    }
    rows(lines, source.format, schema, columns)
}

fn items(
    source: &Source,
    lines: NumberedLines,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Items<Labelled>, Error> {
    let rows = table(source, lines, schema, columns)?;
    let source = source.clone();
    Ok(Box::new(rows.map(move |row| {
        let row = row?;
        let fail = |reason| ReadError::Row(Error::row(&source.path, row.line, reason));
        let example = example(&row, &source.path, &source.name, schema).map_err(fail)?;
        Ok(Labelled { example, columns: Arc::clone(&row.header.names), fields: row.fields })
    })))
}

fn example(row: &Row, path: &Path, name: &str, schema: &Schema) -> Result<Example, String> {
    let Checked { label_shares, mention, weight } = Checked::of(row, schema)?;
    Ok(Example {
        path: path.to_path_buf(),
        line: row.line,
        id: row.id(name),
        article_id: row.trimmed("article_id"),
        outlet: row.trimmed("outlet"),
        date: row.trimmed("date"),
        text: row.get("text").to_string(),
        target: row.get("target").to_string(),
        mention,
        label_shares,
        weight,
        coder: row.trimmed("coder"),
    })
}

/// What of a row can be wrong.
struct Checked {
    label_shares: Vec<(String, f64)>,
    mention: Option<Span>,
    weight: f64,
}

impl Checked {
    fn of(row: &Row, schema: &Schema) -> Result<Self, String> {
        let label_shares = match row.get("label").trim() {
            "" if !row.header.has_shares => Vec::new(),
            "" => soft_labels::shares(&row.header.names, &row.fields)?,
            label => vec![(label.to_string(), 1.0)],
        };
        let empty = |field: &&&str| match **field {
            "label" => label_shares.is_empty(),
            field => row.get(field).trim().is_empty(),
        };
        if let Some(field) = schema.required.iter().find(empty) {
            return Err(format!("`{field}` is empty; fill it or delete the row"));
        }
        Ok(Checked { label_shares, mention: mention(row)?, weight: weight(row)? })
    }
}

/// How much the row counts; 1 where it does not say.
fn weight(row: &Row) -> Result<f64, String> {
    let value = row.get("weight").trim();
    if value.is_empty() {
        return Ok(1.0);
    }
    let weight = value.parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight > 0.0);
    weight.ok_or_else(|| format!("weight is `{value}`; expected a number above 0"))
}

/// Where the target stands, checked against the text.
fn mention(row: &Row) -> Result<Option<Span>, String> {
    let (start, end) = match (offset(row, "target_start")?, offset(row, "target_end")?) {
        (None, None) => return Ok(None),
        (Some(start), Some(end)) => (start, end),
        (Some(_), None) => return Err("target_start is given, target_end is not".to_string()),
        (None, Some(_)) => return Err("target_end is given, target_start is not".to_string()),
    };
    let (text, target) = (row.get("text"), row.get("target"));
    let Some(span) = byte_span(text, start, end) else {
        let n = text.chars().count();
        return Err(format!(
            "text[{start}:{end}] does not exist in a text of {n} characters; {OFFSETS}"
        ));
    };
    let found = &text[span.clone()];
    if found != target {
        let place = place_of(text, target);
        return Err(format!(
            "text[{start}:{end}] is `{found}`, but target is `{target}`{place}; {OFFSETS}"
        ));
    }
    Ok(Some(span))
}

const OFFSETS: &str = "offsets count Unicode characters from 0, the end not included";

/// Where the target does stand, for the message.
fn place_of(text: &str, target: &str) -> String {
    match text.find(target) {
        Some(at) if !target.is_empty() => {
            let start = text[..at].chars().count();
            format!(", which stands at {start}:{}", start + target.chars().count())
        }
        _ => String::new(),
    }
}

fn offset(row: &Row, field: &str) -> Result<Option<usize>, String> {
    let value = row.get(field).trim();
    if value.is_empty() {
        return Ok(None);
    }
    // Tables that went through pandas write 12 as 12.0 where other rows have none.
    let digits = value.strip_suffix(".0").unwrap_or(value);
    let refuse = |_| format!("{field} is `{value}`; expected a whole number of characters");
    digits.parse().map(Some).map_err(refuse)
}

/// Bytes of the characters `start..end`.
fn byte_span(text: &str, start: usize, end: usize) -> Option<Span> {
    if text.is_ascii() {
        return (start <= end && end <= text.len()).then_some(start..end);
    }
    let n_characters = end.checked_sub(start)?;
    let first = bytes_of(text, start)?;
    Some(first..first + bytes_of(&text[first..], n_characters)?)
}

/// How many bytes the first characters take, where there are so many.
fn bytes_of(text: &str, n_characters: usize) -> Option<usize> {
    let mut rest = text.chars();
    let is_short = n_characters > 0 && rest.nth(n_characters - 1).is_none();
    (!is_short).then(|| text.len() - rest.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(name: &str, content: &str, labels: Labels) -> Result<Vec<Labelled>, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let inputs = Inputs::find(&[path], None)?;
        inputs.examples(&Columns::default(), labels, BadRows::Refuse)?.collect()
    }

    #[track_caller]
    fn refused(name: &str, content: &str, expected: &str) {
        let message = read(name, content, Labels::Required).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn offsets_are_characters_and_become_bytes() {
        let table = "text,label,target,target_start,target_end,coder,note\n\
            Zoë met Ann.,neutral,Ann,8,11,a,x\n\"“Zoë\n🗞”\",critical,Zoë\n🗞,1.0,6,b,\n";
        let table = table.replace("Zoë\n🗞,1.0,6", "\"Zoë\n🗞\",1.0,6.0");
        let examples = read("l.csv", &table, Labels::Required).unwrap();
        let first = &examples[0].example;
        assert_eq!((first.id.as_str(), first.line, first.coder.as_str()), ("l-1", 2, "a"));
        for Labelled { example, columns, fields } in &examples {
            assert_eq!(example.text[example.mention.clone().unwrap()], example.target);
            assert_eq!((columns.len(), fields.len()), (7, 7));
        }
        assert_eq!(examples[0].fields.get(6), Some("x"));
        assert_eq!(examples[1].example.line, 3);
    }

    #[test]
    fn labels_may_be_absent_where_they_are_optional() {
        let examples = read(
            "l.jsonl",
            "{\"text\":\"a\",\"x\":1}\n{\"text\":\"b\",\"label\":null}\n",
            Labels::Optional,
        );
        let examples = examples.unwrap();
        assert_eq!(examples[0].example.label(), None);
        assert_eq!(
            (&examples[0].columns[..], &examples[0].fields),
            (&["text".to_string(), "x".to_string()][..], &["a", "1"].into_iter().collect())
        );
        assert_eq!(examples[0].example.mention, None);
    }

    #[test]
    fn bad_rows_are_named() {
        let header = "text,label,target,target_start,target_end\n";
        let row =
            |row: &str, expected: &str| refused("l.csv", &format!("{header}{row}\n"), expected);
        row(
            "Zoë met Ann.,neutral,Ann,7,10",
            "l.csv, line 2: text[7:10] is ` An`, but target is `Ann`, which stands at 8:11; offsets count",
        );
        row("Zoë met Ann.,neutral,Bob,0,3", "text[0:3] is `Zoë`, but target is `Bob`; offsets");
        row("Zoë met Ann.,neutral,,0,3", "text[0:3] is `Zoë`, but target is ``; offsets");
        row("a,neutral,a,0,", "target_start is given, target_end is not");
        row("a,neutral,a,,1", "target_end is given, target_start is not");
        row("a,neutral,a,-1,1", "target_start is `-1`; expected a whole number");
        row("a,neutral,a,0,one", "target_end is `one`; expected a whole number");
        row("a,neutral,a,0,2", "text[0:2] does not exist in a text of 1 characters");
        row("a,neutral,a,1,0", "text[1:0] does not exist");
        row("a, ,,,", "`label` is empty; fill it or delete the row");
        row(" ,neutral,,,", "`text` is empty");
        refused("l.csv", "text\na\n", "no column `label`, found `text`");
        refused("l.csv", "text,label\n", "no labelled sentences: there is no row in it");
        refused("l.txt", "text", "no labelled sentences: expected a table");
    }

    proptest! {
        #[test]
        fn every_span_of_characters_is_found(text in "\\PC{0,30}", start in 0..32_usize, end in 0..32_usize) {
            let n = text.chars().count();
            let span = byte_span(&text, start, end);
            prop_assert_eq!(span.is_some(), start <= end && end <= n);
            if let Some(span) = span {
                let expected: String = text.chars().skip(start).take(end - start).collect();
                prop_assert_eq!(&text[span], expected);
            }
        }

        #[test]
        fn any_offsets_end(start in "[0-9.e-]{0,22}", end in "[0-9.e-]{0,22}") {
            let _ = read("l.csv", &format!("text,target_start,target_end\na,{start},{end}\n"), Labels::Optional);
        }
    }
}
