//! With whom it may be shared, and extensions, as OASIS publishes them.
//! Source: FIRST TLP 2.0; OASIS, cti-stix-common-objects, `tlp-2.0` and `incident-core`.

use model::Tlp;
use serde_json::{Value, json};

/// The extension that carries TLP 2.0.
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// The extension that gives `incident` its properties.
pub const INCIDENT_CORE: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// The id of a marking.
pub fn tlp_id(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        Tlp::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
}

/// The marking as OASIS publishes it.
pub fn tlp(tlp: Tlp) -> Value {
    json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": tlp_id(tlp),
        "created": "2022-10-01T00:00:00.000Z",
        "name": format!("TLP:{}", tlp.word().to_uppercase()),
        "extensions": {TLP_2: {"extension_type": "property-extension", "tlp_2_0": tlp.word()}},
    })
}
