//! Brand names in the sender's name, in the signature or in the copyright line, against the domains their owners write from.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use crate::{brands, domain, words};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "brand-elsewhere",
        about: "a known name is shown, and the sender is not of its house",
        source: "ours; APWG reports name the brands",
    },
    topic: Topic::Who,
    strong: true,
    establishes: "The name shown, or a signature, is that of a company or office whose mails come from other domains than this one. Resellers, fan pages and news about a company name it, too; those do not sign with it.",
    find,
    example: "\
        From: PayPal Service <a@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        x\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        I bought it with PayPal\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let from = facts.from.domain();
    if from.is_empty() || facts.forward.is_some() && facts.from.address.is_empty() {
        return;
    }
    let name = words::fold(&facts.from.name);
    if let Some(brand) = brands::named(&name).filter(|b| !brands::owns(b, &from) && !person(&name)) {
        let says = format!("the name shown is of {}, and {} is none of its domains", brand.0, safe(&from));
        return seen.header(
            "From",
            Grade::Established,
            says,
            "names in the sender's name against a list of their owners' domains",
        );
    }
    if super::alarm_leads_elsewhere::discussion(facts) {
        return;
    }
    for piece in facts.pieces.iter().filter(|p| matches!(p.source, Source::Part(_))) {
        let signed = brands::signed(&piece.folded).filter(|(b, _)| !brands::owns(b, &from));
        let others = signed
            .filter(|(b, _)| !facts.links.iter().any(|l| brands::owns(b, &l.host) && domain::same_org(&l.host, &from)));
        if let Some((brand, words)) = others {
            let says = format!("it is signed as {}, and {} is none of its domains", brand.0, safe(&from));
            return seen.line(
                piece.source,
                words,
                Grade::Supported,
                says,
                "names in the signature and copyright line against a list of their owners' domains",
            );
        }
    }
}

/// `Ann (Amazon)`, `Bo via Google`: a person who names a service.
fn person(name: &str) -> bool {
    name.contains(" via ") || name.contains("(via")
}

fn safe(host: &str) -> String {
    model::Quote::from(model::defang(host)).terminal()
}
