//! Label Studio (1.x): a JSON list of tasks, each with its annotations.
//!
//! A choice, spans and a note are results of an annotation. Its page counts places in Unicode characters;
//! earlier ones counted UTF-16 code units, which are read where they alone fit the `text` of a span. The fields
//! of `data` are the item's; `completed_by` is the number of a user, so that our coder travels in `meta`. The
//! target of a sentence without a label is shown by a prediction, which is not exported: with an annotation the
//! sentence would count as done.

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET, WRITTEN_LABEL};
use super::label_record::LabelRecord;
use super::text_offsets::{Places, at};

/// Columns that belong to an annotation, not to its task.
const OF_ANNOTATION: [&str; 7] = ["label", "coder", "note", "time", "seconds", "status", "marks"];

/// Columns that travel in `meta`.
const IN_META: [&str; 4] = ["coder", "time", "seconds", "status"];

/// The version of the predictions that hold targets.
const FOUND: &str = "framescope";

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

/// The results of an annotation.
fn results(annotation: &Value) -> impl Iterator<Item = &Value> {
    annotation.get("result").and_then(Value::as_array).into_iter().flatten()
}

/// A list of texts in a result's value.
fn list(result: &Value, name: &str) -> Vec<String> {
    let list = result.get("value").and_then(|value| value.get(name)).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(fields::text).collect()
}

/// The place of a span, in characters.
fn place(record: &LabelRecord, result: &Value) -> Result<(usize, usize), String> {
    let beyond = "a span lies beyond the text";
    let value = result.get("value").ok_or(beyond)?;
    let counted = fields::place(value, "start", "end").ok_or(beyond)?;
    let fits = |place: &(usize, usize)| place.1 <= record.text.chars().count();
    let (characters, units) =
        (Some(counted).filter(fits), Places::of(&record.text).characters(counted));
    let said = value.get("text").and_then(Value::as_str);
    let is_said = |place: &(usize, usize)| said == Some(&at(&record.text, *place));
    let by_text = [characters, units].into_iter().flatten().find(is_said);
    by_text.or(characters).ok_or_else(|| beyond.to_string())
}

fn record(item: &LabelRecord, annotation: &Value) -> Result<LabelRecord, String> {
    let mut record = item.clone();
    let mut label = None;
    let mut written = String::new();
    for result in results(annotation) {
        if let Some(Value::Object(meta)) = result.get("meta") {
            for (name, value) in fields::columns(meta, &[]) {
                match name.as_str() {
                    "coder" => record.coder = value,
                    "time" => record.time = value,
                    "seconds" => record.seconds = value,
                    "status" => record.status = value,
                    WRITTEN_LABEL => written = value,
                    _ => {}
                }
            }
        }
        match result.get("type").and_then(Value::as_str) {
            Some("choices") => {
                let mut choices = list(result, "choices");
                if choices.len() > 1 || label.is_some() {
                    return Err("several choices; a sentence has one label".to_string());
                }
                label = choices.pop();
            }
            Some("textarea") => record.note = list(result, "text").join("; "),
            Some("labels") => {
                let place = place(&record, result)?;
                let name = list(result, "labels").pop().unwrap_or_default();
                fields::add_span(&mut record, &name, place)?;
            }
            _ => {}
        }
    }
    // Who imported an annotation has completed it; who changed it has updated it.
    let by = if record.coder.is_empty() { "completed_by" } else { "updated_by" };
    let mut record = record.relabelled(label, &written);
    from_annotation(&mut record, annotation, by);
    Ok(record)
}

/// Fills in what only Label Studio's own fields tell.
fn from_annotation(record: &mut LabelRecord, annotation: &Value, by: &str) {
    if record.coder.is_empty() {
        let by = annotation.get(by);
        let name =
            by.and_then(|by| fields::text(by).or_else(|| by.get("email").and_then(fields::text)));
        record.coder = name.unwrap_or_default();
    }
    let text = |name: &str| annotation.get(name).and_then(fields::text).unwrap_or_default();
    if record.time.is_empty() {
        let changed = text("updated_at");
        record.time = if changed.is_empty() { text("created_at") } else { changed };
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
    let task = |of_item: Vec<&LabelRecord>| {
        let first = of_item[0];
        let annotations: Vec<Value> = of_item.into_iter().filter_map(annotation).collect();
        let data = fields::object(first.columns(), &OF_ANNOTATION);
        let mut task = json!({"data": data, "annotations": annotations});
        if let (Some(place), true) = (first.target_place, annotations.is_empty()) {
            let result = [span(first, "r0", place, TARGET)];
            task["predictions"] = json!([{"model_version": FOUND, "result": result}]);
        }
        task
    };
    let tasks: Vec<Value> = fields::by_item(records).into_iter().map(task).collect();
    serde_json::to_string_pretty(&tasks).unwrap_or_default() + "\n"
}

fn result(id: &str, name: &str, kind: &str, value: &Value) -> Value {
    json!({"id": id, "from_name": name, "to_name": "text", "type": kind, "value": value})
}

fn span(record: &LabelRecord, id: &str, (start, end): (usize, usize), name: &str) -> Value {
    let text = at(&record.text, (start, end));
    let value = json!({"start": start, "end": end, "text": text, "labels": [name]});
    result(id, "spans", "labels", &value)
}

/// None of a record that says nothing.
fn annotation(record: &LabelRecord) -> Option<Value> {
    let mut meta: Map<String, Value> = {
        let columns = record.columns();
        let kept = columns.into_iter().filter(|(name, _)| IN_META.contains(&name.as_str()));
        kept.map(|(name, value)| (name, json!(value))).collect()
    };
    let says = record.label.is_some() || !record.note.is_empty() || !record.marks.is_empty();
    if !says && meta.is_empty() {
        return None;
    }
    let mut results = Vec::new();
    let id = |results: &Vec<Value>| format!("r{}", results.len());
    if let Some(label) = &record.label {
        meta.insert(WRITTEN_LABEL.to_string(), json!(label));
        results.push(result(&id(&results), "label", "choices", &json!({"choices": [label]})));
    }
    let target = record.target_place.map(|place| (place, TARGET));
    for (place, name) in target.into_iter().chain(record.marks.iter().map(|place| (*place, MARK))) {
        results.push(span(record, &id(&results), place, name));
    }
    // A result of its own where there is nothing else for the metadata to stand at.
    if !record.note.is_empty() || results.is_empty() {
        let note: Vec<&String> =
            Some(&record.note).filter(|note| !note.is_empty()).into_iter().collect();
        results.push(result(&id(&results), "note", "textarea", &json!({"text": note})));
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
        "<View>\n  <Header size=\"4\" value=\"$headline\"/>\n  <Header size=\"5\" value=\"$target\"/>\n  \
         <Labels name=\"spans\" toName=\"text\">\n    <Label \
         value=\"{TARGET}\"/>\n    <Label value=\"{MARK}\"/>\n  </Labels>\n  <Text name=\"text\" \
         value=\"$text\" granularity=\"word\"/>\n  <Choices name=\"label\" toName=\"text\" choice=\"single\" \
         showInline=\"true\">\n{choices}  </Choices>\n  <TextArea name=\"note\" toName=\"text\"/>\n</View>\n"
    )
}
