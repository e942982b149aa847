//! The columns that every sentence table has, and how their cells are written.

/// Parts several names in one cell.
pub(super) const SEPARATOR: &str = "; ";

/// The columns before those of the prediction.
pub(super) const COLUMNS: [&str; 14] = [
    "article_id",
    "outlet",
    "date",
    "sentence",
    "part",
    "paragraph",
    "start",
    "end",
    "text",
    "voice",
    "speaker",
    "cue",
    "target",
    "about",
];

/// The columns after those of the prediction.
pub(super) const LAST: [&str; 7] =
    ["shared_with", "model", "mentions", "title", "before", "url", "unquoted"];

/// Marks a source's own words without quote marks.
pub(super) const UNQUOTED: &str = "yes";

/// Whether a name is that of a column that every sentence table has.
pub fn is_column(name: &str) -> bool {
    COLUMNS.contains(&name) || LAST.contains(&name)
}
