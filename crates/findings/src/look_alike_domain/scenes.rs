//! A clone of a paper's name that accounts lead to and that writes mail, and names that only sound alike.

use crate::Scene;

/// The paper with a word around its name, a page under it, five accounts that lead there and a mail from it.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.chatter(3, 120, 40, 6);
    scene.page("corholm-courier.example", &[("domain", "corholm-courier.example")]);
    scene.page("corholm-courier-news.test", &[("domain", "corholm-courier-news.test")]);
    for account in 0..5_i64 {
        let url = "corholm-courier-news.test/story";
        scene.post(
            &format!("x/a{account}"),
            account * 50_000,
            &[("url", url), ("domain", "corholm-courier-news.test")],
        );
    }
    scene.mail("desk@corholm-courier-news.test", &["someone@office.example"], 90_000, &[]);
    scene.like("corholm-courier-news.test", "corholm-courier.example", "words put around the name", 24.0);
    scene
}

/// The paper's own second domain, tied to it by registration; a baker of the same town; a name met by nobody.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    let own = |domain: &'static str| {
        [("domain", domain), ("ip-address", "198.51.100.9"), ("registration-minute", "2026-06-30T20:46")]
    };
    scene.page("corholm-courier.example", &own("corholm-courier.example"));
    scene.page("corholm-courier.test", &own("corholm-courier.test"));
    scene.page("corholm-bakery.test", &[("domain", "corholm-bakery.test")]);
    scene.like("corholm-courier.test", "corholm-courier.example", "the same name under another suffix", 26.0);
    scene.like("corholm-bakery.test", "corholm-courier.example", "words put around the name", 6.0);
    scene
}
