//! Invented names: people, places, campaigns, outlets, handles and hosts. Only `.example` and `.test` (RFC 2606).
//!
//! One maker for all: a farm's handle comes from the same place as anybody's, so that no name gives its bearer away.

use crate::rng::Rng;
use std::collections::BTreeSet;

const FIRST: &[&str] = &[
    "Alva", "Benno", "Carys", "Dorin", "Edda", "Fenn", "Greta", "Hale", "Ines", "Jory", "Kaya", "Lorin", "Mabel",
    "Nils", "Oona", "Perrin", "Quill", "Runa", "Sorrel", "Tamsin", "Una", "Viggo", "Wren", "Yara", "Zeno", "Anouk",
    "Bram", "Cleo", "Davin", "Elspeth", "Farren", "Gwil", "Hedda", "Ivo", "Juno", "Kester", "Linnea", "Moss", "Nerys",
    "Odo", "Petra", "Rafe", "Signe", "Tove", "Ulla", "Vera", "Wilf", "Ysolde", "Arlo", "Birgit", "Corin", "Della",
];
const HEAD: &[&str] = &[
    "Bar", "Cal", "Dren", "El", "Far", "Gos", "Hal", "Ist", "Kor", "Lan", "Mer", "Nor", "Ost", "Pel", "Quar", "Ros",
    "Sal", "Tor", "Ul", "Var", "Wen", "Yar", "Zel", "Bren", "Cor", "Dun", "Fel", "Gar", "Hol", "Lin", "Mor", "Tarn",
];
const MIDDLE: &[&str] = &["a", "e", "i", "o", "en", "ar", "el", "il", "or", "an", "ev", "is", "ol", "un", "", ""];
const PERSON_TAIL: &[&str] =
    &["sen", "wick", "ska", "ley", "mann", "ric", "vane", "dale", "quist", "mere", "low", "tov", "der", "nack"];
const PLACE_TAIL: &[&str] =
    &["holm", "mouth", "bridge", "stad", "haven", "field", "burg", "ford", "sund", "wold", "mark", "ness", "tarn"];
const PAPER: &[&str] =
    &["Courier", "Gazette", "Observer", "Mail", "Tribune", "Post", "Dispatch", "Echo", "Chronicle", "Mirror", "Voice"];
const UNION: &[&str] = &["Union", "Pact", "List", "Alliance", "Forum", "League", "Circle", "Compact", "Assembly"];
const THING: &[&str] = &[
    "Lantern", "Harbour", "Meadow", "Compass", "Anchor", "Orchard", "Bridge", "Beacon", "River", "Summit", "Garden",
    "Window", "Granite", "Willow", "Mill", "Signal",
];
const HANDLE_WORD: &[&str] = &[
    "tea", "moss", "fox", "ferry", "night", "paper", "salt", "blue", "quiet", "loud", "rain", "bike", "knit", "cat",
    "goal", "radio", "stone", "north", "south", "honey", "pixel", "crow", "lemon", "copper", "river", "bread", "plain",
    "gull", "cloud", "brick", "birch", "maple", "slow", "late", "early", "odd", "tiny", "grand", "vinyl", "pepper",
];

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Given name.
    pub first: String,
    /// Surname.
    pub last: String,
}

impl Person {
    /// `Greta Halensen`.
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    /// The part of a mail address before the `@`.
    pub fn local(&self, style: usize) -> String {
        let (f, l) = (self.first.to_lowercase(), self.last.to_lowercase());
        match style {
            0 => format!("{f}.{l}"),
            1 => format!("{}{l}", &f[..1]),
            2 => format!("{f}_{l}"),
            _ => format!("{l}.{f}"),
        }
    }
}

/// Hands out names, none of them twice.
pub struct Register {
    rng: Rng,
    taken: BTreeSet<String>,
}

impl Register {
    /// An empty register.
    pub fn new(rng: Rng) -> Self {
        Self { rng, taken: BTreeSet::new() }
    }

    /// Makes names until one is new.
    fn fresh(&mut self, make: impl Fn(&mut Rng) -> String) -> String {
        loop {
            let name = make(&mut self.rng);
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }

    /// A person.
    pub fn person(&mut self) -> Person {
        let last = self.fresh(|rng| coin(rng, PERSON_TAIL));
        Person { first: (*self.rng.pick(FIRST)).to_owned(), last }
    }

    /// A town, district or river.
    pub fn place(&mut self) -> String {
        self.fresh(|rng| coin(rng, PLACE_TAIL))
    }

    /// A campaign: `Harbour Pact`.
    pub fn campaign(&mut self) -> String {
        self.fresh(|rng| format!("{} {}", rng.pick(THING), rng.pick(UNION)))
    }

    /// An outlet in one of these towns: `Corholm Courier`.
    pub fn outlet(&mut self, towns: &[String]) -> String {
        self.fresh(|rng| format!("{} {}", rng.pick(towns), rng.pick(PAPER)))
    }

    /// A handle like anybody's.
    pub fn handle(&mut self) -> String {
        self.fresh(handle)
    }

    /// A host nobody else has, made of this name where there is one.
    pub fn host(&mut self, name: &str) -> String {
        let stem: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        self.fresh(|rng| {
            let stem = if stem.is_empty() { any_stem(rng) } else { stem.clone() };
            let end = if rng.chance(700) { "example" } else { "test" };
            format!("{stem}.{end}")
        })
    }

    /// A host that may be taken for this one.
    pub fn lookalike(&mut self, of: &str) -> String {
        let stem = of.split('.').next().unwrap_or(of).to_owned();
        self.fresh(|rng| format!("{}.{}", bent(&stem, rng), rng.pick(&["example", "test"])))
    }
}

/// A name of two or three syllables.
fn coin(rng: &mut Rng, tails: &[&str]) -> String {
    format!("{}{}{}", rng.pick(HEAD), rng.pick(MIDDLE), rng.pick(tails))
}

fn any_stem(rng: &mut Rng) -> String {
    let place = coin(rng, PLACE_TAIL).to_lowercase();
    match rng.below(4) {
        0 => format!("{}{}", rng.pick(HANDLE_WORD), rng.pick(HANDLE_WORD)),
        1 => format!("{place}-{}", rng.pick(HANDLE_WORD)),
        2 => format!("{}-{}", rng.pick(THING).to_lowercase(), rng.pick(UNION).to_lowercase()),
        _ => place,
    }
}

/// One of the usual ways of bending a name.
fn bent(stem: &str, rng: &mut Rng) -> String {
    let at = 2 + rng.below(stem.len().saturating_sub(4).max(1));
    match rng.below(6) {
        0 => format!("{stem}-{}", rng.pick(&["news", "online", "press", "today", "daily"])),
        1 => format!("{}{}", rng.pick(&["the", "my", "www-"]), stem),
        2 => format!("{}{}{}", &stem[..at], &stem[at - 1..at], &stem[at..]),
        3 => format!("{}{}", &stem[..at], &stem[at + 1..]),
        4 => swapped(stem, at),
        _ => format!("{}-{}", &stem[..at + 1], &stem[at + 1..]),
    }
}

fn swapped(stem: &str, at: usize) -> String {
    let mut letters: Vec<char> = stem.chars().collect();
    letters.swap(at - 1, at);
    letters.into_iter().collect()
}

fn handle(rng: &mut Rng) -> String {
    let first = rng.pick(FIRST).to_lowercase();
    let last = coin(rng, PERSON_TAIL).to_lowercase();
    let (word, other) = (rng.pick(HANDLE_WORD), rng.pick(HANDLE_WORD));
    match rng.below(9) {
        0 => format!("{first}_{last}"),
        1 => format!("{first}{}", rng.range(2, 9999)),
        2 => format!("{word}_{other}"),
        3 => format!("{word}{other}{}", rng.range(1, 99)),
        4 => format!("{first}{last}"),
        5 => format!("the_{word}_{last}"),
        6 => format!("{}{last}{}", &first[..1], rng.range(1, 99)),
        7 => format!("{last}.{word}").replace('.', "_"),
        _ => format!("{first}_{word}{}", rng.range(0, 9)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_handed_out_twice() {
        let mut register = Register::new(Rng::new(11));
        let handles: BTreeSet<String> = (0..800).map(|_| register.handle()).collect();
        assert_eq!(handles.len(), 800);
        assert!(handles.iter().all(|h| h.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')));
    }

    #[test]
    fn a_lookalike_is_near_but_not_the_same() {
        let mut register = Register::new(Rng::new(12));
        for _ in 0..300 {
            let host = register.host("Corholm Courier");
            let other = register.lookalike(&host);
            assert_ne!(host, other);
            assert!(other.ends_with(".example") || other.ends_with(".test"), "{other}");
            assert!(other.len().abs_diff(host.len()) <= 11, "{host} {other}");
            register.taken.clear();
        }
    }
}
