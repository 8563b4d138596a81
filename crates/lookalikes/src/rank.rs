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
    /// The candidates so far, best first, one line a name; `most` at most. Each is told when it is asked for.
    pub fn rank(&mut self, most: usize) -> impl Iterator<Item = Hit> {
        self.learnt.words.settle();
        let this = &*self;
        let weighed = most.saturating_mul(4).max(50_000);
        let (likely, rest) = this.likely(weighed);
        let mut best: Vec<(f32, &Found, Option<Parts>)> = Vec::with_capacity(likely.len() + rest.len());
        best.extend(likely.into_iter().map(|f| {
            let parts = this.weigh(f);
            (parts.as_ref().map_or(f32::MIN, Parts::bits), f, parts)
        }));
        best.sort_unstable_by(|x, y| order(&(x.0, x.1), &(y.0, y.1), this));
        best.extend(rest.into_iter().map(|(bits, f)| (bits, f, None)));
        let mut seen = rustc_hash::FxHashSet::default();
        let first = best.into_iter().filter(move |(_, f, _)| seen.insert(this.name(f)));
        first.take(most).filter_map(|(_, f, parts)| Some(this.tell(f, parts.or_else(|| this.weigh(f))?)))
    }

    /// The candidates worth weighing, `most` at most, by what is quick to know of them; and the others, best first.
    fn likely(&self, most: usize) -> (Vec<&Found>, Vec<(f32, &Found)>) {
        if self.found.len() <= most {
            return (self.found.iter().collect(), Vec::new());
        }
        let mut quick: Vec<(f32, &Found)> = self.found.iter().map(|f| (self.quickly(f), f)).collect();
        quick.sort_unstable_by(|x, y| order(x, y, self));
        let rest = quick.split_off(most);
        (quick.into_iter().map(|(_, f)| f).collect(), rest)
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
        self.watch.target(self.watch.marks[found.mark as usize].outlet)
    }

    /// All parts; `None` for what is no name.
    fn weigh(&self, found: &Found) -> Option<Parts> {
        let tidy = tidy(self.name(found));
        let name = Split::of(&tidy)?;
        let pair = self.pair(found, name);
        let techniques = explain(&pair);
        let own = self.own_words(found, &pair);
        Some(Parts {
            rarity: self.rarity(found),
            habit: self.habit(&name, found),
            cost: -cost(&techniques, &pair, found.class),
            words: own.map_or(0.0, |own| own.1),
            said: own.map_or("", |own| own.0),
            techniques: as_bits(&techniques),
        })
    }

    /// The parts in words.
    fn reasons(&self, found: &Found, parts: &Parts) -> Vec<(String, f32)> {
        let tidy = tidy(self.name(found));
        let suffix = Split::of(&tidy).map(|name| said_of_suffix(&name, &self.target(found), parts.habit));
        let all = [
            (self.rare(found, parts.rarity), parts.rarity),
            (suffix.unwrap_or_default().to_owned(), parts.habit),
            ("what it takes to think of these changes".to_owned(), parts.cost),
            (parts.said.to_owned(), parts.words),
        ];
        all.into_iter().filter(|(_, bits)| counts(*bits)).collect()
    }

    fn rare(&self, found: &Found, bits: f32) -> String {
        let mark = &self.watch.marks[found.mark as usize];
        let one_in = 2_f64.powf(f64::from(bits));
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
    fn own_words(&self, found: &Found, pair: &Pair<'_>) -> Option<(&'static str, f32)> {
        let words = &self.learnt.words;
        match found.class {
            Class::Looks | Class::Close | Class::One | Class::Two => {
                let label: String = pair.name.label.chars().filter(|c| *c != '-').collect();
                let spelled = SPELLED.0 + SPELLED.1 * label.len() as f32;
                let mark = pair.mark.replace('-', "");
                let gain = (spelled - words.spelled(label.as_bytes(), mark.as_bytes()) - 8.0).clamp(0.0, 14.0);
                Some(("the label is made of words in use without the outlet", -gain))
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
                    return Some(("the words around are those of outlets and their imitators", 3.0 - gain / 2.0));
                }
                let many = sides().flat_map(|s| s.split('-')).count() as f32;
                let odd = ((rest - 14.0 * many) / 2.0).clamp(0.0, 6.0);
                Some(("the words around are not those of outlets", -2.0 - odd - gain))
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
        // A name written out in another script is one change, not one a letter.
        let foreign = like.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_ascii());
        let read = || foreign && self.watch.folder.spoken(&like).is_some_and(|s| s.plain == mark.plain);
        let slips = if how == How::Whole && read() { Vec::new() } else { slips(&mark.text, &like, &self.watch.folder) };
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

    fn tell(&self, found: &Found, parts: Parts) -> Hit {
        let techniques = of_bits(parts.techniques);
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
            surprise: parts.bits(),
            reasons: self.reasons(found, &parts),
            innocent,
            day: (found.day != i32::MIN).then_some(found.day),
        }
    }
}

/// What a candidate's bits are made of.
struct Parts {
    rarity: f32,
    habit: f32,
    cost: f32,
    /// What the label's own words add or take, and how that is told.
    words: f32,
    said: &'static str,
    /// A bit for each technique, in the order of the slice.
    techniques: u64,
}

impl Parts {
    fn bits(&self) -> f32 {
        [self.rarity, self.habit, self.cost, self.words].into_iter().filter(|bits| counts(*bits)).sum()
    }
}

/// What is too little to be told does not count either.
fn counts(bits: f32) -> bool {
    bits.abs() >= 0.05
}

fn as_bits(techniques: &[&'static Technique]) -> u64 {
    let among = |t: &Technique| techniques.iter().any(|one| std::ptr::eq(*one, t) || one.card.id == t.card.id);
    (0..).zip(TECHNIQUES).filter(|(_, t)| among(t)).fold(0, |all, (at, _)| all | 1 << at)
}

/// The techniques of some bits, likeliest first.
fn of_bits(bits: u64) -> Vec<&'static Technique> {
    let mut out: Vec<_> = (0..).zip(TECHNIQUES).filter(|(at, _)| bits >> *at & 1 == 1).map(|(_, t)| *t).collect();
    likeliest_first(&mut out);
    out
}

fn likeliest_first(techniques: &mut [&'static Technique]) {
    techniques.sort_by(|x, y| x.bits.total_cmp(&y.bits).then_with(|| x.card.id.cmp(y.card.id)));
}

fn order(x: &(f32, &Found), y: &(f32, &Found), pass: &Pass<'_>) -> Ordering {
    y.0.total_cmp(&x.0).then_with(|| pass.name(x.1).cmp(pass.name(y.1))).then_with(|| x.1.mark.cmp(&y.1.mark))
}

/// The techniques that explain a pair, likeliest first. A general one gives way where a closer one of its part speaks.
pub(crate) fn explain(pair: &Pair<'_>) -> Vec<&'static Technique> {
    let mut out: Vec<&'static Technique> = TECHNIQUES.iter().copied().filter(|t| (t.sees)(pair)).collect();
    likeliest_first(&mut out);
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
    let whole = techniques.iter().any(|t| t.card.id == "whole-script");
    let more = if whole { 0.0 } else { pair.slips.len().saturating_sub(1) as f32 * 3.0 };
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

fn said_of_suffix(name: &Split<'_>, target: &Split<'_>, bits: f32) -> &'static str {
    if name.suffix == target.suffix {
        "under the outlet's own suffix"
    } else if bits > 0.5 {
        "its suffix is chosen more often by imitators than by others"
    } else if bits < -0.5 {
        "its suffix is chosen more often by others than by imitators"
    } else {
        "its suffix is chosen by imitators and others alike"
    }
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
