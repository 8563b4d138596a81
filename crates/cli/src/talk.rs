//! Talking to the terminal. Words from evidence come out through [`model::Quote::terminal`] only.

use crate::End;
use case::{Error, Progress, Shown};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use model::{Card, Quote};
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;

/// Progress on stderr: bytes, rate, time left. Only on a terminal.
pub struct Bar {
    bar: Mutex<ProgressBar>,
    shown: bool,
}

impl Bar {
    /// A bar that shows nothing yet.
    pub fn new(quiet: bool) -> Self {
        Self { bar: Mutex::new(ProgressBar::hidden()), shown: !quiet && io::stderr().is_terminal() }
    }

    /// Clears it away.
    pub fn end(&self) {
        if let Ok(bar) = self.bar.lock() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn stage(&self, name: &str, bytes: u64) {
        let Ok(mut bar) = self.bar.lock() else { return };
        bar.finish_and_clear();
        if !self.shown {
            return;
        }
        let shape = "{msg:>9} {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
        let shape = if bytes > 0 { shape } else { "{msg:>9} …" };
        *bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(shape) {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        bar.tick();
    }

    fn step(&self, bytes: u64) {
        if let Ok(bar) = self.bar.lock() {
            bar.inc(bytes);
        }
    }
}

/// Says what went wrong and what can be done about it.
pub fn trouble(trouble: &(dyn std::error::Error + 'static)) -> End {
    let mut text = trouble.to_string();
    let mut cause = trouble.source();
    while let Some(e) = cause {
        let more = e.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = e.source();
    }
    eprintln!("error: {}", Quote::from(text).terminal());
    if let Some(error) = trouble.downcast_ref::<fetch::Error>() {
        eprintln!("\nhint: {}", error.hint());
    }
    let Some(error) = trouble.downcast_ref::<Error>() else { return End::CouldNot };
    eprintln!("\nhint: {}", error.hint());
    if error.asked_wrongly() { End::AskedWrongly } else { End::CouldNot }
}

/// Says that the tool itself failed.
pub fn bug(panic: &(dyn std::any::Any + Send)) -> End {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    eprintln!("error: a bug in unspool: {}", Quote::from(said).terminal());
    eprintln!("\nhint: nothing sealed is lost; please report it with the command and the version");
    End::CouldNot
}

/// Prints a list of cards, ids aligned.
pub fn cards(heading: Option<&str>, cards: &[Card], out: &mut dyn Write) -> io::Result<()> {
    if let Some(heading) = heading {
        writeln!(out, "{heading}")?;
    }
    let width = cards.iter().map(|c| c.id.len()).max().unwrap_or(0);
    for card in cards {
        writeln!(out, "  {:width$}  {}", card.id, card.about)?;
    }
    if heading.is_some() {
        writeln!(out)?;
    }
    Ok(())
}

/// Prints one thing of a case.
pub fn shown(shown: &Shown, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  {}\n", shown.id, shown.title.terminal())?;
    let width = shown.facts.iter().map(|f| f.0.chars().count()).max().unwrap_or(0).min(24);
    for (label, value) in &shown.facts {
        let lines = wrap(&value.terminal(), 96_usize.saturating_sub(width).max(40));
        for (i, line) in lines.iter().enumerate() {
            writeln!(out, "{:>width$}  {line}", if i == 0 { label.as_str() } else { "" })?;
        }
    }
    for sheet in &shown.sheets {
        writeln!(out, "\n{}", triage::page(sheet))?;
    }
    for (what, place, bytes) in &shown.places {
        writeln!(out, "\n{}\n  at {place}", what.terminal())?;
        for line in String::from_utf8_lossy(bytes).lines().take(24) {
            for part in wrap(&Quote::from(line).terminal(), 92) {
                writeln!(out, "  | {part}")?;
            }
        }
    }
    Ok(())
}

/// Breaks text at spaces, at most `width` characters a line; longer words are broken anywhere.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        if used > 0 && used + 1 + word.len() > width {
            out.push(String::new());
            used = 0;
        }
        while word.len() > width {
            let rest = word.split_off(width);
            out.push(word.into_iter().collect());
            out.push(String::new());
            word = rest;
            used = 0;
        }
        if let Some(line) = out.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            used += word.len();
            line.extend(word);
        }
    }
    out.retain(|l| !l.is_empty());
    out
}

/// What an investigation changed: the sum, and the first few.
pub fn changes(changes: &case::Changes, path: &std::path::Path, out: &mut dyn Write) -> io::Result<()> {
    const FEW: usize = 12;
    writeln!(out, "\nSince before: {}", changes.summary())?;
    for change in changes.0.iter().take(FEW) {
        writeln!(out, "  {} {} {}: {}", change.word, change.of, change.id, change.what.short(160).terminal())?;
    }
    if changes.0.len() > FEW {
        writeln!(out, "  and {} more", changes.0.len() - FEW)?;
    }
    if changes.0.is_empty() { Ok(()) } else { writeln!(out, "All of it: {}", path.display()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping() {
        for (text, width, lines) in [
            ("a b c", 3, vec!["a b", "c"]),
            ("abcdef", 4, vec!["abcd", "ef"]),
            ("", 4, vec![]),
            ("one", 4, vec!["one"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text:?}");
        }
    }
}
