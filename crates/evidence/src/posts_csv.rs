//! Posts in a delimited table: comma, tab, semicolon or bar.
//!
//! Rows are borrowed from the stream's window, columns are found once from the first rows (see `posts::columns`), and a
//! torn quote or an uneven row costs that row at most. Wrong where a table without names gives its columns in an
//! order that their content does not tell. Source: RFC 4180; each layout's own documentation.

use crate::posts::columns::{Plan, Role, Sample, some};
use crate::posts::rows::{Cells, Rows};
use crate::posts::window::Window;
use crate::posts::{Clock, Lists, Teller, table};
use crate::{Example, Format, Head, Out, Reading};
use model::{Card, Code, PostColumns, Span};
use std::io::BufRead;

/// The drawer.
pub const FORMAT: Format = Format {
    card: Card {
        id: "posts-csv",
        about: "posts in a table of delimited text, columns found by name and content",
        source: "RFC 4180; coordination-network-toolkit, CooRTweet, FiveThirtyEight, X archive and 4CAT exports",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(text) = table::beginning(head) else { return false };
    let Some(table) = table::table(text.as_bytes(), head.all) else { return false };
    let plan = Plan::of(&table.sample, &PostColumns::default());
    let width = table.sample.names.len();
    let named = table.sample.headed && plan.surely_posts() && table.even >= 50;
    let dated = !plan.get(Role::Time).is_empty();
    named || (width >= 3 && table.sample.rows.len() >= 2 && table.even >= 90 && (table.sample.headed || dated))
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    table::over_text(bytes, out, |window, out| {
        let all = window.ended && window.bytes().len() <= Head::SIZE;
        let head = &window.bytes()[..window.bytes().len().min(Head::SIZE)];
        match table::table(head, all) {
            Some(table) => rows(window, &table, out),
            None => out.note(Code::Unrecognised, Span::WHOLE, "no table was found here"),
        }
    });
}

fn rows(window: &mut Window<'_>, table: &table::Table, out: &mut Out<'_>) {
    let plan = Plan::of(&table.sample, &out.settings().posts.columns);
    for complaint in &plan.complaints {
        out.note(Code::Malformed, Span::WHOLE, complaint.as_str());
    }
    if !plan.posts() {
        out.note(Code::Unrecognised, Span::WHOLE, unknown(&table.sample));
        return out.layout(plan.layout());
    }
    if plan.get(Role::Account).is_empty() {
        out.note(Code::Info, Span::WHOLE, "no column names an account: the posts stand without one");
    }
    let clock = Clock::of(plan.get(Role::Time).iter().flat_map(|at| table.sample.values(*at)));
    let layout = plan.layout();
    let width = table.sample.names.len();
    let mut teller = Teller { plan, clock, platform: String::new() };
    let limit = out.settings().limits.row;
    let mut rows = Rows::new(window, table.delimiter, table.newline, limit);
    let mut lists = Lists::default();
    let mut headed = table.sample.headed;
    while rows.go(out) {
        let (span, torn) = (rows.span, rows.torn);
        let row = rows.row(out);
        if (headed || again(&row, &table.sample)) && header(&row, &table.sample) {
            headed = false;
            continue;
        }
        if !torn {
            uneven(&row, width, span, out);
        }
        if !teller.post(&row, span, &mut lists, out) {
            out.note(Code::Malformed, span, "a row without account, id and words: skipped");
        }
    }
    let times = teller.clock.finish(out);
    out.layout(layout + &times);
}

/// What to say of a table that is none of posts.
pub(crate) fn unknown(sample: &Sample) -> String {
    format!("a table, but not clearly one of posts: name its columns in posts.columns; there are: {}", some(&sample.names))
}

fn uneven(row: &Cells<'_>, width: usize, span: Span, out: &mut Out<'_>) {
    if row.count() != width {
        let (more, what) = if row.count() > width { ("more", "left out") } else { ("fewer", "taken as empty") };
        out.note(Code::Malformed, span, format!("a row has {more} cells than the {width} columns: what differs was {what}"));
    }
}

/// A cheap first look at whether a row repeats the names, as joined files do.
fn again(row: &Cells<'_>, sample: &Sample) -> bool {
    sample.headed && row.all().next().is_some_and(|first| first.trim() == sample.names[0])
}

fn header(row: &Cells<'_>, sample: &Sample) -> bool {
    row.all().map(str::trim).eq(sample.names.iter().map(String::as_str))
}

const EXAMPLES: &[Example] = &[];
