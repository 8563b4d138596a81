//! Rich Text Format: paragraphs, footnotes, deleted text, links, and pictures kept as PNG or JPEG.
//!
//! A tokenizer with a stack of group states that is bounded in depth, not a recursive reader. Destinations that hold
//! no words are skipped; an embedded object is noted, not opened. Source: Microsoft, Rich Text Format Specification 1.9.1.

use crate::flow::{BODY, Flow, hyperlink};
use crate::rtf_tokens::{Token, Tokens};
use crate::{Example, Format, Out, Reading};
use encoding_rs::{Encoding, WINDOWS_1252};
use model::{Card, Code, Span, When};
use std::collections::BTreeMap;

/// RTF.
pub const RTF: Format = Format {
    card: Card {
        id: "rtf",
        about: "Rich Text Format: text with paragraph numbers, deleted text too",
        source: "Microsoft, Rich Text Format (RTF) Specification 1.9.1",
    },
    recognise: |head| head.bytes.trim_ascii_start().starts_with(b"{\\rtf"),
    read: Reading::Whole(read),
    risky: None,
    examples: &[
        Example {
            name: "two code pages, a deletion, a link and a footnote",
            bytes: include_bytes!("../examples/memo.rtf"),
            says: &[
                "opened example as rtf",
                "  opened picture as png",
                "    image all kind=\"png\" width=2 height=2 sha256=\"12984626477c430c88ea582d5db08609326829ce3a17d465dfc1cd3e7028c970\"",
                "  closed bytes=71 records=1 children=0",
                "  document all title=\"Memo\" author=\"A. Writer\" producer=\"Rich 5\" when=2026-10-02T09:30:00Z passages=[paragraph 1: \"Café bold €uro {x}\", paragraph 2: \"Выборы\", footnote 1: \"A note.\", paragraph 3: \"We will always win.\", paragraph 3 (deleted): \"never\", paragraph 4: \"link 😀\"] links=[\"https://one.example/\"] sha256=\"b618b39c6f99a86972efd65167040ea98e99c1c59e6f23c5a0b6d6e69a4a9417\"",
                "  note info all the time of the last change names no zone: read as UTC ×1",
                "closed bytes=675 records=1 children=1",
            ],
        },
        Example {
            name: "cut off",
            bytes: b"{\\rtf1\\ansi one\\par two",
            says: &[
                "opened example as rtf",
                "  document all passages=[paragraph 1: \"one\", paragraph 2: \"two\"] sha256=\"b0fde9c43b75b832e7d379d5cc8552219709fe71c2f156b59a1af53443ee9051\"",
                "  note truncated bytes 23-24 the text ends inside a group ×1",
                "closed bytes=23 records=1 children=0",
            ],
        },
    ],
};

/// Groups inside one another whose state is kept.
const MOST_DEPTH: usize = 1_000;

/// What the words of a group are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    /// Words of the body or of a note of this sort.
    Words(&'static str),
    Skip,
    Fonts,
    Info,
    Title,
    Author,
    Producer,
    Instruction,
    Changed,
    Picture,
}

#[derive(Clone, Copy)]
struct Group {
    to: To,
    encoding: &'static Encoding,
    /// Characters that stand for a `\u` where Unicode is not understood.
    fallback: usize,
    deleted: bool,
}

struct Reader<'r, 'o> {
    group: Group,
    outer: Vec<Group>,
    deeper: u64,
    flow: Flow,
    page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    font: i32,
    /// Bytes in the group's encoding, not yet words.
    pending: Vec<u8>,
    /// First half of a pair of UTF-16 surrogates.
    high: Option<u16>,
    /// Characters still to be passed over after `\u`.
    pass: usize,
    /// After `\*`: a destination that may be ignored follows.
    star: bool,
    instruction: String,
    changed: [u32; 6],
    picture: Vec<u8>,
    wanted: bool,
    out: &'r mut Out<'o>,
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    let group = Group { to: To::Words(BODY), encoding: WINDOWS_1252, fallback: 1, deleted: false };
    let mut reader = Reader {
        group,
        outer: Vec::new(),
        deeper: 0,
        flow: Flow::default(),
        page: WINDOWS_1252,
        fonts: BTreeMap::new(),
        font: 0,
        pending: Vec::new(),
        high: None,
        pass: 0,
        star: false,
        instruction: String::new(),
        changed: [0; 6],
        picture: Vec::new(),
        wanted: false,
        out,
    };
    reader.flow.begin(BODY);
    let whole = Tokens { rest: bytes.trim_ascii_start() }.any(|token| reader.token(token));
    reader.words();
    reader.flow.end_all();
    if !whole {
        reader.out.note(Code::Truncated, Span::bytes(bytes.len() as u64, 1), "the text ends inside a group");
    }
    reader.flow.prose.record(reader.out);
}

impl Reader<'_, '_> {
    /// Takes one token; true when it ends the document.
    fn token(&mut self, token: Token<'_>) -> bool {
        if !matches!(token, Token::Open | Token::Close) && self.pass > 0 && !matches!(token, Token::Word("u" | "uc", _))
        {
            self.pass -= 1;
            return false;
        }
        match token {
            Token::Open => self.open(),
            Token::Close => return self.close(),
            Token::Byte(byte) => self.pending.push(byte),
            Token::Symbol(b'*') => self.star = true,
            Token::Symbol(b'~') => self.say(" "),
            Token::Symbol(b'_') => self.say("-"),
            Token::Symbol(b'\r' | b'\n') => self.paragraph(),
            Token::Symbol(_) => {}
            Token::Raw(bytes) if self.group.to == To::Picture => self.picture.extend_from_slice(bytes),
            Token::Raw(_) => {}
            Token::Word(word, number) => self.word(word, number),
        }
        false
    }

    fn open(&mut self) {
        self.words();
        self.pass = 0;
        if self.outer.len() < MOST_DEPTH {
            self.outer.push(self.group);
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) -> bool {
        self.words();
        self.pass = 0;
        self.star = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return false;
        }
        let Some(outer) = self.outer.pop() else { return true };
        let left = std::mem::replace(&mut self.group, outer).to;
        if left != self.group.to {
            self.leave(left);
        }
        self.outer.is_empty()
    }

    fn leave(&mut self, left: To) {
        match left {
            To::Words(_) => self.flow.end(),
            To::Instruction => {
                self.flow.prose.link(hyperlink(&self.instruction).unwrap_or_default());
                self.instruction.clear();
            }
            To::Changed => {
                let [y, mo, d, h, mi, s] = self.changed;
                let when = When::from_civil(y.into(), mo, d, h, mi, s);
                self.flow.prose.changed(when.map(|w| (w, true)), self.out);
            }
            To::Picture if std::mem::take(&mut self.wanted) => {
                let picture = std::mem::take(&mut self.picture);
                self.out.child("picture", Span::WHOLE, &mut unhex(&picture).as_slice());
            }
            To::Picture => self.picture.clear(),
            _ => {}
        }
    }

    /// Turns pending bytes into words.
    fn words(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        if self.group.to == To::Picture {
            return self.picture.extend_from_slice(&bytes);
        }
        let (text, bad) = self.group.encoding.decode_without_bom_handling(&bytes);
        if bad && matches!(self.group.to, To::Words(_)) {
            let text = format!("bytes that are not {} were replaced", self.group.encoding.name());
            self.out.note(Code::Encoding, Span::WHOLE, text);
        }
        self.put(&text);
    }

    /// Words that follow what is pending.
    fn say(&mut self, text: &str) {
        self.words();
        self.put(text);
    }

    fn put(&mut self, text: &str) {
        self.high = None;
        match self.group.to {
            To::Words(_) if self.group.deleted => self.flow.deleted(text),
            To::Words(_) => self.flow.words(text),
            To::Title => self.flow.prose.title.push_str(text),
            To::Author => self.flow.prose.author.push_str(text),
            To::Producer => self.flow.prose.producer.push_str(text.trim_end_matches(';')),
            To::Instruction => self.instruction.push_str(text),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        self.words();
        if let To::Words(sort) = self.group.to {
            self.flow.end();
            self.flow.begin(sort);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        self.words();
        let star = std::mem::take(&mut self.star);
        match (word, number) {
            ("par" | "sect" | "page" | "row", _) => self.paragraph(),
            ("u", Some(n)) => self.unicode(n as u16),
            ("uc", Some(n)) => self.group.fallback = usize::try_from(n).unwrap_or(0).min(16),
            ("ansicpg", Some(n)) => {
                self.page = page(n).unwrap_or(WINDOWS_1252);
                self.group.encoding = self.page;
            }
            ("f", Some(n)) if self.group.to == To::Fonts => self.font = n,
            ("f", Some(n)) => self.group.encoding = self.fonts.get(&n).copied().unwrap_or(self.page),
            ("fcharset", Some(n)) if self.fonts.len() < 10_000 => {
                self.fonts.insert(self.font, charset(n).unwrap_or(self.page));
            }
            ("plain", _) => (self.group.encoding, self.group.deleted) = (self.page, false),
            ("deleted", n) => self.group.deleted = n != Some(0),
            ("yr" | "mo" | "dy" | "hr" | "min" | "sec", Some(n)) if self.group.to == To::Changed => {
                let place = ["yr", "mo", "dy", "hr", "min", "sec"].iter().position(|w| *w == word);
                self.changed[place.unwrap_or(0)] = u32::try_from(n).unwrap_or(u32::MAX);
            }
            ("pngblip" | "jpegblip", _) if self.group.to == To::Picture => self.wanted = true,
            _ => match (sign(word), destination(word, self.group.to)) {
                (Some(text), _) => self.put(text),
                (None, Some(to)) => self.enter(to, word),
                (None, None) if star => self.group.to = To::Skip,
                (None, None) => {}
            },
        }
    }

    fn enter(&mut self, to: To, word: &str) {
        if word == "object" {
            self.out.note(Code::Unrecognised, Span::WHOLE, "an embedded object: not opened");
        }
        if self.group.to == To::Skip || self.group.to == to {
            return;
        }
        if let To::Words(sort) = to {
            self.flow.unit(sort);
            self.flow.begin(sort);
        }
        self.changed = [0; 6];
        self.group.to = to;
    }

    /// A unit of UTF-16, pairs of surrogates put together.
    fn unicode(&mut self, unit: u16) {
        let high = self.high.take();
        self.pass = self.group.fallback;
        match (high, unit) {
            (_, 0xd800..0xdc00) => self.high = Some(unit),
            (high, unit) => {
                let units = high.into_iter().chain([unit]);
                let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
                self.put(&text);
            }
        }
    }
}

/// Control words that stand for characters.
fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" | "cell" | "nestcell" => "\t",
        "line" => "\n",
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        "bullet" => "\u{2022}",
        _ => return None,
    })
}

/// Where the words of a group go that begins with this control word; `None` where they stay.
fn destination(word: &str, within: To) -> Option<To> {
    Some(match word {
        "fonttbl" => To::Fonts,
        "info" => To::Info,
        "title" if within == To::Info => To::Title,
        "author" if within == To::Info => To::Author,
        "revtim" if within == To::Info => To::Changed,
        "generator" => To::Producer,
        "fldinst" => To::Instruction,
        "pict" => To::Picture,
        "footnote" => To::Words("footnote"),
        "annotation" => To::Words("comment"),
        "header" | "headerl" | "headerr" | "headerf" => To::Words("header"),
        "footer" | "footerl" | "footerr" | "footerf" => To::Words("footer"),
        "colortbl" | "stylesheet" | "listtable" | "listoverridetable" | "rsidtbl" | "themedata" | "datastore"
        | "object" | "objdata" | "colorschememapping" | "latentstyles" | "xmlnstbl" | "atnid" | "atnauthor"
        | "picprop" => To::Skip,
        "shppict" | "fldrslt" | "field" | "shptxt" | "shp" | "shpinst" => within,
        _ => return None,
    })
}

fn page(n: i32) -> Option<&'static Encoding> {
    let label = match n {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        n => format!("windows-{n}"),
    };
    Encoding::for_label(label.as_bytes())
}

fn charset(n: i32) -> Option<&'static Encoding> {
    page(match n {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Bytes written as hex digits; bytes that are none (a picture written raw) as they stand.
fn unhex(text: &[u8]) -> Vec<u8> {
    let digits: Option<Vec<u8>> = text
        .iter()
        .filter(|b| !b.is_ascii_whitespace())
        .map(|b| char::from(*b).to_digit(16).map(|d| d as u8))
        .collect();
    match digits {
        Some(digits) => digits.chunks_exact(2).map(|d| d[0] << 4 | d[1]).collect(),
        None => text.to_vec(),
    }
}
