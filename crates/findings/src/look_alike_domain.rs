//! Look-alike domain: a name met in the case that is written like a protected outlet's.
//!
//! The comparing is done before (the room `lookalikes`); here it is read: who stands under the name, who led there, and
//! what the case itself says for and against. Wrong for an outlet's own domains that its list leaves out. Source: Agten et
//! al., Seven Months' Worth of Mistakes, NDSS 2015; EU DisinfoLab, Doppelganger, 2022; the bound on chance is Markov's.

mod met;
mod scenes;
mod sisters;

use crate::{Finder, Page, sheets, witness, words};
use met::{Met, Way};
use model::{ActorNo, AtLeastOne, Board, Card, Chance, Confidence, Finding, Innocent, Quote, Share, Table};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "look-alike-domain",
        about: "a name met anywhere in the case that is written like a protected outlet's",
        source: "Agten et al., NDSS 2015; EU DisinfoLab, Doppelganger, 2022; ours",
    },
    page: Page {
        sees: "Names of sites, senders, links, certificates and lists that come near the name of an outlet in `[protect] \
               outlets` (or `--protect`): how they were made of it, with the surprise in bits, who stands under them and who \
               led there. The outlets' own domains are left out, and names that registration data tie to the outlet.",
        matters: "An invented article under a name like a known outlet's is read as the outlet's. The name is often there \
                  weeks before the article is.",
        otherwise: "The outlet's own domain for a region, a service or an old name; a surname, a place, another trade; somebody \
                    who sells the name; a fan or a critic who says so.",
        wrong: "Only names are compared. In a case with very many names a few come this near by chance: the word is then \
                low unless the case itself speaks for it: pages built from the outlet's, or an owner whose other sites are \
                written like other outlets. Own domains missing from the list are the main false alarm.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Fewest bits of a finding; fewer do where pages under the name were built from the outlet's.
const LEAST: f64 = 10.0;
/// As many bits are told even where, of very many names, chance would give more than one.
const PLAIN: f64 = 20.0;
/// Most actors named who only led to a name.
const LED: usize = 24;

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let mut met = met::gather(board);
    met.retain(|m| m.copied || m.near.bits >= PLAIN || m.near.bits >= LEAST && expected(board, m) < 1.0);
    let (met, left) = words::shortlist(board, met, |m| (m.copied, m.near.bits.to_bits(), m.reach()));
    let found = met.into_iter().filter_map(|m| Some((m.near.bits, read(board, &m)?)));
    words::most(board, found.collect(), left)
}

fn read(board: &Board<'_>, met: &Met<'_>) -> Option<Finding> {
    let chance = chance(board, met);
    let (confidence, because) = weigh(met, &chance);
    let (first, last) = words::ends(met.shares.iter().map(|s| s.1.micros));
    let near = met.near;
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[near.name.raw(), near.target.raw()].map(|n| model::hash64(n.as_bytes()))),
        kind: FINDER.card.id.to_owned(),
        title: format!("A name is written like a protected outlet's: {}", how(met)),
        observed: observed(board, met),
        confidence,
        because,
        chance,
        innocent: innocent(met)?,
        witnesses: witness::pick(board, &shown(board, met))?,
        actors: actors(met),
        tables: tables(met),
        techniques: words::techniques(&["T0149.003", "T1583.001"]),
        first,
        last,
    })
}

/// The two likeliest techniques, in words.
fn how(met: &Met<'_>) -> String {
    let named: Vec<String> = met.near.techniques.iter().take(2).map(|t| t.about.to_owned()).collect();
    if named.is_empty() { "it comes near it".to_owned() } else { words::list(&named) }
}

fn observed(board: &Board<'_>, met: &Met<'_>) -> String {
    let all = board.imitations;
    let mut parts: Vec<String> = Way::ALL.iter().filter_map(|way| met.said(*way)).collect();
    if met.others.0 > 0 {
        let outlets = words::count(met.others.0, "other outlet", "other outlets");
        parts.push(format!("sites of the same owner are written like {outlets}"));
    }
    format!(
        "Of {} compared with {}, this one is like the outlet's {} by {:.1} bits: an imitator would have it {} times likelier \
         than chance. {}.",
        words::count(all.names as usize, "name", "names"),
        words::count(all.outlets as usize, "outlet", "outlets"),
        met.near.mark_is,
        met.near.bits,
        crate::one_in(met.near.bits),
        sentence(&words::list(&parts)),
    )
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}

/// As many names, at most, come as near by chance.
fn expected(board: &Board<'_>, met: &Met<'_>) -> f64 {
    board.imitations.names as f64 * board.imitations.outlets as f64 * (-met.near.bits).exp2() * met.others.1
}

/// A likelihood ratio of `2^b` is reached by chance at most once in `2^b` trials, whatever it is made of; each name of the
/// case beside each outlet is a trial. Where other sites of its owner are like other outlets, that would have to be chance as well.
fn chance(board: &Board<'_>, met: &Met<'_>) -> Chance {
    let expected = expected(board, met);
    Chance {
        unit: "names as near to an outlet's".to_owned(),
        observed: 1.0,
        expected,
        p: Some(expected.min(1.0)),
        fdr: None,
        null: "Every name of the case was registered without a thought of any outlet. At most this many would then come as near: \
               a bound, over all names and outlets compared, as good as the bits are. Where sites of the same owner are like \
               other outlets, as many of them would be so by chance as of all names."
            .to_owned(),
    }
}

/// The rule.
fn weigh(met: &Met<'_>, chance: &Chance) -> (Confidence, String) {
    let said = format!("{:.1} bits of surprise, met in {}", met.near.bits, words::count(met.ways(), "way", "ways"));
    let moderate = [
        (
            chance.expected <= 0.05 || met.copied,
            "at most one such name by chance in twenty cases of this size, or pages built from the outlet's",
        ),
        (!met.by_outlet, "no page of the outlet's own that leads there"),
    ];
    let high = [
        (chance.expected <= 0.001 || met.copied, "one in a thousand such cases, or pages built from the outlet's"),
        (met.copied || met.used(), "someone in the case who leads to the name or writes from it"),
    ];
    words::rule(&said, &moderate, &high)
}

fn innocent(met: &Met<'_>) -> Option<AtLeastOne<Innocent>> {
    let check =
        "Look who registered the name and when, and what stands under it, by a way that leaves no trace of you.";
    let mut out: Vec<Innocent> = met.near.innocent.iter().map(|what| words::innocent(&sentence(what), check)).collect();
    out.dedup_by(|x, y| x.what == y.what);
    out.push(words::innocent(
        "The outlet's own domain, which its list leaves out",
        if met.by_outlet {
            "A page of the outlet in this case leads to it, which speaks for that. Ask the outlet; then list it as its own."
        } else {
            "Ask the outlet; then list it as its own. Nothing in this case ties the two."
        },
    ));
    AtLeastOne::new(out)
}

fn shown(board: &Board<'_>, met: &Met<'_>) -> Vec<(Share, String)> {
    let says = |(way, share): &(Way, Share)| {
        let text = match way {
            Way::Sent => {
                let (did, one, _) = words::deed(board.kinds[usize::from(board.object(share.object).kind.0)].card.id);
                format!("a sender under the name {did} this {one}")
            }
            way => way.shows().to_owned(),
        };
        (*share, text)
    };
    met.shares.iter().map(says).collect()
}

/// Who stands under the name; where nobody does, some of those who led there.
fn actors(met: &Met<'_>) -> Vec<ActorNo> {
    if !met.near.actors.is_empty() {
        return met.near.actors.iter().copied().take(200).collect();
    }
    let mut out: Vec<ActorNo> = Vec::new();
    for (_, share) in &met.shares {
        if out.len() < LED && !out.contains(&share.actor) {
            out.push(share.actor);
        }
    }
    out
}

fn tables(met: &Met<'_>) -> Vec<Table> {
    let near = met.near;
    let how: Vec<&str> = near.techniques.iter().map(|t| t.id).collect();
    let name = vec![
        near.name.clone(),
        near.target.clone(),
        Quote::from(format!("{} ({})", near.mark.raw(), near.mark_is)),
        Quote::from(how.join(", ")),
        Quote::from(format!("{:.1}", near.bits)),
    ];
    let bits = |(what, bits): &(String, f64)| vec![Quote::from(what.as_str()), Quote::from(format!("{bits:+.1}"))];
    vec![
        sheets::table("Name and outlet", &["Name", "Like", "Which of its names", "Techniques", "Bits"], vec![name]),
        sheets::table("What the bits are made of", &["What", "Bits"], near.reasons.iter().map(bits).collect()),
    ]
}
