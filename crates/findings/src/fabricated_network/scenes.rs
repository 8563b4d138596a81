//! A desk that wears three outlets' faces, and outlets, shops and neighbours who share what anybody may.

use crate::Scene;
use crate::scene::Copy;

const OUTLETS: [(&str, &str); 3] =
    [("courier.example", "The Courier"), ("morning-post.example", "Morning Post"), ("sund-echo.example", "Sund Echo")];
const CLONES: [&str; 3] = ["courier-news.test", "morning-post.test", "sund-echo.press.test"];

/// Three clones, two of them registered in one minute at one address, the third tied by an account id; and a paper of the same
/// owner without a face. The outlets' own ids are on the clones as well and tie nobody.
pub(super) fn guilty() -> Scene {
    let mut scene = outlets();
    for (clone, (outlet, name)) in CLONES.into_iter().zip(OUTLETS) {
        scene.wears(clone, outlet, name, true);
        let id = format!("UA-{}", outlet.len());
        scene.page(clone, &[("tracker-id", &id)]);
    }
    for site in [CLONES[0], CLONES[1], "desk-daily.test"] {
        scene.page(site, &[("ip-address", "198.51.100.9"), ("registration-minute", "2026-06-30T20:46")]);
    }
    for site in [CLONES[1], CLONES[2]] {
        scene.page(site, &[("tracker-id", "UA-7711223")]);
    }
    scene.like(CLONES[0], "courier.example", "words put around the name", 24.0);
    let courier = Copy { site: "courier.example", masthead: "The Courier", day: Some(3), ..Copy::default() };
    scene.carries(1, courier);
    scene.carries(1, Copy { site: CLONES[0], day: Some(4), changes: 4, ..courier });
    scene
}

/// Regional editions of one publisher with one article and one name; two shops on one theme; neighbours at a host; an outlet that
/// moved to a like name, tied to the old one by registration; an agency's article.
pub(super) fn innocent() -> Scene {
    let mut scene = outlets();
    for site in ["north.herald.example", "south-herald.example"] {
        scene.page(
            site,
            &[("ip-address", "198.51.100.20"), ("registration-minute", "2012-06-30T20:46"), ("tracker-id", "UA-31")],
        );
        scene.carries(2, Copy { site, masthead: "The Herald", day: Some(5), ..Copy::default() });
    }
    for shop in ["shop-a.example", "shop-b.example"] {
        scene.page(shop, &[("tracker-id", "UA-1000001")]);
    }
    for n in 0..12 {
        scene.page(&format!("neighbour{n}.example"), &[("ip-address", "192.0.2.80")]);
    }
    for site in ["sund-echo.example", "sundecho.example"] {
        scene.page(site, &[("ip-address", "198.51.100.30"), ("registration-minute", "2009-03-02T09:30")]);
    }
    scene.wears("sundecho.example", "sund-echo.example", "Sund Echo", false);
    scene.like("sundecho.example", "sund-echo.example", "a hyphen left out", 24.0);
    let agency = Copy { site: "agency.example", masthead: "Sund Press Service", day: Some(3), ..Copy::default() };
    scene.carries(1, agency);
    for (site, masthead) in OUTLETS {
        scene.carries(1, Copy { site, masthead, day: Some(4), credits: true, ..Copy::default() });
    }
    scene
}

fn outlets() -> Scene {
    let mut scene = Scene::new();
    for (n, (outlet, _)) in OUTLETS.into_iter().enumerate() {
        let (id, minute) = (format!("UA-{}", outlet.len()), format!("2010-01-0{}T10:15", n + 1));
        scene.page(outlet, &[("domain", outlet), ("tracker-id", &id), ("registration-minute", &minute)]);
    }
    scene
}
