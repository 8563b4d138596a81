//! One account under many senders, and the innocent who speak of money.

use crate::Scene;
use crate::scene::Letter;
use model::Grade;

/// Made of bytes 7 throughout: nobody's.
const WALLET: &str = "1eA9ctCNq41iLLnQErtTUVdxpRyZ9hZmW";

/// The same threat to four of an office, from a new address each time, to one account.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.letters(3, 40, 20);
    for n in 0..4_i64 {
        scene.judged(&Letter {
            from: &format!("someone{n}@provider.example"),
            to: &format!("someone{n}@office.example"),
            at: 90_000 + n * 60,
            purpose: "extortion-scam",
            grade: Grade::Supported,
            lines: &[("extortion", Grade::Supported, "i have hacked"), ("wallet", Grade::Established, WALLET)],
            against: &[],
        });
    }
    scene
}

/// A supplier's invoice, a collection that names an account, a paper that tells of such mails.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.letters(4, 40, 20);
    let twins: [(&str, &str, Grade, &[_]); 3] = [
        ("accounts@supplier.example", "ordinary", Grade::Supported, &[("asks-money", Grade::Weak, "our invoice")]),
        ("appeal@relief.example", "bulk", Grade::Supported, &[("wallet", Grade::Established, WALLET)]),
        ("desk@paper.example", "extortion-scam", Grade::Weak, &[("wallet", Grade::Established, WALLET)]),
    ];
    for (n, (from, purpose, grade, lines)) in twins.into_iter().enumerate() {
        scene.judged(&Letter {
            from,
            to: "someone1@office.example",
            at: 5_000 + n as i64,
            purpose,
            grade,
            lines,
            against: &[("bulk-mail", Grade::Supported, "list.relief.example")],
        });
    }
    scene
}
