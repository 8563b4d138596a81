//! Everything two actors did together, for chosen pairs: one pass, memory by pairs and not by touches.
//!
//! At each touch either the pair's other actors or whoever else was there is walked, whichever is fewer, so a viral
//! object costs its touches times the number of partners, and its counts are exact.

use crate::background::{Background, Rate, SMALL, close_once};
use crate::sweep::{Around, Sweep, gap};
use crate::{Input, Touched};
use model::{ActorNo, KindNo, ObjectNo, Share};

const NONE: u32 = u32::MAX;

/// What one pair shared of one kind.
#[derive(Clone)]
pub struct Tally {
    /// Index of the pair.
    pub pair: u32,
    /// The kind.
    pub kind: KindNo,
    /// Distinct objects touched by both within the window.
    pub objects: u32,
    /// Touches of one that had a touch of the other within the window before them; the latest such is meant.
    pub times: u32,
    /// Of those, how often the first was strictly earlier.
    pub first_leads: u32,
    /// Of those, how often the second was.
    pub second_leads: u32,
    /// Microseconds between, summed.
    pub lag: i64,
    /// Objects judged by their own rate of closeness, where that says something.
    pub large: Trials,
    /// Smaller objects, by the binary logarithm of their size, less 1.
    pub small: [Small; SMALL],
    last: ObjectNo,
    /// Records of the first and of the second actor in which they met, as bits of a hash.
    records: [u128; 2],
}

/// Objects that both touched, and in how many of them they met.
#[derive(Clone, Copy, Default)]
pub struct Trials {
    /// How many objects.
    pub both: u32,
    /// How many of them within the window.
    pub met: u32,
    /// Expected number of those within the window.
    pub expected: f64,
    /// As `both`, for the objects in which this pair was looked for.
    pub looked: u32,
    /// As `expected`, for the objects in which this pair was looked for.
    pub looked_expected: f64,
}

/// Objects of one size that both touched: their rate of closeness is that of the *other* objects of this size.
#[derive(Clone, Copy, Default)]
pub struct Small {
    /// How many objects.
    pub both: u32,
    /// How many of them within the window.
    pub met: u32,
    /// Products of the numbers of their touches, summed.
    pub tries: f32,
    /// Close pairs of touches by anyone in these objects.
    pub close: f32,
    /// All pairs of touches by different actors in these objects.
    pub pairs: f32,
}

/// Chosen pairs, and for each actor in them its partners.
pub struct Pairs<'a> {
    pairs: &'a [(ActorNo, ActorNo)],
    /// Actor to its place in `actors`, or `NONE`.
    place: Vec<u32>,
    actors: Vec<ActorNo>,
    /// Where in `partners` each actor's partners start.
    starts: Vec<usize>,
    /// Partner's number and index of the pair, sorted for each actor.
    partners: Vec<(ActorNo, u32)>,
}

impl<'a> Pairs<'a> {
    /// Of sorted pairs, smaller actor first.
    pub fn new(pairs: &'a [(ActorNo, ActorNo)], all_actors: usize) -> Self {
        let mut ends: Vec<(ActorNo, ActorNo, u32)> = Vec::with_capacity(pairs.len() * 2);
        for (at, (a, b)) in pairs.iter().enumerate() {
            ends.extend([(*a, *b, at as u32), (*b, *a, at as u32)]);
        }
        ends.sort_unstable();
        let (mut place, mut actors, mut starts) = (vec![NONE; all_actors], vec![], vec![]);
        for (at, (actor, _, _)) in ends.iter().enumerate() {
            if actors.last() != Some(actor) {
                place[actor.0 as usize] = actors.len() as u32;
                actors.push(*actor);
                starts.push(at);
            }
        }
        starts.push(ends.len());
        Self { pairs, place, actors, starts, partners: ends.into_iter().map(|(_, b, pair)| (b, pair)).collect() }
    }

    /// Place of an actor among those in pairs.
    pub fn place(&self, actor: ActorNo) -> Option<usize> {
        let place = self.place[actor.0 as usize];
        (place != NONE).then_some(place as usize)
    }

    fn partners(&self, place: usize) -> &[(ActorNo, u32)] {
        &self.partners[self.starts[place]..self.starts[place + 1]]
    }

    /// Calls `f` with the pair and the row of the other's latest touch, for each partner of this actor around.
    pub fn each_around(&self, actor: ActorNo, rows: &Touched<'_>, around: &Around<'_>, mut f: impl FnMut(u32, usize)) {
        let Some(place) = self.place(actor) else { return };
        let partners = self.partners(place);
        if partners.len() <= around.len() * 4 {
            for (partner, pair) in partners {
                if let Some(row) = around.latest(*partner) {
                    f(*pair, row);
                }
            }
            return;
        }
        for row in around.rows() {
            if let Ok(at) = partners.binary_search_by_key(&rows.timed[row].actor, |(p, _)| *p) {
                f(partners[at].1, row);
            }
        }
    }
}

/// Tallies of chosen pairs, and how many objects of each kind each of their actors touched.
pub struct Tallies {
    /// Sorted by pair and kind; none without a shared object.
    pub all: Vec<Tally>,
    touched: Vec<u32>,
    kinds: usize,
}

impl Tallies {
    /// One pass over the table.
    pub fn of(input: &Input<'_>, background: &Background, pairs: &Pairs<'_>) -> Self {
        let kinds = input.kinds.len();
        let mut tallies = Self { all: vec![], touched: vec![0; pairs.actors.len() * kinds], kinds };
        let mut current = vec![NONE; pairs.pairs.len()];
        let mut sweep = Sweep::new(input.actors.len());
        let mut present = Present { rows: vec![0; pairs.actors.len()], places: vec![] };
        let mut by_actor = vec![];
        input.each_met(&mut |touched| {
            let rate = Rate::of(background, touched, &mut by_actor);
            sweep.run(touched.timed, touched.window, |row, around| {
                let actor = touched.timed[row].actor;
                present.mark(pairs.place(actor));
                pairs.each_around(actor, touched, around, |pair, other| {
                    let tally = tallies.at(&mut current, pair, touched.kind);
                    let met = [other, row].map(|row| &touched.timed[row]);
                    let records = met.map(|share| input.record(share));
                    tally.meet((met, records), pairs.pairs[pair as usize].0, rate);
                });
            });
            tallies.both_there(&mut current, pairs, touched, &present, (rate, background));
            present.clear();
        });
        tallies.all.retain(|t| t.objects > 0);
        tallies.all.sort_by_key(|t| (t.pair, t.kind));
        tallies
    }

    /// Objects of a kind that the actor at a place touched at a known time.
    pub fn touched(&self, place: usize, kind: KindNo) -> u32 {
        self.touched[place * self.kinds + usize::from(kind.0)]
    }

    fn at(&mut self, current: &mut [u32], pair: u32, kind: KindNo) -> &mut Tally {
        let at = &mut current[pair as usize];
        if *at == NONE || self.all[*at as usize].kind != kind {
            *at = self.all.len() as u32;
            self.all.push(Tally::new(pair, kind));
        }
        &mut self.all[*at as usize]
    }

    /// Counts the object for every pair of which both touched it, close or not.
    fn both_there(
        &mut self,
        current: &mut [u32],
        pairs: &Pairs<'_>,
        touched: &Touched<'_>,
        present: &Present,
        (rate, background): (Rate, &Background),
    ) {
        let crowd = background.level(touched.object);
        for &place in &present.places {
            self.touched[place * self.kinds + usize::from(touched.kind.0)] += 1;
            let actor = pairs.actors[place];
            for (partner, pair) in pairs.partners(place).iter().filter(|(p, _)| *p > actor && rate != Rate::Silent) {
                let rows = pairs.place(*partner).map_or(0, |p| present.rows[p]);
                if rows > 0 {
                    let looked = background.sampled(actor).min(background.sampled(*partner)) >= crowd;
                    let tries = f64::from(rows) * f64::from(present.rows[place]);
                    self.at(current, *pair, touched.kind).both_there(rate, tries, looked);
                }
            }
        }
    }
}

/// Which of the chosen actors touched the current object, and how often.
struct Present {
    rows: Vec<u32>,
    places: Vec<usize>,
}

impl Present {
    fn mark(&mut self, place: Option<usize>) {
        let Some(place) = place else { return };
        if self.rows[place] == 0 {
            self.places.push(place);
        }
        self.rows[place] += 1;
    }

    fn clear(&mut self) {
        self.places.drain(..).for_each(|p| self.rows[p] = 0);
    }
}

impl Tally {
    fn new(pair: u32, kind: KindNo) -> Self {
        Self {
            pair,
            kind,
            objects: 0,
            times: 0,
            first_leads: 0,
            second_leads: 0,
            lag: 0,
            large: Trials::default(),
            small: [Small::default(); SMALL],
            last: ObjectNo(NONE),
            records: [0; 2],
        }
    }

    fn meet(&mut self, ([earlier, later], records): ([&Share; 2], [u64; 2]), first: ActorNo, rate: Rate) {
        if self.last != later.object || self.objects == 0 {
            self.last = later.object;
            self.objects += 1;
            match rate {
                Rate::Silent => {}
                Rate::Own(_) => self.large.met += 1,
                Rate::OfSize { size, .. } => self.small[size].met += 1,
            }
        }
        for (share, record) in [earlier, later].into_iter().zip(records) {
            self.records[usize::from(share.actor != first)] |= 1 << (record >> 57);
        }
        self.times = self.times.saturating_add(1);
        let lag = gap(earlier, later);
        self.lag = self.lag.saturating_add(lag);
        if lag > 0 && earlier.actor == first {
            self.first_leads = self.first_leads.saturating_add(1);
        } else if lag > 0 {
            self.second_leads = self.second_leads.saturating_add(1);
        }
    }

    /// How many separate times they met, at most: several objects in one record of either (the tags of one post) count
    /// once. Records are counted by linear counting (Whang et al. 1990), which errs to the low side.
    pub fn occasions(&self) -> u32 {
        self.records.iter().map(|r| r.count_ones()).fold(self.objects, u32::min)
    }

    fn both_there(&mut self, rate: Rate, tries: f64, looked: bool) {
        match rate {
            Rate::Silent => {}
            Rate::Own(rate) => self.large.add(1, close_once(rate, tries), looked),
            Rate::OfSize { size, close, pairs } => {
                let small = &mut self.small[size];
                small.both += 1;
                small.tries += tries as f32;
                small.close += close;
                small.pairs += pairs;
            }
        }
    }
}

impl Trials {
    /// Adds objects with the same probability of meeting.
    pub fn add(&mut self, objects: u32, probability: f64, looked: bool) {
        self.both += objects;
        self.expected += probability * f64::from(objects);
        if looked {
            self.looked += objects;
            self.looked_expected += probability * f64::from(objects);
        }
    }
}
