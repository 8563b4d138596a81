//! A text as the letters and digits in it, each with the place of its character, and the words they make.
//!
//! Everything a mail program, a scanner or an evader changes without changing the words is gone here: case, accents,
//! spaces, wrapping, quoting marks, punctuation, hyphens, entities, quoted-printable remains. What is matched on letters
//! does not depend on where words end; what is matched on words does, so a hyphen at the end of a line joins its halves.

use crate::fold::{ASCII, Fold, Folded};

/// Letters of a text.
#[derive(Debug, Default, Clone)]
pub struct Letters {
    /// Folded letters and digits.
    pub(crate) codes: Vec<u32>,
    /// The character each stands at, counted from 0 in the text.
    pub(crate) at: Vec<u32>,
    /// Words, as first letter; each ends where the next begins.
    pub(crate) words: Vec<u32>,
    /// Characters of the text.
    pub(crate) chars: u32,
}

/// Most characters of one text; what lies beyond is left out.
const MOST: u32 = 1 << 30;

/// A byte that is looked at more closely.
const STOP: u8 = 2;
/// What becomes of each byte: as [`ASCII`] says, but where it may begin an entity, an escape, a break or a longer character.
const PLAIN: [u8; 256] = {
    let mut table = [STOP; 256];
    let mut b = 0;
    while b < 128 {
        if !matches!(b as u8, b'&' | b'=' | b'-') {
            table[b] = ASCII[b];
        }
        b += 1;
    }
    table
};

impl Letters {
    /// The letters of a text. Of texts longer than a thousand million characters, the beginning.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut reader = Reader { rest: text, at: 0, word: false, fold: Fold::default(), out: Self::default() };
        reader.out.codes.reserve(text.len() * 7 / 8);
        reader.out.at.reserve(text.len() * 7 / 8);
        reader.out.words.reserve(text.len() / 6);
        while reader.at < MOST && reader.step() {}
        reader.out.chars = reader.at;
        reader.out
    }

    /// At most `most` letters from the middle.
    pub(crate) fn middle(&self, most: usize) -> Self {
        let from = self.len().saturating_sub(most) / 2;
        let to = self.len().min(from + most);
        let within = self.words.iter().filter(|w| (from..to).contains(&(**w as usize)));
        Self {
            codes: self.codes[from..to].to_vec(),
            at: self.at[from..to].to_vec(),
            words: within.map(|w| w - from as u32).collect(),
            chars: self.chars,
        }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True where the text has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Characters `start .. end` of the text over which letters `from .. to` stand.
    pub(crate) fn span(&self, from: usize, to: usize) -> (u32, u32) {
        let last = to.saturating_sub(1).max(from);
        let start = self.at.get(from).copied().unwrap_or(self.chars);
        (start, self.at.get(last).map_or(self.chars, |c| c + 1).max(start))
    }

    /// The letters of word `n`.
    pub(crate) fn word(&self, n: usize) -> std::ops::Range<usize> {
        let end = self.words.get(n + 1).map_or(self.codes.len(), |w| *w as usize);
        self.words[n] as usize..end
    }
}

/// Reads a text character by character.
struct Reader<'t> {
    rest: &'t str,
    /// Characters read.
    at: u32,
    /// Inside a word.
    word: bool,
    fold: Fold,
    out: Letters,
}

impl Reader<'_> {
    /// Reads what comes next; false at the end.
    fn step(&mut self) -> bool {
        if self.plain() {
            return true;
        }
        let Some(c) = self.rest.chars().next() else { return false };
        match c {
            '&' => match entity(self.rest) {
                Some((len, inner)) => self.take(inner, len),
                None => self.take(Some(c), 1),
            },
            '=' if escape(self.rest) => self.take(None, 3),
            '-' | '\u{2010}' if self.word => match broken(&self.rest[c.len_utf8()..]) {
                0 => self.take(Some(c), 1),
                gap => self.skip(gap + 1),
            },
            c => self.take(Some(c), 1),
        }
        true
    }

    /// Takes the characters that come next and mean nothing but themselves: nearly all of most texts. False where there
    /// are none.
    fn plain(&mut self) -> bool {
        let from = self.at;
        for b in self.rest.bytes().take((MOST - from) as usize) {
            match PLAIN[usize::from(b)] {
                0 => self.word = false,
                1 => {}
                STOP => break,
                code => self.letter(u32::from(code)),
            }
            self.at += 1;
        }
        self.rest = &self.rest[(self.at - from) as usize..];
        self.at > from
    }

    /// A letter, which begins a word where none is open.
    #[inline]
    fn letter(&mut self, code: u32) {
        if !self.word {
            self.word = true;
            self.out.words.push(self.out.codes.len() as u32);
        }
        self.push(code);
    }

    /// Takes `c` for the next `len` characters.
    fn take(&mut self, c: Option<char>, len: u32) {
        match c.map_or(Folded::Gap, |c| self.fold.of(c)) {
            Folded::Letters(n, codes) => {
                codes[..usize::from(n)].iter().for_each(|code| self.letter(*code));
            }
            Folded::Unseen => {}
            Folded::Gap => self.word = false,
        }
        self.skip(len);
    }

    /// Two letters that print as one become that one, wherever words end, so that what is matched on letters stays free
    /// of where spaces stand.
    fn push(&mut self, code: u32) {
        let joined = match (code, self.out.codes.last_mut()) {
            (110, Some(last @ 114)) => (last, 109), // rn, m
            (118, Some(last @ 118)) => (last, 119), // vv, w
            _ => {
                self.out.codes.push(code);
                self.out.at.push(self.at);
                return;
            }
        };
        *joined.0 = joined.1;
    }

    fn skip(&mut self, chars: u32) {
        let bytes = self.rest.chars().take(chars as usize).map(char::len_utf8).sum::<usize>();
        self.rest = &self.rest[bytes..];
        self.at += chars;
    }
}

/// An entity at the beginning of `rest`: its length in characters, and the character it means where that is a letter.
fn entity(rest: &str) -> Option<(u32, Option<char>)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let len = u32::try_from(end + 1).ok()?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return Some((len, char::from_u32(code.ok()?)));
    }
    let plain = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if !plain {
        return None;
    }
    let marked = ["acute", "grave", "uml", "circ", "tilde", "cedil", "ring", "slash", "caron"];
    if matches!(name, "rsquo" | "lsquo" | "apos" | "shy" | "zwj" | "zwnj") {
        return Some((len, Some('\'')));
    }
    let letter = marked.iter().find_map(|m| name.strip_suffix(m)).filter(|l| l.len() == 1);
    Some((len, letter.and_then(|l| l.chars().next())))
}

/// `=20` and the like: what quoted-printable leaves behind where it was not decoded.
fn escape(rest: &str) -> bool {
    let digit = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
    rest.as_bytes().get(1..3).is_some_and(|two| two.iter().all(digit))
}

/// Characters of a line break after a hyphen, with the quoting marks of the next line; 0 where the line goes on or no
/// small letter follows.
fn broken(rest: &str) -> u32 {
    let mark = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '>' | '|');
    let gap = rest.chars().take(40).take_while(|c| mark(*c)).collect::<Vec<char>>();
    let line = gap.contains(&'\n') || gap.contains(&'\r');
    let goes_on = rest.chars().nth(gap.len()).is_some_and(char::is_lowercase);
    if line && goes_on { gap.len() as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let letters = Letters::of(text);
        (0..letters.words.len())
            .map(|n| letters.codes[letters.word(n)].iter().filter_map(|c| char::from_u32(*c)).collect())
            .collect()
    }

    #[test]
    fn mail_habits_do_not_change_the_words() {
        let plain = words("we go to market, and it isn't far; important");
        for same in [
            "> we go to\r\n> market, and it\r\n> isn't far; impor-\r\n> tant",
            "We GO to market =E2 and it isn&#39;t far; important",
            "we&nbsp;go to market &amp; and it isn&rsquo;t far =20\n important",
            "we g\u{ad}o to m\u{200b}arket, and it isn\u{2019}t far; impor\u{2010}\n|tant",
        ] {
            assert_eq!(words(same), plain, "{same}");
        }
        assert_eq!(words("a - b well-known twenty-\nFive"), words("a b well known twenty five"));
        assert_eq!(words("&eacute;t&eacute; & &unknown"), words("été unknown"));
    }

    #[test]
    fn every_letter_knows_its_character() {
        let text = "é&#228;x\n- ﬁn";
        let letters = Letters::of(text);
        assert_eq!(letters.at, [0, 1, 7, 11, 11, 12]);
        assert_eq!((letters.chars, letters.span(0, 3), letters.span(3, 4)), (13, (0, 8), (11, 12)));
        assert_eq!(Letters::of("").span(0, 0), (0, 0));
    }
}
