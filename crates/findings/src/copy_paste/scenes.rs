//! A crowd with handed-out lines, and readers who press a share button.

use crate::Scene;
use crate::scene::Dice;

/// Nine accounts post the same four texts, hours apart and without links, over a week.
pub(super) fn guilty() -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(21));
    scene.chatter(5, 300, 90, 8);
    for line in 0..4 {
        let text = format!("nobody asked us about plan {line} and now we all have to pay for it");
        for account in 0..9 {
            let at = line * 86_400 + dice.below(200_000) as i64;
            scene.post(&format!("x/neighbour{account}"), at, &[("exact-text", &text)]);
        }
    }
    scene
}

/// Forty readers share five articles with the button's text and link, and a dozen of them repost one post.
pub(super) fn innocent() -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(22));
    scene.chatter(5, 300, 90, 8);
    for article in 0..5 {
        let text = format!("council votes on item {article} after a long night of debate");
        let url = format!("paper1.example/council/{article}");
        for _ in 0..9 {
            let who = format!("x/reader{}", dice.below(40));
            scene.post(&who, dice.below(600_000) as i64, &[("exact-text", &text), ("url", &url)]);
        }
    }
    for fan in 0..12 {
        let at = dice.below(600_000) as i64;
        let text = "what a night it was thank you all so much";
        scene.post(&format!("x/reader{fan}"), at, &[("repost", "x:55"), ("exact-text", text)]);
    }
    scene
}
