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
        The mails say \u{201c}I have hacked your device\u{201d} and threaten to send a video to all contacts. Do not pay 900 USD to any bitcoin wallet.\n\
        ",
};

phrases! {  pub(crate) THREAT,
    r"(i|we) (have |'ve )?(hacked|infected|gained access|full access|recorded|installed)",
    r"your (webcam|camera|device|browsing history|contacts|operating system) (\w+ ){0,6}(record|infect|hack|control|access|malware|spyware|trojan)",
    r"the (webcam|camera) of your (device|computer|phone|laptop)",
    r"ich habe (\w+ ){0,5}(gehackt|infiziert|zugriff|aufgezeichnet|gefilmt)",
    r"j'ai (\w+ ){0,5}(piraté|infecté|eu accès|enregistré|filmé)",
    r"he (hackeado|infectado|obtenido acceso|tenido acceso|grabado)|eu (hackeei|invadi|infectei|gravei)",
}
phrases! {  pub(crate) MENACE,
    r"(masturbat|intimate|compromising|dirty|porn|adult sites?|kompromitt|intim|masturb|vidéos? intime)\w*",
    r"(send|publish|forward|share|release|leak|sell|expose) (\w+ ){0,4}(video|recording|footage|photos|pictures|files|data|documents|everything)",
    r"(bomb|explosive|explosion|kill you|hitman|acid)",
    r"(start|launch|begin|continue|stop) (\w+ ){0,3}(ddos|attack)\w*",
    r"(veröffentlich|verschick|publier|divulgu|publicar|enviar|divulgar)\w* (\w+ ){0,6}(video|aufnahme|kontakte|vidéo|contacts|contactos|contatos|datos|dados|daten)\w*",
}
phrases! {  pub(crate) PRESSURE,
    r"you have (\w+ ){0,3}(\d+|two|three|five|seven) ?(hours|days|h)\b|(only|within|in|next|exactly) (the next )?\d+ ?(hours|h)\b",
    r"if (you|we|i) (\w+ ){0,3}(do not|don't|won't|will not|fail|refuse|ignore|not receive)\b",
    r"(otherwise|or else|unless you)\W{1,2}(\w+ ){0,4}|to (stop|prevent|avoid) (it|this|that|us)\b",
    r"(nur|binnen|innerhalb von) \d+ (stunden|tagen)|wenn (du|sie) (\w+ ){0,6}nicht|andernfalls|ansonsten werde",
    r"(tienes|tiene|vous avez|você tem) \d+ (horas|heures)|si (vous ne|no|tu ne)|sinon|de lo contrario|caso contrário",
}
phrases! {  pub(crate) PAY,
    r"(bitcoin|btc|monero|xmr|litecoin|usdt) (wallet|address|adress|adresse)",
    r"\b(bc1[a-z0-9]{20,60}|[13][a-km-z1-9][a-km-z0-9]{24,33}|0x[0-9a-f]{40}|4[0-9ab][0-9a-z]{93})\b",
    r"(transfer|pay|send|überweis|transfér|envi)\w* (\w+ ){0,5}([$€£] ?\d|\d+ ?(usd|eur|euro|dollars?|btc|\$|€)|bitcoin)",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let Some((_, way)) = facts.said(&PAY).first().copied() else { return };
    // What stands in quotation marks somebody else said: a paper that writes of such mails.
    let threat = facts.said_itself(&THREAT).or_else(|| {
        facts.said_itself(&PRESSURE)?;
        facts.said_itself(&MENACE)
    });
    if let Some((at, threat)) = threat {
        let says = format!(
            "it threatens and names a way to pay (\u{201c}{}\u{201d})",
            model::Quote::from(way).short(60).terminal()
        );
        let method = "phrases of threat, or of menace under pressure, and of payment together; quotations left out";
        seen.line(at, threat, Grade::Supported, says, method);
    }
}
