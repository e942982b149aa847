//! doccano (1.8): one JSON object a line.
//!
//! Text classification has `label: ["critical"]`, sequence labelling `label: [[0, 4, "critical"]]` or
//! `entities`, intent detection and slot filling `cats` and `entities`. Places are Unicode characters.
//! Comments stand in `Comments`; all other fields are metadata of the item.

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET};
use super::label_record::LabelRecord;
use super::text_offsets::at;

/// doccano's own fields.
const OWN: [&str; 9] =
    ["id", "text", "data", "label", "labels", "cats", "entities", "relations", "Comments"];

/// The field that holds our id: `id` is doccano's.
const ID: &str = "item";

/// The records of one item: one, or one of each span that has a label of its own.
pub(super) fn records(item: &Map<String, Value>) -> Result<Vec<LabelRecord>, String> {
    let mut record = fields::record(item, &OWN)?;
    record.text =
        fields::needed_text(item, if item.contains_key("data") { "data" } else { "text" })?;
    if let Some(id) = record.other.remove(ID).or_else(|| item.get("id").and_then(fields::text)) {
        record.other.insert("id".to_string(), id);
    }
    let comments = item.get("Comments").and_then(Value::as_array).into_iter().flatten();
    let comments: Vec<String> = comments.filter_map(fields::text).collect();
    if !comments.is_empty() {
        record.note = comments.join("; ");
    }
    let of = |name: &str| item.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let given = [of("label"), of("labels"), of("cats")].concat();
    let classes: Vec<String> = given.iter().filter_map(fields::text).collect();
    let class = match &classes[..] {
        [] => None,
        [class] => Some(class.clone()),
        several => {
            return Err(format!(
                "{} labels ({}); a sentence has one",
                several.len(),
                several.join(", ")
            ));
        }
    };
    let span = |span: &Value| {
        let place =
            (span.get(0)?.as_u64()?.try_into().ok()?, span.get(1)?.as_u64()?.try_into().ok()?);
        Some((place, span.get(2)?.as_str()?.to_string()))
    };
    let entity = |entity: &Value| {
        let place = fields::place(entity, "start_offset", "end_offset")?;
        Some((place, entity.get("label")?.as_str()?.to_string()))
    };
    let entities = of("entities");
    let spans = given.iter().filter_map(span).chain(entities.iter().filter_map(entity));
    let mut labelled_spans = Vec::new();
    for (place, name) in spans {
        match name.as_str() {
            TARGET | MARK => fields::add_span(&mut record, &name, place)?,
            // In sequence labelling the label is that of the place.
            _ => labelled_spans.push((place, name)),
        }
    }
    if labelled_spans.is_empty() {
        return Ok(vec![record.with_label(class)]);
    }
    let of_span = |(place, label): ((usize, usize), String)| {
        let mut of_span = record.clone();
        fields::add_span(&mut of_span, TARGET, place)?;
        Ok(of_span.with_label(Some(label)))
    };
    labelled_spans.into_iter().map(of_span).collect()
}

/// The item of a record.
pub(super) fn item(record: &LabelRecord) -> Value {
    let without = ["text", "label", "marks", "target_start", "target_end", "note", "id"];
    let mut item = fields::object(record.columns(), &without);
    if let Some(id) = record.other.get("id") {
        item.insert(ID.to_string(), json!(id));
    }
    // doccano would show the target twice where its place tells it already.
    if record.target_place.is_some_and(|place| at(&record.text, place) == record.target) {
        item.remove("target");
    }
    item.insert("text".to_string(), json!(record.text));
    let classes: Vec<&String> = record.label.iter().collect();
    let target = record.target_place.map(|place| (place, TARGET));
    let spans = target.into_iter().chain(record.marks.iter().map(|place| (*place, MARK)));
    let spans: Vec<Value> = spans.map(|((start, end), name)| json!([start, end, name])).collect();
    if spans.is_empty() {
        item.insert("label".to_string(), json!(classes));
    } else {
        let entity = |(id, span): (usize, &Value)| json!({"id": id, "label": span[2], "start_offset": span[0], "end_offset": span[1]});
        let entities: Vec<Value> = spans.iter().enumerate().map(entity).collect();
        item.insert("cats".to_string(), json!(classes));
        item.insert("entities".to_string(), json!(entities));
    }
    if !record.note.is_empty() {
        item.insert("Comments".to_string(), json!([record.note]));
    }
    Value::Object(item)
}
