//! Frames in a report, by models that learn from a few invented labels.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::session::{Session, in_folder};

/// Paragraphs, each an article of its own.
const FRAMES: [(&str, &str); 12] = [
    (
        "conflict",
        "The union attacked the mayor. The mayor attacked the union, and both sides fought on.",
    ),
    ("conflict", "Rivals clashed over the quay. One side called the other liars."),
    ("conflict", "The opponents fought the owners in court, and the owners attacked them."),
    ("conflict", "Both sides clashed again on Monday. The union called the owners liars."),
    ("resolution", "The two ports agreed on a plan. A new pump will solve the flooding."),
    (
        "resolution",
        "Since the new pump began to work the cellars stay dry, and the plan is copied.",
    ),
    ("resolution", "A pact was agreed that will solve the shortage. The remedy works."),
    ("resolution", "The remedy works: since the pact was agreed, no boat has waited."),
    ("economic", "The quay cost twelve million crowns. Prices and taxes will rise by a tenth."),
    ("economic", "Wages fell, and the budget lost two million crowns."),
    ("economic", "Prices rose again, and taxes pay for the budget of nine million crowns."),
    ("economic", "The yard cost jobs. Wages and prices fell by three million crowns."),
];

/// Sentences about the quay.
const STANCES: [(&str, &str); 6] = [
    ("critical", "The quay is a shameful waste."),
    ("critical", "Nobody trusts the useless quay."),
    ("critical", "The quay is a useless folly."),
    ("supportive", "The quay is a splendid success."),
    ("supportive", "Everybody praises the useful quay."),
    ("supportive", "The quay is a brave and useful work."),
];

/// Five articles of one outlet, which are enough for an interval, and one of another; what their
/// second paragraphs say is a source's.
fn articles() -> String {
    let own = [
        "Both sides clashed over the quay. The rivals attacked the owners.",
        "The quay cost a million crowns. Prices rose.",
        "The union fought the owners of the quay, and the sides clashed.",
        "The owners of the quay attacked the union.",
        "A pact on the quay was agreed. The remedy works.",
    ];
    let row = |(at, own): (usize, &&str)| {
        format!(
            "{at},Pilot,2031-06-0{},The quay,\"{own}\n\n“The plan will solve it,” said Ada Brook.\"\n",
            at + 1
        )
    };
    let pilot: String = own.iter().enumerate().map(row).collect();
    let wages = "Wages fell by two million crowns at the quay.";
    format!("id,outlet,date,title,text\n{pilot}5,Anchor,2031-06-02,The quay,{wages}\n")
}

/// The report of both models, in one format.
fn report(folder: &Path, format: &str) -> Session {
    fs::write(folder.join("articles.csv"), articles()).unwrap();
    train_frame_model(folder);
    let rows = STANCES.iter().enumerate();
    let rows = rows.map(|(at, (label, text))| format!("{at},{label},the quay,{text}\n"));
    train(folder, "stance", &format!("article_id,label,target,text\n{}", rows.collect::<String>()));
    let asked = ["report", "articles.csv", "--target", "the quay"];
    let models = ["--model", "stance.safetensors", "--frame-model", "frame.safetensors"];
    let format = if format == "text" { vec!["--full"] } else { vec!["--format", format] };
    Session::within(folder, &[&asked[..], &models, &format].concat())
}

/// Trains `frame.safetensors` of the invented paragraphs.
pub(crate) fn train_frame_model(folder: &Path) {
    let rows = FRAMES.iter().enumerate();
    let rows = rows.map(|(at, (label, text))| format!("{at},{label},\"{text}\"\n"));
    train(folder, "frame", &format!("article_id,label,text\n{}", rows.collect::<String>()));
}

fn train(folder: &Path, dimension: &str, rows: &str) {
    let (labels, out) = (format!("{dimension}.csv"), format!("{dimension}.safetensors"));
    fs::write(folder.join(&labels), rows).unwrap();
    let settings =
        ["--folds", "2", "--penalty", "0.1", "--date", "2031-01-01", "--dimension", dimension];
    Session::within(folder, &[&["train", &labels, "--out", &out][..], &settings].concat());
}

/// From the line that names the passages to the notes.
fn stories(report: &str) -> &str {
    let from = report.find("Passages by frame").unwrap();
    let length = report[from..].find("\nWhat cannot be said\n").unwrap();
    &report[from..from + length]
}

#[test]
fn frames_stand_beside_the_stance() {
    let text = in_folder(|folder| report(folder, "text").stdout);
    assert_snapshot!(stories(&text));
    let note = text.find("Frames are the judgement").unwrap();
    assert!(note > text.find("\nWhat cannot be said\n").unwrap());
}

#[test]
fn every_format_shows_the_same_frames() {
    in_folder(|folder| {
        let json: Value = report(folder, "json").json();
        let outlets = json["frames"]["targets"][0]["outlets"].as_array().unwrap();
        let own = &outlets[1]["voices"][0];
        assert_eq!((&own["passages"], &own["articles"]), (&5.into(), &5.into()));
        let conflict = &own["shares"][0];
        let (share, low) = (conflict["share"].as_f64().unwrap(), conflict["low"].as_f64().unwrap());
        assert!(0.0 < low && low < share && share < 1.0);
        let csv = report(folder, "csv").stdout;
        let row = format!("Pilot,the quay,outlet,article,conflict,5,5,{share:.6},{low:.6},");
        assert!(csv.contains(&row), "{csv}");
        for format in ["markdown", "html"] {
            let page = report(folder, format).stdout;
            assert!(page.contains("Own voice: passages of articles about the quay"), "{page}");
            assert!(page.contains(&format!("{:.0}", share * 100.0)), "{page}");
        }
    });
}

#[test]
fn without_a_frame_model_nothing_is_said_of_frames() {
    in_folder(|folder| {
        report(folder, "text");
        let asked = ["report", "articles.csv", "--model", "stance.safetensors"];
        let answer = Session::within(folder, &asked).stdout;
        assert!(!answer.contains("Passages by") && !answer.contains("Frames are"));
        let json = Session::within(folder, &[&asked[..], &["--format", "json"]].concat()).json();
        assert!(json.get("frames").is_none());
    });
}
