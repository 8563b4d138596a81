//! Brings names that look or read alike to one form.
//!
//! *Plain*: lower case, Punycode decoded, foreign letters replaced by the Latin one they are confused with (UTS 39), marks
//! stripped, hyphens dropped. *Bones*: plain with letters and digits that pass for each other made one (`0` o, `1` and
//! `i` l, `rn` m, `vv` w …). Two names with the same bones look alike at a glance. Cyrillic and Greek letters that
//! look like nothing Latin are transliterated, and a second reading transliterates them all.
//! Source: UTS 39 through `unicode-security`; digraphs and digits ours.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A label, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Lower-case Latin letters, digits and what could not be made Latin, without hyphens.
    pub plain: Vec<u8>,
    /// Letters that pass for each other made one, digraphs left apart.
    pub(crate) glanced: Vec<u8>,
    /// What it looks like at a glance.
    pub bones: Vec<u8>,
}

impl Folded {
    /// From its plain letters.
    fn of(plain: String) -> Self {
        let mut out = Self { plain: plain.into_bytes(), ..Self::default() };
        out.look();
        out
    }

    fn look(&mut self) {
        self.glanced.clear();
        self.glanced.extend(self.plain.iter().map(|b| GLANCE[usize::from(*b)]));
        self.bones.clear();
        let mut digraph = false;
        for (x, y) in self.glanced.iter().zip(self.glanced.iter().skip(1)) {
            digraph |= (*x == b'r') & (*y == b'n') | (*x == b'v') & (*y == b'v');
        }
        if digraph { joined(&self.glanced, &mut self.bones) } else { self.bones.extend_from_slice(&self.glanced) }
    }

    /// The letters with digraphs left apart, where the bones join some.
    pub(crate) fn apart(&self) -> Option<&[u8]> {
        (self.bones.len() < self.plain.len()).then_some(&self.glanced)
    }
}

/// Folds labels; holds the table of foreign letters.
pub struct Folder {
    foreign: FxHashMap<char, String>,
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

/// Blocks whose letters turn up in names: Latin with marks, IPA, Greek, Cyrillic, Armenian, Hebrew, Cherokee, Latin
/// Extended Additional, number forms, Coptic, Latin Extended-C and -D, full-width.
const BLOCKS: &[(u32, u32)] = &[
    (0x80, 0x2af),
    (0x370, 0x5ff),
    (0x13a0, 0x13ff),
    (0x1ab0, 0x1dbf),
    (0x1e00, 0x1fff),
    (0x2070, 0x218f),
    (0x2c60, 0x2dff),
    (0xa640, 0xa69f),
    (0xa720, 0xa7ff),
    (0xab30, 0xabbf),
    (0xff00, 0xff5e),
];

impl Folder {
    /// Builds the table.
    #[must_use]
    pub fn new() -> Self {
        let letters = BLOCKS.iter().flat_map(|(from, to)| *from..=*to).filter_map(char::from_u32);
        let foreign = letters.filter_map(|c| Some((c, latin(c)?))).collect();
        Self { foreign }
    }

    /// Folds a label as it stands in a host name.
    pub fn fold(&self, label: &str, out: &mut Folded) {
        out.plain.clear();
        if foreign(label) {
            let text = decoded(label);
            out.plain.extend(text.chars().flat_map(char::to_lowercase).flat_map(|c| self.letter(c).into_bytes()));
        } else {
            out.plain.extend_from_slice(label.as_bytes());
            if label.bytes().any(hyphen) {
                out.plain.retain(|b| !hyphen(*b));
            }
            out.plain.make_ascii_lowercase();
        }
        out.look();
    }

    /// Another reading of a label in a foreign script: every letter as it is spoken. `None` for Latin labels.
    #[must_use]
    pub fn spoken(&self, label: &str) -> Option<Folded> {
        if !foreign(label) {
            return None;
        }
        let text = decoded(label);
        let lower = text.chars().flat_map(char::to_lowercase);
        let plain: String = lower.map(|c| transliterated(c).map_or_else(|| self.letter(c), str::to_owned)).collect();
        Some(Folded::of(plain))
    }

    fn letter(&self, c: char) -> String {
        match c {
            '-' | '_' => String::new(),
            c if c.is_ascii() => c.to_string(),
            c => self.foreign.get(&c).cloned().unwrap_or_else(|| c.to_string()),
        }
    }
}

/// True for a label with letters beyond ASCII.
fn foreign(label: &str) -> bool {
    label.starts_with("xn--") || !label.is_ascii()
}

/// What joins words and is not read.
fn hyphen(b: u8) -> bool {
    matches!(b, b'-' | b'_')
}

/// A label with its Punycode undone, lower case; as it stands where that fails.
#[must_use]
pub fn decoded(label: &str) -> String {
    let lower = label.to_lowercase();
    match lower.strip_prefix("xn--") {
        Some(code) => idna::punycode::decode_to_string(code).unwrap_or(lower),
        None => lower,
    }
}

/// The Latin letters one foreign letter passes for.
fn latin(c: char) -> Option<String> {
    let stripped: String = c.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let lower: String = stripped.to_lowercase().chars().map(small).collect();
    if ascii(&lower) {
        return Some(lower);
    }
    let looks: String = unicode_security::confusable_detection::skeleton(&lower).collect();
    let looks: String = looks.nfkd().filter(|c| !is_combining_mark(*c)).map(small).collect();
    let looks = looks.to_lowercase();
    let read = transliterated(lower.chars().next()?).map(str::to_owned);
    if ascii(&looks) { Some(looks) } else { read }
}

fn ascii(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Small capitals and letters with hooks that UTS 39 leaves in place or maps among themselves.
fn small(c: char) -> char {
    match c {
        'ᴀ' => 'a',
        'ʙ' | 'ɓ' | 'ƅ' | 'ь' => 'b',
        'ᴄ' | 'ɕ' | 'ƈ' => 'c',
        'ᴅ' | 'ɖ' | 'ɗ' | 'đ' => 'd',
        'ᴇ' | 'ɛ' | 'ɜ' | 'ǝ' | 'ə' => 'e',
        'ɢ' | 'ɠ' => 'g',
        'ʜ' | 'ɦ' | 'ħ' | 'ⱨ' => 'h',
        'ɪ' | 'ɩ' => 'i',
        'ᴊ' | 'ʝ' => 'j',
        'ᴋ' | 'ƙ' | 'ĸ' | 'ⱪ' => 'k',
        'ʟ' | 'ɫ' | 'ł' | 'ɭ' => 'l',
        'ᴍ' | 'ɱ' => 'm',
        'ɴ' | 'ɲ' | 'ŋ' | 'ɳ' | 'ƞ' | 'ꞑ' => 'n',
        'ᴏ' | 'ø' | 'ɵ' => 'o',
        'ᴘ' | 'ƥ' => 'p',
        'ʀ' | 'ɼ' | 'ɽ' | 'ɾ' => 'r',
        'ʂ' | 'ꜱ' => 's',
        'ᴛ' | 'ţ' | 'ƭ' | 'ʈ' => 't',
        'ᴜ' | 'ʋ' | 'ʉ' => 'u',
        'ᴠ' | 'ⱱ' | 'ⱴ' | 'ᶌ' => 'v',
        'ᴡ' | 'ɯ' | 'ω' | 'ⱳ' => 'w',
        'ʏ' | 'ƴ' => 'y',
        'ᴢ' | 'ʐ' | 'ƶ' | 'ʒ' => 'z',
        c => c,
    }
}

/// How a Cyrillic or Greek letter is written in Latin (BGN/PCGN simplified).
fn transliterated(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'α' => "a",
        'б' | 'β' => "b",
        'в' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'д' | 'δ' => "d",
        'е' | 'ё' | 'э' | 'ε' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'и' | 'і' | 'й' | 'ι' | 'η' => "i",
        'ї' => "yi",
        'к' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'у' | 'υ' => "u",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        _ => return None,
    })
}

/// Letters that pass for each other at a glance, made one.
const GLANCE: [u8; 256] = {
    let mut to = [0; 256];
    let mut i = 0;
    while i < 256 {
        to[i] = i as u8;
        i += 1;
    }
    let pairs = [(b'i', b'l'), (b'1', b'l'), (b'0', b'o'), (b'3', b'e'), (b'4', b'a'), (b'5', b's'), (b'7', b't')];
    let mut i = 0;
    while i < pairs.len() {
        to[pairs[i].0 as usize] = pairs[i].1;
        i += 1;
    }
    to
};

/// The letter that stands for all that pass for this one.
pub(crate) fn glance(b: u8) -> u8 {
    GLANCE[usize::from(b)]
}

/// What plain letters look like at a glance.
pub(crate) fn bones(plain: &[u8], out: &mut Vec<u8>) {
    let glanced: Vec<u8> = plain.iter().copied().map(glance).collect();
    out.clear();
    joined(&glanced, out);
}

/// Digraphs made the one letter they pass for.
fn joined(glanced: &[u8], out: &mut Vec<u8>) {
    for b in glanced {
        match (out.last_mut(), b) {
            (Some(last @ b'r'), b'n') => *last = b'm',
            (Some(last @ b'v'), b'v') => *last = b'w',
            _ => out.push(*b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_fold_alike() {
        let folder = Folder::new();
        let (mut x, mut y) = (Folded::default(), Folded::default());
        for (one, other) in [
            ("morning-post", "rnorn1ngp0st"),
            ("daily", "dаilу"),
            ("xn--bcher-kva", "bucher"),
            ("wave", "vvave"),
            ("łódź", "lodz"),
            ("ᴛʜᴇ", "the"),
            ("pаper", "paper"),
            ("tıme", "time"),
            ("ｐaper", "paper"),
        ] {
            folder.fold(one, &mut x);
            folder.fold(other, &mut y);
            assert_eq!(x.bones, y.bones, "{one} {other}");
        }
        folder.fold("paper", &mut x);
        folder.fold("piper", &mut y);
        assert_ne!(x.bones, y.bones);
    }

    #[test]
    fn foreign_scripts_are_read_both_ways() {
        let folder = Folder::new();
        let spoken = folder.spoken("вечер").expect("a foreign label");
        assert_eq!(spoken.plain, b"vecher");
        assert_eq!(folder.spoken("evening"), None);
    }
}
