//! Fields of JSON objects as columns.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::label_record::LabelRecord;

/// Reads a JSON object from each line; gives the line that is wrong.
pub(super) fn each_line(
    content: &str,
    records: fn(&Map<String, Value>) -> Result<Vec<LabelRecord>, String>,
) -> Result<Vec<LabelRecord>, (u64, String)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(content.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let object: Map<String, Value> = serde_json::from_str(line)
            .map_err(|error| (number, format!("no JSON object on one line: {error}")))?;
        found.extend(records(&object).map_err(|reason| (number, reason))?);
    }
    Ok(found)
}

/// Objects, one a line.
pub(super) fn lines(objects: impl Iterator<Item = Value>) -> String {
    objects.map(|object| format!("{object}\n")).collect()
}

/// A value as the text of a column; none where it is a list or an object.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The simple fields of an object as columns, those of the tool itself left out.
pub(super) fn columns<'o>(
    object: &'o Map<String, Value>,
    own: &'o [&str],
) -> impl Iterator<Item = (String, String)> + 'o {
    let others = object.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    others.filter_map(|(name, value)| Some((name.clone(), text(value)?)))
}

/// The record of an object's simple fields.
pub(super) fn record(object: &Map<String, Value>, own: &[&str]) -> Result<LabelRecord, String> {
    LabelRecord::of_columns(columns(object, own))
}

/// The columns as fields, without those named.
pub(super) fn object(columns: BTreeMap<String, String>, without: &[&str]) -> Map<String, Value> {
    let kept = columns.into_iter().filter(|(name, _)| !without.contains(&name.as_str()));
    kept.map(|(name, value)| (name, Value::String(value))).collect()
}

/// The text of an item.
pub(super) fn needed_text(object: &Map<String, Value>, name: &str) -> Result<String, String> {
    object
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_string)
        .ok_or_else(|| format!("there is no `{name}`; is it a file of that tool?"))
}

/// A place from two numbers of an object.
pub(super) fn place(object: &Value, start: &str, end: &str) -> Option<(usize, usize)> {
    let number = |name: &str| object.get(name)?.as_u64()?.try_into().ok();
    Some((number(start)?, number(end)?)).filter(|(start, end)| start <= end)
}

/// What marked words are called in tools that name their spans.
pub(super) const MARK: &str = "decided";

/// What the target is called in them.
pub(super) const TARGET: &str = "target";

/// The label that an item had when it was written: who gives it another one is not who gave that one.
pub(super) const WRITTEN_LABEL: &str = "written_label";

/// The records of each item, in the order in which items first occur.
pub(super) fn by_item(records: &[LabelRecord]) -> Vec<Vec<&LabelRecord>> {
    let mut items: Vec<Vec<&LabelRecord>> = Vec::new();
    let mut known = BTreeMap::new();
    for record in records {
        let at = *known.entry(record.item()).or_insert(items.len());
        if at == items.len() {
            items.push(Vec::new());
        }
        items[at].push(record);
    }
    items
}

/// Takes in a span that a tool names.
pub(super) fn add_span(
    record: &mut LabelRecord,
    name: &str,
    place: (usize, usize),
) -> Result<(), String> {
    let n = record.text.chars().count();
    if place.1 > n {
        let (start, end) = place;
        return Err(format!("the span {start} to {end} lies beyond a text of {n} characters"));
    }
    match name {
        TARGET => {
            record.target = super::text_offsets::at(&record.text, place);
            record.target_place = Some(place);
        }
        _ => record.marks.push(place),
    }
    Ok(())
}
