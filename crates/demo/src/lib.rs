//! A synthetic operation in miniature, made from a seed.
//!
//! Invented people, outlets and `.example`/`.test` names; every file says SYNTHETIC. This room imports none of ours:
//! whoever plants must not know how it is found.
#![warn(missing_docs)]

/// A file of the synthetic case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative path with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was planted, for checking what is found. Names are as they stand in the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planted {
    /// Accounts of the farm, as `platform/handle`.
    pub farm: Vec<String>,
    /// The farm's sentences.
    pub farm_texts: Vec<String>,
    /// Throw-away senders of the excerpts.
    pub wave_senders: Vec<String>,
    /// Mailboxes that got the excerpts.
    pub wave_mailboxes: Vec<String>,
    /// Sender of the phish.
    pub phish_sender: String,
    /// Mailboxes that got the phish.
    pub phish_mailboxes: Vec<String>,
    /// Hosts of the two look-alike sites.
    pub lookalike_sites: Vec<String>,
    /// Their shared advertising id.
    pub advertising_id: String,
    /// SHA-256 of the altered picture, lower-case hex.
    pub altered_picture: String,
    /// Accounts of the fan club (innocent).
    pub fan_club: Vec<String>,
    /// Sender of the newsletter (innocent).
    pub newsletter_sender: String,
    /// Hosts that carry the press agency's article (innocent).
    pub syndicating_sites: Vec<String>,
    /// Day of the vote, `YYYY-MM-DD`.
    pub vote: String,
    /// First day on which the farm's activity is at its raised level, `YYYY-MM-DD`.
    pub raised_from: String,
}

/// A synthetic case.
pub struct Case {
    /// Its files, in order of path.
    pub files: Vec<File>,
    /// What was planted in them.
    pub planted: Planted,
}

/// Makes the case of this seed. The same seed gives the same bytes.
#[must_use]
pub fn make(_seed: u64) -> Case {
    Case { files: Vec::new(), planted: Planted::default() }
}
