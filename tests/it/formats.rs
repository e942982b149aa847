//! Every format that the program writes, frozen byte for byte.

use std::fmt::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::audit::label;
use crate::frames::train_frame_model;
use crate::session::{DEMO, Session, in_folder};

const FORMATS: [&str; 5] = ["text", "markdown", "html", "csv", "json"];
const TABLES: [&str; 5] = ["shares", "openings", "prominence", "quotes", "timeline"];

const PENHALE: [&str; 4] = ["--target", "Dorothea Penhale", "--alias", "Penhale"];

/// Lists the size and the SHA-256 digest of everything that is written about the demo articles.
///
/// A digest that changes without a reason is a bug. Where a change is intended:
///
/// 1. Run the test on the commit before and on the new one. Each run leaves the outputs in
///    `target/tmp/formats`; copy the folder in between, compare the two with `diff -r`, and see that
///    nothing differs but what was meant to.
/// 2. Accept the snapshot with `INSTA_UPDATE=always cargo test --test it formats` and commit it
///    together with the change. The commit's message says which outputs changed, and how.
///
/// A new version of the program or of the built-in model changes most digests, since reports name
/// both.
#[test]
fn every_format_is_written_byte_for_byte_as_before() {
    let copies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&copies).unwrap();
    let mut digests = String::new();
    in_folder(|folder| {
        write_inputs(folder);
        for (name, arguments) in commands() {
            let output = Session::within(folder, &arguments).stdout;
            let bytes = output.len();
            let digest = Sha256::digest(&output);
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(digests, "{name:22} {bytes:7}  {digest}").unwrap();
            std::fs::write(copies.join(name), output).unwrap();
        }
    });
    insta::assert_snapshot!(digests);
}

/// The demo articles with labels of their sentences, a frame model, and a sample of the articles
/// as two coders would label it.
fn write_inputs(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (from, to) in [("articles", "articles.csv"), ("labels", "sentences.csv")] {
        let from = root.join("tests").join(from).join("tidal-barrier.csv");
        std::fs::copy(from, folder.join(to)).unwrap();
    }
    train_frame_model(folder);
    let sample = [&["sample", "articles.csv"][..], &DEMO[1..], &["--out", "audit.csv"]].concat();
    Session::within(folder, &sample);
    let labels = ["critical", "neutral", "supportive", "neutral", "critical"];
    label(folder, "audit.csv", "first.csv", "a", |number, _| labels[number % 5]);
    label(folder, "audit.csv", "second.csv", "b", |number, _| labels[number % 7 % 5]);
}

/// What is run, each under the name of its output.
fn commands() -> Vec<(String, Vec<&'static str>)> {
    let two = [&DEMO[1..][..], &PENHALE].concat();
    let labels = [&DEMO[1..][..], &["--labels", "first.csv", "--labels", "second.csv"]].concat();
    let frames = [&two[..], &["--frame-model", "frame.safetensors"]].concat();
    let on_articles = |command, more: &[&'static str], format: [&'static str; 2]| {
        [&[command, "articles.csv"], more, &format].concat()
    };
    let mut commands = Vec::new();
    let reports = [
        ("none", &[][..]),
        ("one", &DEMO[1..]),
        ("two", &two),
        ("labels", &labels),
        ("frames", &frames),
    ];
    for (name, more) in reports {
        for format in FORMATS {
            let report = on_articles("report", more, ["--format", format]);
            commands.push((format!("report.{name}.{format}"), report));
        }
    }
    for table in TABLES {
        let report = on_articles("report", &two, ["--table", table]);
        commands.push((format!("report.table.{table}"), report));
    }
    for format in ["csv", "jsonl"] {
        let classify = on_articles("classify", &two, ["--format", format]);
        commands.push((format!("classify.{format}"), classify));
    }
    let by_sentence = ["classify", "sentences.csv", "--unit", "sentence"];
    commands.push(("classify.sentences".into(), by_sentence.to_vec()));
    commands.push(("sample".into(), on_articles("sample", &two, ["--per-outlet", "10"])));
    for format in ["text", "json"] {
        let plan = on_articles("plan", &labels, ["--format", format]);
        commands.push((format!("plan.{format}"), plan));
        let folly = "Residents cheered the barrier, but its critics called the scheme a folly.";
        let others: [&[&'static str]; 5] = [
            &["agree", "first.csv", "second.csv"],
            &["evaluate", "sentences.csv"],
            &["explain", folly, "--target", "the barrier"],
            &["inspect"],
            &["inspect", "frame.safetensors"],
        ];
        let names = ["agree", "evaluate", "explain", "inspect", "inspect.frame"];
        for (name, command) in names.into_iter().zip(others) {
            commands.push((format!("{name}.{format}"), [command, &["--format", format]].concat()));
        }
    }
    commands
}
