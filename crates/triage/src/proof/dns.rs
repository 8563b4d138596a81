//! DNS records that somebody kept: a text file or JSON lines.
//!
//! Text: `NAME [TTL] [IN] [TXT|A|AAAA|MX] VALUE`, a line each, the type TXT where none is named, quoted pieces joined; `#`
//! and `;` begin a remark. JSON: `name`, `value` (text or pieces), and optionally `type`, `from`, `until` (seconds since
//! 1970 or `YYYY-MM-DD`), between which the record was seen. Source: RFC 1035 section 5; the JSON is ours.

use model::When;
use std::collections::BTreeMap;

/// What sort of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Txt,
    A,
    Aaaa,
    Mx,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub value: String,
    /// Between these it was seen; unknown where absent.
    pub from: Option<When>,
    pub until: Option<When>,
}

impl Entry {
    /// True where it is known to have stood at that time.
    pub(crate) fn covers(&self, at: Option<When>) -> bool {
        let Some(at) = at else { return false };
        self.from.is_some_and(|f| f <= at) && self.until.is_some_and(|u| at <= u)
    }

    /// True where it is known not to have stood then.
    fn excludes(&self, at: Option<When>) -> bool {
        at.is_some_and(|at| {
            self.from.is_some_and(|f| f.0 > at.0.saturating_add(DAYS))
                || self.until.is_some_and(|u| u.0 < at.0.saturating_sub(DAYS))
        })
    }
}

/// A record seen first or last this long before or after may well have stood: 400 days in microseconds.
const DAYS: i64 = 400 * model::DAY;
/// Most records.
const MOST: usize = 5_000_000;

/// Kept records, by name and sort.
#[derive(Debug, Default)]
pub struct Archive {
    records: BTreeMap<(String, Kind), Vec<Entry>>,
}

impl Archive {
    /// Reads one.
    ///
    /// # Errors
    /// The number of the line and what is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut out = Self::default();
        for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate().take(MOST) {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            let record = if line.starts_with('{') { json(line) } else { plain(line) };
            let (name, kind, entry) = record.map_err(|why| format!("line {}: {why}", n + 1))?;
            out.records.entry((key(&name), kind)).or_default().push(entry);
        }
        Ok(out)
    }

    /// Takes in the records of another.
    pub fn join(&mut self, other: Self) {
        for (of, mut entries) in other.records {
            self.records.entry(of).or_default().append(&mut entries);
        }
    }

    /// How many names.
    #[must_use]
    pub fn names(&self) -> usize {
        self.records.len()
    }

    /// Text records of a name that stood at that time: known ones before those of which it is not known.
    pub(crate) fn txt(&self, name: &str, at: Option<When>) -> Vec<&Entry> {
        self.of(name, Kind::Txt, at)
    }

    pub(crate) fn of(&self, name: &str, kind: Kind, at: Option<When>) -> Vec<&Entry> {
        let all = self.records.get(&(key(name), kind)).map_or(&[][..], Vec::as_slice);
        let mut out: Vec<&Entry> = all.iter().filter(|e| !e.excludes(at)).collect();
        out.sort_by_key(|e| !e.covers(at));
        out
    }
}

fn key(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn kind(word: &str) -> Option<Kind> {
    match word.to_ascii_uppercase().as_str() {
        "TXT" | "SPF" => Some(Kind::Txt),
        "A" => Some(Kind::A),
        "AAAA" => Some(Kind::Aaaa),
        "MX" => Some(Kind::Mx),
        _ => None,
    }
}

fn plain(line: &str) -> Result<(String, Kind, Entry), String> {
    let (name, mut rest) = line.split_once(char::is_whitespace).ok_or("a name and no value")?;
    let mut of = None;
    loop {
        rest = rest.trim_start();
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let skipped = word.eq_ignore_ascii_case("in") || (!word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()));
        match kind(word) {
            Some(k) if !after.is_empty() => {
                (of, rest) = (Some(k), after.trim_start());
                break;
            }
            _ if skipped && !after.is_empty() => rest = after,
            _ => break,
        }
    }
    let value = if rest.starts_with('"') { pieces(rest)? } else { rest.to_owned() };
    Ok((name.to_owned(), of.unwrap_or(Kind::Txt), Entry { value, from: None, until: None }))
}

/// Quoted pieces, joined.
fn pieces(text: &str) -> Result<String, String> {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for c in text.chars() {
        match c {
            _ if escaped => {
                out.push(c);
                escaped = false;
            }
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            c if inside => out.push(c),
            c if c.is_whitespace() => {}
            _ => return Err("words outside the quotes".to_owned()),
        }
    }
    if inside { Err("a quote that does not end".to_owned()) } else { Ok(out) }
}

fn json(line: &str) -> Result<(String, Kind, Entry), String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let text = |of: &serde_json::Value| match of {
        serde_json::Value::String(s) => Some(s.clone()),
        serde_json::Value::Array(a) => a.iter().map(|p| p.as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    let name = value["name"].as_str().ok_or("no name")?.to_owned();
    let of = match value["type"].as_str() {
        None => Kind::Txt,
        Some(word) => kind(word).ok_or("a sort of record that is not used here")?,
    };
    let (from, until) = (moment(&value["from"])?, moment(&value["until"])?);
    Ok((name, of, Entry { value: text(&value["value"]).ok_or("no value")?, from, until }))
}

fn moment(value: &serde_json::Value) -> Result<Option<When>, String> {
    let date = |s: &str| {
        let parts: Vec<&str> = s.split('-').collect();
        let [y, m, d] = parts[..] else { return None };
        When::from_civil(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?, 0, 0, 0)
    };
    match value {
        serde_json::Value::Null => Ok(None),
        serde_json::Value::Number(n) => {
            n.as_i64().and_then(When::from_unix).map(Some).ok_or_else(|| "a time out of range".to_owned())
        }
        serde_json::Value::String(s) => {
            date(s.get(..10).unwrap_or(s)).map(Some).ok_or_else(|| "a day not written YYYY-MM-DD".to_owned())
        }
        _ => Err("a time that is none".to_owned()),
    }
}
