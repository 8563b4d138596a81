//! Phrases of threat together with a way to pay.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "extortion",
        about: "a threat to publish or harm unless something is paid",
        source: "Europol, sextortion; ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "The words threaten and ask for payment. It does not say that the sender has what they claim.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        I have hacked your device. Pay 900 USD to my bitcoin wallet.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        The museum shows how banks were hacked. Entry is 9 EUR.\n\
        ",
};

phrases! {  pub(crate) THREAT,
    r"(i|we) (have |'ve )?(hacked|infected|gained access|full access|recorded|installed)",
    r"(your|the) (webcam|camera|device|browsing history|contacts|operating system) (\w+ ){0,6}(record|infect|hack|control|access|malware|spyware|trojan)",
    r"(masturbat|intimate|compromising|dirty|porn|adult sites?|kompromitt|intim|masturb|vidéos? intime)\w*",
    r"(send|publish|forward|share|release) (\w+ ){0,4}(video|recording|footage) (\w+ ){0,4}(contacts|friends|family|colleagues|everyone)",
    r"(bomb|explosive|explosion|kill you|hitman|acid)",
}
phrases! {  pub(crate) PAY,
    r"(bitcoin|btc|monero|xmr|litecoin|usdt) (wallet|address|adress|adresse)",
    r"\b(bc1[a-z0-9]{20,60}|[13][a-km-z1-9][a-km-z0-9]{24,33}|0x[0-9a-f]{40}|4[0-9ab][0-9a-z]{93})\b",
    r"(transfer|pay|send|überweis|transfér|envi)\w* (\w+ ){0,5}([$€£] ?\d|\d+ ?(usd|eur|euro|dollars?|btc|\$|€)|bitcoin)",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let (threats, ways) = (facts.said(&THREAT), facts.said(&PAY));
    if let (Some((at, threat)), Some((_, way))) = (threats.first(), ways.first()) {
        let says = format!(
            "it threatens and names a way to pay (\u{201c}{}\u{201d})",
            model::Quote::from(*way).short(60).terminal()
        );
        seen.line(*at, threat, Grade::Supported, says, "phrases of threat and of payment together");
    }
}
