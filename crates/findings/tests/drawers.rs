//! Every finding at once: found where it was planted, quiet beside it, and never upset.
#![allow(clippy::disallowed_methods)]

use findings::{FINDERS, Finder, Scene};
use model::{Confidence, Finding};
use std::collections::BTreeSet;

/// Files that are not drawers.
const HELPERS: &[&str] =
    &["chance", "common", "crowd", "kinds", "lib", "marks", "masks", "organic", "scene", "sheets", "witness", "words"];

const HOSTILE: &[&str] = &["\u{1b}[31m\u{202e}<script>=cmd|' /C calc'!A0", "@", "://", "é\u{0}", "../../", "xxx"];

fn found(finder: &Finder, scene: &Scene) -> Vec<Finding> {
    let stage = scene.stage();
    let found = (finder.judge)(&stage.board());
    found.iter().for_each(|f| sound(finder, f, &stage.board()));
    found
}

/// What must hold of any finding.
fn sound(finder: &Finder, f: &Finding, board: &model::Board<'_>) {
    assert_eq!(f.kind, finder.card.id);
    assert!(f.id.len() == 18 && f.id.starts_with("f:"), "{}", f.id);
    assert!(f.witnesses.get().len() <= 24 && !f.actors.is_empty(), "{}", f.title);
    assert_eq!(f.actors.iter().collect::<BTreeSet<_>>().len(), f.actors.len(), "an actor twice: {}", f.title);
    assert!(f.chance.observed.is_finite() && f.chance.expected.is_finite(), "{:?}", f.chance);
    assert!(f.chance.p.is_none_or(|p| (0.0..=1.0).contains(&p)), "{:?}", f.chance);
    assert!(f.first <= f.last, "{}", f.title);
    for w in f.witnesses.get() {
        assert!(board.evidence.contains(&w.place.evidence), "a witness of nothing");
        assert!(!w.quote.is_empty() && w.actor.is_some());
    }
    let ours = [&f.title, &f.observed, &f.because, &f.chance.null, &f.chance.unit];
    let checks = f.innocent.get().iter().flat_map(|i| [&i.what, &i.check]);
    for text in ours.into_iter().chain(checks).map(|t| t.to_lowercase()) {
        assert!(!text.is_empty() && !text.contains("  ") && !text.contains(['<', '\u{1b}', '\n']), "{text:?}");
        for word in ["inauthentic", " bot ", " bots", "fake", "troll", "propaganda"] {
            assert!(!text.contains(word), "{word:?} judges: {text}");
        }
    }
}

fn each(check: impl Fn(&Finder)) {
    assert!(!FINDERS.is_empty());
    FINDERS.iter().for_each(|f| check(f));
}

#[test]
fn guilty_scenes_are_found() {
    each(|f| {
        let found = found(f, &(f.guilty)());
        for finding in &found {
            eprintln!("{finding:#?}");
        }
        let best = found.iter().map(|x| x.confidence).max();
        assert!(best >= Some(Confidence::Moderate), "{}: {best:?}", f.card.id);
    });
}

#[test]
fn innocent_twins_stay_quiet() {
    each(|f| {
        let found = found(f, &(f.innocent)());
        let most = if f.card.id == "lockstep" { Some(Confidence::Low) } else { None };
        assert!(found.iter().map(|x| x.confidence).max() <= most, "{}: {found:#?}", f.card.id);
    });
}

#[test]
fn nobody_else_cries_at_an_innocent_scene() {
    for scene in FINDERS.iter().map(|f| (f.innocent)()) {
        each(|f| {
            let loud: Vec<Finding> = found(f, &scene).into_iter().filter(|x| x.confidence > Confidence::Low).collect();
            assert!(loud.is_empty(), "{}: {loud:#?}", f.card.id);
        });
    }
}

/// A list that names everybody, outlets and shops beside the desk, changes no finding but its own.
#[test]
fn a_poisoned_list_changes_no_attribution() {
    for scene in FINDERS.iter().flat_map(|f| [(f.guilty)(), (f.innocent)()]) {
        let told = |scene: &Scene| -> Vec<(String, Confidence, usize)> {
            let all = findings::judge(&scene.stage().board()).into_iter().filter(|f| f.kind != "published-list");
            all.map(|f| (f.id, f.confidence, f.actors.len())).collect()
        };
        let mut poisoned = scene.clone();
        let stage = scene.stage();
        let names: Vec<String> = stage.board().actors.iter().map(|a| a.name.raw().to_owned()).collect();
        for name in names {
            let thing = if name.contains('@') { format!("mailbox:{name}") } else { format!("domain:{name}") };
            poisoned.add(model::Sort::File, "list/an operation", None, &[("listed", &thing)]);
        }
        assert_eq!(told(&scene), told(&poisoned));
    }
}

#[test]
fn shuffled_times_yield_no_coordination() {
    for finder in FINDERS.iter().filter(|f| ["lockstep", "burst"].contains(&f.card.id)) {
        for scene in FINDERS.iter().map(|f| (f.guilty)()) {
            for seed in 0..5 {
                let found = found(finder, &scene.shuffled(seed));
                assert!(found.is_empty(), "{} seed {seed}: {found:#?}", finder.card.id);
            }
        }
    }
}

#[test]
fn nothing_comes_of_nothing() {
    each(|f| assert!(found(f, &Scene::new()).is_empty(), "{}", f.card.id));
    let mut one = Scene::new();
    one.post("x/a", 5, &[("url", "one.example/x"), ("exact-text", "one two three four five six seven")]);
    one.page("one.example", &[("tracker-id", "UA-12345")]);
    one.mail("a@b.example", &["c@d.example"], 9, &[("file-hash", "ff")]);
    each(|f| assert!(found(f, &one).is_empty(), "{}", f.card.id));
}

#[test]
fn hostile_words_upset_nobody() {
    for words in HOSTILE {
        each(|f| {
            found(f, &(f.guilty)().with_words(words));
            found(f, &(f.innocent)().with_words(words));
        });
    }
}

#[test]
fn the_same_twice() {
    each(|f| {
        let scene = (f.guilty)();
        assert_eq!(found(f, &scene), found(f, &scene), "{}", f.card.id);
    });
}

#[test]
fn ids_are_unique_and_order_is_by_confidence() {
    for scene in FINDERS.iter().flat_map(|f| [(f.guilty)(), (f.innocent)()]) {
        let all = findings::judge(&scene.stage().board());
        assert_eq!(all.iter().map(|f| &f.id).collect::<BTreeSet<_>>().len(), all.len(), "an id twice: {all:#?}");
        assert!(all.is_sorted_by(|x, y| x.confidence >= y.confidence));
    }
}

#[test]
fn ids_last_when_a_little_evidence_is_added() {
    each(|f| {
        let mut scene = (f.guilty)();
        let before: BTreeSet<String> = found(f, &scene).into_iter().map(|x| x.id).collect();
        scene.chatter(99, 40, 30, 8);
        let after: BTreeSet<String> = found(f, &scene).into_iter().map(|x| x.id).collect();
        assert_eq!(before, after, "{}", f.card.id);
    });
}

#[test]
fn the_rest_is_counted() {
    let mut scene = Scene::new();
    scene.chatter(1, 200, 60, 8);
    for group in 0..5 {
        for text in 0..3 {
            for account in 0..6 {
                let words = format!("group {group} says line number {text} as it was told to");
                scene.post(
                    &format!("x/g{group}n{account}"),
                    group * 1_000 + text * 90_000 + account * 7_000,
                    &[("exact-text", &words)],
                );
            }
        }
    }
    scene.settings.findings.most = 2;
    let finder = FINDERS.iter().find(|f| f.card.id == "copy-paste").expect("a finder");
    let all = found(finder, &scene);
    assert_eq!(all.len(), 2);
    assert!(all[1].observed.contains("A further 3 findings"), "{}", all[1].observed);
}

#[test]
fn files_are_the_registry() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let name = |e: std::fs::DirEntry| e.file_name().to_string_lossy().strip_suffix(".rs").map(str::to_owned);
    let files: BTreeSet<String> =
        std::fs::read_dir(dir).expect("src").filter_map(|e| name(e.expect("an entry"))).collect();
    let mut listed: BTreeSet<String> = FINDERS.iter().map(|f| f.card.id.replace('-', "_")).collect();
    listed.extend(HELPERS.iter().map(|h| (*h).to_owned()));
    assert_eq!(files, listed);
}

#[test]
fn cards_and_pages_are_filled_in() {
    each(|f| {
        let p = &f.page;
        for text in [f.card.about, f.card.source, p.sees, p.matters, p.otherwise, p.wrong] {
            assert!(text.len() > 20 && !text.contains("  "), "{}: {text:?}", f.card.id);
        }
        assert!(!f.card.about.ends_with('.'));
    });
}

fn of<'a>(id: &str) -> &'a Finder {
    FINDERS.iter().find(|f| f.card.id == id).expect("a finder of this id")
}

#[test]
fn a_wave_is_found_where_there_is_nothing_else() {
    let mut scene = Scene::new();
    for n in 0..5_i64 {
        let (from, to) = (format!("a{n}@box{n}.example"), format!("tips@news{n}.example"));
        let text = "please find inside what the campaign has been hiding from all of you since spring";
        scene.mail(&from, &[&to], n * 600, &[("exact-text", text)]);
    }
    let found = found(of("mail-wave"), &scene);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].confidence, found[0].chance.p), (Confidence::Moderate, None));
}

#[test]
fn one_steady_sender_is_no_wave_however_many_it_reaches() {
    let mut scene = Scene::new();
    scene.letters(5, 100, 30);
    for (week, reader) in (0..4_i64).flat_map(|w| (0..60_i64).map(move |r| (w, r))) {
        let (to, text) =
            (format!("r{reader}@home.example"), format!("offer of week {week} for all of our dear customers"));
        scene.mail("shop@shop.example", &[&to], week * 604_800 + reader, &[("exact-text", &text)]);
    }
    assert!(found(of("mail-wave"), &scene).is_empty());
}

#[test]
fn a_site_of_the_evidence_that_accounts_link_to_is_a_bridge() {
    let mut scene = Scene::new();
    scene.chatter(7, 300, 90, 8);
    scene.page("odd-news.example", &[("tracker-id", "UA-7712345"), ("domain", "odd-news.example")]);
    for account in 0..4_i64 {
        scene.post(&format!("x/a{account}"), account * 50_000, &[("domain", "odd-news.example")]);
    }
    let found = found(of("bridge"), &scene);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].actors.len() == 5 && found[0].title.contains("linked to 1 site"), "{}", found[0].title);
}

#[test]
fn planted_groups_are_found_on_other_seeds_and_sizes() {
    for seed in 0..6 {
        let mut scene = (of("lockstep").guilty)();
        scene.chatter(1_000 + seed, 100 * seed as usize, 60, 10);
        let best = found(of("lockstep"), &scene).into_iter().map(|f| (f.confidence, f.actors.len())).max();
        assert_eq!(best, Some((Confidence::High, 7)), "seed {seed}");
    }
}
