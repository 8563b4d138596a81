//! QR codes in enclosed pictures (PNG, JPEG, GIF).

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use crate::{domain, qr};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "qr-code",
        about: "a code in a picture leads somewhere",
        source: "ISO/IEC 18004; MITRE ATT&CK T1660",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "A picture holds a code that a telephone would open, where no scanner of links looks. Tickets and payment slips do that, too.",
    find,
    example: "\
        QREXAMPLE\n\
        ",
    twin: "\
        QRTWIN\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, a) in facts.mail.attachments.iter().enumerate().take(8) {
        for text in qr::codes(a.bytes) {
            let host = url::Url::parse(&text).ok().and_then(|u| u.host_str().map(str::to_lowercase));
            let Some(host) = host else { continue };
            let own = domain::same_org(&host, &facts.from.domain());
            let grade = if own { Grade::Weak } else { Grade::Established };
            let says = format!("a code in a picture opens {}", model::Quote::from(model::defang(&host)).terminal());
            seen.line(Source::File(i), &text, grade, says, "the code read from the picture's points");
        }
    }
}
