//! Who touched what?
//!
//! Each trace kind is a drawer: a `const` [`Kind`] in a file of its own, listed in [`KINDS`]. It sees one record and
//! says which actor touched which thing, in canonical form. It never weighs what it sees: that is for findings.
#![warn(missing_docs)]

use model::{Card, KindInfo, KindNo, Record, Sort, Trace};

/// A kind of trace.
pub struct Kind {
    /// Its label.
    pub card: Card,
    /// Co-sharing window in microseconds, where sharing at nearly the same time says something; `None` for kinds too
    /// common (a domain, a mention) or not of one moment (a mail relay).
    pub window: Option<i64>,
    /// Takes the traces of this kind from one record.
    pub find: fn(&Record<'_>, &mut Found<'_>),
    /// Samples: what stands in a record, and the values that must come of it.
    pub examples: &'static [(&'static str, &'static [&'static str])],
}

/// Takes what a kind finds in one record.
pub struct Found<'a> {
    emit: &'a mut dyn FnMut(Sort, &str, &str),
}

impl Found<'_> {
    /// This actor touched this thing.
    pub fn touch(&mut self, sort: Sort, actor: &str, value: &str) {
        if !actor.is_empty() && !value.is_empty() {
            (self.emit)(sort, actor, value);
        }
    }
}

/// Every kind. The order gives the [`KindNo`]s.
pub const KINDS: &[&Kind] = &[];

/// What the rest of the house may know of the kinds.
#[must_use]
pub fn infos() -> Vec<KindInfo> {
    KINDS.iter().map(|k| KindInfo { card: k.card, window: k.window }).collect()
}

/// Takes all traces of one record, kind by kind.
pub fn trace(record: &Record<'_>, out: &mut dyn FnMut(Trace<'_>)) {
    for (no, kind) in KINDS.iter().enumerate() {
        let emit = &mut |sort: Sort, actor: &str, value: &str| {
            out(Trace { kind: KindNo(no as u8), sort, actor, value, when: record.when() });
        };
        (kind.find)(record, &mut Found { emit });
    }
}

/// Whose record it is: the account, sender's mailbox, site or file that made it, in canonical form.
#[must_use]
pub fn who(_record: &Record<'_>) -> Option<(Sort, String)> {
    None
}
