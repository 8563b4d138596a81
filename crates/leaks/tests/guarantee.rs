//! What is promised, over many invented texts: runs are found whatever surrounds and disguises them, seals hold nothing
//! that can be read, and hostile bytes do no harm.

use leaks::{Error, GUARANTEE, Key, Matcher, Seal, Sealer};

/// Repeatable dice (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    /// Invented words of an invented language.
    fn prose(&mut self, letters: usize) -> String {
        let mut out = String::new();
        while out.len() < letters {
            for _ in 0..=self.below(9) {
                out.push(char::from(b'a' + self.below(26) as u8));
            }
            out.push_str([" ", " ", " ", ", ", ". ", "\n"][self.below(6) as usize]);
        }
        out
    }
}

fn key() -> Key {
    Key::new([3; 32])
}

fn seal(texts: &[String]) -> Seal {
    let key = key();
    let mut sealer = Sealer::new(&key);
    texts.iter().enumerate().for_each(|(n, t)| sealer.add(&format!("doc{n}"), t, &[]).expect("fits"));
    sealer.seal().seal
}

/// A run of exactly the guaranteed number of letters, from somewhere in the text.
fn run_of(text: &str, dice: &mut Dice) -> String {
    let at: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(n, _)| n).collect();
    let from = dice.below((at.len() - GUARANTEE) as u64) as usize;
    text[at[from]..=at[from + GUARANTEE - 1]].to_owned()
}

/// The run as bad forwarding and evasion leave it.
fn disguised(run: &str, dice: &mut Dice) -> String {
    let sort = dice.below(6);
    let mut out = String::new();
    for (n, c) in run.chars().enumerate() {
        match sort {
            0 => out.push(c),
            1 => out.extend([c, '\u{200b}']),
            2 if n % 19 == 18 => out.push_str(&format!("{c}\r\n>> ")),
            3 => out.push_str(&c.to_uppercase().to_string()),
            4 if c.is_alphabetic() => out.push_str(&format!("&#{};", c as u32)),
            5 => out.push(match c {
                'a' => 'а',
                'o' => '0',
                'e' => 'е',
                'l' => '1',
                ' ' => '\u{a0}',
                c => c,
            }),
            _ => out.push(c),
        }
    }
    out
}

#[test]
fn any_run_of_sixty_letters_is_found() {
    let mut dice = Dice(1);
    let texts: Vec<String> = (0..20).map(|_| dice.prose(6000)).collect();
    let (seal, key) = (seal(&texts), key());
    let matcher = Matcher::new(&seal, &key);
    for round in 0..1500 {
        let doc = dice.below(20) as usize;
        let run = disguised(&run_of(&texts[doc], &mut dice), &mut dice);
        let before = dice.prose(300);
        let mail = format!("{before} {run} {}", dice.prose(300));
        let found = matcher.check(&mail);
        let passage = found.iter().find(|p| p.doc == doc).unwrap_or_else(|| panic!("round {round}: {run:?}"));
        let (start, end) = (before.chars().count() + 1, before.chars().count() + 1 + run.chars().count());
        assert!((passage.start as usize) < end && (passage.end as usize) > start, "round {round}");
    }
}

#[test]
fn nothing_is_found_in_other_texts() {
    let mut dice = Dice(2);
    let texts: Vec<String> = (0..20).map(|_| dice.prose(6000)).collect();
    let (seal, key) = (seal(&texts), key());
    let matcher = Matcher::new(&seal, &key);
    let found: usize = (0..200).map(|_| matcher.check(&dice.prose(3000)).len()).sum();
    assert_eq!(found, 0);
}

#[test]
fn places_are_those_of_the_document() {
    let mut dice = Dice(4);
    let texts: Vec<String> = (0..6).map(|_| dice.prose(5000)).collect();
    let (seal, key) = (seal(&texts), key());
    let matcher = Matcher::new(&seal, &key);
    for (doc, text) in texts.iter().enumerate() {
        let from = 700 * doc + 300;
        let passage = &matcher.check(&text[from..from + 600])[0];
        assert_eq!(passage.doc, doc);
        for (told, is) in [(passage.doc_start, from), (passage.doc_end, from + 600)] {
            assert!(told.abs_diff(is as u32) <= 20, "{told} {is}");
        }
        assert!(passage.run > 400 && passage.chance < 1e-9);
    }
}

#[test]
fn versions_keep_each_other_and_shared_words_tell_nothing() {
    let mut dice = Dice(5);
    let (common, draft, other) = (dice.prose(400), dice.prose(3000), dice.prose(3000));
    let texts = [format!("{common}{draft}"), format!("{draft}{}", dice.prose(300)), format!("{common}{other}")];
    let (seal, key) = (seal(&texts), key());
    let matcher = Matcher::new(&seal, &key);
    let found = matcher.check(&draft[500..1500]);
    assert_eq!((found.len(), found[0].also.len()), (1, 1), "{found:?}");
    assert!(matcher.check(&common[..300]).is_empty());
}

#[test]
fn public_text_is_refused() {
    let mut dice = Dice(6);
    let (public, own) = (dice.prose(3000), dice.prose(3000));
    let key = key();
    let mut sealer = Sealer::new(&key);
    sealer.background(&public);
    sealer.add("speech", &public, &[]).expect("fits");
    sealer.add("plan", &own, &[]).expect("fits");
    let sealed = sealer.seal();
    assert_eq!(sealed.public, ["speech"]);
    let matcher = Matcher::new(&sealed.seal, &key);
    assert!(matcher.check(&public).is_empty());
    assert_eq!(matcher.check(&own).len(), 1);
}

#[test]
fn a_seal_shows_no_text_and_no_names() {
    let mut dice = Dice(7);
    let texts: Vec<String> = (0..3).map(|_| dice.prose(4000)).collect();
    let bytes = seal(&texts).write(&key()).expect("writes");
    for text in texts.iter().map(String::as_bytes).chain([&b"doc0doc1doc2"[..]]) {
        let runs: std::collections::HashSet<&[u8]> = text.windows(8).collect();
        assert!(!bytes.windows(8).any(|w| runs.contains(w)));
    }
    assert_eq!(bytes, seal(&texts).write(&key()).expect("writes"), "the same twice");
}

#[test]
fn seals_under_different_keys_share_nothing() {
    let mut dice = Dice(8);
    let text = dice.prose(20_000);
    let made = |key: &Key| {
        let mut sealer = Sealer::new(key);
        sealer.add("x", &text, &[]).expect("fits");
        sealer.seal().seal.write(key).expect("writes")
    };
    let (one, two) = (made(&key()), made(&key().of_recipient("a desk")));
    let (head, body) = (26, 54);
    assert_eq!(one[..18], two[..18]);
    let runs: std::collections::HashSet<&[u8]> = one[head..].windows(6).collect();
    assert!(!two[body..].windows(6).any(|w| runs.contains(w)));
}

#[test]
fn wrong_keys_versions_and_torn_seals_are_told_apart() {
    let bytes = seal(&[Dice(9).prose(3000)]).write(&key()).expect("writes");
    assert!(Seal::read(bytes.clone(), &key()).is_ok());
    assert!(matches!(Seal::read(bytes.clone(), &Key::new([4; 32])), Err(Error::WrongKey { .. })));
    let mut other = bytes.clone();
    other[18] = 9;
    assert_eq!(Seal::read(other, &key()), Err(Error::Version(9)));
    for cut in [0, 5, 18, 30, 60, bytes.len() / 2, bytes.len() - 1] {
        let torn = Seal::read(bytes[..cut].to_vec(), &key());
        assert!(matches!(torn, Err(Error::NotASeal | Error::Damaged)), "{cut}");
    }
    for at in (18..bytes.len()).step_by(97) {
        let mut changed = bytes.clone();
        changed[at] ^= 4;
        assert!(Seal::read(changed, &key()).is_err(), "{at}");
    }
}

#[test]
fn hostile_texts_are_bounded() {
    let mut dice = Dice(10);
    let text = dice.prose(3000);
    let (seal, key) = (seal(std::slice::from_ref(&text)), key());
    let matcher = Matcher::new(&seal, &key);
    let again = text[..200].repeat(3000);
    assert!(matcher.check(&again).len() <= 3000);
    for hostile in [
        "a".repeat(1_000_000),
        "&#".repeat(300_000),
        "=\n".repeat(300_000),
        "\u{200b}".repeat(300_000),
        "-\n>".repeat(300_000),
        "𝐚\u{301}".repeat(100_000),
        "ab".repeat(500_000),
    ] {
        assert!(matcher.check(&hostile).is_empty());
    }
    for short in ["", "x", "nineteen letters ab", "& &; &#x; &#99999999999; =A - \u{fdfa}"] {
        assert!(matcher.check(short).is_empty());
    }
}
