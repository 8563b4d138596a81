//! Names out of the lines of a feed.
//!
//! A name a line (alone, behind a rank or an address, as a filter), a table with a column of domains, JSON lines (a field of
//! domains, crt.sh, certstream), zone files. The shape is told by the first lines that say something. Plain lines are the
//! quick way: nothing is copied. Source: crt.sh and certstream-server JSON, RFC 1035 master files, CZDS zone files.

use model::When;
use serde_json::Value;

/// Reads the lines of one feed.
#[derive(Debug, Default)]
pub struct Feed {
    shape: Option<Shape>,
    origin: String,
    last: String,
    /// Lines that said something that was not understood.
    pub odd: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Plain,
    Json,
    Zone,
    Table { delimiter: char, name: usize, when: Option<usize> },
}

/// Columns and fields that hold names, best first.
const NAMES: &[&str] = &[
    "domain",
    "domain_name",
    "domainname",
    "fqdn",
    "host",
    "hostname",
    "name",
    "dns_name",
    "ldhname",
    "unicodename",
    "site",
    "website",
    "name_value",
    "common_name",
    "domains",
    "rrname",
    "query",
    "indicator",
    "value",
    "globalrank",
];
/// Columns and fields that hold a time.
const TIMES: &[&str] = &[
    "registered",
    "created",
    "created_at",
    "creation_date",
    "createddate",
    "first_seen",
    "firstseen",
    "time_first",
    "not_before",
    "entry_timestamp",
    "seen",
    "timestamp",
    "date",
    "when",
];

impl Feed {
    /// A feed nothing was read of.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells the names of a line, with when each was registered or first seen, where the line says so.
    pub fn line(&mut self, line: &[u8], tell: &mut dyn FnMut(&str, Option<When>)) {
        let Ok(text) = std::str::from_utf8(line) else {
            self.odd += 1;
            return;
        };
        let bare =
            text.bytes().next().is_some_and(|b| b.is_ascii()) && text.bytes().last().is_some_and(|b| b.is_ascii());
        if self.shape == Some(Shape::Plain) && bare && is_name(text) {
            // By far most lines: nothing to be taken off.
            return tell(text, None);
        }
        let text = text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if text.is_empty() || text.starts_with(['#', ';', '!']) || text.starts_with("//") {
            return;
        }
        match &self.shape {
            Some(Shape::Plain) => self.plain(text, tell),
            Some(Shape::Json) => self.json(text, tell),
            Some(Shape::Zone) => self.zone(line, text, tell),
            Some(Shape::Table { delimiter, name, when }) => {
                let (delimiter, name, when) = (*delimiter, *name, *when);
                self.row(text, delimiter, name, when, tell);
            }
            None => self.first(line, text, tell),
        }
    }

    fn first(&mut self, line: &[u8], text: &str, tell: &mut dyn FnMut(&str, Option<When>)) {
        let (shape, headed) = shape(text);
        self.shape = Some(shape);
        if !headed {
            self.line(line, tell);
        }
    }

    fn plain(&mut self, text: &str, tell: &mut dyn FnMut(&str, Option<When>)) {
        if is_name(text) {
            return tell(text, None);
        }
        let text = text.split(" #").next().unwrap_or(text);
        let mut parts = text.split([',', '\t', ' ', ';']).map(|p| bare(p.trim()));
        match parts.rfind(|p| is_name(p)) {
            Some(name) => tell(name, None),
            None => self.odd += 1,
        }
    }

    fn row(
        &mut self,
        text: &str,
        delimiter: char,
        name: usize,
        when: Option<usize>,
        tell: &mut dyn FnMut(&str, Option<When>),
    ) {
        let cells = cells(text, delimiter);
        let time = when.and_then(|at| time(cells.get(at)?));
        match cells.get(name).map(|c| bare(c)).filter(|c| is_name(c)) {
            Some(name) => tell(name, time),
            None => self.odd += 1,
        }
    }

    fn zone(&mut self, line: &[u8], text: &str, tell: &mut dyn FnMut(&str, Option<When>)) {
        let mut parts = text.split_ascii_whitespace();
        let owner = parts.next().unwrap_or_default();
        if owner.eq_ignore_ascii_case("$origin") {
            self.origin = parts.next().unwrap_or_default().trim_matches('.').to_owned();
        }
        if owner.starts_with('$')
            || owner == "@"
            || line.first().is_some_and(u8::is_ascii_whitespace)
            || owner == self.last
        {
            return;
        }
        owner.clone_into(&mut self.last);
        match owner.strip_suffix('.') {
            Some(whole) if is_name(whole) => tell(whole, None),
            None if !self.origin.is_empty() => tell(&format!("{owner}.{}", self.origin), None),
            None if is_name(owner) => tell(owner, None),
            _ => {}
        }
    }

    fn json(&mut self, text: &str, tell: &mut dyn FnMut(&str, Option<When>)) {
        let text = text.trim_end_matches(',');
        match serde_json::from_str::<Value>(text) {
            Ok(value) => self.value(&value, None, tell, 0),
            Err(_) if matches!(text, "[" | "]") => {}
            Err(_) => match text.strip_prefix(['[', ',']).or_else(|| text.strip_suffix(']')) {
                Some(inner) if inner.len() > 2 => self.json(inner, tell),
                _ => self.odd += 1,
            },
        }
    }

    /// Names of a JSON value: of an object's field of names, of the certificate inside, of a list of either.
    fn value(&mut self, value: &Value, known: Option<When>, tell: &mut dyn FnMut(&str, Option<When>), depth: usize) {
        match value {
            Value::String(text) => {
                for name in text.split(['\n', ' ', ',']).map(bare).filter(|n| is_name(n)) {
                    tell(name, known);
                }
            }
            Value::Array(all) if depth < 6 => all.iter().for_each(|v| self.value(v, known, tell, depth + 1)),
            Value::Object(fields) if depth < 6 => {
                let field = |names: &[&str]| {
                    names.iter().find_map(|n| fields.iter().find(|(k, _)| k.eq_ignore_ascii_case(n))).map(|(_, v)| v)
                };
                let when = field(TIMES).and_then(json_time).or(known);
                match field(&["data", "leaf_cert", "all_domains"]).or_else(|| field(NAMES)) {
                    Some(inner) => self.value(inner, when, tell, depth + 1),
                    None => self.odd += 1,
                }
            }
            _ => {}
        }
    }
}

/// What the first line that says something tells of the shape, and whether it is a heading.
fn shape(text: &str) -> (Shape, bool) {
    if text.starts_with(['{', '[']) {
        return (Shape::Json, false);
    }
    if text.starts_with('$') || is_record(text) {
        return (Shape::Zone, false);
    }
    for delimiter in [',', '\t', ';', '|'] {
        let heads: Vec<String> = cells(text, delimiter).iter().map(|c| c.trim().to_lowercase()).collect();
        let named = |list: &[&str]| list.iter().find_map(|n| heads.iter().position(|h| h == n));
        if heads.len() > 1
            && !text.contains("||")
            && let Some(name) = named(NAMES)
        {
            return (Shape::Table { delimiter, name, when: named(TIMES) }, true);
        }
    }
    let headed = NAMES.contains(&text.to_lowercase().as_str());
    (Shape::Plain, headed)
}

/// A line of a zone file: an owner, then a class or a time to live, then a type.
fn is_record(text: &str) -> bool {
    const TYPES: &[&str] = &["ns", "a", "aaaa", "soa", "ds", "mx", "txt", "cname", "rrsig", "nsec3", "nsec", "dnskey"];
    let parts: Vec<String> = text.split_ascii_whitespace().take(5).map(str::to_lowercase).collect();
    let class = parts.iter().skip(1).any(|p| p == "in");
    parts.len() > 3 && class && parts.iter().skip(2).any(|p| TYPES.contains(&p.as_str()))
}

/// The cells of a row; a quoted cell may hold the delimiter.
fn cells(text: &str, delimiter: char) -> Vec<&str> {
    let (mut out, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if c == delimiter && !quoted => {
                out.push(text[from..at].trim().trim_matches('"'));
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(text[from..].trim().trim_matches('"'));
    out
}

/// A host out of what stands in a cell: a URL, a filter, a name with a final dot.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches('"');
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.strip_prefix("||").unwrap_or(text);
    let end = text.find(['/', '?', '^', ':', '$']).unwrap_or(text.len());
    &text[..end]
}

/// True for what is written like a host name with at least two labels.
fn is_name(text: &str) -> bool {
    let (mut dot, mut other) = (false, false);
    for b in text.bytes() {
        dot |= b == b'.';
        other |= !NAMELY[usize::from(b)];
    }
    let last = text.as_bytes().last().copied().unwrap_or_default();
    !other && dot && (3..=253).contains(&text.len()) && !last.is_ascii_digit()
}

/// Bytes that names are made of: letters, digits, `.-_*`, and any beyond ASCII.
const NAMELY: [bool; 256] = {
    let (mut out, mut b) = ([false; 256], 0);
    while b < 256 {
        let byte = b as u8;
        out[b] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'*') || byte >= 0x80;
        b += 1;
    }
    out
};

fn json_time(value: &Value) -> Option<When> {
    match value {
        Value::Number(n) => seconds(n.as_f64()?),
        Value::String(text) => time(text),
        _ => None,
    }
}

/// A day from `YYYY-MM-DD…` or a number of seconds (or milliseconds) since 1970.
fn time(text: &str) -> Option<When> {
    let text = text.trim();
    if let Ok(n) = text.parse::<f64>() {
        return seconds(n);
    }
    let day = text.get(..10)?;
    let mut parts = day.split(['-', '/']);
    let (y, m, d) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    When::from_civil(y, m, d, 0, 0, 0)
}

fn seconds(n: f64) -> Option<When> {
    let n = if n > 1e11 { n / 1000.0 } else { n };
    (n > 0.0 && n < 1e10).then_some(n as i64).and_then(When::from_unix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let (mut feed, mut out) = (Feed::new(), Vec::new());
        for line in text.split_inclusive('\n') {
            feed.line(line.as_bytes(), &mut |name, when| {
                out.push(when.map_or_else(|| name.to_owned(), |w| format!("{name} {}", w.short())));
            });
        }
        out
    }

    #[test]
    fn every_shape_is_read() {
        for (text, want) in [
            (
                "one.example\nTwo.Example\r\n# no\n\nxn--e1a.test.\n",
                &["one.example", "Two.Example", "xn--e1a.test."][..],
            ),
            ("1,one.example\n2,two.example\n", &["one.example", "two.example"]),
            (
                "0.0.0.0 one.example\n||two.example^\nhttps://three.example/x\nword\n",
                &["one.example", "two.example", "three.example"],
            ),
            ("rank;Domain;x\n1;one.example;\"a;b\"\n2;two.example;\n", &["one.example", "two.example"]),
            ("domain\none.example\n", &["one.example"]),
            ("domain,first_seen\none.example,2026-09-01\n", &["one.example 2026-09-01 00:00"]),
            ("{\"domain\":\"one.example\"}\nnonsense\n{\"domain\":\"two.example\"}\n", &["one.example", "two.example"]),
            (
                "[{\"common_name\":\"a.example\",\"name_value\":\"a.example\\nb.example\",\"not_before\":\"2026-09-01T00:00:00\"}]",
                &["a.example 2026-09-01 00:00", "b.example 2026-09-01 00:00"],
            ),
            (
                "{\"message_type\":\"certificate_update\",\"data\":{\"leaf_cert\":{\"all_domains\":[\"*.a.example\",\"a.example\"]}}}\n",
                &["*.a.example", "a.example"],
            ),
            (
                "{\"data\":[\"a.example\",\"b.example\"],\"message_type\":\"dns_entries\"}\n",
                &["a.example", "b.example"],
            ),
            (
                "$ORIGIN example.\none 3600 IN NS ns.x.test.\none 3600 IN NS ns2.x.test.\n\t3600 IN A 192.0.2.1\ntwo.example. 1 in ns a.\n",
                &["one.example", "two.example"],
            ),
            ("one.example.\t172800\tin\tns\tns1.test.\none.example.\t172800\tin\tns\tns2.test.\n", &["one.example"]),
        ] {
            assert_eq!(names(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_odd_is_counted() {
        let mut feed = Feed::new();
        for line in [&b"one.example"[..], b"\xff\xfe", b"no name"] {
            feed.line(line, &mut |_, _| {});
        }
        assert_eq!(feed.odd, 2);
    }
}
