//! A memo in mails and on a page, and the same memo in the house's own mail.

use crate::Scene;
use crate::scene::{Letter, Line};
use model::{Carrier, Grade};

/// Long passages of one memo in two mails of strangers and on a page.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.letters(9, 40, 20);
    for n in 0..2_i64 {
        let from = format!("citizen{n}@box.example");
        let lines: [Line<'_>; 1] = [("sealed-document", Grade::Established, "the memo")];
        scene.judged(&Letter {
            from: &from,
            to: "tips@news.example",
            at: 70_000 + n * 400,
            purpose: "unsolicited-disclosure",
            grade: Grade::Established,
            lines: &lines,
            against: &[],
        });
        scene.excerpt(Carrier::Mail, "the memo", 310, 1e-12);
    }
    scene.page("odd-news.example", &[("tracker-id", "UA-7712345")]);
    scene.excerpt(Carrier::Page, "the memo", 140, 1e-9);
    scene
}

/// The chair mailed it to the office; the owner's own copy lies in the evidence.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.letters(10, 40, 20);
    let lines: [Line<'_>; 2] =
        [("sealed-document", Grade::Established, "the memo"), ("house-mail", Grade::Supported, "chair@office.example")];
    scene.judged(&Letter {
        from: "chair@office.example",
        to: "someone1@office.example",
        at: 900,
        purpose: "unsolicited-disclosure",
        grade: Grade::Established,
        lines: &lines,
        against: &[],
    });
    scene.excerpt(Carrier::Mail, "the memo", 310, 1e-12);
    scene.add(model::Sort::File, "file", Some(100), &[]);
    scene.excerpt(Carrier::Document, "the memo", 5_000, 1e-30);
    if let Some((_, last)) = scene.excerpts.last_mut() {
        last.whole = true;
    }
    scene
}
