//! A desk that runs six papers, and shops that share a host, a theme and nothing else.

use crate::Scene;

/// Six papers registered in one minute, at one address, three of them with one measuring account; and a town's shops.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    shops(&mut scene);
    for n in 0..6 {
        let site = format!("daily-{n}.example");
        let mut traces = vec![("ip-address", "198.51.100.9"), ("registration-minute", "2026-06-30T20:46")];
        if n < 3 {
            traces.push(("tracker-id", "UA-7711223"));
        }
        scene.page(&site, &traces);
    }
    scene
}

/// Neighbours at one host; two shops on one theme with its default id; a paper and its partner, each on its own.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    shops(&mut scene);
    scene.page("theme-a.example", &[("tracker-id", "UA-1000001"), ("page-email", "a@theme-a.example")]);
    scene.page("theme-b.example", &[("tracker-id", "UA-1000001"), ("page-email", "b@theme-b.example")]);
    scene
}

fn shops(scene: &mut Scene) {
    for n in 0..20 {
        let site = format!("shop{n}.example");
        let (minute, mail) = (format!("2026-05-01T10:{n:02}"), format!("info@{site}"));
        scene.page(&site, &[("ip-address", "192.0.2.80"), ("registration-minute", &minute), ("page-email", &mail)]);
    }
}
