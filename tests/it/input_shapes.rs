//! Articles in the shapes in which newsrooms and labs have them: every shape gives the same sentences.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::session::{Session, in_folder};

/// Three invented articles: id, outlet, date, title, text.
const ARTICLES: [[&str; 5]; 3] = [
    [
        "a1",
        "Moor Herald",
        "2033-03-04",
        "Council backs the tram",
        "The tram is a blessing, “at last”. It cost £4 – no more.",
    ],
    [
        "b7",
        "Fen Post",
        "2033-03-05",
        "Doubts about the tram",
        "The tram is a costly folly.\n\nIt rained.",
    ],
    ["c9", "Moor Herald", "2033-03-06", "Tram opens", "The tram, said Ada Roe, is late."],
];

const FIELDS: [&str; 5] = ["id", "outlet", "date", "title", "text"];

/// Writes a file; gives the columns of its sentences that articles decide, and what was said.
#[track_caller]
pub(crate) fn classified(
    folder: &Path,
    name: &str,
    content: &[u8],
    more: &[&str],
) -> (String, String) {
    fs::write(folder.join(name), content).unwrap();
    let arguments = [&["classify", name, "--format", "jsonl", "--target", "tram"], more].concat();
    let session = Session::within(folder, &arguments);
    let columns = ["article_id", "outlet", "date", "part", "text", "about"];
    let mut found = String::new();
    for line in session.stdout.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let fields: Vec<_> = columns.iter().map(|name| row[name].to_string()).collect();
        found += &(fields.join(" ") + "\n");
    }
    (found, session.stderr)
}

/// A table as the csv crate writes it.
fn table(delimiter: u8, rows: &[Vec<&str>]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn plain(delimiter: u8) -> String {
    let rows = std::iter::once(FIELDS.to_vec()).chain(ARTICLES.map(|article| article.to_vec()));
    table(delimiter, &rows.collect::<Vec<_>>())
}

/// Expects a file to give the same sentences as a plain table, without a word.
#[track_caller]
fn same(name: &str, content: impl AsRef<[u8]>) {
    in_folder(|folder| {
        let expected = classified(folder, "plain.csv", plain(b',').as_bytes(), &[]);
        assert_eq!(expected.0.lines().count(), 8, "{}", expected.0);
        assert_eq!(classified(folder, name, content.as_ref(), &[]), expected, "{name}");
    });
}

fn objects() -> Vec<Value> {
    let object = |article: [&str; 5]| {
        FIELDS.iter().zip(article).map(|(field, value)| (field.to_string(), json!(value))).collect()
    };
    ARTICLES.map(object).into()
}

#[test]
fn tables_of_spreadsheets_and_of_programs() {
    same("a.tsv", plain(b'\t'));
    same("semicolons.tsv", plain(b';'));
    same("excel.csv", format!("\u{feff}sep=;\r\n{};;;;\r\n", plain(b';').replace("\n1", "\r\n1")));
    let utf16 = format!("\u{feff}{}", plain(b'\t'));
    same("excel.txt.csv", utf16.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    let mac = plain(b';').replace("\n\n", "\r\r").replace('\n', "\r");
    in_folder(|folder| {
        let expected = classified(folder, "a.csv", plain(b',').as_bytes(), &[]).0;
        assert_eq!(classified(folder, "mac.csv", mac.as_bytes(), &[]).0, expected);
    });
    // pandas and R number the rows in a column without a name.
    let numbered: String = plain(b',').replacen("id,", ",id,", 1);
    let numbered = numbered.replace("a1,", "0,a1,").replace("b7,", "1,b7,").replace("c9,", "2,c9,");
    same("pandas.csv", &numbered);
    same("r.csv", numbered.replacen(",id,outlet", "\"\",\"id\",\"outlet\"", 1));
}

#[test]
fn shapes_of_json() {
    let lines: String = objects().iter().map(|object| format!("{object}\n")).collect();
    let columns: Value = FIELDS
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let column: serde_json::Map<_, _> =
                (0..3).map(|row| (row.to_string(), json!(ARTICLES[row][at]))).collect();
            (field.to_string(), Value::Object(column))
        })
        .collect::<serde_json::Map<_, _>>()
        .into();
    let index: Value = objects()
        .into_iter()
        .enumerate()
        .map(|(row, object)| (row.to_string(), object))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let split = json!({"columns": FIELDS, "index": [0, 1, 2], "data": ARTICLES});
    let wrapped = json!({"status": "ok", "articles": objects()});
    // Neither the name nor the ending says which shape it is.
    for ending in ["json", "jsonl", "csv", "txt"] {
        same(&format!("a.{ending}"), &lines);
        same(&format!("a.{ending}"), json!(objects()).to_string());
        same(&format!("a.{ending}"), format!("{:#}", json!(objects())));
        same(&format!("a.{ending}"), format!("{columns}\n"));
        same(&format!("a.{ending}"), split.to_string());
        same(&format!("a.{ending}"), format!("{wrapped:#}"));
    }
    same("index.json", index.to_string());
}

#[test]
fn an_article_a_file() {
    in_folder(|folder| {
        let expected = classified(folder, "plain.csv", plain(b',').as_bytes(), &[]).0;
        fs::create_dir(folder.join("articles")).unwrap();
        for (object, name) in objects().iter().zip(["1.json", "2.json"]) {
            fs::write(folder.join("articles").join(name), format!("{object:#}")).unwrap();
        }
        fs::write(folder.join("articles/3.json"), objects()[2].to_string()).unwrap();
        fs::remove_file(folder.join("plain.csv")).unwrap();
        let session = Session::within(folder, &["classify", "articles", "--target", "tram"]);
        assert_eq!(session.stdout.matches("Moor Herald").count(), 5, "{}", session.stdout);
        assert_eq!(expected.matches("Moor Herald").count(), 5);
    });
}

#[test]
fn content_goes_before_the_name_of_a_file() {
    in_folder(|folder| {
        let page = format!(
            "<!doctype html><title>Tram</title><article><p>{}</p></article>",
            "The tram is a costly folly, say those who live beside it and hear it. ".repeat(9)
        );
        let (found, _) = classified(folder, "saved.txt", page.as_bytes(), &[]);
        assert!(!found.contains('<'), "{found}");
        assert!(found.contains("The tram is a costly folly"), "{found}");
        let (found, _) = classified(folder, "export", json!(objects()).to_string().as_bytes(), &[]);
        assert_eq!(found.lines().count(), 8);
    });
}
