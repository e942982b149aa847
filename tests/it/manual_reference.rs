//! The reference in `docs/src/reference`: made from the program's tables, or compared with them.
//!
//! With `FRAMESCOPE_UPDATE` set, pages that are made are written anew.

use std::fs;
use std::path::{Path, PathBuf};

use crate::session::{DEMO, Session, framescope, in_folder};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/reference")
}

fn page(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

#[track_caller]
fn check_page(name: &str, made: &str) {
    if std::env::var("FRAMESCOPE_UPDATE").is_ok() {
        fs::write(folder().join(name), made).unwrap();
    }
    let update = "FRAMESCOPE_UPDATE=1 cargo test --test it manual_reference::";
    assert!(page(name) == made, "docs/src/reference/{name} is out of date: run {update}");
}

#[test]
fn the_reference_is_made_from_the_programs_tables() {
    in_folder(|made| {
        framescope(&["generate", "reference", "--folder", made.to_str().unwrap()]);
        for name in ["options.md", "formats.md", "codebook.md"] {
            check_page(name, &fs::read_to_string(made.join(name)).unwrap());
        }
    });
}

/// The manual of each template is the doc comment of its constant.
#[test]
fn the_features_are_told_by_their_own_manuals() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/features");
    let table = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let (_, list) = table.split_once("\ntemplates![").unwrap();
    let modules = list.split(']').next().unwrap().split(',').map(str::trim);
    let mut made = "# Features\n\nWhat the reader *words* notices in a sentence, in the order of the table \
                    `templates!` in `src/features/mod.rs`; the text of each is the manual in its file. Names such \
                    as `word=scorn` stand in the answers of `framescope explain`.\n"
        .to_string();
    for module in modules.filter(|module| !module.is_empty()) {
        let source = fs::read_to_string(folder.join(format!("{module}.rs"))).unwrap();
        let (before, after) = source.split_once("const TEMPLATE: FeatureTemplate").unwrap();
        let name = after.split('"').nth(1).unwrap();
        let lines: Vec<&str> = before.lines().rev().skip(1).collect();
        let manual = lines.iter().take_while(|line| line.starts_with("///"));
        let mut manual: Vec<String> =
            manual.map(|line| line.trim_start_matches("///").trim_start().to_string()).collect();
        manual.reverse();
        made += &format!("\n## {name}\n\n");
        for line in manual {
            made += &match line.strip_prefix("## ") {
                Some(heading) => format!("**{heading}.**\n"),
                None => format!("{line}\n"),
            };
        }
    }
    check_page("features.md", &made);
}

/// The names of columns in the section under a heading of the page of columns.
fn told(heading: &str) -> Vec<String> {
    let page = page("columns.md");
    let (_, section) = page.split_once(&format!("## {heading}\n")).unwrap();
    let rows = section.split("\n## ").next().unwrap().lines();
    let names = rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next());
    names.map(str::to_string).collect()
}

fn header(csv: &str) -> Vec<String> {
    csv.trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap()
        .split(',')
        .map(str::to_string)
        .collect()
}

#[test]
fn every_column_that_is_read_is_told() {
    for (heading, command) in [
        ("Read: articles", ["classify", DEMO[0], "--column", "none=x"]),
        ("Read: label files", ["agree", "labels/stance.csv", "--column", "none=x"]),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let refused = Session::any(folder, &command).stderr;
        let (_, known) = refused.trim().split_once("expected ").unwrap();
        assert_eq!(told(heading), known.split(", ").collect::<Vec<_>>(), "{heading}");
    }
}

#[test]
fn every_column_that_is_written_is_told() {
    let on_demo = |command: &str, more: &[&str]| {
        header(&framescope(&[&[command], &DEMO[..], more].concat()).stdout)
    };
    assert_eq!(told("Written: sentence table"), on_demo("classify", &[]));
    assert_eq!(told("Written: sample"), on_demo("sample", &["--per-outlet", "2"]));
    for table in ["shares", "openings", "prominence", "quotes", "timeline"] {
        let heading = format!("Written: report, {table}");
        assert_eq!(told(&heading), on_demo("report", &["--table", table]), "{table}");
    }
    in_folder(|folder| {
        let suspects = folder.join("suspects.csv");
        let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels/tidal-barrier.csv");
        let labels = labels.to_str().unwrap();
        let suspects_path = suspects.to_str().unwrap();
        let train = ["train", labels, "--out", "m.safetensors", "--suspects", suspects_path];
        Session::within(folder, &[&train[..], &["--penalty", "1"]].concat());
        let written = fs::read_to_string(suspects).unwrap();
        assert_eq!(told("Written: suspects"), header(&written));
    });
    let sample = told("Written: sample");
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upgrades/0.1/labels.csv");
    let label_file = header(&fs::read_to_string(labels).unwrap());
    assert_eq!([sample, told("Written: label file")].concat(), label_file);
}
