//! Letters that are taken for one another, folded into one: look-alikes of other scripts, accents, and the slips that
//! optical recognition makes.
//!
//! Both the sealed text and the mail go through the same fold, so folding too much costs a little certainty and never a
//! match. Look-alikes are the skeletons of Unicode Technical Standard 39. The OCR classes join what is confused most
//! often in print (e–c, o–0, i–l–1, h–b, g–q–9, s–5, z–2): Kukich, Techniques for Automatically Correcting Words in
//! Text, ACM Computing Surveys 24(4), 1992, section 1.1; the choice among the published confusions is ours.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folded {
    /// Letters or digits: how many, then up to four codes.
    Letters(u8, [u32; 4]),
    /// Nothing, and the word goes on: marks, zero-width and bidi characters, apostrophes.
    Unseen,
    /// Nothing, and the word ends.
    Gap,
}

/// The class of a small letter or digit of ASCII.
const fn class(c: u8) -> u8 {
    match c {
        b'0' => b'o',
        b'1' | b'l' | b'|' => b'i',
        b'2' => b'z',
        b'5' => b's',
        b'6' | b'8' | b'h' => b'b',
        b'9' | b'q' => b'g',
        b'c' => b'e',
        c => c,
    }
}

/// What becomes of each ASCII character: its class, 1 for nothing seen, 0 for a gap.
pub(crate) const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut c = 0;
    while c < 128 {
        let b = c as u8;
        if b.is_ascii_alphanumeric() {
            table[c] = class(b.to_ascii_lowercase());
        }
        c += 1;
    }
    table[b'\'' as usize] = 1;
    table
};

/// Characters that are not seen: they neither end a word nor count.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || matches!(c, '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' | '`' | '\u{b4}')
}

/// Folds characters, remembering what became of those outside ASCII.
#[derive(Default)]
pub(crate) struct Fold {
    known: FxHashMap<char, Folded>,
}

impl Fold {
    /// What becomes of a character.
    pub(crate) fn of(&mut self, c: char) -> Folded {
        if let Some(&to) = ASCII.get(c as usize) {
            return match to {
                0 => Folded::Gap,
                1 => Folded::Unseen,
                to => Folded::Letters(1, [u32::from(to), 0, 0, 0]),
            };
        }
        *self.known.entry(c).or_insert_with(|| fold(c))
    }
}

fn fold(c: char) -> Folded {
    if unseen(c) {
        return Folded::Unseen;
    }
    let mut codes = [0; 4];
    let mut n = 0_u8;
    let (mut marks, mut seen) = (0, 0);
    // Compatibility forms first (ligatures, full width, mathematical letters), so that the skeleton sees plain letters.
    let plain: String = std::iter::once(c).nfkd().flat_map(char::to_lowercase).collect();
    let folded = skeleton(&plain).flat_map(char::to_lowercase).collect::<String>();
    for d in folded.nfkd() {
        seen += 1;
        marks += u32::from(unicode_normalization::char::is_combining_mark(d));
        if d.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(d) && n < 4 {
            codes[usize::from(n)] = if d.is_ascii() { u32::from(class(d as u8)) } else { d as u32 };
            n += 1;
        }
    }
    match n {
        0 if marks > 0 && marks == seen => Folded::Unseen,
        0 => Folded::Gap,
        n => Folded::Letters(n, codes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        let mut fold = Fold::default();
        let mut out = String::new();
        for c in text.chars() {
            match fold.of(c) {
                Folded::Letters(n, codes) => {
                    out.extend(codes[..usize::from(n)].iter().filter_map(|c| char::from_u32(*c)))
                }
                Folded::Unseen => {}
                Folded::Gap => out.push('_'),
            }
        }
        out
    }

    #[test]
    fn what_looks_alike_is_alike() {
        for (x, y) in [
            ("pay", "рау"),            // Cyrillic
            ("Schön", "scho\u{308}n"), // composed and not
            ("office", "oﬃce"),
            ("vote", "ＶＯＴＥ"),
            ("the", "tbe"),
            ("will 10", "wi11 lO"),
            ("don't", "don\u{2019}t"),
            ("word", "w\u{200b}o\u{202e}r\u{ad}d"),
            ("sign", "𝐬𝐢𝐠𝐧"),
        ] {
            assert_eq!(letters(x), letters(y), "{x} {y}");
        }
        for (x, y) in [("one", "two"), ("Москва", "Минск"), ("東京", "大阪")] {
            assert_ne!(letters(x), letters(y));
        }
    }
}
