//! Crowds: a few actors that touched one object closer together in time than everyone's hours of activity explain.
//!
//! Touches of an object are cut wherever nothing happens for longer than a scale, for each of [`SCALES`], so a burst
//! of seconds within a viral day and a group that takes an evening are both seen. A piece is a crowd when few enough
//! took part ([`MOST`], [`MOST_SLOW`]: beyond that it is an audience) and when touches dealt over the hours in which
//! everyone is active would crowd like that at most once in a hundred, and so would the touches of the burst around it
//! (union bound over the first touch, as in scan statistics: Naus 1965). Each touch is looked at once per scale: linear
//! in popularity, and no pairs are made.

use crate::chance::ln_choose;
use crate::pool::Pool;
use crate::{Input, Touched};
use model::{ActorNo, HOUR, KindNo, ObjectNo, Share, When};

/// Longest silence within a crowd, in microseconds: seconds, minutes, hours and days side by side.
pub const SCALES: [i64; 6] =
    [10 * When::SECOND, 60 * When::SECOND, 600 * When::SECOND, 2 * HOUR, 24 * HOUR, 7 * 24 * HOUR];
/// Most actors of a crowd.
pub const MOST: usize = 64;
/// Most actors of a crowd that takes longer than [`QUICK`].
const MOST_SLOW: usize = 32;
/// Ten minutes.
const QUICK: i64 = 600 * When::SECOND;
/// How often touches dealt anew may crowd as closely.
const CLOSE: f64 = 0.01;

/// The first touch of one actor within a crowd.
#[derive(Clone, Copy)]
pub struct Touch {
    /// Who.
    pub actor: ActorNo,
    /// A hash of the record it was taken from: traces of one post are one act.
    pub record: u32,
    /// When.
    pub micros: i64,
}

/// A crowd.
#[derive(Clone, Copy)]
pub struct Crowd {
    /// What they touched.
    pub object: ObjectNo,
    /// Its kind.
    pub kind: KindNo,
    /// When it began, microseconds.
    pub start: i64,
    /// False for the whole of a thing that only a few touched, and for any piece of one that only crowds are looked for
    /// in, at times that say nothing: it counts for ranking, and no link rests on it.
    pub close: bool,
    from: u32,
    len: u8,
}

/// Every crowd of a table, by object and then by scale, the smallest first.
pub struct Crowds {
    /// The crowds.
    pub all: Vec<Crowd>,
    touches: Vec<Touch>,
    /// Crowds of fewer actors were left out because there were too many.
    pub least: usize,
    most: usize,
}

impl Crowds {
    /// No crowds.
    pub fn none() -> Self {
        Self { all: vec![], touches: vec![], least: 2, most: 0 }
    }

    /// One pass over the table; holds at most `most` touches.
    pub fn of(input: &Input<'_>, pool: &Pool, most: usize) -> Self {
        let mut crowds = Self { most, ..Self::none() };
        let mut cut = Cut::new(input.actors.len());
        input.each_touched(&mut |touched| {
            if touched.timed.len() >= 2 {
                cut.object(input, touched, pool, &mut crowds);
            }
        });
        crowds
    }

    /// Its members, sorted by actor.
    pub fn touches(&self, crowd: &Crowd) -> &[Touch] {
        &self.touches[self.places(crowd)]
    }

    /// Touches by their places.
    pub fn at(&self, places: std::ops::Range<usize>) -> &[Touch] {
        &self.touches[places]
    }

    /// Where its members stand among all touches.
    pub fn places(&self, crowd: &Crowd) -> std::ops::Range<usize> {
        crowd.from as usize..crowd.from as usize + usize::from(crowd.len)
    }

    /// One touch by its place.
    pub fn touch(&self, place: usize) -> &Touch {
        &self.touches[place]
    }

    /// How many touches all crowds have.
    pub fn len(&self) -> usize {
        self.touches.len()
    }

    fn push(&mut self, touched: &Touched<'_>, close: bool, members: &mut [Touch]) {
        if members.len() < self.least {
            return;
        }
        let start = members.iter().map(|m| m.micros).min().unwrap_or_default();
        members.sort_unstable_by_key(|m| m.actor);
        let (from, len) = (self.touches.len() as u32, members.len() as u8);
        self.all.push(Crowd { object: touched.object, kind: touched.kind, start, close, from, len });
        self.touches.extend_from_slice(members);
        while self.touches.len() > self.most && self.least < MOST {
            self.least += 1;
            self.thin();
        }
    }

    fn thin(&mut self) {
        let old = std::mem::take(&mut self.touches);
        let least = self.least;
        self.all.retain(|c| usize::from(c.len) >= least);
        for crowd in &mut self.all {
            let from = crowd.from as usize;
            crowd.from = self.touches.len() as u32;
            self.touches.extend_from_slice(&old[from..from + usize::from(crowd.len)]);
        }
    }
}

const NONE: u32 = u32::MAX;

/// Rows of one object with no silence between them.
#[derive(Clone, Copy)]
struct Piece {
    from: usize,
    to: usize,
    /// Distinct actors, counted up to one more than [`MOST`].
    actors: usize,
}

/// What cutting one object needs, kept from object to object.
struct Cut {
    /// Stamp of the piece in which an actor was last seen.
    seen: Vec<u32>,
    stamp: u32,
    members: Vec<Touch>,
    /// Pieces by scale.
    pieces: [Vec<Piece>; SCALES.len()],
}

impl Cut {
    fn new(actors: usize) -> Self {
        Self { seen: vec![NONE; actors], stamp: 0, members: vec![], pieces: Default::default() }
    }

    fn object(&mut self, input: &Input<'_>, touched: &Touched<'_>, pool: &Pool, crowds: &mut Crowds) {
        for (at, scale) in SCALES.into_iter().enumerate() {
            let mut pieces = std::mem::take(&mut self.pieces[at]);
            pieces.clear();
            for (from, to) in cuts(touched.timed, scale) {
                pieces.push(Piece { from, to, actors: self.actors(&touched.timed[from..to]) });
            }
            self.pieces[at] = pieces;
        }
        for at in 0..SCALES.len() {
            for piece in 0..self.pieces[at].len() {
                let piece = self.pieces[at][piece];
                if let Some(close) = self.crowd(at, &piece, touched, pool) {
                    self.members(input, &touched.timed[piece.from..piece.to]);
                    crowds.push(touched, close, &mut self.members);
                }
            }
        }
    }

    /// Whether a piece is kept: it is a crowd and no finer scale had the same actors. If so, whether it is close.
    fn crowd(&self, at: usize, piece: &Piece, touched: &Touched<'_>, pool: &Pool) -> Option<bool> {
        if !(2..=MOST).contains(&piece.actors) || self.known(at, piece) {
            return None;
        }
        let time = |row: usize| touched.timed[row].micros;
        let (first, last) = (time(piece.from), time(piece.to - 1));
        if last.saturating_sub(first) > QUICK && piece.actors > MOST_SLOW {
            return None;
        }
        let mass = pool.mass(first, last);
        let around = self
            .around(at, piece)
            .is_none_or(|w| close(w.to - w.from, piece.actors, mass / pool.mass(time(w.from), time(w.to - 1))));
        let crowded = around && close(touched.timed.len(), piece.actors, mass);
        (crowded || touched.window < 0 || piece.to - piece.from == touched.timed.len()).then_some(crowded)
    }

    fn known(&self, at: usize, piece: &Piece) -> bool {
        let Some(finer) = at.checked_sub(1).map(|at| &self.pieces[at]) else { return false };
        let from = finer.partition_point(|f| f.from < piece.from);
        finer[from..].iter().take_while(|f| f.from < piece.to).any(|f| f.actors == piece.actors)
    }

    /// The next larger piece that this one is part of.
    fn around(&self, at: usize, piece: &Piece) -> Option<&Piece> {
        self.pieces[at + 1..].iter().find_map(|coarser| {
            let whole = &coarser[coarser.partition_point(|c| c.from <= piece.from) - 1];
            (whole.to - whole.from > piece.to - piece.from).then_some(whole)
        })
    }

    /// Counts the actors of some rows, giving up beyond [`MOST`].
    fn actors(&mut self, rows: &[Share]) -> usize {
        self.first(rows, |_, _| {})
    }

    /// Keeps the first touch of each actor of some rows.
    fn members(&mut self, input: &Input<'_>, rows: &[Share]) {
        self.members.clear();
        self.first(rows, |members, share| {
            let record = input.record(share) as u32;
            members.push(Touch { actor: share.actor, record, micros: share.micros });
        });
    }

    /// Calls `each` for the first touch of each actor, up to one more than [`MOST`] of them; says how many there were.
    fn first(&mut self, rows: &[Share], mut each: impl FnMut(&mut Vec<Touch>, &Share)) -> usize {
        self.stamp = self.stamp.wrapping_add(1) % NONE;
        let mut actors = 0;
        for share in rows {
            let seen = &mut self.seen[share.actor.0 as usize];
            if *seen != self.stamp {
                *seen = self.stamp;
                each(&mut self.members, share);
                actors += 1;
                if actors > MOST {
                    break;
                }
            }
        }
        actors
    }
}

/// Whether `n` touches dealt over a stretch would hardly ever have `actors` of them within this part of it.
fn close(n: usize, actors: usize, part: f64) -> bool {
    let others = (actors - 1) as u32;
    let ln_p = (n as f64).ln() + ln_choose((n - 1) as u32, others) + f64::from(others) * part.ln();
    ln_p <= CLOSE.ln()
}

/// Pieces of rows between silences longer than the scale, of two rows or more.
fn cuts(rows: &[Share], scale: i64) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < rows.len() {
            let start = from;
            let quiet = |w: &[Share]| w[1].micros.saturating_sub(w[0].micros) > scale;
            from += rows[start..].windows(2).take_while(|w| !quiet(w)).count() + 1;
            if from - start > 1 {
                return Some((start, from));
            }
        }
        None
    })
}
