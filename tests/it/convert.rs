//! `framescope convert`: files as the other tools write them, and what becomes of them.

use std::path::Path;

use serde_json::Value;

use crate::session::{Session, in_folder};

/// The rows of a label file by column.
fn table_of(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// Reads what a tool exported; gives some columns of each row.
fn read<const N: usize>(tool: &str, content: &str, columns: [&str; N]) -> Vec<[String; N]> {
    in_folder(|folder| {
        std::fs::write(folder.join("export"), content).unwrap();
        let session =
            Session::within(folder, &["convert", "export", "--from", tool, "--out", "labels.csv"]);
        assert!(session.stderr.contains("with a label"), "{}", session.stderr);
        let rows = table_of(&folder.join("labels.csv"));
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

/// As doccano 1.8.4 exports its projects: text classification, sequence labelling without and with relations,
/// and intent detection and slot filling.
#[test]
fn doccano() {
    let export = concat!(
        r#"{"id":11,"text":"😀 The plán is dear.","label":["critical"],"outlet":"Courier","Comments":["dear = costly"]}"#,
        "\n",
        r#"{"id":12,"text":"😀 The plán is dear.","label":[[7,11,"critical"]],"Comments":[]}"#,
        "\n",
        r#"{"id":13,"text":"The plan helps.","entities":[{"id":1,"label":"supportive","start_offset":4,"end_offset":8}],"relations":[],"Comments":[{"id":3,"comment":"a lot"}]}"#,
        "\n",
        r#"{"id":14,"text":"Nobody has read this.","label":[],"note":"","Comments":[]}"#,
        "\n",
        r#"{"id":15,"text":"😀 The plán is dear.","note":"so so","cats":["critical"],"entities":[[7,11,"target"],[15,19,"decided"]],"Comments":["but dear"]}"#,
        "\n"
    );
    let columns = ["id", "label", "target", "target_start", "marks", "note", "outlet", "coder"];
    assert_eq!(
        read("doccano", export, columns),
        [
            ["11", "critical", "", "", "", "dear = costly", "Courier", "export"],
            ["12", "critical", "plán", "6", "", "", "", "export"],
            ["13", "supportive", "plan", "4", "", "a lot", "", "export"],
            ["14", "", "", "", "", "", "", ""],
            ["15", "critical", "plán", "6", "14:18", "so so; but dear", "", "export"]
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
        "the span 0 to 9 lies beyond the text, or splits a character",
    );
    refused("doccano", "{\"text\":\"a\"}\n[1]", "line 2: no JSON object on one line");
}

/// doccano takes a file in only where every line has the same fields, and has one way to write labels in a
/// project.
#[test]
fn every_line_for_doccano_has_the_same_fields() {
    in_folder(|folder| {
        let table = "text,label,coder,note,marks,speaker\nIt is dear.,critical,Ann,so so,6:10,Zoë\n\
                     It is new.,neutral,Ann,,,\nIt stands.,,,,,\n";
        std::fs::write(folder.join("l.csv"), table).unwrap();
        let session = Session::within(folder, &["convert", "l.csv", "--to", "doccano"]);
        let lines: Vec<Value> =
            session.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let fields =
            |line: &Value| -> Vec<String> { line.as_object().unwrap().keys().cloned().collect() };
        assert!(lines.iter().all(|line| fields(line) == fields(&lines[0])), "{lines:?}");
        assert_eq!(lines[0]["entities"], serde_json::json!([[6, 10, "decided"]]));
        assert_eq!(
            (&lines[1]["cats"], &lines[2]["cats"]),
            (&serde_json::json!(["neutral"]), &serde_json::json!([]))
        );
        assert_eq!(lines[2]["speaker"], "");
    });
}

/// Who gives another label there is the coder of that one, not who gave the label that was exported.
#[test]
fn a_label_that_was_changed_elsewhere_has_another_coder() {
    for (tool, change) in [
        ("doccano", r#""cats":["neutral"]"#),
        ("label-studio", r#""choices":["neutral"]"#),
        ("inception", r#""label":"neutral""#),
    ] {
        in_folder(|folder| {
            let table = "id,text,label,coder,marks,status,time\n1,It is dear.,critical,Ann,6:10,labelled,2031-06-02T10:30:00Z\n\
                         2,It is bad.,critical,Ann,,labelled,2031-06-02T10:31:00Z\n";
            std::fs::write(folder.join("l.csv"), table).unwrap();
            Session::within(folder, &["convert", "l.csv", "--to", tool, "--out", "out"]);
            let out = std::fs::read_to_string(folder.join("out")).unwrap();
            let out = serde_json::from_str::<Value>(&out).map_or(out, |one| one.to_string());
            let was = change.replace("neutral", "critical");
            assert!(out.matches(&was).count() >= 2, "{out}");
            std::fs::write(folder.join("Ben.json"), out.replacen(&was, change, 1)).unwrap();
            let back = ["convert", "Ben.json", "--from", tool, "--coder", "Ben", "--out", "b.csv"];
            Session::within(folder, &back);
            let rows = table_of(&folder.join("b.csv"));
            let of = |row: usize| ["label", "coder", "status"].map(|name| rows[row][name].as_str());
            assert_eq!(of(0), ["neutral", "Ben", "labelled"], "{tool}");
            assert_eq!(of(1), ["critical", "Ann", "labelled"], "{tool}");
        });
    }
}

/// Tasks as Label Studio 1.23 exports them; places count Unicode characters, in older versions UTF-16 code units.
#[test]
fn label_studio() {
    let export = r#"[
      {"id": 7, "data": {"text": "😀 The plán is dear.", "outlet": "Courier"}, "annotations": [
        {"id": 70, "completed_by": {"id": 1, "email": "ann@example.org"}, "created_at": "2031-06-02T10:30:00.000000Z",
         "lead_time": 4.25, "was_cancelled": false, "ground_truth": false, "result": [
          {"id": "a", "from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["critical"]}},
          {"id": "b", "from_name": "spans", "to_name": "text", "type": "labels",
           "value": {"start": 6, "end": 10, "text": "plán", "labels": ["target"]}},
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
    let older = export.replace(r#""start": 6, "end": 10"#, r#""start": 7, "end": 11"#);
    assert_eq!(read("label-studio", &older, columns)[0][4..6], ["6", "10"]);
    let beyond = export.replace(r#""end": 10"#, r#""end": 100"#);
    refused("label-studio", &beyond, "task 1: a span lies beyond the text");
}

/// Its page counts an emoji as one, as it showed when an export was opened there.
#[test]
fn places_for_label_studio_are_characters_and_a_target_alone_is_no_annotation() {
    in_folder(|folder| {
        let table = "text,label,target,target_start,target_end\n👩‍🔬 plán,critical,plán,4,8\n😀 plán,,plán,2,6\n";
        std::fs::write(folder.join("l.csv"), table).unwrap();
        let session = Session::within(folder, &["convert", "l.csv", "--to", "label-studio"]);
        let tasks: Value = serde_json::from_str(&session.stdout).unwrap();
        let place = |result: &Value| {
            let value = &result["value"];
            (value["start"].as_u64().unwrap(), value["end"].as_u64().unwrap())
        };
        assert_eq!(place(&tasks[0]["annotations"][0]["result"][1]), (4, 8));
        assert_eq!(tasks[1]["annotations"], serde_json::json!([]));
        assert_eq!(place(&tasks[1]["predictions"][0]["result"][0]), (2, 6));
        let said = "the coder's name and the time travel";
        assert!(session.stderr.contains(said), "{}", session.stderr);
    });
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
    let expected = table_of(Path::new(source));
    for tool in ["doccano", "label-studio", "prodigy", "potato", "inception"] {
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
            let found = table_of(Path::new(back));
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

/// As INCEpTION exports a document with layers of its own: an annotation that holds part of a sentence is the
/// target's place; places count UTF-16 code units.
#[test]
fn inception() {
    let sentence = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
    let export = serde_json::json!({
        "%TYPES": {},
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
             "mimeType": "text", "sofaString": "😀 The plán is dear.\nThe plan helps.\nRead on."},
            {"%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0, "end": 45, "language": "en"},
            {"%ID": 3, "%TYPE": sentence, "@sofa": 1, "begin": 0, "end": 20},
            {"%ID": 4, "%TYPE": sentence, "@sofa": 1, "begin": 21, "end": 36},
            {"%ID": 5, "%TYPE": sentence, "@sofa": 1, "begin": 37, "end": 45},
            {"%ID": 6, "%TYPE": "webanno.custom.Stance", "@sofa": 1, "begin": 7, "end": 11, "label": "critical", "note": "dear"},
            {"%ID": 7, "%TYPE": "webanno.custom.Stance", "@sofa": 1, "begin": 21, "end": 36, "label": "supportive"}
        ],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 4, 5, 6, 7]}}
    });
    let columns = ["text", "label", "target", "target_start", "note", "coder"];
    assert_eq!(
        read("inception", &export.to_string(), columns),
        [
            ["😀 The plán is dear.", "critical", "plán", "6", "dear", "export"],
            ["The plan helps.", "supportive", "", "", "", "export"],
            ["Read on.", "", "", "", "", ""]
        ]
    );
    let split = export.to_string().replace("\"begin\":7", "\"begin\":1");
    refused("inception", &split, "from 1 to 11 lies beyond the text, or splits a character");
    refused("inception", "{}", "there are no %FEATURE_STRUCTURES");
    let unlabelled = export.to_string().replace("\"label\"", "\"value\"");
    refused("inception", &unlabelled, "no annotation has a feature `label`");
}
