//! JSON objects one after another, of any number: what drawers for exports of tools share.

use crate::Out;
use crate::posts::split::{Told, split};
use crate::posts::table::over_text;
use model::{Code, Span};
use serde_json::Value;
use std::io::BufRead;

/// What is done with an object: the path of the array it stands in, itself, where it stands.
pub(crate) type OneObject<'f> = dyn FnMut(&str, &Value, Span, &mut Out<'_>) + 'f;

struct Each<'f, 'o>(&'f mut OneObject<'o>);

impl Told for Each<'_, '_> {
    fn element(&mut self, path: &str, span: Span, bytes: &[u8], out: &mut Out<'_>) {
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => (self.0)(path, &value, span, out),
            Err(_) => out.note(Code::Malformed, span, "an object that is no JSON: left out"),
        }
    }
    fn scalar(&mut self, _: &str, _: &[u8], _: &mut Out<'_>) {}
    fn end(&mut self, _: &mut Out<'_>) {}
}

/// Hands on each object of the arrays in a stream of JSON; of objects that stand by themselves the whole (`whole`) or those
/// in arrays inside.
pub(crate) fn each(bytes: &mut dyn BufRead, whole: bool, out: &mut Out<'_>, one: &mut OneObject<'_>) {
    over_text(bytes, out, |window, out| split(window, whole, &mut Each(one), out));
}

/// The words of a value that is a string or a number.
pub(crate) fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(n) => {
            n.as_f64().filter(|f| f.fract() != 0.0).map_or_else(|| n.to_string(), |f| (f as i64).to_string())
        }
        _ => String::new(),
    }
}

/// The words of a value that is one or a list of them.
pub(crate) fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().map(words).filter(|w| !w.is_empty()).collect(),
        one => Some(words(one)).filter(|w| !w.is_empty()).into_iter().collect(),
    }
}
