//! Any small case is judged without a panic, twice the same: each line is `sort actor hour kind value …`.
#![no_main]

use findings::{FINDERS, Scene};
use libfuzzer_sys::fuzz_target;
use model::Sort;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut scene = Scene::new();
    for line in text.lines().take(400) {
        let words: Vec<&str> = line.split(' ').collect();
        let [sort, actor, hour, traces @ ..] = &words[..] else { continue };
        let sort = Sort::from_u8(sort.bytes().next().unwrap_or(0) % 5).expect("in range");
        let at = hour.parse::<i32>().ok().map(|h| i64::from(h) * 3600);
        let traces: Vec<(&str, &str)> = traces.chunks_exact(2).map(|t| (t[0], t[1])).collect();
        scene.add(sort, actor, at, &traces);
    }
    let stage = scene.stage();
    for finder in FINDERS {
        assert!((finder.judge)(&stage.board()) == (finder.judge)(&stage.board()), "{}", finder.card.id);
    }
});
