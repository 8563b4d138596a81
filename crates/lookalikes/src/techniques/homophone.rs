//! What is spelt as it is heard.

use crate::keys::{SOUND, grouped};
use crate::pair::{Pair, Slip};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "homophone",
        about: "letters that sound alike: c and k, ph and f",
        source: "urlinsane homophone; Nikiforakis et al., Soundsquatting, ISC 2014",
    },
    part: Part::Spelling,
    bits: 2.5,
    sees,
    examples: &[("rbk.example", "rbc.example"), ("fotonews.test", "photonews.example")],
    twins: &[("rbx.example", "rbc.example")],
    innocent: "the name in another language's spelling",
};

fn sees(pair: &Pair<'_>) -> bool {
    let letter = pair.slips.iter().any(|s| matches!(s, Slip::Replace { from, to } if grouped(SOUND, *from, *to)));
    letter
        || (!pair.slips.is_empty()
            && GROUPS.iter().any(|(x, y)| pair.mark.replace(x, y) == pair.like || pair.mark.replace(y, x) == pair.like))
}

const GROUPS: &[(&str, &str)] = &[
    ("ph", "f"),
    ("ck", "k"),
    ("ks", "x"),
    ("ee", "ea"),
    ("ai", "ay"),
    ("ou", "u"),
    ("sch", "sh"),
    ("th", "t"),
    ("ei", "ie"),
    ("oo", "u"),
];
