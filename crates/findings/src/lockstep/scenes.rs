//! Seven accounts that act as one, and a fan club that does not.

use crate::Scene;
use crate::scene::Dice;

/// Seven accounts post nine links and repost five posts, each within half a minute of one another, over six days.
pub(super) fn guilty() -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(11));
    scene.chatter(3, 400, 120, 10);
    for push in 0..9 {
        let start = 90_000 + push * 61_000;
        let url = format!("line.example/{push}");
        let text = format!("this is line number {push} which you must read today");
        for account in 0..7 {
            let at = start + dice.below(30) as i64;
            let who = format!("x/voice{account}");
            scene.post(&who, at, &[("url", &url), ("exact-text", &text)]);
            if push < 5 {
                let post = format!("x:90{push}");
                scene.post(&who, at + 4_000, &[("repost", &post)]);
            }
        }
    }
    scene
}

/// Thirty fans repost the same eight posts of their star, each in the three hours after it.
pub(super) fn innocent() -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(12));
    scene.chatter(3, 400, 120, 10);
    for news in 0..8 {
        let post = format!("x:77{news}");
        for fan in 0..30 {
            if dice.below(3) > 0 {
                let at = 50_000 + news * 86_400 + dice.below(10_800) as i64;
                scene.post(&format!("x/fan{fan}"), at, &[("repost", &post)]);
            }
        }
    }
    scene
}
