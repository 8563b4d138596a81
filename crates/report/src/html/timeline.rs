//! Records of each channel over time, one strip under the other on one axis, with marks across them.
//!
//! Drawn twice, wide and narrow, because letters that shrink with the picture cannot be read on a phone. Where a few
//! absurd times would squash all others, the middle 99 % of the records is drawn and the rest counted beneath.

mod axis;

use super::{anchor, ours};
use crate::words;
use axis::Axis;
use model::{Channel, Dossier, Mark, When};
use std::io::{self, Write};

/// Most channels drawn.
const CHANNELS: usize = 12;
/// Most marks drawn and listed.
const MARKS: usize = 60;
const STRIP: f64 = 54.0;
const ROW: f64 = STRIP + 30.0;
const LANE: f64 = 22.0;
const LANES: usize = 5;
/// Most columns in a wide and in a narrow picture.
const COLUMNS: (i64, i64) = (184, 84);

/// The section.
pub fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let Some(axis) = Axis::of(d) else {
        return writeln!(out, "<p class=\"empty\">No record has a time that is known.</p>");
    };
    legend(out)?;
    picture(d, &axis.fit(940.0, COLUMNS.0), "wide", out)?;
    picture(d, &axis.fit(350.0, COLUMNS.1), "narrow", out)?;
    if axis.outside > 0 {
        let n = words::many(axis.outside, "record", "records");
        writeln!(out, "<p class=\"rest\">{n} outside this stretch of time are not drawn.</p>")?;
    }
    if d.timeline.len() > CHANNELS {
        let more = words::many((d.timeline.len() - CHANNELS) as u64, "channel", "channels");
        writeln!(out, "<p class=\"rest\">{more} not drawn: see the export <code>jsonl</code>.</p>")?;
    }
    marks(d, out)
}

fn legend(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<p class=\"legend\"><span><i class=\"key all\"></i>all records</span> <span><i class=\"key flagged\"></i>by actors \
         in a finding</span> <span><i class=\"key mark\"></i>marked stretch</span> Times in UTC; each strip has its own \
         scale.</p>"
    )
}

/// The marks in words, numbered as in the picture.
fn marks(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if d.marks.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ol class=\"marks\">")?;
    for (no, m) in numbered(d) {
        let period = words::period(Some(m.start), Some(m.end)).unwrap_or_default();
        let badge = no.map_or_else(String::new, |n| format!("<b>{n}</b> "));
        let label = match m.finding.as_str() {
            "" => ours(&m.label),
            id => format!("<a href=\"#{}\">{}</a>", anchor(id), ours(&m.label)),
        };
        writeln!(out, "<li>{badge}<span class=\"date\">{period}</span> {label}</li>")?;
    }
    writeln!(out, "</ol>")?;
    super::rest(out, d.marks.len(), d.marks.len().min(MARKS), "marks", "jsonl")
}

/// Marks with the numbers of those that belong to a finding; the others are named in the picture.
fn numbered(d: &Dossier) -> Vec<(Option<usize>, &Mark)> {
    let mut next = 0;
    let number = |m: &Mark| {
        (!m.finding.is_empty()).then(|| {
            next += 1;
            next
        })
    };
    let mut number = number;
    d.marks.iter().take(MARKS).map(|m| (number(m), m)).collect()
}

/// A mark in the picture: where it starts and ends, its badge and where that stands.
struct Flag<'a> {
    from: f64,
    to: f64,
    no: Option<usize>,
    mark: &'a Mark,
    /// Middle of the badge and half its width.
    at: f64,
    half: f64,
    lane: usize,
}

fn flags<'a>(d: &'a Dossier, axis: &Axis) -> Vec<Flag<'a>> {
    let inside = |(_, m): &(Option<usize>, &Mark)| m.end >= axis.from && m.start <= axis.to;
    let mut all: Vec<Flag> = numbered(d).into_iter().filter(inside).map(|(no, mark)| flag(axis, no, mark)).collect();
    all.sort_by(|x, y| x.at.total_cmp(&y.at));
    let mut ends = [f64::MIN; LANES];
    for f in &mut all {
        f.lane = ends.iter().position(|end| *end < f.at - f.half).unwrap_or(LANES);
        if let Some(end) = ends.get_mut(f.lane) {
            *end = f.at + f.half + 2.0;
        }
    }
    all
}

fn flag<'a>(axis: &Axis, no: Option<usize>, mark: &'a Mark) -> Flag<'a> {
    let (from, to) = (axis.x(mark.start), axis.x(mark.end));
    let half = if no.is_some() { 10.0 } else { 4.0 + 3.4 * short(mark).chars().count() as f64 };
    let at = ((from + to) / 2.0).clamp(axis.left + half, axis.right - half);
    Flag { from, to, no, mark, at, half, lane: 0 }
}

fn short(m: &Mark) -> String {
    words::ours(&m.label).short(24).raw().to_owned()
}

fn picture(d: &Dossier, axis: &Axis, class: &str, out: &mut dyn Write) -> io::Result<()> {
    let channels = &d.timeline[..d.timeline.len().min(CHANNELS)];
    let flags = flags(d, axis);
    let lanes = flags.iter().filter(|f| f.lane < LANES).map(|f| f.lane + 1).max().unwrap_or(0);
    let top = 4.0 + LANE * lanes as f64;
    let bottom = top + ROW * channels.len() as f64;
    let (from, to) = (axis.from.date(), axis.to.date());
    writeln!(
        out,
        "<svg class=\"timeline {class}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Records of each channel from {from} to {to}\">",
        axis.width,
        bottom + 26.0
    )?;
    flags.iter().try_for_each(|f| stretch(f, top, bottom, out))?;
    axis.draw(top, bottom, out)?;
    for (i, channel) in channels.iter().enumerate() {
        strip(channel, axis, top + ROW * i as f64, class == "wide", out)?;
    }
    flags.iter().filter(|f| f.lane < LANES).try_for_each(|f| badge(f, top, bottom, out))?;
    writeln!(out, "</svg>")
}

fn stretch(f: &Flag, top: f64, bottom: f64, out: &mut dyn Write) -> io::Result<()> {
    let (from, width, height) = (f.from, f.to - f.from, bottom - top);
    if width < 1.5 {
        return Ok(());
    }
    writeln!(
        out,
        "<rect class=\"stretch\" x=\"{from:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
    )
}

fn badge(f: &Flag, top: f64, bottom: f64, out: &mut dyn Write) -> io::Result<()> {
    let y = top - LANE * (f.lane as f64 + 0.5) - 2.0;
    let stem = if f.to - f.from < 1.5 { f.from } else { f.at };
    let end = if f.to - f.from < 1.5 { bottom } else { top };
    let class = if f.no.is_some() { "stem" } else { "stem event" };
    writeln!(out, "<path class=\"{class}\" d=\"M{stem:.1} {:.1}V{end:.1}\"/>", y + 8.0)?;
    let (at, text_y, label) = (f.at, y + 4.0, ours(&f.mark.label));
    match f.no {
        Some(n) => writeln!(
            out,
            "<g class=\"badge\"><title>{label}</title><circle cx=\"{at:.1}\" cy=\"{y:.1}\" r=\"9\"/><text x=\"{at:.1}\" y=\"{text_y:.1}\">{n}</text></g>"
        ),
        None => writeln!(out, "<text class=\"event\" x=\"{at:.1}\" y=\"{text_y:.1}\">{}</text>", ours(&short(f.mark))),
    }
}

/// One channel: its name, its largest column in figures, its bars.
fn strip(c: &Channel, axis: &Axis, top: f64, titled: bool, out: &mut dyn Write) -> io::Result<()> {
    let columns = sums(c, axis);
    let most = columns.iter().map(|c| c.0).max().unwrap_or(0);
    let (base, right) = (top + 22.0 + STRIP, axis.right);
    writeln!(out, "<text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{}</text>", axis.left, top + 15.0, ours(&c.name))?;
    writeln!(
        out,
        "<text class=\"most\" x=\"{right:.1}\" y=\"{:.1}\">most {} {}</text>",
        top + 15.0,
        words::count(most),
        axis.per()
    )?;
    writeln!(out, "<path class=\"base\" d=\"M{:.1} {base:.1}H{right:.1}\"/>", axis.left)?;
    let wide = (axis.right - axis.left) / axis.columns as f64;
    let height = |n: u64| if n == 0 { 0.0 } else { (n as f64 / most.max(1) as f64 * STRIP).max(1.2) };
    let mut flagged = String::new();
    let mut all = String::new();
    for (i, (records, by)) in columns.iter().enumerate().filter(|(_, c)| c.0 > 0) {
        let x = axis.left + i as f64 * wide;
        let bar = |n: u64| format!("M{x:.1} {base:.1}v-{:.1}h{:.1}v{0:.1}z", height(n), (wide * 0.86).max(0.6));
        match titled {
            true => writeln!(
                out,
                "<path class=\"all\" d=\"{}\"><title>{}: {}</title></path>",
                bar(*records),
                axis.column(i),
                told(*records, *by)
            )?,
            false => all.push_str(&bar(*records)),
        }
        if *by > 0 {
            flagged.push_str(&bar(*by));
        }
    }
    if !all.is_empty() {
        writeln!(out, "<path class=\"all\" d=\"{all}\"/>")?;
    }
    writeln!(out, "<path class=\"flagged\" d=\"{flagged}\"/>")
}

fn told(records: u64, flagged: u64) -> String {
    format!("{}, {} by actors in a finding", words::many(records, "record", "records"), words::count(flagged))
}

/// Records and flagged records in each column of the picture.
fn sums(c: &Channel, axis: &Axis) -> Vec<(u64, u64)> {
    let mut columns = vec![(0_u64, 0_u64); axis.columns as usize];
    for b in &c.bins {
        if let Some(at) = axis.column_of(b.start).and_then(|i| columns.get_mut(i)) {
            *at = (at.0.saturating_add(b.records), at.1.saturating_add(b.flagged));
        }
    }
    columns
}

/// When the last hour of a bin ends.
fn end_of(start: When, hours: u32) -> When {
    When(start.0.saturating_add(i64::from(hours) * 3600 * When::SECOND))
}
