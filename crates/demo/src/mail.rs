//! Mails as they lie in a mailbox: headers of the route, MIME parts, mbox.
//!
//! Sources: RFC 5322, 2045–2047 (MIME), 8601 (Authentication-Results), 6376 (DKIM-Signature), 4155 (mbox).

use crate::dates;
use crate::rng::Rng;
use crate::squeeze::base64;

/// The line that stands in every mail.
pub const MARK: &str = "-- SYNTHETIC: a made-up mail for a demonstration.";

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Shown name.
    pub name: String,
    /// `local@host`.
    pub address: String,
}

impl Who {
    /// From its parts.
    pub fn new(name: &str, local: &str, host: &str) -> Self {
        Self { name: name.to_owned(), address: format!("{local}@{host}") }
    }

    /// The part after the `@`.
    pub fn host(&self) -> &str {
        self.address.rsplit('@').next().unwrap_or_default()
    }

    fn header(&self) -> String {
        if self.name.is_empty() { self.address.clone() } else { format!("{} <{}>", encoded(&self.name), self.address) }
    }
}

/// What is in a mail.
#[derive(Debug, Clone)]
pub enum Body {
    /// Words.
    Plain(String),
    /// The same as text and as HTML.
    Both(String, String),
    /// Words, and a picture: file name, bytes.
    Picture(String, String, Vec<u8>),
    /// Words, and a mail enclosed whole.
    Enclosing(String, Box<Mail>),
}

/// A mail that reached a mailbox.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Sender.
    pub from: Who,
    /// Receiver.
    pub to: Who,
    /// Subject.
    pub subject: String,
    /// When sent, seconds.
    pub at: i64,
    /// Sender's minutes east of UTC.
    pub zone: i64,
    /// `Message-ID` without brackets.
    pub id: String,
    /// Further headers above `From`, newest first: the route.
    pub route: Vec<(String, String)>,
    /// Further headers below `Subject`.
    pub extra: Vec<(String, String)>,
    /// What is in it.
    pub body: Body,
}

impl Mail {
    /// The whole mail, lines ended by `\n`.
    pub fn raw(&self) -> String {
        let mut out = String::new();
        let mut put = |name: &str, value: &str| out.push_str(&format!("{name}: {value}\n"));
        put("Delivered-To", &self.to.address);
        self.route.iter().for_each(|(k, v)| put(k, v));
        put("X-Synthetic", "yes");
        put("From", &self.from.header());
        put("To", &self.to.header());
        put("Subject", &encoded(&self.subject));
        put("Date", &dates::rfc5322(self.at, self.zone));
        put("Message-ID", &format!("<{}>", self.id));
        self.extra.iter().for_each(|(k, v)| put(k, v));
        put("MIME-Version", "1.0");
        out + &self.mime()
    }

    /// Content headers, empty line, content.
    fn mime(&self) -> String {
        let border = format!("=_{}", self.id.split('@').next().unwrap_or_default());
        match &self.body {
            Body::Plain(text) => words("plain", &format!("{text}\n\n{MARK}\n")),
            Body::Both(text, html) => {
                let html = format!("{html}\n<p>{MARK}</p>\n");
                let parts = [words("plain", &format!("{text}\n\n{MARK}\n")), words("html", &html)];
                multipart("alternative", &border, &parts)
            }
            Body::Picture(text, name, bytes) => {
                let parts = [words("plain", &format!("{text}\n\n{MARK}\n")), picture(name, bytes)];
                multipart("mixed", &border, &parts)
            }
            Body::Enclosing(text, mail) => {
                let enclosed =
                    format!("Content-Type: message/rfc822\nContent-Disposition: attachment\n\n{}", mail.raw());
                multipart("mixed", &border, &[words("plain", &format!("{text}\n\n{MARK}\n")), enclosed])
            }
        }
    }

    /// Its words, as an answer or a forwarded copy would quote them.
    pub fn text(&self) -> &str {
        match &self.body {
            Body::Plain(t) | Body::Both(t, _) | Body::Picture(t, ..) | Body::Enclosing(t, _) => t,
        }
    }
}

fn multipart(kind: &str, border: &str, parts: &[String]) -> String {
    let inside: String = parts.iter().map(|p| format!("--{border}\n{p}\n")).collect();
    format!("Content-Type: multipart/{kind}; boundary=\"{border}\"\n\n{inside}--{border}--\n")
}

/// A text part: as it is where ASCII allows, else base64 (HTML) or quoted-printable.
fn words(kind: &str, text: &str) -> String {
    let (encoding, body) = match (text.is_ascii(), kind) {
        (true, "plain") => ("7bit", text.to_owned()),
        (_, "html") => ("base64", folded(&base64(text.as_bytes()))),
        _ => ("quoted-printable", quoted_printable(text)),
    };
    format!("Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}")
}

fn picture(name: &str, bytes: &[u8]) -> String {
    format!(
        "Content-Type: image/png; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\
         Content-Transfer-Encoding: base64\n\n{}",
        folded(&base64(bytes))
    )
}

fn folded(line: &str) -> String {
    line.as_bytes().chunks(76).map(|c| String::from_utf8_lossy(c).into_owned() + "\n").collect()
}

fn quoted_printable(text: &str) -> String {
    text.lines().map(|line| quoted_line(line) + "\n").collect()
}

fn quoted_line(line: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for (i, b) in line.bytes().enumerate() {
        let plain = matches!(b, b'!'..=b'<' | b'>'..=b'~') || (b == b' ' && i + 1 < line.len());
        let piece = if plain { char::from(b).to_string() } else { format!("={b:02X}") };
        if width + piece.len() > 75 {
            out.push_str("=\n");
            width = 0;
        }
        width += piece.len();
        out.push_str(&piece);
    }
    out
}

/// A header word (RFC 2047), encoded only where it must be.
fn encoded(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { format!("=?utf-8?B?{}?=", base64(text.as_bytes())) }
}

/// An mbox of these mails in order of time.
pub fn mbox(mails: &[Mail]) -> Vec<u8> {
    let mut order: Vec<&Mail> = mails.iter().collect();
    order.sort_by_key(|m| (m.at, m.id.clone()));
    let mut out = String::new();
    for mail in order {
        out.push_str(&format!("From {} {}\n", mail.from.address, dates::asctime(mail.at + 5)));
        for line in mail.raw().lines() {
            let quoted = line.trim_start_matches('>').starts_with("From ");
            out.push_str(if quoted { ">" } else { "" });
            out.push_str(line);
            out.push('\n');
        }
        out.push('\n');
    }
    out.into_bytes()
}

/// A server that sends or takes mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Host.
    pub name: String,
    /// Address, from the ranges kept for documentation (RFC 5737).
    pub ip: String,
}

/// The route of a mail from a provider to a receiver's server, with what that server found out about it.
///
/// `client` is the machine the sender used, where the provider tells; `results` are the verdicts on SPF, DKIM, DMARC.
pub fn route(
    rng: &mut Rng,
    mail: &Mail,
    out: &Server,
    client: Option<&Server>,
    results: [&str; 3],
) -> Vec<(String, String)> {
    let (domain, here) = (mail.from.host(), mail.to.host());
    let queue = rng.letters("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 10);
    let local = rng.letters("abcdefghijkmnopqrstuvwxyz0123456789", 12);
    let when = |later: i64| dates::rfc5322(mail.at + later, 0);
    let [spf, dkim, dmarc] = results;
    let mut route = vec![(
        "Received".to_owned(),
        format!(
            "from {} ({} [{}])\n\tby mx1.{here} (Postfix) with ESMTPS id {queue}\n\tfor <{}>; {}",
            out.name,
            out.name,
            out.ip,
            mail.to.address,
            when(rng.range(2, 6))
        ),
    )];
    let first = match client {
        Some(c) => format!("from {} ([{}])", c.name, c.ip),
        None => format!("by webmail.{domain} (web interface)"),
    };
    let signed = if dkim == "pass" { format!(" header.d={domain}") } else { String::new() };
    let verdict = format!(
        "mx1.{here};\n\tspf={spf} smtp.mailfrom={domain};\n\tdkim={dkim}{signed};\n\tdmarc={dmarc} header.from={domain}"
    );
    route.push(("Authentication-Results".to_owned(), verdict));
    route.push(("Received".to_owned(), format!("{first}\n\tby {} with ESMTP id {local};\n\t{}", out.name, when(1))));
    if dkim == "pass" {
        let (hash, signature) = (base64(rng.hex(32).as_bytes()), base64(rng.hex(96).as_bytes()));
        let value = format!(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=mail;\n\th=from:to:subject:date:message-id;\n\tbh={hash};\n\tb={signature}"
        );
        route.push(("DKIM-Signature".to_owned(), value));
    }
    route
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(quoted_line("a = b "), "a =3D b=20");
        assert_eq!(quoted_line("né"), "n=C3=A9");
        assert!(quoted_line(&"é".repeat(60)).lines().all(|l| l.len() <= 76));
        assert_eq!(encoded("plain"), "plain");
        assert_eq!(encoded("é"), "=?utf-8?B?w6k=?=");
    }

    #[test]
    fn a_line_that_begins_with_from_is_quoted() {
        let who = Who::new("", "a", "b.example");
        let body = Body::Plain("one\nFrom here on\n>From there".to_owned());
        let (route, extra) = (Vec::new(), Vec::new());
        let subject = "s".to_owned();
        let mail = Mail {
            from: who.clone(),
            to: who,
            subject,
            at: 0,
            zone: 0,
            id: "x@b.example".to_owned(),
            route,
            extra,
            body,
        };
        let text = String::from_utf8(mbox(&[mail])).expect("ASCII");
        assert!(text.starts_with("From a@b.example Thu Jan  1 00:00:05 1970\n"));
        assert!(text.contains("\n>From here on\n>>From there\n"));
    }
}
