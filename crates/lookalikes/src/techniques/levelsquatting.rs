//! A reader who sees only the beginning of the address takes it for the outlet.

use crate::pair::{How, Pair};
use crate::technique::{Part, Technique};
use model::Card;

/// The drawer.
pub const TECHNIQUE: Technique = Technique {
    card: Card {
        id: "levelsquatting",
        about: "the outlet's whole domain in front of another: cnn.com.login.tld",
        source: "Du et al., TL;DR Hazard: A Comprehensive Study of Levelsquatting Scams, SecureComm 2019",
    },
    part: Part::Place,
    bits: 3.0,
    sees,
    examples: &[("paper.com.login.test", "paper.com"), ("www.paper.co.uk.x.test", "paper.co.uk")],
    twins: &[("paper.login.test", "paper.com")],
    innocent: "a content network, archive or proxy that puts the original address in front of its own",
};

fn sees(pair: &Pair<'_>) -> bool {
    let sub = format!(".{}.", pair.name.sub);
    let whole = format!(".{}.{}.", pair.mark, pair.target.suffix);
    let first = pair.target.suffix.split('.').next().unwrap_or_default();
    pair.how == How::Before && (sub.contains(&whole) || sub.contains(&format!(".{}.{first}.", pair.mark)))
}
