//! The naming scheme of one operation, learnt from a list of its names, and which names of a feed follow it.
//!
//! A name is taken as parts: what its label begins and ends with (of the beginnings and endings that several seeds share),
//! its suffix, its shape, and, where the seeds have days, whether it was registered within three days of one. Each part
//! weighs the logarithm of its share among the seeds over its share in the feed; the feed is also the background on which
//! false hits are counted. Wrong for schemes that share words only in the middle of labels, and for seeds of several
//! operations. A seed list is a claim of somebody's: one wrong name in it teaches wrong endings. Source: naive Bayes; after
//! Fellegi & Sunter 1969 in its weights.

use crate::split::Split;
use crate::watch::tidy;
use model::When;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Days around a seed's registration that count as the same burst.
const NEAR: i32 = 3;

/// One part of a name: which, and what it is.
type PartOf = (&'static str, String);

/// A naming scheme, and how common its parts are in a feed.
pub struct Grammar {
    names: std::collections::BTreeSet<String>,
    /// Beginnings and endings that several seeds share.
    fronts: BTreeMap<String, u32>,
    backs: BTreeMap<String, u32>,
    days: Vec<i32>,
    seeds: FxHashMap<PartOf, u32>,
    feed: FxHashMap<PartOf, u32>,
    total: u64,
}

/// A name that follows the scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Follows {
    /// Bits by which the scheme explains the name better than the feed does.
    pub surprise: f32,
    /// Why: words, and the bits each adds or takes.
    pub reasons: Vec<(String, f32)>,
}

impl Grammar {
    /// Learns from seeds: names, with the day each was registered where known. `None` for fewer than three names.
    #[must_use]
    pub fn learn(seeds: &[(String, Option<When>)]) -> Option<Self> {
        let names: Vec<String> = seeds.iter().map(|s| tidy(&s.0).into_owned()).collect();
        let split: Vec<Split<'_>> = names.iter().filter_map(|n| Split::of(n)).collect();
        if split.len() < 3 {
            return None;
        }
        let labels: Vec<String> = split.iter().map(|s| plain(s.label)).collect();
        let least = (labels.len() as u32 / 50).max(2);
        let mut days: Vec<i32> = seeds.iter().filter_map(|s| s.1).map(day).collect();
        days.sort_unstable();
        days.dedup();
        let mut out = Self {
            names: split.iter().map(|s| s.registrable().to_owned()).collect(),
            fronts: shared(&labels, least, |l, n| l.get(..n)),
            backs: shared(&labels, least, |l, n| l.get(l.len().checked_sub(n)?..)),
            days,
            seeds: FxHashMap::default(),
            feed: FxHashMap::default(),
            total: 0,
        };
        for (name, when) in seeds {
            for part in out.parts(name, *when) {
                *out.seeds.entry(part).or_default() += 1;
            }
        }
        Some(out)
    }

    /// Counts the parts of a name of the feed. Done for the whole feed before any name is weighed.
    pub fn count(&mut self, name: &str, when: Option<When>) {
        let parts = self.parts(name, when);
        self.total += u64::from(!parts.is_empty());
        for part in parts {
            // Suffixes nobody among the seeds uses need no counts of their own.
            if self.seeds.contains_key(&part) {
                *self.feed.entry(part).or_default() += 1;
            }
        }
    }

    /// Weighs a name; `None` for a seed itself and for what is no name.
    #[must_use]
    pub fn weigh(&self, name: &str, when: Option<When>) -> Option<Follows> {
        let tidy = tidy(name);
        let split = Split::of(&tidy)?;
        if self.names.contains(split.registrable()) {
            return None;
        }
        let seeds = self.names.len() as f64;
        let reasons: Vec<(String, f32)> = self
            .parts(name, when)
            .into_iter()
            .map(|part| {
                let share = (f64::from(self.feed.get(&part).copied().unwrap_or(0)) + 1.0) / (self.total as f64 + 2.0);
                let among = (f64::from(self.seeds.get(&part).copied().unwrap_or(0)) + 0.5 * share) / (seeds + 0.5);
                (said(&part), (among / share).log2().clamp(-6.0, 14.0) as f32)
            })
            .filter(|r| r.1.abs() >= 0.05)
            .collect();
        Some(Follows { surprise: reasons.iter().map(|r| r.1).sum(), reasons })
    }

    fn parts(&self, name: &str, when: Option<When>) -> Vec<PartOf> {
        let tidy = tidy(name);
        let Some(split) = Split::of(&tidy) else { return Vec::new() };
        let label = plain(split.label);
        let longest = |table: &BTreeMap<String, u32>, cut: &dyn Fn(usize) -> Option<String>| {
            (3..=LONGEST.min(label.len()))
                .rev()
                .filter_map(cut)
                .find(|affix| table.contains_key(affix))
                .unwrap_or_default()
        };
        let front = longest(&self.fronts, &|n| label.get(..n).map(str::to_owned));
        let back = longest(&self.backs, &|n| label.get(label.len() - n..).map(str::to_owned));
        let mut out = vec![
            ("beginning", front),
            ("ending", back),
            ("suffix", split.suffix.to_owned()),
            ("shape", shape(split.label)),
        ];
        if let (Some(when), false) = (when, self.days.is_empty()) {
            let at = self.days.partition_point(|d| *d < day(when) - NEAR);
            let near = self.days.get(at).is_some_and(|d| *d <= day(when) + NEAR);
            out.push(("days", if near { "near" } else { "far" }.to_owned()));
        }
        out
    }
}

/// Longest beginning or ending that is learnt.
const LONGEST: usize = 14;

fn day(when: When) -> i32 {
    when.0.div_euclid(86_400 * When::SECOND) as i32
}

fn plain(label: &str) -> String {
    label.chars().filter(|c| *c != '-').collect()
}

/// Beginnings (or endings) of three letters and more that at least `least` labels share. One that is always a part of the same
/// longer one is left out.
fn shared(labels: &[String], least: u32, cut: fn(&str, usize) -> Option<&str>) -> BTreeMap<String, u32> {
    let mut all: BTreeMap<String, u32> = BTreeMap::new();
    for label in labels {
        for affix in (3..=LONGEST.min(label.len())).filter_map(|n| cut(label, n)) {
            *all.entry(affix.to_owned()).or_default() += 1;
        }
    }
    all.retain(|_, n| *n >= least);
    all
}

/// Hyphens, digits and rough length.
fn shape(label: &str) -> String {
    let hyphens = label.bytes().filter(|b| *b == b'-').count().min(3);
    let digits = if label.bytes().any(|b| b.is_ascii_digit()) { "with" } else { "without" };
    format!("{hyphens} hyphens, {digits} digits, {} letters and more", (label.len() / 5 * 5).min(25))
}

fn said(part: &PartOf) -> String {
    match (part.0, part.1.as_str()) {
        ("beginning" | "ending", "") => format!("no {} that several seeds share", part.0),
        ("beginning" | "ending", affix) => format!("{} {affix}", part.0),
        ("suffix", suffix) => format!("suffix {suffix}"),
        ("days", "near") => "registered within three days of a seed".to_owned(),
        ("days", _) => "registered on other days than the seeds".to_owned(),
        (_, shape) => shape.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds() -> Vec<(String, Option<When>)> {
        let day = |n: i64| Some(When((20_000 + n) * 86_400 * When::SECOND));
        ["north", "south", "east", "lake", "hill"]
            .iter()
            .enumerate()
            .map(|(n, place)| (format!("{place}countycourier.test"), day(n as i64 % 2)))
            .collect()
    }

    #[test]
    fn names_of_the_scheme_are_told_from_others() {
        let mut grammar = Grammar::learn(&seeds()).expect("a scheme");
        for n in 0..1000 {
            grammar.count(&format!("shop{n}.example"), Some(When(n * 86_400 * When::SECOND)));
        }
        let bits = |name: &str| grammar.weigh(name, seeds()[0].1).map(|f| f.surprise);
        assert!(bits("westcountycourier.test") > Some(20.0));
        assert!(bits("shop1.example") < Some(5.0));
        assert_eq!(bits("northcountycourier.test"), None, "a seed itself");
        assert!(Grammar::learn(&seeds()[..2]).is_none());
    }

    #[test]
    fn seeds_without_a_scheme_find_nothing() {
        let seeds: Vec<_> = ["qzvpx.test", "brnkw.test", "hjdfl.test"].map(|n| (n.to_owned(), None)).to_vec();
        let mut grammar = Grammar::learn(&seeds).expect("three names");
        for n in 0..1000 {
            let letters: String = (0..5).map(|k| char::from(b'a' + (n * (k + 3) % 26) as u8)).collect();
            grammar.count(&format!("{letters}.test"), None);
        }
        assert!(grammar.weigh("other.test", None).is_some_and(|f| f.surprise < 8.0));
    }
}
