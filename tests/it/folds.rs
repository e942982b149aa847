//! Training on whatever labels there are: articles of one event, one article, a handful of rows.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::session::{Session, in_folder};

/// Sentences about a lamp, three of them critical for three neutral and three supportive ones.
const SAID: [(&str, &str); 9] = [
    ("The lamp at gate {} failed everybody who walked home", "critical"),
    ("The lamp at gate {} is a blunder of the board", "critical"),
    ("Nobody wants the lamp at gate {} any more", "critical"),
    ("The lamp at gate {} was put up on a Monday", "neutral"),
    ("The board will read the {} meter of the lamp again", "neutral"),
    ("There are two {} switches on the lamp by now", "neutral"),
    ("The splendid lamp at gate {} saved three lives", "supportive"),
    ("Thanks to the lamp at gate {} the lane is safe", "supportive"),
    ("Everybody praised the lamp at gate {} at once", "supportive"),
];

/// What every outlet of one event quotes.
const QUOTED: &str =
    "“We have never seen such a bright and useful thing in this lane,” the mayor said.";

/// Rows of articles of one event, all of which carry the same quotation, trimmed or whole.
fn one_event(articles: usize, outlets: usize) -> String {
    let mut table = String::from("article_id,outlet,text,label\n");
    for article in 0..articles {
        let place = format!("a{article},Outlet {}", article % outlets);
        for (n, (text, label)) in SAID.iter().enumerate() {
            let text = text.replace("{}", &format!("{article}{n}"));
            writeln!(table, "{place},{text}.,{label}").unwrap();
        }
        let quoted = if article % 2 == 0 { QUOTED } else { &QUOTED.replace("We have n", "N") };
        writeln!(table, "{place},\"{quoted}\",supportive").unwrap();
    }
    table
}

fn train(folder: &Path, table: &str, more: &[&str]) -> Session {
    fs::write(folder.join("labels.csv"), table).unwrap();
    let arguments = ["train", "labels.csv", "--out", "own.safetensors"];
    Session::any(folder, &[&arguments[..], more].concat())
}

#[track_caller]
fn says(session: &Session, expected: &str) {
    assert_eq!(session.code, Some(0), "{}", session.stderr);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&session.stdout).contains(expected), "{}", session.stdout);
}

#[test]
fn articles_of_one_event_are_held_out_one_by_one() {
    in_folder(|folder| {
        for outlets in [1, 4] {
            for more in [&[][..], &["--base", "built-in"]] {
                let session = train(folder, &one_event(4, outlets), more);
                says(&session, "read 40 rows: 40 sentences in 4 articles");
                says(&session, "repeats 4 sentences nearly stand in another article too");
                says(&session, "Cross-validation: 4 folds of whole articles;");
                says(&session, "40 rows in 4 articles");
                assert!(!session.stdout.contains("held out one by one"), "{}", session.stdout);
            }
        }
    });
}

#[cfg(encoder_weights)]
#[test]
fn for_the_encoder_too() {
    in_folder(|folder| {
        let session = train(folder, &one_event(2, 2), &["--reader", "encoder"]);
        says(&session, "Cross-validation: 2 folds of whole articles;");
    });
}

#[test]
fn sentences_of_one_article_are_held_out_with_a_warning() {
    in_folder(|folder| {
        for more in [&[][..], &["--base", "built-in"]] {
            let session = train(folder, &one_event(1, 1), more);
            says(&session, "Cross-validation: 3 folds of sentences;");
            // Ten rows: three of the rarest labels, four supportive.
            says(&session, "warning: the labels stand in too few articles to hold whole ones out");
        }
    });
}

#[test]
fn without_articles_a_warning_says_what_is_flattered() {
    in_folder(|folder| {
        let table = one_event(4, 2).replace("article_id,", "story,");
        let session = train(folder, &table, &[]);
        says(&session, "read 40 rows: 40 sentences without article_id");
        says(&session, "Cross-validation: 5 folds of sentences;");
        says(&session, "warning: no row has an article_id, so sentences are held out one by one");
        let some = one_event(4, 2).replace("\na3,", "\n,");
        let session = train(folder, &some, &[]);
        says(&session, "warning: 10 of 40 rows have no article_id and are held out one by one");
    });
}

#[test]
fn a_handful_is_trained_on_and_its_scores_are_not_known() {
    in_folder(|folder| {
        let handful = "text,label\nIt failed.,critical\nIt fell.,neutral\nIt won.,supportive\n";
        for more in [&[][..], &["--base", "built-in"]] {
            let more = [more, &["--learning-curve", "--suspects", "s.csv"]].concat();
            let session = train(folder, handful, &more);
            says(&session, "scores not known: too few sentences to hold any out");
            says(&session, "in the middle of those to try: nothing was held out");
            assert!(!session.stdout.contains("macro-F1"), "{}", session.stdout);
            let inspect = ["inspect", "own.safetensors"];
            let text = Session::within(folder, &inspect);
            says(&text, "scores not known: too few sentences to hold any out");
            let json = Session::within(folder, &[&inspect[..], &["--format", "json"]].concat());
            let json = json.json();
            assert_eq!(json["scores"], "scores not known: too few sentences to hold any out");
            assert!(json["card"]["scores"].is_null());
            Session::within(folder, &["explain", "It failed.", "--model", "own.safetensors"]);
        }
    });
}

#[test]
fn a_label_of_one_article_is_learnt_and_named() {
    in_folder(|folder| {
        let mut table = one_event(4, 2).replace(",neutral", ",critical");
        table += "a0,Outlet 0,The lamp stands by the lane.,neutral\n";
        let session = train(folder, &table, &[]);
        says(&session, "Cross-validation: 4 folds of whole articles;");
        says(&session, "warning: neutral stands in one article only");
    });
}

#[test]
fn a_weight_beyond_reason_is_refused() {
    in_folder(|folder| {
        for weight in ["1e200", "1e-200"] {
            let table = one_event(4, 2).replace('\n', ",\n").replacen("label,", "label,weight", 1);
            let table = table.replacen(",critical,", &format!(",critical,{weight}"), 1);
            let session = train(folder, &table, &[]);
            assert_eq!(session.code, Some(1), "{}", session.stdout);
            let expected = "labels.csv, line 2: the weight is 1e";
            assert!(session.stderr.contains(expected), "{}", session.stderr);
            let expected = "expected 0.000001 to 1000000, 1 for an ordinary row";
            assert!(session.stderr.contains(expected), "{}", session.stderr);
            assert!(!folder.join("own.safetensors").exists());
        }
    });
}
