//! mbox: mails one after another, each after a `From ` line; as children, holding one mail (at most `limits.whole`).
//!
//! A mail begins where a field follows `From `, a sender and a date; where the date is not whole, only after an empty
//! line. The quoting cannot be told from the file: one `>` is taken off `>From `, `>>From ` in bodies, as in mboxrd.
//! Wrong: an mboxo mail that really had `>From `, signatures over quoted lines, unquoted forwarded `From ` lines.
//! Source: RFC 4155; <https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml> (mboxrd).

use crate::{Example, Format, Head, Out, Reading};
use memchr::memchr;
use model::{Card, Code, Span};
use std::io::{self, BufRead, Read};

/// The drawer.
pub const MBOX: Format = Format {
    card: Card { id: "mbox", about: "A mailbox in one file: each mail as a child", source: "RFC 4155; mboxrd" },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: &[
        Example {
            name: "two mails, one quoting a From line",
            bytes: include_bytes!("../examples/two.mbox"),
            says: &[
                "opened example as mbox",
                "  opened mail 1 as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-28, \"To\": \"bo@two.example\" at bytes 28-47, \"Subject\": \"Hello\" at bytes 47-62, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 62-99] text=\"Good morning.\\nFrom here on it is quoted.\\n>From twice.\" parts=[0 \"text/plain\" 54 chars at bytes 100-154]",
                "  closed bytes=154 records=1 children=0",
                "  opened mail 2 as mail",
                "    mail all from=\"bo@two.example\" to=[\"ann@one.example\"] mailbox=\"ann@one.example\" subject=\"Re: Hello\" when=2016-11-04T09:00:00Z headers=[\"From\": \"bo@two.example\" at bytes 0-21, \"To\": \"ann@one.example\" at bytes 21-41, \"Subject\": \"Re: Hello\" at bytes 41-60, \"Date\": \"Fri, 4 Nov 2016 09:00:00 +0000\" at bytes 60-97] text=\"From the beginning, then.\" parts=[0 \"text/plain\" 26 chars at bytes 98-124]",
                "  closed bytes=124 records=1 children=0",
                "closed bytes=373 records=0 children=2",
            ],
        },
        Example {
            name: "a torn mail in the middle",
            bytes: include_bytes!("../examples/torn.mbox"),
            says: &[
                "opened example as mbox",
                "  opened mail 1 as mail",
                "    mail all from=\"ann@one.example\" subject=\"torn\" headers=[\"From\": \"ann@one.example\" at bytes 0-23, \"Subject\": \"torn\" at bytes 23-38, \"Content-Type\": \"multipart/mixed; boundary=x\" at bytes 38-81] text=\"half a wo\" parts=[0 \"text/plain\" 11 chars at bytes 90-101]",
                "    note truncated bytes 101-102 the last multipart is not closed ×1",
                "    note time bytes 0-83 no date, or one that cannot be ×1",
                "  closed bytes=101 records=1 children=0",
                "  opened mail 2 as mail",
                "    mail all from=\"Ann\" <\"ann@one.example\"> to=[\"bo@two.example\"] mailbox=\"bo@two.example\" subject=\"Hello\" when=2016-11-03T13:05:09Z headers=[\"From\": \"Ann <ann@one.example>\" at bytes 0-29, \"To\": \"bo@two.example\" at bytes 29-49, \"Subject\": \"Hello\" at bytes 49-65, \"Date\": \"Thu, 3 Nov 2016 14:05:09 +0100\" at bytes 65-103] text=\"Good morning.\" parts=[0 \"text/plain\" 15 chars at bytes 105-120]",
                "  closed bytes=120 records=1 children=0",
                "closed bytes=314 records=0 children=2",
            ],
        },
    ],
};

/// Longest piece of a line held at once; longer lines are passed on in pieces.
const PIECE: usize = 64 << 10;

fn recognise(head: &Head<'_>) -> bool {
    if head.markup() {
        return false;
    }
    let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head.bytes);
    let bytes = &bytes[bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count()..];
    let mut lines = bytes.split(|b| *b == b'\n');
    lines.next().is_some_and(|l| begins(l) || begins_surely(l)) && lines.next().is_some_and(header_like)
}

/// True for a line that begins a mail after an empty one: `From `, then an address with a year or nothing after it
/// (Google), or Mozilla's `-`.
fn begins(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let year =
        |w: &[u8]| w.len() == 4 && w.iter().all(u8::is_ascii_digit) && (w.starts_with(b"19") || w.starts_with(b"20"));
    let sender = words(rest).next().unwrap_or_default();
    let alone = words(rest).nth(1).is_none();
    rest.len() <= 1000 && (sender == b"-" || (sender.contains(&b'@') && (alone || words(rest).any(year))))
}

/// True where the line has a month, a time of day and a year, or is Mozilla's: sure enough to begin a mail within a
/// torn one.
fn begins_surely(line: &[u8]) -> bool {
    const MONTHS: &[u8] = b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let month = |w: &[u8]| w.len() == 3 && memchr::memmem::find(MONTHS, w).is_some();
    let time = |w: &[u8]| w.len() >= 5 && w[2] == b':' && w[0].is_ascii_digit();
    let year = |w: &[u8]| w.len() == 4 && w.iter().all(u8::is_ascii_digit);
    let dated = || words(line).any(time) && words(line).any(month) && words(line).any(year);
    line.len() <= 1000 && line.starts_with(b"From ") && (line.trim_ascii() == b"From -" || dated())
}

fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty())
}

/// True for a line that can begin a mail's header: a field, or `>From ` as some systems write after forwarding.
fn header_like(line: &[u8]) -> bool {
    if line.starts_with(b">From ") {
        return true;
    }
    let Some(colon) = memchr(b':', &line[..line.len().min(200)]) else { return false };
    colon > 0 && line[..colon].iter().all(u8::is_ascii_graphic)
}

fn empty(line: &[u8]) -> bool {
    line == b"\n" || line == b"\r\n"
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    let most = usize::try_from(out.settings().limits.whole).unwrap_or(usize::MAX);
    let mut lines = Lines::new(bytes);
    while empty(&lines.line) {
        lines.advance();
    }
    let mut number = 0_u64;
    while !lines.line.is_empty() {
        number += 1;
        let start = lines.at;
        lines.begin_mail();
        let mut mail = Vec::new();
        let whole = lines.fill(&mut mail, most);
        let span = Span::bytes(start, lines.at - start);
        let name = format!("mail {number}");
        let go_on = match whole {
            true => out.child(&name, span, &mut &without_separator(&mail)[..]),
            false => {
                out.child(&name, span, &mut (&mail[..]).chain(Rest { lines: &mut lines, ready: Vec::new(), given: 0 }))
            }
        };
        if !go_on {
            return;
        }
        lines.skip_mail();
    }
    if let Some(e) = lines.failed {
        out.note(Code::Truncated, Span::bytes(lines.at, 1), format!("ends early: {e}"));
    }
}

/// The empty line after a mail belongs to the mbox.
fn without_separator(mail: &[u8]) -> &[u8] {
    let cut = |end: &[u8]| mail.strip_suffix(end).filter(|m| m.ends_with(b"\n"));
    cut(b"\r\n").or_else(|| cut(b"\n")).unwrap_or(mail)
}

/// Lines with one line of foresight; a very long line comes in pieces.
struct Lines<'a> {
    from: &'a mut dyn BufRead,
    /// Where `line` begins.
    at: u64,
    line: Vec<u8>,
    next: Vec<u8>,
    /// True when `line` begins a line, and `next` does.
    starts: bool,
    after_empty: bool,
    in_body: bool,
    failed: Option<io::Error>,
}

impl<'a> Lines<'a> {
    fn new(from: &'a mut dyn BufRead) -> Self {
        let (line, next) = (Vec::new(), Vec::new());
        let mut lines = Self { from, at: 0, line, next, starts: true, after_empty: true, in_body: false, failed: None };
        lines.look();
        lines.advance();
        if lines.line.starts_with(b"\xef\xbb\xbf") {
            lines.line.drain(..3);
            lines.at = 3;
        }
        lines
    }

    /// Reads the next piece of a line into `next`.
    fn look(&mut self) {
        self.next.clear();
        if let Err(e) = Read::take(&mut *self.from, PIECE as u64).read_until(b'\n', &mut self.next) {
            self.failed = Some(e);
        }
    }

    fn advance(&mut self) {
        self.at += self.line.len() as u64;
        self.after_empty = self.starts && empty(&self.line);
        self.starts = self.line.is_empty() || self.line.ends_with(b"\n");
        std::mem::swap(&mut self.line, &mut self.next);
        if self.failed.is_none() {
            self.look();
        } else {
            self.next.clear();
        }
    }

    /// Goes over the `From ` line.
    fn begin_mail(&mut self) {
        self.advance();
        self.in_body = false;
    }

    /// True when `line` begins another mail.
    fn at_mail(&self) -> bool {
        self.starts
            && self.line.starts_with(b"From ")
            && (begins_surely(&self.line) || (self.after_empty && begins(&self.line)))
            && header_like(&self.next)
    }

    /// Appends the lines of this mail, without their quoting, until there are `most` bytes; true when it ended.
    fn fill(&mut self, mail: &mut Vec<u8>, most: usize) -> bool {
        while !self.line.is_empty() && !self.at_mail() {
            if mail.len() > most {
                return false;
            }
            mail.extend_from_slice(self.unquoted());
            self.in_body |= empty(&self.line);
            self.advance();
        }
        true
    }

    /// Goes over whatever is left of this mail.
    fn skip_mail(&mut self) {
        while !self.line.is_empty() && !self.at_mail() {
            self.advance();
        }
    }

    fn unquoted(&self) -> &[u8] {
        let marks = self.line.iter().take_while(|b| **b == b'>').count();
        let quoted = marks > 0 && self.in_body && self.starts && self.line[marks..].starts_with(b"From ");
        &self.line[usize::from(quoted)..]
    }
}

/// What is left of a mail too long to be held.
struct Rest<'l, 'a> {
    lines: &'l mut Lines<'a>,
    ready: Vec<u8>,
    given: usize,
}

impl Read for Rest<'_, '_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            self.lines.fill(&mut self.ready, PIECE);
        }
        let n = buf.len().min(self.ready.len() - self.given);
        buf[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
