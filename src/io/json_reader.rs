//! Reads tables in JSON, in any of the shapes in which programs write them.
//!
//! | shape | who writes it |
//! | --- | --- |
//! | an object in each line | trafilatura, Twitter tools, pandas (`lines=True`) |
//! | an array of objects | most programs, pandas (`orient="records"`) |
//! | `{"text": {"0": …}, …}`, a key for each column | pandas by default |
//! | `{"0": {"text": …}, …}`, a key for each row | pandas (`orient="index"`) |
//! | `{"columns": …, "data": …}` | pandas (`orient="split"`) |
//! | `{"articles": [ … ], …}`, whatever the key | news interfaces |
//! | one object over several lines | newspaper3k, news-please: an article a file |
//!
//! Lines and arrays are read one object after another. The other shapes are held in memory, up to
//! 256 MiB.

use std::collections::BTreeSet;
use std::io::{BufRead, Cursor, Read};

use serde_json::{Map, Value};

use super::columns::Columns;
use super::file_reader::{OpenedFile, Start};
use super::header::Schema;
use super::json_array_reader::JsonArrayReader;
use super::json_lines_reader::JsonLinesReader;
use super::json_object::{Object, ObjectRows, no_json};
use super::numbered_lines::NumberedLines;
use super::read_error::ReadError;
use super::row::Rows;
use crate::error::Error;

/// Maximum size in bytes of a file that is one object.
const MAX_OBJECT: usize = 256 << 20;

/// Whether a file begins as JSON does.
pub(super) fn is_json(start: &Start) -> bool {
    let text = start.text.trim_start();
    let is_followed = |mark: char, by: &[char]| {
        text.strip_prefix(mark).is_some_and(|rest| rest.trim_start().starts_with(by))
    };
    is_followed('{', &['"', '}']) || is_followed('[', &['{', ']'])
}

/// The rows of a table in JSON.
pub(super) fn rows(
    file: OpenedFile,
    schema: &'static Schema,
    columns: &Columns,
) -> Result<Rows, Error> {
    let path = file.path().to_path_buf();
    let is_array = file.start().text.trim_start().starts_with('[');
    let mut reader = file.decoded()?;
    if is_array {
        return Ok(Box::new(JsonArrayReader::new(&path, reader, schema, columns)));
    }
    let mut text = Vec::new();
    let fail = |error| Error::read(&path, error);
    // The first line that is not blank.
    let n_wanted = MAX_OBJECT as u64 + 1;
    while text.trim_ascii().is_empty()
        && reader.by_ref().take(n_wanted).read_until(b'\n', &mut text).map_err(fail)? > 0
    {}
    let is_only_line = reader.fill_buf().map_err(fail)?.is_empty();
    let first = serde_json::from_slice::<Object>(text.trim_ascii());
    let is_open = first.as_ref().is_err_and(serde_json::Error::is_eof);
    if text.len() <= MAX_OBJECT && is_open && !is_only_line {
        reader.take(n_wanted - text.len() as u64).read_to_end(&mut text).map_err(fail)?;
    } else if !is_only_line || first.is_err() {
        let whole = Box::new(Cursor::new(text).chain(reader));
        return Ok(Box::new(JsonLinesReader::new(
            NumberedLines::new(&path, whole),
            schema,
            columns,
        )));
    }
    if text.len() > MAX_OBJECT {
        let limit = MAX_OBJECT >> 20;
        let reason = format!("one object of more than {limit} MiB; write one object in each line");
        return Err(Error::file(&path, reason));
    }
    let object = serde_json::from_slice(&text)
        .map_err(|error| Error::row(&path, error.line() as u64, no_json(&error)))?;
    let is_field = |name: &str| schema.is_field(name, columns);
    let objects = shaped(object, is_field).map_err(|reason| Error::file(&path, reason))?;
    let mut table = ObjectRows::new(schema, columns);
    let mut objects = objects.into_iter();
    Ok(Box::new(std::iter::from_fn(move || {
        let Some(object) = objects.next() else { return table.never_seen(&path).map(Err) };
        let row = table.row(1, Ok(object));
        Some(row.map_err(|reason| ReadError::Row(Error::row(&path, 1, reason))))
    })))
}

/// Takes an object that is a whole file; gives the objects that are its rows.
fn shaped(object: Object, is_field: impl Fn(&str) -> bool) -> Result<Vec<Object>, String> {
    let has_objects = !object.0.is_empty() && object.0.iter().all(|(_, value)| value.is_object());
    if has_objects && object.0.iter().any(|(name, _)| is_field(name)) {
        return Ok(of_columns(object));
    }
    if has_objects {
        return Ok(object.0.into_iter().map(|(_, row)| entries(row)).collect());
    }
    let is_table = |(_, value): &&(String, Value)| match value {
        Value::Array(elements) => elements.first().is_some_and(Value::is_object),
        _ => false,
    };
    let has_field = object.0.iter().any(|(name, value)| is_field(name) && value.is_string());
    let tables: Vec<_> = object.0.iter().filter(is_table).map(|(name, _)| name.clone()).collect();
    match (of_split(&object), &tables[..]) {
        (Some(rows), _) => Ok(rows),
        (None, [name]) if !has_field => {
            let table = object.0.into_iter().find(|(of, _)| of == name);
            let Some((_, Value::Array(rows))) = table else { return Ok(Vec::new()) };
            Ok(rows.into_iter().map(entries).collect())
        }
        (None, [first, second, ..]) if !has_field => Err(format!(
            "two arrays of objects, `{first}` and `{second}`; keep the one that holds the rows"
        )),
        _ => Ok(vec![object]),
    }
}

/// The entries of a value that should be an object; any other value has none.
fn entries(value: Value) -> Object {
    match value {
        Value::Object(map) => Object(map.into_iter().collect()),
        _ => Object(Vec::new()),
    }
}

/// The rows of `{"text": {"0": …, "1": …}, …}`, in the order of the first column.
fn of_columns(object: Object) -> Vec<Object> {
    let columns: Vec<(String, Map<String, Value>)> = object
        .0
        .into_iter()
        .filter_map(|(name, column)| match column {
            Value::Object(column) => Some((name, column)),
            _ => None,
        })
        .collect();
    let mut keys: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    for (_, column) in &columns {
        keys.extend(column.keys().filter(|key| known.insert((*key).clone())).cloned());
    }
    // serde_json sorts keys as text; pandas numbers rows.
    if keys.iter().all(|key| key.parse::<u64>().is_ok()) {
        keys.sort_by_key(|key| key.parse::<u64>().unwrap_or_default());
    }
    let row = |key: &String| {
        let field = |(name, column): &(String, Map<String, Value>)| {
            (name.clone(), column.get(key).cloned().unwrap_or_default())
        };
        Object(columns.iter().map(field).collect())
    };
    keys.iter().map(row).collect()
}

/// The rows of `{"columns": ["text", …], "data": [["…"], …]}`; none where the object has another shape.
fn of_split(object: &Object) -> Option<Vec<Object>> {
    let array = |name: &str| {
        let (_, value) = object.0.iter().find(|(of, _)| of == name)?;
        value.as_array()
    };
    let names = array("columns")?.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
    let rows = array("data")?.iter().map(Value::as_array).collect::<Option<Vec<_>>>()?;
    let row = |values: &Vec<Value>| {
        let names = names.iter().map(ToString::to_string);
        Object(names.zip(values.iter().cloned()).collect())
    };
    Some(rows.into_iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    use crate::io::row::Row;

    const SCHEMA: Schema = Schema {
        noun: "articles",
        required: &["text"],
        ..Schema::of(&["id", "outlet", "title", "text"])
    };

    fn read(text: &str) -> Result<Vec<Row>, Error> {
        let bytes = Box::new(Cursor::new(text.as_bytes().to_vec()));
        let file = OpenedFile::new(Path::new("f.json"), bytes)?;
        rows(file, &SCHEMA, &Columns::default())?.map(|row| row.map_err(Error::from)).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let rows = read(text).unwrap();
        let found: Vec<_> =
            rows.iter().map(|row| format!("{} {}", row.get("id"), row.get("text"))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_shape_gives_the_same_rows() {
        let expected = ["1 a", "2 b"];
        check("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"b\"}\n", &expected);
        check("\n [{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\"text\":\"b\"}]", &expected);
        check("{\"id\":{\"0\":1,\"1\":2},\"text\":{\"0\":\"a\",\"1\":\"b\"}}", &expected);
        check("{\"0\":{\"id\":1,\"text\":\"a\"},\"1\":{\"id\":2,\"text\":\"b\"}}", &expected);
        check(
            "{\"columns\":[\"id\",\"text\"],\"index\":[0,1],\"data\":[[1,\"a\"],[2,\"b\"]]}",
            &expected,
        );
        check(
            "{\"status\":\"ok\",\"articles\":[{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\"text\":\"b\"}]}",
            &expected,
        );
        check("{\n \"id\": 1,\n \"text\": \"a\",\n \"authors\": [{\"x\": 1}]\n}\n", &["1 a"]);
        check("{\"id\":1,\"text\":\"a\"}", &["1 a"]);
    }

    #[test]
    fn rows_of_columns_are_in_the_order_of_numbers() {
        let column = |f: &dyn Fn(u32) -> String| {
            let entries = (0..12).map(|n| format!("\"{n}\":\"{}\"", f(n)));
            entries.collect::<Vec<_>>().join(",")
        };
        let text = format!(
            "{{\"id\":{{{}}},\"text\":{{{}}}}}",
            column(&|n| n.to_string()),
            column(&|n| format!("t{n}"))
        );
        let expected: Vec<_> = (0..12).map(|n| format!("{n} t{n}")).collect();
        check(&text, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let message = read(text).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        refused("{\n\"text\": }", "f.json, line 2: cannot be read as JSON: expected value");
        refused("{\n\"text\": \"a\"", "f.json, line 2: cannot be read as JSON: EOF");
        refused("{\"text\":\"a\"}\n{\"text\":}\n", "f.json, line 2: cannot be read as JSON");
        refused(
            "{\"a\":[{\"text\":1}],\"b\":[{\"text\":1}]}",
            "two arrays of objects, `a` and `b`",
        );
        refused("{\"a\":[{\"body\":1}]}", "no column `text`, found `body`");
        refused(&"{\"text\":\n".repeat(5000), "recursion limit");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "([{}\\[\\]\",:0a \n]|\"text\":|\"0\":|\"data\":|\"a\"){0,40}") {
            let _ = read(&format!("{{{text}"));
            let _ = read(&text);
        }
    }
}
