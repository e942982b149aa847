//! Formats of input files, and the endings of their names.

use std::path::Path;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table with commas; with semicolons or tabs where its header has more of them.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A table of JSON objects: one in each line, in an array, or as pandas writes them.
    Json,
    /// One article as plain text.
    Text,
    /// One article as a saved web page.
    Html,
    /// An export of a news database, as text or as a page, with one article or several.
    NewsDatabase,
    /// A Word document: one article, or an export of a news database.
    Word,
    /// A spreadsheet of Excel, which is a table.
    Excel,
    /// A spreadsheet of LibreOffice, which is a table.
    OpenDocument,
    /// A table of Parquet.
    Parquet,
    /// RSS or Atom: an article for each entry.
    Feed,
    /// A web archive: an article for each page.
    WebArchive,
}

/// Every ending that is read; `.gz` or `.zst` may follow it.
const ENDINGS: &[(&str, Format)] = &[
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("json", Format::Json),
    ("jsonl", Format::Json),
    ("ndjson", Format::Json),
    ("txt", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("docx", Format::Word),
    ("xlsx", Format::Excel),
    ("ods", Format::OpenDocument),
    ("parquet", Format::Parquet),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("xml", Format::Feed),
    ("warc", Format::WebArchive),
];

impl Format {
    /// Takes a file ending without its dot, such as `csv`, in any case; gives the format it stands
    /// for, none where the ending is unknown.
    pub fn named(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        ENDINGS.iter().find(|(name, _)| *name == ending).map(|&(_, format)| format)
    }

    /// The endings that stand for it.
    pub(super) fn endings(self) -> impl Iterator<Item = &'static str> {
        let own = ENDINGS.iter().filter(move |(_, format)| *format == self);
        own.map(|(name, _)| *name)
    }
}

/// Splits the name of a file into its stem and the format that its ending stands for; none where the
/// ending is unknown.
pub(super) fn stem_and_format(path: &Path) -> Option<(String, Format)> {
    let name = file_name(path);
    let lower = name.to_ascii_lowercase();
    let compression = [".gz", ".zst"].into_iter().find(|ending| lower.ends_with(ending));
    let name = &name[..name.len() - compression.map_or(0, str::len)];
    let (stem, ending) = name.rsplit_once('.')?;
    Some((stem.to_string(), Format::named(ending)?))
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Lists the endings that are read, for messages.
pub(super) fn endings() -> String {
    let names: Vec<_> = ENDINGS.iter().map(|(name, _)| format!(".{name}")).collect();
    names.join(", ") + " (or one of these with .gz or .zst)"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_format() {
        let format = |name: &str| stem_and_format(Path::new(name));
        assert_eq!(format("x/a.b.csv"), Some(("a.b".to_string(), Format::Csv)));
        assert_eq!(format("A.TSV.ZST"), Some(("A".to_string(), Format::Tsv)));
        assert_eq!(format("a.ndjson.gz"), Some(("a".to_string(), Format::Json)));
        assert_eq!(format("a.gz"), None);
        assert_eq!(format("csv"), None);
    }
}
