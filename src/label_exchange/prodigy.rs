//! Prodigy: one JSON object a line, as `db-out` writes and `db-in` takes it.
//!
//! `choice` has `options` and `accept`, `textcat` has `label` and `answer`. `answer` is `accept`, `reject`
//! or `ignore`: a rejected label is not the sentence's label. Places of `spans` are Unicode characters.

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET};
use super::label_record::LabelRecord;
use super::text_offsets::at;

/// Prodigy's own fields.
const OWN: [&str; 16] = [
    "text",
    "label",
    "answer",
    "accept",
    "options",
    "spans",
    "tokens",
    "meta",
    "config",
    "_input_hash",
    "_task_hash",
    "_timestamp",
    "_annotator_id",
    "_session_id",
    "_view_id",
    "_is_binary",
];

/// The record of one answer.
pub(super) fn records(task: &Map<String, Value>) -> Result<Vec<LabelRecord>, String> {
    let mut columns: Vec<(String, String)> = fields::columns(task, &OWN).collect();
    if let Some(Value::Object(meta)) = task.get("meta") {
        columns.extend(fields::columns(meta, &[]));
    }
    let mut record = LabelRecord::of_columns(columns)?;
    record.text = fields::needed_text(task, "text")?;
    let answer = task.get("answer").and_then(Value::as_str).unwrap_or("accept");
    let accepted = task.get("accept").and_then(Value::as_array);
    let accepted: Option<Vec<String>> =
        accepted.map(|a| a.iter().filter_map(fields::text).collect());
    let single = || task.get("label").and_then(fields::text).into_iter().collect();
    let labels: Vec<String> = accepted.unwrap_or_else(single);
    let label = match (answer, &labels[..]) {
        ("accept", [label]) => Some(label.clone()),
        ("accept", []) => None,
        ("accept", several) => {
            let (n, all) = (several.len(), several.join(", "));
            return Err(format!("{n} labels are accepted ({all}); a sentence has one"));
        }
        ("reject", rejected) => {
            if record.note.is_empty() && !rejected.is_empty() {
                record.note = format!("not {}", rejected.join(", "));
            }
            record.status = "rejected".to_string();
            None
        }
        _ => {
            if record.status.is_empty() {
                record.status = "skipped".to_string();
            }
            None
        }
    };
    for span in task.get("spans").and_then(Value::as_array).into_iter().flatten() {
        let Some(place) = fields::place(span, "start", "end") else { continue };
        let name = span.get("label").and_then(Value::as_str).unwrap_or(MARK);
        fields::add_span(&mut record, name, place)?;
    }
    if record.coder.is_empty() {
        let of = |name: &str| task.get(name).and_then(Value::as_str);
        let coder = of("_annotator_id").or(of("_session_id")).unwrap_or_default();
        record.coder = coder.to_string();
    }
    if let (true, Some(seconds)) =
        (record.time.is_empty(), task.get("_timestamp").and_then(Value::as_u64))
    {
        record.time = crate::label_page::moment(seconds);
    }
    Ok(vec![record.with_label(label)])
}

/// The task of a record.
pub(super) fn item(record: &LabelRecord, labels: &[String]) -> Value {
    let without = ["text", "label", "marks", "target_start", "target_end"];
    let mut meta = fields::object(record.columns(), &without);
    let has_target =
        record.target_place.is_some_and(|place| at(&record.text, place) == record.target);
    if has_target {
        meta.remove("target");
    }
    let option = |label: &String| json!({"id": label, "text": label});
    let target = record.target_place.map(|place| (place, TARGET));
    let spans = target.into_iter().chain(record.marks.iter().map(|place| (*place, MARK)));
    let span = |((start, end), label): ((usize, usize), &str)| json!({"start": start, "end": end, "label": label});
    let spans: Vec<Value> = spans.map(span).collect();
    let mut task = json!({
        "text": record.text,
        "options": labels.iter().map(option).collect::<Vec<_>>(),
        "meta": meta,
        "spans": spans,
        "_view_id": "choice",
    });
    let accepted: Vec<&String> = record.label.iter().collect();
    match (record.label.is_some(), record.status.as_str()) {
        // Not answered yet: a task to be put.
        (false, "") => {}
        (false, "skipped" | "cannot say") => task["answer"] = json!("ignore"),
        (false, "rejected") => task["answer"] = json!("reject"),
        _ => {
            task["accept"] = json!(accepted);
            task["answer"] = json!("accept");
        }
    }
    if !record.coder.is_empty() {
        task["_annotator_id"] = json!(record.coder);
    }
    task
}
