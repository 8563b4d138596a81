//! Papers of a campaign at a newsroom from strangers, and a tip that its owner authorised.

use crate::Scene;
use crate::scene::{Letter, Line};
use model::Grade;

fn letter<'a>(from: &'a str, to: &'a str, at: i64, purpose: &'a str, lines: &'a [Line<'a>]) -> Letter<'a> {
    Letter { from, to, at, purpose, grade: Grade::Supported, lines, against: &[] }
}

/// One sealed document, passed on by three strangers to three desks.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.letters(5, 40, 20);
    for n in 0..3_i64 {
        let (from, to) = (format!("citizen{n}@box.example"), format!("tips@news{n}.example"));
        let lines: [Line<'_>; 2] = [
            ("sealed-document", Grade::Established, "the memo"),
            ("offers-documents", Grade::Supported, "this came to me from somebody inside"),
        ];
        let letter = letter(&from, &to, 70_000 + n * 400, "unsolicited-disclosure", &lines);
        scene.judged(&Letter { grade: Grade::Established, ..letter });
    }
    scene
}

/// A tip, a press office, and a paper that the house itself mailed round.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.letters(6, 40, 20);
    scene.judged(&letter(
        "ann@box.example",
        "tips@news.example",
        400,
        "tip-or-press",
        &[("tip-offer", Grade::Weak, "a tip")],
    ));
    let lines: [Line<'_>; 2] =
        [("sealed-document", Grade::Established, "the memo"), ("house-mail", Grade::Supported, "chair@office.example")];
    scene.judged(&letter("chair@office.example", "someone1@office.example", 900, "unsolicited-disclosure", &lines));
    scene
}
