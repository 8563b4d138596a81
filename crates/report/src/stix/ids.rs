//! Ids that the same thing gets everywhere: UUID version 5 in the namespace of OASIS over canonical JSON.
//!
//! For observables the identifying properties are the standard's; for all other objects they are ours and stand where
//! the object is made. Source: STIX 2.1, 2.9; RFC 8785; RFC 9562, 5.5.

use serde_json::{Map, Value};
use uuid::Uuid;

/// The namespace that STIX 2.1, 2.9 sets for observables.
const NAMESPACE: Uuid = Uuid::from_u128(0x00ab_edb4_aa42_466c_9c01_fed2_3315_a9b7);

/// `kind--` and the UUID of its identifying properties.
pub fn id(kind: &str, identifying: &Map<String, Value>) -> String {
    format!("{kind}--{}", Uuid::new_v5(&NAMESPACE, canonical(identifying).as_bytes()))
}

/// The UUID alone, for formats whose ids carry no kind.
pub fn uuid(identifying: &Map<String, Value>) -> String {
    Uuid::new_v5(&NAMESPACE, canonical(identifying).as_bytes()).to_string()
}

/// RFC 8785 for what identifies: keys in ASCII, no fractions. Keys are sorted by the map, and `serde_json` writes strings
/// and whole numbers as the RFC wants them.
fn canonical(identifying: &Map<String, Value>) -> String {
    Value::Object(identifying.clone()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(kind: &str, value: Value) -> String {
        id(kind, value.as_object().expect("an object"))
    }

    #[test]
    fn as_the_standard_has_them() {
        // As python-stix2 3.0.2, OASIS's own library, makes them; ids in the standard's printed examples do not follow
        // its rule.
        for (kind, value, expected) in [
            ("ipv4-addr", json!({"value": "198.51.100.3"}), "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"),
            (
                "url",
                json!({"value": "https://example.com/research/index.html"}),
                "url--47c3cf9a-5027-5bf0-997a-017c7edc7c55",
            ),
        ] {
            assert_eq!(of(kind, value), expected);
        }
    }

    #[test]
    fn canonical_json_is_sorted_and_short() {
        let value = json!({"b": [1, "\u{7f}\u{20ac}\n\u{1f}"], "a": null});
        assert_eq!(
            canonical(value.as_object().expect("an object")),
            "{\"a\":null,\"b\":[1,\"\u{7f}\u{20ac}\\n\\u001f\"]}"
        );
    }
}
