//! A mail as Outlook saves it (`.msg`): read as the mail it stands for, with what it encloses as children.
//!
//! The header is the one Outlook kept of the way the mail came, where it did; else it is made from names, addresses and
//! times, and says so. Signatures are over bytes that did not survive. Mails enclosed are rebuilt in the same way. Wrong:
//! appointments, tasks and contacts are read as if they were mails.
//! Source: MS-OXMSG, MS-CFB, through the `cfb` crate.

use crate::mapi::{self, Bag};
use crate::rebuilt::{MARK, Rebuilt};
use crate::{Example, Format, Head, Out, Reading, mail};
use cfb::CompoundFile;
use model::{Card, Code, Span};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// The drawer.
pub const OUTLOOK_MAIL: Format = Format {
    card: Card {
        id: "outlook-mail",
        about: "A mail saved by Outlook (.msg) with its enclosures as children",
        source: "MS-OXMSG; MS-CFB",
    },
    recognise: |head| recognise(head) || head.bytes.starts_with(MARK),
    read: Reading::Whole(read),
    risky: None,
    examples: &[Example {
        name: "without a header of its own, enclosing a mail",
        bytes: include_bytes!("../examples/saved.msg"),
        says: &[
            "opened example as outlook-mail",
            "  mail all from=\"Ann Ödön\" <\"ann@one.example\"> to=[\"Bo\" <\"bo@two.example\">] mailbox=\"bo@two.example\" subject=\"Minutes – draft\" when=2016-11-03T13:05:09Z text=\"See below.\\r\\nAnn\" parts=[0 \"text/plain\" 15 chars at all] attachments=[\"note.txt\" 23 bytes sha256 792f3f258ac65730af37688603766d14bce4326416729e23c38b90e80bb38774, \"passed on\" 561 bytes sha256 af1b9e107acd8e426a94554a0adec04809d6953e2aabbc3b8e13e31b39c8409f]",
            "  opened note.txt as text",
            "    document all passages=[paragraph 1: \"First words of a note.\"] sha256=\"792f3f258ac65730af37688603766d14bce4326416729e23c38b90e80bb38774\"",
            "  closed bytes=23 records=1 children=0",
            "  opened passed on as outlook-mail",
            "    mail all message_id=\"5@three.example\" from=\"Cy\" <\"cy@three.example\"> to=[\"ann@one.example\"] mailbox=\"ann@one.example\" subject=\"Papers\" when=2016-11-03T12:00:00Z received=[from \"out.three.example\" by \"mx.one.example\" ip \"192.0.2.7\" 2016-11-03T12:00:02Z] headers=[\"Received\": \"from out.three.example ([192.0.2.7]) by mx.one.example; Thu, 3 Nov 2016 12:00:02 +0000\" at all, \"From\": \"Cy <cy@three.example>\" at all, \"To\": \"ann@one.example\" at all, \"Subject\": \"Papers\" at all, \"Message-ID\": \"<5@three.example>\" at all, \"Date\": \"Thu, 3 Nov 2016 12:00:00 +0000\" at all] text=\"Schöne papers\" parts=[0 \"text/html\" 13 chars at all] links=[\"https://three.example/x\"]",
            "  closed bytes=561 records=1 children=0",
            "  note info all Outlook kept no header: the way it came is lost; names, addresses and times are what Outlook says ×1",
            "closed bytes=7168 records=1 children=2",
        ],
    }],
};

/// How a compound file begins.
const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The name of a message's properties, in UTF-16.
const PROPERTIES: &str = "__properties_version1.0";
/// Bytes before the properties of a mail, of one enclosed, of a recipient or an enclosure.
const OUTER: usize = 32;
const NESTED: usize = 24;
const INNER: usize = 8;
/// Most properties, recipients and enclosures of one mail.
const MOST: usize = 10_000;

/// Other programs' compound files (`.doc`, `.xls`, `.msi`) have no such properties at their root. The directory may lie
/// behind what is looked at: then the name does not stand there, and neither do those of the others.
fn recognise(head: &Head<'_>) -> bool {
    let holds = |name: &&str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(head.bytes, &name).is_some()
    };
    let others = ["WordDocument", "Workbook", "Book", "PowerPoint", "!_StringPool"];
    head.bytes.starts_with(SIGNATURE)
        && ([PROPERTIES, "__substg1.0_", "__nameid_version1.0"].iter().any(holds)
            || (!head.all && !others.iter().any(holds)))
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    if let Some(nested) = bytes.strip_prefix(MARK) {
        let (own, nested) = nested.split_first().unwrap_or((&b'0', b""));
        return mail::rebuilt(nested, *own == b'1', out);
    }
    let mut file = match CompoundFile::open(Cursor::new(bytes)) {
        Ok(file) => file,
        Err(e) => return out.note(Code::Malformed, Span::WHOLE, format!("the file's own directory is broken: {e}")),
    };
    let Some(message) = message(&mut file, Path::new("/"), 0, out) else {
        return out.note(
            Code::Unrecognised,
            Span::WHOLE,
            "a compound file, and no mail of Outlook's: listed, not read",
        );
    };
    if !message.has_header() {
        let text = "Outlook kept no header: the way it came is lost; names, addresses and times are what Outlook says";
        out.note(Code::Info, Span::WHOLE, text);
    }
    mail::rebuilt(&message.write(), message.has_header(), out);
}

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// The mail whose properties lie in this storage.
fn message(file: &mut File<'_>, at: &Path, depth: u32, out: &mut Out<'_>) -> Option<Rebuilt> {
    let bag = properties(file, at, if depth == 0 { OUTER } else { NESTED }, out)?;
    let mut made = Rebuilt {
        header: bag.text(mapi::HEADERS).unwrap_or_default(),
        from: (bag.first(&mapi::SENDER_NAME).unwrap_or_default(), bag.first(&mapi::SENDER).unwrap_or_default()),
        subject: bag.text(mapi::SUBJECT).unwrap_or_default(),
        message_id: bag.text(mapi::MESSAGE_ID).unwrap_or_default(),
        when: bag.when(mapi::SENT_AT).or_else(|| bag.when(mapi::CAME_AT)),
        ..Rebuilt::default()
    };
    made.words(&bag, out);
    for inside in storages(file, at, "__recip_version1.0_", out) {
        if let Some(who) = properties(file, &inside, INNER, out) {
            let field = match who.number(mapi::RECIPIENT_TYPE).unwrap_or(1) & 0xF {
                2 => "Cc",
                3 => "Bcc",
                _ => "To",
            };
            let name = who.text(mapi::DISPLAY_NAME).unwrap_or_default();
            made.to.push((field, name, who.first(&mapi::ADDRESS).unwrap_or_default()));
        }
    }
    for inside in storages(file, at, "__attach_version1.0_", out) {
        enclosure(file, &inside, depth, &mut made, out);
    }
    Some(made)
}

impl Rebuilt {
    /// Words plain and as HTML; rich text only where there are no others.
    fn words(&mut self, bag: &Bag, out: &mut Out<'_>) {
        if let Some(text) = bag.text(mapi::BODY) {
            self.bodies.push(("text/plain; charset=utf-8".to_owned(), text.into_bytes()));
        }
        if let Some((html, charset)) = bag.html() {
            self.bodies.push((format!("text/html; charset={charset}"), html.to_vec()));
        }
        if self.bodies.is_empty() {
            match bag.rtf() {
                Some(Ok(rtf)) => self.files.push(("words.rtf".to_owned(), "text/rtf".to_owned(), rtf.into_bytes())),
                Some(Err(e)) => {
                    out.note(Code::Malformed, Span::WHOLE, format!("its words are packed and cannot be unpacked: {e}"))
                }
                None => {}
            }
        }
    }
}

fn enclosure(file: &mut File<'_>, at: &Path, depth: u32, made: &mut Rebuilt, out: &mut Out<'_>) {
    let Some(bag) = properties(file, at, INNER, out) else { return };
    let name = bag.first(&mapi::FILE_NAME).unwrap_or_default();
    let kind = bag.text(mapi::FILE_KIND).unwrap_or_default();
    if let Some(bytes) = bag.bytes(mapi::FILE_DATA) {
        made.files.push((name, kind, bytes.to_vec()));
        return;
    }
    let inside = at.join("__substg1.0_3701000D");
    if !file.is_storage(&inside) {
        return out.note(Code::Malformed, Span::WHOLE, "an enclosure holds nothing");
    }
    if depth >= out.settings().limits.depth {
        return out.note(Code::Limit, Span::WHOLE, "mails nested too deep: not unpacked (limits.depth)");
    }
    if let Some(nested) = message(file, &inside, depth + 1, out) {
        let own = if nested.has_header() { b"1" } else { b"0" };
        let bytes = [MARK, own, &nested.write()].concat();
        made.files.push((name, "application/vnd.ms-outlook".to_owned(), bytes));
    }
}

/// Storages of a message whose names begin so, in order of name.
fn storages(file: &File<'_>, at: &Path, begins: &str, out: &mut Out<'_>) -> Vec<PathBuf> {
    let Ok(entries) = file.read_storage(at) else { return Vec::new() };
    let named = entries.filter(|e| e.is_storage() && e.name().starts_with(begins));
    let mut found: Vec<PathBuf> = named.map(|e| e.path().to_path_buf()).take(MOST + 1).collect();
    if found.len() > MOST {
        found.truncate(MOST);
        out.note(Code::Limit, Span::WHOLE, format!("only the first {MOST} recipients or enclosures were read"));
    }
    found.sort();
    found
}

/// Properties of one storage: small ones stand in one stream behind `header` bytes, each large one in its own.
fn properties(file: &mut File<'_>, at: &Path, header: usize, out: &mut Out<'_>) -> Option<Bag> {
    let mut bag = Bag::default();
    let small = stream(file, &at.join(PROPERTIES), out)?;
    for entry in small.get(header..).unwrap_or_default().chunks_exact(16).take(MOST) {
        let (kind, id) = (u16::from_le_bytes([entry[0], entry[1]]), u16::from_le_bytes([entry[2], entry[3]]));
        if !matches!(kind, mapi::WIDE | mapi::NARROW | mapi::BINARY | 0x000D) {
            bag.put(id, kind, entry[8..].to_vec());
        }
    }
    let names: Vec<String> = file
        .read_storage(at)
        .map(|e| e.filter(cfb::Entry::is_stream).map(|e| e.name().to_owned()).take(MOST).collect())
        .unwrap_or_default();
    for name in names {
        let tag = name.strip_prefix("__substg1.0_").and_then(|tag| u32::from_str_radix(tag, 16).ok());
        if let Some(tag) = tag
            && let Some(bytes) = stream(file, &at.join(&name), out)
        {
            bag.put((tag >> 16) as u16, tag as u16, bytes);
        }
    }
    Some(bag)
}

/// A stream's bytes; what is torn off is noted.
fn stream(file: &mut File<'_>, at: &Path, out: &mut Out<'_>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut stream = file.open_stream(at).ok()?;
    if let Err(e) = stream.read_to_end(&mut bytes) {
        out.note(Code::Truncated, Span::WHOLE, format!("a part of the file is torn off: {e}"));
    }
    Some(bytes)
}
