//! `case.toml`: read with suggestions for what is misspelt, written with every default beside its meaning.

use crate::{Error, store::write_whole};
use model::Settings;
use std::path::Path;

/// Reads the settings; an absent file means the defaults.
///
/// # Errors
/// [`Error::Settings`] with the line and, for an unknown key, the nearest known one.
pub fn load(path: &Path, kinds: &[&str]) -> Result<Settings, Error> {
    if !path.exists() {
        return Ok(Settings::default());
    }
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    parse(&text, kinds).map_err(|why| Error::Settings { path: path.to_path_buf(), why })
}

/// Reads settings from text.
///
/// # Errors
/// In words.
pub fn parse(text: &str, kinds: &[&str]) -> Result<Settings, String> {
    let settings: Settings = toml::from_str(text).map_err(|e| explain(text, &e))?;
    for kind in settings.links.windows.keys() {
        if !kinds.contains(&kind.as_str()) {
            return Err(format!("[links.windows] {kind}: there is no such trace kind{}", nearest(kind, kinds)));
        }
    }
    check(&settings).map_or(Ok(settings), Err)
}

fn check(s: &Settings) -> Option<String> {
    if !(s.links.fdr > 0.0 && s.links.fdr < 1.0) {
        return Some(format!("[links] fdr = {}: must lie between 0 and 1", s.links.fdr));
    }
    if s.links.min_objects < 1 {
        return Some("[links] min-objects = 0: must be at least 1".to_owned());
    }
    if !(s.findings.burst_p > 0.0 && s.findings.burst_p < 1.0) {
        return Some(format!("[findings] burst-p = {}: must lie between 0 and 1", s.findings.burst_p));
    }
    if s.limits.whole < 1024 || s.limits.row < 1024 {
        return Some("[limits] whole and row: must be at least 1024 bytes".to_owned());
    }
    let lines = s.protect.outlets.join("\n");
    if let Some(e) = lookalikes::Outlets::parse(&lines).err().filter(|_| !lines.trim().is_empty()) {
        return Some(format!("[protect] outlets, {e}"));
    }
    let graded = |g: &&String| matches!(g.as_bytes(), [b'A'..=b'F', b'1'..=b'6']);
    if let Some((list, grade)) = s.lists.grades.iter().find(|(_, g)| !graded(g)) {
        let (list, grade) = (list.escape_debug(), grade.escape_debug());
        return Some(format!("[lists.grades] {list} = \"{grade}\": a letter from A to F and a number from 1 to 6"));
    }
    let vote = &s.case.vote;
    (!vote.is_empty() && crate::day(vote).is_none())
        .then(|| format!("[case] vote = \"{}\": write it YYYY-MM-DD", vote.escape_debug()))
}

fn explain(text: &str, e: &toml::de::Error) -> String {
    let line = e.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let message = e.message();
    let suggestion =
        unknown(message).map(|(key, known)| nearest(&key, &known.iter().map(String::as_str).collect::<Vec<_>>()));
    format!("line {line}: {message}{}", suggestion.unwrap_or_default())
}

/// From serde's "unknown field `x`, expected one of `a`, `b`": x, and a and b.
fn unknown(message: &str) -> Option<(String, Vec<String>)> {
    let mut words = message.split('`').skip(1).step_by(2).map(str::to_owned);
    message.starts_with("unknown field").then(|| words.next().map(|key| (key, words.collect())))?
}

fn nearest(key: &str, known: &[&str]) -> String {
    let best = known.iter().map(|k| (distance(key, k), *k)).min();
    best.filter(|(d, k)| *d <= 2.max(k.len() / 3)).map_or_else(String::new, |(_, k)| format!("; did you mean `{k}`?"))
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// Writes the settings a case was made with, for a person to change.
///
/// # Errors
/// [`Error::Io`].
pub fn save(path: &Path, settings: &Settings) -> Result<(), Error> {
    let text = format!(
        "# Everything that changes the results of this case. Meanings: docs/settings.md.\n\
         # After a change, run `unspool investigate -o CASE` again.\n\n{}",
        print(settings)
    );
    write_whole(path, &mut |out| out.write_all(text.as_bytes()))
}

/// The settings as TOML.
#[must_use]
pub fn print(settings: &Settings) -> String {
    toml::to_string_pretty(settings).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut s = Settings::default();
        s.protect.outlets = vec!["paper.example | names: The \"Paper\"".to_owned(), "desk@paper.example".to_owned()];
        assert_eq!(parse(&print(&s), &[]), Ok(s));
    }

    #[test]
    fn trouble_is_explained() {
        for (text, says) in [
            (
                "[links]\nfdrr = 0.1",
                "line 2: unknown field `fdrr`, expected one of `windows`, `min-objects`, `fdr`, `seed`, `shuffles`, `allow`; did you mean `fdr`?",
            ),
            ("[links]\nfdr = 2.0", "[links] fdr = 2: must lie between 0 and 1"),
            (
                "[links.windows]\nurll = \"60s\"",
                "[links.windows] urll: there is no such trace kind; did you mean `url`?",
            ),
            (
                "[protect]\noutlets = [\"paper.example\", \"word\"]",
                "[protect] outlets, line 2: \"word\" is no domain name",
            ),
            ("[case]\nvote = \"3 Nov\"", "[case] vote = \"3 Nov\": write it YYYY-MM-DD"),
        ] {
            assert_eq!(parse(text, &["url"]), Err(says.to_owned()));
        }
        let wrong = parse("[links.windows]\nurl = \"60\"", &["url"]).expect_err("no unit");
        assert!(wrong.contains("whole number and a unit") || wrong.contains("length of time"), "{wrong}");
    }
}
