//! Burst: when an actor's, a network's or a channel's activity intensified while the rest of the case did not.
//!
//! The rest of the case is the background: the question is whether the share of all records changed, so an event that
//! everyone reacted to cancels out. Best stretch by a scan, with a bound on its p that counts every stretch looked at
//! and is widened by how unsteady the actor is anyway. Source: Kulldorff 1997 (scan statistic); Hoeffding 1963 and
//! Chvátal 1979 (the bound); Wedderburn 1974 (dispersion); Holm 1979 (many actors).

mod innocent;
mod scan;
mod scenes;
mod subject;

use crate::{Finder, Page, chance, witness, words};
use model::{Board, Card, Chance, Confidence, Finding, HOUR, When};
use scan::{Grid, Stretch};
use subject::Subject;

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "burst",
        about: "a stretch in which an actor, network or channel was far more active than the rest of the case explains",
        source: "Kulldorff, A spatial scan statistic, 1997; Hoeffding, JASA 1963",
    },
    page: Page {
        sees: "A stretch of time in which the records of an actor, a network or a whole channel make up a far larger \
               share of the case than before and after.",
        matters: "Operations work to a date. A change of pace that others do not share says when somebody started to \
                  push.",
        otherwise: "An event that concerned only these; a new account or one back from a break; a collection that began \
                    or was dense then; holidays of the others.",
        wrong: "When the evidence was collected unevenly over time; when the case holds few others; when times are \
                missing. Single actors are told from a factor of five on and the ten surest only, the rest \
                are counted; those with fewer than 20 records, and beyond the 200 most active, are not looked at; channels \
                need others as background.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Smallest factor that is a burst.
const FACTOR: f64 = 2.0;

/// A subject and its best stretch.
struct Burst {
    subject: Subject,
    stretch: Stretch,
    /// After Holm over all subjects.
    p: f64,
    fdr: f64,
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let Some(grid) = Grid::of(board.activity) else { return Vec::new() };
    let (subjects, total) = subject::all(board, &grid);
    let tested: Vec<(Subject, Option<Stretch>)> =
        subjects.into_iter().map(|s| (scan::best(&s.counts, &total), s)).map(|(best, s)| (s, best)).collect();
    let (single, many): (Vec<_>, Vec<_>) = tested.into_iter().partition(|t| t.0.one);
    let most = board.settings.findings.burst_p;
    let (bursts, left) = foremost(corrected(many, most), corrected(single, most));
    let traces = subject::traces(board, &grid, &bursts);
    let found = bursts.into_iter().zip(traces).filter_map(|(b, t)| read(board, &grid, b, &t));
    words::most(board, found.collect(), left)
}

/// Single actors told one by one, and the smallest factor of such.
const SINGLES: usize = 10;
const SINGLE: f64 = 5.0;

/// All networks and channels, the foremost single actors, and how many of these were left out: in a large case single
/// actors change their pace by the dozen.
fn foremost(mut kept: Vec<Burst>, single: Vec<Burst>) -> (Vec<Burst>, usize) {
    let all = single.len();
    let mut single: Vec<Burst> = single.into_iter().filter(|b| b.stretch.factor >= SINGLE).collect();
    single.sort_by(|x, y| x.p.total_cmp(&y.p).then(x.subject.actors.cmp(&y.subject.actors)));
    single.truncate(SINGLES);
    let left = all - single.len();
    kept.append(&mut single);
    (kept, left)
}

/// Bursts that stand after Holm's correction. Networks and channels, which are few and asked about first, are one family
/// of tests, the two hundred single actors another.
fn corrected(tested: Vec<(Subject, Option<Stretch>)>, most: f64) -> Vec<Burst> {
    let ps: Vec<f64> = tested.iter().map(|t| t.1.as_ref().map_or(1.0, |s| s.p)).collect();
    let qs = chance::fdr(&ps, ps.len());
    let holm = chance::holm(&ps);
    let each = tested.into_iter().zip(holm).zip(qs);
    let stands = |((tested, p), fdr): (((Subject, Option<Stretch>), f64), f64)| {
        let stretch = tested.1.filter(|s| p <= most && s.factor >= FACTOR)?;
        Some(Burst { subject: tested.0, stretch, p, fdr })
    };
    each.filter_map(stands).collect()
}

fn read(board: &Board<'_>, grid: &Grid, burst: Burst, traces: &[(model::Share, String)]) -> Option<(f64, Finding)> {
    let (from, to) = (grid.start(burst.stretch.from), grid.start(burst.stretch.to));
    let (confidence, because) = weigh(&burst);
    let times = times(burst.stretch.factor);
    let finding = Finding {
        id: Finding::id_of(FINDER.card.id, &burst.subject.about),
        kind: FINDER.card.id.to_owned(),
        title: format!(
            "{} {} {times} as active as the rest of the case explains {}",
            burst.subject.name,
            if burst.subject.one { "was" } else { "were" },
            words::period(Some(When(from)), Some(When(to - 1)))
        ),
        observed: observed(grid, &burst, &times),
        confidence,
        because,
        chance: chance(grid, &burst),
        innocent: innocent::explanations(grid, &burst)?,
        witnesses: witness::pick(board, traces)?,
        tables: Vec::new(),
        techniques: words::techniques(&["T0049", "T0060"]),
        actors: burst.subject.actors.clone(),
        first: Some(When(from)),
        last: Some(When(to - 1)),
    };
    Some((-burst.p.max(1e-300).ln(), finding))
}

fn times(factor: f64) -> String {
    if factor >= 100.0 { "more than 100 times".to_owned() } else { format!("{} times", words::figure(factor)) }
}

fn observed(grid: &Grid, burst: &Burst, times: &str) -> String {
    let s = &burst.stretch;
    let length = (grid.start(s.to) - grid.start(s.from)).max(HOUR);
    format!(
        "{} made {} within {}, against {} to be expected from the rest of the case and from the share outside that \
         stretch: {times} as many. Outside the stretch there are {} in all.",
        burst.subject.name,
        words::count(s.inside as usize, "record", "records"),
        words::span(length),
        words::figure(s.expected),
        words::count(s.outside as usize, "record", "records"),
    )
}

fn chance(grid: &Grid, burst: &Burst) -> Chance {
    let s = &burst.stretch;
    let days = ((grid.start(s.to) - grid.start(s.from)) as f64 / model::DAY as f64).max(1.0 / 24.0);
    Chance {
        unit: "records a day".to_owned(),
        observed: s.inside as f64 / days,
        expected: s.expected / days,
        p: Some(burst.p),
        fdr: Some(burst.fdr),
        null: format!(
            "The share of the case's records stays the same over time; p is an upper bound for the best of {} stretches \
             of {}, divided by a dispersion of {} and corrected after Holm for all {} looked at.",
            words::thousands(s.looked_at),
            words::span(grid.width),
            words::figure(s.dispersion),
            if burst.subject.one { "single actors" } else { "networks and channels" }
        ),
    }
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(burst: &Burst) -> (Confidence, String) {
    let s = &burst.stretch;
    let said = format!("Factor {}, p at most {}", words::figure(s.factor), words::figure(burst.p));
    let moderate = [
        (s.factor >= 3.0, "a factor of three"),
        (burst.p <= 1e-4, "a p of one in ten thousand"),
        (!s.at_edge, "a stretch inside the time the case covers"),
        (!s.new, "records from before it"),
    ];
    let high = [
        (burst.subject.network, "a network whose members act together"),
        (s.factor >= 4.0 && burst.p <= 1e-6, "a factor of four and a p of one in a million"),
    ];
    words::rule(&said, &moderate, &high)
}
