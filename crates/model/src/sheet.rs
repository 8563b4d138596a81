//! What one mail is for: a decision sheet, never a score.

use crate::{Place, Quote, Span, When};
use serde::{Deserialize, Serialize};

/// Version of the sheet's shape, as written in JSON.
pub const SHEET_SCHEMA: u32 = 1;

/// How firm something is. Each word has a fixed meaning; nothing is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Nothing at hand could tell; neither for nor against.
    NotChecked,
    /// Fits, and fits honest mail nearly as well; never enough alone.
    Weak,
    /// Rare in honest mail, or said by somebody the reader has reason to believe; an innocent reading is open.
    Supported,
    /// Stands in the bytes of the mail or follows from them by a named check that anyone can repeat.
    Established,
}

impl Grade {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotChecked => "not checked",
            Self::Weak => "weak",
            Self::Supported => "supported",
            Self::Established => "established",
        }
    }
}

/// A line of evidence: what was seen, and where to look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// Id of the sign that saw it.
    pub sign: String,
    /// What it says, in our words.
    pub says: String,
    /// How firm it is.
    pub grade: Grade,
    /// The raw value, cut short.
    pub raw: Quote,
    /// Which part of the mail: `header From`, `text part 0`, `attachment 2`.
    pub source: Quote,
    /// Bytes of the mail: the value itself where it stands as written, else the field or part that holds it encoded.
    pub span: Span,
    /// How it was seen.
    pub method: String,
}

/// A stop on the mail's way, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The name its sender gave.
    pub from: Quote,
    /// The server that says so.
    pub by: Quote,
    /// The address it saw.
    pub ip: Quote,
    /// When, by its own clock.
    pub when: Option<When>,
    /// Its clock's offset from UTC in minutes, as written.
    pub zone: Option<i32>,
    /// True where the recipient's own side wrote it: from here on the way can be believed.
    pub trusted: bool,
    /// Bytes of the field.
    pub span: Span,
}

/// A check of who sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// `spf`, `dkim`, `dmarc` or `arc`.
    pub method: String,
    /// `pass`, `fail`, `softfail`, `none`, … as in RFC 8601, or `cannot-verify`.
    pub result: String,
    /// The domain it is about.
    pub domain: Quote,
    /// Who says so: `recipient-server`, `arc`, `sender-side` or `nobody`.
    pub according_to: String,
    /// How firm that is.
    pub grade: Grade,
    /// In plain words.
    pub says: String,
    /// The raw value.
    pub raw: Quote,
    /// Where it stands.
    pub span: Span,
}

/// What is left of a mail that did not come as itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescued {
    /// `inline-forward`, `pasted-original`, `enclosed-mail`, `outlook-file`, …
    pub how: String,
    /// Facts that survived.
    pub survived: Vec<String>,
    /// Facts that are gone.
    pub lost: Vec<String>,
    /// What to ask the reporter for.
    pub ask: Vec<String>,
}

/// What it could be instead, and what would speak for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Could {
    /// Id of the purpose.
    pub purpose: String,
    /// Why that stays open.
    pub why: String,
}

/// What one mail is for, with everything a reader needs to doubt it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// [`SHEET_SCHEMA`].
    pub schema: u32,
    /// The mail.
    pub place: Place,
    /// `Message-ID` without brackets.
    pub message_id: Quote,
    /// Address of the sender the sheet is about (of the forwarded mail, where a forward was reported).
    pub from: Quote,
    /// The name shown beside it.
    pub from_name: Quote,
    /// `Reply-To`.
    pub reply_to: Quote,
    /// The mailbox that received it.
    pub mailbox: Quote,
    /// Subject.
    pub subject: Quote,
    /// `Date`.
    pub when: Option<When>,
    /// Id of the purpose.
    pub purpose: String,
    /// How firm that is.
    pub grade: Grade,
    /// The rule that gave it, in plain words, naming its lines.
    pub because: String,
    /// Evidence, firmest first; numbered from 1 in print.
    pub lines: Vec<SheetLine>,
    /// What speaks against it.
    pub against: Vec<SheetLine>,
    /// What could not be checked, and why.
    pub not_checked: Vec<String>,
    /// Earlier contact and thread in the mailbox given.
    pub related: Vec<String>,
    /// Other readings.
    pub could: Vec<Could>,
    /// What to do next.
    pub next: Vec<String>,
    /// What would overturn it.
    pub overturn: Vec<String>,
    /// The way it came, oldest first.
    pub route: Vec<Stop>,
    /// Who it claims to be.
    pub checks: Vec<Check>,
    /// Where it was not reported as itself.
    pub rescued: Option<Rescued>,
}

impl Sheet {
    /// True where a line of this sign stands in the evidence.
    #[must_use]
    pub fn has(&self, sign: &str) -> bool {
        self.lines.iter().any(|l| l.sign == sign)
    }
}
