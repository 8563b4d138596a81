//! How likely and how sure, as two things that never become one number.
//!
//! The words and intervals are those of ICD 203 (2015), D.6.e.2.a. The interval is the truth and is stored; a scale that
//! wants one whole number gets the middle of it. Wrong where: STIX draws its borders elsewhere, so a percentage that is
//! not a middle may change its word there (18 of 99 do); the middles do not.

use serde::{Deserialize, Serialize};

/// How likely something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// 1–5 %.
    AlmostNoChance,
    /// 5–20 %.
    VeryUnlikely,
    /// 20–45 %.
    Unlikely,
    /// 45–55 %.
    RoughlyEven,
    /// 55–80 %.
    Likely,
    /// 80–95 %.
    VeryLikely,
    /// 95–99 %.
    AlmostCertain,
}

impl Likelihood {
    /// All, from least to most.
    pub const ALL: [Self; 7] = [
        Self::AlmostNoChance,
        Self::VeryUnlikely,
        Self::Unlikely,
        Self::RoughlyEven,
        Self::Likely,
        Self::VeryLikely,
        Self::AlmostCertain,
    ];

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "almost no chance",
            Self::VeryUnlikely => "very unlikely",
            Self::Unlikely => "unlikely",
            Self::RoughlyEven => "roughly even chance",
            Self::Likely => "likely",
            Self::VeryLikely => "very likely",
            Self::AlmostCertain => "almost certain",
        }
    }

    /// Its interval in per cent.
    #[must_use]
    pub fn percent(self) -> (u8, u8) {
        match self {
            Self::AlmostNoChance => (1, 5),
            Self::VeryUnlikely => (5, 20),
            Self::Unlikely => (20, 45),
            Self::RoughlyEven => (45, 55),
            Self::Likely => (55, 80),
            Self::VeryLikely => (80, 95),
            Self::AlmostCertain => (95, 99),
        }
    }

    /// The middle of its interval in per cent, for scales that take one whole number.
    #[must_use]
    pub fn middle(self) -> u8 {
        let (low, high) = self.percent();
        (low + high) / 2
    }

    /// The word for a share of 1, where one interval holds it; borders belong to the more cautious word.
    #[must_use]
    pub fn of(share: f64) -> Self {
        let holds = |l: &Self| {
            if share < 0.5 {
                share < f64::from(l.percent().1) / 100.0
            } else {
                share <= f64::from(l.percent().1) / 100.0
            }
        };
        Self::ALL.into_iter().find(holds).unwrap_or(Self::AlmostCertain)
    }
}

/// How reliable a source has been, whatever it says now. Source: NATO AJP-2.1, STANAG 2511.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Reliability {
    /// Its letter.
    #[must_use]
    pub fn letter(self) -> char {
        char::from(b'A' + self as u8)
    }

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::A => "completely reliable",
            Self::B => "usually reliable",
            Self::C => "fairly reliable",
            Self::D => "not usually reliable",
            Self::E => "unreliable",
            Self::F => "reliability cannot be judged",
        }
    }
}

/// How credible what is said is, whoever says it. Source: NATO AJP-2.1, STANAG 2511.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Credibility {
    /// 1.
    Confirmed,
    /// 2.
    ProbablyTrue,
    /// 3.
    PossiblyTrue,
    /// 4.
    Doubtful,
    /// 5.
    Improbable,
    /// 6.
    CannotBeJudged,
}

impl Credibility {
    const ALL: [Self; 6] = [
        Self::Confirmed,
        Self::ProbablyTrue,
        Self::PossiblyTrue,
        Self::Doubtful,
        Self::Improbable,
        Self::CannotBeJudged,
    ];

    /// Its number, 1–6.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The word used in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed by other sources",
            Self::ProbablyTrue => "probably true",
            Self::PossiblyTrue => "possibly true",
            Self::Doubtful => "doubtful",
            Self::Improbable => "improbable",
            Self::CannotBeJudged => "truth cannot be judged",
        }
    }
}

impl From<Credibility> for u8 {
    fn from(c: Credibility) -> Self {
        c.number()
    }
}

impl TryFrom<u8> for Credibility {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        let at = usize::from(n).checked_sub(1);
        at.and_then(|at| Self::ALL.get(at)).copied().ok_or("credibility is a number from 1 to 6")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_intervals_meet_without_gap() {
        for two in Likelihood::ALL.windows(2) {
            assert_eq!(two[0].percent().1, two[1].percent().0);
        }
        for l in Likelihood::ALL {
            assert_eq!(Likelihood::of(f64::from(l.middle()) / 100.0), l);
        }
        for (share, word) in [
            (0.0, "almost no chance"),
            (0.5, "roughly even chance"),
            (0.55, "roughly even chance"),
            (0.45, "roughly even chance"),
            (1.0, "almost certain"),
        ] {
            assert_eq!(Likelihood::of(share).word(), word, "{share}");
        }
    }

    #[test]
    fn credibility_is_one_to_six() {
        for n in 1..=6 {
            assert_eq!(Credibility::try_from(n).map(u8::from), Ok(n));
        }
        assert!(Credibility::try_from(0).is_err() && Credibility::try_from(7).is_err());
        assert_eq!(Reliability::F.letter(), 'F');
    }
}
