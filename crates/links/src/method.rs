//! A published method as a value: what it reads, its knobs, its recipe in words, and the function that does it.

use model::{Acts, Card, Coordination, When};
use std::collections::BTreeMap;

/// A method.
pub struct Method {
    /// Its label, with its citation.
    pub card: Card,
    /// The recipe: step (`trace`, `filter`, `window`, `similarity`, `cut`, `communities`) and what is done there.
    pub recipe: &'static [(&'static str, &'static str)],
    /// What can be set.
    pub knobs: &'static [Knob],
    /// What a reader must know.
    pub page: MethodPage,
    /// How it is done.
    pub run: Run,
}

/// The words of a method's page.
pub struct MethodPage {
    /// What it sees.
    pub sees: &'static str,
    /// When it is wrong.
    pub wrong: &'static str,
    /// What the source leaves open and what was chosen here; empty where it leaves nothing open.
    pub chosen: &'static str,
}

/// What the methods of one paper have in common.
pub(crate) struct Paper {
    /// Its citation.
    pub source: &'static str,
    /// When they are wrong.
    pub wrong: &'static str,
}

impl Paper {
    /// A method of this paper; `words`: what it sees, and what was chosen here.
    pub const fn method(
        &self,
        id: &'static str,
        about: &'static str,
        recipe: &'static [(&'static str, &'static str)],
        knobs: &'static [Knob],
        words: (&'static str, &'static str),
        run: Run,
    ) -> Method {
        let page = MethodPage { sees: words.0, wrong: self.wrong, chosen: words.1 };
        Method { card: Card { id, about, source: self.source }, recipe, knobs, page, run }
    }
}

/// How a method is done.
pub enum Run {
    /// On acts: which it reads, and the work.
    Recipe(fn(&Asked) -> Reads, fn(&Acts, &Asked) -> Coordination),
    /// On the trace table, by the first of [`crate::WAYS`].
    Way,
}

/// Which acts a method reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reads {
    /// Ids of kinds.
    pub kinds: Vec<&'static str>,
    /// Strings as they stand instead of canonical values.
    pub as_written: bool,
    /// Only the first row of a message counts.
    pub first_rows: bool,
    /// Accounts go by their ids where a column of its own has these.
    pub by_id: bool,
    /// A bare number is a time in seconds, whatever its size.
    pub bare_seconds: bool,
}

/// A setting of a method.
#[derive(Debug, Clone, Copy)]
pub struct Knob {
    /// Its name.
    pub id: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Its value when nobody sets it, as it is written.
    pub default: &'static str,
    /// What it takes.
    pub unit: Unit,
}

/// What a knob takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A stretch of time: `60s`, `5m`, `1h`, `1d`; a bare number means seconds.
    Time,
    /// A whole number.
    Count,
    /// A number from 0 to 1.
    Share,
    /// One of these words.
    Word(&'static [&'static str]),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Value {
    Micros(i64),
    Count(u64),
    Share(f64),
    Word(&'static str),
}

/// A method's knobs, all set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked(BTreeMap<&'static str, Value>);

impl Asked {
    /// The defaults, with these settings (name, value) in their place.
    ///
    /// # Errors
    /// In words, when the method has no such knob or the knob cannot take the value.
    pub fn of(method: &Method, settings: &[(&str, &str)]) -> Result<Self, String> {
        let mut asked = Self::default();
        for knob in method.knobs {
            let set = settings.iter().rev().find(|(name, _)| *name == knob.id);
            let text = set.map_or(knob.default, |(_, value)| value);
            let value = knob.unit.read(text);
            let value = value.ok_or_else(|| format!("{} cannot be {text}: it takes {}", knob.id, knob.unit.words()))?;
            asked.0.insert(knob.id, value);
        }
        for (name, _) in settings {
            if !method.knobs.iter().any(|k| k.id == *name) {
                let known: Vec<&str> = method.knobs.iter().map(|k| k.id).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Err(format!("{} has no knob {name}; its knobs: {known}", method.card.id));
            }
        }
        Ok(asked)
    }

    /// Microseconds of a knob of time.
    #[must_use]
    pub fn micros(&self, knob: &str) -> i64 {
        if let Some(Value::Micros(n)) = self.0.get(knob) { *n } else { 0 }
    }

    /// Seconds of a knob of time.
    #[must_use]
    pub fn seconds(&self, knob: &str) -> f64 {
        self.micros(knob) as f64 / When::SECOND as f64
    }

    /// A whole number.
    #[must_use]
    pub fn count(&self, knob: &str) -> u32 {
        if let Some(Value::Count(n)) = self.0.get(knob) { u32::try_from(*n).unwrap_or(u32::MAX) } else { 0 }
    }

    /// A number from 0 to 1.
    #[must_use]
    pub fn share(&self, knob: &str) -> f64 {
        if let Some(Value::Share(x)) = self.0.get(knob) { *x } else { 0.0 }
    }

    /// A word.
    #[must_use]
    pub fn word(&self, knob: &str) -> &'static str {
        if let Some(Value::Word(w)) = self.0.get(knob) { w } else { "" }
    }
}

impl Unit {
    fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Time => micros(text).map(Value::Micros),
            Self::Count => text.parse().ok().map(Value::Count),
            Self::Share => text.parse().ok().filter(|x| (0.0..=1.0).contains(x)).map(Value::Share),
            Self::Word(words) => words.iter().find(|w| **w == text).map(|w| Value::Word(w)),
        }
    }

    /// What it takes, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Time => "a time such as 60s, 5m, 1h or 1d".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Share => "a number from 0 to 1".to_owned(),
            Self::Word(words) => words.join("|"),
        }
    }
}

fn micros(text: &str) -> Option<i64> {
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let unit = match &text[end..] {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        "d" => 86_400.0,
        _ => return None,
    };
    let n: f64 = text[..end].trim().parse().ok()?;
    let micros = n * unit * When::SECOND as f64;
    (0.0..9e18).contains(&micros).then_some(micros.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        for (text, expected) in [
            ("60s", Some(60_000_000)),
            ("60", Some(60_000_000)),
            ("1.5m", Some(90_000_000)),
            ("2h", Some(7_200_000_000)),
            ("1d", Some(86_400_000_000)),
            ("-1s", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(micros(text), expected, "{text}");
        }
    }
}
