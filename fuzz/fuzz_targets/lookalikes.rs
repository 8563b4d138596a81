//! Any bytes as a list of outlets and, after the first NUL, as a feed, told and ranked; the feed's names as seeds of a
//! naming scheme, too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lookalikes::{Feed, Grammar, Outlets, Watch};

fuzz_target!(|data: &[u8]| {
    let at = data.iter().position(|b| *b == 0).unwrap_or(data.len());
    let mut outlets = Outlets::parse(&String::from_utf8_lossy(&data[..at])).unwrap_or_default();
    outlets.complete(&Outlets::known());
    let watch = Watch::new(outlets);
    let (mut pass, mut feed, mut names) = (watch.pass(), Feed::new(), Vec::new());
    for line in data[at..].split(|b| *b == b'\n') {
        feed.line(line, &mut |name, when| {
            pass.see(name, when);
            names.push((name.to_owned(), when));
        });
    }
    for hit in pass.rank(100) {
        assert!(!hit.target.is_empty() && !hit.techniques.is_empty());
    }
    if let Some(mut grammar) = Grammar::learn(&names) {
        names.iter().for_each(|(name, when)| grammar.count(name, *when));
        names.iter().for_each(|(name, when)| drop(grammar.weigh(name, *when)));
    }
});
