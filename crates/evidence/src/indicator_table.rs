//! Indicators in a table: a column for the sort of thing, one for the thing, others for who lists it and why.
//!
//! Tables of nothing but domains are name lists. Rows of sorts that cannot be met (a mutex, a text) are counted. Wrong
//! where a column of that name means something else. Source: ours, after the CSV exports of MISP and of platforms.

use crate::listing::{self, About, Lister};
use crate::posts::columns::{Sample, unused};
use crate::posts::rows::Cells;
use crate::posts::window::Window;
use crate::posts::{Clock, Row, table};
use crate::{Example, Format, Head, Out, Reading};
use model::{Card, Code, Observable, Span};
use std::io::BufRead;

/// The drawer.
pub const INDICATOR_TABLE: Format = Format {
    card: Card {
        id: "indicator-table",
        about: "a published list of indicators: a table with their sort and value",
        source: "ours, after CSV exports of MISP and of platforms",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

struct Columns {
    sort: usize,
    value: usize,
    list: Option<usize>,
    producer: Option<usize>,
    label: Option<usize>,
    id: Option<usize>,
    when: Option<usize>,
    grade: Option<usize>,
    credibility: Option<usize>,
    verdict: Option<usize>,
}

const SORT: &[&str] = &["type", "indicatortype", "ioctype", "observabletype", "attributetype", "kind"];
const VALUE: &[&str] = &["value", "indicator", "ioc", "observable", "iocvalue", "indicatorvalue", "attribute"];
const LIST: &[&str] = &["operation", "campaign", "event", "eventinfo", "network", "threatactor", "list", "report"];
const PRODUCER: &[&str] = &["producer", "publisher", "orgc", "org", "source", "author", "reporter"];
const LABEL: &[&str] = &["role", "label", "comment", "description", "note", "category", "title"];
const GRADE: &[&str] = &["grade", "admiralty", "admiraltycode", "reliability", "sourcereliability", "sourcegrade"];
const CREDIBILITY: &[&str] = &["credibility", "informationcredibility"];
const VERDICT: &[&str] = &["verdict", "status", "disposition"];
const ID: &[&str] = &["uuid", "id", "indicatorid"];
const WHEN: &[&str] = &["firstseen", "validfrom", "first", "date", "published", "created"];

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

fn columns(sample: &Sample) -> Option<Columns> {
    if !sample.headed || sample.posts().surely_posts() {
        return None;
    }
    let named = |names: &[&str]| names.iter().find_map(|n| sample.named(n));
    let (sort, value) = (named(SORT)?, named(VALUE)?);
    let (list, producer) = (named(LIST), named(PRODUCER));
    let mixed = sample.values(sort).any(|v| listing::sort(v).is_some_and(|s| s != Observable::Domain));
    let known = sort != value && sample.most(sort, 60, |v| listing::sort(v).is_some());
    (known && (mixed || list.is_some() || producer.is_some())).then(|| Columns {
        sort,
        value,
        list,
        producer,
        label: named(LABEL),
        id: named(ID),
        when: named(WHEN),
        grade: named(GRADE),
        credibility: named(CREDIBILITY),
        verdict: named(VERDICT),
    })
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    table::over_text(bytes, out, |window, out| {
        let (head, all) = window.beginning();
        match plan(&head, all) {
            Some((table, columns)) => tabled(window, &table, &columns, out),
            None => out.note(Code::Malformed, Span::WHOLE, "no columns say of what sort the things listed are"),
        }
    });
}

fn tabled(window: &mut Window<'_>, table: &table::Table, columns: &Columns, out: &mut Out<'_>) {
    let mut clock = Clock::of(columns.when.into_iter().flat_map(|at| table.sample.values(at)));
    let mut lister = Lister::new(out);
    table.each_row(window, out, &mut |row, span, out| one(row, columns, &mut clock, span, &mut lister, out));
    layout(&table.sample.names, columns, &clock, out);
}

fn one(row: &Cells<'_>, c: &Columns, clock: &mut Clock, span: Span, lister: &mut Lister, out: &mut Out<'_>) {
    let cell = |at: Option<usize>| at.map_or("", |at| row.cell(at).trim());
    let Some(what) = listing::sort(row.cell(c.sort)) else {
        return out.note(Code::Info, span, "a row that names nothing that mails, posts or pages show: left out");
    };
    let whole = listing::grade(cell(c.grade));
    let about = About {
        list: cell(c.list),
        producer: cell(c.producer),
        id: cell(c.id),
        label: cell(c.label),
        when: c.when.and_then(|at| clock.read(row.cell(at))),
        grade: (whole.0, whole.1.or(listing::grade(cell(c.credibility)).1)),
        harmless: listing::harmless(cell(c.verdict)) || listing::harmless(cell(c.label)),
    };
    lister.take(what, row.cell(c.value), about, span, out);
}

fn layout(names: &[String], c: &Columns, clock: &Clock, out: &mut Out<'_>) {
    let parts = [
        ("sort", Some(c.sort)),
        ("thing", Some(c.value)),
        ("list", c.list),
        ("producer", c.producer),
        ("said of it", c.label),
        ("id", c.id),
        ("since", c.when),
        ("grade", c.grade),
        ("credibility", c.credibility),
        ("verdict", c.verdict),
    ];
    let used: Vec<usize> = parts.iter().filter_map(|p| p.1).collect();
    let told: Vec<String> = parts.iter().filter_map(|(what, at)| Some(format!("{what} = {}", names[(*at)?]))).collect();
    let rest = unused(names, |at| used.contains(&at));
    let times = clock.finish(out);
    out.layout(format!("{}{rest}{times}", told.join(", ")));
}

const EXAMPLES: &[Example] = &[Example {
    name: "a platform's list of two operations",
    bytes: br##"operation,type,value,role,first_seen,source
one,domain,evil[.]example,relay,2026-10-01,A Platform
one,email,a@evil.example,sender,2026-10-01,A Platform
two,social_account,@puppet,account,2026-10-02,A Platform
two,mutex,xyz,,2026-10-02,A Platform
"##,
    says: &[
        "opened example as indicator-table",
        "  listed bytes 44-97 list=\"one\" producer=\"A Platform\" domain=\"evil.example\" label=\"relay\" when=2026-10-01T00:00:00Z",
        "  listed bytes 98-151 list=\"one\" producer=\"A Platform\" mailbox=\"a@evil.example\" label=\"sender\" when=2026-10-01T00:00:00Z",
        "  listed bytes 152-208 list=\"two\" producer=\"A Platform\" account=\"@puppet\" label=\"account\" when=2026-10-02T00:00:00Z",
        "  note info bytes 209-245 a row that names nothing that mails, posts or pages show: left out ×1",
        "  note info all times are written without a zone: taken as UTC ×1",
        "closed bytes=246 records=3 children=0 layout=\"sort = type, thing = value, list = operation, producer = source, said of it = role, since = first_seen; times: whole days\"",
    ],
}];
