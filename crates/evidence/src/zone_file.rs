//! Zone files: what a zone says of each name in it, and answers as `dig` prints them.
//!
//! `$ORIGIN`, `@`, names without an end, parentheses and several strings are understood; `$INCLUDE` and `$GENERATE` are told
//! and not followed. Of a SOA record only the mailbox counts. Names with an underscore in front are services, not sites, and
//! owners of NSEC3 records are hashes: both are left out. Source: RFC 1035 section 5, RFC 2308; CZDS zone files.

mod token;

use crate::posts::window::Window;
use crate::posts::{domain, table};
use crate::said::Said;
use crate::site_table::of_record;
use crate::{Example, Format, Head, Out, Reading};
use model::{About, Card, Code, Span};
use std::io::BufRead;
use token::Tokens;

/// The drawer.
pub const ZONE_FILE: Format = Format {
    card: Card {
        id: "zone-file",
        about: "DNS zones as master files, and answers as dig prints them",
        source: "RFC 1035 section 5; CZDS zone files",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

/// Types that say that a name is there.
const NAMED: &[&str] = &["A", "AAAA", "NS", "MX", "SOA", "TXT", "SPF", "CNAME", "DNAME", "HTTPS", "SVCB"];
/// Other types that may stand in a zone.
const OTHER: &[&str] = &[
    "CAA",
    "SRV",
    "DS",
    "DNSKEY",
    "NSEC",
    "NSEC3",
    "NSEC3PARAM",
    "RRSIG",
    "TLSA",
    "PTR",
    "CDS",
    "CDNSKEY",
    "SSHFP",
    "ZONEMD",
];

fn is_type(text: &str) -> bool {
    NAMED.iter().chain(OTHER).any(|t| t.eq_ignore_ascii_case(text))
}

/// Most lines by which a zone is told.
const LOOKED_AT: usize = 60;

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = head.words() else { return false };
    let whole = if head.all { text } else { text.rsplit_once('\n').map_or(text, |cut| cut.0) };
    let uncommented = |l: &'_ str| memchr::memchr(b';', l.as_bytes()).unwrap_or(l.len());
    let lines = || whole.lines().map(|l| &l[..uncommented(l)]).filter(|l| !l.trim().is_empty());
    let control = lines().next().is_some_and(|l| l.starts_with("$ORIGIN ") || l.starts_with("$TTL "));
    let (mut records, mut all, mut deep) = (0, 0, 0_usize);
    for line in lines().take(LOOKED_AT) {
        let inside = deep > 0;
        let count = |of: u8| line.bytes().filter(|b| *b == of).count();
        deep = (deep + count(b'(')).saturating_sub(count(b')'));
        if !inside && !line.starts_with('$') {
            all += 1;
            records += usize::from(is_record(line));
            if all - records > LOOKED_AT / 2 || (!control && all - records > LOOKED_AT / 5) {
                return false;
            }
        }
    }
    records > 0 && (records * 10 >= all * 8 || control && records * 2 >= all)
}

/// An owner (or none), then perhaps a time to live, the class `IN`, a type and something.
fn is_record(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace().peekable();
    let blank = line.starts_with([' ', '\t']);
    if !blank {
        words.next();
    }
    let class = words.clone().take(2).any(|w| w.eq_ignore_ascii_case("in"));
    let sort = words.find(|w| !w.eq_ignore_ascii_case("in") && !is_time(w));
    class && sort.is_some_and(is_type) && words.next().is_some()
}

/// A time to live: `3600`, `1h30m`.
fn is_time(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && word.bytes().all(|b| b.is_ascii_digit() || b"smhdwSMHDW".contains(&b))
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let mut zone = Zone::default();
    table::over_text(bytes, out, |window, out| zone.read(window, out));
    out.layout(format!("{} records; of types not used: {}", zone.records, zone.unused));
}

/// What holds from record to record.
#[derive(Default)]
struct Zone {
    origin: String,
    owner: String,
    /// What was said of the last owner so far, and where.
    said: Option<(Said, u64, u64)>,
    records: u64,
    unused: u64,
}

impl Zone {
    fn read(&mut self, window: &mut Window<'_>, out: &mut Out<'_>) {
        let limit = usize::try_from(out.settings().limits.row).unwrap_or(usize::MAX);
        let mut tokens = Tokens::default();
        while let Some((line, ended)) = token::line(window, limit) {
            let at = window.at;
            let text = String::from_utf8_lossy(&window.bytes()[..line]);
            tokens.take(&text, at);
            if tokens.len() > limit || line > limit {
                out.note(Code::Limit, Span::bytes(at, 1), "a record is longer than limits.row: left out");
                tokens = Tokens::default();
            } else if tokens.closed() {
                self.record(&tokens, at + line as u64, out);
                tokens.clear();
            }
            window.pass(line + usize::from(ended));
        }
        if !tokens.closed() {
            out.note(Code::Truncated, Span::bytes(tokens.at(), 1), "ends inside parentheses: the record was left out");
        }
        self.flush(out);
    }

    fn record(&mut self, tokens: &Tokens, end: u64, out: &mut Out<'_>) {
        let mut words = tokens.words();
        let Some(first) = words.first().copied() else { return };
        let span = Span::bytes(tokens.at(), end - tokens.at());
        if first.starts_with('$') && !tokens.blank() {
            return self.control(&words, span, out);
        }
        if !tokens.blank() {
            let owner = self.whole(first);
            words.remove(0);
            if owner != self.owner {
                self.flush(out);
                self.owner = owner;
            }
        }
        let sort = words.iter().take(3).position(|w| !w.eq_ignore_ascii_case("in") && !is_time(w));
        let Some((sort, data)) = sort.and_then(|at| Some((words[at], words.get(at + 1..)?))).filter(|s| is_type(s.0))
        else {
            return out.note(Code::Malformed, span, "a record whose type is not known: left out");
        };
        self.records += 1;
        self.tell(sort, data, tokens.at(), end, out);
    }

    fn control(&mut self, words: &[&str], span: Span, out: &mut Out<'_>) {
        match (words[0].to_ascii_uppercase().as_str(), words.get(1)) {
            ("$ORIGIN", Some(origin)) => self.origin = self.whole(origin),
            ("$TTL", _) => {}
            ("$INCLUDE" | "$GENERATE", _) => {
                out.note(Code::Info, span, "$INCLUDE and $GENERATE are not followed: what they stand for is not read");
            }
            _ => out.note(Code::Malformed, span, "a control entry that is not known: left out"),
        }
    }

    /// A name with the origin behind it where it has no end of its own.
    fn whole(&self, name: &str) -> String {
        match name.strip_suffix('.') {
            Some(whole) => whole.to_ascii_lowercase(),
            None if name == "@" => self.origin.clone(),
            None if self.origin.is_empty() => name.to_ascii_lowercase(),
            None => format!("{}.{}", name.to_ascii_lowercase(), self.origin),
        }
    }

    fn tell(&mut self, sort: &str, data: &[&str], at: u64, end: u64, out: &mut Out<'_>) {
        let site = !self.owner.starts_with('_') && domain(&self.owner).is_some();
        if !site || !NAMED.iter().any(|t| t.eq_ignore_ascii_case(sort)) {
            self.unused += 1;
            return;
        }
        let value = match of_record(sort) {
            Some(About::NameServer) => self.whole(data.first().copied().unwrap_or_default()),
            Some(About::MailServer) => self.whole(data.last().copied().unwrap_or_default()),
            Some(About::ZoneMailbox) => match data {
                [server, mailbox, ..] => format!("{server} {}", self.whole(mailbox)),
                _ => String::new(),
            },
            Some(About::Text) => data.concat(),
            _ => data.first().copied().unwrap_or_default().to_owned(),
        };
        let Self { said, owner, .. } = self;
        let (said, _, last) = said.get_or_insert_with(|| (Said::of(domain(owner).unwrap_or_default()), at, end));
        if let Some(about) = of_record(sort) {
            said.add_record(about, &value);
        }
        *last = end;
        if said.full() {
            self.flush(out);
        }
    }

    fn flush(&mut self, out: &mut Out<'_>) {
        if let Some((said, at, end)) = self.said.take() {
            said.tell(Span::bytes(at, end - at), out);
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "a master file",
        bytes: br##"$ORIGIN one.example.
$TTL 1h
@ IN SOA ns1.host.example. desk\.web.two.example. ( 2026090101 ; serial
      7200 3600 1209600 300 )
   IN NS ns1.host.example.
   IN NS ns2
   IN MX 10 mail
   IN TXT "v=spf1 " "include:mail.example -all"
www 300 IN A 192.0.2.7
_dmarc IN TXT "v=DMARC1"
old IN WKS 192.0.2.7
$INCLUDE other.zone
shop.two.example. IN CNAME www
"##,
        says: &[
            "opened example as zone-file",
            "  facts bytes 29-235 subject=\"one.example\" said=[ZoneMailbox=\"desk\\\\.web.two.example\", NameServer=\"ns1.host.example\", NameServer=\"ns2.one.example\", MailServer=\"mail.one.example\", Text=\"v=spf1 include:mail.example -all\"]",
            "  facts bytes 236-258 subject=\"www.one.example\" said=[Address=\"192.0.2.7\"]",
            "  facts bytes 325-355 subject=\"shop.two.example\"",
            "  note malformed bytes 284-304 a record whose type is not known: left out ×1",
            "  note info bytes 305-324 $INCLUDE and $GENERATE are not followed: what they stand for is not read ×1",
            "closed bytes=356 records=3 children=0 layout=\"8 records; of types not used: 1\"",
        ],
    },
    Example {
        name: "a list of delegations",
        bytes: b"one.example.\t3600\tin\tns\tns1.host.example.\none.example.\t3600\tin\tns\tns2.host.example.\n\
0a1b2c.example.\t3600\tin\tnsec3\t1 1 0 - 0d1e2f ns\ntwo.example.\t3600\tin\tns\tns1.host.example.\n",
        says: &[
            "opened example as zone-file",
            "  facts bytes 0-83 subject=\"one.example\" said=[NameServer=\"ns1.host.example\", NameServer=\"ns2.host.example\"]",
            "  facts bytes 132-173 subject=\"two.example\" said=[NameServer=\"ns1.host.example\"]",
            "closed bytes=174 records=2 children=0 layout=\"4 records; of types not used: 1\"",
        ],
    },
];
