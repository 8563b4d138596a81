//! Putting stable pseudonyms in the place of names.
//!
//! The same name gets the same pseudonym in every handover of a case (a keyed hash; the key stays in the case), so that
//! a reader can follow it. Mail addresses are found by their shape, plain, escaped for URLs and mails, defanged, or in
//! base64 and hex as phishing links carry them; accounts by a list of all handles of the case and by a leading `@`. On
//! the safe side: a word that happens to be a handle goes too. Wrong for what only a person can see: a real name in the
//! text, a signature, a face.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sorts {
    /// Mail addresses.
    pub mailboxes: bool,
    /// Accounts' handles.
    pub accounts: bool,
}

/// Replaces names.
pub struct Redactor {
    key: [u8; 32],
    sorts: Sorts,
    handles: BTreeSet<String>,
    boxes: BTreeSet<String>,
    keep: BTreeSet<String>,
    told: std::cell::RefCell<BTreeMap<String, String>>,
}

/// Texts shorter than this are not taken for cut off.
const CUT: usize = 60;

impl Redactor {
    /// With a secret key, the handles and mail addresses of the case, and names that stay.
    pub fn new(
        key: [u8; 32],
        sorts: Sorts,
        handles: impl IntoIterator<Item = String>,
        boxes: impl IntoIterator<Item = String>,
        keep: impl IntoIterator<Item = String>,
    ) -> Self {
        let keep: BTreeSet<String> = keep.into_iter().map(|k| k.to_lowercase()).collect();
        let bare = |h: String| h.to_lowercase().rsplit('/').next().unwrap_or_default().to_owned();
        let handles = handles.into_iter().map(bare).filter(|h| !h.is_empty() && !keep.contains(h)).collect();
        let boxes = boxes.into_iter().map(|b| b.to_lowercase()).collect();
        Self { key, sorts, handles, boxes, keep, told: std::cell::RefCell::default() }
    }

    /// Pseudonyms given so far and the names they stand for.
    #[must_use]
    pub fn told(&self) -> BTreeMap<String, String> {
        self.told.borrow().clone()
    }

    fn digits(&self, sort: &str, name: &str) -> String {
        // HMAC-SHA256 (RFC 2104) with a key of 32 bytes.
        let pad = |x: u8| {
            let mut block = [x; 64];
            block.iter_mut().zip(self.key).for_each(|(b, k)| *b ^= k);
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(sort).chain_update([0]).chain_update(name);
        let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner.finalize()).finalize();
        crate::hex(&outer[..8])
    }

    fn name(&self, sort: &str, name: &str) -> String {
        let name = name.to_lowercase();
        let digits = &self.digits(sort, &name)[..12];
        let given = match sort {
            "mailbox" => format!("mailbox-{digits}@redacted.invalid"),
            _ => format!("account-{digits}"),
        };
        self.told.borrow_mut().entry(given.clone()).or_insert(name);
        given
    }

    /// An id that cannot be found again by hashing guessed names: the case's ids are hashes of names.
    fn id(&self, id: &str) -> String {
        let given = format!("{}{}", &id[..2], self.digits("id", id));
        self.told.borrow_mut().entry(given.clone()).or_insert_with(|| id.to_owned());
        given
    }

    /// A text with all names replaced.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let text = if self.sorts.mailboxes { self.mailboxes(text) } else { text.to_owned() };
        let text = if self.sorts.accounts { self.accounts(&text) } else { text };
        self.ids(&text)
    }

    fn kept(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        let domain = address.rsplit_once('@').map_or("", |p| p.1).to_owned();
        self.keep.contains(&address) || self.keep.contains(&domain)
    }

    fn mailboxes(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((from, to, name)) = next_address(rest) {
            out.push_str(&self.hidden(&rest[..from]));
            let kept = name.ends_with("@redacted.invalid") || self.kept(&name);
            out.push_str(&if kept { rest[from..to].to_owned() } else { self.name("mailbox", &name) });
            rest = &rest[to..];
        }
        out.push_str(&self.hidden(&self.cut_off(rest, text.len())));
        out
    }

    /// An address cut off before its `@` by a limit of length: the last word begins a known one.
    fn cut_off(&self, text: &str, whole: usize) -> String {
        let bare = text.trim_end_matches('…');
        let from =
            bare.rfind(|c: char| !local(c)).map_or(0, |i| i + bare[i..].chars().next().map_or(1, char::len_utf8));
        let last = bare[from..].to_lowercase();
        let cut = (bare.len() < text.len() || whole >= CUT) && last.chars().count() >= 3;
        let known = cut && self.boxes.range(last.clone()..).next().is_some_and(|b| b.starts_with(&last));
        if known { format!("{}{}", &text[..from], self.name("mailbox", &last)) } else { text.to_owned() }
    }

    /// Words that hold an address in base64 or hex.
    fn hidden(&self, text: &str) -> String {
        each_word(
            text,
            |c| c.is_ascii_alphanumeric() || "-_+/=".contains(c),
            |word| {
                let coded = |w: &str| decoded(w).filter(|name| next_address(name).is_some());
                // In a URL's path the codes stand between slashes.
                if let Some(name) = coded(word) {
                    return Some(self.name("mailbox", &name));
                }
                let parts: Vec<String> = word
                    .split(['/', '='])
                    .map(|part| coded(part).map_or_else(|| part.to_owned(), |name| self.name("mailbox", &name)))
                    .collect();
                let marks = word.chars().filter(|c| "/=".contains(*c)).map(String::from).chain([String::new()]);
                let joined: String = parts.iter().zip(marks).map(|(p, m)| format!("{p}{m}")).collect();
                (joined != *word).then_some(joined)
            },
        )
    }

    fn accounts(&self, text: &str) -> String {
        let known = each_word(text, handle, |word| self.account(word));
        let mut out = String::with_capacity(known.len());
        let mut rest = known.as_str();
        while let Some(at) = rest.find(['@', '＠']) {
            let mark = if rest[at..].starts_with('@') { 1 } else { '＠'.len_utf8() };
            let mentioned = !rest[..at].ends_with(|c: char| c.is_alphanumeric());
            let end = at
                + mark
                + rest[at + mark..]
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(rest.len() - at - mark);
            let name = &rest[at + mark..end];
            out.push_str(&rest[..at + mark]);
            let stays = !mentioned
                || name.is_empty()
                || name.starts_with("account")
                || self.keep.contains(&name.to_lowercase());
            out.push_str(&if stays { name.to_owned() } else { self.name("account", name) });
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// A word that is a handle, or has one between its dots and dashes.
    fn account(&self, word: &str) -> Option<String> {
        let low = word.to_lowercase();
        if low.starts_with("account-") || low.starts_with("mailbox-") {
            return None;
        }
        if self.handles.contains(&low) {
            return Some(self.name("account", word));
        }
        let inner = each_word(
            word,
            |c| c.is_alphanumeric() || c == '_',
            |part| self.handles.contains(&part.to_lowercase()).then(|| self.name("account", part)),
        );
        (inner != word).then_some(inner)
    }

    /// A text with the ids of the case replaced, and nothing else.
    #[must_use]
    pub fn ids(&self, text: &str) -> String {
        each_word(
            text,
            |c| c.is_ascii_alphanumeric() || c == ':',
            |word| {
                let hex = word.get(2..).is_some_and(|h| h.len() == 16 && h.bytes().all(|b| b.is_ascii_hexdigit()));
                let ours = ["a:", "t:", "n:", "f:"].iter().any(|p| word.starts_with(p));
                (hex && ours).then(|| self.id(word))
            },
        )
    }
}

fn handle(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Goes over the words of a text; what `change` returns takes the word's place.
fn each_word(text: &str, part: impl Fn(char) -> bool, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let from = rest.find(&part).unwrap_or(rest.len());
        out.push_str(&rest[..from]);
        rest = &rest[from..];
        let to = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let word = rest[..to].trim_end_matches('.');
        match change(word) {
            Some(new) if !word.is_empty() => {
                out.push_str(&new);
                out.push_str(&rest[word.len()..to]);
            }
            _ => out.push_str(&rest[..to]),
        }
        rest = &rest[to..];
    }
    out
}

/// A letter of the part before `@`.
fn local(c: char) -> bool {
    c.is_alphanumeric() || "._%+-'!#$&*/=?^`{|}~".contains(c)
}

/// How `@` is written: itself, wide, in URLs, in quoted-printable, as an entity, by people.
const AT: [&str; 12] = ["@", "＠", "%40", "%2540", "=40", "&#64;", "&#x40;", "[at]", "(at)", " at ", "[@]", "\\u0040"];

/// The first mail address: where it stands, and what it is.
fn next_address(text: &str) -> Option<(usize, usize, String)> {
    let low = text.to_ascii_lowercase();
    let mut marks: Vec<(usize, &str)> = AT.iter().flat_map(|at| low.match_indices(at).collect::<Vec<_>>()).collect();
    marks.sort_unstable_by_key(|m| (m.0, std::cmp::Reverse(m.1.len())));
    marks.into_iter().find_map(|(at, mark)| address(text, at, mark.len()))
}

fn address(text: &str, at: usize, mark: usize) -> Option<(usize, usize, String)> {
    let word = text.get(at..at + mark)? == " at ";
    let before = text.get(..at)?.trim_end_matches([' ']);
    let before = if word || text[at..].starts_with(['[', '(']) { before } else { &text[..at] };
    let from =
        before.rfind(|c: char| !local(c)).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    // `user=ann@…`, `/ann@…`, `'ann@…`: what a URL or a quotation puts before an address is no part of it.
    let from = from + before[from..].rfind(['=', '/', '&', '?', '\'', '`', '|']).map_or(0, |i| i + 1);
    let name = &before[from..];
    if name.is_empty() || name.chars().all(|c| !c.is_alphanumeric()) {
        return None;
    }
    let after = &text[at + mark..];
    let lead = after.len() - after.trim_start_matches(' ').len();
    let lead = if text[at..].starts_with(['[', '(']) { lead } else { 0 };
    let host: String = after[lead..].chars().take_while(|c| c.is_alphanumeric() || "-.[]".contains(*c)).collect();
    let host = host.trim_end_matches(['.', '-', '[', ']']).to_owned();
    if word && !host.contains('.') {
        return None;
    }
    let clean = host.replace(['[', ']'], "").to_lowercase();
    Some((from, at + mark + lead + host.len(), format!("{}@{clean}", name.to_lowercase())))
}

/// Base64 (plain or for URLs) or hex of a text.
fn decoded(word: &str) -> Option<String> {
    let bare = word.trim_end_matches('=');
    if !(8..=4096).contains(&bare.len()) {
        return None;
    }
    let hex = bare.len().is_multiple_of(2) && bare.bytes().all(|b| b.is_ascii_hexdigit());
    let bytes = if hex {
        (0..bare.len()).step_by(2).map(|i| u8::from_str_radix(&bare[i..i + 2], 16).ok()).collect::<Option<Vec<u8>>>()?
    } else {
        Base64UrlUnpadded::decode_vec(&bare.replace('+', "-").replace('/', "_")).ok()?
    };
    String::from_utf8(bytes).ok().filter(|t| t.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor() -> Redactor {
        let sorts = Sorts { mailboxes: true, accounts: true };
        let handles = ["x/ann_smith", "bob", "x/news.desk"].map(str::to_owned);
        let boxes = ["carol.jones@victim.example".to_owned()];
        Redactor::new([7; 32], sorts, handles, boxes, ["evil.example".to_owned()])
    }

    #[test]
    fn no_way_of_writing_an_address_gets_through() {
        let r = redactor();
        for text in [
            "to Carol.Jones@Victim.Example.",
            "<carol.jones@victim.example>",
            "https://one.example/?to=carol.jones%40victim.example&x=1",
            "carol.jones=40victim.example",
            "carol.jones [at] victim[.]example",
            "carol.jones at victim.example",
            "carol.jones@victim[.]example",
            "carol.jones＠victim.example",
            "https://one.example/u/Y2Fyb2wuam9uZXNAdmljdGltLmV4YW1wbGU=",
            "https://one.example/?u=Y2Fyb2wuam9uZXNAdmljdGltLmV4YW1wbGU&v=2",
            "id 6361726f6c2e6a6f6e65734076696374696d2e6578616d706c65",
            "cut at the at sign carol.jones@",
            "a text that is long enough to have been cut off by a limit of length carol.jon",
            "short but marked carol.jo…",
        ] {
            let out = r.text(text);
            let low = out.to_lowercase();
            assert!(!low.contains("carol") && !low.contains("y2fyb2"), "{text} became {out}");
            assert_eq!(r.text(&out), out, "twice");
        }
    }

    #[test]
    fn handles() {
        let r = redactor();
        for text in ["RT @Ann_Smith: x", "x/ann_smith", "https://x.example/bob/status/1", "@stranger_7", "BOB."] {
            let out = r.text(text);
            let low = out.to_lowercase();
            assert!(["ann", "bob", "stranger"].iter().all(|n| !low.contains(n)), "{text} became {out}");
            assert_eq!(r.text(&out), out, "twice");
        }
    }

    #[test]
    fn what_stays() {
        let r = redactor();
        for text in [
            "news@evil.example",
            "see https://evil.example/a?b=c",
            "bobsled",
            "at nine at one place",
            "",
            "e:0123456789abcdef",
        ] {
            assert_eq!(r.text(text), text);
        }
    }

    #[test]
    fn stable_and_keyed() {
        let (one, two) = (redactor(), redactor());
        let text = "carol.jones@victim.example and a:0123456789abcdef";
        assert_eq!(one.text(text), two.text(text));
        let other = Redactor::new([8; 32], Sorts { mailboxes: true, accounts: false }, [], [], []);
        assert_ne!(one.text(text), other.text(text));
        assert!(!one.text(text).contains("0123456789abcdef"));
        assert_eq!(one.told().values().filter(|n| *n == "carol.jones@victim.example").count(), 1);
    }
}
