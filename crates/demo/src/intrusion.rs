//! The phish at the campaign's staff, and the wave of excerpts weeks later: what the operation does by mail.

use crate::dates::DAY;
use crate::documents::Memo;
use crate::mail::{Body, Mail, Who, route};
use crate::mailroom::{Mailroom, quoted, wrapped};
use crate::rng::Rng;
use crate::words;

const LURES: &[(&str, &str)] = &[
    (
        "Your mailbox is nearly full",
        "Your mailbox has used [number] of its space. Messages that do not fit will be returned.",
    ),
    (
        "New sign-in to your account",
        "We noticed a sign-in from a new device near [place]. If this was not you, confirm your account.",
    ),
    (
        "Shared file waiting for you",
        "A file on [issue] was shared with you and is kept for [small] days. Sign in to open it.",
    ),
    (
        "Password expires on [weekday]",
        "Your password expires on [weekday]. Keep the current one by confirming it below.",
    ),
];
const GREETINGS: &[&str] =
    &["Hello,", "Good day,", "Good evening.", "To whom it may concern,", "Hi,", "Dear friends,", "Greetings"];
const INTROS: &[&str] = &[
    "this came to me from somebody inside [victim] and I cannot keep it to myself.",
    "you did not hear this from me. It is from [victim], word for word.",
    "a friend who worked in the [role] of [victim] asked me to pass this on before [weekday].",
    "I am nobody, but I think people in [place] should see what [victim] writes about them.",
    "below is part of a note of [victim]. There is more of it, [number] pages.",
    "please read this to the end and decide for yourself what it means for [place].",
    "this was lying open for [small] days and nobody at [victim] noticed.",
];
const ENDS: &[&str] = &[
    "More will follow.",
    "Do with it what you think right.",
    "Please do not answer to this address.",
    "I can send the rest.",
    "A citizen",
    "Ask them about it.",
    "There are others who have this.",
];
const SUBJECTS: &[&str] = &[
    "[victim]",
    "about [issue]",
    "for your attention",
    "what they say about [place]",
    "[issue] - please read",
    "a note from inside",
    "[politician] and [issue]",
    "you should see this",
    "before [weekday]",
    "question on [issue]",
    "from the [role]",
    "[place]",
    "not for publication?",
    "re [issue]",
    "in confidence",
    "[number] pages",
];

/// What was sent, for the record.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// Senders, sorted.
    pub senders: Vec<String>,
    /// Mailboxes, sorted.
    pub mailboxes: Vec<String>,
    /// Message-IDs, in order of sending.
    pub ids: Vec<String>,
}

impl Sent {
    fn add(&mut self, mail: &Mail) {
        self.senders.push(mail.from.address.clone());
        self.mailboxes.push(mail.to.address.clone());
        self.ids.push(mail.id.clone());
        for list in [&mut self.senders, &mut self.mailboxes] {
            list.sort();
            list.dedup();
        }
    }
}

/// The same lure to some of the staff within minutes, from a host that looks like the campaign's.
pub fn phish(room: &mut Mailroom<'_>) -> Sent {
    let story = room.story;
    let (subject, lure) = *room.rng.pick(LURES);
    let lure = room.filled(lure);
    let subject = room.filled(subject);
    let local = *room.rng.pick(&["it-support", "helpdesk", "no-reply", "postmaster", "accounts"]);
    let from = Who::new(&format!("{} IT", story.campaigns[0].name), local, &story.phish_host);
    let n = room.rng.count(5, 7);
    let targets = room.rng.some(&story.campaigns[0].staff, n);
    let (mut at, mut sent) = (room.office_hour(story.days.phish, story.days.phish), Sent::default());
    let machine = format!("vps{}.{}", room.rng.range(10, 99), story.hosting);
    let mut last = None;
    for person in targets {
        let to = room.staff(0, &person);
        let body = lure_body(room, &person.first, &lure);
        let mut mail = room.letter(&from, &to, &subject, at, body);
        mail.id = format!("{}@{machine}", room.rng.hex(24));
        mail.extra.push(("X-Mailer".to_owned(), "Swift 5.4".to_owned()));
        let (out, client) = (room.server(&machine), room.server(&format!("client.{}", story.hosting)));
        mail.route = route(&mut room.rng, &mail, &out, Some(&client), ["pass", "none", "none"]);
        sent.add(&mail);
        let office = room.office(0);
        room.deliver(mail.clone(), &office);
        last = Some(mail);
        at += room.rng.range(5, 110);
    }
    last.into_iter().for_each(|mail| report_phish(room, mail));
    sent
}

/// Link text that names the campaign's own server, a target that does not.
fn lure_body(room: &mut Mailroom<'_>, first: &str, lure: &str) -> Body {
    let story = room.story;
    let own = format!("https://mail.{}/", story.campaigns[0].host);
    let target = format!("https://{}/session/renew?u={}", story.phish_host, room.rng.hex(16));
    let text = format!("Dear {first},\n\n{}\n\nContinue: {own}\n\nYour IT team", wrapped(lure));
    let html = format!(
        "<html><body><img src=\"https://{}/b/head.png\" alt=\"\" width=\"600\">\n<p>Dear {first},</p>\n<p>{lure}</p>\n\
         <p><a href=\"{target}\">{own}</a></p>\n<p>Your IT team</p></body></html>",
        story.picture_host
    );
    Body::Both(text, html)
}

/// One of them asked the office whether it was real.
fn report_phish(room: &mut Mailroom<'_>, mail: Mail) {
    let desk = Who::new("Office", "office", &room.story.campaigns[0].host);
    let at = mail.at + room.rng.octaves(1800, 5);
    let subject = format!("Fwd: {}", mail.subject);
    let from = mail.to.clone();
    let body = Body::Enclosing("Is this one of ours? I have not clicked it.".to_owned(), Box::new(mail));
    let forward = room.letter(&from, &desk, &subject, at, body);
    room.hand_in(forward);
}

/// Excerpts of the memos to private mailboxes of the rival's people and to newsrooms, in batches some days apart.
pub fn wave(room: &mut Mailroom<'_>, memos: &[Memo], picture: &[u8]) -> Sent {
    let provider = room.story.freemail.clone();
    let n = room.rng.count(5, 9);
    let senders: Vec<Who> = (0..n).map(|_| room.stranger(&provider)).collect();
    let targets = targets(room);
    let batches = room.rng.count(2, 3);
    let mut mails: Vec<(String, Mail)> = Vec::new();
    let mut day = room.story.days.wave;
    for batch in 0..batches {
        let memo = room.rng.pick(memos).clone();
        let share = if batch == 0 { targets.clone() } else { room.rng.some(&targets, targets.len() / 3) };
        mails.extend(parcel(room, &memo, &senders, &share, day, mails.len()));
        day += room.rng.range(2, 4);
    }
    dress(room, &mut mails, picture);
    let mut sent = Sent::default();
    for (path, mail) in &mut mails {
        *mail = room.send(mail.clone(), path);
        sent.add(mail);
    }
    pass_on(room, &mails);
    sent
}

fn targets(room: &mut Mailroom<'_>) -> Vec<(String, Who)> {
    let n = room.rng.count(3, 6);
    let mut out = room.rng.some(&room.newsrooms, n);
    out.extend(room.private.iter().cloned());
    room.rng.shuffle(&mut out);
    out
}

/// One memo's excerpt in two wordings, to these mailboxes, minutes apart.
fn parcel(
    room: &mut Mailroom<'_>,
    memo: &Memo,
    senders: &[Who],
    to: &[(String, Who)],
    day: i64,
    sent: usize,
) -> Vec<(String, Mail)> {
    let excerpt = excerpt(&mut room.rng, memo);
    let wordings = [0, 1].map(|_| wording(room, &excerpt));
    let mut at = day * DAY + room.rng.range(16 * 3600, 20 * 3600);
    let mut out = Vec::new();
    for (i, (path, who)) in to.iter().enumerate() {
        at += room.rng.range(40, 500);
        let subject = *room.rng.pick(SUBJECTS);
        let subject = room.filled(subject);
        let text = room.rng.pick(&wordings).clone();
        let mut mail = room.letter(&senders[(sent + i) % senders.len()], who, &subject, at, Body::Plain(text));
        mail.zone = 0;
        out.push((path.clone(), mail));
    }
    out
}

/// Two or three paragraphs of a memo that follow one another.
pub fn excerpt(rng: &mut Rng, memo: &Memo) -> Vec<String> {
    let n = rng.count(2, 3).min(memo.paragraphs.len());
    let from = rng.below(memo.paragraphs.len() - n + 1);
    memo.paragraphs[from..from + n].to_vec()
}

fn wording(room: &mut Mailroom<'_>, excerpt: &[String]) -> String {
    let greeting = *room.rng.pick(GREETINGS);
    let intro = *room.rng.pick(INTROS);
    let intro = words::capital(&room.filled(intro));
    let end = *room.rng.pick(ENDS);
    let paragraphs: Vec<String> = excerpt.iter().map(|p| wrapped(p)).collect();
    format!("{greeting}\n\n{}\n\n{}\n\n{end}", wrapped(&intro), paragraphs.join("\n\n"))
}

/// One or two carry the altered picture; one other names an article of a look-alike site.
fn dress(room: &mut Mailroom<'_>, mails: &mut [(String, Mail)], picture: &[u8]) {
    let order = room.rng.some(&(0..mails.len()).collect::<Vec<_>>(), 3);
    let pictures = room.rng.count(1, 2);
    for i in &order[..pictures] {
        let mail = &mut mails[*i].1;
        let name = format!("{}.png", room.rng.pick(&["photo", "IMG_0231", "scan", "picture", "square"]));
        mail.body = Body::Picture(mail.text().to_owned(), name, picture.to_vec());
    }
    let mail = &mut mails[order[2]].1;
    if let Some(article) = room.story.pushed(mail.at).first() {
        mail.body = Body::Plain(format!("{}\n\nSomebody has begun to write about it: {}", mail.text(), article.url));
    }
}

/// Receivers pass on what they got: enclosed whole or inline, one within a newsroom, others handed in.
fn pass_on(room: &mut Mailroom<'_>, mails: &[(String, Mail)]) {
    let rival = room.story.campaigns[1].host.clone();
    let desk = Who::new("Security", "security", &rival);
    let (news, home): (Vec<_>, Vec<_>) = mails.iter().partition(|(path, _)| path.starts_with("mail/newsroom"));
    for (i, (_, mail)) in room.rng.some(&home, 2).into_iter().enumerate() {
        let body = match i {
            0 => {
                Body::Enclosing("Got this at home just now. Do you know what it is?".to_owned(), Box::new(mail.clone()))
            }
            _ => inline("Same here, see below.", mail),
        };
        let forward = forward(room, mail, &desk, body);
        room.hand_in(forward);
    }
    for (path, mail) in room.rng.some(&news, 1) {
        let editor = Who::new("", "editor", mail.to.host());
        let forward = forward(room, mail, &editor, inline("Anybody know more? Not using it as it stands.", mail));
        room.send(forward, path);
    }
}

fn forward(room: &mut Mailroom<'_>, mail: &Mail, to: &Who, body: Body) -> Mail {
    let at = mail.at + room.rng.octaves(1200, 6);
    room.letter(&mail.to, to, &format!("Fwd: {}", mail.subject), at, body)
}

fn inline(words: &str, mail: &Mail) -> Body {
    let head = format!("From: {}\nTo: {}\nSubject: {}", mail.from.address, mail.to.address, mail.subject);
    Body::Plain(format!("{words}\n\n-------- Forwarded message --------\n{head}\n\n{}", quoted(mail.text())))
}

impl Mailroom<'_> {
    fn filled(&mut self, template: &str) -> String {
        words::fill(&mut self.rng, &self.story.lexicon, template)
    }
}
