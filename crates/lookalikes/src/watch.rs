//! One pass over a feed, all outlets at once.
//!
//! Each name is split, folded, looked up near the outlets' marks (`near`), and searched for them (`within`); what could be
//! an imitation is kept as a few bytes, and what the feed says of suffixes, words and each mark's own rarity is learnt on
//! the way, so that it can be weighed at the end (`rank`).

use crate::bits::{Bits, spread};
use crate::fold::{Folded, Folder};
use crate::keys;
use crate::near::Near;
use crate::outlets::{Mark, Origin, Outlets, marks};
use crate::split::{Cut, Split};
use crate::within::{ANYWHERE, Place, Within};
use crate::words::Words;
use model::When;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::hash::BuildHasher;

/// How near a name comes to a mark; what is rare in one class may be common in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Class {
    /// The same plain letters.
    Same,
    /// The same at a glance.
    Looks,
    /// One slip away that is hardly seen or heard: letters that look or sound alike, doubled or swapped.
    Close,
    /// One other slip away.
    One,
    /// Two slips away.
    Two,
    /// Stands between hyphens or the label's ends.
    Token,
    /// At the label's beginning or end.
    Edge,
    /// Inside the label.
    Inner,
    /// In a label before the registered domain.
    Before,
    /// When the dots are taken out.
    Joined,
}

/// How many classes there are.
pub(crate) const CLASSES: usize = 10;

/// A name that may imitate an outlet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) at: u32,
    /// Day of registration or first sight, in days since 1970; `i32::MIN` when not known.
    pub(crate) day: i32,
    pub(crate) mark: u32,
    pub(crate) len: u16,
    pub(crate) class: Class,
}

/// The outlets, ready to be compared with.
pub struct Watch {
    pub(crate) outlets: Outlets,
    pub(crate) marks: Vec<Mark>,
    pub(crate) folder: Folder,
    near: Near,
    within: Within,
    /// Marks by their bones, and a bit for each.
    exact: FxHashMap<Vec<u8>, Vec<u32>>,
    exact_bits: Bits,
    own: FxHashSet<String>,
    own_bits: Bits,
    /// Where each outlet's domain is cut.
    cuts: Vec<Option<Cut>>,
}

impl Watch {
    /// Over the outlets of a list.
    #[must_use]
    pub fn new(outlets: Outlets) -> Self {
        let folder = Folder::new();
        let marks = marks(&outlets, &folder);
        let mut exact: FxHashMap<Vec<u8>, Vec<u32>> = FxHashMap::default();
        for (no, mark) in marks.iter().enumerate() {
            exact.entry(mark.bones.clone()).or_default().push(no as u32);
        }
        let exact_bits = briefs(exact.keys().map(Vec::as_slice));
        // Only what is unmistakable is sought by likeness: slips in turned or bare names are everybody's words.
        let firm = |m: &Mark| !matches!(m.origin, Origin::Turned | Origin::Numeral);
        let firm = marks.iter().enumerate().filter(|(_, m)| firm(m));
        let near = Near::new(firm.flat_map(|(n, m)| spellings(n as u32, m)).collect());
        let own: FxHashSet<String> =
            outlets.all.iter().flat_map(|o| std::iter::once(&o.domain).chain(&o.own)).flat_map(|d| own(d)).collect();
        let own_bits = briefs(own.iter().map(String::as_bytes));
        let within = Within::new(&marks);
        let cuts = outlets.all.iter().map(|o| Split::of(&o.domain).map(|s| s.cut())).collect();
        Self { outlets, marks, folder, near, within, exact, exact_bits, own, own_bits, cuts }
    }

    /// A pass over a feed that begins now.
    #[must_use]
    pub fn pass(&self) -> Pass<'_> {
        Pass {
            watch: self,
            learnt: Learnt::new(self),
            found: Vec::new(),
            text: String::new(),
            scratch: Scratch::default(),
            here: Vec::new(),
            left: 0,
        }
    }

    /// True for a domain of one of the outlets themselves.
    #[must_use]
    pub fn is_own(&self, name: &Split<'_>) -> bool {
        let name = name.registrable();
        self.own_bits.has(brief(name.as_bytes())) && self.own.contains(name)
    }

    /// The domain of an outlet, taken apart.
    pub(crate) fn target(&self, outlet: u32) -> Split<'_> {
        let none = Split { host: "", sub: "", label: "", suffix: "" };
        self.cuts[outlet as usize].map_or(none, |cut| cut.apart(&self.outlets.all[outlet as usize].domain))
    }

    /// How many outlets there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outlets.all.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outlets.all.is_empty()
    }
}

/// The registrable domain behind an outlet's host, and the host where it is one at a shared address.
fn own(domain: &str) -> Option<String> {
    Split::of(domain).map(|s| s.registrable().to_owned())
}

/// What the feed says of itself.
pub(crate) struct Learnt {
    pub(crate) names: u64,
    suffixes: FxHashMap<u64, u32>,
    pub(crate) words: Words,
    pub(crate) classes: Vec<[u32; CLASSES]>,
    hasher: rustc_hash::FxBuildHasher,
}

impl Learnt {
    fn new(watch: &Watch) -> Self {
        let suffixes = watch.outlets.all.iter().filter_map(|o| Split::of(&o.domain)).map(|s| s.suffix.replace('.', ""));
        Self {
            names: 0,
            suffixes: FxHashMap::default(),
            words: Words::new(suffixes),
            classes: vec![[0; CLASSES]; watch.marks.len()],
            hasher: rustc_hash::FxBuildHasher,
        }
    }

    /// Words are learnt from the first names all, later from one in four: enough for their shares.
    fn learn(&mut self, name: &Split<'_>) {
        self.names += 1;
        *self.suffixes.entry(self.hasher.hash_one(name.suffix.as_bytes())).or_default() += 1;
        if self.names < 1_000_000 || self.names.is_multiple_of(4) {
            self.words.learn(name.label.as_bytes());
        }
    }

    /// The share of a suffix in the feed, towards a prior while the feed is small.
    pub(crate) fn share(&self, suffix: &str) -> f64 {
        const PRIOR: f64 = 10_000.0;
        let prior = match suffix {
            "com" => 0.43,
            s if s.contains('.') => 0.0005,
            s if s.len() == 2 => 0.004,
            _ => 0.001,
        };
        let seen = self.suffixes.get(&self.hasher.hash_one(suffix.as_bytes())).copied().unwrap_or(0);
        (f64::from(seen) + prior * PRIOR) / (self.names as f64 + PRIOR)
    }
}

#[derive(Default)]
struct Scratch {
    label: Folded,
    part: Folded,
    joined: String,
}

/// A pass over a feed.
pub struct Pass<'w> {
    pub(crate) watch: &'w Watch,
    pub(crate) learnt: Learnt,
    pub(crate) found: Vec<Found>,
    pub(crate) text: String,
    scratch: Scratch,
    /// Marks and classes of the name at hand.
    here: Vec<(u32, Class)>,
    /// Weak candidates not kept for want of room.
    left: u64,
}

/// Most candidates kept: 20 bytes each and their names. A feed of ten million names makes some hundred thousand; one made of
/// imitations (another tool's permutations) is still told whole.
const ROOM: usize = 16_000_000;
/// Longest name looked at, in bytes as written: four times what DNS allows, for names in other scripts.
const LONGEST: usize = 1_024;
/// Most candidates of one mark in a weak class.
const WEAK: u32 = 3_000;
/// Marks of this many letters are nobody's everyday words: what is two slips away from one is always kept.
const FIRM: usize = 10;

impl Pass<'_> {
    /// Looks at one name as it stands in the feed, with when it was registered or first seen, if known. Returns how many
    /// outlets it comes near.
    pub fn see(&mut self, raw: &str, when: Option<When>) -> usize {
        let tidy = tidy(raw);
        let Some(name) = Split::of(&tidy).filter(|_| raw.len() <= LONGEST) else { return 0 };
        self.learnt.learn(&name);
        self.here.clear();
        if self.watch.is_own(&name) {
            return 0;
        }
        self.compare(&name);
        for i in 0..self.here.len() {
            let (mark, class) = self.here[i];
            self.keep(raw, &name, mark, class, when);
        }
        self.here.len()
    }

    fn compare(&mut self, name: &Split<'_>) {
        let (watch, scratch, here) = (self.watch, &mut self.scratch, &mut self.here);
        watch.folder.fold(name.label, &mut scratch.label);
        watch.label(name.label, &scratch.label, &mut self.learnt.words, here);
        if let Some(spoken) = watch.folder.spoken(name.label) {
            watch.label(name.label, &spoken, &mut self.learnt.words, here);
        }
        if !name.sub.is_empty() && name.sub != "www" {
            watch.before(name, scratch, here);
        }
    }

    fn keep(&mut self, raw: &str, name: &Split<'_>, mark: u32, class: Class, when: Option<When>) {
        let seen = &mut self.learnt.classes[mark as usize][class as usize];
        *seen = seen.saturating_add(1);
        let firm = class == Class::Two && self.watch.marks[mark as usize].plain.len() >= FIRM;
        let weak = matches!(class, Class::Two | Class::Edge | Class::Inner | Class::Before) && *seen > WEAK && !firm;
        if weak && !self.outlet_like(name, mark) || self.found.len() >= ROOM || self.text.len() > u32::MAX as usize / 2
        {
            self.left += 1;
            return;
        }
        let day = when.map_or(i32::MIN, |w| (w.0 / (86_400 * When::SECOND)) as i32);
        let at = match self.found.last() {
            Some(last) if self.text.as_bytes()[last.at as usize..] == *raw.as_bytes() => last.at,
            _ => {
                let at = self.text.len() as u32;
                self.text.push_str(raw);
                at
            }
        };
        self.found.push(Found { at, day, mark, len: raw.len() as u16, class });
    }

    /// True when all around the mark is what outlets and their imitators put there.
    fn outlet_like(&self, name: &Split<'_>, mark: u32) -> bool {
        let mark = &self.watch.marks[mark as usize].plain;
        let plain = &self.scratch.label.plain;
        let Some(at) = memchr(plain, mark) else { return false };
        let ok = |part: &[u8]| part.is_empty() || self.learnt.words.around(part);
        !name.label.is_empty() && ok(&plain[..at]) && ok(&plain[at + mark.len()..])
    }

    /// Names seen so far.
    #[must_use]
    pub fn names(&self) -> u64 {
        self.learnt.names
    }

    /// Weak candidates of very common words that were counted and not kept.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left
    }

    /// Forgets the candidates, not what was learnt: after they were told, in a stream.
    pub fn forget(&mut self) {
        self.found.clear();
        self.text.clear();
    }
}

/// A host name without what lists put around it: capitals, a final dot, a wildcard.
pub(crate) fn tidy(raw: &str) -> Cow<'_, str> {
    let bare = raw.trim_end_matches('.');
    let bare = bare.strip_prefix("*.").or_else(|| bare.strip_prefix('.')).unwrap_or(bare);
    let odd = bare.bytes().fold(false, |any, b| any | !b.is_ascii() | b.is_ascii_uppercase());
    if odd { Cow::Owned(bare.to_lowercase()) } else { Cow::Borrowed(bare) }
}

fn memchr(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len().max(1)).position(|w| w == part)
}

impl Watch {
    /// Marks that a registered label is, is near, or holds.
    fn label(&self, raw: &str, folded: &Folded, words: &mut Words, here: &mut Vec<(u32, Class)>) {
        self.near_to(&folded.bones, folded, here);
        if let Some(apart) = folded.apart() {
            // A slip may have made a digraph: `frnce` for `france`.
            self.near_to(apart, folded, here);
        }
        for mark in self.same_as(&folded.bones).into_iter().flatten() {
            let same = self.marks[*mark as usize].plain == folded.plain;
            push(here, *mark, if same { Class::Same } else { Class::Looks });
        }
        self.within.find(raw, folded, words, &mut |mark, place| {
            let class = match place {
                Place::Token => Class::Token,
                Place::Edge => Class::Edge,
                Place::Inner => Class::Inner,
            };
            push(here, mark, class);
        });
    }

    /// The marks of these bones.
    fn same_as(&self, bones: &[u8]) -> Option<&Vec<u32>> {
        self.exact_bits.has(brief(bones)).then(|| self.exact.get(bones))?
    }

    fn near_to(&self, text: &[u8], folded: &Folded, here: &mut Vec<(u32, Class)>) {
        self.near.find(text, &mut |mark, slips| {
            let known = &self.marks[mark as usize];
            let class = match slips {
                0 if known.plain == folded.plain => Class::Same,
                0 => Class::Looks,
                _ if continued(&known.plain, &folded.plain) => return,
                1 if keys::hardly_seen(&known.bones, text) => Class::Close,
                1 => Class::One,
                _ => Class::Two,
            };
            push(here, mark, class);
        });
    }

    /// Marks in the labels before the registered domain, and across the dots.
    fn before(&self, name: &Split<'_>, scratch: &mut Scratch, here: &mut Vec<(u32, Class)>) {
        let mut rest = name.sub;
        while !rest.is_empty() {
            let (label, after) = rest.split_once('.').unwrap_or((rest, ""));
            rest = after;
            if label.len() < 2 || label == "www" {
                continue;
            }
            self.folder.fold(label, &mut scratch.part);
            if let Some(list) = self.same_as(&scratch.part.bones) {
                let whole = |mark: u32| self.followed_by_suffix(mark, after);
                let fits = |mark: &&u32| label.len() >= 4 || whole(**mark);
                list.iter().filter(fits).for_each(|mark| push(here, *mark, Class::Before));
            } else if label.len() >= 6 {
                self.within.find_long(&scratch.part.bones, &mut |mark, _| push(here, mark, Class::Before));
            }
        }
        for from in [name.sub, name.sub.rsplit('.').next().unwrap_or_default()] {
            scratch.joined.clear();
            scratch.joined.extend(from.split('.').filter(|l| *l != "www"));
            scratch.joined.push_str(name.label);
            self.folder.fold(&scratch.joined, &mut scratch.part);
            if scratch.part.plain != scratch.label.plain
                && let Some(list) = self.same_as(&scratch.part.bones)
            {
                list.iter().for_each(|mark| push(here, *mark, Class::Joined));
            }
        }
    }

    fn followed_by_suffix(&self, mark: u32, after: &str) -> bool {
        let first = self.target(self.marks[mark as usize].outlet).suffix.split('.').next();
        after.split('.').next() == first
    }
}

/// Places for names as they stand.
const EXACT: usize = 1 << 16;

/// A name by its first and last letters and its length: enough to tell most that are none.
fn brief(bones: &[u8]) -> usize {
    let first = bones.first_chunk::<4>().map_or(0, |four| u32::from_be_bytes(*four));
    let last = bones.last_chunk::<2>().map_or(0, |two| u32::from(u16::from_be_bytes(*two)));
    spread(first ^ last << 9 ^ (bones.len() as u32) << 27)
}

fn briefs<'a>(names: impl Iterator<Item = &'a [u8]>) -> Bits {
    let mut bits = Bits::new(EXACT);
    names.for_each(|name| bits.put(brief(name)));
    bits
}

/// How a mark may be written: its bones; with one `d` as `cl`, which the bones leave apart because `ci` would pass for it; and
/// with its own digraphs left apart, so that a slip in one of them is still one.
fn spellings(no: u32, mark: &Mark) -> Vec<(u32, Vec<u8>)> {
    let ds = (0..mark.bones.len()).filter(|at| mark.bones[*at] == b'd');
    let split = ds.map(|at| (no, [&mark.bones[..at], b"cl", &mark.bones[at + 1..]].concat()));
    let apart = mark.apart.clone().map(|letters| (no, letters));
    std::iter::once((no, mark.bones.clone())).chain(split).chain(apart).collect()
}

/// True for a label that is the mark with a number or at least two letters before or after it: that is no slip.
fn continued(mark: &[u8], label: &[u8]) -> bool {
    let rest = label.strip_prefix(mark).or_else(|| label.strip_suffix(mark));
    // Short marks are told inside labels only beside words: a digit beside one is a slip to them.
    rest.is_some_and(|r| mark.len() >= ANYWHERE && (r.len() > 1 || r.iter().all(u8::is_ascii_digit)))
}

/// Keeps the nearest class of each mark.
fn push(here: &mut Vec<(u32, Class)>, mark: u32, class: Class) {
    if let Some(known) = here.iter_mut().find(|(m, _)| *m == mark) {
        known.1 = known.1.min(class);
    } else if here.len() < 24 {
        here.push((mark, class));
    }
}
