//! Answers of WHOIS servers as text: registrar, day of registration and name servers of each domain.
//!
//! People and organisations behind a domain (registrant, administrative, technical contact) are never taken, published or not:
//! this program unmasks nobody. Days of change and expiry and states are read past, for nothing makes use of them. Wrong for
//! registers whose words are not in the lists below. Source: RFC 3912; answers of registers in daily use.

use crate::posts::{Clock, domain, table};
use crate::said::Said;
use crate::{Example, Format, Head, Out, Reading, dates};
use model::{About, Card, Code, Span, When};

/// The drawer.
pub const WHOIS: Format = Format {
    card: Card {
        id: "whois",
        about: "answers of WHOIS servers as text; who registered a domain is not taken",
        source: "RFC 3912; ICANN Registration Data Directory Services; registers in daily use",
    },
    recognise,
    read: Reading::Whole(read),
    risky: None,
    examples: EXAMPLES,
};

const SUBJECT: &[&str] = &["domain name", "domain", "domainname", "nom de domaine"];
const REGISTRAR: &[&str] = &["registrar", "sponsoring registrar", "registrar name", "registrar organization"];
const CREATED: &[&str] = &[
    "creation date",
    "created",
    "created on",
    "created date",
    "registered",
    "registered on",
    "registered date",
    "registration date",
    "registration time",
    "domain registration date",
    "domain create date",
    "record created",
];
const SERVER: &[&str] =
    &["name server", "name servers", "nserver", "nameserver", "nameservers", "nserver(s)", "domain servers"];
const LOOKED_UP: &[&str] = &["last update of whois database", "last update of the whois database"];

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = Some(head).filter(|h| !h.markup()).and_then(Head::lossy) else { return false };
    let (mut subject, mut others) = (false, 0);
    for line in text.lines().take(200) {
        let Some((key, value)) = halves(line) else { continue };
        // Small letters only where they are needed: every mail is asked.
        let is = |of: &[&str]| match key.is_ascii() {
            true => of.iter().any(|n| n.eq_ignore_ascii_case(key)),
            false => of.contains(&key.to_lowercase().as_str()),
        };
        subject |= is(SUBJECT) && (domain(value).is_some() || value.is_empty());
        others += usize::from([REGISTRAR, CREATED, SERVER].into_iter().any(is));
    }
    subject && others >= 2
}

/// Key in lower case, and value.
fn pair(line: &str) -> Option<(String, &str)> {
    halves(line).map(|(key, value)| (key.to_lowercase(), value))
}

/// Key without the dots that some put behind it, and value.
fn halves(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['*', '[', ' ', '\t', '>']);
    let (key, value) = line.split_once(':').or_else(|| line.split_once(']'))?;
    let key = key.trim_end_matches(['.', ' ', ']']).trim();
    (!key.is_empty() && key.len() <= 40).then(|| (key, value.trim().trim_end_matches('<').trim()))
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => std::borrow::Cow::Borrowed(text),
        Err(_) => table::decode(bytes, Span::WHOLE, out).into(),
    };
    let mut answers = Answers { clock: Clock::of(std::iter::empty()), open: None, block: None };
    let mut at = 0_u64;
    for line in text.split_inclusive('\n') {
        answers.line(line, at, out);
        at += line.len() as u64;
    }
    answers.close(at, out);
    let times = answers.clock.finish(out);
    out.layout(format!("registrar, registration and name servers; contacts are not taken{times}"));
}

struct Answers {
    clock: Clock,
    /// What is said of the domain at hand, and where its answer begins.
    open: Option<(Said, u64)>,
    /// What the lines below a key without a value are.
    block: Option<About>,
}

impl Answers {
    fn line(&mut self, line: &str, at: u64, out: &mut Out<'_>) {
        let known = pair(line).map(|(key, value)| (sort(&key), key, value));
        match known {
            Some((_, key, value)) if SUBJECT.contains(&key.as_str()) => self.subject(value, at, out),
            Some((Some(about), _, value)) => {
                self.block = value.is_empty().then_some(about);
                self.add(about, value);
            }
            Some((None, key, value)) if LOOKED_UP.iter().any(|k| key.ends_with(k)) => {
                let when = self.clock.read(value);
                self.open.iter_mut().for_each(|(said, _)| said.when = when);
            }
            Some((None, _, value)) if !value.is_empty() || !line.starts_with([' ', '\t']) => self.block = None,
            _ if line.trim().is_empty() => self.block = None,
            _ => {
                let value = line.trim();
                match self.block {
                    Some(About::ZoneMailbox) => self.subject(value, at, out),
                    Some(about) => self.add(about, value),
                    None => {}
                }
            }
        }
    }

    /// A new answer begins, or the one at hand says again whose it is.
    fn subject(&mut self, value: &str, at: u64, out: &mut Out<'_>) {
        self.block = value.is_empty().then_some(About::ZoneMailbox);
        let Some(name) = domain(value) else { return };
        if self.open.as_ref().is_some_and(|(said, _)| said.subject.eq_ignore_ascii_case(name)) {
            return;
        }
        self.close(at, out);
        self.open = Some((Said::of(name), at));
    }

    fn add(&mut self, about: About, value: &str) {
        let Some((said, _)) = &mut self.open else { return };
        match about {
            About::Registered if said.has(about) => {}
            About::Registered => {
                let value = value.split(" (").next().unwrap_or(value).trim();
                // `30-Jun-2026`, as Nominet writes it.
                let named = dates::rfc5322(format!("{} 00:00:00 +0000", value.replace('-', " ")).as_bytes());
                let when = self.clock.read(value).or_else(|| named.map(|w| self.clock.seen(w)));
                said.add(about, &when.map(When::iso).unwrap_or_default());
            }
            About::NameServer => said.add(about, value.split_whitespace().next().unwrap_or_default()),
            // Nominet puts a tag behind the name, DENIC's successors an address.
            _ => said.add(about, value.split(" [Tag").next().unwrap_or(value)),
        }
    }

    fn close(&mut self, end: u64, out: &mut Out<'_>) {
        self.block = None;
        if let Some((said, at)) = self.open.take() {
            let span = Span::bytes(at, end - at);
            if said.is_empty() {
                out.note(Code::Info, span, "an answer that says nothing of registrar, registration or name servers");
            }
            said.tell(span, out);
        }
    }
}

fn sort(key: &str) -> Option<About> {
    [(REGISTRAR, About::Registrar), (CREATED, About::Registered), (SERVER, About::NameServer)]
        .into_iter()
        .find(|(keys, _)| keys.contains(&key))
        .map(|s| s.1)
}

const EXAMPLES: &[Example] = &[Example {
    name: "two answers",
    bytes: br##"Domain Name: ONE.EXAMPLE
Registrar: Namen, Inc.
Creation Date: 2026-06-30T20:46:03Z
Registry Expiry Date: 2027-06-30T20:46:03Z
Registrant Name: A Person
Registrant Email: person@two.example
Name Server: NS1.HOST.EXAMPLE
Name Server: NS2.HOST.EXAMPLE
>>> Last update of WHOIS database: 2026-09-02T10:00:00Z <<<

    Domain name:
        two.example

    Registrar:
        Namen Ltd [Tag = NAMEN]

    Relevant dates:
        Registered on: 30-Jun-2026

    Name servers:
        ns1.host.example  192.0.2.53
        ns2.host.example
"##,
    says: &[
        "opened example as whois",
        "  facts bytes 0-328 subject=\"ONE.EXAMPLE\" when=2026-09-02T10:00:00Z said=[Registrar=\"Namen, Inc.\", Registered=\"2026-06-30T20:46:03Z\", NameServer=\"NS1.HOST.EXAMPLE\", NameServer=\"NS2.HOST.EXAMPLE\"]",
        "  facts bytes 328-533 subject=\"two.example\" said=[Registrar=\"Namen Ltd\", Registered=\"2026-06-30T00:00:00Z\", NameServer=\"ns1.host.example\", NameServer=\"ns2.host.example\"]",
        "closed bytes=533 records=2 children=0 layout=\"registrar, registration and name servers; contacts are not taken; times: whole seconds\"",
    ],
}];
