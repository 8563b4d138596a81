//! A sheet as one screen of text, for a reader without training; and a mail as text that is safe to look at.

use crate::purposes::PURPOSES;
use crate::{domain, markup};
use model::{Check, Grade, Mail, Quote, Sheet, SheetLine, Stop, defang};
use std::fmt::Write;

/// Columns of a screen.
const WIDE: usize = 100;

/// The sheet as text.
#[must_use]
pub fn page(sheet: &Sheet) -> String {
    let mut out = String::new();
    head(sheet, &mut out);
    verdict(sheet, &mut out);
    way(&sheet.route, &mut out);
    who(sheet, &mut out);
    list("EVIDENCE", &sheet.lines.iter().zip(1..).map(|(l, n)| line(l, Some(n))).collect::<Vec<_>>(), &mut out);
    list("AGAINST", &sheet.against.iter().map(|l| line(l, None)).collect::<Vec<_>>(), &mut out);
    if let Some(r) = &sheet.rescued {
        let text = [("survived", &r.survived), ("gone", &r.lost), ("ask for", &r.ask)];
        list("WHAT IS LEFT OF IT", &text.map(|(w, of)| format!("{w}: {}", of.join("; "))), &mut out);
    }
    list("NOT CHECKED", &sheet.not_checked, &mut out);
    list("RELATED", &sheet.related, &mut out);
    let could: Vec<String> = sheet.could.iter().map(|c| format!("{}: {}", title(&c.purpose), c.why)).collect();
    list("COULD ALSO BE", &could, &mut out);
    list("NEXT", &sheet.next, &mut out);
    list("WOULD OVERTURN IT", &sheet.overturn, &mut out);
    out
}

fn safe(text: &str) -> String {
    Quote::from(defang(text)).short(120).terminal()
}

fn title(id: &str) -> &str {
    PURPOSES.iter().find(|p| p.card.id == id).map_or(id, |p| p.title)
}

fn head(s: &Sheet, out: &mut String) {
    let rule = "─".repeat(WIDE);
    let name = if s.from_name.is_empty() { String::new() } else { format!("\"{}\" ", safe(s.from_name.raw())) };
    let to = if s.mailbox.is_empty() { String::new() } else { format!("   to {}", safe(s.mailbox.raw())) };
    let when = s.when.map_or("no date".to_owned(), |w| format!("{} UTC", w.short()));
    let _ = writeln!(out, "{rule}\n{}", safe(s.subject.raw()));
    let _ = writeln!(out, "from {name}<{}>{to}\n{when}   {}", safe(s.from.raw()), s.place.evidence);
    if !s.reply_to.is_empty() && s.reply_to != s.from {
        let _ = writeln!(out, "answers go to {}", safe(s.reply_to.raw()));
    }
}

fn verdict(s: &Sheet, out: &mut String) {
    let grade = if s.purpose == "cannot-say" { String::new() } else { format!(" – {}", s.grade.word()) };
    let _ = writeln!(out, "\nWHAT IS IT FOR?  {}{grade}", title(&s.purpose).to_uppercase());
    wrap("  ", "  ", &format!("{}.", capital(&s.because)), out);
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().collect::<String>() + chars.as_str())
}

/// The route, drawn from the sender down to the mailbox.
fn way(stops: &[Stop], out: &mut String) {
    let _ = writeln!(out, "\nTHE WAY IT CAME");
    if stops.is_empty() {
        return wrap("  ", "  ", "no line of its way is left: nothing can be said of where it came from", out);
    }
    let mut crossed = false;
    for stop in stops {
        if stop.trusted && !crossed {
            crossed = true;
            let _ = writeln!(
                out,
                "  ═══ up to here written by others; from here on by the recipient's side, and believed ═══"
            );
        }
        let when = stop.when.map_or("no time          ".to_owned(), |w| format!("{} UTC", w.short()));
        let zone = stop
            .zone
            .filter(|z| *z != 0)
            .map_or(String::new(), |z| format!(" (clock {:+03}:{:02})", z / 60, (z % 60).abs()));
        let from = if stop.from.is_empty() { "(not said)".to_owned() } else { safe(stop.from.raw()) };
        let ip = if stop.ip.is_empty() { String::new() } else { format!(" [{}]", safe(stop.ip.raw())) };
        let _ = writeln!(out, "  {when}  {from}{ip} → {}{zone}", safe(stop.by.raw()));
    }
}

fn who(s: &Sheet, out: &mut String) {
    let _ = writeln!(out, "\nWHO SENT IT?");
    let confirmed = s.lines.iter().chain(&s.against).find(|l| l.sign == "confirmed-sender");
    let plain = match confirmed {
        _ if s.rescued.as_ref().is_some_and(|r| r.how == "inline-forward") => {
            "cannot be told any more: this is a forward, and the checks below are about the one who forwarded it"
                .to_owned()
        }
        Some(_) if domain::is_provider(&domain::of_address(s.from.raw()).to_lowercase()) => {
            "the account really sent it; that says nothing about who holds the account, and anyone can open one there"
                .to_owned()
        }
        Some(_) => "the account really sent it; that says nothing about who holds the account".to_owned(),
        None if s.checks.iter().any(|c| c.grade >= Grade::Supported) => {
            "no check that can be believed supports the address shown; anybody may have written it there".to_owned()
        }
        None => "cannot be verified any more: the address shown may be anybody's".to_owned(),
    };
    wrap("  ", "  ", &plain, out);
    for c in &s.checks {
        wrap("  · ", "    ", &check(c), out);
    }
}

fn check(c: &Check) -> String {
    let of = if c.domain.is_empty() { String::new() } else { format!(" for {}", safe(c.domain.raw())) };
    format!("{} {}{of}: {}", c.method.to_uppercase(), c.result.replace('-', " "), c.says)
}

fn line(l: &SheetLine, number: Option<u32>) -> String {
    let n = number.map_or(String::new(), |n| format!("{n}  "));
    let raw = if l.raw.is_empty() { String::new() } else { format!(": {}", safe(l.raw.short(90).raw())) };
    format!("{n}[{}] {} — {}{raw} ({}; {})", l.grade.word(), l.says, l.source.terminal(), l.span, l.method)
}

fn list(heading: &str, items: &[String], out: &mut String) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading}");
    for item in items {
        wrap("  ", "     ", item, out);
    }
}

/// Lines of at most a screen's width.
fn wrap(first: &str, rest: &str, text: &str, out: &mut String) {
    let (mut width, mut started) = (first.chars().count(), false);
    out.push_str(first);
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let len = word.chars().count();
        if started && width + 1 + len > WIDE {
            out.push('\n');
            out.push_str(rest);
            width = rest.chars().count();
        } else if started {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += len;
        started = true;
    }
    out.push('\n');
}

/// The mail's words as text that is safe to look at: escaped, links written out and made unclickable, what is hidden from
/// the reader marked. Nothing is loaded, run or followed.
#[must_use]
pub fn safe_view(mail: &Mail<'_>) -> String {
    let mut out = String::new();
    let mut shown = |mark: &str, text: &str| {
        for line in text.lines().filter(|l| !l.trim().is_empty()).take(2_000) {
            let _ = writeln!(out, "{mark} {}", Quote::from(defang(line)).short(2_000).terminal());
        }
    };
    for part in mail.parts {
        if part.html.is_empty() {
            shown("|", part.text);
            continue;
        }
        let markup = markup::read(part.html);
        shown("|", &markup.shown);
        shown("| hidden from the reader:", &markup.hidden);
        for a in markup.anchors.iter().take(200) {
            shown("| link:", &format!("\"{}\" opens {}", a.text.replace('\n', " ").trim(), a.href));
        }
        for i in markup.images.iter().take(200) {
            shown(if i.pixel { "| invisible picture, not loaded:" } else { "| picture, not loaded:" }, &i.src);
        }
        for f in &markup.forms {
            shown(
                "| form, not sent:",
                &format!("{} fields{} to {}", f.fields, if f.password { ", a password" } else { "" }, f.action),
            );
        }
    }
    for a in mail.attachments {
        shown("| enclosed, not opened:", &format!("{} ({} bytes, sha256 {})", a.name, a.len, a.sha256));
    }
    out
}
