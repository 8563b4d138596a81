//! Stolen papers offered through throw-away senders, and everything an office's mail is full of.

use crate::Scene;

const SERVICE: &str = "mail-ej1-f51.google.com";

/// Nine throw-away senders mail one attachment to nine newsrooms within two days, through one rented server.
pub(super) fn guilty() -> Scene {
    let mut scene = Scene::new();
    scene.letters(31, 160, 30);
    for n in 0..9_i64 {
        let from = format!("concerned{n}@box{n}.example");
        let to = format!("tips@news{n}.example");
        let text = format!("dear editors number {n} you should see what the campaign hides please look inside");
        scene.mail(
            &from,
            &[&to],
            800_000 + n * 17_000,
            &[
                ("exact-text", &text),
                ("file-hash", "60303ae22b99"),
                ("mail-subject", "what they hide from you"),
                ("message-id-domain", "localmailer.example"),
                ("mail-relay", "srv12.rented.example"),
            ],
        );
    }
    scene
}

/// A weekly newsletter, a press office, a thread, and strangers who use the same provider.
pub(super) fn innocent() -> Scene {
    let mut scene = Scene::new();
    scene.letters(32, 160, 30);
    newsletter(&mut scene);
    press_office(&mut scene);
    thread(&mut scene);
    for n in 0..12_i64 {
        let (from, to) = (format!("friend{n}@gmail.com"), format!("someone{}@office.example", n % 12));
        let text = format!("hello again here are my thoughts on the plan for weekend {n}");
        scene.mail(
            &from,
            &[&to],
            90_000 * n,
            &[
                ("exact-text", &text),
                ("mail-subject", "hello"),
                ("message-id-domain", "mail.gmail.com"),
                ("mail-relay", SERVICE),
            ],
        );
    }
    scene
}

fn newsletter(scene: &mut Scene) {
    for week in 0..4_i64 {
        let text = format!("this week in the garden number {week} we plant and we prune and we wait for rain");
        for reader in 0..15_i64 {
            let to = format!("someone{reader}@office.example");
            scene.mail(
                "garden@letters.example",
                &[&to],
                week * 604_800 + reader,
                &[
                    ("exact-text", &text),
                    ("mail-subject", "this week in the garden"),
                    ("message-id-domain", "letters.example"),
                    ("mail-relay", "out.letters.example"),
                ],
            );
        }
    }
}

fn press_office(scene: &mut Scene) {
    for n in 0..8_i64 {
        let from = format!("press{}@ministry.example", n % 2);
        let to = format!("desk@news{n}.example");
        scene.mail(
            &from,
            &[&to],
            1_200_000 + n * 40,
            &[
                (
                    "exact-text",
                    "the ministry invites you to its yearly press conference on thursday at ten in the hall",
                ),
                ("mail-subject", "press conference on thursday"),
                ("message-id-domain", "ministry.example"),
            ],
        );
        scene.mail(&from, &[&to], 300_000 + n * 70_000, &[("message-id-domain", "ministry.example")]);
    }
}

fn thread(scene: &mut Scene) {
    for n in 0..6_i64 {
        let (from, to) =
            (format!("someone{n}@team{n}.example"), format!("someone{}@team{}.example", (n + 1) % 6, (n + 1) % 6));
        scene.mail(
            &from,
            &[&to],
            500_000 + n * 3_000,
            &[
                ("file-hash", "a1b2c3d4e5f6"),
                ("mail-subject", "the budget table for monday"),
                ("message-id-domain", "lists.example"),
            ],
        );
    }
}
