//! Which column is which.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::row_fields::RowFields;
use super::soft_labels::is_soft;
use crate::error::Error;

/// What a kind of table can have.
#[derive(Debug)]
pub(super) struct Schema {
    /// What its rows are, in the plural.
    pub(super) noun: &'static str,
    /// Every column that is known.
    pub(super) fields: &'static [&'static str],
    /// Those without which nothing can be done.
    pub(super) required: &'static [&'static str],
}

/// Columns that have other names in the input than they have here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    renamed: BTreeMap<String, String>,
}

impl Columns {
    /// From `text=body` and the like: what is called `text` here is called `body` there.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self, Error> {
        let mut renamed = BTreeMap::new();
        for pair in pairs.iter().map(AsRef::as_ref) {
            let (field, column) = pair.split_once('=').unwrap_or_default();
            let (field, column) = (folded(field), column.trim().to_string());
            if field.is_empty() || column.is_empty() {
                let reason = format!("--column {pair}: expected FIELD=NAME, as in text=body");
                return Err(Error::Option(reason));
            }
            if renamed.insert(field.clone(), column).is_some() {
                return Err(Error::Option(format!("--column {field}=… is given twice")));
            }
        }
        Ok(Columns { renamed })
    }

    /// Refuses fields that the schema does not have.
    pub(super) fn check(&self, schema: &Schema) -> Result<(), Error> {
        let unknown = self.renamed.keys().find(|field| !schema.fields.contains(&field.as_str()));
        let Some(field) = unknown else { return Ok(()) };
        let known = schema.fields.join(", ");
        Err(Error::Option(format!("--column {field}=…: unknown field `{field}`, expected {known}")))
    }

    /// The fields that are renamed, and to what.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.renamed.iter().map(|(field, column)| (field.as_str(), column.as_str()))
    }

    fn name_of<'a>(&'a self, field: &'a str) -> &'a str {
        self.renamed.get(field).map_or(field, String::as_str)
    }
}

/// The columns of one table.
#[derive(Debug)]
pub(super) struct Header {
    /// As the table writes them.
    pub(super) names: Arc<[String]>,
    schema: &'static Schema,
    /// The place of each field of the schema.
    places: Vec<Option<usize>>,
    /// Whether some columns hold shares of labels.
    pub(super) has_shares: bool,
}

impl Header {
    /// Finds the fields among the names, whatever their case.
    pub(super) fn new(
        names: Vec<String>,
        schema: &'static Schema,
        columns: &Columns,
    ) -> Result<Self, String> {
        let folded_names: Vec<_> = names.iter().map(|name| folded(name)).collect();
        if let Some(name) = double(&folded_names) {
            return Err(format!("the column `{name}` stands there twice; rename one"));
        }
        let place = |field: &&str| {
            let wanted = folded(columns.name_of(field));
            folded_names.iter().position(|name| *name == wanted)
        };
        let places = schema.fields.iter().map(place).collect();
        let has_shares = names.iter().any(|name| is_soft(name));
        let header = Header { names: names.into(), schema, places, has_shares };
        // Shares of labels stand in for a label.
        let is_missing =
            |field: &&&str| header.place(field).is_none() && !(**field == "label" && has_shares);
        match schema.required.iter().find(is_missing) {
            Some(field) => Err(header.without(field, columns)),
            None => Ok(header),
        }
    }

    /// Why a field cannot be found.
    pub(super) fn without(&self, field: &str, columns: &Columns) -> String {
        let found = shown(&self.names);
        let name = columns.name_of(field);
        if name == field {
            return format!(
                "no column `{field}`, found {found}; name the one that holds it with --column {field}=NAME"
            );
        }
        format!("no column `{name}`, which --column {field}={name} asks for; found {found}")
    }

    /// Where a field stands in every row.
    pub(super) fn place(&self, field: &str) -> Option<usize> {
        let at = self.schema.fields.iter().position(|known| *known == field)?;
        self.places[at]
    }

    /// The field that a place holds, where the schema knows it.
    pub(super) fn field_at(&self, place: usize) -> Option<&'static str> {
        let at = self.places.iter().position(|known| *known == Some(place))?;
        Some(self.schema.fields[at])
    }
}

/// One row of a table: as many fields as its header has names.
#[derive(Debug)]
pub(super) struct Row {
    /// The line on which it starts.
    pub(super) line: u64,
    /// Counted from 1, the header not counted.
    pub(super) number: u64,
    pub(super) header: Arc<Header>,
    pub(super) fields: RowFields,
}

impl Row {
    /// A field's value; empty where the table does not have it.
    pub(super) fn get(&self, field: &str) -> &str {
        let place = self.header.place(field);
        place.and_then(|place| self.fields.get(place)).unwrap_or_default()
    }

    /// As `get`, without white space around it.
    pub(super) fn trimmed(&self, field: &str) -> String {
        self.get(field).trim().to_string()
    }

    /// The row's id; made from the file's name and the row's number where it has none.
    pub(super) fn id(&self, name: &str) -> String {
        let id = self.trimmed("id");
        if id.is_empty() { format!("{name}-{}", self.number) } else { id }
    }
}

/// A name without case, white space around it and byte order marks.
fn folded(name: &str) -> String {
    name.trim_matches(|char: char| char.is_whitespace() || char == '\u{feff}').to_lowercase()
}

/// A name that stands there twice. Columns without a name are nobody's.
fn double(names: &[String]) -> Option<&String> {
    let twice = |(at, name): &(usize, &String)| !name.is_empty() && names[..*at].contains(name);
    names.iter().enumerate().find(twice).map(|(_, name)| name)
}

/// How many names a message lists.
const MAX_SHOWN: usize = 20;

/// Names for a message: neither too many nor too long.
fn shown(names: &[String]) -> String {
    let short = |name: &String| format!("`{}`", name.trim().chars().take(40).collect::<String>());
    let list = names.iter().take(MAX_SHOWN).map(short).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MAX_SHOWN) {
        Some(n_more @ 1..) => format!("{list} and {n_more} more"),
        _ => list,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: Schema =
        Schema { noun: "articles", fields: &["id", "text"], required: &["text"] };

    fn header(names: &[&str], pairs: &[&str]) -> Result<Header, String> {
        let names = names.iter().map(|name| (*name).to_string()).collect();
        Header::new(names, &SCHEMA, &Columns::parse(pairs).unwrap())
    }

    #[test]
    fn names_match_whatever_their_case_and_surroundings() {
        let found = header(&["\u{feff} Text ", "other", "ID"], &[]).unwrap();
        assert_eq!((found.place("text"), found.place("id")), (Some(0), Some(2)));
        assert_eq!((found.field_at(0), found.field_at(1)), (Some("text"), None));
    }

    #[test]
    fn a_renamed_column_wins() {
        let found = header(&["text", "Body"], &["text = body"]).unwrap();
        assert_eq!(found.place("text"), Some(1));
    }

    #[track_caller]
    fn refused(names: &[&str], pairs: &[&str], expected: &str) {
        assert_eq!(header(names, pairs).unwrap_err(), expected);
    }

    #[test]
    fn headers_that_cannot_be_used() {
        refused(
            &["id", "body"],
            &[],
            "no column `text`, found `id`, `body`; name the one that holds it with --column text=NAME",
        );
        refused(
            &["id", "text"],
            &["text=body"],
            "no column `body`, which --column text=body asks for; found `id`, `text`",
        );
        refused(&["text", "TEXT "], &[], "the column `text` stands there twice; rename one");
        header(&["text", "", ""], &[]).unwrap();
        let many: Vec<_> = (0..30).map(|n| format!("c{n}")).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        assert!(header(&many, &[]).unwrap_err().contains("`c19` and 10 more; name"));
    }

    #[test]
    fn options_that_cannot_be_used() {
        let parse = |pairs: &[&str]| Columns::parse(pairs).unwrap_err().to_string();
        assert!(parse(&["text"]).contains("expected FIELD=NAME"));
        assert!(parse(&["text="]).contains("expected FIELD=NAME"));
        assert!(parse(&["text=a", "TEXT=b"]).contains("given twice"));
        let unknown = Columns::parse(&["titel=a"]).unwrap().check(&SCHEMA).unwrap_err();
        assert!(unknown.to_string().contains("unknown field `titel`, expected id, text"));
    }
}
