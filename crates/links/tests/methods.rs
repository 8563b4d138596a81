//! Every method at once: nothing comes of nothing, the same twice, edges sorted and without loops, every account scored,
//! a planted pair found among bystanders, and every default a value that its knob takes.

#![allow(clippy::disallowed_methods)] // a test of files reads files

use links::{Asked, METHODS, Method, Run};
use model::{Acts, Coordination, Layer, Quote, Tokens};

/// Two accounts that share everything within seconds of its being posted by a third, with the same words, and twelve of
/// whom each two share one thing, half a day apart: nothing twice.
fn planted(kinds: &[&'static str]) -> Acts {
    let mut acts = Acts { accounts: (0..15).map(|n| Quote::from(format!("u{n:02}"))).collect(), ..Acts::default() };
    let mut rows: Vec<(u32, u32, i64)> = Vec::new();
    for thing in 0..12 {
        let start = i64::from(thing) * 86_400_000_000;
        rows.extend([(0, thing, start), (1, thing, start + 2_000_000)]);
        let other = thing + 2;
        rows.push((other, thing + 20, start + 40_000_000_000));
        rows.push((other, thing, start + 50_000_000_000 + i64::from(thing) * 7_000_000_000));
    }
    let pairs = (2..14_u32).flat_map(|a| (a + 1..14).map(move |b| (a, b)));
    for (n, (a, b)) in (0..).zip(pairs) {
        let start = 20 * 86_400_000_000 + i64::from(n) * 86_400_000_000;
        rows.extend([(a, 40 + n, start), (b, 40 + n, start + 43_200_000_000)]);
    }
    let shared = rows.len() as u32;
    rows.extend((0..12).map(|thing| (14, 200 + thing, i64::from(thing) * 86_400_000_000 - 1_000_000)));
    for message in 0..rows.len() {
        acts.messages.push(1_000_000 + message as u64);
        acts.rows.push(message as u32);
    }
    for kind in kinds {
        acts.layers.push(Layer {
            kind,
            who: rows.iter().map(|r| r.0).collect(),
            what: rows.iter().map(|r| r.1).collect(),
            message: (0..rows.len() as u32).collect(),
            when: rows.iter().map(|r| r.2).collect(),
            // What the two repost are the third's messages.
            things: (0..212)
                .map(|n| if n < 12 { 1_000_000 + u64::from(shared + n) } else { 1 + u64::from(n) })
                .collect(),
            blank: None,
        });
    }
    let words = rows.iter().flat_map(|r| (0..5).map(|w| u64::from(r.1) * 10 + w)).collect();
    acts.tokens = Tokens { starts: (0..=rows.len() as u32).map(|n| n * 5).collect(), words };
    acts.letters =
        rows.iter().map(|r| Quote::from(char::from(b'a' + (r.1 % 26) as u8).to_string().repeat(30))).collect();
    acts
}

/// Knobs that ask for more than so small a scene has, or for another network than that of pairs.
const LOOSE: &[(&str, &[(&str, &str)])] = &[
    ("coornet", &[("window", "10s")]),
    ("pacheco-2021", &[("top", "1"), ("active", "1"), ("length", "1"), ("posts", "1")]),
    ("luceri-2024", &[("active", "1"), ("length", "1"), ("central", "0")]),
    ("vishnuprasad", &[("kind", "text")]),
    ("hristakieva", &[("spreaders", "1"), ("alpha", "1")]),
    ("linhares", &[("overlap", "0")]),
];

/// The looser settings of those knobs that a method has.
fn loose(method: &Method) -> Vec<(&'static str, &'static str)> {
    let of = LOOSE.iter().filter(|(id, _)| method.card.id.starts_with(id)).flat_map(|(_, settings)| settings.iter());
    of.filter(|(knob, _)| method.knobs.iter().any(|k| k.id == *knob)).copied().collect()
}

fn run(method: &Method, acts: impl Fn(&[&'static str]) -> Acts, settings: &[(&str, &str)]) -> Option<Coordination> {
    let asked = Asked::of(method, settings).expect("defaults are values");
    match method.run {
        Run::Recipe(reads, work) => Some(work(&acts(&reads(&asked).kinds), &asked)),
        Run::Way => None,
    }
}

#[test]
fn cards_are_whole_and_ids_differ() {
    let mut ids: Vec<&str> = METHODS.iter().map(|m| m.card.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), METHODS.len());
    for m in METHODS {
        assert!(!m.card.about.is_empty() && !m.card.source.is_empty() && !m.card.about.ends_with('.'), "{}", m.card.id);
        assert!(m.recipe.len() >= 3 && !m.page.sees.is_empty() && !m.page.wrong.is_empty(), "{}", m.card.id);
        let wrongly = Asked::of(m, &[("no-such-knob", "1")]).expect_err("no such knob");
        assert!(wrongly.contains(m.card.id), "{wrongly}");
    }
}

/// A file that holds a method is in the list, and the list holds nothing else.
#[test]
fn files_are_the_registry() {
    fn methods(dir: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(dir).expect("src").map(|f| f.expect("a file").path());
        let of = |path: std::path::PathBuf| {
            if path.is_dir() {
                return methods(&path);
            }
            std::fs::read_to_string(path).expect("a source").matches("pub const METHOD: Method").count()
        };
        entries.map(of).sum()
    }
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/src/methods");
    assert_eq!(methods(std::path::Path::new(dir)), METHODS.len());
}

#[test]
fn nothing_comes_of_nothing() {
    for m in METHODS {
        let Some(found) = run(m, |_| Acts::default(), &[]) else { continue };
        assert!(found.edges.is_empty() && found.accounts.is_empty(), "{}", m.card.id);
    }
}

#[test]
fn a_planted_pair_is_found_in_order_and_twice_the_same() {
    for m in METHODS {
        let settings = &loose(m)[..];
        let Some(found) = run(m, planted, settings) else { continue };
        let again = run(m, planted, settings);
        assert_eq!(Some(&found), again.as_ref(), "{}", m.card.id);
        let e = &found.edges;
        let ends: Vec<(u32, u32)> = e.source.iter().copied().zip(e.target.iter().copied()).collect();
        assert!(ends.contains(&(0, 1)), "{} misses the planted pair: {ends:?}", m.card.id);
        assert!(ends.windows(2).all(|w| w[0] < w[1]) && ends.iter().all(|(a, b)| a != b), "{}", m.card.id);
        assert!(e.more.iter().all(|c| match &c.values {
            model::Values::Whole(v) => v.len(),
            model::Values::Real(v) => v.len(),
            model::Values::Words(v) => v.len(),
        } == e.len()));
        assert_eq!((found.scores.len(), found.networks.len()), (15, 15), "{}", m.card.id);
        assert!(
            found.scores[0] > 0.0 && found.networks[0] > 0 && found.networks[0] == found.networks[1],
            "{}",
            m.card.id
        );
    }
}
