//! An account that pushes for three days, and an event to which everyone reacts.

use crate::Scene;
use crate::scene::Dice;

/// A month of talk; one account posts daily, and fifteen times a day on three days in the middle.
pub(super) fn guilty() -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(41));
    scene.chatter(41, 900, 150, 30);
    for day in 0..30_i64 {
        for n in 0..if (18..21).contains(&day) { 15 } else { 1 } {
            let text = format!("day {day} number {n} of what has to be said before the vote");
            scene.post("x/siren", day * 86_400 + dice.below(86_400) as i64, &[("exact-text", &text)]);
        }
    }
    scene
}

/// The same month; on one day all post five times as much, the busiest account too.
pub(super) fn innocent() -> Scene {
    let (mut scene, mut dice) = (Scene::new(), Dice(42));
    scene.chatter(42, 900, 150, 30);
    for day in 0..30_i64 {
        for n in 0..if day == 15 { 10 } else { 2 } {
            let text = format!("day {day} number {n} as seen by a regular");
            scene.post("x/regular", day * 86_400 + dice.below(86_400) as i64, &[("exact-text", &text)]);
        }
    }
    for n in 0..120 {
        let text = format!("what a match number {n} in a long evening of goals");
        let who = format!("x/reader{}", dice.below(150));
        scene.post(&who, 15 * 86_400 + dice.below(86_400) as i64, &[("exact-text", &text)]);
    }
    scene
}
