//! Lists of domain names: a line each, or a column of a table or of JSON lines.
//!
//! Takes ranks (`1,one.example`), hosts files (`0.0.0.0 one.example`), filter lists (`||one.example^`), wildcards,
//! comments, and tables of indicators whose `type` says which rows are domains. A table in which accounts post is none.
//! Wrong for lists of file names whose endings look like top-level domains. Source: ours, after lists in daily use.

use crate::posts::columns::{Plan, Sample, plain, unused};
use crate::posts::rows::{Cells, Rows};
use crate::posts::window::Window;
use crate::posts::{Clock, Row, domain, table};
use crate::{Example, Format, Head, Out, Reading};
use model::{Card, Code, Name, PostColumns, Record, Span, When};
use std::io::BufRead;

/// The drawer.
pub const NAME_LIST: Format = Format {
    card: Card {
        id: "name-list",
        about: "domain names, one a line or in a column of a table or of JSON lines",
        source: "ours: Tranco and Majestic ranks, hosts files, Adblock filters, MISP-like indicator tables",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

/// How the names are written down.
enum Shape {
    Lines,
    Json,
    /// In a table, if in anything.
    Rows,
    Nothing,
}

/// Where a table has the names.
struct Columns {
    domain: usize,
    when: Option<usize>,
    /// The column that says which rows are domains at all.
    sort: Option<usize>,
}

fn recognise(head: &Head<'_>) -> bool {
    match head.words().map(|text| shape(text, head.all)) {
        Some(Shape::Lines | Shape::Json) => true,
        Some(Shape::Rows) => head.table().is_some_and(|t| columns(&t.sample).is_some()),
        Some(Shape::Nothing) | None => false,
    }
}

fn shape(text: &str, all: bool) -> Shape {
    let Some(whole) = (if all { Some(text) } else { text.rsplit_once('\n').map(|cut| cut.0) }) else {
        return Shape::Nothing;
    };
    match text.trim_start().starts_with(['{', '[']) {
        true if json(whole) => Shape::Json,
        true => Shape::Nothing,
        false if lines(whole) => Shape::Lines,
        false => Shape::Rows,
    }
}

/// True where nine of ten lines are a name. Gives up as soon as the lines that are none are too many for that.
fn lines(text: &str) -> bool {
    let most = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let (mut names, mut others) = (0, 0);
    for line in text.lines().map(uncommented).filter(|l| !l.is_empty()) {
        let is = line_name(line).is_some();
        names += usize::from(is);
        others += usize::from(!is);
        if others * 11 > most {
            return false;
        }
    }
    names > 0 && others * 10 <= names
}

/// True when the first lines are JSON objects with a domain and nothing of a post.
fn json(text: &str) -> bool {
    let first: Vec<_> = text.lines().filter(|l| !l.trim().is_empty()).take(5).map(object).collect();
    let named = |o: &&Option<Object>| o.as_ref().is_some_and(|o| json_name(o).is_some() && !json_post(o));
    first.first().is_some_and(|o| named(&o)) && first.iter().filter(named).count() * 2 > first.len()
}

type Object = serde_json::Map<String, serde_json::Value>;

fn object(line: &str) -> Option<Object> {
    serde_json::from_str(line).ok()
}

fn json_name(object: &Object) -> Option<&str> {
    NAMES.iter().find_map(|n| object.iter().find(|(k, _)| plain(k) == *n)).and_then(|(_, v)| domain(v.as_str()?))
}

fn json_post(object: &Object) -> bool {
    let names = object.keys().cloned().collect();
    Plan::of(&Sample::new(names, Vec::new(), true), &PostColumns::default()).surely_posts()
}

/// Names of a column of domains, best first, as [`plain`] writes them.
const NAMES: &[&str] = &["domain", "domainname", "domains", "fqdn", "hostname", "host", "site", "website", "indicator"];
/// Names of a column of times.
const TIMES: &[&str] =
    &["firstseen", "registered", "created", "createdat", "creationdate", "seen", "date", "timestamp"];

fn columns(sample: &Sample) -> Option<Columns> {
    let posts = sample.posts();
    if posts.surely_posts() {
        return None;
    }
    let named = |name: &&str| sample.named(name);
    let is = |at: &usize| sample.most(*at, 90, |v| domain(v).is_some());
    let when = TIMES.iter().find_map(&named);
    let sort = ["type", "indicatortype", "kind"].iter().find_map(&named);
    if let (Some(sort), Some(value)) = (sort, ["value", "indicator"].iter().find_map(&named)) {
        let some = sample.rows.iter().any(|r| r.get(sort).is_some_and(|s| sort_of_domain(s)));
        return some.then_some(Columns { domain: value, when, sort: Some(sort) });
    }
    let by_name = NAMES.iter().filter_map(named).find(is);
    let bare = |at: &usize| !posts.posts() && is(at) && sample.most(*at, 90, |v| !v.contains("://"));
    let domain = by_name.or_else(|| (0..sample.names.len()).find(bare))?;
    Some(Columns { domain, when, sort: None })
}

fn sort_of_domain(sort: &str) -> bool {
    matches!(plain(sort).as_str(), "domain" | "domainname" | "hostname" | "host" | "fqdn")
}

fn uncommented(line: &str) -> &str {
    let line = line.trim();
    match line.as_bytes().first() {
        Some(b'#' | b';' | b'!') => "",
        Some(b'/') if line.starts_with("//") => "",
        _ => line.split_once(" #").map_or(line, |(before, _)| before.trim_end()),
    }
}

/// The name on a line: alone, behind a rank or an address, or before a comma.
fn line_name(line: &str) -> Option<&str> {
    let mut parts = line.split([',', '\t', ' ', ';']).map(str::trim).filter(|p| !p.is_empty());
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    let number = |p: &str| p.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b':'));
    match (second, third) {
        (None, _) => domain(first),
        (Some(second), None) if number(first) => domain(second),
        (Some(_), None) if line.ends_with(',') => domain(first),
        _ => None,
    }
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    table::over_text(bytes, out, |window, out| {
        let (head, all) = window.beginning();
        let rows = || {
            let table = table::table(head.as_bytes(), all)?;
            Some((columns(&table.sample)?, table))
        };
        match shape(&head, all) {
            Shape::Json => lined(window, json_line, out),
            Shape::Rows => match rows() {
                Some((columns, table)) => tabled(window, &table, &columns, out),
                None => lined(window, text_line, out),
            },
            Shape::Lines | Shape::Nothing => lined(window, text_line, out),
        }
    });
}

/// What a line that is read by itself says: a name and when, nothing, or nothing that is understood.
enum Line<'a> {
    Name(&'a str, Option<String>),
    Blank,
    Other,
}

fn text_line(line: &str, tell: &mut dyn FnMut(Line<'_>)) {
    let line = uncommented(line);
    tell(match line_name(line) {
        Some(name) => Line::Name(name, None),
        None if line.is_empty() => Line::Blank,
        None => Line::Other,
    });
}

fn json_line(line: &str, tell: &mut dyn FnMut(Line<'_>)) {
    if line.trim().is_empty() {
        return tell(Line::Blank);
    }
    let object = object(line).unwrap_or_default();
    let when = TIMES.iter().find_map(|n| object.iter().find(|(k, _)| plain(k) == *n)).map(|(_, v)| match v {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    tell(json_name(&object).map_or(Line::Other, |name| Line::Name(name, when)));
}

/// Understands a line and tells what it says.
type OneLine = fn(&str, &mut dyn FnMut(Line<'_>));

fn lined(window: &mut Window<'_>, one: OneLine, out: &mut Out<'_>) {
    let limit = out.settings().limits.row;
    let mut clock = Clock::of(std::iter::empty());
    // A delimiter that is the newline itself: every line is one cell.
    let mut rows = Rows::new(window, b'\n', b'\n', limit).by_line();
    while rows.go(out) {
        let span = rows.span;
        let line = rows.row(out).cell(0);
        one(line, &mut |said| match said {
            Line::Name(name, when) => tell(name, when.as_deref().unwrap_or_default(), &mut clock, span, out),
            Line::Other => out.note(Code::Malformed, span, "a line that is no domain name: left out"),
            Line::Blank => {}
        });
    }
    let times = clock.finish(out);
    out.layout(format!("a domain name per line{times}"));
}

fn tabled(window: &mut Window<'_>, table: &table::Table, columns: &Columns, out: &mut Out<'_>) {
    let names = &table.sample.names;
    let mut clock = Clock::of(columns.when.iter().flat_map(|at| table.sample.values(*at)));
    table.each_row(window, out, &mut |row, span, out| table_row(row, columns, &mut clock, span, out));
    let used = [Some(columns.domain), columns.when, columns.sort];
    let rest = unused(names, |at| used.contains(&Some(at)));
    let when = columns.when.map(|at| format!(", time = {}", names[at])).unwrap_or_default();
    let sort = columns.sort.map(|at| format!(" where {} says so", names[at])).unwrap_or_default();
    let times = clock.finish(out);
    out.layout(format!("domain = {}{sort}{when}{rest}{times}", names[columns.domain]));
}

fn table_row(row: &Cells<'_>, columns: &Columns, clock: &mut Clock, span: Span, out: &mut Out<'_>) {
    if columns.sort.is_some_and(|at| !sort_of_domain(row.cell(at))) {
        return out.note(Code::Info, span, "a row that is about something else than a domain name: left out");
    }
    match domain(row.cell(columns.domain)) {
        Some(name) => tell(name, columns.when.map_or("", |at| row.cell(at)), clock, span, out),
        None => out.note(Code::Malformed, span, "a row without a domain name: left out"),
    }
}

fn tell(name: &str, when: &str, clock: &mut Clock, span: Span, out: &mut Out<'_>) {
    let read: Option<When> = clock.read(when);
    if read.is_none() && !when.trim().is_empty() {
        out.note(Code::Time, span, "a time is unreadable or outside 1990-2100: the name was kept without it");
    }
    out.record(span, Record::Name(&Name { domain: name, when: read }));
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "lines, ranks, hosts and filters",
        bytes: r##"# looked-alikes seen in October
one.example
2,two.example
0.0.0.0 three.example
||four.example^
*.five.example
bücher.example
// that was all, but for this:
not a name
six.example  # seen twice
seven.example
eight.example
nine.example
ten.example
"##
        .as_bytes(),
        says: &[
            "opened example as name-list",
            "  name bytes 32-43 domain=\"one.example\"",
            "  name bytes 44-57 domain=\"two.example\"",
            "  name bytes 58-79 domain=\"three.example\"",
            "  name bytes 80-95 domain=\"four.example\"",
            "  name bytes 96-110 domain=\"five.example\"",
            "  name bytes 111-126 domain=\"bücher.example\"",
            "  name bytes 169-194 domain=\"six.example\"",
            "  name bytes 195-208 domain=\"seven.example\"",
            "  name bytes 209-222 domain=\"eight.example\"",
            "  name bytes 223-235 domain=\"nine.example\"",
            "  name bytes 236-247 domain=\"ten.example\"",
            "  note malformed bytes 158-168 a line that is no domain name: left out ×1",
            "closed bytes=248 records=11 children=0 layout=\"a domain name per line\"",
        ],
    },
    Example {
        name: "a table with a column of domains",
        bytes: br##"domain,first_seen,campaign
one.example,2026-09-01,a
two.example,never,b
three.example,,c
"##,
        says: &[
            "opened example as name-list",
            "  name bytes 27-51 domain=\"one.example\" when=2026-09-01T00:00:00Z",
            "  name bytes 52-71 domain=\"two.example\"",
            "  name bytes 72-88 domain=\"three.example\"",
            "  note time bytes 52-71 a time is unreadable or outside 1990-2100: the name was kept without it ×1",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=89 records=3 children=0 layout=\"domain = domain, time = first_seen; not used: campaign; times: whole days\"",
        ],
    },
    Example {
        name: "a table of indicators",
        bytes: br##"type;value;first_seen
domain;one.example;2026-09-01T10:00:00Z
filename;a.doc;2026-09-01T10:00:00Z
domain;two.example;2026-09-02T10:00:00Z
"##,
        says: &[
            "opened example as name-list",
            "  name bytes 22-61 domain=\"one.example\" when=2026-09-01T10:00:00Z",
            "  name bytes 98-137 domain=\"two.example\" when=2026-09-02T10:00:00Z",
            "  note info bytes 62-97 a row that is about something else than a domain name: left out ×1",
            "closed bytes=138 records=2 children=0 layout=\"domain = value where type says so, time = first_seen; times: whole hours\"",
        ],
    },
    Example {
        name: "JSON lines",
        bytes: br##"{"domain":"one.example","first_seen":1790841600}
{"domain":"two.example"}
{"domain":7}
"##,
        says: &[
            "opened example as name-list",
            "  name bytes 0-48 domain=\"one.example\" when=2026-10-01T08:00:00Z",
            "  name bytes 49-73 domain=\"two.example\"",
            "  note malformed bytes 74-86 a line that is no domain name: left out ×1",
            "closed bytes=87 records=2 children=0 layout=\"a domain name per line; times: whole hours\"",
        ],
    },
];
