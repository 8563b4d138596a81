//! Who touched what?
//!
//! Each trace kind is a drawer: a `const` [`Kind`] in a file of its own, listed in [`KINDS`]. It sees one record and
//! says which actor touched which thing, in canonical form. It never weighs what it sees: that is for findings.
#![warn(missing_docs)]

mod acts;
mod answer_headers;
mod canonical;
mod certificate;
mod certificate_end;
mod certificate_name;
mod client;
mod content;
mod cookie;
mod copied_from;
mod dns_host;
mod domain;
mod enclosure_name;
mod exact_text;
mod facts;
mod favicon;
mod file_hash;
mod hashtag;
mod hashtag_sequence;
mod header_order;
mod host;
mod html_template;
mod id_grammar;
mod ip_address;
mod ip_prefix;
mod link_path;
mod listed;
mod listed_as;
mod mail_relay;
mod mail_server;
mod mail_shape;
mod mail_subject;
mod mailbox;
mod mailer;
mod masked;
mod mention;
mod message_id_domain;
mod name_server;
mod normal;
mod object;
mod outgoing_domain;
mod page_email;
mod page_phone;
mod paragraph;
mod reads;
mod redirect;
mod registrant;
mod registrar;
mod registration_minute;
mod reply_to;
mod repost;
mod sample;
mod scan;
mod seen;
mod similar_text;
mod tags;
mod text_template;
mod tracker_id;
mod txt_record;
mod url;
mod who;
mod zone_mailbox;

pub use acts::{Taker, Wanted};
pub use content::content;
use model::{Card, KindInfo, Ownership, Record, Sort, Trace};
pub use reads::Reads;
pub use sample::Example;
use seen::Seen;
use std::borrow::Cow;
pub use who::who;

/// A kind of trace.
pub struct Kind {
    /// Its label.
    pub card: Card,
    /// The records it looks at; it is shown no others.
    pub reads: Reads,
    /// Co-sharing window in microseconds, where sharing at nearly the same time says something; [`KindInfo::CROWDS`] where only
    /// a crowd of them does; `None` for kinds too common (a domain, a mention) or not of one moment (a mail relay).
    pub window: Option<i64>,
    /// What it says of the owners of sites.
    pub ownership: Ownership,
    /// True where values are bags of words, and those nearly the same are to be taken for one thing.
    pub alike: bool,
    /// Takes the traces of this kind from one record.
    pub find: fn(&Record<'_>, &mut Found<'_>),
    /// Samples: a record, and the values that must come of it.
    pub examples: &'static [Example],
}

/// One minute in microseconds: the window of acts that take someone's hand or a timer.
const MINUTE: Option<i64> = Some(60_000_000);

/// No window: two touches close in time say nothing, but a small crowd that comes again does.
const CROWDS: Option<i64> = Some(KindInfo::CROWDS);

/// Takes what a kind finds in one record, and holds what all kinds need of that record, read once.
pub struct Found<'a> {
    seen: &'a Seen<'a>,
    emit: &'a mut dyn FnMut(Sort, &str, &str),
}

impl<'a> Found<'a> {
    /// This actor touched this thing.
    pub fn touch(&mut self, sort: Sort, actor: &str, value: &str) {
        if !actor.is_empty() && !value.is_empty() {
            (self.emit)(sort, actor, value);
        }
    }

    /// The record's own actor touched this thing.
    fn own(&mut self, value: &str) {
        if let Some((sort, actor)) = &self.seen.who {
            self.touch(*sort, actor, value);
        }
    }

    fn seen(&self) -> &'a Seen<'a> {
        self.seen
    }
}

/// Every kind. The order gives the [`model::KindNo`]s.
pub const KINDS: &[&Kind] = &[
    &repost::KIND,
    &reply_to::KIND,
    &mention::KIND,
    &url::KIND,
    &domain::KIND,
    &hashtag::KIND,
    &hashtag_sequence::KIND,
    &exact_text::KIND,
    &file_hash::KIND,
    &object::KIND,
    &mailbox::KIND,
    &mail_relay::KIND,
    &message_id_domain::KIND,
    &mail_subject::KIND,
    &tracker_id::KIND,
    &page_email::KIND,
    &page_phone::KIND,
    &outgoing_domain::KIND,
    &paragraph::KIND,
    &html_template::KIND,
    &text_template::KIND,
    &link_path::KIND,
    &enclosure_name::KIND,
    &header_order::KIND,
    &mail_shape::KIND,
    &id_grammar::KIND,
    &mailer::KIND,
    &ip_address::KIND,
    &ip_prefix::KIND,
    &name_server::KIND,
    &dns_host::KIND,
    &zone_mailbox::KIND,
    &mail_server::KIND,
    &txt_record::KIND,
    &registrar::KIND,
    &registration_minute::KIND,
    &registrant::KIND,
    &certificate_name::KIND,
    &certificate::KIND,
    &certificate_end::KIND,
    &answer_headers::KIND,
    &cookie::KIND,
    &copied_from::KIND,
    &similar_text::KIND,
    &listed::KIND,
    &listed_as::KIND,
    &favicon::KIND,
    &client::KIND,
];

/// What the rest of the house may know of the kinds.
#[must_use]
pub fn infos() -> Vec<KindInfo> {
    KINDS.iter().map(|k| KindInfo { card: k.card, window: k.window, alike: k.alike, ownership: k.ownership }).collect()
}

/// Takes all traces of one record, kind by kind. Each thing comes at most once per kind; at most 200 of one sort of
/// thing (URLs, tags, recipients …) are taken from one record, so that hostile text stays bounded. Says whose record it
/// is, as [`who`] does.
pub fn trace<'a>(record: &Record<'a>, out: &mut dyn FnMut(Trace<'_>)) -> Option<(Sort, Cow<'a, str>)> {
    let seen = Seen::of(record);
    seen.who.as_ref()?;
    for kind in reads::readers(record) {
        let emit = &mut |sort: Sort, actor: &str, value: &str| {
            out(Trace { kind, sort, actor, value, when: record.when() });
        };
        (KINDS[usize::from(kind.0)].find)(record, &mut Found { seen: &seen, emit });
    }
    seen.who
}
