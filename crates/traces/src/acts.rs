//! Acts of posts, coded as whole numbers, for methods that have their own idea of when two things are the same.
//!
//! As written, the keys are those of coordination-network-toolkit 1.5.2 and CooRTweet 2.1.3: strings as they stand, an
//! empty one included; in canonical form they are the values of this room's kinds. Strings are told apart by 64 bits of
//! hash. Wrong where two of them share all 64. Sources: the two tools' own documentation and behaviour.

mod plain;
mod tokens;

use crate::hashtag::plain as plain_tag;
use crate::scan::{Token, scan};
use model::{Acts, Layer, Post, Quote, Record, Remark, When, hash64};
use rustc_hash::{FxHashMap, FxHashSet};

/// Which acts are wanted, and how they are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Ids of kinds. As written: `repost`, `reply`, `url`, `text`, `similar-text`, `letters`, `post`, `object`, `handle`,
    /// and `hashtag` in the order of the text (in canonical form all the same); in canonical form the ids of
    /// [`crate::KINDS`].
    pub kinds: Vec<&'static str>,
    /// Strings as they stand, not in canonical form.
    pub as_written: bool,
    /// Only the first row of each message counts (but URLs of later rows are added).
    pub first_rows: bool,
    /// Accounts go by their ids where a column of its own has these.
    pub by_id: bool,
    /// A bare number is a time in seconds, whatever its size.
    pub bare_seconds: bool,
}

/// Kinds as written.
const WRITTEN: [&str; 10] =
    ["repost", "reply", "url", "text", "similar-text", "letters", "post", "object", "handle", "hashtag"];

/// Takes acts post by post.
pub struct Taker {
    wanted: Wanted,
    acts: Acts,
    accounts: FxHashMap<u64, u32>,
    messages: FxHashMap<u64, u32>,
    things: Vec<FxHashMap<u64, u32>>,
    /// For each layer: its number among the kinds.
    numbers: Vec<usize>,
    row: u32,
    again: Remark,
    repeated: FxHashSet<u32>,
    untimed: Remark,
    nameless: Remark,
    addresses: Remark,
    text: String,
    words: Vec<u64>,
}

impl Taker {
    /// Nothing taken yet.
    #[must_use]
    pub fn new(wanted: Wanted) -> Self {
        let layer = |kind: &&'static str| Layer { kind, ..Layer::default() };
        let layers: Vec<Layer> = wanted.kinds.iter().map(layer).collect();
        let number = |l: &Layer| {
            let at = if wanted.as_written {
                WRITTEN.iter().position(|k| *k == l.kind)
            } else {
                crate::KINDS.iter().position(|k| k.card.id == l.kind)
            };
            at.unwrap_or(usize::MAX)
        };
        Self {
            numbers: layers.iter().map(number).collect(),
            things: layers.iter().map(|_| FxHashMap::default()).collect(),
            acts: Acts { layers, ..Acts::default() },
            accounts: FxHashMap::default(),
            messages: FxHashMap::default(),
            row: 0,
            again: Remark::new("a message id came before: only its first row counts, but for the URLs of later ones"),
            repeated: FxHashSet::default(),
            untimed: Remark::new("no usable time: the row was left out"),
            nameless: Remark::new("no account: the row was left out"),
            addresses: Remark::new("what follows an @ is cut as a mention, though it looks like a mail address"),
            text: String::new(),
            words: Vec::new(),
            wanted,
        }
    }

    /// Takes the acts of one post.
    pub fn post(&mut self, post: &Post<'_>) {
        let row = self.row;
        self.row = self.row.saturating_add(1);
        let id = if self.wanted.by_id { post.written.account_id } else { None };
        let account = id.or(post.written.account).unwrap_or(post.account);
        if account.is_empty() && !self.wanted.first_rows {
            return self.nameless.row(row);
        }
        let who = self.account(account);
        let Some(when) = self.time(post) else { return self.untimed.row(row) };
        let (message, first) = self.message(post, row);
        if !first && self.wanted.first_rows {
            self.again.row(row);
            self.repeated.insert(message);
        }
        let act = Act { who, message, when };
        if self.wanted.as_written {
            let compared = |kind: &&str| matches!(*kind, "text" | "similar-text" | "letters");
            if self.wanted.kinds.iter().any(compared) && post.reposted.is_empty() && plain::cuts_address(post.text) {
                self.addresses.row(row);
            }
            self.as_written(post, act, first || !self.wanted.first_rows);
        } else {
            self.canonical(post, act);
        }
    }

    /// Microseconds.
    fn time(&self, post: &Post<'_>) -> Option<i64> {
        let read = post.when.map(|when| when.0);
        if self.wanted.bare_seconds || read.is_none() { post.written.time.and_then(number).or(read) } else { read }
    }

    /// All of it, accounts numbered by their bytes.
    #[must_use]
    pub fn finish(mut self) -> Acts {
        self.one_url_a_message();
        let mut order: Vec<u32> = (0..self.acts.accounts.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.acts.accounts[*a as usize].cmp(&self.acts.accounts[*b as usize]));
        let mut number = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            number[*old as usize] = new as u32;
        }
        let mut names = std::mem::take(&mut self.acts.accounts);
        self.acts.accounts = order.iter().map(|old| std::mem::take(&mut names[*old as usize])).collect();
        for layer in &mut self.acts.layers {
            layer.who.iter_mut().for_each(|who| *who = number[*who as usize]);
        }
        if !self.acts.tokens.starts.is_empty() {
            self.acts.tokens.starts.push(self.acts.tokens.words.len() as u32);
        }
        let remarks = [self.again, self.untimed, self.nameless, self.addresses];
        self.acts.remarks = remarks.into_iter().filter(|r| r.all > 0).collect();
        self.acts
    }

    fn account(&mut self, name: &str) -> u32 {
        let accounts = &mut self.acts.accounts;
        *self.accounts.entry(hash64(name.as_bytes())).or_insert_with(|| {
            accounts.push(Quote::from(name));
            accounts.len() as u32 - 1
        })
    }

    /// The number of the post's message, and whether this is its first row. A post without any id is its own message.
    fn message(&mut self, post: &Post<'_>, row: u32) -> (u32, bool) {
        let id = post.written.id.or((!post.id.is_empty()).then_some(post.id));
        let hash = id.map_or_else(|| hash64(&row.to_le_bytes()), |id| hash64(id.as_bytes()));
        let next = self.acts.messages.len() as u32;
        let number = *self.messages.entry(hash).or_insert(next);
        if number == next {
            self.acts.messages.push(hash);
            self.acts.rows.push(row);
        }
        (number, number == next)
    }

    fn canonical(&mut self, post: &Post<'_>, act: Act) {
        let Self { acts, things, numbers, .. } = self;
        crate::trace(&Record::Post(post), &mut |trace| {
            if let Some(at) = numbers.iter().position(|n| *n == usize::from(trace.kind.0)) {
                push(&mut acts.layers[at], &mut things[at], act, trace.value);
            }
        });
    }

    /// `counts`: false for a later row of a message, of which only URLs are taken.
    fn as_written(&mut self, post: &Post<'_>, act: Act, counts: bool) {
        let reposted = post.written.reposted.unwrap_or(post.reposted);
        let replied = post.written.reply_to.unwrap_or(post.reply_to);
        let original = reposted.is_empty();
        for at in 0..self.numbers.len() {
            let (layer, things) = (&mut self.acts.layers[at], &mut self.things[at]);
            match (WRITTEN.get(self.numbers[at]).copied().unwrap_or_default(), counts) {
                ("repost", true) if !original => push(layer, things, act, reposted),
                ("reply", true) if original && !replied.is_empty() => push(layer, things, act, replied),
                ("object", true) if !post.object.is_empty() => push(layer, things, act, post.object),
                ("handle", true) => push(layer, things, act, post.written.account.unwrap_or(post.account)),
                ("post", true) => push(layer, things, act, ""),
                ("text", true) if original => {
                    plain::normal(post.text, &mut self.text);
                    push(layer, things, act, &self.text);
                }
                ("letters", true) if original => {
                    push(layer, things, act, "");
                    plain::normal(post.text, &mut self.text);
                    self.acts.letters.push(Quote::from(self.text.as_str()));
                }
                ("hashtag", true) if original => {
                    each_tag(post, &mut |tag| push(layer, things, act, tag));
                }
                ("similar-text", true) if original => {
                    push(layer, things, act, "");
                    tokens::of(post.text, &mut self.text, &mut self.words);
                    self.acts.tokens.starts.push(self.acts.tokens.words.len() as u32);
                    self.acts.tokens.words.extend_from_slice(&self.words);
                }
                ("url", _) if original => match post.written.urls {
                    Some(cell) => each_once(cell.split(' '), &mut |url| push(layer, things, act, url)),
                    None => each_once(post.urls.iter().copied(), &mut |url| push(layer, things, act, url)),
                },
                _ => {}
            }
        }
    }

    /// Drops URLs that a message had before, which only messages of several rows can have.
    fn one_url_a_message(&mut self) {
        let Some(at) = self.acts.layers.iter().position(|l| l.kind == "url") else { return };
        if self.repeated.is_empty() || !self.wanted.first_rows {
            return;
        }
        let layer = &mut self.acts.layers[at];
        let mut seen = FxHashSet::default();
        let keep: Vec<bool> = (0..layer.len())
            .map(|row| {
                let message = layer.message[row];
                !self.repeated.contains(&message) || seen.insert((message, layer.what[row]))
            })
            .collect();
        let kept = |row: &mut usize| {
            *row += 1;
            keep[*row - 1]
        };
        let mut rows = [0; 4];
        layer.who.retain(|_| kept(&mut rows[0]));
        layer.what.retain(|_| kept(&mut rows[1]));
        layer.message.retain(|_| kept(&mut rows[2]));
        layer.when.retain(|_| kept(&mut rows[3]));
    }
}

#[derive(Clone, Copy)]
struct Act {
    who: u32,
    message: u32,
    when: i64,
}

fn push(layer: &mut Layer, things: &mut FxHashMap<u64, u32>, act: Act, name: &str) {
    let hash = hash64(name.as_bytes());
    let next = layer.things.len() as u32;
    let what = *things.entry(hash).or_insert(next);
    if what == next {
        layer.things.push(hash);
        if name.is_empty() {
            layer.blank = Some(what);
        }
    }
    layer.who.push(act.who);
    layer.what.push(what);
    layer.message.push(act.message);
    layer.when.push(act.when);
}

/// Calls `f` with each different item, at most the first thousand of one post.
fn each_once<'a>(items: impl Iterator<Item = &'a str>, f: &mut dyn FnMut(&'a str)) {
    let mut seen: Vec<&str> = Vec::new();
    for item in items.take(1000) {
        if !seen.contains(&item) {
            seen.push(item);
            f(item);
        }
    }
}

/// Calls `f` with each hashtag in the order of the text, as often as it stands there; with those given beside a text
/// that has none.
fn each_tag(post: &Post<'_>, f: &mut dyn FnMut(&str)) {
    let mut in_text = false;
    scan(post.text, |token| {
        if let Token::Tag(tag) = token {
            in_text = true;
            f(&plain_tag(tag));
        }
    });
    if !in_text {
        post.hashtags.iter().take(1000).for_each(|tag| f(&plain_tag(tag)));
    }
}

/// A bare number of seconds of any size, which is a time where a tool takes every number for one.
fn number(cell: &str) -> Option<i64> {
    let seconds: f64 = cell.trim().parse().ok()?;
    let micros = (seconds * When::SECOND as f64).round();
    (micros.abs() < 9e18).then_some(micros as i64)
}

#[cfg(test)]
mod tests;
