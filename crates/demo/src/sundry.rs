//! The list of names, two files broken on purpose, and the README that says what all this is.

use crate::File;
use crate::dates;
use crate::mailroom::wrapped;
use crate::picture::Picture;
use crate::planted::Planted;
use crate::rng::Rng;
use crate::story::Story;

const REST: &str = "
- posts/       exports of two platforms, in different layouts
- mail/        mailboxes handed over by two campaigns, by people and by newsrooms;
               single mails handed in
- documents/   notes of one of the campaigns
- pages/       saved web pages, by host
- pictures/    a picture that was sent in
- domains.txt  names seen, ordinary ones among them

Somewhere in it is an operation, and beside it people who only look like one.
The same seed gives the same bytes.

Every file says SYNTHETIC: posts in a column or field, mails in a header and a
line, pages in a comment and in the footer, pictures in a tEXt chunk, documents
in a line.

Broken on purpose, so that what could not be read is seen to be reported:

";

/// The rest of the case.
pub fn files(rng: &mut Rng, story: &Story, planted: &mut Planted, seed: u64) -> Vec<File> {
    let broken = [torn_picture(rng), noise(rng)];
    planted.broken = broken.iter().map(|f| f.path.clone()).collect();
    let readme = readme(story, &planted.broken, seed);
    let [picture, unknown] = broken;
    twins(rng, story, planted);
    vec![names(rng, story, planted), picture, unknown, readme]
}

/// Trades that share a town's name, or a paper's everyday word, with an outlet.
const TRADES: &[&str] = &["bakery", "dental", "plumbing", "rowing", "flowers", "garage", "choir", "cycles"];

/// Innocent names like an outlet's, and the list of protected outlets, in which each has its own other domain.
fn twins(rng: &mut Rng, story: &Story, planted: &mut Planted) {
    for outlet in &story.outlets {
        let (stem, end) = outlet.host.split_once('.').unwrap_or((&outlet.host, "example"));
        let region = rng.pick(&story.lexicon.places).to_lowercase();
        let own = format!("{stem}-{region}.{}", if end == "test" { "example" } else { "test" });
        let words = outlet.name.to_lowercase();
        let (town, paper) = words.split_once(' ').unwrap_or((&words, "paper"));
        planted.like_named.push(format!("{town}-{}.{}", rng.pick(TRADES), rng.pick(&["example", "test"])));
        planted.like_named.push(format!("{paper}-{}.{}", rng.pick(TRADES), rng.pick(&["example", "test"])));
        planted.protected.push(format!("{} | names: {} | own: {own}", outlet.host, outlet.name));
        planted.own_editions.push(own);
    }
    planted.like_named.sort();
    planted.like_named.dedup();
}

fn names(rng: &mut Rng, story: &Story, planted: &Planted) -> File {
    let mut all: Vec<String> = story.bystanders.clone();
    all.extend(planted.own_editions.iter().chain(&planted.like_named).cloned());
    all.extend(story.outlets.iter().chain(&story.lookalikes).map(|s| s.host.clone()));
    all.extend(story.campaigns.iter().map(|c| c.host.clone()));
    all.extend(story.newsletter.clone());
    let agency = story.agency.host.clone();
    all.extend([agency, story.picture_host.clone(), story.phish_host.clone(), story.hosting.clone()]);
    all.extend([story.freemail.clone(), story.postbox.clone()]);
    rng.shuffle(&mut all);
    let lines: String = all.iter().map(|d| format!("{d}\n")).collect();
    let text = format!("# SYNTHETIC: made-up names for a demonstration, one a line\n{lines}");
    File { path: "domains.txt".to_owned(), bytes: text.into_bytes() }
}

/// A picture whose end is missing.
fn torn_picture(rng: &mut Rng) -> File {
    let mut bytes = Picture::paint(rng).png();
    bytes.truncate(bytes.len() * rng.count(40, 80) / 100);
    File { path: format!("pictures/received-{}.png", rng.hex(4)), bytes }
}

/// Bytes of no format, but for the mark.
fn noise(rng: &mut Rng) -> File {
    let mut bytes: Vec<u8> = (0..48).map(|_| 0x80 | rng.next() as u8).collect();
    bytes.extend(b"\0SYNTHETIC noise, made for a demonstration\0");
    bytes.extend((0..rng.count(2000, 6000)).map(|_| rng.next() as u8));
    File { path: format!("documents/{}.dat", rng.hex(6)), bytes }
}

fn readme(story: &Story, broken: &[String], seed: u64) -> File {
    let d = story.days;
    let about = format!(
        "Everything in this folder is made up by a program from the seed {seed}: the country of {}, its vote on {}, the \
         campaigns {} and {}, every person, outlet, account, mail and page. Names of hosts end in .example or .test, \
         which are kept free for such use; addresses of machines are from the ranges kept for documentation. Any \
         likeness to anybody is chance.",
        story.lexicon.country,
        dates::long_date(d.vote),
        story.campaigns[0].name,
        story.campaigns[1].name,
    );
    let held = format!(
        "It stands for the evidence an analyst might hold after such a vote, from {} to {}:",
        dates::long_date(d.first),
        dates::long_date(d.last),
    );
    let list: String = broken.iter().map(|p| format!("- {p}\n")).collect();
    let text = format!("SYNTHETIC\n=========\n\n{}\n\n{}\n{REST}{list}", wrapped(&about), wrapped(&held));
    File { path: "README.txt".to_owned(), bytes: text.into_bytes() }
}
