//! The finished thing: all that a report may say, in the order it says it.

use crate::{Code, Confidence, Finding, Judgement, Note, Quote, Settings, Sort, Spell, When};
use serde::{Deserialize, Serialize};

/// Version of the dossier's shape, as written in the JSON export.
pub const SCHEMA: u32 = 1;

/// Everything known about a case, ready to be written down in any form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// Title of the case.
    pub title: Quote,
    /// The question it is to answer; empty when nobody asked one.
    pub question: Quote,
    /// The answer so far in plain words: one sentence each.
    pub answer: Vec<String>,
    /// True when the evidence is made up (the demo): written on every output.
    pub synthetic: bool,
    /// Every input file and everything unpacked from it, parents before children. Long lists of unpacked things of
    /// one container are summed up in their parent.
    pub evidence: Vec<EvidenceLine>,
    /// What could not be read, and what else a reader must know.
    pub notes: Vec<Note>,
    /// Findings, most confident first.
    pub findings: Vec<Finding>,
    /// What a person decided about findings, in order of time.
    pub rulings: Vec<Ruling>,
    /// Actors that occur in findings or networks; findings' and networks' actor numbers index this list.
    pub actors: Vec<ActorLine>,
    /// Networks, largest first.
    pub networks: Vec<NetworkLine>,
    /// How many records there were in each channel over time.
    pub timeline: Vec<Channel>,
    /// Moments worth marking on the timeline.
    pub marks: Vec<Mark>,
    /// How it was made.
    pub method: Method,
    /// What people hold: statements, hypotheses, weights.
    #[serde(default)]
    pub judgement: Judgement,
    /// Acts of the ledger that are in force or were taken back, in order, without those that only made derived work; not among the derived work itself, which depends on no clock.
    #[serde(default)]
    pub acts: Vec<ActLine>,
}

/// An act of the ledger, as a report tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActLine {
    /// Its line in the ledger, counted from 0.
    pub line: u64,
    /// When it was written down.
    pub when: When,
    /// `made`, `adding`, `ruled`, `judged`, `undone`.
    pub act: String,
    /// What it was about, in plain words.
    pub about: Quote,
    /// Who; empty when not said.
    pub by: Quote,
    /// Seals taken in it: SHA-256 in lower-case hex.
    pub seals: Vec<String>,
    /// Its hash in the chain, lower-case hex.
    pub hash: String,
}

/// A line of the list of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceLine {
    /// `e:` id.
    pub id: String,
    /// Id of what it was unpacked from.
    pub parent: Option<String>,
    /// Names it came under (several when the same bytes came twice).
    pub names: Vec<Quote>,
    /// Length in bytes.
    pub bytes: u64,
    /// Lower-case hex.
    pub sha256: String,
    /// Id of the format that read it; empty when none recognised it.
    pub format: String,
    /// Records read from it (and, in a container, from all inside it).
    pub records: u64,
    /// Traces taken from those.
    pub traces: u64,
    /// Things unpacked from it directly.
    pub children: u64,
    /// What was understood of its layout, e.g. `account = author, time = publish_date`.
    pub layout: Quote,
}

/// An actor in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorLine {
    /// `a:` id.
    pub id: String,
    /// Sort.
    pub sort: Sort,
    /// Name.
    pub name: Quote,
    /// Records it made.
    pub records: u64,
    /// Traces it left.
    pub traces: u64,
    /// Ids of the findings it occurs in.
    pub findings: Vec<String>,
    /// When it was active, to the hour, and when it met those it is linked with; empty where no time is known.
    #[serde(default)]
    pub active: Vec<Spell>,
}

/// A member of a network in the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkMember {
    /// Index into [`Dossier::actors`].
    pub actor: u32,
    /// Links inside the network.
    pub degree: u32,
    /// Eigenvector centrality, largest = 1.
    pub centrality: f64,
    /// Share of its relations in which it was first.
    pub leads: f64,
}

/// A link in the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkLink {
    /// Index into [`Dossier::actors`].
    pub a: u32,
    /// Index into [`Dossier::actors`].
    pub b: u32,
    /// Distinct objects shared, largest over kinds.
    pub weight: u32,
    /// Kind and distinct objects shared.
    pub kinds: Vec<(String, u32)>,
    /// Expected by chance, for the kind that shows it best.
    pub expected: f64,
    /// False discovery rate.
    pub q: f64,
    /// Mean time between, in seconds, for the kind that shows it best.
    pub lag_seconds: f64,
    /// When the two met, to the precision of the evidence.
    #[serde(default)]
    pub met: Vec<Spell>,
}

/// A network in the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkLine {
    /// `n:` id.
    pub id: String,
    /// Members, most central first.
    pub members: Vec<NetworkMember>,
    /// Links.
    pub links: Vec<NetworkLink>,
    /// Distinct objects shared, by kind.
    pub objects: Vec<(String, u32)>,
    /// Links seen and links expected by chance.
    pub chance: crate::Chance,
    /// Ids of the findings about it.
    pub findings: Vec<String>,
}

/// Records of one channel over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// `account posts`, `mail`, `pages`: in words.
    pub name: String,
    /// Bins in order, empty ones left out.
    pub bins: Vec<Bin>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// Its beginning.
    pub start: When,
    /// Its length in hours (the same for all bins of a dossier).
    pub hours: u32,
    /// Records in it.
    pub records: u64,
    /// Of those, records by actors that occur in a finding.
    pub flagged: u64,
}

/// A moment or stretch worth marking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Beginning.
    pub start: When,
    /// End; the same as the beginning for a moment.
    pub end: When,
    /// What it is.
    pub label: String,
    /// The finding it belongs to; empty for none (the vote).
    pub finding: String,
}

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds.
    Upheld,
    /// It does not.
    Dismissed,
    /// Open again.
    Open,
}

impl Verdict {
    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
            Self::Open => "open",
        }
    }
}

/// A person's decision on a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Id of the finding.
    pub finding: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in the person's words.
    pub why: Quote,
    /// Who; empty when not said.
    pub by: Quote,
    /// When it was written down.
    pub when: When,
}

/// How it was made: enough for someone else to get the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// Version of the tool.
    pub version: String,
    /// Settings in force.
    pub settings: Settings,
    /// Settings as TOML, for printing.
    pub settings_toml: String,
    /// Number of input files, their total bytes.
    pub files: u64,
    /// Total bytes sealed.
    pub bytes: u64,
    /// Records read.
    pub records: u64,
    /// Traces taken.
    pub traces: u64,
    /// Traces by kind: id, about, count.
    pub kinds: Vec<(String, String, u64)>,
    /// Windows in use by kind: id, written length.
    pub windows: Vec<(String, String)>,
    /// Pairs tested, links kept, links expected to be false.
    pub pairs: u64,
    /// Links kept.
    pub links: u64,
    /// Links expected to be false among those kept.
    pub expected_false: f64,
    /// What a reader must know about the linking.
    pub remarks: Vec<String>,
    /// SHA-256 over all seals, lower-case hex: one number for "the same evidence".
    pub evidence_digest: String,
}

impl Dossier {
    /// When the case was made, by its ledger; the beginning of 1970 where nobody wrote one.
    #[must_use]
    pub fn made(&self) -> When {
        self.acts.first().map_or(When(0), |a| a.when)
    }

    /// When a person last changed what the case says, by its ledger.
    #[must_use]
    pub fn changed(&self) -> When {
        self.acts.iter().map(|a| a.when).max().unwrap_or(When(0))
    }

    /// The ruling in force on a finding.
    #[must_use]
    pub fn ruling(&self, finding: &str) -> Option<&Ruling> {
        self.rulings.iter().rev().find(|r| r.finding == finding)
    }

    /// True where some evidence was not read whole.
    #[must_use]
    pub fn incomplete(&self) -> bool {
        self.notes.iter().any(|n| n.code.incomplete())
    }

    /// Notes of one code.
    #[must_use]
    pub fn notes_of(&self, code: Code) -> Vec<&Note> {
        self.notes.iter().filter(|n| n.code == code).collect()
    }

    /// The highest confidence among findings not dismissed.
    #[must_use]
    pub fn highest(&self) -> Option<Confidence> {
        let open = |f: &&Finding| self.ruling(&f.id).is_none_or(|r| r.verdict != Verdict::Dismissed);
        self.findings.iter().filter(open).map(|f| f.confidence).max()
    }
}
