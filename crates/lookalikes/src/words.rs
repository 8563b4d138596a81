//! The words names are made of, learnt from the feed itself, and a few hundred that outlets and their imitators use.
//!
//! Every hyphen-free label and every piece between hyphens counts as a word seen. Counts stand in a sketch of fixed size
//! (two cells of one cache line, the smaller counts), so a word may seem more frequent than it is, never rarer.
//! Source: Cormode & Muthukrishnan 2005; segmentation by dynamic programming after Norvig 2009.

use crate::bits::Bits;
use rustc_hash::FxHashMap;
use std::hash::BuildHasher;

/// Words put around an outlet's name to look like a part of it; weights in words seen per million.
const AROUND: &[&str] = &[
    "news",
    "newz",
    "live",
    "online",
    "today",
    "tv",
    "media",
    "press",
    "world",
    "daily",
    "24",
    "247",
    "365",
    "now",
    "net",
    "web",
    "info",
    "the",
    "official",
    "us",
    "usa",
    "uk",
    "eu",
    "de",
    "fr",
    "es",
    "it",
    "ru",
    "ua",
    "pl",
    "en",
    "english",
    "international",
    "global",
    "europe",
    "report",
    "reports",
    "breaking",
    "latest",
    "update",
    "updates",
    "politics",
    "sport",
    "sports",
    "weekly",
    "digital",
    "blog",
    "app",
    "mobile",
    "site",
    "page",
    "portal",
    "channel",
    "network",
    "radio",
    "video",
    "videos",
    "breakingnews",
    "times",
    "post",
    "journal",
    "magazine",
    "election",
    "elections",
    "vote",
    "my",
    "go",
    "get",
    "www",
    "com",
    "org",
    "co",
    "nachrichten",
    "aktuell",
    "zeitung",
    "presse",
    "noticias",
    "actu",
    "actualites",
    "infos",
    "notizie",
    "novosti",
    "ukraine",
    "russia",
    "america",
    "france",
    "germany",
    "italia",
    "espana",
    "login",
    "mail",
    "secure",
    "account",
    "support",
    "subscribe",
    "shop",
    "store",
    "plus",
    "pro",
    "one",
    "first",
    "hd",
    "edition",
    "editor",
    "editorial",
    "team",
    "group",
    "inc",
    "ltd",
    "llc",
    "business",
    "finance",
    "money",
    "crypto",
    "health",
    "tech",
    "science",
    "music",
    "show",
    "city",
    "local",
    "state",
    "national",
    "uncut",
    "exclusive",
    "leaks",
    "truth",
    "fact",
    "facts",
    "check",
    "factcheck",
    "watch",
    "trust",
    "real",
    "alert",
    "tonight",
    "morning",
    "evening",
];

/// Everyday words that contain short outlet names or lie near them; so that a small feed is not without a language.
const EVERYDAY: &[&str] = &[
    "about",
    "after",
    "again",
    "all",
    "and",
    "apple",
    "art",
    "auto",
    "baby",
    "back",
    "bank",
    "bar",
    "base",
    "beach",
    "beauty",
    "bed",
    "best",
    "big",
    "bike",
    "bird",
    "black",
    "blue",
    "boat",
    "body",
    "book",
    "box",
    "boy",
    "build",
    "building",
    "buy",
    "cafe",
    "call",
    "camp",
    "car",
    "card",
    "care",
    "cash",
    "cat",
    "center",
    "centre",
    "chef",
    "child",
    "church",
    "class",
    "clean",
    "clinic",
    "cloud",
    "club",
    "coach",
    "code",
    "coffee",
    "color",
    "company",
    "computer",
    "consult",
    "consulting",
    "cook",
    "cool",
    "credit",
    "cross",
    "cup",
    "dance",
    "data",
    "day",
    "deal",
    "dental",
    "design",
    "direct",
    "dog",
    "door",
    "dream",
    "drive",
    "easy",
    "eat",
    "eco",
    "energy",
    "event",
    "events",
    "express",
    "eye",
    "face",
    "family",
    "farm",
    "fashion",
    "fast",
    "film",
    "fire",
    "fish",
    "fit",
    "fitness",
    "flight",
    "flower",
    "food",
    "for",
    "forest",
    "free",
    "fresh",
    "friend",
    "fun",
    "game",
    "games",
    "garden",
    "gift",
    "girl",
    "glass",
    "gold",
    "golf",
    "good",
    "great",
    "green",
    "hair",
    "hand",
    "happy",
    "head",
    "heart",
    "help",
    "high",
    "hill",
    "home",
    "hope",
    "horse",
    "hotel",
    "house",
    "ice",
    "idea",
    "image",
    "island",
    "job",
    "jobs",
    "joy",
    "kid",
    "kids",
    "king",
    "kitchen",
    "lab",
    "lake",
    "land",
    "law",
    "learn",
    "life",
    "light",
    "like",
    "line",
    "link",
    "list",
    "little",
    "loan",
    "love",
    "luck",
    "luxury",
    "man",
    "map",
    "market",
    "marketing",
    "master",
    "max",
    "men",
    "metal",
    "mind",
    "mobile",
    "model",
    "moon",
    "motor",
    "mountain",
    "movie",
    "nature",
    "new",
    "night",
    "north",
    "ocean",
    "of",
    "office",
    "oil",
    "old",
    "open",
    "paint",
    "paper",
    "park",
    "party",
    "peace",
    "people",
    "pet",
    "phone",
    "photo",
    "pic",
    "pizza",
    "place",
    "plan",
    "planet",
    "play",
    "point",
    "pool",
    "power",
    "price",
    "print",
    "project",
    "property",
    "quality",
    "quick",
    "rain",
    "red",
    "rent",
    "repair",
    "rest",
    "river",
    "road",
    "rock",
    "room",
    "rose",
    "run",
    "safe",
    "sale",
    "school",
    "sea",
    "search",
    "service",
    "services",
    "shoe",
    "sign",
    "silver",
    "sky",
    "smart",
    "snow",
    "social",
    "software",
    "solar",
    "solution",
    "solutions",
    "some",
    "sound",
    "south",
    "space",
    "speed",
    "spirit",
    "star",
    "stone",
    "street",
    "strong",
    "studio",
    "style",
    "summer",
    "sun",
    "super",
    "sweet",
    "system",
    "systems",
    "table",
    "taxi",
    "tea",
    "test",
    "time",
    "tool",
    "top",
    "tour",
    "tower",
    "town",
    "toy",
    "trade",
    "train",
    "travel",
    "tree",
    "trip",
    "true",
    "union",
    "value",
    "van",
    "view",
    "village",
    "vision",
    "walk",
    "wall",
    "war",
    "water",
    "way",
    "wedding",
    "well",
    "west",
    "white",
    "wild",
    "wind",
    "window",
    "wine",
    "winter",
    "with",
    "woman",
    "women",
    "wood",
    "word",
    "work",
    "yoga",
    "you",
    "young",
    "zone",
];

/// Words seen per million that what outlets are called counts for.
const AROUND_WEIGHT: u32 = 400;
/// Places for known words.
const KNOWN: usize = 1 << 16;
/// Cells of the sketch.
const CELLS: usize = 1 << 21;
/// Cells in a cache line.
const LINE: usize = 32;
/// Words counted at once.
const AT_ONCE: usize = 48;
/// Longest word that is learnt.
const LONGEST: usize = 16;

/// Counts of words.
pub(crate) struct Words {
    cells: Vec<u16>,
    known: FxHashMap<Vec<u8>, u32>,
    /// A bit for each known word: 8 KiB, so that what is none is not looked up.
    known_bits: Bits,
    hasher: rustc_hash::FxBuildHasher,
    /// Words learnt from the feed.
    seen: u64,
    /// Hashes of words met and not yet counted.
    waiting: Vec<u64>,
}

impl Words {
    /// With the suffixes of the outlets, without dots, as words around a name: `natoint`.
    pub(crate) fn new(suffixes: impl Iterator<Item = String>) -> Self {
        let mut known: FxHashMap<Vec<u8>, u32> = suffixes.map(|s| (s.into_bytes(), AROUND_WEIGHT)).collect();
        for (list, per_million) in [(EVERYDAY, 150), (AROUND, AROUND_WEIGHT)] {
            for word in list {
                known.insert(word.as_bytes().to_vec(), per_million);
            }
        }
        let hasher = rustc_hash::FxBuildHasher;
        let mut known_bits = Bits::new(KNOWN);
        known.keys().for_each(|word| known_bits.put(bit(hasher.hash_one(word.as_slice()))));
        Self { cells: vec![0; CELLS], known, known_bits, hasher, seen: 0, waiting: Vec::with_capacity(AT_ONCE) }
    }

    /// Counts the words of a label: some at a time, so that the memory they lie in is waited for once and not for each.
    pub(crate) fn learn(&mut self, label: &[u8]) {
        for word in label.split(|b| *b == b'-') {
            if (2..=LONGEST).contains(&word.len()) && word[word.len() - 1].is_ascii_lowercase() {
                self.waiting.push(self.hasher.hash_one(word));
            }
        }
        if self.waiting.len() >= AT_ONCE {
            self.settle();
        }
    }

    /// Counts what was met since. To be called before any word is asked for.
    pub(crate) fn settle(&mut self) {
        let at = |hash: &u64| cells_of(*hash);
        // Asks for every line before any is changed.
        let near = self.waiting.iter().map(at).fold(0, |any, (one, _)| any | self.cells[one]);
        std::hint::black_box(near);
        for (one, two) in self.waiting.iter().map(at) {
            let least = self.cells[one].min(self.cells[two]).saturating_add(1);
            self.cells[one] = self.cells[one].max(least);
            self.cells[two] = self.cells[two].max(least);
        }
        self.seen += self.waiting.len() as u64;
        self.waiting.clear();
    }

    /// The weight of a word known from the start.
    fn weight(&self, word: &[u8], hash: u64) -> Option<u32> {
        self.known_bits.has(bit(hash)).then(|| self.known.get(word).copied())?
    }

    /// Times a word was seen in the feed, at least.
    fn count(&self, word: &[u8], hash: u64) -> u32 {
        if word.len() > LONGEST {
            return 0;
        }
        let (one, two) = cells_of(hash);
        u32::from(self.cells[one].min(self.cells[two]))
    }

    /// True for a word that outlets and their imitators put around a name, for numbers of one or two digits and for years.
    pub(crate) fn around(&self, word: &[u8]) -> bool {
        self.is_around(word, self.hasher.hash_one(word))
    }

    fn is_around(&self, word: &[u8], hash: u64) -> bool {
        let digits = word.iter().all(u8::is_ascii_digit);
        let number =
            (1..=2).contains(&word.len()) || (word.len() == 4 && (word.starts_with(b"20") || word.starts_with(b"19")));
        (digits && number) || self.weight(word, hash) == Some(AROUND_WEIGHT)
    }

    /// True for a word known from the start or seen often enough not to be an accident of the sketch.
    pub(crate) fn is_word(&self, word: &[u8]) -> bool {
        let enough = 3 + (self.seen / 400_000) as u32;
        let hash = self.hasher.hash_one(word);
        let known = || self.weight(word, hash).is_some() || self.count(word, hash) >= enough;
        self.is_around(word, hash) || (word.len() > 1 && known())
    }

    /// Bits to say a word: minus the logarithm of its share among words. What was seen no more often than the sketch errs
    /// is spelled out.
    pub(crate) fn bits(&self, word: &[u8]) -> f32 {
        if word.iter().all(u8::is_ascii_digit) {
            return 4.0 + 2.0 * word.len() as f32;
        }
        let hash = self.hasher.hash_one(word);
        let known = f64::from(self.weight(word, hash).unwrap_or(0)) * PRIOR / 1e6;
        let noise = 2.0 + 3.0 * self.seen as f64 / CELLS as f64;
        let count = (f64::from(self.count(word, hash)) - noise).max(0.0) + known;
        let spelled = SPELLED.0 + SPELLED.1 * word.len() as f32;
        if count < 1.0 {
            return spelled;
        }
        spelled.min(((self.seen as f64 + PRIOR) / count).log2() as f32)
    }

    /// No word takes fewer bits: none is seen more often than a cell counts.
    fn fewest(&self) -> f32 {
        let most = f64::from(u16::MAX) + f64::from(AROUND_WEIGHT) * PRIOR / 1e6;
        ((self.seen as f64 + PRIOR) / most).log2().clamp(0.0, 6.0) as f32
    }

    /// Fewest bits to say a label as words, none of which is `but`.
    pub(crate) fn spelled(&self, text: &[u8], but: &[u8]) -> f32 {
        let text = &text[..text.len().min(40)];
        let mut best = [f32::MAX; 41];
        best[0] = 0.0;
        let fewest = self.fewest();
        for to in 1..=text.len() {
            for from in to.saturating_sub(LONGEST)..to {
                if best[from] + fewest >= best[to] {
                    continue;
                }
                let word = &text[from..to];
                let bits =
                    best[from] + if word == but { SPELLED.0 + SPELLED.1 * word.len() as f32 } else { self.bits(word) };
                if bits < best[to] {
                    best[to] = bits;
                }
            }
        }
        best[text.len()]
    }
}

/// Words that the ones known from the start were seen among.
const PRIOR: f64 = 200_000.0;

/// The two cells of a word, in one cache line.
fn cells_of(hash: u64) -> (usize, usize) {
    let hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let line = (hash >> 32) as usize & (CELLS / LINE - 1);
    (line * LINE + (hash >> 20 & 31) as usize, line * LINE + (hash >> 25 & 31) as usize)
}

/// The place of a word among the known.
fn bit(hash: u64) -> usize {
    (hash.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 48) as usize
}

/// Bits to spell an unknown word: to say that it is one, and each letter.
pub(crate) const SPELLED: (f32, f32) = (8.0, 4.2);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_learnt() {
        let times = |words: &Words, word: &[u8]| words.count(word, words.hasher.hash_one(word));
        let mut words = Words::new(std::iter::empty());
        for _ in 0..50 {
            words.learn(b"zebra-lane");
            words.learn(b"quagga");
        }
        words.settle();
        assert!(times(&words, b"zebra") >= 50 && words.is_word(b"quagga") && !words.is_word(b"zzyzx"));
        assert!(words.bits(b"zebra") < words.bits(b"zzyzx"));
        assert!(words.spelled(b"zebraquagga", b"") < words.spelled(b"zebrxquxggx", b""));
        assert!(words.around(b"news") && words.around(b"24") && !words.around(b"zebra"));
    }
}
