use super::*;
use crate::scene::Dice;
use crate::{FINDERS, Scene};
use model::{Confidence, Finding};

/// Whose it is, when, and what else it carries.
type Post = (String, Option<i64>, Vec<(&'static str, String)>);

/// Seven accounts post nine links within half a minute of one another, over six days; what else each post carries and
/// who they are is asked of `how`: number of the push and of the account to name, seconds of the push's day, traces.
fn lockstep(how: &dyn Fn(i64, u32) -> Post) -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(11));
    scene.chatter(3, 400, 120, 10);
    for push in 0..9 {
        for account in 0..7 {
            let (who, at, mut more) = how(push, account);
            let at = at.unwrap_or(90_000 + push * 61_000) + dice.below(30) as i64;
            let url = format!("{}/{push}", more.iter().find(|m| m.0 == "domain").map_or("line.example", |m| &m.1));
            more.push(("url", url));
            more.push(("exact-text", format!("this is line number {push} which you must read today")));
            let traces: Vec<(&str, &str)> = more.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
            scene.post(&who, at, &traces);
        }
    }
    scene
}

fn judged(kind: &str, scene: &Scene) -> Vec<Finding> {
    let finder = FINDERS.iter().find(|f| f.card.id == kind).expect("a finder");
    (finder.judge)(&scene.stage().board())
}

/// Confidence of the strongest finding, and the first explanation.
fn said(kind: &str, scene: &Scene) -> (Confidence, String) {
    let found = judged(kind, scene);
    let best = found.into_iter().max_by_key(|f| f.confidence).expect("found");
    (best.confidence, best.innocent.get()[0].what.clone())
}

fn domain(name: &str) -> (&'static str, String) {
    ("domain", name.to_owned())
}

#[test]
fn a_house_that_says_its_name() {
    let house = |_, n| (format!("x/HarbourNews_{n}"), None, vec![domain("harbour-news.example")]);
    let (confidence, first) = said("lockstep", &lockstep(&house));
    assert_eq!(confidence, Confidence::Low, "{first}");
    assert!(first.contains("open accounts of one organisation"), "{first}");
    let (confidence, first) = said("copy-paste", &lockstep(&house));
    assert_eq!(confidence, Confidence::Low, "{first}");
    let covert = |_, n| (format!("x/voice{n}"), None, vec![domain("harbour-news.example")]);
    for kind in ["lockstep", "copy-paste"] {
        let (confidence, first) = said(kind, &lockstep(&covert));
        assert!(confidence >= Confidence::Moderate && !first.starts_with("Recognised"), "{kind}: {first}");
    }
}

#[test]
fn one_hand_on_several_platforms() {
    let scene = |name: &dyn Fn(usize) -> String| {
        let (mut scene, platforms) = (Scene::new(), ["x", "telegram", "bluesky"]);
        scene.chatter(3, 400, 120, 10);
        for push in 0..9 {
            let url = format!("line.example/{push}");
            for (at, platform) in platforms.iter().enumerate() {
                scene.post(&format!("{platform}/{}", name(at)), 90_000 + push * 61_000 + at as i64, &[("url", &url)]);
            }
        }
        scene
    };
    let (confidence, first) =
        said("lockstep", &scene(&|at| ["Anna_Writes", "annawrites", "anna.writes"][at].to_owned()));
    assert!(confidence == Confidence::Low && first.contains("several platforms"), "{first}");
    let (confidence, first) = said("lockstep", &scene(&|at| format!("voice{at}")));
    assert!(confidence >= Confidence::Moderate && !first.starts_with("Recognised"), "{first}");
}

#[test]
fn a_button_that_everybody_presses() {
    let mut scene = lockstep(&|_, n| (format!("x/voice{n}"), None, vec![]));
    let (confidence, _) = said("lockstep", &scene);
    assert!(confidence >= Confidence::Moderate);
    let mut dice = Dice(4);
    for push in 0..9 {
        let (url, text) =
            (format!("line.example/{push}"), format!("this is line number {push} which you must read today"));
        for reader in 0..14 {
            let at = dice.below(600_000) as i64;
            scene.post(&format!("x/reader{}", push * 3 + reader), at, &[("url", &url), ("exact-text", &text)]);
        }
    }
    let (confidence, first) = said("lockstep", &scene);
    assert!(confidence == Confidence::Low && first.contains("share button"), "{confidence:?} {first}");
}

#[test]
fn a_feed_that_a_service_posts() {
    let with = |client: &'static str| {
        move |_, n| (format!("x/voice{n}"), None, vec![domain("line.example"), ("client", client.to_owned())])
    };
    let (confidence, first) = said("lockstep", &lockstep(&with("dlvr.it")));
    assert!(confidence == Confidence::Low && first.contains("cross-posting service"), "{first}");
    let (confidence, first) = said("lockstep", &lockstep(&with("twitter for android")));
    assert!(confidence >= Confidence::Moderate && !first.starts_with("Recognised"), "{first}");
}

#[test]
fn a_timetable_is_told_and_is_no_acquittal() {
    let hourly =
        |push: i64, n| (format!("x/voice{n}"), Some((30 + push * 17) * 3600 + 300), vec![domain("line.example")]);
    let (confidence, first) = said("lockstep", &lockstep(&hourly));
    assert!(confidence == Confidence::Moderate && first.contains("timetable"), "{confidence:?} {first}");
    let loose = |push: i64, n| {
        (format!("x/voice{n}"), Some((30 + push * 17) * 3600 + push * 311), vec![domain("line.example")])
    };
    assert!(!said("lockstep", &lockstep(&loose)).1.contains("timetable"));
}

/// What is recognised of the accounts whose names begin so, by everything they posted.
fn of(scene: &Scene, begins: &str, slow: bool, first: Option<&str>) -> Vec<String> {
    let stage = scene.stage();
    let board = stage.board();
    let ours = |a: &ActorNo| board.actor(*a).name.raw().starts_with(begins);
    let members: Vec<ActorNo> = (0..board.actors.len() as u32).map(ActorNo).filter(ours).collect();
    let first = first.and_then(|name| members.iter().copied().find(|m| board.actor(*m).name.raw() == name));
    let mut touches = vec![];
    board.shares.each_object(&mut |_, shares| touches.extend(shares.iter().filter(|s| ours(&s.actor)).copied()));
    let group = Group { members, touches: &touches, pairs: vec![], first, slow };
    recognised(&board, &[group]).remove(0).into_iter().map(|r| r.innocent.what).collect()
}

#[test]
fn a_ticker_and_its_readers() {
    let mut scene = Scene::new();
    for news in 0..6_i64 {
        let url = format!("harbournews.example/{news}");
        let traces = [("url", url.as_str()), ("domain", "harbournews.example")];
        for reader in ["x/harbournews", "x/one", "x/two"] {
            scene.post(reader, news * 9_000 + i64::from(reader != "x/harbournews") * 20, &traces);
        }
    }
    assert!(of(&scene, "x/", false, Some("x/harbournews"))[0].contains("news ticker"));
    assert!(of(&scene, "x/", false, Some("x/one")).is_empty());
    assert!(of(&scene, "x/", false, None).is_empty());
}

#[test]
fn a_fan_club_under_one_tag() {
    let scene = |others: usize, tags: &[&str]| {
        let (mut scene, mut dice) = (Scene::new(), Dice(8));
        for fan in 0..5 {
            for post in 0..6 {
                let post = format!("x:{post}");
                let mut traces: Vec<(&str, &str)> = tags.iter().map(|t| ("hashtag", *t)).collect();
                traces.push(("repost", &post));
                scene.post(&format!("x/fan{fan}"), dice.below(400_000) as i64, &traces);
            }
        }
        for other in 0..others {
            scene.post(&format!("y/other{other}"), dice.below(400_000) as i64, &[("hashtag", "goharbour")]);
        }
        scene
    };
    assert!(of(&scene(40, &["goharbour"]), "x/fan", true, None)[0].contains("fan club"));
    assert!(of(&scene(40, &["goharbour"]), "x/fan", false, None).is_empty(), "too quick for an audience");
    assert!(of(&scene(3, &["goharbour"]), "x/fan", true, None).is_empty(), "nobody else uses it");
    assert!(of(&scene(40, &["goharbour", "votenow"]), "x/fan", true, None).is_empty(), "two tags");
}

#[test]
fn nothing_of_nothing() {
    let stage = Scene::new().stage();
    let group = Group { members: vec![], touches: &[], pairs: vec![], first: None, slow: true };
    assert!(recognised(&stage.board(), &[group])[0].is_empty());
    assert!(recognised(&stage.board(), &[]).is_empty());
}
