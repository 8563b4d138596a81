//! A platform's list of which some reached the evidence, and one of which nothing did.

use crate::Scene;
use model::Sort;

fn list(scene: &mut Scene, name: &str, things: &[&str]) {
    for thing in things {
        scene.add(Sort::File, name, None, &[("listed", thing)]);
    }
    for i in 0..200 {
        let other = format!("domain:elsewhere{i}.example");
        scene.add(Sort::File, name, None, &[("listed", &other)]);
    }
}

/// Two listed domains sent mail, a listed address was posted.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.chatter(7, 300, 90, 8).letters(7, 120, 8);
    let things = ["domain:relay-one.example", "domain:relay-two.example", "url:leakbox.example/folder/1"];
    list(&mut scene, "list/a platform", &things);
    for (day, from) in ["news@relay-one.example", "desk@mx.relay-two.example"].iter().enumerate() {
        scene.mail(from, &["editor@press.example"], 86_400 * day as i64, &[("mail-subject", "for your eyes")]);
    }
    let leak = [("url", "leakbox.example/folder/1"), ("domain", "leakbox.example")];
    scene.post("x/stranger", 90_000, &leak);
    scene
}

/// Nothing of the list occurs.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.chatter(7, 300, 90, 8).letters(7, 120, 8);
    list(&mut scene, "list/a platform", &[]);
    scene
}
