//! What changed since an earlier report.

use std::path::Path;

use crate::session::{DEMO, Session, in_folder};

/// Every other article of the demo in a file of its own, beginning with the first or the second.
fn half(folder: &Path, name: &str, from: usize) {
    let mut articles = csv::Reader::from_path("tests/articles/tidal-barrier.csv").unwrap();
    let mut out = csv::Writer::from_path(folder.join(name)).unwrap();
    out.write_record(articles.headers().unwrap()).unwrap();
    for row in articles.records().skip(from).step_by(2) {
        out.write_record(&row.unwrap()).unwrap();
    }
    out.flush().unwrap();
}

fn report(folder: &Path, articles: &str, more: &[&str]) -> Session {
    Session::any(folder, &[&["report", articles][..], &DEMO[1..], more].concat())
}

#[test]
fn two_reports_are_compared_in_every_format() {
    in_folder(|folder| {
        half(folder, "may.csv", 0);
        half(folder, "june.csv", 1);
        let may = report(folder, "may.csv", &["--format", "json", "--out", "may.json"]);
        assert_eq!(may.code, Some(0), "{}", may.stderr);
        let against = |format: &str| {
            let done = report(folder, "june.csv", &["--against", "may.json", "--format", format]);
            assert_eq!(done.code, Some(0), "{}", done.stderr);
            done.stdout
        };
        for format in ["text", "markdown", "html"] {
            let told = against(format);
            assert!(told.contains("changed since the earlier report"), "{format}: {told}");
            assert!(told.contains("No share can be compared"), "{format}");
        }
        let json: serde_json::Value = serde_json::from_str(&against("json")).unwrap();
        let changes = &json["targets"][0]["changes"];
        let count = |at: usize| -> u64 {
            let outlets = changes["outlets"].as_array().unwrap().iter();
            outlets.map(|of| of["own"][at].as_u64().unwrap()).sum()
        };
        assert!(count(0) > 0 && count(1) > 0, "{changes}");
        let alone = report(folder, "june.csv", &["--format", "json"]).stdout;
        assert!(!alone.contains("\"changes\""));
    });
}

#[test]
fn what_cannot_be_compared_is_refused() {
    in_folder(|folder| {
        half(folder, "may.csv", 0);
        report(folder, "may.csv", &["--format", "json", "--out", "may.json"]);
        let refused = |articles: &str, of: &str| {
            let done = report(folder, articles, &["--against", of]);
            assert_eq!(done.code, Some(1), "{}", done.stdout);
            done.stderr
        };
        let same = refused("may.csv", "may.json");
        assert!(same.contains("may.json: read the same articles (may.csv)"), "{same}");
        std::fs::write(folder.join("old.json"), "{\"format\": 1}").unwrap();
        let old = refused("may.csv", "old.json");
        assert!(old.contains("old.json: a report of format 1; expected 2"), "{old}");
        let missing = refused("may.csv", "none.json");
        assert!(missing.contains("none.json"), "{missing}");
    });
}
