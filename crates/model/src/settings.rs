//! Everything that changes results. Kept in the case's `case.toml` and written into the report.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The settings of a case. Unknown keys are errors.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// What the case is about.
    pub case: CaseSettings,
    /// How posts are read.
    pub posts: PostSettings,
    /// How actors are linked.
    pub links: LinkSettings,
    /// When a pattern becomes a finding.
    pub findings: FindingSettings,
    /// Whose names must not be imitated.
    pub protect: ProtectSettings,
    /// How single mails are judged.
    pub mail: MailSettings,
    /// What people hold of published lists.
    pub lists: ListSettings,
    /// A seal to hold the evidence against.
    pub seal: SealSettings,
    /// Bounds on hostile evidence.
    pub limits: Limits,
}

/// What the case is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct CaseSettings {
    /// Title of the report.
    pub title: String,
    /// The question the case is to answer.
    pub question: String,
    /// Day of the vote, `YYYY-MM-DD`; marked on the timeline.
    pub vote: String,
    /// True when the evidence is made up (the demo): every output says so.
    pub synthetic: bool,
    /// With whom what is exported may be shared: `clear`, `green`, `amber`, `amber+strict` or `red`.
    pub tlp: Tlp,
}

/// With whom something may be shared. Source: FIRST, Traffic Light Protocol 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tlp {
    /// Anyone.
    Clear,
    /// The community.
    Green,
    /// Those who need to know, in the receiver's organisation and its clients.
    #[default]
    Amber,
    /// Those who need to know, in the receiver's organisation only.
    #[serde(rename = "amber+strict")]
    AmberStrict,
    /// The persons it was given to.
    Red,
}

impl Tlp {
    /// As it is written after `TLP:`, in lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber+strict",
            Self::Red => "red",
        }
    }
}

/// How posts are read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PostSettings {
    /// Names of the columns, where they are not recognised by themselves.
    pub columns: PostColumns,
}

/// Column names (or JSON paths with dots) by role; empty means "find it".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PostColumns {
    /// Who posted.
    pub account: String,
    /// The post's id.
    pub post: String,
    /// When.
    pub time: String,
    /// The words.
    pub text: String,
    /// Id of the post reposted.
    pub reposted: String,
    /// Id of the post (or account) replied to.
    pub reply_to: String,
    /// URLs.
    pub urls: String,
    /// Hashtags.
    pub hashtags: String,
    /// Accounts mentioned.
    pub mentions: String,
    /// Hashes or ids of media.
    pub media: String,
    /// Platform.
    pub platform: String,
    /// An opaque shared object.
    pub object: String,
    /// The program posted with.
    pub client: String,
}

impl PostColumns {
    /// Role and column, for those that are set, in a fixed order.
    #[must_use]
    pub fn set(&self) -> Vec<(&'static str, &str)> {
        [
            ("account", &self.account),
            ("post", &self.post),
            ("time", &self.time),
            ("text", &self.text),
            ("reposted", &self.reposted),
            ("reply-to", &self.reply_to),
            ("urls", &self.urls),
            ("hashtags", &self.hashtags),
            ("mentions", &self.mentions),
            ("media", &self.media),
            ("platform", &self.platform),
            ("object", &self.object),
            ("client", &self.client),
        ]
        .into_iter()
        .filter(|(_, column)| !column.is_empty())
        .map(|(role, column)| (role, column.as_str()))
        .collect()
    }
}

/// A length of time, written `90s`, `10m`, `6h`, `2d` or `500ms`, or `"off"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seconds {
    /// Microseconds; `None` when off.
    pub micros: Option<i64>,
}

impl TryFrom<String> for Seconds {
    type Error = String;
    fn try_from(s: String) -> Result<Self, String> {
        if s == "off" {
            return Ok(Self { micros: None });
        }
        let digits = s.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit: i64 = match &s[digits.len()..] {
            "ms" => 1_000,
            "s" => 1_000_000,
            "m" => 60_000_000,
            "h" => 3_600_000_000,
            "d" => 86_400_000_000,
            _ => {
                return Err(format!("\"{}\" is not a length of time: write 90s, 10m, 6h, 2d or off", s.escape_debug()));
            }
        };
        let n: i64 =
            digits.parse().map_err(|_| format!("\"{}\" is not a whole number and a unit", s.escape_debug()))?;
        let micros = n.checked_mul(unit).filter(|m| *m >= 0).ok_or("that length of time is out of range")?;
        Ok(Self { micros: Some(micros) })
    }
}

impl From<Seconds> for String {
    fn from(s: Seconds) -> Self {
        match s.micros {
            None => "off".to_owned(),
            Some(m) if m % 1_000_000 != 0 => format!("{}ms", m / 1000),
            Some(m) => format!("{}s", m / 1_000_000),
        }
    }
}

/// How actors are linked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct LinkSettings {
    /// Window by trace kind, over the kind's own default.
    pub windows: BTreeMap<String, Seconds>,
    /// Fewest distinct objects of one kind that two actors must share.
    pub min_objects: u32,
    /// False discovery rate at which links are kept.
    pub fdr: f64,
    /// Seed of the community search and of the shuffles.
    pub seed: u64,
    /// Most shuffles that check what chance gives; fewer in large tables, 0 for none.
    pub shuffles: u32,
    /// Accounts, things and domains known to be innocent, such as a syndication service: no link rests on them.
    pub allow: Vec<String>,
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self { windows: BTreeMap::new(), min_objects: 2, fdr: 0.05, seed: 1, shuffles: 20, allow: Vec::new() }
    }
}

/// When a pattern becomes a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct FindingSettings {
    /// Fewest members of a lockstep network.
    pub lockstep_members: u32,
    /// Fewest accounts with the same words.
    pub copy_paste_accounts: u32,
    /// Fewest mailboxes reached by a wave.
    pub wave_mailboxes: u32,
    /// Most actors that may share a trace for it to count as rare enough for a bridge.
    pub bridge_actors: u32,
    /// Largest p at which a burst is reported.
    pub burst_p: f64,
    /// Most findings of one kind in the report; the rest are counted.
    pub most: u32,
}

impl Default for FindingSettings {
    fn default() -> Self {
        Self {
            lockstep_members: 3,
            copy_paste_accounts: 4,
            wave_mailboxes: 3,
            bridge_actors: 12,
            burst_p: 0.001,
            most: 50,
        }
    }
}

/// Whose names must not be imitated, in mails and anywhere else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ProtectSettings {
    /// Lines of the list of outlets: `paper.example | names: The Paper | own: paper.test`; mailboxes too (docs/lookalikes.md).
    pub outlets: Vec<String>,
    /// Names and own domains that come with the program are not added.
    pub only_list: bool,
}

/// How single mails are judged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct MailSettings {
    /// Domains and mailboxes that must not be imitated by senders, beside those of `[protect]`. A mailbox's own domain always
    /// counts.
    pub protect: Vec<String>,
    /// Names of one's own mail servers, where they are not of the mailbox's domain: whose checks are believed.
    pub servers: Vec<String>,
    /// Evidence that holds DNS records somebody kept, by SHA-256: with them SPF, DKIM, DMARC and ARC are verified again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dns: Vec<String>,
}

/// A leak seal to hold the evidence against; paths, a relative one from the case's folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct SealSettings {
    /// The seal; empty for none.
    pub file: String,
    /// The key that opens it.
    pub key: String,
}

/// What people hold of published lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ListSettings {
    /// Grade of a list's source and word on the Admiralty scale (`B2`), by the id of the list's file (`e:…`).
    pub grades: BTreeMap<String, String>,
}

/// Bounds on hostile evidence. Reaching one is noted, never silent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Limits {
    /// Containers inside containers.
    pub depth: u32,
    /// Things unpacked from one input file.
    pub children: u64,
    /// Unpacked bytes per packed byte, counted once more than 64 MiB were unpacked.
    pub ratio: u64,
    /// Bytes unpacked from one input file.
    pub unpacked: u64,
    /// Bytes of one thing that must stand in memory whole (a mail, a page, a document).
    pub whole: u64,
    /// Bytes of one row of a table.
    pub row: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 8, children: 2_000_000, ratio: 200, unpacked: 64 << 30, whole: 64 << 20, row: 4 << 20 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (text, micros) in
            [("60s", Some(60_000_000)), ("500ms", Some(500_000)), ("2h", Some(7_200_000_000)), ("off", None)]
        {
            let s = Seconds::try_from(text.to_owned()).expect(text);
            assert_eq!(s.micros, micros);
            assert_eq!(Seconds::try_from(String::from(s)).expect("again"), s);
        }
        for bad in ["", "s", "60", "-5s", "9999999999999999999d", "99999999999999d", "é"] {
            assert!(Seconds::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
