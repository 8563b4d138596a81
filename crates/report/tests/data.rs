//! The exports for machines: JSON keeps its documented shape and comes back whole, CSV is safe, XML is well formed.
#![allow(clippy::disallowed_methods)]

#[path = "support/sample.rs"]
mod sample;

use model::Dossier;
use serde_json::Value;
use std::collections::BTreeSet;

fn written(id: &str, dossier: &Dossier) -> String {
    let mut out = Vec::new();
    (report::by_id(id).expect("registered").write)(dossier, &mut out).expect("a vector takes it");
    String::from_utf8(out).expect("UTF-8")
}

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/dossier.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the schema")).expect("JSON")
}

/// The part of JSON Schema that the schema uses: `$ref`, `type`, `const`, `enum`, `anyOf`, `properties`, `required`,
/// `additionalProperties`, `items`, `prefixItems`, `pattern` in the form `^x:[0-9a-f]{16}$`.
fn check(value: &Value, shape: &Value, root: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = shape["$ref"].as_str() {
        let shape = root.pointer(name.trim_start_matches('#')).ok_or(format!("{at}: no {name}"))?;
        return check(value, shape, root, at);
    }
    if let Some(any) = shape["anyOf"].as_array() {
        let fits = any.iter().any(|s| check(value, s, root, at).is_ok());
        return fits.then_some(()).ok_or(format!("{at}: {value} fits none"));
    }
    if shape.get("const").is_some_and(|c| c != value) || shape["enum"].as_array().is_some_and(|e| !e.contains(value)) {
        return Err(format!("{at}: {value} is not allowed"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    match shape["type"].as_str() {
        Some("number") if kind == "integer" => {}
        Some(wanted) if wanted != kind => return Err(format!("{at}: {kind} where {wanted} should be")),
        _ => {}
    }
    if let (Some(pattern), Some(text)) = (shape["pattern"].as_str(), value.as_str()) {
        let (prefix, rest) = text.split_at(2.min(text.len()));
        let fits = pattern.starts_with(&format!("^{prefix}"))
            && rest.len() == 16
            && rest.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then_some(()).ok_or(format!("{at}: {text} does not match {pattern}"))?;
    }
    check_array(value, shape, root, at)?;
    check_object(value, shape, root, at)
}

fn check_array(value: &Value, shape: &Value, root: &Value, at: &str) -> Result<(), String> {
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        let of = shape["prefixItems"].get(i).or(shape.get("items")).ok_or(format!("{at}: items are not described"))?;
        check(item, of, root, &format!("{at}/{i}"))?;
    }
    Ok(())
}

fn check_object(value: &Value, shape: &Value, root: &Value, at: &str) -> Result<(), String> {
    let Some(object) = value.as_object() else { return Ok(()) };
    for key in shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        object.get(key).ok_or(format!("{at}: {key} is missing"))?;
    }
    for (key, item) in object {
        let of = shape["properties"].get(key).or(shape.get("additionalProperties").filter(|a| a.is_object()));
        check(item, of.ok_or(format!("{at}: {key} is not described"))?, root, &format!("{at}/{key}"))?;
    }
    Ok(())
}

#[test]
fn json_keeps_its_documented_shape() {
    let schema = schema();
    for dossier in [sample::rich(), sample::empty()] {
        let value: Value = serde_json::from_str(&written("json", &dossier)).expect("JSON");
        check(&value, &schema, &schema, "").expect("as documented");
        assert_eq!(value["schema"], model::SCHEMA);
    }
}

#[test]
fn the_check_of_the_shape_can_fail() {
    let (schema, good) = (schema(), serde_json::from_str::<Value>(&written("json", &sample::rich())).expect("JSON"));
    let spoil = |pointer: &str, with: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect(pointer) = with;
        check(&bad, &schema, &schema, "").expect_err(pointer);
    };
    spoil("/findings/0/confidence", "certain".into());
    spoil("/findings/0/witnesses/0/place/evidence", 7.into());
    spoil("/networks/0/links/0/kinds/0/1", "two".into());
    spoil("/actors/0", serde_json::json!({"id": "a:0000000000000000"}));
    spoil("/method/settings/links/fdr", true.into());
}

#[test]
fn json_comes_back_whole() {
    for dossier in [sample::rich(), sample::empty()] {
        let back: Dossier = serde_json::from_str(&written("json", &dossier)).expect("a dossier");
        assert_eq!(back, dossier);
    }
}

#[test]
fn jsonl_lines_stand_for_themselves() {
    let dossier = sample::rich();
    let lines: Vec<Value> =
        written("jsonl", &dossier).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let count = |of: &str| lines.iter().filter(|l| l["type"] == of).count();
    assert_eq!(lines[0]["type"], "case");
    assert_eq!(count("finding"), dossier.findings.len());
    assert_eq!(count("link"), dossier.networks.iter().map(|n| n.links.len()).sum::<usize>());
    assert_eq!(count("bin"), dossier.timeline.iter().map(|c| c.bins.len()).sum::<usize>());
    let types: BTreeSet<&str> = lines.iter().filter_map(|l| l["type"].as_str()).collect();
    let found = ["actor", "bin", "case", "evidence", "finding", "link", "mark", "network", "note", "ruling"];
    let held =
        ["act", "claim", "descent", "echo", "ground", "origin", "question", "statement", "technique", "text", "weight"];
    assert_eq!(types, found.into_iter().chain(held).collect());
    let link = lines.iter().find(|l| l["type"] == "link").expect("a link");
    assert_eq!(link["a"], dossier.actors[0].id);
}

/// Rows and cells of RFC 4180, as a spreadsheet reads them.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn no_cell_is_a_formula() {
    let dossier = sample::rich();
    let rows = |id| match id {
        "csv" => dossier.findings.len(),
        "csv-actors" => dossier.actors.len(),
        "csv-links" => dossier.networks.iter().map(|n| n.links.len()).sum(),
        _ => dossier.evidence.len(),
    };
    for id in ["csv", "csv-actors", "csv-links", "csv-evidence"] {
        let table = cells(&written(id, &dossier));
        assert_eq!(table.len(), rows(id) + 1, "{id}");
        for cell in table.iter().inspect(|row| assert_eq!(row.len(), table[0].len(), "{id}")).flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '\t']), "{id}: {cell}");
        }
    }
}

#[test]
fn xml_is_well_formed() {
    for (id, dossier) in [("gexf", sample::rich()), ("graphml", sample::rich()), ("gexf", sample::empty())] {
        let xml = written(id, &dossier);
        let mut open: Vec<&str> = Vec::new();
        for tag in xml.split('<').skip(2) {
            let (inside, text) = tag.split_once('>').expect("a tag ends");
            assert!(inside.matches('"').count() % 2 == 0 && !text.contains('>'), "{tag}");
            let name = inside.trim_start_matches('/').split([' ', '/']).next().expect("a name");
            match inside {
                _ if inside.ends_with('/') => {}
                _ if inside.starts_with('/') => assert_eq!(open.pop(), Some(name)),
                _ => open.push(name),
            }
        }
        assert!(open.is_empty(), "{id}: {open:?}");
        assert!(
            xml.split('&').skip(1).all(|e| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|k| e.starts_with(k))),
            "{id}"
        );
    }
}
