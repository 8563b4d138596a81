//! A lure at an office, and a shop whose mailing counts its links.

use crate::Scene;
use crate::scene::Letter;
use model::Grade;

/// The same alarm to four of an office, from an address of nobody.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.letters(3, 40, 20);
    for n in 0..4_i64 {
        scene.judged(&Letter {
            from: "helpdesk@off1ce.example",
            to: &format!("someone{n}@office.example"),
            at: 90_000 + n * 60,
            purpose: "credential-theft",
            grade: Grade::Established,
            lines: &[
                ("link-names-other", Grade::Established, "https://mail.office.example/"),
                ("account-alarm", Grade::Supported, "your mailbox is nearly full"),
            ],
            against: &[("no-ask", Grade::Weak, "")],
        });
    }
    scene
}

/// A weak suspicion, and a mailing that was judged to be one.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.letters(4, 40, 20);
    for (n, (purpose, grade)) in [("credential-theft", Grade::Weak), ("bulk", Grade::Supported)].into_iter().enumerate()
    {
        scene.judged(&Letter {
            from: "news@shop.example",
            to: "someone1@office.example",
            at: 5_000 + n as i64,
            purpose,
            grade,
            lines: &[("tracking", Grade::Weak, "https://count.shop.example/")],
            against: &[("bulk-mail", Grade::Supported, "list.shop.example")],
        });
    }
    scene
}
