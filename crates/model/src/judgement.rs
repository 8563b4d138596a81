//! What people say and hold: statements, questions, hypotheses, weights, claims. Nothing here is ever filled in by the
//! tool; what follows from it by arithmetic stands apart in [`Judgement::origins`] and [`Judgement::weighed`].

use crate::{
    Confidence, Credibility, DescentClaim, Echo, Kinship, Likelihood, Origin, Quote, Reliability, Texts, When,
};
use serde::{Deserialize, Serialize};

/// A time as a source gives it: an interval, the words it was told in, and the clock it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Interval {
    /// Not before.
    pub from: Option<When>,
    /// Before this moment (an interval of one day ends at the next midnight).
    pub to: Option<When>,
    /// As it was told: `late June and early July`.
    #[serde(default)]
    pub words: Quote,
    /// Whose clock: `the statement's calendar, no zone given`.
    #[serde(default)]
    pub clock: Quote,
}

impl Interval {
    /// True when nothing at all is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none() && self.words.is_empty()
    }
}

/// What a statement is, in the mouth of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// An authority names who it holds responsible.
    Attribution,
    /// Someone says it was not so.
    Denial,
    /// Someone speaks for a party concerned.
    Spokesman,
    /// A platform or vendor publishes a list.
    PublishedList,
    /// A newsroom or researcher reports.
    Account,
    /// Any other.
    Other,
}

impl Role {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Denial => "denial",
            Self::Spokesman => "spokesman",
            Self::PublishedList => "published list",
            Self::Account => "account",
            Self::Other => "other",
        }
    }
}

/// Something someone said. Evidence of its having been said, never of its truth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `s:` and a name that a person gave it.
    pub id: String,
    /// Who said it.
    pub source: Quote,
    /// What it is.
    pub role: Role,
    /// When it was said.
    pub said: Interval,
    /// The time it speaks of.
    pub about: Interval,
    /// The exact words.
    pub words: Quote,
    /// Where they stand: an address, a document and page.
    pub place: Quote,
    /// How reliable the source has been.
    pub reliability: Reliability,
    /// How credible this is.
    pub credibility: Credibility,
    /// The statement it repeats, and how, where a person says so.
    pub repeats: Option<(String, Kinship)>,
    /// Statements and findings it denies.
    pub denies: Vec<String>,
}

/// One answer to a question, excluding the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// A short name, unique within its question.
    pub name: String,
    /// What it says.
    pub text: Quote,
    /// True where it is one of those that are always offered and no person wrote it.
    pub offered: bool,
    /// How likely, where a person says so.
    pub likelihood: Option<Likelihood>,
    /// How sure the person is of that likelihood.
    pub confidence: Option<Confidence>,
    /// Why that sure and not more.
    pub because: Quote,
    /// Odds before the evidence, as a range relative to the other hypotheses, where a person gives them.
    pub prior: Option<(f64, f64)>,
}

/// The hypotheses that every question offers: name, text.
pub const OFFERED: [(&str, &str); 5] = [
    ("insider", "Someone with rightful access did it"),
    ("other-state", "A state other than the one first thought of did it"),
    ("criminal", "It was done for money"),
    ("false-flag", "It was done so that someone else would be blamed"),
    ("unknown", "Someone not thought of did it"),
];

/// A question to be decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// `q:` and a name that a person gave it.
    pub id: String,
    /// The question.
    pub text: Quote,
    /// Hypotheses that exclude each other, those always offered among them.
    pub hypotheses: Vec<Hypothesis>,
    /// What is not known.
    pub gaps: Vec<Quote>,
}

/// What a group of evidence is worth, as a person weighs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// `w:` and a name that a person gave it.
    pub id: String,
    /// The question.
    pub question: String,
    /// Statements and findings in it. All that depend on each other belong in one group.
    pub items: Vec<String>,
    /// Why it is independent of the other groups.
    pub independent: Quote,
    /// Hypothesis and range: how many times as probable the evidence is under it as under one with the ratio 1.
    pub ratios: Vec<(String, f64, f64)>,
    /// Why.
    pub why: Quote,
}

/// Two names said to be one actor. A claim beside both, never a merger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sameness {
    /// `m:` and a name that a person gave it.
    pub id: String,
    /// One name, or its `a:` id.
    pub a: Quote,
    /// The other.
    pub b: Quote,
    /// How likely they are one.
    pub likelihood: Likelihood,
    /// How sure the person is of that likelihood.
    pub confidence: Option<Confidence>,
    /// Why.
    pub why: Quote,
}

/// How a technique is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The words or bytes show it.
    Observed,
    /// It follows from what they show.
    Inferred,
    /// The tool named it and a person says it is not.
    Removed,
}

impl Known {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Removed => "removed",
        }
    }
}

/// A technique added or removed by a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TechniqueClaim {
    /// `T0049` and the like, or `T1566.002`.
    pub technique: String,
    /// `DISARM` or `ATT&CK`.
    pub framework: String,
    /// How it is known.
    pub known: Known,
    /// The statement or finding that shows it; empty for the case as a whole.
    pub shown_by: String,
    /// The words that show it.
    pub quote: Quote,
    /// Why.
    pub why: Quote,
}

/// Kinds of evidence for an attribution. Source: Hybrid CoE and NATO StratCom COE, "Attributing information influence operations".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// Infrastructure, tools, files.
    Technical,
    /// Ways of acting.
    Behavioural,
    /// Who gains, when, in what setting.
    Contextual,
    /// What law and ethics allow to be said.
    Legal,
}

impl Aspect {
    /// All in order.
    pub const ALL: [Self; 4] = [Self::Technical, Self::Behavioural, Self::Contextual, Self::Legal];

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Behavioural => "behavioural",
            Self::Contextual => "contextual",
            Self::Legal => "legal",
        }
    }
}

/// Who may look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Openness {
    /// Anyone.
    Open,
    /// Those who hold it: platforms, vendors, owners.
    Proprietary,
    /// Those with a clearance.
    Classified,
}

impl Openness {
    /// All in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Proprietary, Self::Classified];

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proprietary => "proprietary",
            Self::Classified => "classified",
        }
    }
}

/// An entry of the attribution grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// Which kind.
    pub aspect: Aspect,
    /// Who may look at it.
    pub openness: Openness,
    /// The statement or finding; empty where only the text tells.
    pub item: String,
    /// What it is.
    pub text: Quote,
}

/// What a person's weights come to for one hypothesis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// Its name.
    pub hypothesis: String,
    /// Product of the low ends of its ratios.
    pub low: f64,
    /// Product of the high ends.
    pub high: f64,
    /// The share of 1 that follows, as a range, where priors were given for all.
    pub share: Option<(f64, f64)>,
}

/// What a person's weights on a question come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weighed {
    /// The question.
    pub question: String,
    /// Hypothesis by hypothesis, in the question's order.
    pub balances: Vec<Balance>,
    /// Groups weighed.
    pub groups: u64,
    /// What would change our mind, one sentence each.
    pub turns: Vec<String>,
}

/// All that people hold about a case.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Judgement {
    /// By id.
    pub statements: Vec<Statement>,
    /// By id.
    pub questions: Vec<Question>,
    /// By id.
    pub weights: Vec<Weight>,
    /// By id.
    pub sameness: Vec<Sameness>,
    /// By framework, technique and what shows it.
    pub techniques: Vec<TechniqueClaim>,
    /// By aspect and openness.
    pub grounds: Vec<Ground>,
    /// By id.
    pub descents: Vec<DescentClaim>,
    /// Statements by origin, with the pages and documents that repeat something; made by the tool.
    pub origins: Vec<Origin>,
    /// What quotes another in passing or speaks of the same things, and is counted by itself; made by the tool.
    pub echoes: Vec<Echo>,
    /// Pages and documents that were compared; made by the tool.
    pub texts: Texts,
    /// What the weights come to, made by the tool.
    pub weighed: Vec<Weighed>,
}

impl Judgement {
    /// True when nobody has said anything yet and no page repeats another.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { texts: self.texts.clone(), ..Self::default() }
    }

    /// A statement by its id.
    #[must_use]
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements.iter().find(|s| s.id == id)
    }
}

/// One thing put into a case, or taken out again, by a person. What is put replaces what has the same id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "put", rename_all = "kebab-case")]
pub enum Put {
    /// A statement.
    Statement(Statement),
    /// A question.
    Question(Question),
    /// A weight.
    Weight(Weight),
    /// A claim that two are one.
    Sameness(Sameness),
    /// A technique.
    Technique(TechniqueClaim),
    /// An entry of the grid.
    Ground(Ground),
    /// How a text descends from another, or that it stands by itself.
    Descent(DescentClaim),
    /// Takes a statement, question, weight or claim out.
    Withdrawn {
        /// Its id.
        id: String,
        /// Why.
        why: Quote,
    },
}

impl Judgement {
    /// True when this very thing is in already (or, for a withdrawal, is not).
    #[must_use]
    pub fn holds(&self, what: &Put) -> bool {
        match what {
            Put::Statement(s) => self.statements.contains(s),
            Put::Question(q) => self.questions.contains(q),
            Put::Weight(w) => self.weights.contains(w),
            Put::Sameness(m) => self.sameness.contains(m),
            Put::Technique(t) => self.techniques.contains(t),
            Put::Ground(g) => self.grounds.contains(g),
            Put::Descent(d) => self.descents.contains(d),
            Put::Withdrawn { id, .. } => !self.ids().any(|i| i == id),
        }
    }

    /// Ids of everything that has one.
    fn ids(&self) -> impl Iterator<Item = &String> {
        let statements = self.statements.iter().map(|s| &s.id);
        let questions = self.questions.iter().map(|q| &q.id);
        let weights = self.weights.iter().map(|w| &w.id);
        let claims = self.sameness.iter().map(|m| &m.id).chain(self.descents.iter().map(|d| &d.id));
        statements.chain(questions).chain(weights).chain(claims)
    }

    /// Puts one thing in.
    pub fn put(&mut self, what: Put) {
        match what {
            Put::Statement(s) => replace(&mut self.statements, s, |s| s.id.clone()),
            Put::Question(q) => replace(&mut self.questions, q, |q| q.id.clone()),
            Put::Weight(w) => replace(&mut self.weights, w, |w| w.id.clone()),
            Put::Sameness(m) => replace(&mut self.sameness, m, |m| m.id.clone()),
            Put::Technique(t) => {
                replace(&mut self.techniques, t, |t| (t.framework.clone(), t.technique.clone(), t.shown_by.clone()));
            }
            Put::Ground(g) => replace(&mut self.grounds, g, |g| (g.aspect, g.openness, g.item.clone(), g.text.clone())),
            Put::Descent(d) => replace(&mut self.descents, d, |d| d.id.clone()),
            Put::Withdrawn { id, .. } => {
                self.descents.retain(|d| d.id != id);
                self.statements.retain(|s| s.id != id);
                self.questions.retain(|q| q.id != id);
                self.weights.retain(|w| w.id != id);
                self.sameness.retain(|m| m.id != id);
            }
        }
    }
}

/// Keeps the list sorted by key and each key once.
fn replace<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let at = key(&item);
    match list.binary_search_by(|i| key(i).cmp(&at)) {
        Ok(i) => list[i] = item,
        Err(i) => list.insert(i, item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(id: &str, why: &str) -> Put {
        Put::Sameness(Sameness {
            id: id.into(),
            a: "x".into(),
            b: "y".into(),
            likelihood: Likelihood::Likely,
            confidence: None,
            why: why.into(),
        })
    }

    #[test]
    fn what_is_put_replaces_and_can_be_withdrawn() {
        let mut j = Judgement::default();
        for put in [claim("m:b", "1"), claim("m:a", "2"), claim("m:b", "3")] {
            j.put(put);
        }
        let all: Vec<(&str, &str)> = j.sameness.iter().map(|m| (m.id.as_str(), m.why.raw())).collect();
        assert_eq!(all, [("m:a", "2"), ("m:b", "3")]);
        j.put(Put::Withdrawn { id: "m:a".into(), why: "wrong".into() });
        assert_eq!(j.sameness.len(), 1);
    }
}
