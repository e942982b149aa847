//! `framescope convert`: files as the other tools write them, and what becomes of them.

use std::path::Path;

use serde_json::Value;

use crate::session::{Session, in_folder};

/// The rows of a label file by column.
fn table(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// Reads what a tool exported; gives some columns of each row.
fn read<const N: usize>(tool: &str, content: &str, columns: [&str; N]) -> Vec<[String; N]> {
    in_folder(|folder| {
        std::fs::write(folder.join("export"), content).unwrap();
        let session =
            Session::within(folder, &["convert", "export", "--from", tool, "--out", "labels.csv"]);
        assert!(session.stderr.contains("with a label"), "{}", session.stderr);
        let rows = table(&folder.join("labels.csv"));
        rows.iter()
            .map(|row| columns.map(|name| row.get(name).cloned().unwrap_or_default()))
            .collect()
    })
}

#[track_caller]
fn refused(tool: &str, content: &str, expected: &str) {
    in_folder(|folder| {
        std::fs::write(folder.join("export"), content).unwrap();
        let session = Session::any(folder, &["convert", "export", "--from", tool]);
        assert_eq!(session.code, Some(1));
        assert!(session.stderr.contains(expected), "{}", session.stderr);
    });
}

/// Text classification, sequence labelling, and both at once, as doccano 1.8 exports them.
#[test]
fn doccano() {
    let export = concat!(
        r#"{"id":11,"text":"😀 The plán is dear.","label":["critical"],"outlet":"Courier","Comments":["dear = costly"]}"#,
        "\n",
        r#"{"id":12,"text":"😀 The plán is dear.","label":[[6,10,"critical"]],"Comments":[]}"#,
        "\n",
        r#"{"id":13,"text":"The plan helps.","entities":[{"id":1,"label":"supportive","start_offset":4,"end_offset":8}],"relations":[],"Comments":[]}"#,
        "\n",
        r#"{"id":14,"text":"Nobody has read this.","label":[]}"#,
        "\n"
    );
    let found =
        read("doccano", export, ["id", "label", "target", "target_start", "note", "outlet"]);
    assert_eq!(
        found,
        [
            ["11", "critical", "", "", "dear = costly", "Courier"],
            ["12", "critical", "plán", "6", "", ""],
            ["13", "supportive", "plan", "4", "", ""],
            ["14", "", "", "", "", ""]
        ]
    );
    refused(
        "doccano",
        "{\"text\":\"a\",\"label\":[\"x\",\"y\"]}",
        "line 1: 2 labels (x, y); a sentence has one",
    );
    refused(
        "doccano",
        "{\"text\":\"a\",\"label\":[[0,9,\"x\"]]}",
        "lies beyond a text of 1 characters",
    );
    refused("doccano", "{\"text\":\"a\"}\n[1]", "line 2: no JSON object on one line");
}

/// Tasks as Label Studio 1.x exports them; places count UTF-16 code units.
#[test]
fn label_studio() {
    let export = r#"[
      {"id": 7, "data": {"text": "😀 The plán is dear.", "outlet": "Courier"}, "annotations": [
        {"id": 70, "completed_by": {"id": 1, "email": "ann@example.org"}, "created_at": "2031-06-02T10:30:00.000000Z",
         "lead_time": 4.25, "was_cancelled": false, "ground_truth": false, "result": [
          {"id": "a", "from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["critical"]}},
          {"id": "b", "from_name": "spans", "to_name": "text", "type": "labels",
           "value": {"start": 7, "end": 11, "text": "plán", "labels": ["target"]}},
          {"id": "c", "from_name": "note", "to_name": "text", "type": "textarea", "value": {"text": ["costly"]}}]},
        {"id": 71, "completed_by": 2, "was_cancelled": true, "result": []}],
       "predictions": []}]"#;
    let columns = [
        "id",
        "coder",
        "label",
        "target",
        "target_start",
        "target_end",
        "note",
        "status",
        "seconds",
        "outlet",
    ];
    assert_eq!(
        read("label-studio", export, columns),
        [
            [
                "7",
                "ann@example.org",
                "critical",
                "plán",
                "6",
                "10",
                "costly",
                "labelled",
                "4.25",
                "Courier"
            ],
            ["7", "2", "", "", "", "", "", "skipped", "", "Courier"]
        ]
    );
    let split = export.replace("\"start\": 7", "\"start\": 1");
    refused("label-studio", &split, "task 1: a span lies beyond the text, or splits a character");
}

/// As `prodigy db-out` writes: choices, single labels that were accepted or rejected, ignored tasks.
#[test]
fn prodigy() {
    let export = concat!(
        r#"{"text":"😀 The plán is dear.","options":[{"id":"critical","text":"critical"},{"id":"neutral","text":"neutral"}],"accept":["critical"],"answer":"accept","spans":[{"start":6,"end":10,"label":"target","token_start":2,"token_end":2}],"meta":{"outlet":"Courier"},"_input_hash":-1,"_task_hash":2,"_timestamp":951782399,"_annotator_id":"stance-ann","_session_id":"stance-ann","_view_id":"choice"}"#,
        "\n",
        r#"{"text":"The plan helps.","label":"critical","answer":"reject","_annotator_id":"ben"}"#,
        "\n",
        r#"{"text":"The plan helps.","label":"supportive","answer":"accept","_annotator_id":"ben"}"#,
        "\n",
        r#"{"text":"Read on.","accept":[],"answer":"ignore"}"#,
        "\n"
    );
    let columns = ["coder", "label", "target", "status", "time", "note", "outlet"];
    assert_eq!(
        read("prodigy", export, columns),
        [
            ["stance-ann", "critical", "plán", "labelled", "2000-02-28T23:59:59Z", "", "Courier"],
            ["ben", "", "", "rejected", "", "not critical", ""],
            ["ben", "supportive", "", "labelled", "", "", ""],
            ["", "", "", "skipped", "", "", ""]
        ]
    );
}

/// As Potato writes `annotated_instances.jsonl`.
#[test]
fn potato() {
    let export = concat!(
        r#"{"user_id":"ann","instance_id":"a:1","displayed_text":"😀 The plán is dear.","label_annotations":{"stance":{"critical":"true","neutral":"false"}},"span_annotations":[{"start":6,"end":10,"span":"plán","annotation":"target"}],"behavioral_data":{"time_string":"Time spent: 0d 0h 0m 3s"}}"#,
        "\n",
        r#"{"user_id":"ben","instance_id":"a:1","displayed_text":"😀 The plán is dear.","label_annotations":{"stance":{"neutral":true}}}"#,
        "\n"
    );
    assert_eq!(
        read("potato", export, ["id", "coder", "label", "target", "target_start"]),
        [["a:1", "ann", "critical", "plán", "6"], ["a:1", "ben", "neutral", "", ""]]
    );
}

/// Our own label files go there and come back, and train as before.
#[test]
fn there_and_back() {
    let source = "tests/labels/tidal-barrier.csv";
    let expected = table(Path::new(source));
    for tool in ["doccano", "label-studio", "prodigy", "potato"] {
        in_folder(|folder| {
            let (out, back) = (folder.join("out"), folder.join("back.csv"));
            let (out, back) = (out.to_str().unwrap(), back.to_str().unwrap());
            let config = folder.join("config.xml");
            let config = config.to_str().unwrap();
            crate::session::framescope(&[
                "convert",
                source,
                "--to",
                tool,
                "--out",
                out,
                "--labelling-config",
                config,
            ]);
            crate::session::framescope(&["convert", out, "--from", tool, "--out", back]);
            let found = table(Path::new(back));
            assert_eq!(found.len(), expected.len(), "{tool}");
            // Of Label Studio all coders of an item come together.
            for row in &expected {
                let is_same = |other: &&std::collections::BTreeMap<String, String>| {
                    row.iter().all(|(name, value)| {
                        other.get(name).map_or("", String::as_str) == value.as_str()
                    })
                };
                assert!(found.iter().any(|other| is_same(&other)), "{tool}: {row:?}");
            }
            let xml = std::fs::read_to_string(config).unwrap();
            assert!(xml.contains("<Choice value=\"critical\"/>"), "{xml}");
        });
    }
}

/// What is imported into Label Studio marks the target where its own page would.
#[test]
fn places_for_label_studio_are_utf16() {
    in_folder(|folder| {
        let table = "text,label,target,target_start,target_end\n👩‍🔬 plán,critical,plán,4,8\n";
        std::fs::write(folder.join("l.csv"), table).unwrap();
        let session = Session::within(folder, &["convert", "l.csv", "--to", "label-studio"]);
        let tasks: Value = serde_json::from_str(&session.stdout).unwrap();
        let value = &tasks[0]["annotations"][0]["result"][1]["value"];
        assert_eq!((value["start"].as_u64(), value["end"].as_u64()), (Some(6), Some(10)));
        assert!(
            session.stderr.contains("the coder's name and the time travel"),
            "{}",
            session.stderr
        );
    });
}
