//! Tables of what is known of sites: DNS, registration and certificate columns beside a domain, or passive DNS by record.
//!
//! Columns are known by name and by what stands in them; the layout line says what was taken. Times of first sight become
//! the row's time. Names of owners that someone else wrote into a table (`operator`, `owner`, `label`) are never read.
//! Wrong where a column of addresses is about something else than the domain. Source: ours, after exports in daily use;
//! draft-dulaunoy-dnsop-passive-dns-cof for passive DNS.

use crate::posts::columns::{Sample, unused};
use crate::posts::rows::Cells;
use crate::posts::window::Window;
use crate::posts::{Clock, Row, domain, table};
use crate::said::Said;
use crate::{Example, Format, Head, Out, Reading};
use model::{About, Card, Code, Span};
use std::io::BufRead;

/// The drawer.
pub const SITE_TABLE: Format = Format {
    card: Card {
        id: "site-table",
        about: "what is known of sites: a table of domains with DNS, registration or certificate columns; passive DNS",
        source: "ours, after exports in daily use; draft-dulaunoy-dnsop-passive-dns-cof",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

/// What the columns say.
struct Columns {
    subject: usize,
    when: Option<usize>,
    said: Vec<(usize, About)>,
    /// Passive DNS: the columns of the record's type and of its value.
    record: Option<(usize, usize)>,
}

fn recognise(head: &Head<'_>) -> bool {
    let braced = |text: &str| text.trim_start().starts_with(['{', '[', '<']);
    !head.words().is_none_or(braced) && head.table().is_some_and(|t| columns(&t.sample).is_some())
}

fn plan(text: &str, all: bool) -> Option<(table::Table, Columns)> {
    if text.trim_start().starts_with(['{', '[', '<']) {
        return None;
    }
    let table = table::table(text.as_bytes(), all)?;
    let columns = columns(&table.sample)?;
    Some((table, columns))
}

const SUBJECTS: &[&str] = &[
    "domain",
    "domainname",
    "domains",
    "fqdn",
    "hostname",
    "rrname",
    "query",
    "host",
    "site",
    "website",
    "name",
    "input",
];
const SEEN: &[&str] = &["timefirst", "firstseen", "seen", "lastseen", "timelast", "observed", "timestamp", "date"];

fn columns(sample: &Sample) -> Option<Columns> {
    if !sample.headed || sample.posts().surely_posts() {
        return None;
    }
    let named = |name: &&str| sample.named(name);
    let is = |at: &usize| sample.most(*at, 90, |v| domain(v).is_some() && !is_address(v));
    let subject = SUBJECTS.iter().filter_map(named).find(is)?;
    let when = SEEN.iter().find_map(named).filter(|at| *at != subject);
    let sort = ["rrtype", "recordtype", "type", "qtype"].iter().find_map(named);
    let value = ["rdata", "rrvalue", "answer", "answers", "value", "data"].iter().find_map(named);
    let record = sort.zip(value).filter(|(sort, _)| sample.most(*sort, 80, record_type));
    if record.is_some() {
        return Some(Columns { subject, when, said: Vec::new(), record });
    }
    let said: Vec<(usize, About)> =
        (0..sample.names.len()).filter(|at| *at != subject).filter_map(|at| Some((at, about(sample, at)?))).collect();
    let enough = said.iter().any(|(_, about)| *about != About::Registered);
    enough.then_some(Columns { subject, when: when.filter(|at| said.iter().all(|s| s.0 != *at)), said, record: None })
}

/// True for the type of a DNS record.
fn record_type(text: &str) -> bool {
    const OTHERS: &[&str] =
        &["CNAME", "CAA", "PTR", "SRV", "DS", "DNSKEY", "NSEC", "RRSIG", "HTTPS", "SVCB", "TLSA", "ANY"];
    of_record(text).is_some() || OTHERS.contains(&text.trim().to_ascii_uppercase().as_str())
}

/// What a passive DNS row of this type says.
pub(crate) fn of_record(sort: &str) -> Option<About> {
    Some(match sort.trim().to_ascii_uppercase().as_str() {
        "A" | "AAAA" => About::Address,
        "NS" => About::NameServer,
        "MX" => About::MailServer,
        "SOA" => About::ZoneMailbox,
        "TXT" | "SPF" => About::Text,
        _ => return None,
    })
}

/// What a column says, by its name and by what stands in it.
fn about(sample: &Sample, at: usize) -> Option<About> {
    let name = sample.plain(at);
    let has = |part: &str| name.contains(part);
    let by_name = NAMED.iter().find(|(names, _, _)| names.contains(&name));
    if let Some((_, about, fits)) = by_name {
        return sample.most(at, 60, fits).then_some(*about);
    }
    let addresses = sample.most(at, 80, |v| v.split([',', ';', '|', ' ']).all(|p| p.is_empty() || is_address(p)));
    match () {
        () if addresses => Some(About::Address),
        () if has("nameserver") && sample.most(at, 60, hosts) => Some(About::NameServer),
        () if has("registrar") && !has("url") && !has("iana") && !has("abuse") => Some(About::Registrar),
        () if has("favicon") && sample.most(at, 80, number) => Some(About::Icon),
        () if (has("registrant") || has("whois")) && has("mail") => Some(About::ContactMail),
        () if has("registrant") && has("phone") => Some(About::ContactPhone),
        () if has("registrant") && (has("name") || has("org")) => Some(About::Registrant),
        () => None,
    }
}

type Fits = fn(&str) -> bool;

/// Names of columns, as [`plain`] writes them, what they say, and what must stand in them.
const NAMED: &[(&[&str], About, Fits)] = &[
    (&["ns", "nsrecords", "nss", "nsrecord"], About::NameServer, hosts),
    (&["mx", "mxrecords", "mxrecord", "mailservers", "mxservers"], About::MailServer, hosts),
    (&["soa", "soarname", "rname", "soaemail", "soamname", "soacontact"], About::ZoneMailbox, dotted),
    (&["txt", "txtrecords", "spf", "txtrecord"], About::Text, any),
    (&["registrar", "registrarname", "sponsoringregistrar"], About::Registrar, any),
    (
        &["registered", "creationdate", "created", "createddate", "registrationdate", "registeredat", "whoiscreated"],
        About::Registered,
        dated,
    ),
    (
        &["sslexpires", "notafter", "certexpiry", "validto", "sslexpiry", "certnotafter", "tlsexpires", "sslnotafter"],
        About::CertificateEnds,
        dated,
    ),
    (
        &[
            "sslnames",
            "san",
            "sans",
            "subjectaltname",
            "subjectaltnames",
            "dnsnames",
            "certnames",
            "namevalue",
            "subjectan",
        ],
        About::CertificateName,
        hosts,
    ),
    (&["serial", "serialnumber", "certserial", "sslserial"], About::CertificateSerial, any),
    (&["fingerprint", "certsha256", "certfingerprint", "sha256fingerprint", "certhash"], About::CertificateHash, any),
    (&["issuer", "issuername", "certissuer", "sslissuer"], About::CertificateIssuer, any),
    (&["whoisemail", "registrantemail", "adminemail", "whoisemails", "email", "emails"], About::ContactMail, mail),
    (&["phone", "registrantphone", "adminphone"], About::ContactPhone, any),
    (&["registrant", "registrantname", "registrantorganization", "registrantorg", "whoisorg"], About::Registrant, any),
    (&["favicon", "faviconhash", "faviconmmh3", "iconhash"], About::Icon, number),
    (
        &[
            "ga",
            "gaid",
            "googleanalytics",
            "googleanalyticsid",
            "ua",
            "adsense",
            "adsenseid",
            "gtm",
            "gtmid",
            "trackers",
        ],
        About::ServiceId,
        any,
    ),
    (&["server", "webserver", "serverheader"], About::ServerSoftware, any),
    (&["cookies", "cookienames"], About::Cookie, any),
];

fn any(_: &str) -> bool {
    true
}

fn number(text: &str) -> bool {
    text.trim().parse::<i32>().is_ok()
}

fn mail(text: &str) -> bool {
    text.contains('@')
}

fn dotted(text: &str) -> bool {
    text.contains('.')
}

fn dated(text: &str) -> bool {
    Clock::of(std::iter::empty()).read(text).is_some()
}

fn hosts(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '[' | ']' | '"' | '\''));
    words.any(|w| domain(w.trim_end_matches('.')).is_some())
}

fn is_address(text: &str) -> bool {
    text.trim().parse::<std::net::IpAddr>().is_ok()
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    table::over_text(bytes, out, |window, out| {
        let (head, all) = window.beginning();
        match plan(&head, all) {
            Some((table, columns)) => tabled(window, &table, &columns, out),
            None => out.note(Code::Malformed, Span::WHOLE, "no column says anything of a domain"),
        }
    });
}

fn tabled(window: &mut Window<'_>, table: &table::Table, columns: &Columns, out: &mut Out<'_>) {
    let times = columns.said.iter().filter(|s| s.1.is_time()).map(|s| s.0).chain(columns.when);
    let mut clock = Clock::of(times.flat_map(|at| table.sample.values(at)));
    table.each_row(window, out, &mut |row, span, out| one(row, columns, &mut clock, span, out));
    layout(&table.sample.names, columns, &clock, out);
}

fn one(row: &Cells<'_>, columns: &Columns, clock: &mut Clock, span: Span, out: &mut Out<'_>) {
    let Some(name) = domain(row.cell(columns.subject)) else {
        return out.note(Code::Malformed, span, "a row without a domain name: left out");
    };
    let mut said = Said::of(name);
    said.when = columns.when.and_then(|at| clock.read(row.cell(at)));
    columns.said.iter().for_each(|(at, about)| said.add_cell(*about, row.cell(*at), clock));
    if let Some((sort, value)) = columns.record {
        match of_record(row.cell(sort)) {
            Some(about) => said.add_record(about, row.cell(value)),
            None => return out.note(Code::Info, span, "a record of a type that says nothing of an owner: left out"),
        }
    }
    said.tell(span, out);
}

fn layout(names: &[String], columns: &Columns, clock: &Clock, out: &mut Out<'_>) {
    let mut text = format!("domain = {}", names[columns.subject]);
    let mut used = vec![columns.subject];
    let mut tell = |at: usize, what: &str| {
        text.push_str(&format!(", {what} = {}", names[at]));
        used.push(at);
    };
    columns.said.iter().for_each(|(at, about)| tell(*at, about.words()));
    columns.when.iter().for_each(|at| tell(*at, "seen"));
    columns.record.iter().for_each(|(sort, value)| {
        tell(*sort, "record type");
        tell(*value, "record");
    });
    let rest = unused(names, |at| used.contains(&at));
    let times = clock.finish(out);
    out.layout(format!("{text}{rest}{times}"));
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "DNS, registration and certificate columns",
        bytes: br##"domain,operator,ip,registered,registrar,nameservers,mx,ssl_names,ssl_expires,page_title
one.example,Someone,192.0.2.7,2026-06-30T20:46:03+00:00,"Namen, Inc.","ns1.host.example.,ns2.host.example.","10 mx1.mail.example.,20 mx2.mail.example.","one.example,www.one.example",2027-03-02T23:59:59+00:00,One
two.example,,192.0.2.7,,,,,,,
"##,
        says: &[
    "opened example as site-table",
    "  facts bytes 88-299 subject=\"one.example\" said=[Address=\"192.0.2.7\", Registered=\"2026-06-30T20:46:03Z\", Registrar=\"Namen, Inc.\", NameServer=\"ns1.host.example.\", NameServer=\"ns2.host.example.\", MailServer=\"10 mx1.mail.example.\", MailServer=\"20 mx2.mail.example.\", CertificateName=\"one.example\", CertificateName=\"www.one.example\", CertificateEnds=\"2027-03-02T23:59:59Z\"]",
    "  facts bytes 300-329 subject=\"two.example\" said=[Address=\"192.0.2.7\"]",
    "closed bytes=330 records=2 children=0 layout=\"domain = domain, IP address = ip, registered = registered, registrar = registrar, name servers = nameservers, mail servers = mx, certificate's names = ssl_names, certificate's end = ssl_expires; not used: operator, page_title; times: whole seconds\"",
],
    },
    Example {
        name: "passive DNS",
        bytes: br##"rrname,rrtype,rdata,time_first,time_last
one.example.,A,192.0.2.7,1790841600,1790900000
one.example.,SOA,ns1.host.example. desk.two.example. 1 2 3 4 5,1790841600,1790900000
one.example.,CAA,0 issue ca.example,1790841600,1790900000
"##,
        says: &[
    "opened example as site-table",
    "  facts bytes 41-87 subject=\"one.example\" when=2026-10-01T08:00:00Z said=[Address=\"192.0.2.7\"]",
    "  facts bytes 88-172 subject=\"one.example\" when=2026-10-01T08:00:00Z said=[ZoneMailbox=\"desk.two.example.\"]",
    "  note info bytes 173-230 a record of a type that says nothing of an owner: left out ×1",
    "closed bytes=231 records=2 children=0 layout=\"domain = rrname, seen = time_first, record type = rrtype, record = rdata; not used: time_last; times: whole hours\"",
],
    },
];
