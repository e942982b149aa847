//! Reads articles, from any input.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::column_names::OF_ARTICLES;
use super::columns::Columns;
use super::file_format::Format;
use super::header::Schema;
use super::html_fragment::shown;
use super::input_paths::{Inputs, Source};
use super::missing_value::is_missing;
use super::reading_notes::ReadingNotes;
use super::records::{BadRows, RecordKind, Records, Sameness};
use super::row::Row;
use crate::article::Article;
use crate::error::Error;
use crate::text::link_lists::without_links;
use crate::written_date::{WrittenDate, begins_with_day};

const ARTICLES: RecordKind<Article> = RecordKind {
    schema: &Schema {
        noun: "articles",
        required: &["text"],
        instead_of_text: Some("title"),
        usual_names: OF_ARTICLES,
        ..Schema::of(&["id", "outlet", "date", "title", "text", "url"])
    },
    from_row: |row, source, notes| from_row(&row, source, notes),
    from_article: Some(from_file),
    sameness: Some(sameness),
};

impl Inputs {
    /// Reads articles: one from each row of a table, each text and each page.
    pub fn articles(self, columns: &Columns, bad_rows: BadRows) -> Result<Records<Article>, Error> {
        Records::new(ARTICLES, self, columns, bad_rows)
    }
}

/// Makes an article of a row; none where a mark says that its text is missing.
fn from_row(row: &Row, source: &Source, notes: &ReadingNotes) -> Result<Option<Article>, String> {
    let value = |field: &'static str| {
        let value = row.get(field);
        let is_mark = is_missing(value);
        if is_mark && field != "text" {
            notes.missing(field);
        }
        if is_mark { "" } else { value }
    };
    // A headline that is read as the text, too, would count twice.
    let has_text = row.header.index("text") != row.header.index("title");
    if has_text && is_missing(row.get("text")) {
        notes.without_text();
        return Ok(None);
    }
    let text = if has_text { shown(value("text")) } else { Cow::default() };
    let article = Article {
        id: row.id(&source.name),
        outlet: value("outlet").trim().to_string(),
        date: if value("date").is_empty() { String::new() } else { row.date() },
        title: shown(value("title")).into_owned(),
        text: without_links(&text).into_owned(),
        url: row.trimmed("url"),
    };
    if article.title.trim().is_empty() && article.text.trim().is_empty() {
        return Err("no article: neither title nor text; fill one or delete the row".to_string());
    }
    notes.article(!article.text.trim().is_empty());
    Ok(Some(article))
}

/// What two articles of one outlet have in common if they are the same one: their headline and text, or
/// headline and date where there is no text; and the article's id. None where the outlet is not known.
pub fn duplicate_key(article: &Article) -> Option<(u64, &str)> {
    if article.outlet.is_empty() {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    (&article.outlet, article.title.trim()).hash(&mut hasher);
    match article.text.trim() {
        "" => article.date.hash(&mut hasher),
        text => text.split_whitespace().for_each(|word| word.hash(&mut hasher)),
    }
    Some((hasher.finish(), &article.id))
}

/// By what an article is known to be the same as another one.
fn sameness(article: &Article) -> Sameness<'_> {
    let whole = duplicate_key(article).map(|(key, _)| key);
    Sameness { whole, title: &article.title, text: &article.text, name: &article.id }
}

/// Fills in what only the place of a file tells; `number` counts the articles of the file from 1, and is
/// none where it holds only one.
fn from_file(article: Article, source: &Source, number: Option<u64>, format: Format) -> Article {
    let mut article = article;
    let date = WrittenDate::read(&article.date).filter(|_| !begins_with_day(&article.date));
    if let Some(day) = date.and_then(|date| date.day(None)) {
        article.date = day.to_string();
    }
    if article.id.is_empty() {
        article.id = match number {
            Some(number) => format!("{}-{number}", source.name),
            None => source.name.clone(),
        };
    }
    // A folder names the outlet more reliably than a page does.
    let is_page = format == Format::Html;
    if article.outlet.is_empty() || is_page && !source.outlet.is_empty() {
        article.outlet.clone_from(&source.outlet);
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn read(path: &Path, pairs: &[&str]) -> Result<Vec<Article>, Error> {
        Inputs::find(&[path], None)?.articles(&Columns::parse(pairs)?, BadRows::Refuse)?.collect()
    }

    #[track_caller]
    fn refused(name: &str, bytes: &[u8], pairs: &[&str], expected: &str) {
        let folder = folder(&[(name, bytes)]);
        let message = read(&folder.path().join(name), pairs).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
        assert!(message.contains(name), "{message}");
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(to_bytes).collect()
    }

    /// A text in every encoding.
    fn encoded(text: &str) -> Vec<Vec<u8>> {
        let (windows_1252, _, is_lossy) = encoding_rs::WINDOWS_1252.encode(text);
        assert!(!is_lossy);
        vec![
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
            windows_1252.into_owned(),
        ]
    }

    const TEXT: &str = "“Naïve,” said Zoë – and left the café without a word to anyone.";

    fn formats() -> Vec<(&'static str, String)> {
        let page = format!("<title>Café</title><article><p>{}</p></article>", TEXT.repeat(9));
        vec![
            ("csv", format!("id,title,text\r\n1,Café,\"{TEXT}\r\nEnd.\"\r\n")),
            ("tsv", format!("id\ttitle\ttext\n1\tCafé\t{TEXT}\n")),
            ("jsonl", format!("{{\"id\":1,\"title\":\"Café\",\"text\":\"{TEXT}\"}}\n")),
            ("json", format!("[{{\"id\":1,\"title\":\"Café\",\"text\":\"{TEXT}\"}}]\n")),
            ("ndjson", format!("{{\"id\":1,\"title\":\"Café\",\"text\":\"{TEXT}\"}}\n")),
            ("txt", format!("Café\n\n{TEXT}\n")),
            ("html", page.clone()),
            ("htm", page),
        ]
    }

    #[test]
    fn every_format_compression_and_encoding() {
        for (ending, content) in formats() {
            for bytes in encoded(&content) {
                let packed = [("", bytes.clone()), (".gz", gzip(&bytes)), (".zst", zstd(&bytes))];
                for (packing, bytes) in packed {
                    let name = format!("a.{ending}{packing}");
                    let folder = folder(&[(&name, &bytes)]);
                    let articles = read(folder.path(), &[]).unwrap();
                    assert_eq!(articles.len(), 1, "{name}");
                    assert_eq!(articles[0].title, "Café", "{name}");
                    assert!(articles[0].text.starts_with(TEXT), "{name}: {:?}", articles[0]);
                }
            }
        }
    }

    #[test]
    fn fields_are_found_and_made() {
        let table = b"Headline,OUTLET ,date,body,url\n T , Herald , 2024 , a ,http://a\n,,,b,\n";
        let folder = folder(&[("x.y.csv", table)]);
        let articles =
            read(&folder.path().join("x.y.csv"), &["title=headline", "text=Body"]).unwrap();
        let expected = Article {
            id: "x.y-1".to_string(),
            outlet: "Herald".to_string(),
            date: "2024".to_string(),
            title: " T ".to_string(),
            text: " a ".to_string(),
            url: "http://a".to_string(),
        };
        assert_eq!(articles[0], expected);
        assert_eq!((articles[1].id.as_str(), articles[1].text.as_str()), ("x.y-2", "b"));
    }

    #[test]
    fn folders_name_the_outlets_of_texts_and_pages() {
        let page = format!(
            "<meta property='og:site_name' content='Site'><article><p>{}</p></article>",
            TEXT.repeat(9)
        );
        let folder = folder(&[
            ("Herald/2024/1.txt", b"One.\nTwo."),
            ("Herald/2.html", page.as_bytes()),
            ("Post/1.txt", b"outlet: The Post\n---\nThree."),
            ("page.html", page.as_bytes()),
            ("table.csv", b"text\nFour.\n"),
            ("top.txt", b"Five."),
        ]);
        let articles = read(folder.path(), &[]).unwrap();
        let found: Vec<_> = articles.iter().map(|a| (a.id.as_str(), a.outlet.as_str())).collect();
        let expected = [
            ("Herald/2", "Herald"),
            ("Herald/2024/1", "Herald"),
            ("Post/1", "The Post"),
            ("table-1", ""),
            ("page", "Site"),
            ("top", ""),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn bad_input_is_named() {
        refused("a.csv", b"", &[], "no articles: the file is empty");
        refused("a.csv.gz", b"", &[], "no articles: the file is empty");
        refused("a.csv", b"text\n", &[], "no articles: there is no row in it");
        refused("a.jsonl", b"\n", &[], "no articles: there is no row in it");
        refused("a.txt", b" \n", &[], "no article: there is no text in it");
        refused("a.html", b"<p></p>", &[], "no article found in this page");
        refused(
            "a.csv",
            b"id,title,text\n1,a,b\n2,, \n",
            &[],
            "line 3: no article: neither title nor text",
        );
        refused("a.csv", b"id,words\n1,a\n", &[], "line 1: no column `text`, found `id`, `words`");
        refused("a.csv", b"id,text\n1,a\n", &["date=day"], "line 1: no column `day`, which");
        refused("a.txt", b"One.\nT\0wo.", &[], "line 2: a NUL at byte 2");
        refused("a.html", b"<p>\n\0", &[], "line 2: a NUL at byte 1");
        refused("a.txt", b"caf\xc3\xa9\n\n\xff \xc3\xa9", &[], "line 3: byte 0xFF at byte 1");
        refused("a.txt", &b"word ".repeat(4 << 20), &[], "line 1: longer than 16 MiB");
        refused("a.txt", &b"word\n".repeat(4 << 20), &[], "a.txt: longer than 16 MiB");
        refused(
            "a.csv",
            &[b"text\na\n".to_vec(), b"word ".repeat(10 << 20)].concat(),
            &[],
            "line 3: longer than 16 MiB",
        );
    }

    #[test]
    fn a_packed_file_that_breaks_off_is_named_with_its_line() {
        let rows = (0..100_000_u32).map(|n| format!("{}\n", n.wrapping_mul(2_654_435_761)));
        let table = format!("text\n{}", rows.collect::<String>());
        for (name, packed) in
            [("a.csv.gz", gzip(table.as_bytes())), ("a.csv.zst", zstd(table.as_bytes()))]
        {
            refused(name, &packed[..packed.len() / 2], &[], ": cannot be read on from here: ");
            refused(name, &packed[..packed.len() / 2], &[], ", line ");
        }
        refused("a.csv.gz", b"\x1f\x8b\x08", &[], "cannot read");
    }

    #[test]
    fn a_renamed_field_that_does_not_exist_is_refused() {
        let folder = folder(&[("a.csv", b"text\na\n")]);
        let message = read(folder.path(), &["titel=a"]).unwrap_err().to_string();
        assert!(message.contains("unknown field `titel`, expected id, outlet, date"), "{message}");
    }

    #[test]
    fn bad_rows_are_left_out_counted_and_listed() {
        let mut table = b"id,text\n1,good\n".to_vec();
        for n in 0..50 {
            table.extend(format!("{n}\n").bytes());
        }
        table.extend(b"52,good\n");
        let folder = folder(&[("a.csv", &table), ("b.html", b""), ("c.txt", b"Good.")]);
        let paths: Vec<PathBuf> =
            ["a.csv", "b.html", "c.txt"].map(|name| folder.path().join(name)).into();
        let inputs = Inputs::find(&paths, None).unwrap();
        let mut articles = inputs.articles(&Columns::default(), BadRows::Skip).unwrap();
        let found: Vec<_> = articles.by_ref().map(|article| article.unwrap().id).collect();
        assert_eq!(found, ["1", "52", "c"]);
        assert_eq!((articles.skipped().n, articles.skipped().messages.len()), (51, 20));
        assert!(articles.skipped().messages[0].contains("a.csv, line 3: found 1 fields"));
        let only_bad = Inputs::find(&[folder.path().join("b.html")], None).unwrap();
        let mut only_bad = only_bad.articles(&Columns::default(), BadRows::Skip).unwrap();
        let message = only_bad.next().unwrap().unwrap_err().to_string();
        assert!(message.contains("all rows (1) had to be left out; the first: "), "{message}");
        assert!(only_bad.next().is_none());
    }

    #[test]
    fn an_open_quotation_mark_is_not_skipped() {
        let folder = folder(&[("a.csv", b"id,text\n1,good\n2,\"never\n3,good\n")]);
        let inputs = Inputs::find(&[folder.path()], None).unwrap();
        let mut articles = inputs.articles(&Columns::default(), BadRows::Skip).unwrap();
        assert!(articles.next().unwrap().is_ok());
        let message = articles.next().unwrap().unwrap_err().to_string();
        assert!(message.contains("line 3: a quoted field opened on line 3 is never closed"));
        assert!(articles.next().is_none());
    }

    #[test]
    fn a_large_file_streams() {
        let n_rows: u64 = 50_000;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"id,text\n").unwrap();
        for n in 0..n_rows {
            writeln!(encoder, "{n},\"{}\"", "It rained, again. ".repeat(56)).unwrap();
        }
        let folder = folder(&[("a.csv.gz", &encoder.finish().unwrap())]);
        let inputs = Inputs::find(&[folder.path()], None).unwrap();
        let progress = inputs.progress();
        let mut articles = inputs.articles(&Columns::default(), BadRows::Refuse).unwrap();
        articles.next().unwrap().unwrap();
        assert!(progress.bytes() < progress.total_bytes().unwrap());
        assert_eq!(articles.map(Result::unwrap).count() as u64, n_rows - 1);
        assert_eq!(Some(progress.bytes()), progress.total_bytes());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_bytes_end_in_every_format(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let endings = ["csv", "tsv", "jsonl", "txt", "html"];
            let starts: [&[u8]; 4] = [b"", b"text\n", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd"];
            for (ending, start) in endings.iter().flat_map(|e| starts.iter().map(move |s| (e, s))) {
                let folder = folder(&[(&format!("a.{ending}"), &[*start, &bytes[..]].concat())]);
                let _ = read(folder.path(), &[]);
            }
        }
    }
}
