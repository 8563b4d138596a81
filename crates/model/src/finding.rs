//! What a pattern means, with everything a reader needs to doubt it.

use crate::{ActorNo, Place, Quote, When};
use serde::{Deserialize, Serialize};

/// A list that cannot be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AtLeastOne<T>(Vec<T>);

impl<T> AtLeastOne<T> {
    /// `None` for an empty list.
    #[must_use]
    pub fn new(items: Vec<T>) -> Option<Self> {
        (!items.is_empty()).then_some(Self(items))
    }

    /// The items.
    #[must_use]
    pub fn get(&self) -> &[T] {
        &self.0
    }

    /// The items, to change in place (never to remove).
    pub fn get_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

/// What chance would give, under a model that is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// What was counted, in the plural: `links`, `mailboxes`, `posts a day`.
    pub unit: String,
    /// The count seen.
    pub observed: f64,
    /// The count expected under the null model.
    pub expected: f64,
    /// Probability of at least the observed count under the null model, where it allows one.
    pub p: Option<f64>,
    /// False discovery rate after Benjamini–Hochberg, where many were tested.
    pub fdr: Option<f64>,
    /// The null model in one sentence.
    pub null: String,
}

/// How sure the rule is, set by the rule and never by adding up scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Could well be innocent; worth a look.
    Low,
    /// Beyond chance, but an innocent explanation is open.
    Moderate,
    /// Far beyond chance, on independent traces; the innocent explanations offered are unlikely.
    High,
}

impl Confidence {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// An innocent explanation, and what in the evidence would speak for it or against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Innocent {
    /// What else it could be.
    pub what: String,
    /// How to tell, or what the evidence at hand already says of it.
    pub check: String,
}

/// A technique in a published catalogue. The number is the key; catalogues rename freely.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Technique {
    /// `DISARM` or `ATT&CK`.
    pub framework: String,
    /// `T0049` and the like.
    pub id: String,
    /// Its name there.
    pub name: String,
}

/// The bytes that show something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Where they stand.
    pub place: Place,
    /// Who, where an actor is meant.
    pub actor: Option<ActorNo>,
    /// When.
    pub when: Option<When>,
    /// What it shows, in our words: `posted the same URL`.
    pub shows: String,
    /// The thing itself: the URL, the hashtag, the words shared.
    pub quote: Quote,
    /// The words of the record it stands in, cut short. Left empty by the finding; the case reads them back.
    #[serde(default)]
    pub words: Quote,
}

/// What is too regular for sentences: who got each mail of a wave, what survives at which threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows, in our words.
    pub title: String,
    /// Headings, in our words.
    pub columns: Vec<String>,
    /// Rows in a fixed order, each with one cell a column. Cells may carry words from evidence.
    pub rows: Vec<Vec<Quote>>,
}

/// A pattern, read. It cannot be built without what a reader needs to doubt it: every field but the two moments must be
/// given, and explanations and witnesses are [`AtLeastOne`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `f:` and 16 hex digits, from what was found, so that the same finding keeps its id when evidence is added.
    pub id: String,
    /// Id of the drawer that found it.
    pub kind: String,
    /// One line: who did what, without judging who is behind it.
    pub title: String,
    /// What was observed, in two or three plain sentences.
    pub observed: String,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// Why that word and not another.
    pub because: String,
    /// What chance would give.
    pub chance: Chance,
    /// What else it could be.
    pub innocent: AtLeastOne<Innocent>,
    /// The bytes that show it, best first, at most 24.
    pub witnesses: AtLeastOne<Witness>,
    /// What is better read as a table; most findings have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Everyone involved, in order of importance.
    pub actors: Vec<ActorNo>,
    /// Techniques it would be an instance of, were it what it looks like.
    pub techniques: Vec<Technique>,
    /// First and last moment.
    pub first: Option<When>,
    /// Last moment.
    pub last: Option<When>,
}

impl Finding {
    /// The id of a finding of `kind` about the things named in `about` (in any order): actor and object ids.
    #[must_use]
    pub fn id_of(kind: &str, about: &[u64]) -> String {
        let mut about = about.to_vec();
        about.sort_unstable();
        about.dedup();
        let mut bytes = kind.as_bytes().to_vec();
        for n in about {
            bytes.extend_from_slice(&n.to_be_bytes());
        }
        format!("f:{}", crate::hex16(crate::hash64(&bytes)))
    }
}
