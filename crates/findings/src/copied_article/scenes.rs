//! A paper whose report appears with other words under its own name elsewhere, and papers that print an agency's.

use crate::Scene;
use crate::scene::Copy;

/// The Courier's report at the Courier's and, with words changed, on a site that wears its name; and a desk of three papers
/// that has one article under three names and three persons.
pub(super) fn guilty() -> Scene {
    let mut scene = papers();
    scene.wears("corholm-courier-news.test", "corholm-courier.example", "Corholm Courier", true);
    scene.registered("corholm-courier-news.test", 2);
    let courier = Copy {
        site: "corholm-courier.example",
        masthead: "Corholm Courier",
        byline: "Karin Lund",
        day: Some(3),
        ..Copy::default()
    };
    scene.carries(1, courier);
    scene.carries(1, Copy { site: "corholm-courier-news.test", day: Some(4), changes: 5, ..courier });
    let desk = [
        ("daily-one.example", "The Daily One", "Ann Ames"),
        ("daily-two.example", "Second Daily", "Bo Brandt"),
        ("daily-three.example", "Third Day", "Cy Clark"),
    ];
    for (site, masthead, byline) in desk {
        scene.page(site, &[("ip-address", "198.51.100.9"), ("registration-minute", "2026-06-30T20:46")]);
        scene.carries(2, Copy { site, masthead, byline, day: Some(5), ..Copy::default() });
    }
    scene
}

/// An agency's article whole in six papers under their own names, with its name; one that prints a release; regional editions of
/// one publisher, which share a desk and say so by one name.
pub(super) fn innocent() -> Scene {
    let mut scene = papers();
    let agency = Copy { site: "agency.example", masthead: "Sund Press Service", day: Some(3), ..Copy::default() };
    scene.carries(1, agency);
    let papers =
        ["paper0.example", "paper1.example", "paper2.example", "paper3.example", "paper4.example", "paper5.example"];
    for (n, site) in papers.into_iter().enumerate() {
        let masthead = ["North Post", "East Post", "The Harbour", "Valley Sun", "Town Crier", "Evening Bell"][n];
        let byline = if n == 2 { "Harbour newsroom" } else { "" };
        scene.carries(1, Copy { site, masthead, byline, day: Some(4), credits: n != 4, changes: 0 });
    }
    for site in ["north.herald.example", "south-herald.example"] {
        scene.page(site, &[("ip-address", "198.51.100.9"), ("registration-minute", "2012-06-30T20:46")]);
        scene.carries(2, Copy { site, masthead: "The Herald", byline: "Dag Dahl", day: Some(5), ..Copy::default() });
    }
    scene
}

fn papers() -> Scene {
    let mut scene = Scene::new();
    for n in 0..10 {
        let site = format!("paper{n}.example");
        let (id, minute) = (format!("UA-66{n:04}"), format!("2010-01-0{}T10:15", n % 9 + 1));
        scene.page(&site, &[("tracker-id", &id), ("registration-minute", &minute)]);
    }
    scene.page("corholm-courier.example", &[("tracker-id", "UA-5500123")]);
    scene
}
