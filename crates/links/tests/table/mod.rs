//! A small trace table in memory, for tests.
#![allow(dead_code)]

use model::{
    ActorInfo, ActorNo, Card, KindInfo, KindNo, LinkSettings, ObjectInfo, ObjectNo, Ownership, Quote, Share, Shares,
    Sort, When,
};

/// A trace table and all that goes with it.
pub struct Table {
    pub kinds: Vec<KindInfo>,
    pub actors: Vec<ActorInfo>,
    pub objects: Vec<ObjectInfo>,
    pub rows: Vec<Share>,
    pub settings: LinkSettings,
}

/// A touch at a number of seconds.
pub fn touch(object: u32, actor: u32, seconds: i64) -> Share {
    let micros = seconds.saturating_mul(When::SECOND);
    Share { object: ObjectNo(object), actor: ActorNo(actor), micros, evidence: 0, len: 1, at: 0 }
}

impl Table {
    /// One kind with a window in seconds, and touches as (object, actor, seconds).
    pub fn new(window: i64, touches: &[(u32, u32, i64)]) -> Self {
        Self::of_kinds(&[Some(window)], |_| 0, touches)
    }

    /// Several kinds with their windows in seconds; `kind_of` must grow with the object number.
    pub fn of_kinds(windows: &[Option<i64>], kind_of: impl Fn(u32) -> u8, touches: &[(u32, u32, i64)]) -> Self {
        let rows: Vec<Share> = touches
            .iter()
            .enumerate()
            .map(|(at, &(o, a, s))| Share {
                at: at as u64,
                micros: if s == i64::MIN { s } else { touch(o, a, s).micros },
                ..touch(o, a, 0)
            })
            .collect();
        let card = Card { id: "k", about: "a kind for tests", source: "ours" };
        let kinds = windows
            .iter()
            .map(|w| KindInfo { card, window: w.map(|s| s * When::SECOND), alike: false, ownership: Ownership::None })
            .collect();
        Self { kinds, actors: vec![], objects: vec![], rows, settings: LinkSettings::default() }.rebuilt(kind_of)
    }

    fn describe(&mut self, kind_of: impl Fn(u32) -> u8) {
        let actors = self.rows.iter().map(|r| r.actor.0 + 1).max().unwrap_or(0);
        let mut traces = vec![0; actors as usize];
        self.rows.iter().for_each(|r| traces[r.actor.0 as usize] += 1);
        self.actors = (0..actors)
            .map(|n| ActorInfo {
                id: u64::from(n),
                sort: Sort::Account,
                name: Quote::from(format!("u{n}")),
                traces: traces[n as usize],
                records: traces[n as usize],
            })
            .collect();
        let objects = self.rows.last().map_or(0, |r| r.object.0 + 1);
        self.objects = (0..objects).map(|n| info(n, kind_of(n))).collect();
        for group in self.rows.chunk_by(|x, y| x.object == y.object) {
            let mut actors: Vec<u32> = group.iter().map(|r| r.actor.0).collect();
            actors.sort_unstable();
            actors.dedup();
            let object = &mut self.objects[group[0].object.0 as usize];
            (object.shares, object.actors) = (group.len() as u32, actors.len() as u32);
        }
    }

    /// As a way of linking sees it.
    pub fn input(&self) -> super::Input<'_> {
        super::Input {
            kinds: &self.kinds,
            actors: &self.actors,
            objects: &self.objects,
            evidence: &[],
            shares: self,
            settings: &self.settings,
        }
    }

    /// The same table with the column of times shuffled over all rows with a known time.
    pub fn with_times_shuffled(&self, seed: u64) -> Self {
        let mut times: Vec<i64> = self.rows.iter().map(|r| r.micros).collect();
        Dice(seed).shuffle(&mut times);
        let mut rows = self.rows.clone();
        rows.iter_mut().zip(times).for_each(|(r, t)| r.micros = t);
        self.with_rows(rows)
    }

    /// The same table with the column of actors shuffled within each kind.
    pub fn with_actors_shuffled(&self, seed: u64) -> Self {
        let mut rows = self.rows.clone();
        for part in
            rows.chunk_by_mut(|x, y| self.objects[x.object.0 as usize].kind == self.objects[y.object.0 as usize].kind)
        {
            let mut actors: Vec<ActorNo> = part.iter().map(|r| r.actor).collect();
            Dice(seed).shuffle(&mut actors);
            part.iter_mut().zip(actors).for_each(|(r, a)| r.actor = a);
        }
        self.with_rows(rows)
    }

    fn with_rows(&self, rows: Vec<Share>) -> Self {
        let kinds: Vec<u8> = self.objects.iter().map(|o| o.kind.0).collect();
        Self { rows, kinds: self.kinds.clone(), settings: self.settings.clone(), actors: vec![], objects: vec![] }
            .rebuilt(|o| kinds[o as usize])
    }

    /// The same table after its rows were changed.
    pub fn rebuilt(mut self, kind_of: impl Fn(u32) -> u8) -> Self {
        self.rows.sort_by_key(Share::key);
        self.describe(kind_of);
        self
    }
}

fn info(n: u32, kind: u8) -> ObjectInfo {
    ObjectInfo {
        id: u64::from(n),
        kind: KindNo(kind),
        value: Quote::from(format!("o{n}")),
        shares: 0,
        actors: 0,
        sorts: 1,
        first: When::UNKNOWN,
        last: When::UNKNOWN,
    }
}

impl Shares for Table {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        self.rows.chunk_by(|x, y| x.object == y.object).for_each(|group| f(group[0].object, group));
    }
}

/// SplitMix64: repeatable chance.
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    /// Fisher and Yates.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}
