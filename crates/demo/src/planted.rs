//! The truth: what was planted, as it stands in the evidence.

use crate::cast::Cast;
use crate::dates::ymd;
use crate::documents::Memo;
use crate::farm;
use crate::pages::Pictures;
use crate::story::Story;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A round of the farm.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    /// Time of its first post, milliseconds since 1970-01-01T00:00Z.
    pub first: i64,
    /// Time of its last post.
    pub last: i64,
    /// The line all posted, without its link; empty where all reposted or each used its own words.
    pub text: String,
    /// The link all posted, without tracking parameters, or empty.
    pub url: String,
    /// Id of the post all reposted, or empty.
    pub reposted: String,
    /// Who took part, as `platform/handle`.
    pub accounts: Vec<String>,
}

/// What was planted, for checking what is found. Names are as they stand in the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planted {
    /// Accounts of the farm, as `platform/handle`, sorted.
    pub farm: Vec<String>,
    /// The farm's sentences, without links, sorted.
    pub farm_texts: Vec<String>,
    /// The farm's rounds, in order of time.
    pub rounds: Vec<Round>,
    /// Throw-away senders of the excerpts, sorted.
    pub wave_senders: Vec<String>,
    /// Mailboxes that got the excerpts, sorted.
    pub wave_mailboxes: Vec<String>,
    /// `Message-ID`s of the wave's mails, without brackets (what receivers passed on is not among them).
    pub wave_mails: Vec<String>,
    /// Sender of the phish.
    pub phish_sender: String,
    /// Mailboxes that got the phish, sorted.
    pub phish_mailboxes: Vec<String>,
    /// `Message-ID`s of the phish's mails, without brackets.
    pub phish_mails: Vec<String>,
    /// Host of the phish.
    pub phish_host: String,
    /// Hosts of the two look-alike sites.
    pub lookalike_sites: Vec<String>,
    /// Hosts of the outlets they imitate, in the same order.
    pub imitated_sites: Vec<String>,
    /// Addresses of the look-alike sites' articles.
    pub lookalike_urls: Vec<String>,
    /// Their shared advertising id.
    pub advertising_id: String,
    /// Host from which the phish and the look-alike pages load pictures.
    pub picture_host: String,
    /// SHA-256 of the altered picture, lower-case hex.
    pub altered_picture: String,
    /// SHA-256 of the press agency's picture it was made from, lower-case hex.
    pub original_picture: String,
    /// Paths of the memos from which excerpts were taken.
    pub documents: Vec<String>,
    /// Accounts of the fan club (innocent), sorted.
    pub fan_club: Vec<String>,
    /// The account they follow.
    pub fan_star: String,
    /// Their hashtag, with `#`.
    pub fan_hashtag: String,
    /// Sender of the newsletter (innocent).
    pub newsletter_sender: String,
    /// Hosts that carry the press agency's article (innocent).
    pub syndicating_sites: Vec<String>,
    /// Its headline.
    pub syndicated_headline: String,
    /// The list of outlets to protect, a line each, with their own other domains.
    pub protected: Vec<String>,
    /// Those other domains (innocent), in the order of the list.
    pub own_editions: Vec<String>,
    /// Names of other trades with a word of an outlet's name (innocent), sorted.
    pub like_named: Vec<String>,
    /// Paths of files that are broken on purpose.
    pub broken: Vec<String>,
    /// Day of the debate everybody talks about (innocent), `YYYY-MM-DD`.
    pub debate: String,
    /// Day of the vote, `YYYY-MM-DD`.
    pub vote: String,
    /// First day on which the farm's activity is at its raised level, `YYYY-MM-DD`.
    pub raised_from: String,
}

/// What the plan, the cast and the pictures tell.
pub fn of(story: &Story, cast: &Cast, memos: &[Memo], pictures: &Pictures) -> Planted {
    let sites = &story.lookalikes;
    Planted {
        farm: labels(story, cast, &cast.farm),
        fan_club: labels(story, cast, &cast.fans),
        fan_star: cast.label(story, cast.star),
        phish_host: story.phish_host.clone(),
        lookalike_sites: sites.iter().map(|s| s.host.clone()).collect(),
        imitated_sites: sites.iter().filter_map(|s| Some(story.outlets[s.imitates?].host.clone())).collect(),
        lookalike_urls: sites.iter().flat_map(|s| &s.articles).map(|a| a.url.clone()).collect(),
        advertising_id: sites[0].advertising.clone(),
        picture_host: story.picture_host.clone(),
        altered_picture: sha256(&pictures.altered),
        original_picture: sha256(&pictures.original),
        documents: memos.iter().map(|m| m.path.clone()).collect(),
        syndicating_sites: story.copies().iter().map(|(s, _)| s.host.clone()).collect(),
        syndicated_headline: story.syndicated().headline.clone(),
        debate: ymd(story.days.debate),
        vote: ymd(story.days.vote),
        raised_from: ymd(story.days.raised),
        ..Planted::default()
    }
}

/// Adds what the farm did.
pub fn add_rounds(planted: &mut Planted, story: &Story, cast: &Cast, rounds: &[farm::Round]) {
    let texts: BTreeSet<&String> = rounds.iter().map(|r| &r.text).filter(|t| !t.is_empty()).collect();
    planted.farm_texts = texts.into_iter().cloned().collect();
    let round = |r: &farm::Round| Round {
        first: r.first,
        last: r.last,
        text: r.text.clone(),
        url: r.url.clone(),
        reposted: r.reposted.map(|n| n.to_string()).unwrap_or_default(),
        accounts: labels(story, cast, &r.accounts),
    };
    planted.rounds = rounds.iter().map(round).collect();
}

fn labels(story: &Story, cast: &Cast, of: &[usize]) -> Vec<String> {
    let mut out: Vec<String> = of.iter().map(|a| cast.label(story, *a)).collect();
    out.sort();
    out
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
