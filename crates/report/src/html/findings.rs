//! Findings as cards: what was seen, what chance would give, what else it could be, the bytes that show it, who, and
//! what a person decided.

use super::{anchor, bar, ours, theirs};
use crate::words;
use model::{Dossier, Finding, Quote, Table, Witness};
use std::io::{self, Write};

/// Witnesses shown at once; the others open on demand.
const WITNESSES: usize = 5;
/// Actors named at once.
const ACTORS: usize = 20;
/// Most actors named in all; the rest are counted.
const NAMED: usize = 500;
/// From this many findings on, a list stands before the cards.
const MANY: usize = 4;
/// Rows of a finding's own table shown at once.
const TABLE_ROWS: usize = 12;
/// Characters of a cell.
const CELL: usize = 160;
/// Characters of a quote.
const QUOTE: usize = 600;

/// The section.
pub fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if d.findings.is_empty() {
        return writeln!(out, "<p class=\"empty\">{}</p>", words::NOTHING);
    }
    let all = words::in_order(d);
    writeln!(out, "<p class=\"lead\">{}. Most confident first.</p>", words::tally(d))?;
    if all.len() >= MANY {
        overview(d, &all, out)?;
    }
    let names = words::Names::new(d);
    all.into_iter().try_for_each(|f| card(d, &names, f, out))
}

fn overview(d: &Dossier, all: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ol class=\"overview\">")?;
    for f in all {
        let gone = if words::dismissed(d, f) { " class=\"gone\"" } else { "" };
        let word = word(d, f);
        writeln!(
            out,
            "<li{gone}><span class=\"conf {word}\">{word}</span> <a href=\"#{}\">{}</a></li>",
            anchor(&f.id),
            ours(&f.title)
        )?;
    }
    writeln!(out, "</ol>")
}

/// The confidence, or that the finding was dismissed.
fn word(d: &Dossier, f: &Finding) -> &'static str {
    if words::dismissed(d, f) { "dismissed" } else { f.confidence.word() }
}

fn card(d: &Dossier, names: &words::Names, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (id, word) = (anchor(&f.id), word(d, f));
    let period = words::period(f.first, f.last).map(|p| format!("<span>{p}</span>")).unwrap_or_default();
    writeln!(out, "<article class=\"card {word}\" id=\"{id}\" aria-labelledby=\"h-{id}\">")?;
    let shown = if word == "dismissed" { "dismissed".to_owned() } else { format!("{word} confidence") };
    writeln!(
        out,
        "<p class=\"meta\"><span class=\"conf {word}\">{shown}</span><span>{}</span>{period}<code>{}</code></p>",
        ours(&f.kind),
        ours(&f.id)
    )?;
    writeln!(
        out,
        "<h3 id=\"h-{id}\" dir=\"auto\">{}</h3>\n<p class=\"observed\" dir=\"auto\">{}</p>",
        ours(&f.title),
        ours(&f.observed)
    )?;
    row(&format!("Why {}", f.confidence.word()), out)?;
    writeln!(out, "<p dir=\"auto\">{}</p>\n</div></div>", ours(&f.because))?;
    chance(f, out)?;
    innocent(f, out)?;
    f.tables.iter().try_for_each(|t| table(t, out))?;
    witnesses(d, names, f, out)?;
    who(d, f, out)?;
    techniques(f, out)?;
    ruling(d, f, out)?;
    writeln!(out, "</article>")
}

/// Opens a row of a card: a heading, and what stands beside it.
fn row(heading: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<div class=\"row\"><h4>{heading}</h4><div>")
}

fn chance(f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    row("Against chance", out)?;
    writeln!(out, "<p><strong>{}</strong></p>", ours(&words::seen(&f.chance)))?;
    bar::write(&f.chance, out)?;
    let doubt = words::doubt(&f.chance);
    if !doubt.is_empty() {
        writeln!(out, "<p>{}</p>", ours(&doubt))?;
    }
    writeln!(out, "<p class=\"small\">What chance means here: {}</p>\n</div></div>", ours(&f.chance.null))
}

fn innocent(f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    row("What else it could be", out)?;
    writeln!(out, "<ul class=\"innocent\">")?;
    for i in f.innocent.get() {
        writeln!(out, "<li><strong>{}</strong><br><span>How to tell: {}</span></li>", ours(&i.what), ours(&i.check))?;
    }
    writeln!(out, "</ul>\n</div></div>")
}

fn witnesses(d: &Dossier, names: &words::Names, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    row("The evidence that shows it", out)?;
    let all = f.witnesses.get();
    let (first, more) = all.split_at(all.len().min(WITNESSES));
    list(d, names, first, 1, out)?;
    if !more.is_empty() {
        writeln!(out, "<details><summary>{} more</summary>", more.len())?;
        list(d, names, more, first.len() + 1, out)?;
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</div></div>")
}

fn list(d: &Dossier, names: &words::Names, all: &[Witness], from: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ol class=\"witnesses\" start=\"{from}\">")?;
    for (i, w) in all.iter().enumerate() {
        let again = i > 0 && all[i - 1].quote == w.quote;
        witness(d, names, w, again, out)?;
    }
    writeln!(out, "</ol>")
}

/// A witness; words that are the same as those above it are not written again.
fn witness(d: &Dossier, names: &words::Names, w: &Witness, again: bool, out: &mut dyn Write) -> io::Result<()> {
    let quote = match w.quote.is_empty() || again {
        true => String::new(),
        false => format!("<q dir=\"auto\">{}</q>", w.quote.short(QUOTE).defanged().html()),
    };
    // The words it stands in, unless they say no more than the thing itself.
    let more = !w.words.is_empty() && w.words.raw().trim() != w.quote.raw().trim();
    let words = match more {
        true => format!("<blockquote dir=\"auto\">{}</blockquote>", w.words.short(QUOTE).defanged().html()),
        false => String::new(),
    };
    let class = if again { " class=\"again\"" } else { "" };
    let who = w.actor.and_then(|a| words::actor(d, a.0)).map_or_else(String::new, |a| theirs(&a.name));
    let file = names.of(w.place.evidence).map_or_else(String::new, |n| format!(" in <bdi>{}</bdi>", n.html()));
    let (shows, when, place) = (ours(&w.shows), words::when(w.when), w.place);
    writeln!(
        out,
        "<li{class}>{quote}<p class=\"source\"><b>{who}</b> {shows} · {when} · <code>{place}</code>{file}</p>{words}</li>"
    )
}

/// A finding's own table; rows beyond the first few open on demand.
fn table(t: &Table, out: &mut dyn Write) -> io::Result<()> {
    row(&ours(&t.title), out)?;
    let (first, more) = t.rows.split_at(t.rows.len().min(TABLE_ROWS));
    rows(t, first, out)?;
    if !more.is_empty() {
        writeln!(out, "<details><summary>{} more</summary>", more.len())?;
        rows(t, more, out)?;
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</div></div>")
}

fn rows(t: &Table, rows: &[Vec<Quote>], out: &mut dyn Write) -> io::Result<()> {
    let head: String = t.columns.iter().map(|c| format!("<th scope=\"col\">{}</th>", ours(c))).collect();
    writeln!(out, "<table><thead><tr>{head}</tr></thead><tbody>")?;
    for row in rows {
        let cell = |(name, c): (&String, &Quote)| {
            format!("<td data-l=\"{}\"><bdi>{}</bdi></td>", ours(name), c.short(CELL).defanged().html())
        };
        writeln!(out, "<tr>{}</tr>", t.columns.iter().zip(row).map(cell).collect::<String>())?;
    }
    writeln!(out, "</tbody></table>")
}

fn who(d: &Dossier, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    if f.actors.is_empty() {
        return Ok(());
    }
    let n = words::many(f.actors.len() as u64, "actor", "actors");
    row("Who is involved", out)?;
    let names: Vec<String> = f
        .actors
        .iter()
        .take(NAMED)
        .filter_map(|a| words::actor(d, a.0))
        .map(|a| format!("<span class=\"actor {}\">{}</span>", a.sort.word(), theirs(&a.name)))
        .collect();
    let (first, more) = names.split_at(names.len().min(ACTORS));
    writeln!(out, "<p class=\"actors\"><span class=\"sum\">{n}:</span> {}</p>", first.join(" "))?;
    if !more.is_empty() {
        let uncounted = f.actors.len().saturating_sub(NAMED);
        let rest = if uncounted > 0 {
            format!(" and {} not named here", words::count(uncounted as u64))
        } else {
            String::new()
        };
        writeln!(
            out,
            "<details><summary>{} more</summary><p class=\"actors\">{}{rest}</p></details>",
            more.len(),
            more.join(" ")
        )?;
    }
    writeln!(out, "</div></div>")
}

fn techniques(f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    if f.techniques.is_empty() {
        return Ok(());
    }
    row("Techniques", out)?;
    writeln!(out, "<ul class=\"techniques\">")?;
    for t in &f.techniques {
        writeln!(out, "<li><code>{} {}</code> {}</li>", ours(&t.framework), ours(&t.id), ours(&t.name))?;
    }
    writeln!(out, "</ul>\n</div></div>")
}

fn ruling(d: &Dossier, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
    row("Ruling", out)?;
    match d.ruling(&f.id) {
        None => writeln!(out, "<p>Nobody has ruled on this yet.</p>")?,
        Some(r) => {
            let by = if r.by.is_empty() { String::new() } else { format!(" by <bdi>{}</bdi>", r.by.html()) };
            let word = r.verdict.word();
            writeln!(
                out,
                "<p><strong class=\"verdict\">{word}</strong>{by}, {}: <bdi>{}</bdi></p>",
                r.when.date(),
                r.why.html()
            )?;
        }
    }
    writeln!(out, "<p class=\"small noprint\"><code>{}</code></p>\n</div></div>", ours(&words::how_to_rule(&f.id)))
}
