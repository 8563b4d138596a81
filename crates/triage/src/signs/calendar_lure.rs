//! Invitations whose words raise an alarm or promise something.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "calendar-lure",
        about: "an invitation that carries a link or a telephone number to call about money",
        source: "MITRE ATT&CK T1566; ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "Calendar programs put invitations before the reader without asking. This one's text is not about meeting but about a link or a payment.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        MIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\
        \n\
        --b\n\
        \n\
        Your account has been suspended.\n\
        --b\n\
        Content-Type: text/calendar; name=\"invite.ics\"\n\
        Content-Disposition: attachment; filename=\"invite.ics\"\n\
        Content-Transfer-Encoding: base64\n\
        \n\
        QkVHSU46VkNBTEVOREFSCkRFU0NSSVBUSU9OOmh0dHBzOi8vZmFyLmV4YW1wbGUvcGF5CkVORDpWQ0FMRU5EQVI=\n\
        --b--\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        MIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\
        \n\
        --b\n\
        \n\
        Lunch on Friday?\n\
        --b\n\
        Content-Type: text/calendar; name=\"invite.ics\"\n\
        Content-Disposition: attachment; filename=\"invite.ics\"\n\
        Content-Transfer-Encoding: base64\n\
        \n\
        QkVHSU46VkNBTEVOREFSCkRFU0NSSVBUSU9OOkx1bmNoCkVORDpWQ0FMRU5EQVI=\n\
        --b--\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let alarm = || super::account_alarm::alarms(facts);
    let Some((_, words)) = alarm().first().copied().or_else(|| facts.said(&super::prize_lure::LURE).first().copied())
    else {
        return;
    };
    for (i, file) in facts.files.iter().enumerate() {
        let text = String::from_utf8_lossy(facts.mail.attachments.get(i).map_or(b"", |a| a.bytes));
        if file.is == crate::file::True::Calendar && (text.contains("http://") || text.contains("https://")) {
            seen.line(
                Source::File(i),
                words,
                Grade::Supported,
                "an invitation with a link, in a mail that raises an alarm or promises something",
                "the enclosure's type; phrases",
            );
        }
    }
}
