//! How the report was made, so that someone else gets the same bytes; and what its terms mean.

use super::ours;
use crate::words;
use model::{Dossier, Quote};
use std::io::{self, Write};

/// The section on method.
pub fn write(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let m = &d.method;
    writeln!(out, "<ul class=\"method\">")?;
    words::method(m).iter().try_for_each(|line| writeln!(out, "<li>{}</li>", ours(line)))?;
    writeln!(out, "</ul>")?;
    kinds(d, out)?;
    if m.settings_toml.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>Settings in force (<code>case.toml</code>)</h3>\n<pre tabindex=\"0\">")?;
    m.settings_toml.lines().try_for_each(|l| writeln!(out, "{}", Quote::from(l).html()))?;
    writeln!(out, "</pre>")
}

fn kinds(d: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if d.method.kinds.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<h3>Traces and windows</h3>\n<table><colgroup><col class=\"id\"><col class=\"words\"><col class=\"num\"><col class=\"num\"></colgroup><thead><tr><th scope=\"col\">Kind</th><th scope=\"col\">What it is</th><th scope=\"col\" class=\"num\">Traces</th><th scope=\"col\" class=\"num\">Window</th></tr></thead><tbody>"
    )?;
    for (kind, about, n) in &d.method.kinds {
        let (n, window) = (words::count(*n), ours(words::window(&d.method, kind)));
        writeln!(
            out,
            "<tr><td data-l=\"Kind\"><code>{}</code></td><td data-l=\"What it is\">{}</td><td data-l=\"Traces\" class=\"num\">{n}</td><td data-l=\"Window\" class=\"num\">{window}</td></tr>",
            ours(kind),
            ours(about)
        )?;
    }
    writeln!(out, "</tbody></table>")
}

/// The glossary.
pub fn terms(_: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<dl class=\"terms\">")?;
    for (term, meaning) in words::GLOSSARY {
        writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", ours(term), ours(meaning))?;
    }
    writeln!(out, "</dl>")
}
