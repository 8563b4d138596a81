//! The networks as pictures: members sized by centrality and shaped by sort, links by what was shared. Drawn are the
//! largest networks with their most central members and heaviest links; the rest is counted and said.

mod picture;

use super::{anchor, ours, to_finding};
use crate::words;
use model::{Dossier, NetworkLine};
use picture::Picture;
use std::io::{self, Write};

/// Most networks drawn.
const DRAWN: usize = 9;
/// Most networks listed after those.
const LISTED: usize = 200;

/// The section.
pub fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if d.networks.is_empty() {
        return writeln!(out, "<p class=\"empty\">No network of linked actors stood out.</p>");
    }
    let drawn: Vec<(&NetworkLine, Picture)> =
        d.networks.iter().take(DRAWN).enumerate().map(|(i, n)| (n, Picture::of(n, i == 0))).collect();
    controls(&drawn, out)?;
    legend(out)?;
    writeln!(out, "<div class=\"nets\">")?;
    drawn.iter().try_for_each(|(n, picture)| figure(d, n, picture, out))?;
    writeln!(out, "</div>")?;
    others(d, out)
}

/// Shown by the script, which alone can use them.
fn controls(drawn: &[(&NetworkLine, Picture)], out: &mut dyn Write) -> io::Result<()> {
    let weights = || drawn.iter().flat_map(|(_, p)| p.edges.iter().map(|e| e.weight));
    let (low, high) = (weights().min().unwrap_or(0), weights().max().unwrap_or(0));
    writeln!(
        out,
        "<div class=\"controls\" id=\"net-controls\" hidden>\n<label>Network <select id=\"net-which\"><option value=\"\">all</option>"
    )?;
    for (i, (n, _)) in drawn.iter().enumerate() {
        writeln!(
            out,
            "<option value=\"{}\">{} · {}</option>",
            anchor(&n.id),
            i + 1,
            words::many(n.members.len() as u64, "member", "members")
        )?;
    }
    writeln!(
        out,
        "</select></label>\n<label>Links that share at least <output id=\"net-least\">{low}</output> <input type=\"range\" id=\"net-weight\" min=\"{low}\" max=\"{high}\" value=\"{low}\"></label>\n</div>"
    )
}

fn legend(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<p class=\"legend shapes\">")?;
    for sort in model::Sort::ALL {
        write!(
            out,
            "<span><svg viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">{}</svg> {}</span> ",
            picture::shape(sort, 0.0, 0.0, 5.5),
            sort.word()
        )?;
    }
    writeln!(out, "Size: centrality. Line: things shared. Nearness is only a drawing aid.</p>")
}

fn figure(d: &Dossier, n: &NetworkLine, picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    let big = if picture.big { " big" } else { "" };
    writeln!(out, "<figure class=\"net{big}\" id=\"{}\">", anchor(&n.id))?;
    picture.write(d, n, out)?;
    let (members, links) =
        (words::many(n.members.len() as u64, "actor", "actors"), words::many(n.links.len() as u64, "link", "links"));
    writeln!(
        out,
        "<figcaption><strong>{members}, {links}.</strong> Shared: {}. {}.",
        ours(&words::objects(n)),
        ours(&words::chance_line(&n.chance))
    )?;
    if let Some(left_out) = picture.left_out(n) {
        writeln!(out, " <em>{left_out}</em>")?;
    }
    let findings: Vec<String> = n.findings.iter().take(6).map(|f| to_finding(f)).collect();
    writeln!(
        out,
        "<span class=\"refs\"><code>{}</code> {}</span></figcaption>\n</figure>",
        ours(&n.id),
        findings.join(" ")
    )
}

fn others(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let Some(others) = d.networks.get(DRAWN..).filter(|o| !o.is_empty()) else { return Ok(()) };
    let n = words::many(others.len() as u64, "more network, not drawn", "more networks, not drawn");
    writeln!(out, "<details><summary>{n}</summary><ul class=\"others\">")?;
    for n in others.iter().take(LISTED) {
        let (members, links) = (
            words::many(n.members.len() as u64, "actor", "actors"),
            words::many(n.links.len() as u64, "link", "links"),
        );
        writeln!(
            out,
            "<li><code>{}</code> {members}, {links}; {}</li>",
            ours(&n.id),
            ours(&words::chance_line(&n.chance))
        )?;
    }
    writeln!(out, "</ul>")?;
    super::rest(out, others.len(), others.len().min(LISTED), "further networks", "jsonl")?;
    writeln!(out, "</details>")
}
