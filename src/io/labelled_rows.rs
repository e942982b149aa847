//! Reads labelled sentences, one from each row of a table.

use super::columns::Columns;
use super::decimal::decimal;
use super::header::Schema;
use super::input_paths::{Inputs, Source};
use super::mention_offsets::mention;
use super::reading_notes::ReadingNotes;
use super::records::{BadRows, RecordKind, Records};
use super::row::Row;
use super::soft_labels;
use crate::error::Error;
use crate::example::{CHOSEN, Drawing, Example};
use crate::text::Span;

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
    "mentions",
    "subject",
    "title",
    "headline",
    "before",
    "coder",
    "weight",
    "drawn",
];

const LABELLED: Schema = Schema {
    noun: "labelled sentences",
    required: &["text"],
    expected: &["label"],
    ..Schema::of(FIELDS)
};

/// The fields of sentences that need no labels.
pub(super) const UNLABELLED: Schema =
    Schema { noun: "sentences", required: &["text"], ..Schema::of(FIELDS) };

/// A labelled sentence, and the row that holds it.
#[derive(Debug, Clone)]
pub struct LabelledRow {
    /// What the row says.
    pub example: Example,
    /// The row as it was given.
    pub row: Row,
}

impl Inputs {
    /// Reads labelled sentences, one from each row of a table; a row may have no label. Labels stay as they
    /// are written; the label reader understands them.
    pub fn examples(
        self,
        columns: &Columns,
        bad_rows: BadRows,
    ) -> Result<Records<LabelledRow>, Error> {
        let kind = RecordKind { schema: &LABELLED, from_row, from_article: None, sameness: None };
        Records::new(kind, self, columns, bad_rows)
    }
}

fn from_row(row: Row, source: &Source, _: &ReadingNotes) -> Result<Option<LabelledRow>, String> {
    let CheckedFields { label_shares, mention, weight, drawing } = CheckedFields::new(&row)?;
    // Offsets count what stands in the file.
    let text = if mention.is_some() { row.get("text") } else { row.unmarked("text") };
    let example = Example {
        path: source.path.to_path_buf(),
        line: row.line,
        id: row.id(&source.name),
        article_id: row.unmarked("article_id").trim().to_string(),
        outlet: row.trimmed("outlet"),
        date: row.date(),
        text: text.to_string(),
        target: row.unmarked("target").to_string(),
        mention,
        other_names: other_names(&row),
        subject: row.trimmed("subject"),
        title: title(&row).to_string(),
        before: row.unmarked("before").trim().to_string(),
        label_shares,
        weight,
        coder: row.trimmed("coder"),
        drawing,
    };
    Ok(Some(LabelledRow { example, row }))
}

/// The headline of the row's article, by either of its names.
pub(super) fn title(row: &Row) -> &str {
    match row.unmarked("title").trim() {
        "" => row.unmarked("headline").trim(),
        title => title,
    }
}

/// What else the row's text calls the target: names in one column, separated by semicolons.
pub(super) fn other_names(row: &Row) -> Vec<String> {
    let names = row.unmarked("mentions").split(';').map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_string).collect()
}

/// The fields of a row that can be wrong.
pub(super) struct CheckedFields {
    label_shares: Vec<(String, f64)>,
    pub(super) mention: Option<Span>,
    weight: f64,
    drawing: Option<Drawing>,
}

impl CheckedFields {
    /// Refuses a row without a required field, and fields whose values are impossible.
    pub(super) fn new(row: &Row) -> Result<Self, String> {
        let label_shares = match row.get("label").trim() {
            // Beside a column for labels, shares are what a model said of the row.
            "" if row.header.index("label").is_some() || !row.header.has_label_shares => Vec::new(),
            "" => soft_labels::shares(row.columns(), &row.fields)?,
            label => vec![(label.to_string(), 1.0)],
        };
        let is_empty = |field: &&&str| row.get(field).trim().is_empty();
        if let Some(field) = row.header.schema.required.iter().find(is_empty) {
            return Err(format!("`{field}` is empty; fill it or delete the row"));
        }
        let (mention, weight, drawing) = (mention(row)?, weight(row)?, drawing(row)?);
        Ok(CheckedFields { label_shares, mention, weight, drawing })
    }
}

/// The weight of a row; 1 where it has none.
fn weight(row: &Row) -> Result<f64, String> {
    let value = row.get("weight").trim();
    if value.is_empty() {
        return Ok(1.0);
    }
    let weight = decimal(value).filter(|weight| *weight > 0.0);
    weight.ok_or_else(|| format!("weight is `{value}`; expected a number above 0"))
}

/// How the row's sentence came to be labelled; none where it does not say.
fn drawing(row: &Row) -> Result<Option<Drawing>, String> {
    let value = row.get("drawn").trim();
    match value {
        "" => return Ok(None),
        CHOSEN => return Ok(Some(Drawing::Chosen)),
        _ => {}
    }
    let drawn = decimal(value).filter(|drawn| *drawn > 0.0 && *drawn <= 1.0);
    let refuse = || format!("`drawn` is `{value}`; expected a probability above 0, 1 at most");
    drawn.ok_or_else(refuse).map(|drawn| Some(Drawing::Random(drawn)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;
    use proptest::prelude::*;

    fn read(name: &str, content: &str) -> Result<Vec<LabelledRow>, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let inputs = Inputs::find(&[path], None)?;
        inputs.examples(&Columns::default(), BadRows::Refuse)?.collect()
    }

    #[track_caller]
    fn refused(name: &str, content: &str, expected: &str) {
        let message = read(name, content).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn offsets_are_characters_and_become_bytes() {
        let table = "text,label,target,target_start,target_end,coder,note\n\
            Zoë met Ann.,neutral,Ann,8,11,a,x\n\"“Zoë\n🗞”\",critical,Zoë\n🗞,1.0,6,b,\n";
        let table = table.replace("Zoë\n🗞,1.0,6", "\"Zoë\n🗞\",1.0,6.0");
        let examples = read("l.csv", &table).unwrap();
        let first = &examples[0].example;
        assert_eq!((first.id.as_str(), first.line, first.coder.as_str()), ("l-1", 2, "a"));
        for LabelledRow { example, row } in &examples {
            assert_eq!(example.text[example.mention.clone().unwrap()], example.target);
            assert_eq!((row.columns().len(), row.fields.len()), (7, 7));
        }
        assert_eq!(examples[0].row.fields.get(6), Some("x"));
        assert_eq!(examples[1].example.line, 3);
    }

    #[test]
    fn a_row_may_have_no_label() {
        let table = "{\"text\":\"a\",\"x\":1}\n{\"text\":\"b\",\"label\":null}\n";
        let examples = read("l.jsonl", table).unwrap();
        assert_eq!(examples[0].example.label(), None);
        assert_eq!(
            (&examples[0].row.columns()[..], &examples[0].row.fields),
            (&["text".to_string(), "x".to_string()][..], &StringRecord::from(vec!["a", "1"]))
        );
        assert_eq!(examples[0].example.mention, None);
    }

    #[test]
    fn a_label_column_counts_before_what_a_model_said() {
        let table = "text,label,p_critical,p_neutral\na,,0.9,0.1\nb,neutral,0.9,0.1\n";
        let rows = read("l.csv", table).unwrap();
        assert_eq!((rows[0].example.label(), rows[1].example.label()), (None, Some("neutral")));
        let silver = read("l.csv", "text,p_critical,p_neutral\na,0.9,0.1\n").unwrap();
        assert_eq!(silver[0].example.label(), Some("critical"));
    }

    #[test]
    fn marks_of_spreadsheets_are_no_text_but_count_in_offsets() {
        let table = "text,label,target,mentions,target_start,target_end\n\
            '-Ann met Zoë,,Zoë,'=Z; Ann,,\n'-Ann met Zoë,,Zoë,,10,13\n";
        let rows = read("l.csv", table).unwrap();
        assert_eq!(
            (&*rows[0].example.text, &*rows[1].example.text),
            ("-Ann met Zoë", "'-Ann met Zoë")
        );
        assert_eq!(rows[0].example.other_names, ["=Z", "Ann"]);
        assert_eq!(rows[1].example.mention, Some(10..14));
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
        row(" ,neutral,,,", "`text` is empty");
        refused("l.csv", "text\na\n", "no column `label`, found `text`");
        refused("l.jsonl", "{\"text\":\"a\"}\n", "no column `label`, found `text`");
        refused("l.csv", "text,label\n", "no labelled sentences: there is no row in it");
        refused("l.txt", "text", "no labelled sentences: expected a table");
    }

    proptest! {
        #[test]
        fn any_offsets_end(start in "[0-9.e-]{0,22}", end in "[0-9.e-]{0,22}") {
            let _ = read("l.csv", &format!("text,label,target_start,target_end\na,,{start},{end}\n"));
        }
    }
}
