//! doccano (1.8): one JSON object a line.
//!
//! Text classification has `label: ["critical"]`, sequence labelling `label: [[0, 4, "critical"]]` or, with
//! relations, `entities` as objects; intent detection and slot filling has `cats` and `entities`. Places are
//! UTF-16 code units, as its page counts them. Comments stand in `Comments`, which is written by doccano alone: it does not take
//! comments in. All other fields are metadata of the item. doccano refuses a whole file unless every line has
//! the same fields.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET, WRITTEN_LABEL};
use super::label_record::LabelRecord;
use super::text_offsets::{Places, at, to_utf16};

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
    add_comments(&mut record, item);
    let of = |name: &str| item.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let given = [of("label"), of("labels"), of("cats")].concat();
    let classes: Vec<String> = given.iter().filter_map(fields::text).collect();
    let class = match &classes[..] {
        [] => None,
        [class] => Some(class.clone()),
        several => {
            let (n, all) = (several.len(), several.join(", "));
            return Err(format!("{n} labels ({all}); a sentence has one"));
        }
    };
    let written = record.other.remove(WRITTEN_LABEL).unwrap_or_default();
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
    let either = |of: &Value| span(of).or_else(|| entity(of));
    let spans = given.iter().chain(&entities).filter_map(either);
    let places = Places::of(&record.text);
    let mut labelled_spans = Vec::new();
    for ((start, end), name) in spans {
        let place = places.characters((start, end)).ok_or_else(|| {
            format!("the span {start} to {end} lies beyond the text, or splits a character")
        })?;
        match name.as_str() {
            TARGET | MARK => fields::add_span(&mut record, &name, place)?,
            // In sequence labelling the label is that of the place.
            _ => labelled_spans.push((place, name)),
        }
    }
    if labelled_spans.is_empty() {
        return Ok(vec![record.relabelled(class, &written)]);
    }
    let of_span = |(place, label): ((usize, usize), String)| {
        let mut of_span = record.clone();
        fields::add_span(&mut of_span, TARGET, place)?;
        Ok(of_span.relabelled(Some(label), &written))
    };
    labelled_spans.into_iter().map(of_span).collect()
}

/// Takes in comments: texts, or in projects with relations objects.
fn add_comments(record: &mut LabelRecord, item: &Map<String, Value>) {
    let comments = item.get("Comments").and_then(Value::as_array).into_iter().flatten();
    let text = |of: &Value| fields::text(of).or_else(|| of.get("comment").and_then(fields::text));
    let own = Some(record.note.clone()).filter(|note| !note.is_empty());
    let notes: Vec<String> = own.into_iter().chain(comments.filter_map(text)).collect();
    record.note = notes.join("; ");
}

/// The items of records, all with the same fields.
pub(super) fn write(records: &[LabelRecord]) -> String {
    let has_spans = |of: &LabelRecord| of.target_place.is_some() || !of.marks.is_empty();
    let have_spans = records.iter().any(has_spans);
    let items: Vec<_> = records.iter().map(|record| item(record, have_spans)).collect();
    let names: BTreeSet<String> = items.iter().flat_map(|item| item.keys().cloned()).collect();
    let filled = |mut item: Map<String, Value>| {
        for name in &names {
            item.entry(name.clone()).or_insert_with(|| json!(""));
        }
        Value::Object(item)
    };
    fields::lines(items.into_iter().map(filled))
}

/// The item of a record, for a project with spans or without.
fn item(record: &LabelRecord, with_spans: bool) -> Map<String, Value> {
    let without = ["text", "label", "marks", "target_start", "target_end", "id"];
    let mut item = fields::object(record.columns(), &without);
    if let Some(id) = record.other.get("id") {
        item.insert(ID.to_string(), json!(id));
    }
    // doccano would show the target twice where its place tells it already.
    if record.target_place.is_some_and(|place| at(&record.text, place) == record.target) {
        item.remove("target");
    }
    item.insert("text".to_string(), json!(record.text));
    item.insert(WRITTEN_LABEL.to_string(), json!(record.label.as_deref().unwrap_or_default()));
    let classes: Vec<&String> = record.label.iter().collect();
    if !with_spans {
        item.insert("label".to_string(), json!(classes));
        return item;
    }
    let target = record.target_place.map(|place| (place, TARGET));
    let spans = target.into_iter().chain(record.marks.iter().map(|place| (*place, MARK)));
    let span = |(place, name): ((usize, usize), &str)| {
        let (start, end) = to_utf16(&record.text, place);
        json!([start, end, name])
    };
    let spans: Vec<Value> = spans.map(span).collect();
    item.insert("cats".to_string(), json!(classes));
    item.insert("entities".to_string(), json!(spans));
    item
}
