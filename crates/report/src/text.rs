//! What the terminal prints when a case is done: what was read, what was not and why, the findings with one line of
//! chance each. Plain, at most 100 columns, readable without colour. Wrong where: a wide or combining character that the
//! small table of widths does not know shifts a line by a column.

use crate::{Export, words};
use model::{Card, Dossier, Finding, Note};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "text",
        about: "the summary the terminal prints: what was read, what was not, the findings",
        source: "ours: for reading in a terminal or a log",
    },
    extension: "txt",
    write,
};

const WIDTH: usize = 100;
/// Width of the column of headings.
const LEFT: usize = 12;
/// Most notes and findings listed; the rest are counted.
const MOST: usize = 40;

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if d.synthetic {
        writeln!(out, "{}\n", words::SYNTHETIC)?;
    }
    let title = if d.title.is_empty() { "A case without a title".to_owned() } else { d.title.terminal() };
    hanging(out, 0, "", &title)?;
    writeln!(out)?;
    if !d.question.is_empty() {
        para(out, "Question", &d.question.terminal())?;
    }
    for (i, sentence) in d.answer.iter().enumerate() {
        para(out, if i == 0 { "Answer" } else { "" }, &ours(sentence))?;
    }
    read(d, out)?;
    not_read(d, out)?;
    findings(d, out)
}

/// Our own words, which may carry words of evidence.
fn ours(s: &str) -> String {
    words::ours(s).terminal()
}

fn read(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let m = &d.method;
    let total = format!(
        "{}, {}: {} and {}",
        words::many(m.files, "file", "files"),
        words::bytes(m.bytes),
        words::many(m.records, "record", "records"),
        words::many(m.traces, "trace", "traces")
    );
    para(out, "Read", &total)?;
    let linked = format!(
        "{}, {} kept, {} of those expected to be false; {}",
        words::many(m.pairs, "pair tested", "pairs tested"),
        words::many(m.links, "link", "links"),
        words::number(m.expected_false),
        words::many(d.networks.len() as u64, "network", "networks")
    );
    para(out, "Linked", &linked)
}

fn not_read(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let (missing, other) = words::notes(d);
    if missing.is_empty() {
        para(out, "Not read", "nothing: all of the evidence was read whole")?;
    } else {
        para(out, "Not read", &format!("{} (exit code 3)", words::many(missing.len() as u64, "thing", "things")))?;
        listed(d, &missing, out)?;
    }
    if !other.is_empty() {
        para(out, "To know", &words::many(other.len() as u64, "remark", "remarks"))?;
        listed(d, &other, out)?;
    }
    Ok(())
}

fn listed(d: &Dossier, notes: &[&Note], out: &mut dyn Write) -> io::Result<()> {
    let names = words::Names::new(d);
    for n in notes.iter().take(MOST) {
        let name = names.of(n.evidence).map_or_else(|| n.evidence.to_string(), |q| q.short(60).terminal());
        let times = if n.times > 1 { format!(" ({} times)", words::count(n.times)) } else { String::new() };
        let text = format!("{name}, {}: {}: {}{times}", n.span, n.code.word(), n.text.short(300).terminal());
        hanging(out, LEFT, "- ", &text)?;
    }
    rest(out, notes.len(), "note")
}

fn findings(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if d.findings.is_empty() {
        return para(out, "Findings", words::NOTHING);
    }
    para(out, "Findings", &words::tally(d))?;
    for f in words::in_order(d).into_iter().take(MOST) {
        writeln!(out)?;
        finding(d, f, out)?;
    }
    rest(out, d.findings.len(), "finding")
}

fn finding(d: &Dossier, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let word = if words::dismissed(d, f) { "dismissed" } else { f.confidence.word() };
    para(out, &format!("  {word}"), &ours(&f.title))?;
    para(out, "", &ours(&words::chance_line(&f.chance)))?;
    let else_ = &f.innocent.get()[0].what;
    para(out, "", &ours(&format!("Could also be: {else_}")))?;
    let period = words::period(f.first, f.last).map(|p| format!(" · {p}")).unwrap_or_default();
    let actors = words::many(f.actors.len() as u64, "actor", "actors");
    para(out, "", &ours(&format!("{} · {} · {actors}{period}", f.id, f.kind)))?;
    match d.ruling(&f.id) {
        Some(r) => para(out, "", &format!("Ruled {}: {}", r.verdict.word(), r.why.terminal())),
        None => Ok(()),
    }
}

fn rest(out: &mut dyn Write, all: usize, what: &str) -> io::Result<()> {
    match all.saturating_sub(MOST) {
        0 => Ok(()),
        more => para(
            out,
            "",
            &format!(
                "and {} in the report",
                words::many(more as u64, &format!("more {what}"), &format!("more {what}s"))
            ),
        ),
    }
}

/// A heading and a paragraph beside it.
fn para(out: &mut dyn Write, head: &str, text: &str) -> io::Result<()> {
    let indent = format!("{head:<LEFT$}");
    hanging(out, 0, &indent, text)
}

/// Text wrapped at [`WIDTH`], its first line after `first`, the others indented as far.
fn hanging(out: &mut dyn Write, indent: usize, first: &str, text: &str) -> io::Result<()> {
    let indent = " ".repeat(indent);
    let lines = wrap(text, WIDTH - indent.len() - columns(first));
    for (i, line) in lines.iter().enumerate() {
        let lead = if i == 0 { first.to_owned() } else { " ".repeat(columns(first)) };
        writeln!(out, "{}", format!("{indent}{lead}{line}").trim_end())?;
    }
    Ok(())
}

/// Lines of at most `width` columns, broken at spaces, and inside a word only where the word alone is longer.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let size = columns(word);
        if used > 0 && used + 1 + size > width {
            lines.push(String::new());
            used = 0;
        } else if used > 0 {
            lines.last_mut().expect("never empty").push(' ');
            used += 1;
        }
        for c in word.chars() {
            if used + wide(c) > width {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("never empty").push(c);
            used += wide(c);
        }
    }
    lines
}

fn columns(s: &str) -> usize {
    s.chars().map(wide).sum()
}

/// Columns a character takes in a terminal: two for East Asian wide ones and emoji (Unicode TR 11).
fn wide(c: char) -> usize {
    match c as u32 {
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f => 2,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps() {
        for (text, width, lines) in [
            ("", 5, &[""][..]),
            ("one two three", 7, &["one two", "three"]),
            ("unbreakable x", 4, &["unbr", "eaka", "ble", "x"]),
            ("日本語", 4, &["日本", "語"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text}");
        }
    }
}
