//! A paper whose front was copied, and a paper that moved house.

use crate::Scene;

const IDS: [(&str, &str); 2] = [("tracker-id", "UA-5500123"), ("page-email", "desk@herald.example")];

/// A copy at another address with the paper's ids; registered by someone else.
pub(super) fn guilty() -> Scene {
    let mut scene = papers();
    scene.page("herald-news.example", &IDS);
    scene.page(
        "herald-news.example",
        &[
            ("copied-from", "herald.example"),
            ("ip-address", "198.51.100.9"),
            ("registration-minute", "2026-08-30T03:11"),
        ],
    );
    // Another wore a paper's name for a week and then sent its readers there.
    scene
        .wears("echo-today.test", "sund-echo.example", "Sund Echo", true)
        .sends("echo-today.test", "sund-echo.example");
    scene
}

/// The paper's own old address, registered and served with the new one; and a reader's page that links to it all day.
pub(super) fn innocent() -> Scene {
    let mut scene = papers();
    scene.page("old-herald.example", &IDS[..1]);
    scene.page(
        "old-herald.example",
        &[("copied-from", "herald.example"), ("ip-address", "192.0.2.17"), ("registration-minute", "2009-03-02T09:30")],
    );
    scene.page("herald-watch.example", &[("copied-from", "herald.example"), ("tracker-id", "UA-900900")]);
    scene
}

fn papers() -> Scene {
    let mut scene = Scene::new();
    scene.page("herald.example", &IDS);
    scene.page("herald.example", &[("ip-address", "192.0.2.17"), ("registration-minute", "2009-03-02T09:30")]);
    for n in 0..10 {
        let site = format!("paper{n}.example");
        let (id, minute) = (format!("UA-66{n:04}"), format!("2010-01-0{}T10:15", n % 9 + 1));
        scene.page(&site, &[("tracker-id", &id), ("registration-minute", &minute)]);
    }
    scene
}
