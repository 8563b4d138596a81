//! Weighs what a pass kept, and tells it: how many bits a name is more likely under an imitator than by chance.
//!
//! The sum of: how rare the match is among registered names (minus the logarithm of the share of the feed's names that come
//! as near to this mark, with a background argued from the mark's length while the feed is small); how imitators and others
//! choose suffixes; what the technique costs; whether the name's own words explain it without the outlet; and whether what
//! stands around the mark is what outlets are called. Each part is told with its bits. Source: a log-likelihood ratio in the
//! manner of Fellegi & Sunter 1969; the parts are ours and taken as independent, which they are only roughly.

use crate::TECHNIQUES;
use crate::fold::{Folded, decoded};
use crate::outlets::{Mark, Origin};
use crate::pair::{How, Pair, behind, slips};
use crate::split::Split;
use crate::suffixes;
use crate::technique::{Part, Technique};
use crate::watch::{Class, Found, Pass, tidy};
use crate::words::SPELLED;
use std::cmp::Ordering;

/// A name that may imitate an outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The name as it stands in the feed.
    pub name: String,
    /// The outlet's domain.
    pub target: String,
    /// The string of the outlet's that matched, and where that string comes from.
    pub mark: String,
    /// Where the mark comes from.
    pub origin: Origin,
    /// Ids of the techniques that explain it, likeliest first.
    pub techniques: Vec<&'static str>,
    /// Bits against chance.
    pub surprise: f32,
    /// Why: words, and the bits each adds or takes.
    pub reasons: Vec<(String, f32)>,
    /// What else it could be.
    pub innocent: Vec<&'static str>,
    /// Day of registration or first sight, in days since 1970.
    pub day: Option<i32>,
}

/// Names of the virtual background that stands in while the feed is small.
const BACKGROUND: f64 = 1_000_000.0;

impl Pass<'_> {
    /// The candidates so far, best first, one line a name; `most` at most.
    #[must_use]
    pub fn rank(&self, most: usize) -> Vec<Hit> {
        let mut quick: Vec<(f32, &Found)> = self.found.iter().map(|f| (self.quickly(f), f)).collect();
        quick.sort_unstable_by(|x, y| order(x, y, self));
        let weighed = quick.len().min(most.saturating_mul(4).max(50_000));
        let mut best: Vec<(f32, &Found)> = quick[..weighed].iter().map(|(_, f)| (self.weigh(f).0, *f)).collect();
        best.sort_unstable_by(|x, y| order(x, y, self));
        let mut seen = rustc_hash::FxHashSet::default();
        let all = best.into_iter().chain(quick[weighed..].iter().copied());
        let first = all.filter(|(_, f)| seen.insert(self.name(f)));
        first.take(most).map(|(_, f)| self.tell(f)).collect()
    }

    fn name(&self, found: &Found) -> &str {
        &self.text[found.at as usize..found.at as usize + usize::from(found.len)]
    }

    /// Rarity and suffix alone: what decides which candidates are worth weighing.
    fn quickly(&self, found: &Found) -> f32 {
        let tidy = tidy(self.name(found));
        let Some(name) = Split::of(&tidy) else { return f32::MIN };
        self.rarity(found) + self.habit(&name, found) - class_cost(found.class)
    }

    /// How rare it is to come so near to this mark.
    fn rarity(&self, found: &Found) -> f32 {
        let mark = &self.watch.marks[found.mark as usize];
        let seen = &self.learnt.classes[found.mark as usize];
        let as_near: u32 = match found.class {
            Class::Token | Class::Edge | Class::Inner => {
                seen[Class::Token as usize]
                    + seen[Class::Edge as usize]
                    + if found.class == Class::Inner { seen[Class::Inner as usize] } else { 0 }
            }
            class => seen[class as usize],
        };
        // A word that many put into their names is also registered alone by many.
        let word = if found.class == Class::Same {
            f64::from(seen[Class::Token as usize] + seen[Class::Edge as usize]) / 20.0
        } else {
            0.0
        };
        let others = f64::from(as_near.saturating_sub(1)) + word;
        let names = self.learnt.names as f64 + BACKGROUND;
        (names / (1.0 + others + BACKGROUND * by_length(mark, found.class))).log2() as f32
    }

    fn habit(&self, name: &Split<'_>, found: &Found) -> f32 {
        let target = self.target(found);
        let same_place = matches!(found.class, Class::Before | Class::Joined);
        if same_place { 0.0 } else { suffixes::habit(name.suffix, target.suffix, self.learnt.share(name.suffix)) }
    }

    fn target(&self, found: &Found) -> Split<'_> {
        let outlet = &self.watch.outlets.all[self.watch.marks[found.mark as usize].outlet as usize];
        let none = Split { host: "", sub: "", label: "", suffix: "" };
        Split::of(&outlet.domain).unwrap_or(none)
    }

    /// All parts, with their reasons.
    fn weigh(&self, found: &Found) -> (f32, Vec<(String, f32)>, Vec<&'static Technique>) {
        let tidy = tidy(self.name(found));
        let Some(name) = Split::of(&tidy) else { return (f32::MIN, Vec::new(), Vec::new()) };
        let pair = self.pair(found, name);
        let techniques = explain(&pair);
        let mark = &self.watch.marks[found.mark as usize];
        let mut reasons = vec![(self.rare(found, mark), self.rarity(found))];
        let habit = self.habit(&name, found);
        reasons.push((said_of_suffix(&name, &pair.target, habit), habit));
        reasons.push(("what it takes to think of these changes".to_owned(), -cost(&techniques, &pair, found.class)));
        reasons.extend(self.own_words(found, &pair));
        reasons.retain(|r| r.1.abs() >= 0.05);
        (reasons.iter().map(|r| r.1).sum(), reasons, techniques)
    }

    fn rare(&self, found: &Found, mark: &Mark) -> String {
        let one_in = 2_f64.powf(f64::from(self.rarity(found)));
        let near = match found.class {
            Class::Same => "spelt like",
            Class::Looks => "that looks like",
            Class::Close => "one slip hardly seen away from",
            Class::One => "one slip away from",
            Class::Two => "two slips away from",
            Class::Token | Class::Edge | Class::Inner => "that holds",
            Class::Before => "with, before the registered name,",
            Class::Joined => "that without dots is",
        };
        format!("a name {near} the outlet's {} is 1 in {}", mark.origin.word(), thousands(one_in))
    }

    /// What the label says without the outlet.
    fn own_words(&self, found: &Found, pair: &Pair<'_>) -> Option<(String, f32)> {
        let words = &self.learnt.words;
        match found.class {
            Class::Looks | Class::Close | Class::One | Class::Two => {
                let label: String = pair.name.label.chars().filter(|c| *c != '-').collect();
                let spelled = SPELLED.0 + SPELLED.1 * label.len() as f32;
                let mark = pair.mark.replace('-', "");
                let gain = (spelled - words.spelled(label.as_bytes(), mark.as_bytes()) - 8.0).clamp(0.0, 14.0);
                Some(("the label is made of words in use without the outlet".to_owned(), -gain))
            }
            Class::Token | Class::Edge | Class::Inner => {
                let sides = || [&pair.around.0, &pair.around.1].into_iter().filter(|s| !s.is_empty());
                let rest: f32 = sides().flat_map(|s| s.split('-')).map(|w| words.spelled(w.as_bytes(), b"")).sum();
                let whole: String = pair.name.label.chars().filter(|c| *c != '-').collect();
                let mark = pair.like.replace('-', "");
                let with = rest + if found.class == Class::Token { 7.0 } else { 11.0 };
                let gain = (with - words.spelled(whole.as_bytes(), mark.as_bytes())).clamp(0.0, 16.0);
                let fits = sides().all(|s| self.fits(s));
                if fits {
                    return Some((
                        "the words around are those of outlets and their imitators".to_owned(),
                        3.0 - gain / 2.0,
                    ));
                }
                let many = sides().flat_map(|s| s.split('-')).count() as f32;
                let odd = ((rest - 14.0 * many) / 2.0).clamp(0.0, 6.0);
                Some(("the words around are not those of outlets".to_owned(), -2.0 - odd - gain))
            }
            _ => None,
        }
    }

    /// True for what is made of the words of outlets and their imitators.
    fn fits(&self, text: &str) -> bool {
        let words = &self.learnt.words;
        let two = |w: &[u8]| (1..w.len()).any(|n| words.around(&w[..n]) && words.around(&w[n..]));
        text.split('-').all(|w| words.around(w.as_bytes()) || two(w.as_bytes()))
    }

    /// The name beside the mark.
    fn pair<'a>(&'a self, found: &Found, name: Split<'a>) -> Pair<'a> {
        let mark = &self.watch.marks[found.mark as usize];
        let how = match found.class {
            Class::Token | Class::Edge | Class::Inner => How::Within,
            Class::Before => How::Before,
            Class::Joined => How::Joined,
            _ => How::Whole,
        };
        let label = decoded(name.label);
        let (like, around) = match how {
            How::Within => self.inside(&label, mark),
            How::Whole => (label, Default::default()),
            _ => (mark.text.clone(), Default::default()),
        };
        let slips = slips(&mark.text, &like, &self.watch.folder);
        Pair { name, target: self.target(found), mark: &mark.text, origin: mark.origin, how, like, slips, around }
    }

    /// The part of a label that corresponds to the mark, and what stands around it.
    fn inside(&self, label: &str, mark: &Mark) -> (String, (String, String)) {
        let mut folded = Folded::default();
        self.watch.folder.fold(label, &mut folded);
        let seek = |text: &[u8], part: &[u8]| text.windows(part.len().max(1)).position(|w| w == part);
        let range = match seek(&folded.plain, &mark.plain) {
            Some(_) if mark.plain.len() < 5 => token(label, &mark.text).or_else(|| end(&folded.plain, &mark.plain)),
            Some(at) => Some((at, at + mark.plain.len())),
            None => seek(&folded.bones, &mark.bones).map(|at| behind(&folded.plain, at, at + mark.bones.len())),
        };
        let Some((from, to)) = range else { return (label.to_owned(), Default::default()) };
        cut(label, from, to)
    }

    fn tell(&self, found: &Found) -> Hit {
        let (surprise, reasons, techniques) = self.weigh(found);
        let mark = &self.watch.marks[found.mark as usize];
        let mut innocent: Vec<&'static str> = techniques.iter().map(|t| t.innocent).collect();
        if mark.plain.len() <= 5 {
            innocent.push("so short a name is also an acronym, a surname or a word elsewhere");
        }
        Hit {
            name: self.name(found).to_owned(),
            target: self.watch.outlets.all[mark.outlet as usize].domain.clone(),
            mark: mark.text.clone(),
            origin: mark.origin,
            techniques: techniques.iter().map(|t| t.card.id).collect(),
            surprise,
            reasons,
            innocent,
            day: (found.day != i32::MIN).then_some(found.day),
        }
    }
}

fn order(x: &(f32, &Found), y: &(f32, &Found), pass: &Pass<'_>) -> Ordering {
    y.0.total_cmp(&x.0).then_with(|| pass.name(x.1).cmp(pass.name(y.1))).then_with(|| x.1.mark.cmp(&y.1.mark))
}

/// The techniques that explain a pair, likeliest first. A general one gives way where a closer one of its part speaks.
pub(crate) fn explain(pair: &Pair<'_>) -> Vec<&'static Technique> {
    let mut out: Vec<&'static Technique> = TECHNIQUES.iter().copied().filter(|t| (t.sees)(pair)).collect();
    out.sort_by(|x, y| x.bits.total_cmp(&y.bits).then_with(|| x.card.id.cmp(y.card.id)));
    let closer = |general: &str, out: &[&Technique]| match general {
        "letter-replaced" => out.iter().any(|t| {
            ["look-alike-letter", "key-slip", "vowel-swap", "homoglyph", "homophone", "bitsquatting"]
                .contains(&t.card.id)
        }),
        "insertion" => out.iter().any(|t| ["repetition", "plural"].contains(&t.card.id)),
        "omission" => out.iter().any(|t| t.card.id == "plural"),
        "brand-subdomain" => out.iter().any(|t| t.card.id == "levelsquatting"),
        "words-around" => out.iter().any(|t| ["suffix-glued", "www-glued"].contains(&t.card.id)),
        _ => false,
    };
    let all = out.clone();
    out.retain(|t| !closer(t.card.id, &all));
    out
}

fn cost(techniques: &[&'static Technique], pair: &Pair<'_>, class: Class) -> f32 {
    let least = |part: Part| techniques.iter().filter(|t| t.part == part).map(|t| t.bits).reduce(f32::min);
    let parts = [Part::Spelling, Part::Words, Part::Which, Part::Place].into_iter().filter_map(least);
    let more = pair.slips.len().saturating_sub(1) as f32 * 3.0;
    let place = if class == Class::Inner { 3.0 } else { 0.0 };
    parts.sum::<f32>() + more + place
}

/// What a class costs at least, before the techniques are known.
fn class_cost(class: Class) -> f32 {
    match class {
        Class::Same => 1.2,
        Class::Looks => 2.5,
        Class::Close => 2.5,
        Class::One => 3.0,
        Class::Two => 6.0,
        Class::Token | Class::Edge => 2.0,
        Class::Inner => 5.0,
        Class::Before => 3.0,
        Class::Joined => 4.5,
    }
}

/// The share of registered names that come so near to a mark of this length, before the feed has said so. Short strings are
/// everybody's; each letter more makes a chance meeting rarer.
fn by_length(mark: &Mark, class: Class) -> f64 {
    let len = mark.plain.len();
    let same = match len {
        0..=2 => 3e-4,
        3 => 6e-5,
        4 => 2e-5,
        5 => 8e-6,
        6 => 4e-6,
        7 => 2e-6,
        _ => 1e-6,
    };
    same * match class {
        Class::Same => 1.0,
        Class::Looks => 0.5,
        Class::Close if len <= 5 => 4.0,
        Class::Close => 1.0,
        Class::One if len <= 5 => 40.0,
        Class::One => 4.0,
        Class::Two => 12.0,
        Class::Token => 4.0,
        Class::Edge => 8.0,
        Class::Inner => 10.0,
        Class::Before => 5.0,
        Class::Joined => 0.2,
    }
}

fn said_of_suffix(name: &Split<'_>, target: &Split<'_>, bits: f32) -> String {
    if name.suffix == target.suffix {
        return "under the outlet's own suffix".to_owned();
    }
    let how = if bits > 0.5 {
        "more often by imitators than by others"
    } else if bits < -0.5 {
        "more often by others than by imitators"
    } else {
        "by imitators and others alike"
    };
    format!("its suffix is chosen {how}")
}

/// A token of a label between hyphens, as a range of its plain letters.
fn token(label: &str, text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for part in label.split('-') {
        if part == text {
            return Some((at, at + part.len()));
        }
        at += part.len();
    }
    None
}

fn end(plain: &[u8], mark: &[u8]) -> Option<(usize, usize)> {
    let n = plain.len();
    if plain.starts_with(mark) { Some((0, mark.len())) } else { plain.ends_with(mark).then(|| (n - mark.len(), n)) }
}

/// Cuts a label at places counted in plain letters: hyphens do not count, and stay with what they join.
fn cut(label: &str, from: usize, to: usize) -> (String, (String, String)) {
    let (mut left, mut like, mut right, mut n) = (String::new(), String::new(), String::new(), 0);
    for c in label.chars() {
        let hyphen = matches!(c, '-' | '_');
        let place = if hyphen { n } else { n + 1 };
        let into = if n < from || (hyphen && n == from) {
            &mut left
        } else if n < to && place <= to {
            &mut like
        } else {
            &mut right
        };
        into.push(c);
        n = place;
    }
    let trim = |s: String| s.trim_matches('-').to_owned();
    (like, (trim(left), trim(right)))
}

/// A number for people: `40,000`.
fn thousands(n: f64) -> String {
    let n = n.max(1.0);
    let digits = n.log10().floor().max(0.0) as i32;
    let step = 10_f64.powi((digits - 1).max(0));
    let text = format!("{:.0}", (n / step).round() * step);
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i > 0 && (text.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_where_the_mark_stands() {
        for (label, from, to, like, left, right) in [
            ("the-paper-news", 3, 8, "paper", "the", "news"),
            ("paper24", 0, 5, "paper", "", "24"),
            ("my-pa-per", 2, 7, "pa-per", "my", ""),
        ] {
            assert_eq!(cut(label, from, to), (like.to_owned(), (left.to_owned(), right.to_owned())), "{label}");
        }
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!(thousands(39_812.0), "40,000");
        assert_eq!(thousands(1_234_567.0), "1,200,000");
        assert_eq!(thousands(7.0), "7");
    }
}
