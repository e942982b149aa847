//! Label files that other programs keep: a spreadsheet, Parquet and arrays of JSON say what CSV says.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::audit::write_articles;
use crate::session::{Session, in_folder};
#[cfg(feature = "parquet")]
use crate::table_files::parquet;
use crate::table_files::xlsx;

/// The rows of a CSV file, its header first.
fn rows_of(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect()
}

/// Writes a table in each format; gives the names of the files.
fn write_tables(folder: &Path, name: &str, rows: &[Vec<String>]) -> Vec<String> {
    let cells: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let object = |row: &&[&str]| {
        let fields = rows[0].iter().zip(*row).map(|(name, cell)| (name.to_string(), json!(cell)));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    let objects = Value::Array(rows[1..].iter().map(object).collect());
    let mut files = vec![
        ("xlsx", xlsx(&rows, false)),
        ("json", objects.to_string().into_bytes()),
        ("pretty.json", format!("{objects:#}").into_bytes()),
    ];
    #[cfg(feature = "parquet")]
    files.push(("parquet", parquet(&rows)));
    let write = |(ending, content): (&str, Vec<u8>)| {
        let name = format!("{name}.{ending}");
        fs::write(folder.join(&name), content).unwrap();
        name
    };
    files.drain(..).map(write).collect()
}

/// Sixteen labelled sentences about a barrier, each coded by two.
fn write_labels(folder: &Path) -> Vec<Vec<String>> {
    let names = ["id", "article_id", "text", "target", "label", "coder", "weight"];
    let mut rows = vec![names.map(String::from).to_vec()];
    for n in 0..16 {
        for coder in ["ann", "ben"] {
            let tone = ["shoddy", "grey", "splendid"][n % 3];
            let label = ["Critical", "neutral", "SUPPORTIVE"]
                [(n + usize::from(n == 5 && coder == "ben")) % 3];
            let text = format!("Pier{n} – £{n} – makes the barrier {tone}.");
            let fields =
                [&*format!("s{n}"), &format!("a{}", n / 2), &text, "barrier", label, coder, "1.5"];
            rows.push(fields.map(String::from).to_vec());
        }
    }
    let mut table = csv::Writer::from_path(folder.join("labels.csv")).unwrap();
    rows.iter().for_each(|row| table.write_record(row).unwrap());
    table.flush().unwrap();
    rows
}

#[track_caller]
fn answer(folder: &Path, command: &[&str], labels: &str) -> (String, String) {
    let typed: Vec<&str> =
        command.iter().map(|word| if *word == "LABELS" { labels } else { word }).collect();
    let session = Session::within(folder, &typed);
    let unnamed = |text: &str| text.replace(labels, "LABELS");
    (unnamed(&session.stdout), unnamed(&session.stderr))
}

#[test]
fn agree_evaluate_and_train_read_them() {
    in_folder(|folder| {
        let rows = write_labels(folder);
        let files = write_tables(folder, "labels", &rows);
        let train = ["train", "LABELS", "--folds", "2", "--out", "model"];
        for command in [&["agree", "LABELS"][..], &["evaluate", "LABELS"], &train] {
            let expected = answer(folder, command, "labels.csv");
            assert!(expected.1.contains("read "), "{}", expected.1);
            for file in &files {
                assert_eq!(answer(folder, command, file), expected, "{command:?} {file}");
            }
        }
    });
}

#[test]
fn reports_plans_and_samples_read_them() {
    in_folder(|folder| {
        write_articles(folder);
        let question = ["articles.csv", "--target", "barrier"];
        let sample = [&["sample"], &question[..], &["--per-outlet", "9", "--out", "drawn.csv"]];
        Session::within(folder, &sample.concat());
        let mut rows = rows_of(&folder.join("drawn.csv"));
        rows[0][0] = rows[0][0].trim_start_matches('\u{feff}').to_string();
        let at = rows[0].iter().position(|name| name == "label").unwrap();
        for (number, row) in rows[1..].iter_mut().enumerate() {
            row[at] = ["critical", "neutral", "supportive"][number % 3].to_string();
        }
        let mut table = csv::Writer::from_path(folder.join("audit.csv")).unwrap();
        rows.iter().for_each(|row| table.write_record(row).unwrap());
        table.flush().unwrap();
        let files = write_tables(folder, "audit", &rows);
        let with = |command: &[&'static str], more: &[&'static str]| {
            [command, &question[..], more].concat()
        };
        let next = ["--for", "training", "--labelled", "LABELS", "--per-outlet", "3"];
        for command in [
            with(&["report"], &["--labels", "LABELS", "--full"]),
            with(&["plan"], &["--labels", "LABELS"]),
            with(&["sample"], &next),
        ] {
            let plain = answer(folder, &command, "audit.csv");
            for file in &files {
                assert_eq!(answer(folder, &command, file), plain, "{command:?} {file}");
            }
        }
    });
}
