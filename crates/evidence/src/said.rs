//! Facts about sites being gathered: what drawers for DNS, registration and certificates share.

use crate::Out;
use crate::posts::Clock;
use model::{About, Facts, Record, Span, When};

/// Most facts kept of one row or answer.
const MOST: usize = 1_000;
/// Longest value kept, in bytes.
const LONG: usize = 4_096;

/// What is said of one site.
#[derive(Default)]
pub(crate) struct Said {
    pub subject: String,
    pub when: Option<When>,
    /// Address of the one page it is said of, if of one.
    pub page: String,
    items: Vec<(About, String)>,
}

impl Said {
    pub fn of(subject: &str) -> Self {
        Self { subject: subject.trim().trim_end_matches('.').to_owned(), ..Self::default() }
    }

    /// One value; empty ones and absurdly long ones are dropped.
    pub fn add(&mut self, about: About, value: &str) {
        let value = value.trim();
        let fits = !value.is_empty() && value.len() <= LONG && self.items.len() < MOST;
        if fits && !matches!(value.to_ascii_lowercase().as_str(), "-" | "none" | "null" | "nan" | "n/a") {
            self.items.push((about, value.to_owned()));
        }
    }

    /// True where nothing was said.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// True where no more is kept.
    pub fn full(&self) -> bool {
        self.items.len() >= MOST
    }

    /// True where something of this sort was said.
    pub fn has(&self, about: About) -> bool {
        self.items.iter().any(|i| i.0 == about)
    }

    /// A cell that may hold several values.
    pub fn add_cell(&mut self, about: About, cell: &str, clock: &mut Clock) {
        if about.is_time() {
            return self.add_time(about, cell, clock);
        }
        let inner = cell.trim().trim_start_matches(['[', '{']).trim_end_matches([']', '}']);
        let list: fn(char) -> bool = match about {
            About::Address | About::NameServer | About::CertificateName | About::ContactMail | About::Cookie => {
                |c| c.is_whitespace() || matches!(c, ',' | ';' | '|')
            }
            About::MailServer => |c| matches!(c, ',' | ';' | '|' | '\n'),
            _ => |_| false,
        };
        inner.split(list).for_each(|item| self.add(about, item.trim().trim_matches(['"', '\''])));
    }

    /// A moment, in one form however it was written.
    pub fn add_time(&mut self, about: About, text: &str, clock: &mut Clock) {
        if let Some(when) = clock.read(text.trim()) {
            self.add(about, &when.iso());
        }
    }

    /// The data of a DNS record: of SOA only the mailbox.
    pub fn add_record(&mut self, about: About, data: &str) {
        match about {
            About::ZoneMailbox => self.add(about, data.split_whitespace().nth(1).unwrap_or_default()),
            About::Text => self.add(about, data.trim().trim_matches('"')),
            _ => self.add(about, data.trim().trim_end_matches('.')),
        }
    }

    /// Hands it on.
    pub fn tell(&self, span: Span, out: &mut Out<'_>) {
        let said: Vec<(About, &str)> = self.items.iter().map(|(about, value)| (*about, value.as_str())).collect();
        let facts = Facts { subject: &self.subject, when: self.when, page: &self.page, said: &said };
        out.record(span, Record::Facts(&facts));
    }
}
