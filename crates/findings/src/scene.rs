//! Invented cases in miniature: the examples of the findings, their tests and their benchmark.
//!
//! A [`Scene`] is a list of records written with a few words; [`Scene::stage`] turns it into everything a board shows.
//! Its linking is the plain definition of co-sharing without refinements, good for scenes and nothing else: the real
//! one lives in the room `links`. Names are of `.example`, so that nobody is meant.

mod articles;
mod imitations;
mod links;
mod owners;
mod room;
mod stage;

pub(crate) use articles::Copy;
use imitations::Like;
use model::{Ownership, Settings, Sort, Tie};
pub(crate) use room::{Letter, Line};
pub use stage::Stage;

/// A second of a scene's clock, which starts at 2026-09-01T00:00:00Z.
const START: i64 = 1_788_220_800;

/// Kinds a scene knows, and the window of each in seconds.
pub(crate) const KINDS: &[(&str, Option<i64>)] = &[
    ("repost", Some(60)),
    ("reply-to", Some(60)),
    ("mention", None),
    ("url", Some(60)),
    ("domain", None),
    ("hashtag", None),
    ("hashtag-sequence", Some(60)),
    ("exact-text", Some(60)),
    ("file-hash", Some(60)),
    ("mailbox", None),
    ("mail-relay", None),
    ("message-id-domain", None),
    ("mail-subject", None),
    ("tracker-id", None),
    ("page-email", None),
    ("page-phone", None),
    ("outgoing-domain", None),
    ("object", Some(60)),
    ("paragraph", None),
    ("ip-address", None),
    ("registration-minute", None),
    ("copied-from", None),
    ("listed", None),
    ("client", None),
    ("listed-as", None),
];

/// What a kind says of owners, in a scene.
pub(crate) fn ownership(id: &str) -> Ownership {
    let (family, copyable, floor) = match id {
        "tracker-id" => ("measuring", true, 1_000_000),
        "page-email" | "page-phone" => ("contact", true, 50_000),
        "ip-address" => ("hosting", false, 1_000),
        "registration-minute" => ("registration", false, 200_000),
        "copied-from" => return Ownership::CopiedFrom,
        _ => return Ownership::None,
    };
    Ownership::Shared(Tie { family, same: 50, copyable, floor, common: &[] })
}

/// One thing somebody did.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) sort: Sort,
    pub(crate) actor: String,
    /// Seconds since the scene's start; `None` for a time not known.
    pub(crate) at: Option<i64>,
    /// Number in [`KINDS`] and value.
    pub(crate) traces: Vec<(u8, String)>,
}

/// A small invented case.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    pub(crate) deeds: Vec<Deed>,
    /// Sheets, and passages of sealed documents, each with the number of the deed that carries it.
    pub(crate) letters: Vec<(usize, model::Sheet)>,
    pub(crate) excerpts: Vec<(usize, model::Excerpt)>,
    /// Names that come near an outlet's.
    likes: Vec<Like>,
    /// What its pages say.
    written: articles::Written,
    /// Settings in force.
    pub settings: Settings,
}

impl Scene {
    /// Nothing happened yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A record of any sort at `at` seconds after the start, with its traces as kind and value. Kinds that scenes do
    /// not know are left out.
    pub fn add(&mut self, sort: Sort, actor: &str, at: Option<i64>, traces: &[(&str, &str)]) -> &mut Self {
        let traces = traces.iter().filter_map(|(kind, value)| Some((number(kind)?, (*value).to_owned()))).collect();
        self.deeds.push(Deed { sort, actor: actor.to_owned(), at, traces });
        self
    }

    /// A post.
    pub fn post(&mut self, account: &str, at: i64, traces: &[(&str, &str)]) -> &mut Self {
        self.add(Sort::Account, account, Some(at), traces)
    }

    /// A mail to some mailboxes.
    pub fn mail(&mut self, from: &str, to: &[&str], at: i64, traces: &[(&str, &str)]) -> &mut Self {
        let all: Vec<(&str, &str)> = to.iter().map(|m| ("mailbox", *m)).chain(traces.iter().copied()).collect();
        self.add(Sort::Mailbox, from, Some(at), &all)
    }

    /// A saved page.
    pub fn page(&mut self, site: &str, traces: &[(&str, &str)]) -> &mut Self {
        self.add(Sort::Site, site, None, traces)
    }

    /// Everyday posts: `n` of them by `accounts` accounts over `days`, each with a text of its own and a link to one
    /// of `n / 3` pages. The same seed, the same posts.
    pub fn chatter(&mut self, seed: u64, n: usize, accounts: usize, days: i64) -> &mut Self {
        let mut dice = Dice(seed);
        for i in 0..n {
            let who = format!("x/reader{}", dice.below(accounts as u64));
            let at = dice.below(days as u64 * 86_400) as i64;
            let url = format!("paper{}.example/story/{}", dice.below(9), dice.below((n / 3).max(1) as u64));
            let text = format!("what i think today about matter number {i} is long and my own");
            self.post(&who, at, &[("url", &url), ("domain", host(&url)), ("exact-text", &text)]);
        }
        self
    }

    /// Everyday mail: `n` mails between people of many organisations over `days`, no two alike.
    pub fn letters(&mut self, seed: u64, n: usize, days: i64) -> &mut Self {
        let mut dice = Dice(seed);
        for i in 0..n {
            let org = format!("org{}.example", dice.below(40));
            let from = format!("person{}@{org}", dice.below(5));
            let to = format!("someone{}@office.example", dice.below(12));
            let at = dice.below(days as u64 * 86_400) as i64;
            let text = format!("dear colleague here is what we agreed about item {i} last week");
            let subject = format!("item {i} of the list");
            let relay = format!("mx.{org}");
            self.mail(
                &from,
                &[&to],
                at,
                &[
                    ("exact-text", &text),
                    ("mail-subject", &subject),
                    ("message-id-domain", &org),
                    ("mail-relay", &relay),
                    ("mail-relay", "mx.office.example"),
                ],
            );
        }
        self
    }

    /// The same records with their times dealt out anew: whatever was together in time no longer is.
    #[must_use]
    pub fn shuffled(&self, seed: u64) -> Self {
        let (mut out, mut dice) = (self.clone(), Dice(seed));
        for i in (1..out.deeds.len()).rev() {
            let j = dice.below(i as u64 + 1) as usize;
            let (x, y) = (out.deeds[i].at, out.deeds[j].at);
            (out.deeds[i].at, out.deeds[j].at) = (y, x);
        }
        out
    }

    /// The same records with `words` put into every name and value.
    #[must_use]
    pub fn with_words(&self, words: &str) -> Self {
        let mut out = self.clone();
        for deed in &mut out.deeds {
            deed.actor = format!("{words}{}", deed.actor);
            for (_, value) in &mut deed.traces {
                value.insert_str(0, words);
            }
        }
        room::with_words(&mut out, words);
        articles::with_words(&mut out, words);
        out
    }

    /// Everything a board shows of it.
    #[must_use]
    pub fn stage(&self) -> Stage {
        stage::build(self)
    }
}

fn number(kind: &str) -> Option<u8> {
    KINDS.iter().position(|k| k.0 == kind).map(|n| n as u8)
}

fn host(url: &str) -> &str {
    crate::common::host_and_path(url).0
}

/// Repeatable dice (SplitMix64: Steele, Lea & Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `n` (n ≥ 1).
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n.max(1)
    }
}
