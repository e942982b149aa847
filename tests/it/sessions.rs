//! Whole sessions: what the user types, and what comes back.

use std::path::Path;

use crate::session::{DEMO, Session, framescope, in_folder};

fn on_demo(command: &str, more: &[&str]) -> Session {
    framescope(&[&[command], &DEMO[..], more].concat())
}

#[test]
fn help_lists_the_commands() {
    insta::assert_snapshot!(framescope(&["--help"]).whole());
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    for command in [
        "train", "evaluate", "classify", "report", "sample", "label", "convert", "plan", "explain",
        "inspect", "agree",
    ] {
        let session = framescope(&[command, "--help"]);
        assert!(session.stdout.contains(&format!("Example:\n  framescope {command}")), "{command}");
    }
}

#[test]
fn report_as_text() {
    let session = on_demo("report", &[]);
    assert!(session.stdout.lines().all(|line| line.chars().count() <= 100));
    insta::assert_snapshot!(session.whole());
}

#[test]
fn report_as_markdown() {
    insta::assert_snapshot!(on_demo("report", &["--format", "markdown"]).whole());
}

#[test]
fn report_as_csv() {
    insta::assert_snapshot!(on_demo("report", &["--format", "csv"]).whole());
}

#[test]
fn report_as_json_holds_the_figures_of_the_csv() {
    let json = on_demo("report", &["--format", "json"]).json();
    let csv = on_demo("report", &["--format", "csv"]).stdout;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let mut n_compared = 0;
    for row in rows.records().map(Result::unwrap) {
        let find = |list: &serde_json::Value, key: &str, value: &str| {
            let found = list.as_array().unwrap().iter().find(|item| item[key] == value);
            found.cloned().unwrap_or_else(|| panic!("no {key} {value}"))
        };
        let target = find(&json["targets"], "name", &row[1]);
        let outlet = find(&target["outlets"], "outlet", &row[0]);
        let strata = outlet["strata"].as_array().unwrap();
        let stratum = strata.iter().find(|s| s["voice"] == row[2] && s["about"] == row[3]).unwrap();
        assert_eq!(stratum["sentences"].to_string(), row[6]);
        if !row[7].is_empty() {
            let share = find(&stratum["shares"], "label", &row[4]);
            let (json, csv) = (share["share"].as_f64().unwrap(), row[7].parse::<f64>().unwrap());
            assert!((json - csv).abs() < 1e-6, "{json} is not {csv}");
            n_compared += 1;
        }
    }
    assert!(n_compared > 30, "{n_compared}");
}

#[test]
fn report_as_html_is_one_page() {
    let page = on_demo("report", &["--format", "html"]).stdout;
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    for outlet in ["Ostrey Beacon", "Quayside Clarion", "Northway Wire"] {
        assert!(page.contains(outlet), "{outlet}");
    }
    assert!(page.matches("<script").count() == 1 && !page.contains("src=\"http"));
}

#[test]
fn report_without_a_target_counts_every_sentence() {
    let json = framescope(&["report", DEMO[0], "--format", "json"]).json();
    assert_eq!(json["targets"][0]["name"], "");
    assert!(json["targets"][0]["outlets"][0]["strata"][0]["sentences"].as_u64().unwrap() > 5);
}

#[test]
fn classify_one_article() {
    let article = in_folder(|folder| {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join(DEMO[0]);
        let table = std::fs::read_to_string(demo).unwrap();
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let mut one = csv::Writer::from_path(folder.join("one.csv")).unwrap();
        one.write_record(rows.headers().unwrap()).unwrap();
        one.write_record(&rows.records().nth(1).unwrap().unwrap()).unwrap();
        one.flush().unwrap();
        Session::within(folder, &[&["classify", "one.csv"], &DEMO[1..]].concat())
    });
    insta::assert_snapshot!(article.whole());
}

/// Every row of the sentence table points at what was printed, and nothing is left out.
#[test]
fn classified_places_are_those_of_the_input() {
    let table = on_demo("classify", &[]).stdout;
    let mut articles = csv::Reader::from_path(DEMO[0]).unwrap();
    let articles: Vec<csv::StringRecord> = articles.records().map(Result::unwrap).collect();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let header = rows.headers().unwrap().clone();
    assert_eq!(
        header.iter().collect::<Vec<_>>().join(","),
        "article_id,outlet,date,sentence,part,paragraph,start,end,text,voice,speaker,cue,target,\
         about,stance,p_critical,p_neutral,p_supportive,shared_with,model,mentions,title,before,url,\
         unquoted"
    );
    let mut printed = vec![String::new(); articles.len()];
    for row in rows.records().map(Result::unwrap) {
        let at = articles.iter().position(|article| article[0] == row[0]).unwrap();
        let whole = if &row[4] == "headline" { &articles[at][3] } else { &articles[at][4] };
        let (start, end) = (row[6].parse::<usize>().unwrap(), row[7].parse::<usize>().unwrap());
        assert_eq!(&whole[start..end], &row[8]);
        if &row[4] != "headline" {
            printed[at] += &row[8];
        }
    }
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for (article, printed) in articles.iter().zip(printed) {
        assert_eq!(bare(&article[4]), bare(&printed), "{}", &article[0]);
    }
}

#[test]
fn classify_as_json_lines_says_the_same_as_csv() {
    let csv = on_demo("classify", &[]).stdout;
    let jsonl = on_demo("classify", &["--format", "jsonl"]).stdout;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let objects: Vec<serde_json::Value> =
        jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), objects.len());
    for (row, object) in rows.iter().zip(&objects) {
        for (name, cell) in header.iter().zip(row) {
            match &object[name] {
                serde_json::Value::Null => assert_eq!(cell, ""),
                serde_json::Value::String(text) => assert_eq!(cell, text),
                number => {
                    assert!((number.as_f64().unwrap() - cell.parse::<f64>().unwrap()).abs() < 1e-9);
                }
            }
        }
    }
}

#[test]
fn classify_sentences_keeps_rows_and_columns() {
    let path = "tests/labels/tidal-barrier.csv";
    let session = framescope(&["classify", path, "--unit", "sentence"]);
    let mut given = csv::Reader::from_path(path).unwrap();
    let mut written = csv::Reader::from_reader(session.stdout.as_bytes());
    let columns = given.headers().unwrap().len();
    let header: Vec<String> = written.headers().unwrap().iter().map(String::from).collect();
    assert_eq!(header[columns..].join(","), "stance,p_critical,p_neutral,p_supportive,model");
    let rows: Vec<_> = written.records().map(Result::unwrap).collect();
    for (given, written) in given.records().map(Result::unwrap).zip(&rows) {
        assert!(given.iter().eq(written.iter().take(columns)));
    }
    assert_eq!(rows.len(), 80);
}

#[test]
fn several_targets_make_several_rows() {
    let more = ["--target", "Dorothea Penhale", "--alias", "Penhale"];
    let one = on_demo("classify", &[]).stdout;
    let two = on_demo("classify", &more).stdout;
    let n = |text: &str| csv::Reader::from_reader(text.as_bytes()).records().count();
    assert_eq!(n(&two), 2 * n(&one));
    assert!(two.contains(",Dorothea Penhale,mention,"));
}

#[test]
fn the_same_input_gives_the_same_bytes_on_one_core_and_on_two() {
    for command in ["classify", "report"] {
        let arguments = [&[command], &DEMO[..]].concat();
        let one = Session::run(&arguments, &[("RAYON_NUM_THREADS", "1")]);
        let two = Session::run(&arguments, &[("RAYON_NUM_THREADS", "2")]);
        assert_eq!(one.stdout, two.stdout);
    }
}

#[test]
fn explain_as_text() {
    let sentence = "Residents cheered the barrier, but its critics called the scheme a folly.";
    insta::assert_snapshot!(framescope(&["explain", sentence, "--target", "the barrier"]).whole());
}

#[test]
fn explain_as_json_adds_up() {
    let sentence = "Critics mocked the barrier.";
    let json =
        framescope(&["explain", sentence, "--target", "the barrier", "--format", "json"]).json();
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    for label in 0..3 {
        let shares = json["shares"].as_array().unwrap().iter();
        let sum: f64 = shares.map(|share| number(&share["by_label"][label])).sum();
        let score = number(&json["scores"][label]);
        assert!((sum + number(&json["intercept"][label]) - score).abs() < 1e-9);
    }
    assert_eq!(json["mentions"], serde_json::json!([[15, 26]]));
}

#[test]
fn explain_says_where_the_target_is_missing() {
    let session = framescope(&["explain", "Nothing here.", "--target", "barrier"]);
    assert!(session.stderr.contains("the target does not stand in the sentence"));
}

#[test]
fn inspect_the_built_in_model() {
    insta::assert_snapshot!(framescope(&["inspect"]).whole());
    let json = framescope(&["inspect", "--format", "json"]).json();
    assert_eq!(json["card"]["labels"], serde_json::json!(["critical", "neutral", "supportive"]));
}

#[test]
fn evaluate_on_the_demo_labels() {
    let path = "tests/labels/tidal-barrier.csv";
    insta::assert_snapshot!(framescope(&["evaluate", path]).whole());
    let json = framescope(&["evaluate", path, "--format", "json"]).json();
    assert_eq!((json["rows"].as_u64(), json["articles"].as_u64()), (Some(80), Some(15)));
}

#[test]
fn agree_on_the_projects_labels() {
    insta::assert_snapshot!(framescope(&["agree", "labels/stance.csv"]).whole());
    let json = framescope(&["agree", "labels/stance.csv", "--format", "json"]).json();
    assert_eq!(json["items"], 720);
}

#[test]
fn train_evaluate_inspect_and_classify_with_an_own_model() {
    in_folder(|folder| {
        let model = folder.join("own.safetensors");
        let again = folder.join("again.safetensors");
        let train = |path: &Path, cores| {
            let arguments = ["train", "labels/stance.csv", "--date", "2031-06-05", "--out"];
            let arguments = [&arguments[..], &[path.to_str().unwrap()]].concat();
            Session::run(&arguments, &[("RAYON_NUM_THREADS", cores)])
        };
        let trained = train(&model, "2");
        insta::assert_snapshot!("train", trained.stdout);
        assert!(trained.stderr.starts_with("wrote stance-"), "{}", trained.stderr);
        train(&again, "1");
        assert!(std::fs::read(&model).unwrap() == std::fs::read(&again).unwrap());

        let model = model.to_str().unwrap();
        let inspected = framescope(&["inspect", model]).stdout;
        assert!(inspected.contains("on 2031-06-05") && inspected.contains("stance.csv sha256 "));
        let judged =
            framescope(&["evaluate", "tests/labels/tidal-barrier.csv", "--model", model]).stdout;
        assert!(judged.contains("80 rows in 15 articles"), "{judged}");
        let name = inspected.lines().next().unwrap().split_whitespace().nth(1).unwrap();
        let rows = on_demo("classify", &["--model", model]).stdout;
        assert!(rows.lines().nth(1).unwrap().contains(&format!(",{name},")));
    });
}

#[test]
fn an_own_dimension_has_its_own_columns() {
    in_folder(|folder| {
        let labels = folder.join("tone.csv");
        let mut table = String::from("text,label,article_id\n");
        for n in 0..40 {
            let (word, label) = if n % 2 == 0 { ("sunny", "warm") } else { ("icy", "cold") };
            table += &format!("A {word} day number {n} on the quay,{label},{n}\n");
        }
        std::fs::write(&labels, table).unwrap();
        let model = folder.join("tone.safetensors");
        let (labels, model) = (labels.to_str().unwrap(), model.to_str().unwrap());
        let trained = framescope(&["train", labels, "--dimension", "tone", "--out", model]).stdout;
        assert!(trained.contains("warning: only 20 rows are cold"), "{trained}");
        let rows = framescope(&["classify", DEMO[0], "--model", model]).stdout;
        assert!(rows.lines().next().unwrap().contains("about,tone,p_cold,p_warm,shared_with"));
        let explained = framescope(&["explain", "An icy day", "--model", model]).stdout;
        assert!(explained.starts_with("cold ("), "{explained}");
    });
}

#[test]
fn folders_pages_packed_files_and_standard_input_are_read() {
    in_folder(|folder| {
        let at = |name: &str| folder.join(name);
        std::fs::create_dir_all(at("corpus/Herald")).unwrap();
        std::fs::create_dir_all(at("corpus/Gazette")).unwrap();
        let text = "Barrier wins\n\nThe barrier won. Residents hailed the barrier.\n";
        std::fs::write(at("corpus/Herald/one.txt"), text).unwrap();
        let paragraph = "The barrier lost the vote after a long night of talk in the hall. ";
        let page = format!(
            "<html><head><title>Barrier loses</title></head><body><nav>Menu</nav><article>\
             <h1>Barrier loses</h1><p>{0}</p><p>{0}{0}</p><p>{0}{0}</p></article></body></html>",
            paragraph.repeat(3)
        );
        std::fs::write(at("corpus/Gazette/two.html"), page).unwrap();
        let corpus = at("corpus");
        let rows =
            framescope(&["classify", corpus.to_str().unwrap(), "--target", "barrier"]).stdout;
        assert!(
            rows.contains("Herald/one,Herald,,1,headline,0,0,12,Barrier wins,outlet,"),
            "{rows}"
        );
        assert!(rows.contains("Gazette/two,Gazette,") && !rows.contains("Menu"), "{rows}");

        let line = r#"{"body":"The barrier won.","outlet":"Herald"}"#;
        let arguments =
            ["classify", "-", "--column", "text=body", "--target", "barrier", "--format", "jsonl"];
        let session = Session::with_input(&arguments, line.as_bytes());
        assert!(session.stdout.contains(r#""text":"The barrier won.""#), "{}", session.stdout);
    });
}

#[test]
fn options_can_stand_in_a_file() {
    in_folder(|folder| {
        let corpus = folder.join("corpus.csv");
        std::fs::write(&corpus, "text,outlet\nThe barrier won. The dam lost.,Herald\n").unwrap();
        let file = "target = \"barrier\"\nalias = [\"dam\"]\n[classify]\nformat = \"jsonl\"\n";
        std::fs::write(folder.join("framescope.toml"), file).unwrap();
        let session = Session::within(folder, &["classify", "corpus.csv"]);
        assert_eq!(session.stdout.matches(r#""about":"mention""#).count(), 2, "{}", session.stdout);
        let session = Session::within(
            folder,
            &["classify", "corpus.csv", "--target", "barrier", "--format=csv"],
        );
        assert_eq!(session.stdout.matches(",mention,").count(), 1, "{}", session.stdout);
    });
}

#[test]
fn completions_and_man_pages_are_made() {
    assert!(framescope(&["generate", "bash"]).stdout.contains("_framescope"));
    in_folder(|folder| {
        framescope(&["generate", "man", "--folder", folder.to_str().unwrap()]);
        let page = std::fs::read_to_string(folder.join("framescope-report.1")).unwrap();
        assert!(page.contains("Sum up how each outlet treats the target"));
        assert!(folder.join("framescope.1").exists());
    });
}
