//! The report as one page that asks nothing of anyone: no outside request, its style and script named by their hash in
//! a content security policy, readable without the script, from a USB stick and on paper.
//!
//! Words of evidence leave by `Quote::html`, defanged; our own take the same door. Source: W3C, "Content Security
//! Policy Level 3", 2.3.1 (hashes); WCAG 2.2.

mod bar;
mod findings;
mod judgement;
mod method;
mod networks;
mod reading;
mod tables;
mod timeline;

use crate::{Export, words};
use model::{Card, Dossier, Quote};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// The drawer.
pub const EXPORT: Export = Export {
    card: Card {
        id: "html",
        about: "the report as one self-contained page",
        source: "HTML Living Standard; W3C CSP Level 3; WCAG 2.2",
    },
    extension: "html",
    write,
};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Id of a section, its heading, what writes it.
type Section = (&'static str, &'static str, fn(&Dossier, &mut dyn Write) -> io::Result<()>);

const SECTIONS: &[Section] = &[
    ("glance", "At a glance", reading::glance),
    ("read", "What was read, and what was not", reading::read),
    ("findings", "Findings", findings::write),
    ("held", "What people hold", judgement::held),
    ("techniques", "Techniques", judgement::techniques),
    ("timeline", "Timeline", timeline::write),
    ("networks", "Networks", networks::write),
    ("actors", "Actors", tables::actors),
    ("links", "Links", tables::links),
    ("evidence", "Evidence", tables::evidence),
    ("method", "How it was made", method::write),
    ("terms", "Terms", method::terms),
];

fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    // A checkout with other line ends must not change the hash: an HTML reader sees only line feeds.
    let (style, script) = (STYLE.replace('\r', ""), SCRIPT.replace('\r', ""));
    head(d, &style, &script, out)?;
    contents(d, out)?;
    writeln!(out, "<main id=\"main\">")?;
    top(d, out)?;
    for (id, heading, section) in SECTIONS {
        writeln!(out, "<section id=\"{id}\" aria-labelledby=\"h-{id}\">\n<h2 id=\"h-{id}\">{heading}</h2>")?;
        section(d, out)?;
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>\n</div>\n<script>{script}</script>\n</body>\n</html>")
}

fn head(d: &Dossier, style: &str, script: &str, out: &mut dyn Write) -> io::Result<()> {
    let (style_hash, script_hash) = (hash(style), hash(script));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src '{style_hash}'; script-src '{script_hash}'; img-src data:; \
         base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">"
    )?;
    let made_up = if d.synthetic { "SYNTHETIC: " } else { "" };
    writeln!(out, "<title>{made_up}{} · Unspool</title>\n<style>{style}</style>\n</head>\n<body>", title(d))?;
    writeln!(out, "<a class=\"skip\" href=\"#main\">Skip to the report</a>")?;
    if d.synthetic {
        writeln!(out, "<p class=\"synthetic\" role=\"note\">{}</p>", ours(words::SYNTHETIC))?;
    }
    writeln!(out, "<div class=\"page\">")
}

/// `sha256-` and the base64 of the hash, as a content security policy names a source.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let n = three.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let digit = DIGITS[(n >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

fn contents(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<nav class=\"toc\" aria-label=\"Contents\">\n<p class=\"toc-head\">Contents</p>\n<ul>")?;
    for (id, heading, _) in SECTIONS {
        let n = match *id {
            "findings" => d.findings.len(),
            "networks" => d.networks.len(),
            "actors" => d.actors.len(),
            _ => 0,
        };
        let n = if n == 0 { String::new() } else { format!(" <span class=\"n\">{}</span>", words::count(n as u64)) };
        writeln!(out, "<li><a href=\"#{id}\">{heading}</a>{n}</li>")?;
    }
    writeln!(out, "</ul>\n</nav>")
}

fn title(d: &Dossier) -> String {
    if d.title.is_empty() { "A case without a title".to_owned() } else { d.title.html() }
}

fn top(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<header class=\"top\">\n<p class=\"kicker\">Case report</p>\n<h1 dir=\"auto\">{}</h1>", title(d))?;
    if !d.question.is_empty() {
        writeln!(out, "<p class=\"question\" dir=\"auto\">{}</p>", d.question.html())?;
    }
    if !d.answer.is_empty() {
        writeln!(out, "<div class=\"answer\">\n<h2>The answer so far</h2>\n<ul>")?;
        d.answer.iter().try_for_each(|s| writeln!(out, "<li>{}</li>", ours(s)))?;
        writeln!(out, "</ul>\n</div>")?;
    }
    let caution =
        "This report shows patterns of behaviour and what chance would give. It does not say who is behind them.";
    writeln!(out, "<p class=\"caution\">{caution}</p>\n</header>")
}

/// Our own words.
fn ours(s: &str) -> String {
    words::ours(s).html()
}

/// Words of evidence, addresses defanged, kept apart from the writing direction around them.
fn theirs(q: &Quote) -> String {
    format!("<bdi>{}</bdi>", q.defanged().html())
}

/// An id as an anchor: letters, digits and hyphens.
fn anchor(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// A link to a finding by its id.
fn to_finding(id: &str) -> String {
    format!("<a href=\"#{}\"><code>{}</code></a>", anchor(id), ours(id))
}

/// A line that says how much is not shown and where it is; nothing where all is shown.
fn rest(out: &mut dyn Write, all: usize, shown: usize, what: &str, export: &str) -> io::Result<()> {
    match all.saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(
            out,
            "<p class=\"rest\">{} of {} {what} are shown here; {} more are in the exports <code>{export}</code> and \
             <code>json</code>.</p>",
            words::count(shown as u64),
            words::count(all as u64),
            words::count(more as u64)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        for (from, to) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(from.as_bytes()), to);
        }
        // CSP Level 3, 2.3.1: the example of `alert('Hello, world.');`.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}
