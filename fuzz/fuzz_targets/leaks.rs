//! Two texts: one sealed, the other held against the seal, asked about blindly and compared; and any bytes as a seal, a
//! blind seal, a question and an answer.
#![no_main]

use leaks::{Asked, BlindSeal, Key, Matcher, Owner, Seal, Sealer, Shelf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let key = Key::new([7; 32]);
    let _ = (Seal::read(data.to_vec(), &key), Key::read(&String::from_utf8_lossy(data)));
    let owner = Owner::new(&key).expect("a key");
    let _ = (owner.asked(data), owner.answer(data), BlindSeal::read(data));
    let text = String::from_utf8_lossy(data);
    let (there, here) = text.split_once('\0').unwrap_or((&*text, &*text));
    let mut sealer = Sealer::new(&key);
    sealer.add("a", there, &[]).expect("short");
    let file = sealer.seal().seal.write(&key).expect("small");
    let seal = Seal::read(file, &key).expect("just written");
    let chars = here.chars().count();
    for p in Matcher::new(&seal, &key).check(here) {
        assert!(p.start <= p.end && p.end as usize <= chars && p.doc_start <= p.doc_end);
    }
    for change in leaks::altered(here, there) {
        assert!(change.here.end as usize <= chars && change.here.start <= change.here.end);
    }
    let mut shelf = Shelf::default();
    shelf.add(there);
    let _ = shelf.beside(here);
    let blind = BlindSeal::read(&owner.seal(owner.results(there))).expect("just made");
    if data.len() < 512 {
        let asked = Asked::about([here].into_iter(), &blind, &[1; 32]).expect("short");
        let answers: Vec<Vec<u8>> = asked.questions.iter().map(|q| owner.answer(q).expect("a question")).collect();
        asked.known(&answers, &blind).expect("answers");
    }
});
