//! What judging costs on a large invented case: `cargo bench -p findings`.
//!
//! About three million traces of one million objects: posts by 200,000 accounts with a popular tail, 60,000 mails, and
//! the planted scenes' worth of coordination. Seconds are of processor time where the system tells, else by the clock; the best of five.
#![allow(clippy::disallowed_methods)]

use findings::{FINDERS, Scene};
use std::time::Instant;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    /// Small numbers far more often than large ones.
    fn popular(&mut self, n: u64) -> u64 {
        let x = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(x) - 1.0) as u64
    }
}

fn case(posts: u64, mails: u64) -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(88_172_645_463_325_252));
    for i in 0..posts {
        let who = format!("x/u{}", dice.below(posts / 4 + 1));
        let at = dice.below(90 * 86_400) as i64;
        let url = format!("site{}.example/p/{}", dice.popular(2_000), dice.popular(posts / 2));
        let text = format!(
            "words number {} about this and that and more of it",
            if dice.below(50) == 0 { dice.below(posts / 9) } else { i }
        );
        let post = format!("x:{}", dice.popular(posts / 4));
        scene.post(&who, at, &[("url", &url), ("exact-text", &text), ("repost", &post)]);
    }
    for i in 0..mails {
        let (from, to) = (
            format!("p{}@org{}.example", dice.below(9), dice.below(3_000)),
            format!("m{}@office.example", dice.below(500)),
        );
        let (text, relay) =
            (format!("letter number {i} on a matter of its own"), format!("mx{}.example", dice.popular(3_000)));
        scene.mail(
            &from,
            &[&to],
            dice.below(90 * 86_400) as i64,
            &[
                ("exact-text", &text),
                ("mail-subject", &format!("subject {}", dice.popular(mails))),
                ("message-id-domain", &relay),
                ("mail-relay", &relay),
                ("url", &format!("site{}.example/p/{}", dice.popular(2_000), dice.popular(posts / 2))),
            ],
        );
    }
    for push in 0..9_i64 {
        for account in 0..30_i64 {
            let (who, url) = (format!("x/voice{account}"), format!("line.example/{push}"));
            let text = format!("this is line number {push} which you must read today");
            scene.post(&who, 3_000_000 + push * 61_000 + account, &[("url", &url), ("exact-text", &text)]);
        }
    }
    scene
}

/// Seconds this process has run, from the scheduler where it tells.
fn spent(since: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanos = told.and_then(|t| t.split_whitespace().next()?.parse::<f64>().ok());
    nanos.map_or_else(|| since.elapsed().as_secs_f64(), |n| n / 1e9)
}

fn main() {
    let start = Instant::now();
    let stage = case(900_000, 60_000).stage();
    let board = stage.board();
    println!("{} traces, {} objects, {} actors", stage.traces(), board.objects.len(), board.actors.len());
    println!("{} links, {} networks", board.linked.links.len(), board.linked.networks.len());
    let before = spent(start);
    board.shares.each_object(&mut |_, shares| {
        std::hint::black_box(shares);
    });
    let pass = spent(start) - before;
    println!("one empty pass          {:8.1} ms", pass * 1e3);
    let mut all = 0.0;
    for finder in FINDERS {
        let mut found = Vec::new();
        let took = (0..5).map(|_| {
            let before = spent(start);
            found = (finder.judge)(&board);
            spent(start) - before
        });
        let took = took.fold(f64::INFINITY, f64::min);
        all += took;
        println!("{:20} {:4} {:8.1} ms", finder.card.id, found.len(), took * 1e3);
    }
    println!("all                     {:8.1} ms", all * 1e3);
}
