//! Input that cannot be used ends in a clear error, exit status 1 and no output file.

use std::fs;
use std::path::Path;

use crate::session::{Session, in_folder};

/// Writes `content` to `name`, runs `framescope COMMAND NAME --out out`, and expects the message.
#[track_caller]
fn refused(command: &[&str], name: &str, content: &[u8], expected: &str) {
    in_folder(|folder| {
        fs::write(folder.join(name), content).unwrap();
        refused_in(folder, &[command, &[name, "--out", "out"]].concat(), expected);
    });
}

#[track_caller]
fn refused_in(folder: &Path, arguments: &[&str], expected: &str) {
    let before = n_files(folder);
    let session = Session::any(folder, arguments);
    assert_eq!(session.code, Some(1), "{}{}", session.stdout, session.stderr);
    assert!(session.stderr.contains(expected), "{}", session.stderr);
    assert!(session.stderr.starts_with("error: "), "{}", session.stderr);
    assert_eq!(n_files(folder), before, "something was left behind");
}

fn n_files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

const CLASSIFY: &[&str] = &["classify"];
const SENTENCES: &[&str] = &["classify", "--unit", "sentence"];
const REPORT: &[&str] = &["report"];
const TRAIN: &[&str] = &["train"];
const EVALUATE: &[&str] = &["evaluate"];

#[test]
fn a_missing_column() {
    refused(
        CLASSIFY,
        "a.csv",
        b"id,words\n1,Text\n",
        "a.csv, line 1: no column `text`, found `id`, `words`",
    );
    refused(TRAIN, "a.csv", b"text\nText\n", "no column `label`");
}

#[test]
fn an_unknown_label() {
    let expected =
        "a.csv, line 3: unknown label `bad`, expected one of critical, neutral, supportive";
    refused(TRAIN, "a.csv", b"text,label\nA,critical\nB,bad\n", expected);
    refused(EVALUATE, "a.csv", b"text,label\nA,critical\nB,bad\n", expected);
}

#[test]
fn offsets_that_do_not_match() {
    let table =
        "text,label,target,target_start,target_end\nThe \u{201c}plan\u{201d},neutral,plan,4,8\n";
    let expected =
        "a.csv, line 2: text[4:8] is `\u{201c}pla`, but target is `plan`, which stands at 5:9";
    refused(TRAIN, "a.csv", table.as_bytes(), expected);
}

#[test]
fn an_empty_file() {
    refused(CLASSIFY, "a.csv", b"", "a.csv: ");
    refused(REPORT, "a.csv", b"text\n", "a.csv: no articles");
    refused(TRAIN, "a.csv", b"text,label\n", "a.csv: no labelled sentences");
    refused(SENTENCES, "a.csv", b"text\n", "a.csv: no sentences");
    refused(CLASSIFY, "a.txt", b" \n", "a.txt");
}

#[test]
fn labels_of_one_class() {
    let expected = "cannot train: found the label critical only, expected two labels or more";
    refused(TRAIN, "a.csv", b"text,label\nA,critical\nB,critical\n", expected);
}

#[test]
fn silver_without_a_label() {
    in_folder(|folder| {
        let gold = "text,label\nA,critical\nB,critical\nC,neutral\nD,neutral\n";
        fs::write(folder.join("gold.csv"), gold).unwrap();
        fs::write(folder.join("s.csv"), "text,p_critical\nE,1.0\n").unwrap();
        let train = ["train", "gold.csv", "--silver", "s.csv", "--folds", "2", "--out", "m"];
        refused_in(folder, &train, "s.csv, line 2: no silver row; expected p_critical, p_neutral");
    });
}

#[test]
fn an_output_that_is_an_input() {
    in_folder(|folder| {
        fs::write(folder.join("a.csv"), "text,label\nA.,critical\n").unwrap();
        for command in ["classify", "report", "train", "sample"] {
            let arguments = [command, "a.csv", "--out", "./a.csv"];
            refused_in(folder, &arguments, "a.csv: is read and would be overwritten");
        }
        let texts = ["evaluate", "agree", "targets", "plan", "inspect", "convert"];
        fs::write(folder.join("t.json"), "[{\"text\":\"A.\",\"label\":\"critical\"}]").unwrap();
        for command in texts {
            let more: &[&str] = if command == "convert" { &["--to", "doccano"] } else { &[] };
            let arguments = [&[command, "t.json", "--out", "t.json"], more].concat();
            refused_in(folder, &arguments, "t.json: is read and would be overwritten");
        }
        let stop = ["train", "a.csv", "--stop-set", "t.json", "--out", "t.json"];
        refused_in(folder, &stop, "t.json: is read and would be overwritten");
        fs::create_dir(folder.join("inner")).unwrap();
        fs::write(folder.join("m"), "a model, a label file").unwrap();
        for option in ["--model", "--frame-model", "--labels"] {
            let arguments = ["report", "a.csv", option, "m", "--out", "inner/../m"];
            refused_in(folder, &arguments, "m: is read and would be overwritten");
        }
    });
}

#[test]
fn an_output_in_a_folder_that_is_read() {
    in_folder(|folder| {
        fs::create_dir(folder.join("in")).unwrap();
        fs::write(folder.join("in/a.txt"), "A sentence.\n").unwrap();
        let typed = ["classify", "in", "--out", "in/out.csv"];
        let first = Session::within(folder, &typed);
        assert_eq!(first.stderr, "", "the unfinished file is no input");
        refused_in(folder, &typed, "in/out.csv: is read as part of the folder in");
    });
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    in_folder(|folder| {
        let table =
            format!("text\n{}", "A sentence of some length to fill the pipe.\n".repeat(5000));
        fs::write(folder.join("a.csv"), table).unwrap();
        let script = format!(
            "set -o pipefail; {} classify a.csv | head -n 1 > head.txt",
            env!("CARGO_BIN_EXE_framescope")
        );
        let mut bash = std::process::Command::new("bash");
        let output = bash.args(["-c", &script]).current_dir(folder).output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    });
}

#[test]
fn a_quoted_field_that_never_ends() {
    refused(CLASSIFY, "a.csv", b"id,text\n1,Fine\n2,\"Open\n3,More\n", "a.csv, line 3: ");
}

#[test]
fn invalid_bytes_and_nul() {
    let mut table = b"text\n".to_vec();
    table.extend("Grüße aus Köln\n".repeat(8000).into_bytes());
    table.extend(b"\xff\xfe broken\n");
    refused(CLASSIFY, "a.csv", &table, "a.csv, line 8002: ");
    refused(CLASSIFY, "a.csv", b"text\nA\nB\0B\n", "a.csv, line 3: ");
}

#[test]
fn a_line_of_fifty_megabytes() {
    let mut table = b"text\nA\n".to_vec();
    table.resize(50 << 20, b'x');
    refused(CLASSIFY, "a.csv", &table, "a.csv, line 3: ");
}

#[test]
fn rows_of_the_wrong_length() {
    refused(CLASSIFY, "a.csv", b"id,text\n1,A\n2\n", "a.csv, line 3: ");
}

#[test]
fn lines_that_are_no_json() {
    refused(CLASSIFY, "a.jsonl", b"{\"text\":\"A\"}\n{\"text\":\n", "a.jsonl, line 2: ");
}

#[test]
fn a_packed_file_that_breaks_off() {
    refused(CLASSIFY, "a.csv.gz", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1], "a.csv.gz");
}

#[test]
fn an_unknown_ending_and_a_missing_file() {
    refused(
        CLASSIFY,
        "a.pdf",
        b"%PDF",
        "a.pdf: unknown kind of file; expected a name that ends in",
    );
    in_folder(|folder| refused_in(folder, &["report", "none.csv"], "cannot read none.csv: "));
}

#[test]
fn an_output_folder_that_does_not_exist() {
    in_folder(|folder| {
        fs::write(folder.join("a.csv"), "text\nA.\n").unwrap();
        for command in ["classify", "report"] {
            let arguments = [command, "a.csv", "--out", "none/out.csv"];
            refused_in(folder, &arguments, "its folder `none` does not exist; make it first");
        }
        let train = ["train", "a.csv", "--out", "none/model"];
        refused_in(folder, &train, "its folder `none` does not exist");
    });
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk() {
    in_folder(|folder| {
        fs::write(folder.join("a.csv"), "text\nA sentence.\n").unwrap();
        for command in ["classify", "report"] {
            let session = Session::any(folder, &[command, "a.csv", "--out", "/dev/full"]);
            assert_eq!(session.code, Some(1));
            assert!(session.stderr.contains("cannot write /dev/full: "), "{}", session.stderr);
        }
    });
}

#[test]
fn bad_rows_are_left_out_when_asked_and_listed() {
    in_folder(|folder| {
        fs::write(folder.join("a.csv"), "id,text\n1,A.\n2\n3,B.\n").unwrap();
        let session = Session::within(folder, &["classify", "a.csv", "--skip-bad"]);
        assert!(session.stderr.contains("note: 1 rows were left out:\n  a.csv, line 3: "));
        assert_eq!(session.stdout.lines().count(), 3);
    });
}

#[test]
fn a_file_of_options_with_an_unknown_key() {
    in_folder(|folder| {
        fs::write(folder.join("a.csv"), "text\nA.\n").unwrap();
        fs::write(folder.join("framescope.toml"), "tagret = \"a\"\n").unwrap();
        refused_in(folder, &["classify", "a.csv"], "framescope.toml: unknown key `tagret`");
        fs::write(folder.join("framescope.toml"), "target = \n").unwrap();
        refused_in(folder, &["classify", "a.csv"], "framescope.toml: ");
    });
}

#[test]
fn wrong_usage_has_its_own_status() {
    let many: Vec<String> = (0..1001).map(|number| format!("--target=t{number}")).collect();
    in_folder(|folder| {
        for arguments in [
            &["classify"][..],
            &["classify", "a.csv", "--alias", "b"],
            &["report", "a.csv", "--format", "pdf"],
            &["report", "a.csv", "--target", ""],
            &["report", "a.csv", "--target", "--"],
            &["train", "a.csv"],
            &["train", "a.csv", "--out", "m", "--folds", "1"],
            &["train", "a.csv", "--out", "m", "--penalty", "-1"],
            &["train", "a.csv", "--out", "m", "--date", "yesterday"],
            &["train", "a.csv", "--out", "m", "--max-features", "0"],
            &["train", "a.csv", "--out", "m", "--dimension", "text"],
            &["report", "a.csv", "--target", "b", "--target", "b"],
            &[&["report", "a.csv"][..], &many.iter().map(String::as_str).collect::<Vec<_>>()]
                .concat(),
            &["nonsense"],
        ] {
            let session = Session::any(folder, arguments);
            assert_eq!(session.code, Some(2), "{arguments:?}: {}", session.stderr);
        }
    });
}

/// The built-in model's file, and places in it.
fn model() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/stance.safetensors")).unwrap()
}

#[track_caller]
fn model_refused(bytes: &[u8], expected: &str) {
    in_folder(|folder| {
        fs::write(folder.join("m"), bytes).unwrap();
        refused_in(folder, &["inspect", "m"], expected);
        refused_in(folder, &["explain", "Text", "--model", "m"], expected);
    });
}

/// Replaces the only place where `from` stands in the header by something of the same length.
fn patched(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = model();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    bytes
}

#[test]
fn a_model_that_is_none_or_truncated() {
    model_refused(b"", "m: not a model, or a damaged one");
    model_refused(b"not a model at all", "m: not a model, or a damaged one");
    let whole = model();
    for length in [7, 8, 100, whole.len() / 2, whole.len() - 1] {
        model_refused(&whole[..length], "m: not a model, or a damaged one");
    }
}

#[test]
fn a_model_of_another_version() {
    let bytes = patched(r#"\"format\":2"#, r#"\"format\":9"#);
    model_refused(&bytes, "m: model format 9, this program reads 2 and 3; train the model again");
}

#[test]
fn a_model_whose_metadata_lies() {
    let header = String::from_utf8_lossy(&model()[8..4000]).into_owned();
    let shape = header.split("\"idf\":{\"dtype\":\"F32\",\"shape\":[").nth(1).unwrap();
    let n = shape.split(']').next().unwrap();
    let less = (n.parse::<usize>().unwrap() - 1).to_string();
    model_refused(&patched(&format!("\"shape\":[{n}]"), &format!("\"shape\":[{less}]")), "m: ");
    let labels = r#"\"labels\":[\"critical\",\"neutral\",\"supportive\"]"#;
    let fewer = r#"\"labels\":[\"critical\",\"neutral or supportive\"]"#;
    let fewer = format!("{fewer:<width$}", width = labels.len());
    model_refused(&patched(labels, &fewer), "does not fit its 2 labels");
}

#[test]
fn a_model_with_damaged_numbers_or_names() {
    let whole = model();
    for at in [whole.len() - 2, whole.len() / 2, whole.len() / 4] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        model_refused(&bytes, "m: the model is damaged: ");
    }
}
