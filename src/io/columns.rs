//! The option `--column`: names of columns in the input that differ from those of the fields.

use std::collections::BTreeMap;

use csv::StringRecord;

use crate::error::Error;

/// The columns that have other names in the input than their fields have here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// For each renamed field, the name of its column.
    renamed: BTreeMap<String, String>,
    /// For some columns, the values of the rows that are read.
    selected: BTreeMap<String, Vec<String>>,
}

impl Columns {
    /// Takes pairs such as `text=body`, which reads the field `text` from the column `body`.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self, Error> {
        let mut renamed = BTreeMap::new();
        for pair in pairs.iter().map(AsRef::as_ref) {
            let (field, column) = pair.split_once('=').unwrap_or_default();
            let (field, column) = (case_folded(field), column.trim().to_string());
            if field.is_empty() || column.is_empty() {
                let reason = format!("--column {pair}: expected FIELD=NAME, as in text=body");
                return Err(Error::Option(reason));
            }
            if renamed.insert(field.clone(), column).is_some() {
                return Err(Error::Option(format!("--column {field}=… is given twice")));
            }
        }
        Ok(Columns { renamed, ..Columns::default() })
    }

    /// Refuses fields that are not among the known ones.
    pub(super) fn check(&self, known: &[&str]) -> Result<(), Error> {
        let unknown = self.renamed.keys().find(|field| !known.contains(&field.as_str()));
        let Some(field) = unknown else { return Ok(()) };
        let known = known.join(", ");
        Err(Error::Option(format!("--column {field}=…: unknown field `{field}`, expected {known}")))
    }

    /// Takes conditions such as `section=Opinion`, and has only rows read that meet them. Values of one
    /// column are alternatives.
    pub fn selecting<S: AsRef<str>>(mut self, conditions: &[S]) -> Result<Self, Error> {
        for condition in conditions.iter().map(AsRef::as_ref) {
            let Some((column, value)) =
                condition.split_once('=').filter(|(c, _)| !c.trim().is_empty())
            else {
                let reason =
                    format!("--where {condition}: expected COLUMN=VALUE, as in section=Opinion");
                return Err(Error::Option(reason));
            };
            self.selected.entry(case_folded(column)).or_default().push(case_folded(value));
        }
        Ok(self)
    }

    /// Whether some rows are not read.
    pub(super) fn is_selective(&self) -> bool {
        !self.selected.is_empty()
    }

    /// Whether a row is read, given the columns' names and its fields; a reason where the table lacks the column of a condition.
    pub(super) fn selects(&self, names: &[String], fields: &StringRecord) -> Result<bool, String> {
        for (column, values) in &self.selected {
            let Some(at) = names.iter().position(|name| case_folded(name) == *column) else {
                let found = names.join("`, `");
                return Err(format!(
                    "no column `{column}`, which --where {column}=… asks for; found `{found}`"
                ));
            };
            let value = case_folded(fields.get(at).unwrap_or_default());
            if !values.contains(&value) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The fields that have a column of another name.
    pub(super) fn renamed_fields(&self) -> impl Iterator<Item = &str> {
        self.renamed.keys().map(String::as_str)
    }

    /// The name of a field's column.
    pub(super) fn name_of<'a>(&'a self, field: &'a str) -> &'a str {
        self.renamed.get(field).map_or(field, String::as_str)
    }
}

/// A name in small letters, without white space and byte order marks around it.
pub(super) fn case_folded(name: &str) -> String {
    name.trim_matches(|char: char| char.is_whitespace() || char == '\u{feff}').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_cannot_be_used() {
        let parse = |pairs: &[&str]| Columns::parse(pairs).unwrap_err().to_string();
        assert!(parse(&["text"]).contains("expected FIELD=NAME"));
        assert!(parse(&["text="]).contains("expected FIELD=NAME"));
        assert!(parse(&["text=a", "TEXT=b"]).contains("given twice"));
        let unknown = Columns::parse(&["titel=a"]).unwrap().check(&["id", "text"]).unwrap_err();
        assert!(unknown.to_string().contains("unknown field `titel`, expected id, text"));
    }
}
