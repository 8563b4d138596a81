//! Turns a scene into numbered actors, objects and traces, as a case would.

use super::{Deed, KINDS, START, Scene, articles, imitations, links, owners, room};
use model::{
    Activity, ActorInfo, ActorNo, Articles, Board, Card, EvidenceId, HOUR, Hashed, Imitations, KindInfo, KindNo,
    Linked, Mailroom, ObjectInfo, ObjectNo, Owners, Settings, Share, Shares, Sort, When,
};
use std::collections::BTreeMap;

/// A scene ready to be looked at.
pub struct Stage {
    settings: Settings,
    kinds: Vec<KindInfo>,
    actors: Vec<ActorInfo>,
    objects: Vec<ObjectInfo>,
    evidence: Vec<EvidenceId>,
    linked: Linked,
    owners: Owners,
    imitations: Imitations,
    articles: Articles,
    mailroom: Mailroom,
    activity: Activity,
    table: Table,
}

/// The trace table in memory.
pub(super) struct Table(pub(super) Vec<Share>);

impl Shares for Table {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        for group in self.0.chunk_by(|x, y| x.object == y.object) {
            f(group[0].object, group);
        }
    }

    fn of_objects(&self, objects: &[ObjectNo]) -> Vec<Share> {
        let (mut out, mut from) = (Vec::new(), 0);
        for object in objects {
            let mut ahead = 8;
            while from + ahead < self.0.len() && self.0[from + ahead].object < *object {
                from += ahead;
                ahead *= 2;
            }
            let end = (from + ahead).min(self.0.len());
            from += self.0[from..end].partition_point(|s| s.object < *object);
            let many = self.0[from..].iter().take_while(|s| s.object == *object).count();
            out.extend_from_slice(&self.0[from..from + many]);
            from += many;
        }
        out
    }
}

impl Stage {
    /// The board.
    #[must_use]
    pub fn board(&self) -> Board<'_> {
        Board {
            settings: &self.settings,
            kinds: &self.kinds,
            actors: &self.actors,
            objects: &self.objects,
            evidence: &self.evidence,
            linked: &self.linked,
            owners: &self.owners,
            imitations: &self.imitations,
            articles: &self.articles,
            mailroom: &self.mailroom,
            activity: &self.activity,
            shares: &self.table,
        }
    }

    /// How many traces there are.
    #[must_use]
    pub fn traces(&self) -> usize {
        self.table.0.len()
    }
}

pub(super) fn build(scene: &Scene) -> Stage {
    let kinds: Vec<KindInfo> = KINDS.iter().map(kind).collect();
    let (mut actors, actor_nos) = actors(&scene.deeds);
    let (mut objects, object_nos) = objects(&scene.deeds);
    let mut rows: BTreeMap<(ActorNo, i32), u32> = BTreeMap::new();
    let mut shares = Vec::new();
    for (n, deed) in scene.deeds.iter().enumerate() {
        let actor = actor_nos[&(deed.sort, deed.actor.as_str())];
        let micros = deed.at.map_or(When::UNKNOWN, |s| (START + s) * When::SECOND);
        actors[actor.0 as usize].records += 1;
        if micros != When::UNKNOWN {
            *rows.entry((actor, micros.div_euclid(HOUR) as i32)).or_default() += 1;
        }
        for (kind, value) in &deed.traces {
            let object = object_nos[&(*kind, value.as_str())];
            actors[actor.0 as usize].traces += 1;
            shares.push(Share { object, actor, micros, evidence: n as u32, len: 0, at: 0 });
        }
    }
    shares.sort_unstable_by_key(Share::key);
    shares.dedup();
    sum_up(&shares, &actors, &mut objects);
    let table = Table(shares);
    let imitations = imitations::see(scene, &actors, &objects);
    let articles = articles::open(scene, &actor_nos);
    let mailroom = room::open(scene, &actor_nos);
    let owners = owners::tie(&kinds, &actors, &objects, &table);
    let linked = links::link(&kinds, &actors, &objects, &table, &scene.settings.links);
    Stage {
        settings: scene.settings.clone(),
        evidence: (0..scene.deeds.len()).map(|n| EvidenceId(n as u64)).collect(),
        activity: Activity { rows: rows.into_iter().map(|((a, h), n)| (a, h, n)).collect() },
        kinds,
        actors,
        objects,
        linked,
        owners,
        imitations,
        articles,
        mailroom,
        table,
    }
}

fn kind((id, window): &(&'static str, Option<i64>)) -> KindInfo {
    let card = Card { id, about: "a kind of the scene", source: "ours" };
    let window = window.map(|s| s * When::SECOND);
    KindInfo { card, window, alike: false, ownership: super::ownership(id) }
}

fn actors(deeds: &[Deed]) -> (Vec<ActorInfo>, BTreeMap<(Sort, &str), ActorNo>) {
    let mut names: Vec<(Sort, &str)> = deeds.iter().map(|d| (d.sort, d.actor.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    let infos = names.iter().map(|(sort, name)| ActorInfo {
        id: Hashed::of(sort.word().as_bytes(), name.as_bytes()).id,
        sort: *sort,
        name: (*name).into(),
        traces: 0,
        records: 0,
    });
    let infos = infos.collect();
    (infos, names.into_iter().zip((0..).map(ActorNo)).collect())
}

fn objects(deeds: &[Deed]) -> (Vec<ObjectInfo>, BTreeMap<(u8, &str), ObjectNo>) {
    let mut all: Vec<(u8, u64, &str)> = deeds
        .iter()
        .flat_map(|d| &d.traces)
        .map(|(kind, value)| (*kind, Hashed::of(&[*kind], value.as_bytes()).id, value.as_str()))
        .collect();
    all.sort_unstable();
    all.dedup();
    let infos = all.iter().map(|(kind, id, value)| ObjectInfo {
        id: *id,
        kind: KindNo(*kind),
        value: (*value).into(),
        shares: 0,
        actors: 0,
        sorts: 0,
        first: When::UNKNOWN,
        last: When::UNKNOWN,
    });
    let infos = infos.collect();
    (infos, all.into_iter().zip((0..).map(ObjectNo)).map(|((k, _, v), no)| ((k, v), no)).collect())
}

fn sum_up(shares: &[Share], actors: &[ActorInfo], objects: &mut [ObjectInfo]) {
    for group in shares.chunk_by(|x, y| x.object == y.object) {
        let object = &mut objects[group[0].object.0 as usize];
        let mut who: Vec<ActorNo> = group.iter().map(|s| s.actor).collect();
        who.sort_unstable();
        who.dedup();
        object.shares = group.len() as u32;
        object.actors = who.len() as u32;
        object.sorts = who.iter().fold(0, |bits, a| bits | actors[a.0 as usize].sort.bit());
        let known = group.iter().map(|s| s.micros).filter(|m| *m != When::UNKNOWN);
        object.first = known.clone().min().unwrap_or(When::UNKNOWN);
        object.last = known.max().unwrap_or(When::UNKNOWN);
    }
}
