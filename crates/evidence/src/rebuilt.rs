//! A mail written anew from what another program kept of it, so that it is read like any other.
//!
//! Its header is the one the program kept, or one made from names, addresses and times; the parts are ours. So no place in
//! these bytes is a place in the evidence, and nothing that a signature is over survived: whoever reads it
//! ([`crate::mail::rebuilt`]) says neither.

use base64ct::{Base64, Encoding};
use model::When;

/// How a rebuilt mail begins that is enclosed in another one. Anybody may write it; it only makes less of a mail known.
pub(crate) const MARK: &[u8] = b"unspool: a mail rebuilt from its properties\n";
/// Parts stand in base64, in which no underscore occurs.
const BOUNDARY: &str = "=_rebuilt";
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What is known of a mail.
#[derive(Default)]
pub(crate) struct Rebuilt {
    /// The header that the program kept; empty for none.
    pub header: String,
    pub from: (String, String),
    /// Name and address of those it went to, and the field they stood in.
    pub to: Vec<(&'static str, String, String)>,
    pub subject: String,
    pub message_id: String,
    pub when: Option<When>,
    /// Kind with charset, bytes.
    pub bodies: Vec<(String, Vec<u8>)>,
    /// Name, kind, bytes.
    pub files: Vec<(String, String, Vec<u8>)>,
}

impl Rebuilt {
    /// True where the header is the mail's own.
    pub(crate) fn has_header(&self) -> bool {
        self.header.lines().any(|l| l.contains(':'))
    }

    /// As a mail is written.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = if self.has_header() { kept(&self.header) } else { self.made() }.into_bytes();
        let line = format!("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\n\n");
        out.extend_from_slice(line.as_bytes());
        for (kind, bytes) in &self.bodies {
            part(kind, "inline", bytes, &mut out);
        }
        for (name, kind, bytes) in &self.files {
            let kind = if kind.is_empty() { "application/octet-stream" } else { kind };
            part(&plain(kind), &format!("attachment; filename*=utf-8''{}", escaped(name)), bytes, &mut out);
        }
        out.extend_from_slice(format!("--{BOUNDARY}--\n").as_bytes());
        out
    }

    fn made(&self) -> String {
        let mut out = String::new();
        let mut field = |name: &str, value: String| {
            if !value.is_empty() {
                out.push_str(&format!("{name}: {value}\n"));
            }
        };
        field("From", address(&self.from.0, &self.from.1));
        for (name, who, at) in &self.to {
            field(name, address(who, at));
        }
        field("Subject", word(&self.subject));
        field("Date", self.when.map(date).unwrap_or_default());
        field("Message-ID", plain(&self.message_id));
        out
    }
}

/// Without the fields that told the shape of parts that are not these.
fn kept(header: &str) -> String {
    let (mut out, mut shape) = (String::with_capacity(header.len()), false);
    for line in header.lines().filter(|l| !l.trim().is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
            shape = name.starts_with("content-") || name == "mime-version";
        }
        if !shape {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn part(kind: &str, disposition: &str, bytes: &[u8], out: &mut Vec<u8>) {
    let head = format!(
        "--{BOUNDARY}\nContent-Type: {kind}\nContent-Disposition: {disposition}\nContent-Transfer-Encoding: base64\n\n"
    );
    out.extend_from_slice(head.as_bytes());
    for line in bytes.chunks(57) {
        out.extend_from_slice(Base64::encode_string(line).as_bytes());
        out.push(b'\n');
    }
}

fn address(name: &str, address: &str) -> String {
    match (name.trim(), plain(address)) {
        ("", at) => at,
        (name, at) => format!("{} <{at}>", word(name)),
    }
}

/// An encoded word, where it is more than plain letters.
fn word(text: &str) -> String {
    let simple = |c: char| c.is_ascii_alphanumeric() || " -_'".contains(c);
    if text.chars().all(simple) {
        return text.to_owned();
    }
    let text: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    let piece = |c: &[char]| format!("=?utf-8?b?{}?=", Base64::encode_string(c.iter().collect::<String>().as_bytes()));
    text.chunks(12).map(piece).collect::<Vec<_>>().join("\n ")
}

/// Letters that cannot end a field.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn escaped(name: &str) -> String {
    let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
    name.bytes().map(byte).collect()
}

fn date(when: When) -> String {
    let ((year, month, day), seconds) = (when.civil(), when.unix().rem_euclid(86_400));
    let month = MONTHS[(month as usize).clamp(1, 12) - 1];
    format!("{day} {month} {year} {:02}:{:02}:{:02} +0000", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
