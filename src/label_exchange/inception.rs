//! INCEpTION: a UIMA CAS as JSON (format 0.4), one document that holds a sentence a line.
//!
//! Layers, with features that are text:
//!
//! - `webanno.custom.Item` over each sentence: `item`, `target`, `outlet`, `headline` to be read by coders, and
//!   all other columns in `columns`, as JSON;
//! - `webanno.custom.Label` over the sentence, one of each coder: `label, coder, note, status, time, seconds`;
//! - `webanno.custom.Words` over words of it: `kind` is `target` or `decided`, `coder` whose mark it is.
//!
//! Documents without the layer `Item` are read, too: then DKPro's sentences are the items, every annotation
//! with a text feature `label` is a label, and where it covers a part of the sentence, that is the target.
//! Places are UTF-16 code units, as in Java.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::fields::{self, MARK, TARGET};
use super::label_record::LabelRecord;
use super::text_offsets::{Places, at, to_utf16};

const SOFA: &str = "uima.cas.Sofa";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const ITEM: &str = "webanno.custom.Item";
const LABEL: &str = "webanno.custom.Label";
const WORDS: &str = "webanno.custom.Words";

/// Columns of an item that coders see; `id` is called `item`, as `id` is INCEpTION's.
const SHOWN: [(&str, &str); 4] =
    [("id", "item"), ("target", "target"), ("outlet", "outlet"), ("headline", "headline")];

/// Columns of a label.
const OF_LABEL: [&str; 6] = ["label", "coder", "note", "status", "time", "seconds"];

/// An annotation: its place in characters of the document, and its features.
struct Annotation<'d> {
    kind: &'d str,
    start: usize,
    end: usize,
    fields: &'d Map<String, Value>,
}

impl Annotation<'_> {
    /// A feature's text; empty where it has none.
    fn text(&self, name: &str) -> String {
        self.fields.get(name).and_then(fields::text).unwrap_or_default()
    }

    fn holds(&self, other: &Annotation<'_>) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The records of a document; the number with an error is that of the line of JSON, or 0.
pub(super) fn read(content: &str) -> Result<Vec<LabelRecord>, (u64, String)> {
    let cas: Value = serde_json::from_str(content)
        .map_err(|error| (error.line() as u64, format!("no UIMA CAS as JSON: {error}")))?;
    document(&cas).map_err(|reason| (0, reason))
}

fn document(cas: &Value) -> Result<Vec<LabelRecord>, String> {
    let (text, annotations) = annotations(cas)?;
    let is_ours = annotations.iter().any(|of| of.kind == ITEM);
    let item_kind = if is_ours { ITEM } else { SENTENCE };
    let is_label = |of: &&Annotation<'_>| match is_ours {
        true => of.kind == LABEL,
        false => of.fields.get("label").is_some_and(Value::is_string),
    };
    let items: Vec<_> = annotations.iter().filter(|of| of.kind == item_kind).collect();
    let labels: Vec<_> = annotations.iter().filter(is_label).collect();
    let words: Vec<_> = annotations.iter().filter(|of| of.kind == WORDS).collect();
    if items.is_empty() {
        return Err(format!("no annotation of the layer {ITEM}, and no sentence"));
    }
    if !is_ours && labels.is_empty() {
        return Err("no annotation has a feature `label`".to_string());
    }
    let mut found = Vec::new();
    for item in items {
        let record = item_record(item, &text)?;
        let words = within(item, &words);
        let before = found.len();
        for label in within(item, &labels).iter().filter(|label| item.holds(label)) {
            found.push(labelled(&record, item, label, words)?);
        }
        if found.len() == before {
            found.push(with_words(record, item, "", words)?);
        }
    }
    Ok(found)
}

/// Those that begin within an item, of annotations in the order in which they begin.
fn within<'a, 'd>(
    item: &Annotation<'_>,
    all: &'a [&'d Annotation<'d>],
) -> &'a [&'d Annotation<'d>] {
    let from = all.partition_point(|of| of.start < item.start);
    let n = all[from..].partition_point(|of| of.start < item.end.max(item.start + 1));
    &all[from..from + n]
}

/// The characters of a document, and its annotations in the order in which they begin.
fn annotations(cas: &Value) -> Result<(Vec<char>, Vec<Annotation<'_>>), String> {
    let structures: Vec<&Map<String, Value>> = match cas.get("%FEATURE_STRUCTURES") {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(by_id)) => by_id.values().filter_map(Value::as_object).collect(),
        _ => return Err("there are no %FEATURE_STRUCTURES; export as UIMA CAS JSON 0.4".into()),
    };
    let is_sofa = |of: &&&Map<String, Value>| of.get("%TYPE").is_some_and(|kind| kind == SOFA);
    let sofa = structures.iter().find(is_sofa).and_then(|sofa| sofa.get("sofaString"));
    let text = sofa.and_then(Value::as_str).ok_or("there is no document text (sofaString)")?;
    let places = Places::of(text);
    let mut annotations = Vec::new();
    for fields in structures {
        let number = |name: &str| fields.get(name)?.as_u64()?.try_into().ok();
        let kind = fields.get("%TYPE").and_then(Value::as_str);
        // What has no end is no annotation.
        let (Some(kind), Some(end)) = (kind, number("end")) else { continue };
        let begin: usize = number("begin").unwrap_or(0);
        let (start, end) = places.characters((begin, end)).ok_or_else(|| {
            format!(
                "an annotation from {begin} to {end} lies beyond the text, or splits a character"
            )
        })?;
        annotations.push(Annotation { kind, start, end, fields });
    }
    annotations.sort_by_key(|of| (of.start, of.end));
    Ok((text.chars().collect(), annotations))
}

/// The record of a sentence that nobody has labelled.
fn item_record(item: &Annotation<'_>, text: &[char]) -> Result<LabelRecord, String> {
    let mut columns = BTreeMap::new();
    if item.kind == ITEM {
        let others = item.text("columns");
        if !others.is_empty() {
            columns = serde_json::from_str(&others)
                .map_err(|error| format!("the feature `columns` is no JSON object: {error}"))?;
        }
        columns.extend(SHOWN.map(|(column, feature)| (column.to_string(), item.text(feature))));
    }
    let mut record = LabelRecord::of_columns(columns)?;
    record.text = text[item.start..item.end].iter().collect();
    Ok(record)
}

fn labelled(
    item: &LabelRecord,
    around: &Annotation<'_>,
    label: &Annotation<'_>,
    words: &[&Annotation<'_>],
) -> Result<LabelRecord, String> {
    let mut record = item.clone();
    record.coder = label.text("coder");
    record.note = label.text("note");
    record.status = label.text("status");
    record.time = label.text("time");
    record.seconds = label.text("seconds");
    let coder = record.coder.clone();
    let is_part = (label.start, label.end) != (around.start, around.end);
    if is_part && record.target.is_empty() {
        let place = (label.start - around.start, label.end - around.start);
        fields::add_span(&mut record, TARGET, place)?;
    }
    let record = with_words(record, around, &coder, words)?;
    let written = label.text(fields::WRITTEN_LABEL);
    Ok(record.relabelled(Some(label.text("label")).filter(|label| !label.is_empty()), &written))
}

/// Takes in the places that a coder marked, and those that are nobody's.
fn with_words(
    mut record: LabelRecord,
    around: &Annotation<'_>,
    coder: &str,
    words: &[&Annotation<'_>],
) -> Result<LabelRecord, String> {
    let mine = |of: &&&Annotation<'_>| {
        let by = of.text("coder");
        around.holds(of) && (by.is_empty() || by == coder)
    };
    for of in words.iter().filter(mine) {
        let place = (of.start - around.start, of.end - around.start);
        fields::add_span(&mut record, &of.text("kind"), place)?;
    }
    Ok(record)
}

/// The document of records, each sentence once.
pub(super) fn write(records: &[LabelRecord]) -> String {
    let mut document = Document { text: String::new(), units: 0, structures: Vec::new() };
    for of_item in fields::by_item(records) {
        let item = of_item[0];
        let begin = document.units;
        let place = |(start, end): (usize, usize)| {
            let (start, end) = to_utf16(&item.text, (start, end));
            (begin + start, begin + end)
        };
        let whole = place((0, item.text.chars().count()));
        document.add(SENTENCE, whole, &[]);
        document.add_item(item, whole);
        if let Some(target) = item.target_place {
            document.add(WORDS, place(target), &[("kind", TARGET.to_string())]);
        }
        for record in of_item {
            let columns = record.columns();
            let of_label =
                OF_LABEL.map(|name| (name, columns.get(name).cloned().unwrap_or_default()));
            if of_label.iter().any(|(_, value)| !value.is_empty()) {
                let written = record.label.clone().unwrap_or_default();
                let written = (fields::WRITTEN_LABEL, written);
                document.add(LABEL, whole, &[&of_label[..], &[written]].concat());
            }
            for mark in &record.marks {
                document.add(
                    WORDS,
                    place(*mark),
                    &[("kind", MARK.to_string()), ("coder", record.coder.clone())],
                );
            }
        }
        document.end_line(&item.text);
    }
    document.json()
}

/// A document as it grows.
struct Document {
    text: String,
    /// Its length in UTF-16 code units.
    units: usize,
    structures: Vec<Value>,
}

impl Document {
    /// Adds an annotation; empty features are left out.
    fn add(&mut self, kind: &str, (begin, end): (usize, usize), features: &[(&str, String)]) {
        // The text itself is number 1.
        let id = self.structures.len() + 2;
        let mut of = json!({"%ID": id, "%TYPE": kind, "@sofa": 1, "begin": begin, "end": end});
        for (name, value) in features.iter().filter(|(_, value)| !value.is_empty()) {
            of[*name] = json!(value);
        }
        self.structures.push(of);
    }

    fn add_item(&mut self, item: &LabelRecord, place: (usize, usize)) {
        let mut columns = item.columns();
        let not_of_item = ["text", "marks", "target_start", "target_end"];
        columns.retain(|name, _| ![&OF_LABEL[..], &not_of_item].concat().contains(&name.as_str()));
        if item.target_place.is_some_and(|place| at(&item.text, place) == item.target) {
            columns.remove("target");
        }
        let shown =
            SHOWN.map(|(name, feature)| (feature, columns.remove(name).unwrap_or_default()));
        let others = match columns.is_empty() {
            true => String::new(),
            false => json!(columns).to_string(),
        };
        self.add(ITEM, place, &[&shown[..], &[("columns", others)]].concat());
    }

    fn end_line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.units += text.encode_utf16().count() + 1;
    }

    fn json(self) -> String {
        let sofa = json!({"%ID": 1, "%TYPE": SOFA, "sofaNum": 1, "sofaID": "_InitialView",
            "mimeType": "text", "sofaString": self.text});
        let members: Vec<usize> = (2..self.structures.len() + 2).collect();
        let structures: Vec<Value> = std::iter::once(sofa).chain(self.structures).collect();
        let item: Vec<&str> = SHOWN.iter().map(|(_, name)| *name).chain(["columns"]).collect();
        let label: Vec<&str> = OF_LABEL.into_iter().chain([fields::WRITTEN_LABEL]).collect();
        let cas = json!({
            "%TYPES": {
                SENTENCE: layer(SENTENCE, &["id"]),
                ITEM: layer(ITEM, &item),
                LABEL: layer(LABEL, &label),
                WORDS: layer(WORDS, &["kind", "coder"]),
            },
            "%FEATURE_STRUCTURES": structures,
            "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
        });
        serde_json::to_string_pretty(&cas).unwrap_or_default() + "\n"
    }
}

/// A layer whose features are text.
fn layer(name: &str, features: &[&str]) -> Value {
    let mut layer = json!({"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation"});
    for feature in features {
        layer[*feature] = json!({"%NAME": feature, "%RANGE": "uima.cas.String"});
    }
    layer
}
