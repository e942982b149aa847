//! Reports from sentence tables, and with predictions that somebody else made.

use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use crate::session::{DEMO, Session, in_folder};

/// The demo articles by their whole path, with target and aliases.
fn demo() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DEMO[0]);
    let first = path.to_str().unwrap().to_owned();
    std::iter::once(first).chain(DEMO[1..].iter().map(ToString::to_string)).collect()
}

/// A command on the demo articles, or on another file about the same target.
fn on<'a>(command: &'a str, input: &'a str, demo: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    let targets = demo[1..].iter().map(String::as_str);
    [command, input].into_iter().chain(targets).chain(more.iter().copied()).collect()
}

/// A JSON report without the names of the files that it was made from.
fn unnamed(mut report: Value) -> String {
    for names in ["inputs", "files"] {
        report["provenance"][names] = Value::Null;
    }
    report.to_string()
}

#[test]
fn a_sentence_table_gives_the_report_of_its_articles() {
    in_folder(|folder| {
        let demo = demo();
        let json = ["--format", "json"];
        let articles = Session::within(folder, &on("report", &demo[0], &demo, &json)).json();
        for table in ["sentences.csv", "sentences.jsonl"] {
            Session::within(folder, &on("classify", &demo[0], &demo, &["--out", table]));
            let report = Session::within(folder, &on("report", table, &demo, &json)).json();
            assert_eq!(unnamed(report), unnamed(articles.clone()), "{table}");
            // The names that sentences have for the target are its aliases where none are given.
            let mut found = Session::within(folder, &["report", table, "--format", "json"]).json();
            found["targets"][0]["aliases"] = articles["targets"][0]["aliases"].clone();
            assert_eq!(unnamed(found), unnamed(articles.clone()), "{table}");
        }
    });
}

/// The rows of the demo's sentence table, the header first.
fn table(folder: &Path, demo: &[String]) -> Vec<csv::StringRecord> {
    Session::within(folder, &on("classify", &demo[0], demo, &["--out", "sentences.csv"]));
    let reader =
        csv::ReaderBuilder::new().has_headers(false).from_path(folder.join("sentences.csv"));
    reader.unwrap().records().map(Result::unwrap).collect()
}

/// Writes some columns of a table, `model` replaced.
fn write(to: &Path, rows: &[csv::StringRecord], columns: &[&str], model: &str) {
    let mut writer = csv::Writer::from_path(to).unwrap();
    let places: Vec<usize> =
        columns.iter().map(|name| rows[0].iter().position(|of| of == *name).unwrap()).collect();
    for (at, row) in rows.iter().enumerate() {
        let field = |(name, place): (&&str, &usize)| match *name {
            "model" if at > 0 => model.to_owned(),
            _ => row[*place].to_owned(),
        };
        writer.write_record(columns.iter().zip(&places).map(field)).unwrap();
    }
    writer.flush().unwrap();
}

const PREDICTIONS: [&str; 7] =
    ["article_id", "sentence", "target", "p_critical", "p_neutral", "p_supportive", "model"];

#[test]
fn given_predictions_count_as_the_models_do_and_are_called_by_their_name() {
    in_folder(|folder| {
        let demo = demo();
        let rows = table(folder, &demo);
        write(&folder.join("mine.csv"), &rows, &PREDICTIONS, "my-model");
        let json = ["--format", "json"];
        let own = Session::within(folder, &on("report", &demo[0], &demo, &json)).json();
        let more = ["--format", "json", "--predictions", "mine.csv"];
        let report = Session::within(folder, &on("report", &demo[0], &demo, &more)).json();
        assert_eq!(report["provenance"]["model"], "my-model");
        assert_eq!(report["provenance"]["models"], Value::Array(Vec::new()));
        for (ours, theirs) in own["targets"][0]["outlets"]
            .as_array()
            .unwrap()
            .iter()
            .zip(report["targets"][0]["outlets"].as_array().unwrap())
        {
            assert_eq!(ours["strata"][0]["shares"], theirs["strata"][0]["shares"]);
            assert!(
                theirs["evidence"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|of| { of["words"].as_array().unwrap().is_empty() })
            );
        }
        let notes = report["notes"].to_string();
        assert!(notes.contains("The predictions are those of my-model"), "{notes}");
        // A whole table of another model says the same.
        let all: Vec<&str> = rows[0].iter().collect();
        write(&folder.join("theirs.csv"), &rows, &all, "my-model");
        let of_table = Session::within(folder, &on("report", "theirs.csv", &demo, &json)).json();
        assert_eq!(unnamed(of_table), unnamed(report));
    });
}

/// What `report --predictions` says of some rows, of which `edit` changes the lines.
fn refused(edit: impl FnOnce(&mut Vec<String>)) -> String {
    in_folder(|folder| {
        let articles =
            "id,outlet,title,text\na,Herald,Pier mocked,The pier is a folly. It rained.\n";
        std::fs::write(folder.join("articles.csv"), articles).unwrap();
        let mut lines = vec!["article_id,sentence,target,p_critical,p_neutral,p_supportive".into()];
        for sentence in 1..4 {
            lines.push(format!("a,{sentence},pier,0.2,0.5,0.3"));
        }
        edit(&mut lines);
        let mut text = String::new();
        lines.iter().for_each(|line| writeln!(text, "{line}").unwrap());
        std::fs::write(folder.join("mine.csv"), text).unwrap();
        let arguments = ["report", "articles.csv", "--target", "pier", "--predictions", "mine.csv"];
        Session::any(folder, &arguments).stderr
    })
}

#[test]
fn what_is_wrong_with_given_predictions_is_said() {
    insta::assert_snapshot!(refused(|_| ()), @"");
    insta::assert_snapshot!(refused(|lines| lines[1] = "b,1,pier,0.2,0.5,0.3".into()), @"error: mine.csv: no prediction for 1 of the sentences that bear on a target; the first is sentence 1 of article `a` about `pier`. `framescope classify` lists them: predict its rows whose `about` is mention or context");
    insta::assert_snapshot!(refused(|lines| lines.push("b,1,pier,0.2,0.5,0.3".into())), @"error: mine.csv, line 5: 1 prediction is for sentences that these articles do not have; the first is for sentence 1 of article `b` about `pier`. The ids, numbers and targets must be those that `framescope classify` writes for the same articles");
    insta::assert_snapshot!(refused(|lines| lines.push("a,9,pier,0.2,0.5,0.3".into())), @"error: mine.csv, line 5: 1 prediction is for sentences that these articles do not have; the first is for sentence 9 of article `a` about `pier`. The ids, numbers and targets must be those that `framescope classify` writes for the same articles");
    insta::assert_snapshot!(refused(|lines| lines.push("a,2,pier,0.2,0.5,0.3".into())), @"error: mine.csv, line 5: a second prediction for sentence 2 of article `a` about `pier`; the first stands on line 3");
    insta::assert_snapshot!(refused(|lines| lines[2] = "a,2,pier,0.2,0.5,0.7".into()), @"error: mine.csv, line 3: the probabilities sum to 1.400, expected 1");
    insta::assert_snapshot!(refused(|lines| lines[2] = "a,two,pier,0.2,0.5,0.3".into()), @"error: mine.csv, line 3: `sentence` is `two`; expected its number in the article, from 1 on");
    insta::assert_snapshot!(refused(|lines| lines[0] = "article_id,sentence,target,a,b,c".into()), @"error: mine.csv, line 2: no probabilities: expected a column p_LABEL for each label, such as p_critical");
}

/// What `report` says of a sentence table of some rows.
fn said(rows: &[&str], more: &[&str]) -> String {
    in_folder(|folder| {
        let head = "article_id,outlet,sentence,part,text,voice,target,about,stance,p_critical,p_neutral,\
                    p_supportive,model";
        let text =
            std::iter::once(&head).chain(rows).fold(String::new(), |text, row| text + row + "\n");
        std::fs::write(folder.join("table.csv"), text).unwrap();
        let arguments: Vec<&str> =
            ["report", "table.csv"].into_iter().chain(more.iter().copied()).collect();
        Session::any(folder, &arguments).stderr
    })
}

#[test]
fn what_is_wrong_with_a_sentence_table_is_said() {
    let row = "a,Herald,1,body,Pier mocked.,outlet,pier,mention,critical,0.5,0.3,0.2,mine";
    insta::assert_snapshot!(said(&[row], &[]), @"");
    let other = row.replace("mine", "theirs");
    insta::assert_snapshot!(said(&[row, &other], &[]), @"error: table.csv, line 3: predicted by `theirs`, rows before by `mine`; a report counts predictions of one model");
    insta::assert_snapshot!(said(&[row], &["--target", "quay"]), @"error: table.csv: no row of the sentence table is about `quay`; --target takes the names that stand in its column `target`, and can be left out");
    for (from, to) in [
        (",1,", ",one,"),
        ("mention", "maybe"),
        (",critical,", ",angry,"),
        ("0.5,0.3,0.2", ",,"),
        ("0.5,0.3,0.2", "0.5,0.3,0.9"),
        ("outlet", "nobody"),
    ] {
        insta::allow_duplicates! {
            let said = said(&[&row.replace(from, to)], &[]);
            assert!(said.starts_with("error: table.csv, line 2: "), "{said}");
        }
    }
    let third = row.replace(",1,", ",2,");
    insta::assert_snapshot!(said(&[row, &third, &third], &[]), @"error: table.csv, line 4: a second row of sentence 2 about `pier`");
    insta::assert_snapshot!(said(&[row, &third.replace("pier", "quay")], &[]), @"error: table.csv, line 3: `quay` is a target that the first sentence has no row for; name each as --target");
}

#[test]
fn tables_in_parts_make_the_report_on_all_of_them() {
    in_folder(|folder| {
        let demo = demo();
        let rows = table(folder, &demo);
        let (header, rows) = rows.split_first().unwrap();
        // Every third article in each part.
        let mut articles: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
        articles.dedup();
        let parts = ["1.csv", "2.csv", "3.csv"];
        for (number, name) in parts.iter().enumerate() {
            let mut writer = csv::Writer::from_path(folder.join(name)).unwrap();
            writer.write_record(header).unwrap();
            for (at, article) in articles.iter().enumerate() {
                let of_article = rows.iter().filter(|row| at % 3 == number && &row[0] == *article);
                of_article.for_each(|row| writer.write_record(row).unwrap());
            }
            writer.flush().unwrap();
            let state = format!("{number}.state");
            Session::within(folder, &on("report", name, &demo, &["--partial", &state]));
        }
        let inputs = [&["2.csv", "1.csv", "3.csv"][..], &["--format", "json"]].concat();
        let whole = Session::within(folder, &on("report", inputs[0], &demo, &inputs[1..]));
        let merge = ["report", "--merge", "2.state", "0.state", "1.state", "--format", "json"];
        assert_eq!(Session::within(folder, &merge).stdout, whole.stdout);
        let twice = ["report", "--merge", "0.state", "0.state"];
        insta::assert_snapshot!(Session::any(folder, &twice).stderr, @"error: 0.state: `1.csv` was counted in a part before; it would count twice");
        insta::assert_snapshot!(Session::any(folder, &["report", "--merge", "1.csv"]).stderr, @"error: 1.csv: no state of a report of this version: expected what `framescope report --partial` writes");
    });
}

#[test]
fn articles_in_parts_say_what_is_not_exact() {
    in_folder(|folder| {
        for (name, outlet) in [("a", "Herald"), ("b", "Post")] {
            let text =
                format!("outlet,title,text\n{outlet},Pier,The pier is a folly of {outlet}.\n");
            std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
            let (input, state) = (format!("{name}.csv"), format!("{name}.state"));
            let partial = ["report", &input, "--target", "pier", "--partial", &state];
            Session::within(folder, &partial);
        }
        let merge = ["report", "--merge", "b.state", "a.state", "--format", "json"];
        let mut merged = Session::within(folder, &merge).json();
        let both = ["report", "a.csv", "b.csv", "--target", "pier", "--format", "json"];
        let whole = Session::within(folder, &both).json();
        let notes = merged["notes"].as_array_mut().unwrap();
        let said = notes.pop().unwrap();
        assert!(said.as_str().unwrap().starts_with("Merged of 2 parts."), "{said}");
        assert_eq!(merged, whole);
    });
}
