//! What training and measuring tell beside the cross-validation.

use std::fmt::Write;
use std::path::Path;

use crate::session::{Session, in_folder};

/// The rows whose labels are false in the file.
const FALSE: [usize; 3] = [40, 61, 87];

/// 120 rows of three outlets that say the same with words of their own, ten a day in forty articles.
fn labels() -> String {
    let words = [["soot", "glow"], ["murk", "beam"], ["fog", "gleam"]];
    let mut table = String::from("id,article_id,outlet,date,text,label\n");
    for n in 0..120 {
        let (outlet, label) = (n % 3, n / 3 % 2);
        let name = ["Ostrey Beacon", "Quayside Clarion", "Northway Wire"][outlet];
        let given = ["dim", "lit"][if FALSE.contains(&n) { 1 - label } else { label }];
        let (day, word) = (1 + n / 10, words[outlet][label]);
        let article = format!("{outlet}-{}", n / 9);
        writeln!(table, "row-{n},{article},{name},2031-06-{day:02},{word} at gate {n},{given}")
            .unwrap();
    }
    table
}

fn train(folder: &Path, more: &[&str]) -> Session {
    std::fs::write(folder.join("light.csv"), labels()).unwrap();
    let arguments = ["train", "light.csv", "--dimension", "light", "--out", "light.safetensors"];
    Session::any(folder, &[&arguments[..], &["--without", "letters"], more].concat())
}

#[test]
fn train_compares_ways_of_holding_out() {
    in_folder(|folder| {
        let plain = train(folder, &[]);
        let more = ["--validate", "time,outlets", "--learning-curve", "--stop-set", "light.csv"];
        let session = train(folder, &more);
        assert_eq!(session.code, Some(0), "{}", session.stderr);
        let added = session.stdout.strip_prefix(&plain.stdout).unwrap();
        assert!(added.lines().all(|line| line.chars().count() <= 100), "{added}");
        insta::assert_snapshot!(added);
    });
}

#[test]
fn few_labels_cannot_tell_when_to_stop() {
    in_folder(|folder| {
        let table = labels();
        let few: Vec<&str> = table.lines().take(1 + 41).collect();
        std::fs::write(folder.join("few.csv"), few.join("\n")).unwrap();
        let arguments = ["train", "few.csv", "--dimension", "light", "--out", "m"];
        let session = Session::any(folder, &[&arguments[..], &["--stop-set", "few.csv"]].concat());
        assert!(session.stdout.contains("Label on, to 80 sentences"), "{}", session.stdout);
        let missing = Session::any(folder, &[&arguments[..], &["--stop-set", "none.csv"]].concat());
        assert_eq!(missing.code, Some(1));
        assert!(missing.stderr.contains("none.csv"), "{}", missing.stderr);
    });
}

#[test]
fn train_lists_labels_that_may_be_wrong() {
    in_folder(|folder| {
        let session = train(folder, &["--suspects", "suspects.csv"]);
        assert!(session.stdout.contains("Suspects: "), "{}", session.stdout);
        let mut table = csv::Reader::from_path(folder.join("suspects.csv")).unwrap();
        let header: Vec<String> = table.headers().unwrap().iter().map(String::from).collect();
        assert_eq!(
            header.join(","),
            "rank,id,file,line,article_id,outlet,target,text,label,suggested,p_label,p_suggested,\
             margin"
        );
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        let lines: Vec<String> = labels().lines().map(String::from).collect();
        let mut first: Vec<String> = rows.iter().take(3).map(|row| row[1].to_string()).collect();
        first.sort();
        assert_eq!(first, FALSE.map(|n| format!("row-{n}")));
        for (at, row) in rows.iter().enumerate() {
            assert_eq!((&row[0], &row[2]), ((at + 1).to_string().as_str(), "light.csv"));
            let line = &lines[row[3].parse::<usize>().unwrap() - 1];
            assert!(line.starts_with(&row[1]) && line.ends_with(&row[8]), "{line} is not {row:?}");
            let figure = |at: usize| row[at].parse::<f64>().unwrap();
            // Two labels: the margin is the one probability less the other.
            assert!((figure(10) - figure(11) - figure(12)).abs() < 2e-4 && figure(12) < 0.0);
        }
        let shown = format!("light.csv, line {}: {} (", &rows[0][3], &rows[0][8]);
        assert!(session.stdout.contains(&shown), "{}", session.stdout);
    });
}

#[test]
fn what_cannot_be_found_out_is_refused_before_training() {
    in_folder(|folder| {
        let refused = |more: &[&str], code: i32, message: &str| {
            let session = train(folder, more);
            assert_eq!(session.code, Some(code), "{}", session.stderr);
            assert!(session.stderr.contains(message), "{}", session.stderr);
            assert!(!folder.join("light.safetensors").exists());
        };
        refused(&["--suspects", "light.csv"], 1, "is read and would be overwritten");
        refused(&["--suspects", "./light.safetensors"], 1, "is where the model goes");
        refused(&["--suspects", "nowhere/suspects.csv"], 1, "nowhere");
        refused(&["--validate", "moon"], 2, "possible values: outlets, time");
        let renamed = ["--validate", "outlets", "--column", "outlet=none"];
        refused(&renamed, 1, "none");
        let undated = folder.join("undated.csv");
        std::fs::write(&undated, labels().replace("2031-06-", "June ")).unwrap();
        let arguments = ["train", "undated.csv", "--dimension", "light", "--out", "m.safetensors"];
        let session = Session::any(folder, &[&arguments[..], &["--validate", "time"]].concat());
        let message =
            "cannot train: date is `June 01`; holding out the latest days needs days such";
        assert!(session.stderr.contains(message), "{}", session.stderr);
    });
}

#[test]
fn found_the_same_on_one_core_and_on_two() {
    in_folder(|folder| {
        let run = |cores: &str| {
            std::fs::write(folder.join("light.csv"), labels()).unwrap();
            let labels = folder.join("light.csv");
            let (model, suspects) = (folder.join("m.safetensors"), folder.join("s.csv"));
            let arguments = [
                "train",
                labels.to_str().unwrap(),
                "--dimension=light",
                "--out",
                model.to_str().unwrap(),
                "--validate=outlets,time",
                "--learning-curve",
                "--stop-set",
                labels.to_str().unwrap(),
                "--suspects",
                suspects.to_str().unwrap(),
            ];
            let session = Session::run(&arguments, &[("RAYON_NUM_THREADS", cores)]);
            (session.stdout, std::fs::read(suspects).unwrap())
        };
        assert_eq!(run("1"), run("2"));
    });
}

/// The figures of each outlet, worked out again from the probabilities that `classify` gives.
#[test]
fn evaluate_judges_each_outlet() {
    in_folder(|folder| {
        train(folder, &[]);
        // The last outlet has too few rows.
        let few = |line: &&str| !line.contains("Northway Wire") || !line.contains(",lit");
        let table = labels();
        let table: Vec<&str> = table.lines().filter(few).collect();
        std::fs::write(folder.join("new.csv"), table.join("\n")).unwrap();
        let model = ["--model", "light.safetensors"];
        let arguments = [&["evaluate", "new.csv", "--format", "json"], &model[..]].concat();
        let found = Session::within(folder, &arguments).json();
        let arguments = [&["classify", "new.csv", "--unit", "sentence"], &model[..]].concat();
        let classified = Session::within(folder, &arguments).stdout;
        let mut rows = csv::Reader::from_reader(classified.as_bytes());
        let header = rows.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|other| other == name).unwrap();
        let (dim, lit) = (column("p_dim"), column("p_lit"));
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert!(found["calibration_error_by_chance"].as_f64().unwrap() > 0.0);
        for outlet in found["outlets"].as_array().unwrap() {
            let own = rows.iter().filter(|row| Some(&row[2]) == outlet["outlet"].as_str());
            let own: Vec<(f64, f64)> = own
                .map(|row| {
                    let p = |at: usize| row[at].parse::<f64>().unwrap();
                    (p(if &row[5] == "dim" { dim } else { lit }), p(dim).max(p(lit)))
                })
                .collect();
            assert_eq!(outlet["rows"], own.len());
            if own.len() < 30 {
                assert!(outlet["scores"].is_null());
                continue;
            }
            let mean = |of: &dyn Fn(&(f64, f64)) -> f64| {
                own.iter().map(of).sum::<f64>() / own.len() as f64
            };
            let brier = mean(&|(right, _)| 2.0 * (1.0 - right).powi(2));
            let accuracy = mean(&|(right, surest)| f64::from(u8::from(right >= surest)));
            let scores = &outlet["scores"];
            assert!((scores["brier"].as_f64().unwrap() - brier).abs() < 1e-4);
            assert!((scores["accuracy"]["value"].as_f64().unwrap() - accuracy).abs() < 1e-9);
            assert!(outlet["calibration_error_by_chance"].as_f64().unwrap() > 0.0);
        }
        let arguments = [&["evaluate", "new.csv"], &model[..]].concat();
        let text = Session::within(folder, &arguments).stdout;
        assert!(text.contains("too few to tell: Northway Wire 20."), "{text}");
    });
}
