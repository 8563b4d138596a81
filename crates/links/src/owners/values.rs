//! What the sites of a case have in common: values, who carries them, and what sharing one is worth.

use crate::Input;
use model::{ActorNo, Hashed, ObjectNo, Ownership, Share, Sort, Tie, When};
use rustc_hash::FxHashMap;

/// A value that at least two sites carry.
pub struct Value {
    pub object: ObjectNo,
    pub kind: u8,
    /// Number of its family.
    pub family: u8,
    /// In one of how many unrelated pairs it is shared.
    pub one_in: f64,
    /// What sharing it is worth; 0 for a platform.
    pub bits: f64,
    /// Most sites of a small case have it, so that the case cannot tell one owner from one supplier's package.
    pub hub: bool,
    pub carriers: Vec<Carrier>,
}

/// A site that carries a value, and from when to when it is known to.
#[derive(Clone, Copy)]
pub struct Carrier {
    pub site: u32,
    /// Microseconds, [`When::UNKNOWN`] where no time is known.
    pub first: i64,
    pub last: i64,
}

/// One kind's figures.
pub struct Says {
    pub family: u8,
    pub tie: Tie,
}

/// The sites of a case.
pub struct Sites {
    pub actors: Vec<ActorNo>,
    /// By kind.
    pub says: Vec<Option<Says>>,
    pub values: Vec<Value>,
    /// By site: indices of its values, in order.
    pub of: Vec<Vec<u32>>,
    /// By site: which kinds are known of it.
    pub known: Vec<[u64; 4]>,
    /// Sites built from another's pages: copy, original.
    pub copies: Vec<(u32, u32)>,
    /// Values of no weight, with how many sites carry them.
    pub platforms: Vec<(u32, ObjectNo)>,
}

impl Value {
    /// What it counts under: what a supplier sells as one (address, name servers, mail, register) is one thing where nothing in
    /// the case tells these apart.
    pub fn counts_as(&self) -> u8 {
        if self.hub { PACKAGE } else { self.family }
    }
}

/// The family of all hubs.
pub const PACKAGE: u8 = u8::MAX;
/// Sites without a value that are background enough to show that not everybody has it.
const BACKGROUND: usize = 20;
/// Values of kinds at least this rare among unrelated sites are nobody's package.
const SOLD: u32 = 50_000;

/// Values found more often than this among unrelated sites tie nobody by themselves.
pub const RARE: f64 = 50.0;

impl Sites {
    /// One pass over the table.
    pub fn of(input: &Input<'_>) -> Self {
        let mut sites = Self {
            actors: Vec::new(),
            says: says(input),
            values: Vec::new(),
            of: Vec::new(),
            known: Vec::new(),
            copies: Vec::new(),
            platforms: Vec::new(),
        };
        let mut place: FxHashMap<ActorNo, u32> = FxHashMap::default();
        let originals = Originals::of(input);
        let mut copies = Vec::new();
        input.shares.each_object(&mut |object, shares| {
            let kind = input.objects[object.0 as usize].kind.0;
            match input.kinds[usize::from(kind)].ownership {
                Ownership::None => {}
                Ownership::Shared(tie) => sites.take(input, object, kind, &tie, shares, &mut place),
                Ownership::CopiedFrom => {
                    if let Some(original) = originals.0.get(&(kind, input.objects[object.0 as usize].id)) {
                        copies.extend(shares.iter().map(|s| (s.actor, *original)));
                    }
                }
            }
        });
        sites.copied(&copies, &place);
        sites.hubs();
        sites.index();
        sites
    }

    pub fn len(&self) -> usize {
        self.actors.len()
    }

    fn take(
        &mut self,
        input: &Input<'_>,
        object: ObjectNo,
        kind: u8,
        tie: &Tie,
        shares: &[Share],
        place: &mut FxHashMap<ActorNo, u32>,
    ) {
        let mut carriers: Vec<Carrier> = Vec::new();
        for share in shares.iter().filter(|s| input.actors[s.actor.0 as usize].sort == Sort::Site) {
            let site = *place.entry(share.actor).or_insert_with(|| {
                self.actors.push(share.actor);
                self.known.push([0; 4]);
                (self.actors.len() - 1) as u32
            });
            self.known[site as usize][usize::from(kind >> 6)] |= 1 << (kind & 63);
            carriers.push(Carrier { site, first: share.micros, last: share.micros });
        }
        merge(&mut carriers);
        if carriers.len() < 2 {
            return;
        }
        let info = &input.objects[object.0 as usize];
        let one_in = common(tie, info.value.raw()).unwrap_or(tie.floor).max(1);
        let family = self.says[usize::from(kind)].as_ref().map_or(0, |s| s.family);
        let one_in = f64::from(one_in);
        self.values.push(Value { object, kind, family, one_in, bits: bits(tie, one_in), hub: false, carriers });
    }

    /// What a copy has in common with its original ties it to nobody.
    fn copied(&mut self, copies: &[(ActorNo, ActorNo)], place: &FxHashMap<ActorNo, u32>) {
        let pairs = copies.iter().filter_map(|(copy, of)| Some((*place.get(copy)?, *place.get(of)?)));
        self.copies = pairs.filter(|(copy, of)| copy != of).collect();
        self.copies.sort_unstable();
        self.copies.dedup();
        let mut of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        self.copies.iter().for_each(|(copy, original)| of.entry(*copy).or_default().push(*original));
        let says = &self.says;
        for value in &mut self.values {
            if says[usize::from(value.kind)].as_ref().is_some_and(|s| s.tie.copyable) && !of.is_empty() {
                let sites: Vec<u32> = value.carriers.iter().map(|c| c.site).collect();
                let has = |site: &u32| sites.binary_search(site).is_ok();
                value.carriers.retain(|c| !of.get(&c.site).is_some_and(|originals| originals.iter().any(has)));
            }
        }
        self.values.retain(|v| v.carriers.len() > 1);
    }

    /// Marks what more than half of the sites have of which as much is known, where few are left that have it not.
    fn hubs(&mut self) {
        let known: Vec<usize> = (0..self.says.len())
            .map(|kind| self.known.iter().filter(|k| k[kind >> 6] >> (kind & 63) & 1 == 1).count())
            .collect();
        for value in &mut self.values {
            let (all, have) = (known[usize::from(value.kind)], value.carriers.len());
            let sold = self.says[usize::from(value.kind)].as_ref().is_some_and(|s| s.tie.floor < SOLD);
            value.hub = sold && have * 2 > all && all.saturating_sub(have) < BACKGROUND;
        }
    }

    fn index(&mut self) {
        self.of = vec![Vec::new(); self.actors.len()];
        for (no, value) in self.values.iter().enumerate() {
            value.carriers.iter().for_each(|c| self.of[c.site as usize].push(no as u32));
        }
    }

    /// How many families are known of a site, of those whose kinds `other` lets through.
    pub fn families_known(&self, site: u32, other: impl Fn(u8) -> bool) -> usize {
        let mut seen = 0_u64;
        for (kind, says) in self.says.iter().enumerate() {
            let known = self.known[site as usize][kind >> 6] >> (kind & 63) & 1 == 1;
            if let Some(says) = says.as_ref().filter(|s| known && other(s.family)) {
                seen |= 1 << (says.family & 63);
            }
        }
        seen.count_ones() as usize
    }

    /// Takes weight from values that sites of many owners carry, `group` giving each site's first guess of an owner: the
    /// case is its own background.
    pub fn learn(&mut self, group: &[u32]) {
        let owners = distinct(group.iter().copied()).max(1) as f64;
        for at in 0..self.values.len() {
            let (many, platform) = self.told_apart(&self.values[at], group);
            let value = &mut self.values[at];
            if many > 1.0 {
                value.one_in = value.one_in.min((owners / (many - 1.0)).max(1.0));
            }
            if let Some(says) = &self.says[usize::from(value.kind)] {
                value.bits = if platform { 0.0 } else { bits(&says.tie, value.one_in) };
            }
            if platform || value.one_in < RARE {
                self.platforms.push((value.carriers.len() as u32, value.object));
            }
        }
    }

    /// How many owners can be told apart among those that carry a value, by all that is known of them otherwise; and
    /// whether nearly all of them are different. Owners count by how many of the sites they have (inverse Simpson), and
    /// only where both first guess and suppliers tell them apart.
    fn told_apart(&self, value: &Value, group: &[u32]) -> (f64, bool) {
        let judged = |c: &&Carrier| self.families_known(c.site, |f| f != value.family) >= 2;
        let sites: Vec<u32> = value.carriers.iter().filter(judged).map(|c| c.site).collect();
        let groups: Vec<u64> = sites.iter().map(|s| u64::from(group[*s as usize])).collect();
        let suppliers: Vec<u64> = sites.iter().filter_map(|s| self.suppliers(*s, value.family)).collect();
        let (many, different) = effective(groups);
        let many = if suppliers.len() >= 3 { many.min(effective(suppliers).0) } else { many };
        (many, many >= 5.0 && different * 2 > value.carriers.len())
    }

    /// A number for the suppliers a site has outside a family; `None` where fewer than two are known.
    fn suppliers(&self, site: u32, family: u8) -> Option<u64> {
        let (mut hash, mut many) = (0_u64, 0);
        for (kind, says) in self.says.iter().enumerate() {
            let known = self.known[site as usize][kind >> 6] >> (kind & 63) & 1 == 1;
            if !known || !says.as_ref().is_some_and(|s| s.tie.same >= SUPPLIER && s.family != family) {
                continue;
            }
            many += 1;
            let own = self.of[site as usize].iter().filter(|v| usize::from(self.values[**v as usize].kind) == kind);
            let own = own.fold(0, |h: u64, v| h.wrapping_mul(MIX).wrapping_add(u64::from(*v) + 1));
            // A value no other site carries is none of the list: it tells its site from all others.
            let own = if own == 0 { u64::from(site) << 32 } else { own };
            hash = hash.wrapping_mul(MIX).wrapping_add(own);
        }
        (many >= 2).then_some(hash)
    }
}

/// Percent of pairs of one owner that agree in what is a choice of supplier.
const SUPPLIER: u8 = 80;
/// An odd constant, so that the order counts (the 64-bit golden ratio).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many there are if large ones count more: one over the chance that two picked blindly are the same. And how many
/// different ones.
fn effective(mut of: Vec<u64>) -> (f64, usize) {
    of.sort_unstable();
    let all = of.len().max(1) as f64;
    let runs: Vec<f64> = of.chunk_by(|x, y| x == y).map(|run| run.len() as f64 / all).collect();
    let same: f64 = runs.iter().map(|p| p * p).sum();
    (if same > 0.0 { 1.0 / same } else { 0.0 }, runs.len())
}

fn says(input: &Input<'_>) -> Vec<Option<Says>> {
    let mut families: Vec<&str> = Vec::new();
    let mut number = |name: &'static str| {
        let at = families.iter().position(|f| *f == name);
        at.unwrap_or_else(|| {
            families.push(name);
            families.len() - 1
        }) as u8
    };
    let mut one = |o: &Ownership| match o {
        Ownership::Shared(tie) => Some(Says { family: number(tie.family), tie: *tie }),
        _ => None,
    };
    input.kinds.iter().map(|k| one(&k.ownership)).collect()
}

/// Sites by the id their name has as a value of a kind that names originals.
struct Originals(FxHashMap<(u8, u64), ActorNo>);

impl Originals {
    fn of(input: &Input<'_>) -> Self {
        let mut out = FxHashMap::default();
        for (no, kind) in input.kinds.iter().enumerate().filter(|(_, k)| k.ownership == Ownership::CopiedFrom) {
            for (actor, info) in input.actors.iter().enumerate().filter(|(_, a)| a.sort == Sort::Site) {
                let id = Hashed::of(kind.card.id.as_bytes(), info.name.raw().as_bytes()).id;
                out.insert((no as u8, id), ActorNo(actor as u32));
            }
        }
        Self(out)
    }
}

/// One carrier a site, with all the time it is known for.
fn merge(carriers: &mut Vec<Carrier>) {
    carriers.sort_by_key(|c| (c.site, c.first));
    carriers.dedup_by(|next, kept| {
        let same = next.site == kept.site;
        if same {
            kept.first = if kept.first == When::UNKNOWN { next.first } else { kept.first };
            kept.last = kept.last.max(next.last);
        }
        same
    });
}

/// In one of how many sites a value is found that the kind knows as common.
fn common(tie: &Tie, value: &str) -> Option<u32> {
    let is = |pattern: &str| match pattern.strip_prefix('^') {
        Some(start) => value.starts_with(start),
        None => value.contains(pattern),
    };
    tie.common.iter().filter(|(pattern, _)| is(pattern)).map(|(_, one_in)| *one_in).min()
}

fn bits(tie: &Tie, one_in: f64) -> f64 {
    (f64::from(tie.same) / 100.0 * one_in).log2().max(0.0)
}

fn distinct(items: impl Iterator<Item = u32>) -> usize {
    let mut all: Vec<u32> = items.collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}
