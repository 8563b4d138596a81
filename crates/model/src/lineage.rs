//! Which text repeats which: statements that people wrote down, and the pages and documents of the case.
//!
//! Corroboration counts origins, so what repeats another counts with it. What only quotes another in passing, or speaks of
//! the same things in words of its own, is shown as an [`Echo`] and counted by itself.

use crate::{Quote, When};
use serde::{Deserialize, Serialize};

/// How one text descends from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kinship {
    /// The same words.
    Copy,
    /// Part of it word for word.
    Quotation,
    /// In another language; only people can say so.
    Translation,
    /// In other words.
    Paraphrase,
}

impl Kinship {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Quotation => "quotation",
            Self::Translation => "translation",
            Self::Paraphrase => "paraphrase",
        }
    }
}

/// A person's word on how a text descends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DescentClaim {
    /// `d:` and a name that a person gave it.
    pub id: String,
    /// The statement (`s:…`), page or document (`e:…`).
    pub text: String,
    /// What it repeats, and how; nothing where it stands by itself whatever it quotes.
    pub of: Option<(String, Kinship)>,
    /// Why.
    pub why: Quote,
}

impl DescentClaim {
    /// `e:… is a translation of s:port`, `e:… stands by itself`.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.of {
            Some((of, kinship)) => format!("{} is a {} of {of}", self.text, kinship.word()),
            None => format!("{} stands by itself", self.text),
        }
    }
}

/// A text and where it stands among those of one origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Descent {
    /// The statement, page or document.
    pub statement: String,
    /// What it repeats; empty for the origin itself.
    pub of: String,
    /// How; nothing for the origin itself.
    pub kinship: Option<Kinship>,
    /// Share of its words that stand in the other in runs of four; 1 where a person said it repeats.
    pub shared: f64,
    /// True where a person said so.
    pub said: bool,
}

impl Descent {
    /// `quotation of s:port (62 % of its words)`, `translation of s:port, as a person says`, `origin`.
    #[must_use]
    pub fn told(&self) -> String {
        match self.kinship {
            Some(kinship) if self.said => format!("{} of {}, as a person says", kinship.word(), self.of),
            Some(kinship) => format!("{} of {} ({:.0} % of its words)", kinship.word(), self.of, self.shared * 100.0),
            None => "origin".to_owned(),
        }
    }
}

/// Texts that count as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The earliest first.
    pub statements: Vec<Descent>,
}

/// What a text has of another that it does not repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heard {
    /// A passage word for word, beside more of its own.
    Quoted,
    /// No words in a row; names, figures and dates only. Worth reading side by side: a paraphrase or a translation leaves
    /// these, and so do two who report one event.
    Beside,
}

/// A text that has something of another and is counted by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Echo {
    /// The text: a statement, page or document.
    pub text: String,
    /// The other, earlier where both have a date.
    pub of: String,
    /// What.
    pub heard: Heard,
    /// Share of its words that stand in the other in runs of four.
    pub shared: f64,
    /// The longest passage in common, or the names, figures and dates.
    pub words: Quote,
}

/// A page or document among the texts that repeat something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    /// Its `e:` id.
    pub id: String,
    /// Its title, or the name of its file where it has none.
    pub title: Quote,
    /// Its address; empty where it gives none.
    pub address: Quote,
    /// When it was published, as it says itself.
    pub when: Option<When>,
}

/// Pages and documents that were compared with each other and with statements.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Texts {
    /// Those that repeat another, are repeated or are echoes, by id.
    pub lines: Vec<TextLine>,
    /// How many were compared.
    pub compared: u64,
    /// How many were too many to be compared.
    pub left: u64,
}
