//! What a case knows of single mails, and of passages of sealed documents in its evidence.

use crate::{ActorNo, EvidenceId, Place, Quote, Sheet, Sort, When};
use serde::{Deserialize, Serialize};

/// Decision sheets and sealed passages that findings may look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mailroom {
    /// Sheets of mails that are for something a reader must know of, in order of the evidence.
    pub mails: Vec<JudgedMail>,
    /// Mails judged, those without a sheet here among them.
    pub judged: u64,
    /// Sheets left out because there were too many.
    pub left: u64,
    /// Passages of sealed documents, with whoever sent or put up what carries them.
    pub excerpts: Vec<(ActorNo, Excerpt)>,
}

/// A mail and its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedMail {
    /// Who sent it, as far as the sheet says (of a forwarded mail, who sent that).
    pub actor: ActorNo,
    /// The sheet.
    pub sheet: Sheet,
}

/// What carries a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// The words of a mail.
    Mail,
    /// Something enclosed in a mail.
    Enclosure,
    /// A post.
    Post,
    /// A saved page.
    Page,
    /// A document of its own.
    Document,
}

impl Carrier {
    /// In words, one and many.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Mail => ("mail", "mails"),
            Self::Enclosure => ("enclosure", "enclosures"),
            Self::Post => ("post", "posts"),
            Self::Page => ("page", "pages"),
            Self::Document => ("document", "documents"),
        }
    }
}

/// A passage of a sealed document, found in evidence by who holds the seal and its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The record that carries it.
    pub place: Place,
    /// The input it lies in.
    pub root: EvidenceId,
    /// The mail that carries it, where one does.
    pub mail: Option<EvidenceId>,
    /// What it is.
    pub carrier: Carrier,
    /// What sort of actor sent it or put it up; `None` where nobody is known.
    pub sort: Option<Sort>,
    /// Who that is.
    pub who: Quote,
    /// When.
    pub when: Option<When>,
    /// Which text of the record.
    pub part: String,
    /// First character of the passage in that text.
    pub start: u32,
    /// After its last character.
    pub end: u32,
    /// The sealed document, as its owner names it.
    pub document: Quote,
    /// Other sealed documents with the same passage: versions of it.
    pub also: Vec<Quote>,
    /// First character in the document, as near as the marks tell.
    pub doc_start: u32,
    /// After its last character.
    pub doc_end: u32,
    /// Page of the document, from 1, where it has pages.
    pub page: Option<u64>,
    /// Longest run of letters and digits seen to be the same.
    pub run: u32,
    /// Letters and digits seen to be the same.
    pub same: u32,
    /// Passages this much alike expected by accident in a text of that length.
    pub chance: f64,
    /// True where the run is as long as the guarantee speaks of; else the words were edited.
    pub verbatim: bool,
    /// True for a document of its own that is nearly all of the sealed one: its owner's copy, most likely.
    pub whole: bool,
    /// The beginning of the passage.
    pub words: Quote,
}
