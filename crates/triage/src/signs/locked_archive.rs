//! An archive or document locked with a password that the mail itself gives.

use crate::facts::{Facts, Source};
use crate::file::True;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "locked-archive",
        about: "an encrypted enclosure, and its password in the words",
        source: "MITRE ATT&CK T1027.013",
    },
    topic: Topic::Brings,
    strong: true,
    establishes: "The enclosure can be opened only with a password, which keeps scanners out; the password stands in the same mail, which gives no secrecy.",
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
        The password is: 4711\n\
        --b\n\
        Content-Type: application/zip; name=\"report.zip\"\n\
        Content-Disposition: attachment; filename=\"report.zip\"\n\
        Content-Transfer-Encoding: base64\n\
        \n\
        UEsDBBQAAQAIAHJlc3Qgb2YgaXQ=\n\
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
        The password of the wifi is: 4711\n\
        --b\n\
        Content-Type: application/zip; name=\"report.zip\"\n\
        Content-Disposition: attachment; filename=\"report.zip\"\n\
        Content-Transfer-Encoding: base64\n\
        \n\
        UEsDBBQAAAAIAHJlc3Qgb2YgaXQ=\n\
        --b--\n\
        ",
};

phrases! {  pub(crate) PASSWORD,
    r"(password|passcode|passwort|kennwort|mot de passe|contrase(ñ|n)a|senha|wachtwoord|hasło|пароль)\s*(is|:|ist|est|es|é|=|-)?\s*[\w!@#$%&*.-]{3,}",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let given = facts.said(&PASSWORD);
    for i in (0..facts.files.len()).filter(|i| facts.files[*i].is == True::LockedArchive) {
        let name = facts.mail.attachments.get(i).map_or("", |a| a.name);
        match given.first() {
            Some((at, words)) => seen.line(
                *at,
                words,
                Grade::Established,
                format!("the enclosure {} is locked, and this opens it", safe(name)),
                "flags of the archive; words of the mail",
            ),
            None => seen.line(
                Source::File(i),
                name,
                Grade::Weak,
                "the enclosure is locked; nothing in it was read",
                "flags of the archive",
            ),
        }
    }
}

fn safe(name: &str) -> String {
    model::Quote::from(name).short(60).terminal()
}
