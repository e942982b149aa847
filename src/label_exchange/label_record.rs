//! What one coder said of one sentence, in the terms that all tools share.

use std::collections::BTreeMap;

/// One row of labels. What is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelRecord {
    /// The sentence.
    pub text: String,
    /// The label; none where there is none.
    pub label: Option<String>,
    /// Who gave it.
    pub coder: String,
    /// What the coder added.
    pub note: String,
    /// When, as `2031-06-02T10:30:00Z`.
    pub time: String,
    /// How many seconds it took.
    pub seconds: String,
    /// `labelled`, `skipped`, `cannot say`.
    pub status: String,
    /// The target.
    pub target: String,
    /// Where it stands, in Unicode characters of the text, the end not included.
    pub target_place: Option<(usize, usize)>,
    /// Words that decided, in the same way.
    pub marks: Vec<(usize, usize)>,
    /// All other columns by name; no empty ones.
    pub other: BTreeMap<String, String>,
}

/// The columns in the order of label files; others follow by name.
const ORDER: [&str; 29] = [
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
    "target_start",
    "target_end",
    "mentions",
    "subject",
    "title",
    "headline",
    "earlier",
    "before",
    "text",
    "after",
    "drawn",
    "codebook",
    "label",
    "coder",
    "note",
    "marks",
    "status",
    "time",
    "seconds",
];

impl LabelRecord {
    /// A record of the columns of a row.
    ///
    /// # Errors
    /// Places that are no numbers.
    pub fn of_columns(columns: impl IntoIterator<Item = (String, String)>) -> Result<Self, String> {
        let mut other: BTreeMap<String, String> =
            columns.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let mut take = |name: &str| other.remove(name).unwrap_or_default();
        let number = |text: String| match text.as_str() {
            "" => Ok(None),
            text => text.parse::<usize>().map(Some).map_err(|_| {
                format!(
                    "target_start or target_end is `{text}`; expected a whole number of characters"
                )
            }),
        };
        let (start, end) = (number(take("target_start"))?, number(take("target_end"))?);
        let label = Some(take("label")).filter(|label| !label.is_empty());
        Ok(LabelRecord {
            text: take("text"),
            label,
            coder: take("coder"),
            note: take("note"),
            time: take("time"),
            seconds: take("seconds"),
            status: take("status"),
            target: take("target"),
            target_place: start.zip(end),
            marks: marks(&take("marks"))?,
            other,
        })
    }

    /// The columns of a row, without empty ones.
    pub fn columns(&self) -> BTreeMap<String, String> {
        let place = |end: fn(&(usize, usize)) -> usize| {
            self.target_place.as_ref().map(|place| end(place).to_string()).unwrap_or_default()
        };
        let marks = self.marks.iter().map(|(start, end)| format!("{start}:{end}"));
        let own = [
            ("text", self.text.clone()),
            ("label", self.label.clone().unwrap_or_default()),
            ("coder", self.coder.clone()),
            ("note", self.note.clone()),
            ("time", self.time.clone()),
            ("seconds", self.seconds.clone()),
            ("status", self.status.clone()),
            ("target", self.target.clone()),
            ("target_start", place(|place| place.0)),
            ("target_end", place(|place| place.1)),
            ("marks", marks.collect::<Vec<_>>().join(" ")),
        ];
        let own = own.into_iter().filter(|(_, value)| !value.is_empty());
        let own = own.map(|(name, value)| (name.to_string(), value));
        self.other.clone().into_iter().chain(own).collect()
    }

    /// Records as a table: the header, then a row of each.
    pub fn table(records: &[Self]) -> Vec<Vec<String>> {
        let rows: Vec<BTreeMap<String, String>> = records.iter().map(Self::columns).collect();
        let place =
            |name: &str| ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
        let mut names: Vec<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
        names.sort_by_key(|name| (place(name), *name));
        names.dedup();
        let mut header: Vec<String> = names.into_iter().cloned().collect();
        // Label files must have them.
        for needed in ["text", "label"] {
            if !header.iter().any(|name| name == needed) {
                header.push(needed.to_string());
            }
        }
        let row = |of: &BTreeMap<String, String>| {
            header.iter().map(|name| of.get(name).cloned().unwrap_or_default()).collect()
        };
        std::iter::once(header.clone()).chain(rows.iter().map(row)).collect()
    }

    /// What says which sentence and target it is, whoever labels.
    pub(super) fn item(&self) -> (&str, &str, Option<(usize, usize)>, Option<&String>) {
        (&self.text, &self.target, self.target_place, self.other.get("id"))
    }

    /// Takes the label of an item that was written with another one, or with none where that is empty. Who
    /// gave the label it had then is forgotten where it has a new one now.
    pub(super) fn relabelled(mut self, label: Option<String>, written: &str) -> Self {
        let is_other = !written.is_empty() && label.as_deref() != Some(written);
        let had_none = !["", "labelled"].contains(&self.status.as_str());
        if is_other || (label.is_some() && had_none) {
            for told in [&mut self.coder, &mut self.time, &mut self.seconds, &mut self.status] {
                told.clear();
            }
        }
        self.with_label(label)
    }

    /// Takes a label, with the status that goes with it.
    pub(super) fn with_label(mut self, label: Option<String>) -> Self {
        match label {
            Some(_) => self.status = "labelled".to_string(),
            None if self.status == "labelled" => self.status.clear(),
            None => {}
        }
        self.label = label;
        self
    }
}

/// Reads `4:8 12:18`.
pub(super) fn marks(text: &str) -> Result<Vec<(usize, usize)>, String> {
    let mark = |mark: &str| {
        let (start, end) = mark.split_once(':')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    let marks = text.split_whitespace().map(mark).collect::<Option<Vec<_>>>();
    marks.ok_or_else(|| format!("marks are `{text}`; expected places such as 4:8 12:18"))
}
