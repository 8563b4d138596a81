//! The case as STIX 2.1 with the types by which OpenCTI tells influence operations: channel, narrative, event, media
//! content, persona, case-incident. Everything of the `stix` export stands in it too.
//! Source: OASIS, STIX Version 2.1, 7.3 (extensions); OpenCTI's data model, ids as its client makes them.

use crate::Export;
use crate::stix::fimi;
use model::{Card, Dossier};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "stix-fimi",
        about: "the case as STIX 2.1 with channels, narratives, events, media, personas as OpenCTI reads them",
        source: "OASIS, STIX Version 2.1, 7.3; OpenCTI data model",
    },
    extension: "json",
    write,
};

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    fimi::write(d, out)
}
