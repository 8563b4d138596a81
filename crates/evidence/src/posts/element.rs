//! JSON values as text, as lists, and as rows of a table whose columns are paths.

use super::Row;
use super::columns::Plan;
use super::items_of;
use serde_json::Value;
use std::borrow::Cow;

/// Some pieces of text.
pub(crate) type Texts<'a> = Vec<Cow<'a, str>>;

/// Most columns that a table of JSON objects may have.
const MOST_COLUMNS: usize = 300;
/// How deep paths go.
const DEEP: usize = 5;

/// A scalar as text; empty for anything else.
pub(crate) fn text_of(v: &Value) -> Cow<'_, str> {
    match v {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(n) => Cow::Owned(n.to_string()),
        Value::Bool(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
        _ => Cow::Borrowed(""),
    }
}

/// The items of an array: strings as they are, of objects the first of these keys that holds something.
pub(crate) fn list_of<'a>(v: &'a Value, keys: &[&str]) -> Texts<'a> {
    let items = v.as_array().map(Vec::as_slice).unwrap_or_default();
    let one = |item: &'a Value| match item {
        Value::Object(of) => keys.iter().filter_map(|k| of.get(*k)).map(text_of).find(|t| !t.is_empty()),
        Value::Array(_) => None,
        _ if keys.first() == Some(&"href") => None,
        other => Some(text_of(other)),
    };
    items.iter().filter_map(one).filter(|t| !t.is_empty()).collect()
}

/// The value at a path with dots; a key that holds dots itself is found too.
pub(crate) fn at_path<'a>(v: &'a Value, path: &str) -> &'a Value {
    let (mut v, mut path) = (v, path);
    loop {
        if let Some(found) = v.get(path) {
            return found;
        }
        let Some((key, rest)) = path.split_once('.') else { return &Value::Null };
        let Some(inner) = v.get(key) else { return &Value::Null };
        (v, path) = (inner, rest);
    }
}

/// Every path to a scalar or an array, with the scalar's text.
pub(crate) fn paths(v: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<(String, &Value, usize)> = vec![(String::new(), v, 0)];
    while let Some((path, value, deep)) = open.pop() {
        match value {
            Value::Object(of) if deep < DEEP => {
                let inner = |k: &String| if path.is_empty() { k.clone() } else { format!("{path}.{k}") };
                open.extend(of.iter().rev().map(|(k, v)| (inner(k), v, deep + 1)));
            }
            Value::Object(_) => {}
            other => found.push((path, text_of(other).into_owned())),
        }
        if found.len() >= MOST_COLUMNS {
            break;
        }
    }
    found
}

/// The columns of some objects, in order of first appearance, and a row of each.
pub(crate) fn sample(values: &[Value]) -> super::columns::Sample {
    let mut names: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for value in values {
        let mut row = vec![String::new(); names.len()];
        for (path, text) in paths(value) {
            match names.iter().position(|n| *n == path) {
                Some(at) => row[at] = text,
                None if names.len() < MOST_COLUMNS => {
                    names.push(path);
                    row.push(text);
                }
                None => {}
            }
        }
        rows.push(row);
    }
    super::columns::Sample::new(names, rows, true)
}

/// A JSON object as a row.
pub(crate) struct JsonRow<'a> {
    cells: Vec<Cow<'a, str>>,
    values: Vec<&'a Value>,
}

impl<'a> JsonRow<'a> {
    /// Takes the columns that the plan uses.
    pub fn of(value: &'a Value, plan: &Plan) -> Self {
        let used = plan.columns();
        let at = |(n, name): (usize, &String)| if used.contains(&n) { at_path(value, name) } else { &Value::Null };
        let values: Vec<&Value> = plan.names.iter().enumerate().map(at).collect();
        Self { cells: values.iter().map(|v| text_of(v)).collect(), values }
    }
}

/// Keys under which lists of objects hold what is listed.
const KEYS: &[&str] = &["expanded_url", "url", "uri", "href", "tag", "name", "text", "username", "screen_name", "id"];

impl<'r> Row<'r> for &'r JsonRow<'_> {
    fn cell(&self, column: usize) -> &'r str {
        self.cells.get(column).map_or("", |c| c)
    }

    fn list(&self, column: usize, items: &mut Vec<&'r str>) {
        match self.values.get(column) {
            Some(Value::Array(of)) => items.extend(of.iter().filter_map(word)),
            _ => items_of(self.cell(column), items),
        }
    }
}

fn word(v: &Value) -> Option<&str> {
    v.as_str().or_else(|| KEYS.iter().find_map(|k| v.get(*k)?.as_str())).filter(|w| !w.is_empty())
}
