//! Who shares what with whom.

use crate::{ActorNo, Chance, KindNo, ObjectNo, Share, Spell};

/// What two actors shared of one kind, within its window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KindCount {
    /// The kind.
    pub kind: KindNo,
    /// The time between their touches within which this is counted, in microseconds: the kind's window, or more where
    /// slower crowds show the link.
    pub within: i64,
    /// Distinct objects both touched within that time: the link's weight.
    pub objects: u32,
    /// Pairs of touches within the window, over all objects.
    pub times: u32,
    /// Of those, how often the link's first actor was strictly earlier.
    pub first_leads: u32,
    /// Of those, how often the second actor was strictly earlier. The rest were simultaneous.
    pub second_leads: u32,
    /// Sum over those pairs of the time between, in microseconds.
    pub lag: i64,
    /// Objects expected by chance under the stated null model.
    pub expected: f64,
    /// Probability of at least `objects` by chance.
    pub p: f64,
}

/// One object that two actors both touched within the window: the pair of traces that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WitnessPair {
    /// The object.
    pub object: ObjectNo,
    /// The link's first actor's touch.
    pub first: Share,
    /// The link's second actor's touch.
    pub second: Share,
}

/// Two actors that acted together.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The actor with the smaller number.
    pub a: ActorNo,
    /// The other.
    pub b: ActorNo,
    /// What they shared, by kind, in order of kind.
    pub kinds: Vec<KindCount>,
    /// Smallest p over kinds, times the number of kinds tested for this pair (Bonferroni), at most 1.
    pub p: f64,
    /// Benjamini–Hochberg adjusted p over all pairs tested.
    pub q: f64,
    /// A few objects that show it, rarest first.
    pub witnesses: Vec<WitnessPair>,
    /// When the two met, as far as times are known, earliest first.
    pub met: Vec<Spell>,
}

impl Link {
    /// The kind that shows the link best: the one with the smallest p, the largest count among equals.
    #[must_use]
    pub fn strongest(&self) -> Option<&KindCount> {
        self.kinds.iter().min_by(|x, y| x.p.total_cmp(&y.p).then(y.objects.cmp(&x.objects)))
    }

    /// The largest number of distinct objects over the kinds. Kinds overlap (one post carries a text, a URL and
    /// tags), so they are never added up.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.kinds.iter().map(|k| k.objects).max().unwrap_or(0)
    }
}

/// A member of a network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Who.
    pub actor: ActorNo,
    /// Number of links inside the network.
    pub degree: u32,
    /// Eigenvector centrality within the network, largest = 1.
    pub centrality: f64,
    /// Share of its lead/lag relations in which it was first, 0–1; 0.5 when there are none.
    pub leads: f64,
}

/// A community of linked actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Members, most central first, then by number.
    pub members: Vec<Member>,
    /// Indices into [`Linked::links`] of the links inside.
    pub links: Vec<usize>,
    /// Distinct objects shared by at least two members within the window, by kind.
    pub objects: Vec<(KindNo, u32)>,
    /// How many of its members still hang together at other windows and thresholds.
    pub stability: Vec<Survival>,
    /// Chance over the whole network: links expected among as many pairs.
    pub chance: Chance,
    /// What shuffles left of the links between its members; `None` where none were made.
    pub permuted: Option<Permuted>,
}

/// What seeded shuffles of the table gave at the same cut, to stand beside what the null models say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permuted {
    /// In how many shuffles accounts were dealt anew.
    pub shuffles: u32,
    /// Links a shuffle, on average, when accounts were dealt anew over acts of like kinds, popularity and hours.
    pub accounts: f64,
    /// In how many shuffles times were dealt anew.
    pub timed: u32,
    /// Links a shuffle, on average, when times were dealt anew within each thing: who shared what is left as it is.
    pub times: f64,
}

/// What is left of a network when a link asks for so many objects of one kind, touched by both within so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survival {
    /// Microseconds.
    pub within: i64,
    /// Fewest objects of one kind.
    pub objects: u32,
    /// Of its links, how many reach that.
    pub links: u32,
    /// Members of the largest part that these links hold together.
    pub members: u32,
}

/// How strongly one actor acts together with others, whether or not a link of it survived the cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActorScore {
    /// Who.
    pub actor: ActorNo,
    /// 0–1, for ranking: e ÷ (e + 6), where e is the evidence in powers of ten against chance. 0.5 is a millionth.
    /// It is no probability of guilt and not comparable between tables with different backgrounds.
    pub score: f64,
}

impl ActorScore {
    /// Evidence of one millionth scores one half.
    const HALF: f64 = 6.0;

    /// From the natural logarithm of the probability that chance alone gives an actor as much.
    #[must_use]
    pub fn of(actor: ActorNo, ln_p: f64) -> Self {
        let tens = (-ln_p / std::f64::consts::LN_10).max(0.0);
        Self { actor, score: tens / (tens + Self::HALF) }
    }
}

/// A claim that the data cannot support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insufficient {
    /// What cannot be said, e.g. `meetings within 60s of kind url`.
    pub what: String,
    /// Why: in a sentence that ends with a full stop.
    pub why: String,
}

/// What a way of linking found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linked {
    /// Links that survived the cut, sorted by (a, b).
    pub links: Vec<Link>,
    /// Communities of those links with at least two members, largest first.
    pub networks: Vec<Network>,
    /// A score for every actor with evidence, sorted by actor. Actors left out have none (a score of 0).
    pub scores: Vec<ActorScore>,
    /// What the data cannot say, and why.
    pub insufficient: Vec<Insufficient>,
    /// How many pairs were tested.
    pub tested: u64,
    /// Links expected to be false among those kept: the sum over kept links of the FDR bound.
    pub expected_false: f64,
    /// The same by shuffles, over all links; `None` where none were made.
    pub permuted: Option<Permuted>,
    /// What a reader must know: objects too popular to say anything, kinds without data.
    pub remarks: Vec<String>,
}
