//! Techniques of DISARM as a layer for its matrix viewer.

use crate::{Export, layer};
use model::Card;

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "disarm-layer",
        about: "techniques of DISARM as a layer for its matrix viewer",
        source: "ATT&CK Navigator, layer format 4.5; DISARM Framework 1.6",
    },
    extension: "json",
    write: |d, out| layer::write(d, "DISARM", "disarm", out),
};
