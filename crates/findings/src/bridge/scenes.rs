//! Channels kept apart that slip, and a town's ordinary traffic.

use crate::Scene;

/// A sender's mails and three accounts share a leak page and a picture; two news sites share a tracker and a phone.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.chatter(7, 300, 90, 8).letters(7, 120, 8);
    for day in 0..3 {
        let to = format!("editor{day}@press.example");
        let url = format!("leakbox.example/folder/{day}");
        scene.mail("observer7@post.example", &[&to], day * 86_400, &[("url", &url), ("domain", "leakbox.example")]);
        for account in 0..3 {
            let at = 40_000 + day * 86_400 + account * 9_000;
            scene.post(&format!("x/truth{account}"), at, &[("url", &url), ("domain", "leakbox.example")]);
        }
    }
    scene.mail("observer7@post.example", &["editor9@press.example"], 300_000, &[("file-hash", "9f86d081")]);
    scene.post("x/truth1", 310_000, &[("file-hash", "9f86d081")]);
    for site in ["daily-herald.example", "morning-star.example"] {
        scene.page(site, &[("tracker-id", "UA-4411223"), ("page-phone", "+15550100"), ("outgoing-domain", site)]);
    }
    own_sites(&mut scene, 30);
    scene
}

/// Readers and a newsletter share a popular story; shops mail links to themselves; each site has ids of its own.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.chatter(7, 300, 90, 8).letters(7, 120, 8);
    let story = [("url", "paper1.example/big-story"), ("domain", "paper1.example")];
    for reader in 0..25 {
        scene.post(&format!("x/reader{reader}"), 5_000 * reader, &story);
    }
    scene.mail("digest@letters.example", &["a@office.example"], 40_000, &story);
    scene.mail(
        "offers@shop3.example",
        &["a@office.example"],
        50_000,
        &[("url", "shop3.example/sale"), ("domain", "shop3.example")],
    );
    own_sites(&mut scene, 30);
    scene
}

fn own_sites(scene: &mut Scene, n: usize) {
    for i in 0..n {
        let site = format!("shop{i}.example");
        let sale = format!("{site}/sale");
        let (tracker, phone) = (format!("UA-90{i:04}"), format!("+1555020{i:02}"));
        let mail = format!("info@{site}");
        scene.page(
            &site,
            &[
                ("tracker-id", &tracker),
                ("page-phone", &phone),
                ("page-email", &mail),
                ("url", &sale),
                ("outgoing-domain", "facebook.com"),
            ],
        );
    }
}
