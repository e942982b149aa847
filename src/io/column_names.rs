//! The names under which programs and databases keep what an article has.

use super::columns::case_folded;

/// Usual names of the columns of articles, each field's best first, in letters and digits only.
pub(super) const OF_ARTICLES: &[(&str, &[&str])] = &[
    ("id", &["docid", "storiesid", "storyid", "accessionnumber"]),
    (
        "outlet",
        &[
            "medianame",
            "sitename",
            "outletname",
            "newspaper",
            "publicationtitle",
            "publication",
            "pubtitle",
            "publicationname",
            "source",
            "sourcename",
            "publisher",
            "sourcedomain",
            "domain",
            "hostname",
            "website",
        ],
    ),
    (
        "date",
        &[
            "publishdate",
            "published",
            "publisheddate",
            "publishedat",
            "publicationdate",
            "datepublished",
            "datepublish",
            "pubdate",
            "seendate",
            "datetime",
            "timestamp",
            "publishedunix",
            "createdutc",
            "entrydate",
        ],
    ),
    ("title", &["headline", "heading", "articletitle", "pagetitle"]),
    (
        "text",
        &[
            "fulltext",
            "maintext",
            "bodytext",
            "articletext",
            "storytext",
            "articlebody",
            "body",
            "content",
            "contents",
            "article",
            "story",
        ],
    ),
    ("url", &["articleurl", "link", "permalink", "weburl"]),
];

/// Each field of an article with the usual names of its column, the best first, in letters and digits only.
pub fn usual_article_columns() -> &'static [(&'static str, &'static [&'static str])] {
    OF_ARTICLES
}

/// Takes the names of a table's columns and the usual names of a field; gives the columns that have one
/// of them, the best first.
pub(super) fn usual_columns(names: &[String], usual: &[&str]) -> Vec<usize> {
    let plain: Vec<_> = names.iter().map(|name| plain(name)).collect();
    let columns = usual.iter().flat_map(|usual| {
        plain.iter().enumerate().filter(move |(_, name)| name == usual).map(|(at, _)| at)
    });
    columns.collect()
}

/// Whether a column of that name holds seconds since 1970.
pub(super) fn is_unix_time(name: &str) -> bool {
    let name = plain(name);
    ["unix", "epoch", "timestamp", "createdutc"].iter().any(|part| name.contains(part))
}

/// A name in small letters and digits only: `Full text`, `full_text` and `fullText` are one.
pub(super) fn plain(name: &str) -> String {
    case_folded(name).chars().filter(|char| char.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_name_comes_first_however_it_is_spelt() {
        let names = ["domain", "Media_Name", "x", "Source"].map(String::from);
        let (_, usual) = OF_ARTICLES.iter().find(|(field, _)| *field == "outlet").unwrap();
        assert_eq!(usual_columns(&names, usual), [1, 3, 0]);
    }

    #[test]
    fn every_name_is_plain_and_stands_there_once() {
        let mut all: Vec<_> = OF_ARTICLES.iter().flat_map(|(_, names)| *names).collect();
        assert!(all.iter().all(|name| plain(name) == **name));
        let n_names = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), n_names);
    }
}
