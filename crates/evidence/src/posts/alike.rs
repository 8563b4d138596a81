//! Whether a JSON object is one of posts, told from its beginning.
//!
//! An object by itself may be anything (a configuration, a manifest), so something in it must look like a post: the
//! object, or one of the first objects in any of its arrays. Several objects one after another are a table, whose
//! columns settings may name. Wrong for a lone object whose keys nobody uses for posts: its words are read as text.

use super::columns::Plan;
use super::element::sample;
use super::{feed, shapes, split};
use model::PostColumns;
use serde_json::Value;

/// Most arrays looked into, and objects in each.
const LOOKED: (usize, usize) = (50, 4);

/// `text` begins with a brace; `all`: nothing follows it.
pub(crate) fn posts(text: &str, all: bool) -> bool {
    let own = split::object_len(text.as_bytes());
    if own.is_some_and(|len| text[len..].trim_start().starts_with(['{', '\u{1e}'])) {
        return true;
    }
    let inside = Inside::of(text.as_bytes());
    let own = own.and_then(|len| serde_json::from_str(&text[..len]).ok());
    let cut = own.is_none() && !all && !text.contains('\n');
    own.iter().chain(&inside.found).any(alike) || (inside.found.is_empty() && (inside.endless || cut))
}

/// Objects in the arrays of a text.
#[derive(Default)]
struct Inside {
    found: Vec<Value>,
    /// True where the first object of an array goes on beyond the text.
    endless: bool,
}

impl Inside {
    fn of(bytes: &[u8]) -> Self {
        let (mut inside, mut at, mut arrays) = (Self::default(), 0, 0);
        while let Some(n) = memchr::memchr2(b'"', b'[', &bytes[at..]) {
            at += n + 1;
            if bytes[at - 1] == b'"' {
                let Ok(Some(end)) = split::string_end(bytes, at) else { break };
                at = end;
            } else if bytes[at..].trim_ascii_start().starts_with(b"{") {
                arrays += 1;
                inside.look(bytes[at..].trim_ascii_start());
            }
            if arrays > LOOKED.0 {
                break;
            }
        }
        inside
    }

    /// Takes the first objects of an array.
    fn look(&mut self, mut rest: &[u8]) {
        for n in 0..LOOKED.1 {
            let Some(len) = split::object_len(rest) else {
                self.endless |= n == 0;
                return;
            };
            self.found.extend(serde_json::from_slice::<Value>(&rest[..len]).ok());
            rest = rest[len..].trim_ascii_start();
            rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        }
    }
}

/// True for a post, or for a wrapper around one.
fn alike(value: &Value) -> bool {
    let mut is = false;
    feed::each(value, &shapes::Around::default(), &mut |value, _| {
        let named = || Plan::of(&sample(std::slice::from_ref(value)), &PostColumns::default()).surely_posts();
        is |= shapes::shape(value).is_some() || named();
    });
    is
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_or_something_else() {
        for (text, is) in [
            (r#"{"account":"anna","id":"1","text":"Vote"}"#, true),
            ("{\"a\":1}\n{\"a\":2}\n", true),
            (r#"{"name":"x","version":"1.0.0","author":"anna","description":"a tool to do it"}"#, false),
            (r#"{"contributors":[{"name":"anna","email":"a@one.example"}],"scripts":{"test":"x y"}}"#, false),
            (r#"{"x":[{"account":"anna","id":"1","text":"Vote"}]}"#, true),
            (r#"{"x":{"y":[{"a":1},{"account":"anna","id":"1","text":"Vote"}]}}"#, true),
            (r#"{"x":"[{","y":[1,2]}"#, false),
            (r#"{"data":[{"id":"1","author_id":"2","text":"Vote""#, true),
            ("{\n \"a\": {\"b\": 1", false),
            ("{", false),
        ] {
            assert_eq!(posts(text, true), is, "{text}");
        }
        assert!(posts(r#"{"a":"a line that goes on and"#, false));
    }
}
