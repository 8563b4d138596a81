//! Elements of JSON, whatever document they stood in, to posts.
//!
//! The first elements are held back until they tell the layout and how times are written. X pages name accounts in a
//! part that may come after the posts, so posts of such a document wait for its end, up to `limits.whole` bytes.

use super::columns::{self, Plan, Role, SAMPLE};
use super::element::{JsonRow, at_path, paths, sample, text_of};
use super::shapes::{self, Around, Parts, Shape};
use super::split::Told;
use super::{Clock, Lists, NO_TIME, Teller};
use crate::Out;
use model::{Code, Post, Record, Span};
use serde_json::Value;
use std::collections::BTreeSet;

/// Bytes held back for the first look.
const FIRST_LOOK: usize = 1 << 20;
/// Wrapper keys whose elements are no posts.
const ASIDE: &[&str] = &["errors", "matching_rules", "includes"];

const BROKEN: &str = "no well-formed JSON: left out";

/// What was learnt from the first elements.
struct Learnt {
    teller: Teller,
    /// Settings that name a path, by role.
    paths: Vec<(Role, String)>,
}

/// Reads elements as posts.
pub(crate) struct Feed {
    around: Around,
    held: Vec<(Span, Vec<u8>)>,
    held_bytes: usize,
    users_bytes: usize,
    /// True while posts wait for the accounts of their document.
    wait: bool,
    /// True while there are such posts.
    waiting: bool,
    learnt: Option<Learnt>,
    lists: Lists,
    shapes: BTreeSet<&'static str>,
    posts: u64,
}

impl Feed {
    pub fn new() -> Self {
        Self {
            around: Around::default(),
            held: Vec::new(),
            held_bytes: 0,
            users_bytes: 0,
            wait: true,
            waiting: false,
            learnt: None,
            lists: Lists::default(),
            shapes: BTreeSet::new(),
            posts: 0,
        }
    }

    /// Takes an element that stands by itself.
    pub fn take(&mut self, span: Span, bytes: &[u8], out: &mut Out<'_>) {
        if self.learnt.is_some() && self.held.is_empty() {
            return self.read(span, bytes, out);
        }
        self.held_bytes += bytes.len();
        self.held.push((span, bytes.to_vec()));
        if self.held.len() >= SAMPLE || self.held_bytes > FIRST_LOOK {
            self.release(out);
        }
    }

    /// Reads what was held back.
    fn release(&mut self, out: &mut Out<'_>) {
        let held = std::mem::take(&mut self.held);
        self.held_bytes = 0;
        if self.learnt.is_none() {
            self.learnt = Some(learn(&held, &self.around, out));
        }
        for (span, bytes) in held {
            self.read(span, &bytes, out);
        }
    }

    fn read(&mut self, span: Span, bytes: &[u8], out: &mut Out<'_>) {
        if !out.wants(span) {
            return;
        }
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => self.value(span, &value, out),
            Err(_) if std::str::from_utf8(bytes).is_err() => self.decoded(span, bytes, out),
            Err(_) => out.note(Code::Malformed, span, BROKEN),
        }
    }

    fn decoded(&mut self, span: Span, bytes: &[u8], out: &mut Out<'_>) {
        match serde_json::from_str::<Value>(&super::table::decode(bytes, span, out)) {
            Ok(value) => self.value(span, &value, out),
            Err(_) => out.note(Code::Malformed, span, BROKEN),
        }
    }

    fn value(&mut self, span: Span, value: &Value, out: &mut Out<'_>) {
        let around = std::mem::take(&mut self.around);
        each(value, &around, &mut |value, around| self.post(span, value, around, out));
        self.around = around;
    }

    fn post(&mut self, span: Span, value: &Value, around: &Around, out: &mut Out<'_>) {
        let Some(learnt) = &mut self.learnt else { return };
        let Some(shape) = shapes::shape(value) else { return self.other(span, value, around, out) };
        self.shapes.insert(shape.name);
        match taken(shape, value, around, &learnt.paths) {
            Some(parts) => {
                self.posts += 1;
                tell(&parts, &mut learnt.teller.clock, span, out);
            }
            None => out.note(Code::Info, span, "an entry that is no post (service message, like, deletion): left out"),
        }
    }

    /// An object of no known shape, read by the columns.
    fn other(&mut self, span: Span, value: &Value, around: &Around, out: &mut Out<'_>) {
        let Some(learnt) = &mut self.learnt else { return };
        let plan = &learnt.teller.plan;
        if !plan.posts() || !value.is_object() {
            let text = format!(
                "an entry that is not clearly a post: left out (posts.columns can name its paths); there are: {}",
                columns::some(&plan.names)
            );
            return out.note(Code::Unrecognised, span, text);
        }
        learnt.teller.platform.clone_from(&around.platform);
        let row = JsonRow::of(value, &learnt.teller.plan);
        if learnt.teller.post(&&row, span, &mut self.lists, out) {
            self.posts += 1;
        } else {
            out.note(Code::Malformed, span, "an entry without account, id and words: left out");
        }
    }

    /// Reads what is still held back and says what was understood.
    pub fn finish(&mut self, out: &mut Out<'_>) {
        self.release(out);
        let Some(learnt) = &self.learnt else { return };
        let mut said: Vec<String> = self.shapes.iter().map(|s| format!("posts as {s} has them")).collect();
        if learnt.teller.plan.posts() {
            said.push(learnt.teller.plan.layout());
        }
        said.extend(
            learnt.paths.iter().filter(|_| !self.shapes.is_empty()).map(|(r, p)| format!("{} = {p}", r.word())),
        );
        let times = learnt.teller.clock.finish(out);
        out.layout(said.join("; ") + &times);
    }

    fn user(&mut self, bytes: &[u8], out: &mut Out<'_>) {
        let Some((id, name)) = serde_json::from_slice(bytes).ok().and_then(|v| shapes::x_user(&v)) else { return };
        self.users_bytes += id.len() + name.len() + 64;
        if self.users_bytes as u64 <= out.settings().limits.whole {
            self.around.users.insert(id, name);
        } else {
            out.note(Code::Limit, Span::WHOLE, "more accounts than fit: the rest are named by id (limits.whole)");
        }
    }

    /// Keeps a post until its document's accounts are known. False when it may be read now.
    fn waits(&mut self, span: Span, bytes: &[u8], out: &mut Out<'_>) -> bool {
        if !self.wait || (self.held.is_empty() && !x_two(bytes)) {
            return false;
        }
        self.waiting = true;
        self.held_bytes += bytes.len() + 64;
        self.held.push((span, bytes.to_vec()));
        if self.held_bytes as u64 > out.settings().limits.whole {
            self.wait = false;
            let text = "the accounts come after too many posts: accounts are named by id (limits.whole)";
            out.note(Code::Info, span, text);
            self.release(out);
        }
        true
    }
}

fn x_two(bytes: &[u8]) -> bool {
    serde_json::from_slice(bytes).is_ok_and(|v| shapes::is_x_two(&v))
}

impl Told for Feed {
    fn element(&mut self, path: &str, span: Span, bytes: &[u8], out: &mut Out<'_>) {
        match path {
            "includes.users" => self.user(bytes, out),
            _ if ASIDE.contains(&path.split('.').next().unwrap_or(path)) => {}
            "data" if self.waits(span, bytes, out) => {}
            _ => self.take(span, bytes, out),
        }
    }

    fn scalar(&mut self, path: &str, bytes: &[u8], out: &mut Out<'_>) {
        let chat = matches!(path, "id" | "chats.list.id" | "name" | "chats.list.name");
        if chat && !self.held.is_empty() {
            self.release(out);
        }
        let value = || serde_json::from_slice::<Value>(bytes).map(|v| text_of(&v).into_owned()).unwrap_or_default();
        match path.rsplit('.').next() {
            Some("id") if chat => self.around.chat = value(),
            Some("name") if chat => self.around.chat_name = value(),
            _ => {}
        }
    }

    fn end(&mut self, out: &mut Out<'_>) {
        let known = !(self.around.users.is_empty() && self.around.chat.is_empty() && self.around.chat_name.is_empty());
        if self.waiting || known {
            self.release(out);
            self.around = Around::default();
            self.waiting = false;
        }
    }
}

/// The posts in a value: itself, or what a wrapper (an X page, a capture of a browser) holds.
pub(super) fn each(value: &Value, around: &Around, f: &mut dyn FnMut(&Value, &Around)) {
    let data = &value["data"];
    if value.get("item_id").is_some() && value.get("source_platform").is_some() && data.is_object() {
        let host = text_of(&value["source_platform"]);
        let platform = host.split('.').next().unwrap_or_default().to_owned();
        return f(data, &Around { platform, ..Around::default() });
    }
    let posts = match data {
        Value::Array(of) if of.iter().all(Value::is_object) && !of.is_empty() => &of[..],
        Value::Object(_) if shapes::is_x_two(data) => std::slice::from_ref(data),
        _ if data.is_null() && value["meta"].get("result_count").is_some() => return,
        _ => return f(value, around),
    };
    let users = value["includes"]["users"].as_array().map(Vec::as_slice).unwrap_or_default();
    let page = Around { users: users.iter().filter_map(shapes::x_user).collect(), ..Around::default() };
    posts.iter().for_each(|post| f(post, &page));
}

/// Looks at the first elements: columns of those without a known shape, order of day and month, settings.
fn learn(held: &[(Span, Vec<u8>)], around: &Around, out: &mut Out<'_>) -> Learnt {
    let (mut others, mut times, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
    let settings = out.settings().posts.columns.clone();
    let wanted: Vec<(Role, String)> =
        settings.set().iter().filter_map(|(r, p)| Some((columns::role(r)?, (*p).to_owned()))).collect();
    for value in held.iter().take(SAMPLE).filter_map(|(_, bytes)| serde_json::from_slice::<Value>(bytes).ok()) {
        each(&value, around, &mut |value, around| match shapes::shape(value) {
            Some(shape) => {
                known.extend(paths(value).into_iter().map(|(path, _)| path));
                times.extend(taken(shape, value, around, &wanted).map(|p| p.time.into_owned()));
            }
            None => others.push(value.clone()),
        });
    }
    let sample = sample(&others);
    let plan = if others.is_empty() { Plan::default() } else { Plan::of(&sample, &settings) };
    plan.complaints.iter().for_each(|c| out.note(Code::Malformed, Span::WHOLE, c.as_str()));
    let names: Vec<String> = known.into_iter().collect();
    for (role, path) in wanted.iter().filter(|(_, path)| !names.is_empty() && !names.contains(path)) {
        let (word, names) = (role.word(), columns::some(&names));
        out.note(
            Code::Malformed,
            Span::WHOLE,
            format!("no path \"{path}\" for {word} (posts.columns); there are: {names}"),
        );
    }
    let column = plan.get(Role::Time).first().copied();
    times.extend(column.iter().flat_map(|at| sample.rows.iter().filter_map(|r| r.get(*at).cloned())));
    let clock = Clock::of(times.iter().map(String::as_str));
    Learnt { teller: Teller { plan, clock, platform: String::new() }, paths: wanted }
}

/// A post of a known shape, the settings' paths put in place of what the shape says.
fn taken<'a>(shape: &Shape, value: &'a Value, around: &Around, paths: &[(Role, String)]) -> Option<Parts<'a>> {
    let mut parts = shape.parts(value, around)?;
    for (role, path) in paths {
        let found = at_path(value, path);
        let list = || super::element::list_of(found, &[]);
        match role {
            Role::Account => parts.account = text_of(found),
            Role::Post => parts.id = text_of(found),
            Role::Time => parts.time = text_of(found),
            Role::Text => parts.text = text_of(found),
            Role::Reposted => parts.reposted = text_of(found),
            Role::ReplyTo => parts.reply_to = text_of(found),
            Role::Platform => parts.platform = text_of(found),
            Role::Object => parts.object = text_of(found),
            Role::Client => parts.client = text_of(found),
            Role::Urls => parts.urls = list(),
            Role::Hashtags => parts.hashtags = list(),
            Role::Mentions => parts.mentions = list(),
            Role::Media => parts.media = list(),
        }
    }
    Some(parts)
}

fn tell(parts: &Parts<'_>, clock: &mut Clock, span: Span, out: &mut Out<'_>) {
    let when = clock.read(&parts.time);
    if when.is_none() {
        out.note(Code::Time, span, NO_TIME);
    }
    let (urls, media) = (all(&parts.urls, '\0'), all(&parts.media, '\0'));
    let (hashtags, mentions) = (all(&parts.hashtags, '#'), all(&parts.mentions, '@'));
    out.record(
        span,
        Record::Post(&Post {
            platform: &parts.platform,
            account: parts.account.trim_start_matches('@'),
            id: &parts.id,
            when,
            text: &parts.text,
            reposted: &parts.reposted,
            reply_to: &parts.reply_to,
            urls: &urls,
            hashtags: &hashtags,
            mentions: &mentions,
            media: &media,
            object: &parts.object,
            client: &parts.client,
            written: model::Written { account: Some(&parts.account), ..model::Written::default() },
        }),
    );
}

/// The texts without the sign that a platform puts in front of such.
fn all<'t>(texts: &'t [std::borrow::Cow<'_, str>], sign: char) -> Vec<&'t str> {
    texts.iter().map(|t| t.trim_start_matches(sign)).collect()
}
