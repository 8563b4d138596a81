//! Any small trace table is linked without a panic, twice the same: five bytes a touch (actor, object, time).
#![no_main]

use libfuzzer_sys::fuzz_target;
use links::{Input, WAYS};
use model::{
    ActorInfo, ActorNo, Card, EvidenceId, KindInfo, KindNo, LinkSettings, ObjectInfo, ObjectNo, Quote, Share, Shares, Sort, When,
};

struct Table(Vec<Share>);

impl Shares for Table {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        self.0.chunk_by(|a, b| a.object == b.object).for_each(|rows| f(rows[0].object, rows));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let share = |(at, b): (usize, &[u8])| Share {
        object: ObjectNo(u32::from(b[1] % 32)),
        actor: ActorNo(u32::from(b[0] % 32)),
        micros: if b[2] == 255 { When::UNKNOWN } else { i64::from(u32::from_be_bytes([0, b[2], b[3], b[4]])) * 1_000_000 },
        evidence: 0,
        len: 1,
        at: at as u64,
    };
    let mut rows: Vec<Share> = bytes.chunks_exact(5).take(4000).enumerate().map(share).collect();
    rows.sort_by_key(Share::key);
    let kinds = [KindInfo { card: Card { id: "k", about: "", source: "" }, window: Some(60_000_000), alike: false, ownership: model::Ownership::None }];
    let actor = |n: u32| ActorInfo { id: u64::from(n), sort: Sort::Account, name: Quote::from("a"), traces: 1, records: 1 };
    let actors: Vec<ActorInfo> = (0..32).map(actor).collect();
    let mut objects = Vec::new();
    for n in 0..32 {
        let of: Vec<&Share> = rows.iter().filter(|r| r.object.0 == n).collect();
        let mut who: Vec<ActorNo> = of.iter().map(|r| r.actor).collect();
        who.sort_unstable();
        who.dedup();
        objects.push(ObjectInfo {
            id: u64::from(n),
            kind: KindNo(0),
            value: Quote::from("v"),
            shares: of.len() as u32,
            actors: who.len() as u32,
            sorts: 1,
            first: When::UNKNOWN,
            last: When::UNKNOWN,
        });
    }
    let table = Table(rows);
    let settings = LinkSettings::default();
    let input = Input {
        kinds: &kinds,
        actors: &actors,
        objects: &objects,
        evidence: &[EvidenceId(1)],
        shares: &table,
        settings: &settings,
    };
    for way in WAYS {
        assert!((way.link)(&input) == (way.link)(&input), "{}", way.card.id);
    }
});
