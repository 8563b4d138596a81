//! A site's icon, by Shodan's hash. Icons are copied with the page and come with software, so that they weigh little and never
//! tie a copy to its original.

use crate::sample::{Example, FACTS};
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "favicon",
        about: "has the same icon",
        source: "Shodan's http.favicon.hash: MurmurHash3 (32 bits) of the icon in base64 with line breaks",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "template", same: 40, copyable: true, floor: 1000, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "an icon, its hash signed or not",
            record: Record::Facts(&Facts {
                said: &[(About::Icon, "-584014218"), (About::Icon, "3710953078")],
                ..FACTS
            }),
            values: &["-584014218"],
        },
        Example {
            shows: "an empty answer, and no number",
            record: Record::Facts(&Facts { said: &[(About::Icon, "0"), (About::Icon, "none")], ..FACTS }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    facts::distinct(record, About::Icon, hash, found);
}

/// As the signed number that Shodan writes; 0 is the hash of nothing.
fn hash(text: &str) -> Option<String> {
    let text = text.trim();
    let signed = text.parse::<i32>().ok().or_else(|| text.parse::<u32>().ok().map(u32::cast_signed))?;
    (signed != 0).then(|| signed.to_string())
}
