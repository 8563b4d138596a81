//! Techniques of ATT&CK as a layer for its matrix viewer.

use crate::{Export, layer};
use model::Card;

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "attack-layer",
        about: "techniques of ATT&CK as a layer for its matrix viewer",
        source: "ATT&CK Navigator, layer format 4.5; MITRE ATT&CK 16",
    },
    extension: "json",
    write: |d, out| layer::write(d, "ATT&CK", "enterprise-attack", out),
};
