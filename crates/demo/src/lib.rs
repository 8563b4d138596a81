//! A synthetic operation in miniature, made from a seed.
//!
//! Invented people, outlets and `.example`/`.test` names; every file says SYNTHETIC. This room imports none of ours:
//! whoever plants must not know how it is found.
#![warn(missing_docs)]

mod banks;
mod cast;
mod dates;
mod documents;
mod export;
mod farm;
mod feed;
mod intrusion;
mod mail;
mod mailroom;
mod pages;
mod people;
mod picture;
mod planted;
mod rng;
mod squeeze;
mod story;
mod strewn;
mod sundry;
mod twins;
mod words;

pub use planted::{Planted, Round};
pub use strewn::{GROUPS, MEMBERS, Size, Touch, strewn};

use cast::Cast;
use feed::Post;
use mailroom::Mailroom;
use pages::Pictures;
use picture::Picture;
use rng::Rng;
use story::Story;

/// A file of the synthetic case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative path with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A synthetic case.
pub struct Case {
    /// Its files, in order of path.
    pub files: Vec<File>,
    /// What was planted in them.
    pub planted: Planted,
}

/// Makes the case of this seed. The same seed gives the same bytes.
#[must_use]
pub fn make(seed: u64) -> Case {
    let mut rng = Rng::new(seed);
    let mut story = Story::plan(&mut rng.fork());
    let pictures = paint(&mut rng.fork());
    let memos = documents::memos(&mut rng.fork(), &story);
    let excerpts: Vec<Vec<String>> = memos.iter().map(|m| intrusion::excerpt(&mut rng, m)).collect();
    story.publish(&mut rng.fork(), &excerpts);
    let cast = Cast::call(&mut rng.fork(), &mut story);

    let mut planted = planted::of(&story, &cast, &memos, &pictures);
    let posts = post(&mut rng.fork(), &story, &cast, &mut planted);
    let mut files = correspond(rng.fork(), &story, &memos, &pictures, &mut planted);
    files.extend(export::files(&story, &cast, &posts, *rng.pick(dates::FORMS)));
    files.extend(memos.iter().map(documents::file));
    files.extend(pages::files(&mut rng.fork(), &story, &pictures));
    files.extend(sundry::files(&mut rng.fork(), &story, &mut planted, seed));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Case { files, planted }
}

fn paint(rng: &mut Rng) -> Pictures {
    let original = Picture::paint(rng);
    Pictures { original: original.png(), altered: original.altered(rng).png() }
}

/// Everything posted on both platforms.
fn post(rng: &mut Rng, story: &Story, cast: &Cast, planted: &mut Planted) -> Vec<Post> {
    let (farm, rounds) = farm::operate(rng, story, cast, &planted.altered_picture);
    let (fans, tag) = twins::fan_club(rng, story, cast);
    let (watching, quotes) = twins::debate(rng, story, cast);
    planted::add_rounds(planted, story, cast, &rounds);
    planted.fan_hashtag = tag;
    let mut planned =
        [farm, fans, quotes, twins::outlets(rng, story, cast), twins::syndicated(rng, story, cast)].concat();
    planned.retain(|p| p.at < (story.days.last + 1) * dates::DAY * 1000);
    let wanted = rng.count(6300, 7700);
    let mut free = feed::ordinary(rng, story, cast, wanted.saturating_sub(planned.len() + watching.len()));
    free.extend(watching);
    feed::tell(rng, story, cast, planned, free)
}

/// All mail.
fn correspond(
    rng: Rng,
    story: &Story,
    memos: &[documents::Memo],
    pictures: &Pictures,
    planted: &mut Planted,
) -> Vec<File> {
    let mut room = Mailroom::open(rng, story);
    room.offices();
    room.strangers();
    planted.newsletter_sender = room.newsletter();
    let phish = intrusion::phish(&mut room);
    let wave = intrusion::wave(&mut room, memos, &pictures.altered);
    planted.phish_sender = phish.senders.concat();
    (planted.phish_mailboxes, planted.phish_mails) = (phish.mailboxes, phish.ids);
    (planted.wave_senders, planted.wave_mailboxes, planted.wave_mails) = (wave.senders, wave.mailboxes, wave.ids);
    room.files()
}
