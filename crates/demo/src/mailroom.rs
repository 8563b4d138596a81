//! Mailboxes, servers and ordinary mail: offices, readers' letters, friends, and a newsletter (an innocent twin).

use crate::File;
use crate::dates::DAY;
use crate::mail::{Body, Mail, Server, Who, mbox, route};
use crate::people::Person;
use crate::rng::Rng;
use crate::story::Story;
use crate::words;
use std::collections::{BTreeMap, BTreeSet};

/// Everything delivered so far.
pub struct Mailroom<'a> {
    /// Chance.
    pub rng: Rng,
    /// The plan.
    pub story: &'a Story,
    /// Mailboxes of the newsrooms: file name, who.
    pub newsrooms: Vec<(String, Who)>,
    /// Private mailboxes of the rival's people: file name, who.
    pub private: Vec<(String, Who)>,
    boxes: BTreeMap<String, Vec<Mail>>,
    loose: Vec<Mail>,
    servers: BTreeMap<String, Server>,
    addresses: Vec<String>,
    strangers: BTreeSet<String>,
    zone: i64,
    local_style: usize,
}

impl<'a> Mailroom<'a> {
    /// Empty mailboxes.
    pub fn open(mut rng: Rng, story: &'a Story) -> Self {
        let nets = ["192.0.2", "198.51.100", "203.0.113"];
        let mut addresses: Vec<String> = nets.iter().flat_map(|n| (1..255).map(move |i| format!("{n}.{i}"))).collect();
        rng.shuffle(&mut addresses);
        let newsrooms = newsrooms(&mut rng, story);
        let private = private(&mut rng, story);
        let (zone, local_style) = (rng.range(0, 3) * 60, rng.below(4));
        let (boxes, servers) = (BTreeMap::new(), BTreeMap::new());
        Self {
            rng,
            story,
            newsrooms,
            private,
            boxes,
            loose: Vec::new(),
            servers,
            addresses,
            strangers: BTreeSet::new(),
            zone,
            local_style,
        }
    }

    /// A server of this name, always at the same address.
    pub fn server(&mut self, name: &str) -> Server {
        if !self.servers.contains_key(name) {
            let ip = self.addresses.pop().unwrap_or_default();
            self.servers.insert(name.to_owned(), Server { name: name.to_owned(), ip });
        }
        self.servers[name].clone()
    }

    /// One of a provider's outgoing servers.
    pub fn outgoing(&mut self, provider: &str) -> Server {
        let n = self.rng.count(1, 4);
        self.server(&format!("out{n}.{provider}"))
    }

    /// A member of a campaign's staff.
    pub fn staff(&self, campaign: usize, person: &Person) -> Who {
        Who::new(&person.full(), &person.local(self.local_style), &self.story.campaigns[campaign].host)
    }

    /// The file of a campaign's office.
    pub fn office(&self, campaign: usize) -> String {
        format!("mail/{}-office.mbox", words::slug(&self.story.campaigns[campaign].name))
    }

    /// A mail from a person's own server or provider, not yet sent.
    pub fn letter(&mut self, from: &Who, to: &Who, subject: &str, at: i64, body: Body) -> Mail {
        let id = format!("{}.{}@mail.{}", self.rng.hex(10), self.rng.range(1000, 9999), from.host());
        let (subject, zone) = (subject.to_owned(), self.zone);
        Mail { from: from.clone(), to: to.clone(), subject, at, zone, id, route: Vec::new(), extra: Vec::new(), body }
    }

    /// Sends it by the sender's provider, all checks passed, into this mailbox file.
    pub fn send(&mut self, mut mail: Mail, into: &str) -> Mail {
        let out = self.outgoing(mail.from.host().to_owned().as_str());
        mail.route = route(&mut self.rng, &mail, &out, None, ["pass", "pass", "pass"]);
        self.deliver(mail.clone(), into);
        mail
    }

    /// Puts it into this mailbox file as it is.
    pub fn deliver(&mut self, mail: Mail, into: &str) {
        self.boxes.entry(into.to_owned()).or_default().push(mail);
    }

    /// Sends a mail that is handed in as a file of its own.
    pub fn hand_in(&mut self, mut mail: Mail) {
        let out = self.outgoing(mail.from.host().to_owned().as_str());
        mail.route = route(&mut self.rng, &mail, &out, None, ["pass", "pass", "pass"]);
        self.loose.push(mail);
    }

    /// A moment on a day in office hours.
    pub fn office_hour(&mut self, from: i64, to: i64) -> i64 {
        self.rng.range(from, to) * DAY + self.rng.range(7 * 3600, 17 * 3600)
    }

    /// Threads within each campaign.
    pub fn offices(&mut self) {
        for campaign in [0, 1] {
            for _ in 0..self.rng.count(7, 10) {
                self.thread(campaign);
            }
        }
    }

    fn thread(&mut self, campaign: usize) {
        let (d, path) = (self.story.days, self.office(campaign));
        let pair = self.rng.some(&self.story.campaigns[campaign].staff, 2);
        let whos = [self.staff(campaign, &pair[0]), self.staff(campaign, &pair[1])];
        let subject = words::capital(&words::fill(&mut self.rng, &self.story.lexicon, "[object] / [place]"));
        let mut at = self.office_hour(d.first, d.last - 3);
        let mut before: Option<Mail> = None;
        for turn in 0..self.rng.count(2, 4) {
            let (from, to) = (&whos[turn % 2], &whos[(turn + 1) % 2]);
            let mut text = self.office_words(to, from);
            let mut mail = self.letter(from, to, &subject, at, Body::Plain(String::new()));
            if let Some(earlier) = &before {
                text = format!("{text}\n\n{} wrote:\n{}", to.name, quoted(earlier.text()));
                mail.subject = format!("Re: {subject}");
                mail.extra.push(("In-Reply-To".to_owned(), format!("<{}>", earlier.id)));
            }
            mail.body = Body::Plain(text);
            before = Some(self.send(mail, &path));
            at += self.rng.octaves(600, 6);
        }
    }

    fn office_words(&mut self, to: &Who, from: &Who) -> String {
        let body = words::office_paragraph(&mut self.rng, &self.story.lexicon);
        let (first, last) = (first_name(to), first_name(from));
        let greeting = *self.rng.pick(&["Hi", "Hello", "Dear", "Morning"]);
        let end = *self.rng.pick(&["Best", "Thanks", "Yours", "See you", "Cheers"]);
        format!("{greeting} {first},\n\n{}\n\n{end},\n{last}", wrapped(&body))
    }

    /// Letters to newsrooms and to private mailboxes from all sorts of people, many with the same free provider.
    pub fn strangers(&mut self) {
        let providers = [self.story.freemail.clone(), self.story.freemail.clone(), self.story.postbox.clone()];
        for (path, to) in self.newsrooms.clone().into_iter().chain(self.private.clone()) {
            for _ in 0..self.rng.count(2, 5) {
                let provider = self.rng.pick(&providers).clone();
                let from = self.stranger(&provider);
                let subject = words::headline(&mut self.rng, &self.story.lexicon);
                let at =
                    self.office_hour(self.story.days.first, self.story.days.last - 1) + self.rng.range(0, 4 * 3600);
                let text = format!("{}\n\n{}", self.office_words(&to, &from), self.aside());
                let letter = self.letter(&from, &to, &subject, at, Body::Plain(text));
                self.send(letter, &path);
            }
        }
    }

    /// Somebody new with an address at this provider.
    pub fn stranger(&mut self, provider: &str) -> Who {
        loop {
            let who = self.somebody(provider);
            if self.strangers.insert(who.address.clone()) {
                return who;
            }
        }
    }

    fn somebody(&mut self, provider: &str) -> Who {
        let campaign = &self.story.campaigns[self.rng.below(2)];
        let first = self.rng.pick(&campaign.staff).first.clone();
        let place = self.rng.pick(&self.story.lexicon.places).clone();
        let local = match self.rng.below(3) {
            0 => format!("{}{}", first.to_lowercase(), self.rng.range(10, 9999)),
            1 => format!("{}.{}{}", first.to_lowercase(), place.to_lowercase(), self.rng.range(1, 99)),
            _ => format!("{}_{}", place.to_lowercase(), self.rng.letters("abcdefghijklmnopqrstuvwxyz", 4)),
        };
        let name = if self.rng.chance(600) { first } else { String::new() };
        Who::new(&name, &local, provider)
    }

    fn aside(&mut self) -> String {
        let manner = words::Manner { lower: false, open: false, emoji: 0, political: 300 };
        format!("PS: {}", words::chatter(&mut self.rng, &self.story.lexicon, manner))
    }

    /// A weekly newsletter to its subscribers, by one sender and one relay.
    pub fn newsletter(&mut self) -> String {
        let [host, relay] = self.story.newsletter.clone();
        let name = words::capital(host.split('.').next().unwrap_or_default());
        let local = *self.rng.pick(&["news", "hello", "letter", "post"]);
        let from = Who::new(&name, local, &host);
        let subscribers = self.subscribers();
        let d = self.story.days;
        let (day, hour) = (d.first + self.rng.range(1, 6), self.rng.range(5 * 3600, 9 * 3600));
        let first_issue = self.rng.range(11, 260);
        for week in 0..self.rng.count(5, 7) as i64 {
            let issue = first_issue + week;
            let (text, html) = self.issue(&host, issue);
            let mut at = (day + 7 * week) * DAY + hour + self.rng.range(0, 900);
            for (path, to) in &subscribers {
                let body = Body::Both(text.clone(), html.clone());
                let mut mail = self.letter(&from, to, &format!("{name} no. {issue}"), at, body);
                mail.zone = 0;
                let leave = format!("<https://{host}/leave?r={}>, <mailto:leave@{host}>", self.rng.hex(8));
                mail.extra.push(("List-Unsubscribe".to_owned(), leave));
                mail.extra.push(("List-Id".to_owned(), format!("<letter.{host}>")));
                mail.extra.push(("Precedence".to_owned(), "bulk".to_owned()));
                let out = self.server(&format!("mta.{relay}"));
                mail.route = route(&mut self.rng, &mail, &out, None, ["pass", "pass", "pass"]);
                self.deliver(mail, path);
                at += self.rng.range(1, 20);
            }
        }
        from.address
    }

    fn subscribers(&mut self) -> Vec<(String, Who)> {
        let mut all = self.newsrooms.clone();
        all.extend(self.private.clone());
        for campaign in [0, 1] {
            let person = self.rng.pick(&self.story.campaigns[campaign].staff).clone();
            all.push((self.office(campaign), self.staff(campaign, &person)));
        }
        let n = self.rng.count(4, 5);
        self.rng.some(&all, n)
    }

    fn issue(&mut self, host: &str, issue: i64) -> (String, String) {
        let items: Vec<String> =
            (0..self.rng.count(3, 4)).map(|_| words::news_paragraph(&mut self.rng, &self.story.lexicon)).collect();
        let link = format!("https://{host}/issues/{issue}");
        let text =
            format!("{}\n\nAll issues: {link}", items.iter().map(|i| wrapped(i)).collect::<Vec<_>>().join("\n\n"));
        let html: String = items.iter().map(|i| format!("<p>{i}</p>\n")).collect();
        let html =
            format!("<html><body><h1>No. {issue}</h1>\n{html}<p><a href=\"{link}\">All issues</a></p></body></html>");
        (text, html)
    }

    /// The mailboxes and the mails handed in singly.
    pub fn files(self) -> Vec<File> {
        let mut out: Vec<File> =
            self.boxes.iter().map(|(path, mails)| File { path: path.clone(), bytes: mbox(mails) }).collect();
        for mail in &self.loose {
            let path =
                format!("mail/handed-in/{}-{}.eml", words::slug(&mail.subject), mail.from.address.replace('@', "_"));
            out.push(File { path, bytes: mail.raw().into_bytes() });
        }
        out
    }
}

fn newsrooms(rng: &mut Rng, story: &Story) -> Vec<(String, Who)> {
    let n = rng.count(3, 4);
    let mut out = Vec::new();
    for outlet in rng.some(&story.outlets, n) {
        let path = format!("mail/newsroom-{}.mbox", outlet.handle);
        for desk in rng.some(&["tips", "editor", "politics", "desk", "newsroom", "letters"], 2) {
            out.push((path.clone(), Who::new(&outlet.name, desk, &outlet.host)));
        }
    }
    out
}

fn private(rng: &mut Rng, story: &Story) -> Vec<(String, Who)> {
    let n = rng.count(6, 9);
    let people = rng.some(&story.campaigns[1].staff, n);
    let style = rng.below(4);
    let of = |p: &Person| {
        let who = Who::new(&p.full(), &p.local(style), &story.postbox);
        (format!("mail/private-{}.mbox", p.local(style).replace('.', "-")), who)
    };
    people.iter().map(of).collect()
}

/// The name one is called by.
pub fn first_name(who: &Who) -> &str {
    who.name.split(' ').next().filter(|n| !n.is_empty()).unwrap_or("all")
}

/// Lines of at most 72 characters.
pub fn wrapped(text: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if width > 0 && width + 1 + len > 72 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += len;
    }
    out
}

/// As quoted in an answer.
pub fn quoted(text: &str) -> String {
    text.lines().map(|l| format!("> {l}\n")).collect()
}
