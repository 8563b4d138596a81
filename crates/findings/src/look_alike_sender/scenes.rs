//! An address with one letter changed that wants money, and a partner with a like name.

use crate::Scene;
use crate::scene::{Letter, Line};
use model::Grade;

/// Two mails of the chair who is none.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.letters(7, 40, 20);
    let lines: [Line<'_>; 2] = [
        ("look-alike-sender", Grade::Established, "chair@off1ce.example"),
        ("asks-money", Grade::Supported, "transfer today"),
    ];
    for n in 0..2_i64 {
        scene.judged(&Letter {
            from: "chair@off1ce.example",
            to: &format!("someone{n}@office.example"),
            at: 40_000 + n * 300,
            purpose: "extortion-scam",
            grade: Grade::Supported,
            lines: &lines,
            against: &[],
        });
    }
    scene
}

/// A partner whose name is alike, and to whom the office has written for years.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.letters(8, 40, 20);
    scene.judged(&Letter {
        from: "desk@office-partners.example",
        to: "someone1@office.example",
        at: 700,
        purpose: "ordinary",
        grade: Grade::Supported,
        lines: &[("known-correspondent", Grade::Supported, "desk@office-partners.example")],
        against: &[("look-alike-sender", Grade::Established, "desk@office-partners.example")],
    });
    scene
}
