//! Potato: `annotated_instances.jsonl`, one object for each instance and user.
//!
//! `label_annotations` has, by schema, the labels that were chosen, and the text of text boxes;
//! `span_annotations` have Unicode characters.

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET};
use super::label_record::LabelRecord;
use super::text_offsets::at;

/// Potato's own fields.
const OWN: [&str; 8] = [
    "instance_id",
    "id",
    "user_id",
    "displayed_text",
    "text",
    "label_annotations",
    "span_annotations",
    "behavioral_data",
];

/// The schema of the text box for notes.
const NOTE: &str = "note";

/// The schema of the label.
const LABEL: &str = "label";

/// The record of an instance.
pub(super) fn records(instance: &Map<String, Value>) -> Result<Vec<LabelRecord>, String> {
    let mut record = fields::record(instance, &OWN)?;
    let name = if instance.contains_key("displayed_text") { "displayed_text" } else { "text" };
    record.text = fields::needed_text(instance, name)?;
    let id = instance.get("instance_id").or(instance.get("id")).and_then(fields::text);
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        record.other.insert("id".to_string(), id);
    }
    record.coder = instance.get("user_id").and_then(fields::text).unwrap_or_default();
    let mut labels = Vec::new();
    let schemas = instance.get("label_annotations").and_then(Value::as_object);
    for (schema, chosen) in schemas.into_iter().flatten() {
        let Some(chosen) = chosen.as_object() else { continue };
        for (label, value) in chosen {
            let value = fields::text(value).unwrap_or_default();
            match schema.as_str() {
                NOTE => record.note = value,
                _ if ["false", "", "0"].contains(&value.as_str()) => {}
                _ => labels.push(label.clone()),
            }
        }
    }
    for span in instance.get("span_annotations").and_then(Value::as_array).into_iter().flatten() {
        let Some(place) = fields::place(span, "start", "end") else { continue };
        let name = ["annotation", "name"].iter().find_map(|name| span.get(*name)?.as_str());
        fields::add_span(&mut record, name.unwrap_or(MARK), place)?;
    }
    match labels.len() {
        0 => Ok(vec![record]),
        1 => Ok(vec![record.with_label(labels.pop())]),
        n => Err(format!("{n} labels ({}); a sentence has one", labels.join(", "))),
    }
}

/// The instance of a record.
pub(super) fn item(record: &LabelRecord) -> Value {
    let without = ["text", "label", "marks", "target_start", "target_end", "note", "id", "coder"];
    let mut item = fields::object(record.columns(), &without);
    if record.target_place.is_some_and(|place| at(&record.text, place) == record.target) {
        item.remove("target");
    }
    let mut schemas = Map::new();
    if let Some(label) = &record.label {
        schemas.insert(LABEL.to_string(), json!({(label): "true"}));
    }
    if !record.note.is_empty() {
        schemas.insert(NOTE.to_string(), json!({"text_box": record.note}));
    }
    let target = record.target_place.map(|place| (place, TARGET));
    let spans = target.into_iter().chain(record.marks.iter().map(|place| (*place, MARK)));
    let span = |((start, end), name): ((usize, usize), &str)| json!({"start": start, "end": end, "span": at(&record.text, (start, end)), "annotation": name});
    item.insert("instance_id".to_string(), json!(record.other.get("id")));
    item.insert("user_id".to_string(), json!(record.coder));
    item.insert("displayed_text".to_string(), json!(record.text));
    item.insert("label_annotations".to_string(), Value::Object(schemas));
    item.insert("span_annotations".to_string(), spans.map(span).collect());
    Value::Object(item)
}
