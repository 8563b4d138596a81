//! An archive of DNS: names and keys as they were, written down by somebody at the time or bought from a passive-DNS
//! service. Nothing is ever asked of the network.
//!
//! A line a record: `name type value`, optionally with `since=YYYY-MM-DD` and `until=YYYY-MM-DD` between name and type;
//! `#` begins a comment. `docs/mail.md` describes it. Types: TXT, A, AAAA, MX, NONE (the name was asked for and had no
//! record of any type).

use model::When;
use std::collections::HashMap;

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    kind: String,
    value: String,
    since: Option<i64>,
    until: Option<i64>,
}

/// The archive.
#[derive(Debug, Default)]
pub struct Archive {
    names: HashMap<String, Vec<Record>>,
    /// What it is called in reports.
    pub name: String,
}

/// What the archive knows of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// These values.
    Values(Vec<String>),
    /// The name was asked for at that time and had none.
    None,
    /// Nobody wrote it down.
    Unknown,
}

impl Archive {
    /// Reads an archive.
    ///
    /// # Errors
    /// The number of the first line that is no record, and why.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let mut archive = Self { name: name.to_owned(), ..Self::default() };
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, record) = record(line).map_err(|why| format!("line {}: {why}", n + 1))?;
            archive.names.entry(name).or_default().push(record);
        }
        Ok(archive)
    }

    /// Values of a type at a moment; any moment where it is not known.
    pub(crate) fn ask(&self, name: &str, kind: &str, at: Option<i64>) -> Answer {
        let name = name.trim_end_matches('.').to_lowercase();
        let Some(records) = self.names.get(&name) else { return Answer::Unknown };
        let then: Vec<&Record> = records.iter().filter(|r| r.holds(at)).collect();
        let values: Vec<String> = then.iter().filter(|r| r.kind == kind).map(|r| r.value.clone()).collect();
        match () {
            () if !values.is_empty() => Answer::Values(values),
            () if then.iter().any(|r| r.kind == "NONE") => Answer::None,
            () => Answer::Unknown,
        }
    }
}

impl Record {
    fn holds(&self, at: Option<i64>) -> bool {
        let Some(at) = at else { return true };
        self.since.is_none_or(|s| s <= at) && self.until.is_none_or(|u| at < u)
    }
}

const KINDS: &[&str] = &["TXT", "A", "AAAA", "MX", "NONE"];

fn record(line: &str) -> Result<(String, Record), String> {
    let mut rest = line;
    let mut word = || {
        let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        rest = after.trim_start();
        first
    };
    let name = word().trim_end_matches('.').to_lowercase();
    let (mut since, mut until) = (None, None);
    loop {
        let next = word();
        if let Some(day) = next.strip_prefix("since=") {
            since = Some(midnight(day)?);
        } else if let Some(day) = next.strip_prefix("until=") {
            until = Some(midnight(day)? + 86_400_000_000);
        } else if KINDS.contains(&&next.to_uppercase()[..]) {
            let value = unquoted(rest);
            return Ok((name, Record { kind: next.to_uppercase(), value, since, until }));
        } else {
            return Err(format!("\"{}\" is none of TXT, A, AAAA, MX, NONE, since=DAY, until=DAY", next.escape_debug()));
        }
    }
}

/// `"a" "b"` becomes `ab`; what is not quoted stays.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    if !text.starts_with('"') {
        return text.to_owned();
    }
    text.split('"').enumerate().filter(|(i, _)| i % 2 == 1).map(|(_, piece)| piece).collect()
}

fn midnight(day: &str) -> Result<i64, String> {
    let parts: Vec<u32> = day.split('-').filter_map(|p| p.parse().ok()).collect();
    let when = match parts[..] {
        [y, m, d] => When::from_civil(i64::from(y), m, d, 0, 0, 0),
        _ => None,
    };
    when.map(|w| w.0).ok_or_else(|| format!("\"{}\" is no day: write YYYY-MM-DD", day.escape_debug()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_their_times() {
        let text = "# kept in March\nOne.example. TXT \"v=spf1 \" \"-all\"\none.example since=2024-01-01 until=2024-01-31 A 192.0.2.1\nx.example NONE\n";
        let archive = Archive::parse("kept", text).expect("parses");
        let at = |m, d| When::from_civil(2024, m, d, 12, 0, 0).map(|w| w.0);
        assert_eq!(archive.ask("one.EXAMPLE", "TXT", at(5, 1)), Answer::Values(vec!["v=spf1 -all".into()]));
        assert_eq!(archive.ask("one.example", "A", at(1, 31)), Answer::Values(vec!["192.0.2.1".into()]));
        assert_eq!(archive.ask("one.example", "A", at(2, 1)), Answer::Unknown);
        assert_eq!(archive.ask("x.example", "A", at(2, 1)), Answer::None);
        assert_eq!(archive.ask("y.example", "A", None), Answer::Unknown);
        for bad in ["x", "x FOO y", "x since=5 TXT y"] {
            assert!(Archive::parse("", bad).is_err(), "{bad}");
        }
    }
}
