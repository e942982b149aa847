//! Label Studio (1.x): a JSON list of tasks, each with its annotations.
//!
//! A choice, spans and a note are results of an annotation. Places are UTF-16 code units, as JavaScript
//! counts them. The fields of `data` are the item's; `completed_by` is a user of that Label Studio, so that
//! our coder travels in `meta`.

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET};
use super::label_record::LabelRecord;
use super::text_offsets::{at, from_utf16, to_utf16};

/// Columns that belong to an annotation, not to its task.
const OF_ANNOTATION: [&str; 10] = [
    "label",
    "coder",
    "note",
    "time",
    "seconds",
    "status",
    "marks",
    "target_start",
    "target_end",
    "target",
];

/// Columns that travel in `meta`.
const IN_META: [&str; 4] = ["coder", "time", "seconds", "status"];

/// The records of all annotations; the number with an error is that of the task, from 1.
pub(super) fn read(content: &str) -> Result<Vec<LabelRecord>, (u64, String)> {
    let tasks: Vec<Value> = serde_json::from_str(content)
        .map_err(|error| (error.line() as u64, format!("no JSON list of tasks: {error}")))?;
    let mut found = Vec::new();
    for (number, task) in (1..).zip(&tasks) {
        found.extend(records(task).map_err(|reason| (number, format!("task {number}: {reason}")))?);
    }
    Ok(found)
}

fn records(task: &Value) -> Result<Vec<LabelRecord>, String> {
    let data = task.get("data").and_then(Value::as_object).ok_or("there is no `data`")?;
    let mut item = fields::record(data, &["text"])?;
    item.text = fields::needed_text(data, "text")?;
    if let (false, Some(id)) =
        (item.other.contains_key("id"), task.get("id").and_then(fields::text))
    {
        item.other.insert("id".to_string(), id);
    }
    let annotations = task.get("annotations").or(task.get("completions")).and_then(Value::as_array);
    match annotations.map_or(&[][..], Vec::as_slice) {
        [] => Ok(vec![item]),
        several => several.iter().map(|annotation| record(&item, annotation)).collect(),
    }
}

fn record(item: &LabelRecord, annotation: &Value) -> Result<LabelRecord, String> {
    let mut record = item.clone();
    let mut label = None;
    for result in annotation.get("result").and_then(Value::as_array).into_iter().flatten() {
        let value = result.get("value").unwrap_or(&Value::Null);
        let list = |name: &str| -> Vec<String> {
            let list = value.get(name).and_then(Value::as_array).into_iter().flatten();
            list.filter_map(fields::text).collect()
        };
        if let Some(Value::Object(meta)) = result.get("meta") {
            for (name, value) in fields::columns(meta, &[]) {
                match name.as_str() {
                    "coder" => record.coder = value,
                    "time" => record.time = value,
                    "seconds" => record.seconds = value,
                    "status" => record.status = value,
                    _ => {}
                }
            }
        }
        match result.get("type").and_then(Value::as_str) {
            Some("choices") => {
                let mut choices = list("choices");
                if choices.len() > 1 || label.is_some() {
                    return Err("several choices; a sentence has one label".to_string());
                }
                label = choices.pop();
            }
            Some("textarea") => record.note = list("text").join("; "),
            Some("labels") => {
                let place = fields::place(value, "start", "end");
                let place = place.and_then(|place| from_utf16(&record.text, place));
                let place = place.ok_or("a span lies beyond the text, or splits a character")?;
                let name = list("labels").pop().unwrap_or_default();
                fields::add_span(&mut record, &name, place)?;
            }
            _ => {}
        }
    }
    from_annotation(&mut record, annotation);
    Ok(record.with_label(label))
}

/// Fills in what only Label Studio's own fields tell.
fn from_annotation(record: &mut LabelRecord, annotation: &Value) {
    if record.coder.is_empty() {
        let by = annotation.get("completed_by");
        let name =
            by.and_then(|by| fields::text(by).or_else(|| by.get("email").and_then(fields::text)));
        record.coder = name.unwrap_or_default();
    }
    let text = |name: &str| annotation.get(name).and_then(fields::text).unwrap_or_default();
    if record.time.is_empty() {
        record.time = text("created_at");
    }
    if record.seconds.is_empty() {
        record.seconds = text("lead_time");
    }
    let is_cancelled = annotation.get("was_cancelled").and_then(Value::as_bool) == Some(true);
    if is_cancelled && record.status.is_empty() {
        record.status = "skipped".to_string();
    }
}

/// The tasks, each with the annotations of all coders.
pub(super) fn write(records: &[LabelRecord]) -> String {
    let mut tasks: Vec<(&LabelRecord, Vec<Value>)> = Vec::new();
    for record in records {
        // Rows of one item follow one another or do not: both are found.
        let known = tasks.iter().rposition(|(first, _)| first.is_same_item(record));
        let at = known.unwrap_or_else(|| {
            tasks.push((record, Vec::new()));
            tasks.len() - 1
        });
        tasks[at].1.extend(annotation(record));
    }
    let task = |(first, annotations): (&LabelRecord, Vec<Value>)| {
        let mut data = fields::object(first.columns(), &OF_ANNOTATION);
        let is_placed =
            first.target_place.is_some_and(|place| at(&first.text, place) == first.target);
        if !is_placed && !first.target.is_empty() {
            data.insert("target".to_string(), json!(first.target));
        }
        json!({"data": data, "annotations": annotations})
    };
    let tasks: Vec<Value> = tasks.into_iter().map(task).collect();
    serde_json::to_string_pretty(&tasks).unwrap_or_default() + "\n"
}

/// None of a record that says nothing.
fn annotation(record: &LabelRecord) -> Option<Value> {
    let meta: Map<String, Value> = {
        let columns = record.columns();
        let kept = columns.into_iter().filter(|(name, _)| IN_META.contains(&name.as_str()));
        kept.map(|(name, value)| (name, json!(value))).collect()
    };
    let mut results = Vec::new();
    let mut add = |name: &str, kind: &str, value: Value| {
        let id = format!("r{}", results.len());
        results.push(
            json!({"id": id, "from_name": name, "to_name": "text", "type": kind, "value": value}),
        );
    };
    if let Some(label) = &record.label {
        add("label", "choices", json!({"choices": [label]}));
    }
    let target = record.target_place.map(|place| (place, TARGET));
    for (place, name) in target.into_iter().chain(record.marks.iter().map(|place| (*place, MARK))) {
        let (start, end) = to_utf16(&record.text, place);
        let text = at(&record.text, place);
        add("spans", "labels", json!({"start": start, "end": end, "text": text, "labels": [name]}));
    }
    // A result of its own where there is nothing else for the metadata to stand at.
    if !record.note.is_empty() || (results.is_empty() && !meta.is_empty()) {
        let note: Vec<&String> =
            Some(&record.note).filter(|note| !note.is_empty()).into_iter().collect();
        let id = format!("r{}", results.len());
        let value = json!({"text": note});
        results.push(json!({"id": id, "from_name": "note", "to_name": "text", "type": "textarea", "value": value}));
    }
    if results.is_empty() {
        return None;
    }
    if !meta.is_empty() {
        results[0]["meta"] = Value::Object(meta);
    }
    let is_cancelled = record.status == "skipped";
    Some(json!({"result": results, "was_cancelled": is_cancelled, "ground_truth": false}))
}

/// The labelling configuration that fits what [`write`] writes.
pub fn labelling_config(labels: &[String]) -> String {
    let escaped = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let choices: String = labels
        .iter()
        .map(|label| format!("    <Choice value=\"{}\"/>\n", escaped(label)))
        .collect();
    format!(
        "<View>\n  <Header value=\"$headline\"/>\n  <Labels name=\"spans\" toName=\"text\">\n    <Label \
         value=\"{TARGET}\"/>\n    <Label value=\"{MARK}\"/>\n  </Labels>\n  <Text name=\"text\" \
         value=\"$text\" granularity=\"word\"/>\n  <Choices name=\"label\" toName=\"text\" choice=\"single\" \
         showInline=\"true\">\n{choices}  </Choices>\n  <TextArea name=\"note\" toName=\"text\"/>\n</View>\n"
    )
}
