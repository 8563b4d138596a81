//! The case as a STIX 2.1 bundle of the standard's own types.
//!
//! Ids follow from what things are, so the same case gives the same bytes and two cases meet in the same observable.
//! What the standard has no property for stands in one extension of ours; what it cannot say at all is in
//! `docs/exports/stix.md`. Source: OASIS, STIX Version 2.1, 2021.

mod bundle;
mod case;
pub mod fimi;
mod findings;
pub mod ids;
mod judgement;
mod markings;
mod observables;

use bundle::Bundle;
pub use bundle::{map, time, told};
pub use observables::domain_name;

use crate::Export;
use model::{Card, Dossier};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "stix",
        about: "the case as a STIX 2.1 bundle of the standard's own types",
        source: "OASIS, STIX Version 2.1; TLP 2.0",
    },
    extension: "json",
    write,
};

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let mut b = Bundle::new(d);
    fill(&mut b);
    case::report(&mut b);
    bundle::write(b, out)
}

/// Everything but the report that holds it. Returns the incident.
pub fn fill(b: &mut Bundle<'_>) -> String {
    let incident = case::incident(b);
    let evidence = case::evidence(b);
    let findings = findings::all(b, &evidence);
    judgement::all(b, &incident, &findings);
    incident
}
