//! The header of a table: which column holds which field.

use std::sync::Arc;

use super::column_names::{plain, usual_columns};
use super::columns::{Columns, case_folded};
use super::soft_labels::is_share_column;

/// The fields of one kind of record.
#[derive(Debug)]
pub(super) struct Schema {
    /// What the records are, in the plural.
    pub(super) noun: &'static str,
    /// Every field that is known.
    pub(super) fields: &'static [&'static str],
    /// The fields that every record must have.
    pub(super) required: &'static [&'static str],
    /// The fields that a table must have a column for, and a record may leave empty.
    pub(super) expected: &'static [&'static str],
    /// The field that suffices where a table has no column for the text.
    pub(super) instead_of_text: Option<&'static str>,
    /// Usual names of columns that hold a field, where none has the name of the field.
    pub(super) usual_names: &'static [(&'static str, &'static [&'static str])],
}

impl Schema {
    /// The fields, of which none is required, under their own names only.
    pub(super) const fn of(fields: &'static [&'static str]) -> Self {
        Schema {
            noun: "rows",
            fields,
            required: &[],
            expected: &[],
            instead_of_text: None,
            usual_names: &[],
        }
    }

    fn usual_names(&self, field: &str) -> &'static [&'static str] {
        self.usual_names.iter().find(|(of, _)| *of == field).map_or(&[], |(_, names)| names)
    }

    /// Whether a column of that name would hold a field.
    pub(super) fn is_field(&self, name: &str, columns: &Columns) -> bool {
        let folded = case_folded(name);
        let is_own = |field: &&str| case_folded(columns.name_of(field)) == folded;
        let is_usual = |field: &&str| self.usual_names(field).contains(&&*plain(name));
        self.fields.iter().any(|field| is_own(field) || is_usual(field))
    }
}

/// The columns of one table.
#[derive(Debug)]
pub(super) struct Header {
    /// As the table writes them.
    pub(super) names: Arc<[String]>,
    pub(super) schema: &'static Schema,
    /// For each field of the schema, the index of its column.
    indices: Vec<Option<usize>>,
    /// Whether some columns hold shares of labels.
    pub(super) has_label_shares: bool,
    /// Which fields are read from columns of other names, in words.
    pub(super) choices: Vec<String>,
}

impl Header {
    /// Finds the fields among the names of the columns, in any case. Refuses a name that occurs
    /// twice, and a table without a required field.
    pub(super) fn new(
        names: Vec<String>,
        schema: &'static Schema,
        columns: &Columns,
    ) -> Result<Self, String> {
        let folded: Vec<_> = names.iter().map(|name| case_folded(name)).collect();
        let is_double = |&at: &usize| !folded[at].is_empty() && folded[..at].contains(&folded[at]);
        if let Some(at) = (0..folded.len()).find(is_double) {
            return Err(format!("the column `{}` stands there twice; rename one", folded[at]));
        }
        let mut choices = Vec::new();
        let index = |field: &&'static str| {
            let wanted = case_folded(columns.name_of(field));
            let own = folded.iter().position(|name| *name == wanted);
            if own.is_some() || columns.name_of(field) != *field {
                return own;
            }
            let usual = usual_columns(&names, schema.usual_names(field));
            choices.extend(choice(field, &usual, &names));
            usual.first().copied()
        };
        let indices = schema.fields.iter().map(index).collect();
        let has_label_shares = names.iter().any(|name| is_share_column(name));
        let header = Header { names: names.into(), schema, indices, has_label_shares, choices };
        match schema.required.iter().find(|field| header.lacks_even_instead(field)) {
            Some(field) => Err(header.missing_column(field, columns)),
            None => Ok(header),
        }
    }

    /// Whether no column holds a field. Shares of labels replace a label.
    pub(super) fn lacks(&self, field: &str) -> bool {
        self.index(field).is_none() && !(field == "label" && self.has_label_shares)
    }

    /// As [`lacks`](Header::lacks); a headline suffices where there is no text.
    fn lacks_even_instead(&self, field: &str) -> bool {
        let other = self.schema.instead_of_text.filter(|_| field == "text");
        self.lacks(field) && other.is_none_or(|other| self.lacks(other))
    }

    /// Why a field has no column.
    pub(super) fn missing_column(&self, field: &str, columns: &Columns) -> String {
        let found = listed(&self.names);
        let name = columns.name_of(field);
        if name == field {
            return format!(
                "no column `{field}`, found {found}; name the one that holds it with --column {field}=NAME"
            );
        }
        format!("no column `{name}`, which --column {field}={name} asks for; found {found}")
    }

    /// The index of a field's column.
    pub(super) fn index(&self, field: &str) -> Option<usize> {
        let known = self.schema.fields.iter().position(|known| *known == field)?;
        self.indices[known]
    }

    /// The name of a field's column.
    pub(super) fn name_of(&self, field: &str) -> Option<&str> {
        self.index(field).map(|index| &*self.names[index])
    }

    /// The field that a column holds, where the schema knows it.
    pub(super) fn field_at(&self, index: usize) -> Option<&'static str> {
        let known = self.indices.iter().position(|known| *known == Some(index))?;
        Some(self.schema.fields[known])
    }
}

/// Says which column a field is read from, where its name tells that only by custom.
fn choice(field: &str, usual: &[usize], names: &[String]) -> Option<String> {
    let (first, others) = usual.split_first()?;
    let others: Vec<_> = others.iter().map(|&at| names[at].clone()).collect();
    let not = if others.is_empty() { String::new() } else { format!(", not {}", listed(&others)) };
    let name = listed(&names[*first..=*first]);
    Some(format!("the {field} is read from the column {name}{not} (--column {field}=NAME)"))
}

/// Maximum number of names that a message lists.
const MAX_LISTED: usize = 20;

/// Lists names for a message.
fn listed(names: &[String]) -> String {
    let short = |name: &String| format!("`{}`", name.trim().chars().take(40).collect::<String>());
    let list = names.iter().take(MAX_LISTED).map(short).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MAX_LISTED) {
        Some(n_more @ 1..) => format!("{list} and {n_more} more"),
        _ => list,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: Schema = Schema { required: &["text"], ..Schema::of(&["id", "text"]) };
    const ARTICLES: Schema = Schema {
        required: &["text"],
        instead_of_text: Some("title"),
        usual_names: &[("text", &["fulltext", "body"]), ("title", &["headline"])],
        ..Schema::of(&["title", "text"])
    };

    fn header(names: &[&str], pairs: &[&str]) -> Result<Header, String> {
        let names = names.iter().map(|name| (*name).to_string()).collect();
        Header::new(names, &SCHEMA, &Columns::parse(pairs).unwrap())
    }

    #[test]
    fn names_match_whatever_their_case_and_surroundings() {
        let found = header(&["\u{feff} Text ", "other", "ID"], &[]).unwrap();
        assert_eq!((found.index("text"), found.index("id")), (Some(0), Some(2)));
        assert_eq!((found.field_at(0), found.field_at(1)), (Some("text"), None));
    }

    #[test]
    fn a_renamed_column_wins() {
        let found = header(&["text", "Body"], &["text = body"]).unwrap();
        assert_eq!(found.index("text"), Some(1));
    }

    #[track_caller]
    fn refused(names: &[&str], pairs: &[&str], expected: &str) {
        assert_eq!(header(names, pairs).unwrap_err(), expected);
    }

    #[test]
    fn usual_names_are_known_and_said() {
        let header = |names: &[&str], pairs: &[&str]| {
            let names = names.iter().map(|name| (*name).to_string()).collect();
            Header::new(names, &ARTICLES, &Columns::parse(pairs).unwrap())
        };
        let found = header(&["Body", "Full text", "title"], &[]).unwrap();
        assert_eq!((found.index("text"), found.index("title")), (Some(1), Some(2)));
        let said = "the text is read from the column `Full text`, not `Body` (--column text=NAME)";
        assert_eq!(found.choices, [said]);
        let found = header(&["body", "text"], &[]).unwrap();
        assert_eq!((found.index("text"), found.choices.len()), (Some(1), 0));
        let found = header(&["body", "fulltext"], &["text=body"]).unwrap();
        assert_eq!((found.index("text"), found.choices.len()), (Some(0), 0));
        header(&["body"], &["text=words"]).unwrap_err();
        // Only a headline.
        assert_eq!(header(&["headline"], &[]).unwrap().index("text"), None);
        header(&["headline"], &["text=headline"]).unwrap();
        header(&["words"], &[]).unwrap_err();
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
}
