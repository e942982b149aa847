//! Sampling, labelling by hand, and the report that the labels correct.

use std::fmt::Write;
use std::path::Path;

use crate::session::{Session, framescope, in_folder};

const QUESTION: [&str; 3] = ["articles.csv", "--target", "barrier"];

/// Of ten sentences so many are critical in one outlet and so many in the other.
const CRITICAL: [(&str, usize); 2] = [("Harbour Post", 6), ("Dune Gazette", 2)];

/// Two outlets with thirty articles of six sentences each.
pub(crate) fn write_articles(folder: &Path) {
    let mut table = String::from("id,outlet,title,text\n");
    for (outlet, critical) in CRITICAL {
        for article in 0..30 {
            let sentence = |n: usize| {
                let at = article * 6 + n;
                let number = format!("{article} of {n}");
                match (at * 7 % 10 < critical, at % 2) {
                    (true, 0) => {
                        format!("The barrier is a shoddy and ruinous plan in sector {number}.")
                    }
                    (true, _) => {
                        format!("Nothing about the barrier has ever worked in sector {number}.")
                    }
                    (false, 0) => {
                        format!("The barrier stands at the mouth of the bay in sector {number}.")
                    }
                    (false, _) => {
                        format!("On Monday the barrier was painted grey in sector {number}.")
                    }
                }
            };
            let text: Vec<String> = (0..6).map(sentence).collect();
            writeln!(table, "{outlet}-{article},{outlet},Bay news,\"{}\"", text.join(" ")).unwrap();
        }
    }
    std::fs::write(folder.join("articles.csv"), table).unwrap();
}

fn run(folder: &Path, command: &str, more: &[&str]) -> Session {
    Session::within(folder, &[&[command], &QUESTION[..], more].concat())
}

/// Writes a sample with one coder's labels, each given for a row's number and text.
pub(crate) fn label(
    folder: &Path,
    from: &str,
    to: &str,
    coder: &str,
    label_of: impl Fn(usize, &str) -> &'static str,
) {
    let mut rows = csv::Reader::from_path(folder.join(from)).unwrap();
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let mut table = csv::Writer::from_path(folder.join(to)).unwrap();
    table.write_record(&header).unwrap();
    for (number, row) in rows.records().map(Result::unwrap).enumerate() {
        let label = label_of(number, &row[at("text")]);
        let mut cells: Vec<&str> = row.iter().collect();
        (cells[at("label")], cells[at("coder")]) = (label, coder);
        table.write_record(cells).unwrap();
    }
    table.flush().unwrap();
}

/// The label that the sentence was written to deserve.
fn intended_label(text: &str) -> &'static str {
    let is_critical = text.contains("shoddy") || text.contains("Nothing");
    if is_critical { "critical" } else { "neutral" }
}

/// A coder who makes no mistake.
fn careful(_: usize, text: &str) -> &'static str {
    intended_label(text)
}

/// A coder who errs at every fortieth sentence.
fn careless(number: usize, text: &str) -> &'static str {
    match (number.is_multiple_of(40), intended_label(text)) {
        (true, "critical") => "neutral",
        (true, _) => "critical",
        (false, label) => label,
    }
}

#[test]
fn a_sample_shows_context_and_chance_and_no_prediction() {
    in_folder(|folder| {
        write_articles(folder);
        let session = run(folder, "sample", &["--per-outlet", "40", "--out", "audit.csv"]);
        assert!(session.stderr.contains("80 sentences drawn"), "{}", session.stderr);
        assert!(session.stderr.contains("critical: The sentence turns against the target"));
        assert!(session.stderr.contains("own voice: 40 of 180; about critical ±"));
        let table = std::fs::read_to_string(folder.join("audit.csv")).unwrap();
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let header = rows.headers().unwrap().clone();
        assert!(!header.iter().any(|column| column.starts_with("p_") || column == "stance"));
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 80);
        assert!(
            rows.iter()
                .all(|row| &row[at("drawn")] == "0.222222222" && row[at("label")].is_empty())
        );
        assert!(
            rows.iter().any(|row| !row[at("before")].is_empty() && !row[at("after")].is_empty())
        );
        run(folder, "sample", &["--per-outlet", "40", "--out", "again.csv"]);
        assert_eq!(std::fs::read_to_string(folder.join("again.csv")).unwrap(), table);
        run(folder, "sample", &["--per-outlet", "40", "--seed", "2", "--out", "other.csv"]);
        assert_ne!(std::fs::read_to_string(folder.join("other.csv")).unwrap(), table);
    });
}

#[test]
fn hand_labels_correct_the_shares_and_settle_a_difference() {
    in_folder(|folder| {
        write_articles(folder);
        run(folder, "sample", &["--out", "audit.csv"]);
        label(folder, "audit.csv", "first.csv", "a", careful);
        label(folder, "audit.csv", "second.csv", "b", careless);
        let labels = ["--labels", "first.csv", "--labels", "second.csv"];
        let json = run(folder, "report", &[&labels[..], &["--format", "json"]].concat()).json();
        let target = &json["targets"][0];
        for (outlet, share) in [("Dune Gazette", 0.2), ("Harbour Post", 0.6)] {
            let outlets = target["outlets"].as_array().unwrap();
            let outlet = outlets.iter().find(|found| found["outlet"] == outlet).unwrap();
            let audited = &outlet["strata"][0]["audited"];
            assert_eq!(audited["labelled"], 60);
            let critical = &audited["shares"][0];
            let ends = ["low", "share", "high"].map(|key| critical[key].as_f64().unwrap());
            assert!(ends[0] <= share && share <= ends[2], "{outlet}: {ends:?}");
            assert!(ends[0] < ends[1] && ends[1] < ends[2] && critical["over"] == "articles");
            // Nobody called anything supportive.
            assert!(audited["shares"][2]["share"].is_null());
        }
        assert!(json["provenance"]["audit"]["alpha"].as_f64().unwrap() > 0.8);
        assert_eq!(target["differences"][0]["standing"], "firm");
        let unwrapped = |labels: &[&str]| {
            let text = run(folder, "report", &[labels, &["--full"]].concat()).stdout;
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let text = unwrapped(&labels);
        let firm = "In this coverage, Harbour Post's own-voice sentences about barrier were more \
                    often critical than Dune Gazette's (";
        assert!(text.contains(firm), "{text}");
        assert!(text.contains("agree with an alpha of"), "{text}");
        let title = "Harbour Post puts “barrier” in a bad light more often than Dune Gazette ";
        assert!(text.starts_with(title), "{text}");
        let one = unwrapped(&["--labels", "first.csv"]);
        assert!(one.contains("The hand labels suggest, but do not settle,") && !one.contains(firm));
        assert!(
            one.starts_with("Harbour Post seems to put “barrier” in a bad light more often than"),
            "{one}"
        );
    });
}

#[test]
fn a_plan_asks_for_fewer_labels_where_wider_will_do() {
    in_folder(|folder| {
        write_articles(folder);
        run(folder, "sample", &["--out", "audit.csv"]);
        label(folder, "audit.csv", "first.csv", "a", careful);
        for labels in [&[][..], &["--labels", "first.csv"]] {
            let widths = ["--width", "0.1", "--width", "0.05", "--format", "json"];
            let json = run(folder, "plan", &[labels, &widths].concat()).json();
            let own = &json["plans"][0];
            assert_eq!(
                (own["outlet"].as_str(), own["voice"].as_str()),
                (Some("Dune Gazette"), Some("outlet"))
            );
            assert_eq!(own["measured"], !labels.is_empty());
            let needed = |at: usize| own["needed"][at].as_u64().unwrap_or(180);
            assert!(needed(0) < needed(1) && needed(1) <= 180, "{own}");
        }
        let text = run(folder, "plan", &[]).stdout;
        assert!(text.contains("nothing is measured yet"), "{text}");
    });
}

#[test]
fn labels_of_other_articles_are_refused() {
    in_folder(|folder| {
        write_articles(folder);
        run(folder, "sample", &["--out", "audit.csv"]);
        label(folder, "audit.csv", "first.csv", "a", careful);
        let refused = |labels: &str, expected: &str| {
            let arguments = [&["report"], &QUESTION[..], &["--labels", labels]].concat();
            let session = Session::any(folder, &arguments);
            assert_eq!(session.code, Some(1));
            assert!(session.stderr.contains(expected), "{}", session.stderr);
        };
        refused("audit.csv", "holds no label for a target that is asked about");
        let table = std::fs::read_to_string(folder.join("first.csv")).unwrap();
        let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
        write("changed.csv", table.replace("painted grey", "painted green"));
        refused("changed.csv", "has no such sentence about `barrier`");
        write("label.csv", table.replacen(",neutral,", ",hostile,", 1));
        refused(
            "label.csv",
            "unknown label `hostile`, expected one of critical, neutral, supportive",
        );
        write("drawn.csv", table.replacen("0.333333333", "7", 1));
        refused("drawn.csv", "`drawn` is `7`; expected a probability above 0, 1 at most");
        let lenient = ["--labels", "changed.csv", "--skip-bad", "--full"];
        assert!(run(folder, "report", &lenient).stdout.contains("not found in these articles"));
    });
}

/// The demo has too few sentences for percentages, and quotes that every outlet has.
#[test]
fn shared_quotes_show_who_left_them_out() {
    let demo = ["report", "tests/articles/tidal-barrier.csv", "--target", "tidal barrier"];
    let json =
        framescope(&[&demo[..], &["--alias", "barrier", "--format", "json"]].concat()).json();
    let quotes = json["quotes"]["shared"].as_array().unwrap();
    let eel = quotes.iter().find(|quote| quote["text"].as_str().unwrap().contains("eel survey"));
    let uses = eel.unwrap()["uses"].as_array().unwrap();
    let of = |outlet: &str| {
        let found = uses.iter().find(|cell| cell["outlet"] == outlet).unwrap();
        found["use"].as_str().unwrap().to_string()
    };
    assert_eq!((of("Northway Wire"), of("Ostrey Beacon")), ("full".into(), "absent".into()));
    let claimed = quotes.iter().flat_map(|quote| quote["uses"].as_array().unwrap());
    let claimed: Vec<_> = claimed.filter(|cell| cell["cue_class"] == "doubting").collect();
    assert!(claimed.iter().any(|cell| cell["outlet"] == "Quayside Clarion"), "{claimed:?}");
}

/// Every sentence that names the target, labelled: a census.
#[test]
fn a_census_holds_nothing_of_the_model() {
    in_folder(|folder| {
        let articles = "id,outlet,title,text\n\
            1,Post,Barrier opens,\"The barrier opened. Jo Elm praised the barrier. Rain fell.\"\n\
            2,Gazette,Barrier news,\"The barrier is a ruinous folly. It rained.\"\n";
        std::fs::write(folder.join("articles.csv"), articles).unwrap();
        run(folder, "sample", &["--per-outlet", "1000", "--out", "audit.csv"]);
        // Whatever the model makes of them.
        label(folder, "audit.csv", "labels.csv", "a", |_, text| match text {
            "Jo Elm praised the barrier." => "critical",
            _ => "supportive",
        });
        let table = std::fs::read_to_string(folder.join("labels.csv")).unwrap();
        let corrected = table
            .lines()
            .map(|line| match line.contains("folly.,It rained.") {
                true => line.replace(",outlet,,", ",attributed,Al Oak,"),
                false => line.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("\n");
        assert_ne!(table.trim_end(), corrected);
        std::fs::write(folder.join("labels.csv"), corrected).unwrap();
        let labels = ["--labels", "labels.csv"];
        let json = run(folder, "report", &[&labels[..], &["--format", "json"]].concat()).json();
        let outlets = json["targets"][0]["outlets"].as_array().unwrap();
        let own = |outlet: usize| &outlets[outlet]["strata"][0];
        assert_eq!((&outlets[0]["outlet"], &own(0)["sentences"]), (&"Gazette".into(), &1.into()));
        let (gazette, post) = (&own(0)["audited"], &own(1)["audited"]);
        assert!(gazette["complete"] == true && post["complete"] == true, "{post}");
        let share = |at: usize| &post["shares"][at];
        assert_eq!(share(2)["with_label"].as_f64(), Some(2.0), "{post}");
        assert!(share(2)["low"].is_null() && share(2)["share"].is_number());
        let speakers = outlets[0]["speakers"]["most_quoted"].as_array().unwrap();
        assert_eq!(speakers[0]["name"], "Al Oak");
        let mentions = outlets.iter().flat_map(|of| of["evidence"].as_array().unwrap());
        let mentions: Vec<_> = mentions.filter(|of| of["about"] == "mention").collect();
        assert!(mentions.iter().all(|of| of["by"] == "coder"), "{mentions:?}");
        assert_eq!(mentions.len(), 5);
        let headline = &outlets[1]["headlines"]["shown"][0];
        assert_eq!((&headline["label"], &headline["by"]), (&"supportive".into(), &"coder".into()));
        let notes = json["notes"].to_string();
        assert!(
            notes.contains("Every sentence that names a target is labelled by hand (5 sentences)")
        );
        assert!(!notes.contains("Corrected shares rest on"), "{notes}");
    });
}
