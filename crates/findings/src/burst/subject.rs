//! Whose activity is looked at: networks, single actors outside them, and whole channels.

use super::Burst;
use super::scan::Grid;
use crate::words;
use model::{ActorNo, Board, HOUR, Share, Sort, When};
use std::collections::{BTreeMap, BTreeSet};

/// Most single actors looked at: the most active.
const ACTORS: usize = 200;
/// Fewest records of a subject.
const RECORDS: u64 = 20;
const NONE: u32 = u32::MAX;

/// Somebody whose records are counted.
pub(super) struct Subject {
    /// `An account`, `12 accounts of a network`.
    pub(super) name: String,
    pub(super) one: bool,
    pub(super) network: bool,
    /// Ids for the finding's id.
    pub(super) about: Vec<u64>,
    /// Members; of a channel the most active.
    pub(super) actors: Vec<ActorNo>,
    pub(super) channel: Option<Sort>,
    /// Records by bin.
    pub(super) counts: Vec<u32>,
}

/// All subjects that have a background to be seen against, and the records of everyone by bin.
pub(super) fn all(board: &Board<'_>, grid: &Grid) -> (Vec<Subject>, Vec<u64>) {
    let mut subjects = networks(board);
    subjects.extend(single(board, &subjects));
    let mut of_actor = vec![NONE; board.actors.len()];
    for (i, subject) in subjects.iter_mut().enumerate() {
        subject.counts = vec![0; grid.bins];
        subject.actors.iter().for_each(|a| of_actor[a.0 as usize] = i as u32);
    }
    let mut channels: Vec<Subject> = Sort::ALL.iter().map(|s| channel(*s, grid.bins)).collect();
    let mut total = vec![0_u64; grid.bins];
    for (actor, hour, n) in &board.activity.rows {
        let Some(bin) = grid.bin(*hour) else { continue };
        total[bin] += u64::from(*n);
        let add = |c: &mut u32| *c = c.saturating_add(*n);
        add(&mut channels[board.actor(*actor).sort as usize].counts[bin]);
        if let Some(subject) = subjects.get_mut(of_actor[actor.0 as usize] as usize) {
            add(&mut subject.counts[bin]);
        }
    }
    subjects.extend(channels);
    let records: u64 = total.iter().sum();
    subjects.retain(|s| seen_against(s, records));
    busiest(board, &mut subjects);
    (subjects, total)
}

/// Enough records, and enough of others: a channel needs a quarter of its own, anyone else at least as many.
fn seen_against(subject: &Subject, records: u64) -> bool {
    let own: u64 = subject.counts.iter().map(|c| u64::from(*c)).sum();
    let rest = records.saturating_sub(own);
    let least = if subject.channel.is_some() { own / 4 } else { own };
    own >= RECORDS && rest >= least.max(100)
}

fn networks(board: &Board<'_>) -> Vec<Subject> {
    let least = board.settings.findings.lockstep_members as usize;
    let of = board.linked.networks.iter().filter(|n| n.members.len() >= least.max(2));
    of.map(|n| {
        let actors: Vec<ActorNo> = n.members.iter().map(|m| m.actor).collect();
        Subject {
            name: format!("{} of a network", words::who(board, &actors)),
            one: false,
            network: true,
            about: actors.iter().take(3).map(|a| board.actor(*a).id).collect(),
            actors,
            channel: None,
            counts: Vec::new(),
        }
    })
    .collect()
}

/// The most active actors that are in no network.
fn single(board: &Board<'_>, networks: &[Subject]) -> Vec<Subject> {
    let taken: BTreeSet<ActorNo> = networks.iter().flat_map(|n| n.actors.iter().copied()).collect();
    let mut busy: Vec<(u64, ActorNo)> = board
        .actors
        .iter()
        .zip((0..).map(ActorNo))
        .filter(|(a, no)| a.records >= RECORDS && !taken.contains(no))
        .map(|(a, no)| (a.records, no))
        .collect();
    busy.sort_by_key(|b| (std::cmp::Reverse(b.0), b.1));
    busy.truncate(ACTORS);
    let subject = |(_, actor): (u64, ActorNo)| Subject {
        name: match board.actor(actor).sort {
            Sort::Account => "An account",
            Sort::Mailbox => "A mail sender",
            Sort::Site => "A site",
            Sort::Host => "A host",
            Sort::File => "A file",
        }
        .to_owned(),
        one: true,
        network: false,
        about: vec![board.actor(actor).id],
        actors: vec![actor],
        channel: None,
        counts: Vec::new(),
    };
    busy.into_iter().map(subject).collect()
}

fn channel(sort: Sort, bins: usize) -> Subject {
    Subject {
        name: format!("All {} together", words::sorts(sort)),
        one: false,
        network: false,
        about: vec![model::hash64(sort.word().as_bytes())],
        actors: Vec::new(),
        channel: Some(sort),
        counts: vec![0; bins],
    }
}

/// Gives each channel its twenty most active actors.
fn busiest(board: &Board<'_>, subjects: &mut [Subject]) {
    for subject in subjects {
        let Some(sort) = subject.channel else { continue };
        let mut of: Vec<(u64, ActorNo)> = board
            .actors
            .iter()
            .zip((0..).map(ActorNo))
            .filter(|(a, _)| a.sort == sort)
            .map(|(a, no)| (a.records, no))
            .collect();
        of.sort_by_key(|a| (std::cmp::Reverse(a.0), a.1));
        subject.actors = of.into_iter().take(20).map(|a| a.1).collect();
    }
}

/// For each burst, traces of its subject within it, rarest objects first, one of each record.
pub(super) fn traces(board: &Board<'_>, grid: &Grid, bursts: &[Burst]) -> Vec<Vec<(Share, String)>> {
    let mut kept: Vec<Vec<Share>> = bursts.iter().map(|_| Vec::new()).collect();
    if bursts.is_empty() {
        return Vec::new();
    }
    let mut of_actor = vec![NONE; board.actors.len()];
    let mut of_sort: BTreeMap<Sort, usize> = BTreeMap::new();
    for (i, burst) in bursts.iter().enumerate() {
        match burst.subject.channel {
            Some(sort) => drop(of_sort.insert(sort, i)),
            None => burst.subject.actors.iter().for_each(|a| of_actor[a.0 as usize] = i as u32),
        }
    }
    let within = |i: usize, s: &Share| {
        let hour = i32::try_from(s.micros.div_euclid(HOUR)).ok();
        let bin = hour.filter(|_| s.micros != When::UNKNOWN).and_then(|h| grid.bin(h));
        bin.is_some_and(|b| (bursts[i].stretch.from..bursts[i].stretch.to).contains(&b))
    };
    board.shares.each_object(&mut |_, shares| {
        for share in shares {
            let own = Some(of_actor[share.actor.0 as usize]).filter(|i| *i != NONE).map(|i| i as usize);
            let channel = of_sort.get(&board.actor(share.actor).sort).copied();
            for i in own.into_iter().chain(channel).filter(|i| within(*i, share)) {
                kept[i].push(*share);
                if kept[i].len() >= 1_024 {
                    rarest(board, &mut kept[i]);
                }
            }
        }
    });
    let shown = |mut of: Vec<Share>| {
        rarest(board, &mut of);
        of.into_iter().map(|s| (s, "one of its records in this stretch".to_owned())).collect()
    };
    kept.into_iter().map(shown).collect()
}

fn rarest(board: &Board<'_>, shares: &mut Vec<Share>) {
    let places = |s: &Share| (s.evidence, s.at);
    shares.sort_by_key(|s| (places(s), board.object(s.object).actors, s.object));
    shares.dedup_by_key(|s| places(s));
    shares.sort_by_key(|s| (board.object(s.object).actors, s.key()));
    shares.truncate(256);
}
