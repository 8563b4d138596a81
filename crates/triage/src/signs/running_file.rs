//! Enclosures that run, by their bytes. What is inside locked archives is not seen.

use crate::facts::{Facts, Source};
use crate::file::True;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "running-file",
        about: "something enclosed runs when it is opened",
        source: "MITRE ATT&CK T1566.001",
    },
    topic: Topic::Brings,
    strong: true,
    establishes: "By its bytes the enclosure is a program, script, shortcut, disk image, document with macros, or a page that acts by itself. It does not say that it is harmful: administrators and lawyers send such files, too.",
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
        See inside.\n\
        --b\n\
        Content-Type: text/html; name=\"bill.pdf.html\"\n\
        Content-Disposition: attachment; filename=\"bill.pdf.html\"\n\
        Content-Transfer-Encoding: base64\n\
        \n\
        PGh0bWw+PHNjcmlwdD5kb2N1bWVudC53cml0ZShhdG9iKCdQR0krJykpPC9zY3JpcHQ+\n\
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
        See inside.\n\
        --b\n\
        Content-Type: text/html; name=\"notes.html\"\n\
        Content-Disposition: attachment; filename=\"notes.html\"\n\
        Content-Transfer-Encoding: base64\n\
        \n\
        PGh0bWw+PGJvZHk+TWludXRlcyBvZiB0aGUgbWVldGluZzwvYm9keT48L2h0bWw+\n\
        --b--\n\
        ",
};

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, file) in facts.files.iter().enumerate() {
        let what = match (file.is, file.active) {
            (True::Program, _) => "a program",
            (True::Script, _) => "a script",
            (True::Shortcut, _) => "a shortcut that starts something",
            (True::DiskImage, _) => "a disk image",
            (True::MacroDocument, _) => "a document with macros",
            (True::Html | True::Svg, Some(does)) => does,
            _ => continue,
        };
        let does = if matches!(file.is, True::Html | True::Svg) { "an enclosed page" } else { "the enclosure is" };
        let disguise = if file.disguised { ", under a name that says otherwise" } else { "" };
        let name = facts.mail.attachments.get(i).map_or("", |a| a.name);
        seen.line(
            Source::File(i),
            name,
            Grade::Established,
            format!("{does} {what}{disguise}"),
            "its first bytes and the names inside",
        );
    }
}
