//! What is known beside the mail: whom to protect, one's own servers, the mailbox's history.

use model::{Mail, MailSettings};
use std::collections::{HashMap, HashSet};

/// What is known beside the mail.
#[derive(Default)]
pub struct Context {
    /// Whom to protect, and whose checks to believe.
    pub settings: MailSettings,
    /// The mailboxes given, where more than one mail was.
    pub history: Option<History>,
    /// DNS records that somebody kept, to verify again who sent it.
    pub archive: Option<crate::Archive>,
}

impl Context {
    /// Protected domains, those of protected mailboxes among them where they are not a provider's.
    pub(crate) fn domains(&self) -> impl Iterator<Item = &str> + Clone {
        let domain = |name: &'_ String| name.rsplit('@').next().unwrap_or(name).len();
        let domains = self.settings.protect.iter().map(move |n| &n[n.len() - domain(n)..]);
        domains.filter(|d| !d.is_empty() && !crate::domain::is_provider(d))
    }

    /// Protected mailboxes.
    pub(crate) fn mailboxes(&self) -> impl Iterator<Item = &str> {
        self.settings.protect.iter().map(String::as_str).filter(|n| n.contains('@'))
    }
}

/// A passage of a sealed document found in a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Id of the document, as its owner names it.
    pub document: String,
    /// Number of the mail's text part, or the enclosure's name.
    pub part: String,
    /// Letters and digits that stand there without a break.
    pub run: u64,
}

/// Who wrote to whom in the mailboxes given: what tells a stranger from an acquaintance.
#[derive(Debug, Default)]
pub struct History {
    /// Times (microseconds) at which mails from an address came, sorted after [`History::close`].
    from: HashMap<u64, Vec<i64>>,
    /// Times at which mails to an address were sent.
    to: HashMap<u64, Vec<i64>>,
    ids: HashSet<u64>,
    mails: u64,
    first: Option<i64>,
    last: Option<i64>,
}

/// What the history says of one mail.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Earlier mails from this address.
    pub from: u64,
    /// Earlier mails to this address.
    pub to: u64,
    /// The mail it answers is in the mailbox.
    pub thread: bool,
    /// Mails searched.
    pub searched: u64,
    /// First and last moment searched, microseconds.
    pub span: Option<(i64, i64)>,
}

fn key(text: &str) -> u64 {
    model::hash64(text.trim().to_lowercase().as_bytes())
}

/// What a mail adds to the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// It came from this address (hashed) at this time, microseconds.
    From(u64, Option<i64>),
    /// It went to this one.
    To(u64, Option<i64>),
    /// It bears this Message-ID (hashed).
    Id(u64),
}

/// What a mail adds to the history: its sender, those it went to (at most 50), its id.
pub fn contacts(mail: &Mail<'_>) -> impl Iterator<Item = Contact> {
    let at = mail.when.map(|w| w.0);
    let to = mail.to.iter().take(50).map(move |to| Contact::To(key(to.address), at));
    let id = (!mail.message_id.is_empty()).then(|| Contact::Id(key(mail.message_id)));
    std::iter::once(Contact::From(key(mail.from.address), at)).chain(to).chain(id)
}

impl History {
    /// Remembers what a mail adds, in any order.
    pub fn add(&mut self, contact: Contact) {
        match contact {
            Contact::From(who, at) => {
                self.mails += 1;
                self.from.entry(who).or_default().push(at.unwrap_or(i64::MIN));
                self.first = self.first.into_iter().chain(at).min();
                self.last = self.last.into_iter().chain(at).max();
            }
            Contact::To(who, at) => self.to.entry(who).or_default().push(at.unwrap_or(i64::MIN)),
            Contact::Id(id) => {
                self.ids.insert(id);
            }
        }
    }

    /// Sorts what was remembered.
    pub fn close(&mut self) {
        self.from.values_mut().chain(self.to.values_mut()).for_each(|v| v.sort_unstable());
    }

    /// What it says of this mail's sender, answer address and thread.
    #[must_use]
    pub fn of(&self, from: &str, reply_to: &str, at: Option<i64>, answers: &[&str]) -> Earlier {
        let before = |map: &HashMap<u64, Vec<i64>>, who: &str| {
            if who.trim().is_empty() {
                return 0;
            }
            let times = map.get(&key(who)).map_or(&[][..], Vec::as_slice);
            at.map_or(0, |at| times.partition_point(|t| *t < at)) as u64
        };
        let reply =
            if reply_to.is_empty() || reply_to.eq_ignore_ascii_case(from) { 0 } else { before(&self.to, reply_to) };
        Earlier {
            from: before(&self.from, from),
            to: before(&self.to, from) + reply,
            thread: answers.iter().any(|id| self.ids.contains(&key(id))),
            searched: self.mails,
            span: self.first.zip(self.last),
        }
    }

    /// How many mails it holds.
    #[must_use]
    pub fn mails(&self) -> u64 {
        self.mails
    }
}
