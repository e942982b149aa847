//! Label files as people write them: one reading in every command.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::audit::{label, write_articles};
use crate::session::{DEMO, Session, in_folder};

/// Twenty sentences about a barrier, two in an article; every fourth is critical, every fourth supportive.
fn write_rows(folder: &Path, name: &str, coder: &str, labels: [&str; 4]) {
    let mut table = String::from("article_id,text,target,label,coder\n");
    for n in 0..20 {
        let tone = ["shoddy", "grey", "splendid", "long"][n % 4];
        let label = labels[n % 4];
        let text = format!("Pier{n} mole{n} and quay{n} make the barrier {tone} by gate{n}.");
        writeln!(table, "a{},{text},barrier,{label},{coder}", n / 2).unwrap();
    }
    fs::write(folder.join(name), table).unwrap();
}

/// Runs a command on label files that it must accept.
fn fine(folder: &Path, arguments: &[&str]) -> Session {
    let session = Session::any(folder, arguments);
    assert_eq!(session.code, Some(0), "{}", session.stderr);
    session
}

#[track_caller]
fn refused(folder: &Path, arguments: &[&str], expected: &str) {
    let session = Session::any(folder, arguments);
    assert_eq!(session.code, Some(1), "{}", session.stdout);
    assert!(session.stderr.contains(expected), "{}", session.stderr);
}

#[test]
fn every_spelling_gives_the_same_answer() {
    in_folder(|folder| {
        write_rows(folder, "plain.csv", "", ["critical", "neutral", "supportive", "neutral"]);
        let plain = fine(folder, &["evaluate", "plain.csv"]).stdout;
        for (labels, told) in [
            (["Critical", " neutral", "SUPPORTIVE", "Neutral "], "read 5 `Critical` as critical"),
            (["con", "0", "pro", "0"], "10 `0` as neutral"),
            (["AGAINST", "NONE", "FAVOR", "NONE"], "10 `NONE` as neutral"),
            (["-1", "0", "1", "0.0"], "5 `-1` as critical"),
            (["negative", "neutral", "positive", "neutral"], "5 `positive` as supportive"),
        ] {
            write_rows(folder, "other.csv", "", labels);
            let session = fine(folder, &["evaluate", "other.csv"]);
            assert_eq!(session.stdout, plain, "{labels:?}");
            assert_eq!(session.stderr.matches(told).count(), 1, "{}", session.stderr);
        }
    });
}

#[test]
fn rows_that_nobody_coded_are_counted_and_left_out() {
    in_folder(|folder| {
        write_rows(folder, "a.csv", "", ["critical", "neutral", "supportive", "neutral"]);
        let plain = fine(folder, &["evaluate", "a.csv"]).stdout;
        let mut table = fs::read_to_string(folder.join("a.csv")).unwrap();
        for blank in ["", "NA", "None", "nan", "-", "?"] {
            writeln!(table, "b,The barrier is closed.,barrier,{blank},").unwrap();
        }
        table += ",,,,\n , ,,,\n,,\n";
        fs::write(folder.join("b.csv"), &table).unwrap();
        let session = fine(folder, &["evaluate", "b.csv"]);
        assert_eq!(session.stdout, plain);
        let told = "labels: 6 rows not coded and not counted (1 blank, 1 `-`, 1 `?`, 1 `NA`, 1 `None`, \
                    1 `nan`)";
        assert!(session.stderr.contains(told), "{}", session.stderr);
        let train = ["train", "b.csv", "--out", "m", "--folds", "2"];
        assert!(fine(folder, &train).stderr.contains(told));
        fs::write(folder.join("c.csv"), "text,label\nA.,\nB.,NA\n").unwrap();
        refused(
            folder,
            &["evaluate", "c.csv"],
            "no labelled sentences: none of the 2 rows is coded",
        );
    });
}

#[test]
fn a_slip_is_an_error_with_a_suggestion_in_every_command() {
    in_folder(|folder| {
        write_articles(folder);
        write_rows(folder, "a.csv", "x", ["critcal", "neutral", "supportive", "neutral"]);
        let expected = "a.csv, line 2: unknown label `critcal`, expected one of critical, neutral, \
                        supportive; did you mean `critical`?";
        let question = ["articles.csv", "--target", "barrier", "--labels", "a.csv"];
        for command in ["report", "plan"] {
            refused(folder, &[&[command], &question[..]].concat(), expected);
        }
        for command in [&["train", "--out", "m"][..], &["evaluate"], &["agree"]] {
            refused(folder, &[command, &["a.csv"]].concat(), expected);
            let mixed = "unknown label `mixed`, expected one of critical, neutral, supportive; a \
                         sentence has one stance";
            write_rows(folder, "mixed.csv", "x", ["mixed", "neutral", "supportive", "neutral"]);
            refused(folder, &[command, &["mixed.csv"]].concat(), mixed);
        }
        let map = ["evaluate", "a.csv", "--map", "critcal=critical"];
        assert!(fine(folder, &map).stderr.contains("read 5 `critcal` as critical"));
    });
}

#[test]
fn coders_who_spell_otherwise_agree() {
    in_folder(|folder| {
        write_rows(folder, "a.csv", "ann", ["critical", "neutral", "supportive", "NA"]);
        write_rows(folder, "b.csv", "bob", ["CRITICAL", "0", "pro", "-"]);
        let json = fine(folder, &["agree", "a.csv", "b.csv", "--format", "json"]).json();
        assert_eq!(json["alpha_nominal"]["value"], 1.0);
        assert_eq!(json["labels"], serde_json::json!(["critical", "neutral", "supportive"]));
        assert_eq!((&json["items_coded_twice"], &json["missing_codes"]), (&15.into(), &10.into()));
        // Codes that no codebook knows.
        write_rows(folder, "c.csv", "ann", ["War", "tax", "none", "99"]);
        write_rows(folder, "d.csv", "bob", ["war", "tax", "tax", "tax"]);
        let session =
            fine(folder, &["agree", "c.csv", "d.csv", "--map", "99=", "--format", "json"]);
        assert_eq!(session.json()["labels"], serde_json::json!(["War", "tax"]));
        assert!(session.stderr.contains("read 5 `war` as War"), "{}", session.stderr);
        assert!(session.stderr.contains("if `none` is a label, --map none=none"));
    });
}

#[test]
fn agreement_that_cannot_be_told_is_not_told() {
    in_folder(|folder| {
        write_rows(folder, "a.csv", "ann", ["critical", "neutral", "", "neutral"]);
        write_rows(folder, "b.csv", "bob", ["", "", "supportive", ""]);
        let text = fine(folder, &["agree", "a.csv", "b.csv"]).stdout;
        assert!(text.contains("no item was coded twice, so agreement cannot be told"), "{text}");
        let one = "article_id,text,label,coder\n1,It fell.,critical,ann\n1,It fell.,neutral,bob\n";
        fs::write(folder.join("one.csv"), one).unwrap();
        let text = fine(folder, &["agree", "one.csv"]).stdout;
        assert!(text.starts_with("1 item, coders ann, bob\n"), "{text}");
    });
}

#[test]
fn coders_of_two_files_must_be_told_apart() {
    in_folder(|folder| {
        let labels = ["critical", "neutral", "supportive", "neutral"];
        for (first, second) in [("", ""), ("ann", "ann"), ("ann", "")] {
            write_rows(folder, "a.csv", first, labels);
            write_rows(folder, "b.csv", second, labels);
            let expected = "b.csv, line 2: the same sentence is labelled in a.csv, line 2, and ";
            let named = ["--coder", "ann=a.csv", "--coder", "bob=./b.csv"];
            for command in [&["evaluate"][..], &["train", "--folds", "2", "--out", "m"], &["agree"]]
            {
                let command = [command, &["a.csv", "b.csv"]].concat();
                refused(folder, &command, expected);
                refused(folder, &command, "--coder NAME=a.csv --coder NAME=b.csv");
                fine(folder, &[&command[..], &named].concat());
            }
        }
        refused(
            folder,
            &["agree", "a.csv", "--coder", "x=c.csv"],
            "c.csv is none of the label files",
        );
        // Who made silver does not matter.
        let silver = "text,p_critical,p_neutral,p_supportive\nA grey pier.,0.5,0.3,0.2\n";
        fs::write(folder.join("s.csv"), silver).unwrap();
        fs::write(folder.join("t.csv"), silver).unwrap();
        let train = ["train", "a.csv", "--coder", "x=a.csv", "--silver", "s.csv"];
        fine(folder, &[&train[..], &["--silver", "t.csv", "--folds", "2", "--out", "m"]].concat());
    });
}

#[test]
fn the_reports_coders_must_be_told_apart_too() {
    in_folder(|folder| {
        write_articles(folder);
        let question = ["articles.csv", "--target", "barrier"];
        fine(folder, &[&["sample"], &question[..], &["--out", "audit.csv"]].concat());
        label(folder, "audit.csv", "a.csv", "", |_, _| "Critical");
        label(folder, "audit.csv", "b.csv", "", |n, _| if n % 2 == 0 { "con" } else { "0" });
        let labels = ["--labels", "a.csv", "--labels", "b.csv"];
        for command in ["report", "plan"] {
            let command = [&[command], &question[..], &labels].concat();
            refused(folder, &command, "b.csv, line 2: the same sentence is labelled in a.csv");
            let named = ["--coder", "ann=a.csv", "--coder", "bob=b.csv"];
            let session = fine(folder, &[&command[..], &named].concat());
            assert!(session.stderr.contains("`con` as critical"), "{}", session.stderr);
        }
    });
}

/// A label that depends on the text alone, as good as any for counting.
fn any_label(text: &str) -> &'static str {
    ["critical", "neutral", "supportive"][text.len() % 3]
}

fn rows_of(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let rows = csv::Reader::from_path(folder.join(name)).unwrap().into_deserialize();
    rows.map(Result::unwrap).collect()
}

/// What the sentence table says of each sentence: by article, number in it and whether it names the target.
fn stances(folder: &Path) -> BTreeMap<(String, String), String> {
    fine(folder, &[&["classify"], &demo(folder)[..], &["--out", "table.csv"]].concat());
    let key = |row: &BTreeMap<String, String>| (row["article_id"].clone(), row["sentence"].clone());
    rows_of(folder, "table.csv").iter().map(|row| (key(row), row["stance"].clone())).collect()
}

/// The demo's question, with its articles in a folder of one's own.
fn demo(folder: &Path) -> Vec<&'static str> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(DEMO[0]);
    fs::copy(from, folder.join("demo.csv")).unwrap();
    [&["demo.csv"], &DEMO[1..]].concat()
}

#[track_caller]
fn nearly(found: &serde_json::Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

#[test]
fn a_labelled_sample_is_judged_as_the_report_reads_it() {
    in_folder(|folder| {
        let stances = stances(folder);
        for per_outlet in ["8", "1000"] {
            let sample = ["--per-outlet", per_outlet, "--out", "drawn.csv"];
            fine(folder, &[&["sample"], &demo(folder)[..], &sample].concat());
            label(folder, "drawn.csv", "audit.csv", "", |_, text| any_label(text));
            let rows = rows_of(folder, "audit.csv");
            let right = |row: &&BTreeMap<String, String>| {
                let key = (row["article_id"].clone(), row["sentence"].clone());
                stances[&key] == row["label"]
            };
            let weight =
                |row: &BTreeMap<String, String>| 1.0 / row["drawn"].parse::<f64>().unwrap();
            let json = fine(folder, &["evaluate", "audit.csv", "--format", "json"]).json();
            let n_right = rows.iter().filter(right).count();
            nearly(&json["accuracy"]["value"], n_right as f64 / rows.len() as f64);
            let all: f64 = rows.iter().map(weight).sum();
            let right: f64 = rows.iter().filter(right).map(weight).sum();
            nearly(&json["weighted"]["accuracy"]["value"], right / all);
            let articles: BTreeSet<&String> = rows.iter().map(|row| &row["article_id"]).collect();
            assert_eq!(json["articles"], articles.len());
            assert!(rows.iter().any(|row| row["mentions"].to_lowercase().contains("scheme")));
        }
    });
}

#[test]
fn a_labelled_sentence_table_is_judged_as_it_was_made() {
    in_folder(|folder| {
        stances(folder);
        let rows = rows_of(folder, "table.csv");
        let context = |row: &&BTreeMap<String, String>| row["about"] == "context";
        assert!(rows.iter().filter(context).any(|row| !row["title"].is_empty()));
        let mut table = csv::Writer::from_path(folder.join("labelled.csv")).unwrap();
        let columns = rows[0].keys().map(String::as_str).chain(["label"]);
        table.write_record(columns).unwrap();
        // One quote has one stance in all articles, which a row by itself does not know.
        let is_judged =
            |row: &&BTreeMap<String, String>| !row["stance"].is_empty() && row["voice"] == "outlet";
        for row in &rows {
            let label = if is_judged(&row) { any_label(&row["text"]) } else { "" };
            table.write_record(row.values().map(String::as_str).chain([label])).unwrap();
        }
        table.flush().unwrap();
        let judged: Vec<_> = rows.iter().filter(is_judged).collect();
        let right = judged.iter().filter(|row| row["stance"] == any_label(&row["text"])).count();
        let session = fine(folder, &["evaluate", "labelled.csv", "--format", "json"]);
        assert_eq!(session.json()["rows"], judged.len());
        nearly(&session.json()["accuracy"]["value"], right as f64 / judged.len() as f64);
        // The rows come back with the same judgement.
        let again = ["classify", "table.csv", "--unit", "sentence", "--out", "again.csv"];
        fine(folder, &again);
        for (row, again) in rows.iter().zip(rows_of(folder, "again.csv")) {
            assert!(!is_judged(&row) || row["p_critical"] == again["p_critical"], "{row:?}");
        }
    });
}

#[test]
fn few_articles_have_intervals_over_their_sentences() {
    in_folder(|folder| {
        let mut table = String::from("article_id,text,target,label\n");
        for n in 0..40 {
            let label = any_label(&"x".repeat(n));
            // Every article prints the same sentence once.
            let text = if n < 4 { "The barrier is grey".into() } else { format!("A barrier {n}") };
            writeln!(table, "a{},{text}.,barrier,{label}", n % 4).unwrap();
        }
        fs::write(folder.join("a.csv"), table).unwrap();
        let text = fine(folder, &["evaluate", "a.csv"]).stdout;
        let told =
            "40 rows in 4 articles, too few to speak of others: intervals are over the sentences";
        assert!(text.contains(told), "{text}");
        assert!(!text.contains("too few for an interval"), "{text}");
        let json = fine(folder, &["evaluate", "a.csv", "--format", "json"]).json();
        assert_eq!(json["over"], "sentences");
        assert!(json["weighted"].is_null());
    });
}

#[test]
fn what_is_chosen_to_train_on_is_no_random_sample() {
    in_folder(|folder| {
        let sample = |more: &[&str]| {
            let fixed = ["--for", "training", "--per-outlet", "4"];
            fine(folder, &[&["sample"], &demo(folder)[..], &fixed, more].concat())
        };
        let session = sample(&["--out", "chosen.csv"]);
        assert!(session.stderr.contains("They are no random sample"), "{}", session.stderr);
        sample(&["--out", "again.csv"]);
        let bytes = |name: &str| fs::read(folder.join(name)).unwrap();
        assert_eq!(bytes("chosen.csv"), bytes("again.csv"));
        let rows = rows_of(folder, "chosen.csv");
        assert!(rows.iter().all(|row| row["drawn"] == "chosen for training"));
        for (column, n) in [("outlet", 5), ("voice", 2)] {
            let found: BTreeSet<&String> = rows.iter().map(|row| &row[column]).collect();
            assert_eq!(found.len(), n, "{column}");
        }
        label(folder, "chosen.csv", "labelled.csv", "", |_, text| any_label(text));
        let refusal = "labelled.csv, line 2: `drawn` is `chosen for training`: such sentences are no \
                       random sample";
        for command in ["report", "plan"] {
            let labels = ["--labels", "labelled.csv"];
            refused(folder, &[&[command], &demo(folder)[..], &labels].concat(), refusal);
        }
        let judged = fine(folder, &["evaluate", "labelled.csv"]).stdout;
        let judged = judged.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            judged.contains("Not weighted: 20 of these rows were chosen to train on"),
            "{judged}"
        );
        let json = fine(folder, &["evaluate", "labelled.csv", "--format", "json"]).json();
        assert!(json["weighted"].is_null());
        fine(folder, &["train", "labelled.csv", "--base", "built-in", "--out", "m"]);
        // The next batch holds none of the first.
        let next = ["--labelled", "labelled.csv", "--model", "m", "--out", "next.csv"];
        sample(&next);
        let ids = |name| rows_of(folder, name).iter().map(|row| row["id"].clone()).collect();
        let (first, second): (BTreeSet<String>, BTreeSet<String>) =
            (ids("chosen.csv"), ids("next.csv"));
        assert!(!second.is_empty() && first.is_disjoint(&second));
        let random = [&["sample"], &demo(folder)[..], &["--labelled", "labelled.csv"]].concat();
        refused(folder, &random, "--labelled goes with --for training");
    });
}

#[test]
fn labels_lost_to_other_aliases_are_counted_the_same_everywhere() {
    in_folder(|folder| {
        let sample = ["--per-outlet", "1000", "--out", "drawn.csv"];
        fine(folder, &[&["sample"], &demo(folder)[..], &sample].concat());
        label(folder, "drawn.csv", "audit.csv", "", |_, text| any_label(text));
        let rows = rows_of(folder, "audit.csv");
        let names_it = |row: &&BTreeMap<String, String>| {
            let text = row["text"].to_lowercase();
            text.contains("tidal barrier") || text.contains("the barrier")
        };
        let kept = rows.iter().filter(names_it).count();
        assert!(0 < kept && kept < rows.len());
        let fewer = ["report", "demo.csv", "--target", "tidal barrier", "--alias", "the barrier"];
        let fewer = [&fewer[..], &["--labels", "audit.csv"]].concat();
        let json = fine(folder, &[&fewer[..], &["--format", "json"]].concat()).json();
        let audit = &json["provenance"]["audit"];
        assert_eq!(audit["labelled"], kept);
        assert_eq!(audit["lost"], rows.len() - kept);
        let lost = audit["lost_labels"].as_array().unwrap();
        assert_eq!(lost.len(), rows.len() - kept);
        assert!(lost.iter().all(|label| label["reason"] == "other-aliases"));
        let outlets = json["targets"][0]["outlets"].as_array().unwrap();
        let strata = outlets.iter().flat_map(|outlet| outlet["strata"].as_array().unwrap());
        let counted: u64 = strata.filter_map(|of| of["audited"]["labelled"].as_u64()).sum();
        assert_eq!(counted, kept as u64);
        let text = fine(folder, &[&fewer[..], &["--full"]].concat()).stdout;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = format!(
            "Labelled and lost: {n} sentences, which count for nothing: {n} their target is not named \
             with these aliases, as it was when the sample was drawn (audit.csv, lines",
            n = rows.len() - kept
        );
        assert!(text.contains(&told), "{text}");
        assert!(text.contains(&format!("labelled by hand ({kept} sentences): a census")), "{text}");
    });
}
