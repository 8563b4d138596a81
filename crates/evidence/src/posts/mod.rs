//! What the drawers for posts and name lists share: columns, times, rows, and the shapes of platforms' JSON.

pub(crate) mod alike;
pub(crate) mod columns;
pub(crate) mod element;
pub(crate) mod feed;
pub(crate) mod rows;
pub(crate) mod shapes;
pub(crate) mod split;
pub(crate) mod table;
pub(crate) mod times;
pub(crate) mod window;

use columns::{Plan, Role};
use model::{Code, Post, Record, Resolution, Span, When, Written};
use times::Order;

/// A row of a table, by column.
pub(crate) trait Row<'a> {
    /// The words in a column; empty where there are none.
    fn cell(&self, column: usize) -> &'a str;

    /// Adds the items of a column that holds a list.
    fn list(&self, column: usize, items: &mut Vec<&'a str>) {
        items_of(self.cell(column), items);
    }

    /// True where the table itself holds a list in this column, not words.
    fn listed(&self, _column: usize) -> bool {
        false
    }

    /// The moment in a column, where the table stores moments and not words.
    fn moment(&self, _column: usize) -> Option<When> {
        None
    }
}

/// The items of a list written into one cell: `a b`, `a;b`, `['a', 'b']`, `["a","b"]`, `[a, b]`.
pub(crate) fn items_of<'a>(cell: &'a str, items: &mut Vec<&'a str>) {
    let cell = cell.trim();
    if cell.is_empty() {
        return;
    }
    // Nearly every list is of addresses with spaces between.
    let addresses = has_scheme(cell);
    let plain = || memchr::memchr3(b';', b',', b'|', cell.as_bytes()).is_none();
    if addresses && !cell.starts_with(['[', '{', '"', '\'']) && plain() {
        return items.extend(cell.split_ascii_whitespace());
    }
    let inner = cell.strip_prefix('[').and_then(|c| c.strip_suffix(']'));
    let inner = inner.or_else(|| cell.strip_prefix('{').and_then(|c| c.strip_suffix('}')));
    // A comma may stand inside an address, so it parts items only where brackets or a comma and a new scheme say so.
    let parts = |c: char| match inner {
        Some(_) => c == ',',
        None => c.is_whitespace() || c == ';' || matches!(c, '|' | ',') && !addresses,
    };
    for item in inner.unwrap_or(cell).split(parts) {
        let item = item.trim().trim_matches(['\'', '"']);
        if addresses && has_scheme(item) && item.contains(",http") {
            items.extend(schemes(item));
        } else if !item.is_empty() && !matches!(item, "None" | "nan" | "NaN" | "null") {
            items.push(item.trim_end_matches(','));
        }
    }
}

/// True where `://` stands somewhere.
fn has_scheme(text: &str) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|at| text.as_bytes()[at + 1..].starts_with(b"//"))
}

/// `https://a,https://b` at each new scheme.
fn schemes(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices(",http").map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = starts.iter().skip(1).map(|at| at - 1).chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(from, to)| &text[from..to])
}

/// Times of one piece of evidence: how they are written and how finely.
pub(crate) struct Clock {
    order: Order,
    guessed: bool,
    zoneless: u64,
    slashed: u64,
    finest: Option<Resolution>,
    told: u64,
}

impl Clock {
    /// Decides the order of day and month from the first rows' times.
    pub fn of<'s>(times: impl Iterator<Item = &'s str>) -> Self {
        let (mut day, mut month) = (false, false);
        for text in times {
            let first = times::parse(text, Order::MonthFirst).or_else(|| times::parse(text, Order::DayFirst));
            if let Some((a, b)) = first.and_then(|w| w.slashed) {
                day |= a > 12;
                month |= b > 12;
            }
        }
        let order = if day && !month { Order::DayFirst } else { Order::MonthFirst };
        Self { order, guessed: day == month, zoneless: 0, slashed: 0, finest: None, told: 0 }
    }

    /// A believable moment.
    pub fn read(&mut self, text: &str) -> Option<When> {
        let written = times::parse(text, self.order)?;
        self.zoneless += u64::from(!written.zoned);
        self.slashed += u64::from(written.slashed.is_some());
        Some(self.seen(written.when))
    }

    /// The table itself says that its moments are in no zone.
    pub fn without_zone(&mut self) {
        self.zoneless += 1;
    }

    /// Takes a moment into account.
    pub fn seen(&mut self, when: When) -> When {
        let fits = self.finest.is_some_and(|r| r == Resolution::Fraction || when.0 % r.micros() == 0);
        if !fits {
            let of = Resolution::of(when);
            self.finest = Some(self.finest.map_or(of, |r| r.min(of)));
        }
        self.told += 1;
        when
    }

    /// Says what is to be known of the times; returns a clause for the layout line.
    pub fn finish(&self, out: &mut crate::Out<'_>) -> String {
        if self.zoneless > 0 {
            out.note(Code::Info, Span::WHOLE, "times are written without a zone: taken as UTC");
        }
        if self.slashed > 0 && self.guessed {
            let text = "dates like 1/2/2017 do not tell day from month in the first rows: month first was taken";
            out.note(Code::Info, Span::WHOLE, text);
        }
        let unit = match self.finest {
            None => return String::new(),
            Some(Resolution::Fraction) => "fractions of seconds",
            Some(Resolution::Second) => "whole seconds",
            Some(Resolution::Minute) => "whole minutes",
            Some(Resolution::Hour) => "whole hours",
            Some(Resolution::Day) => "whole days",
        };
        // Two or three moments may be whole minutes by chance.
        if self.told > 3 && self.finest.is_some_and(|r| r >= Resolution::Minute) {
            let text = format!("times are {unit}: windows below that cannot be told apart");
            out.note(Code::Resolution, Span::WHOLE, text);
        }
        format!("; times: {unit}")
    }
}

/// Turns rows into posts and names.
pub(crate) struct Teller {
    /// Which column says what.
    pub plan: Plan,
    /// How times are written.
    pub clock: Clock,
    /// Platform of rows that name none.
    pub platform: String,
}

/// Empties a list and gives it a new lifetime, keeping its memory.
fn reuse<'b>(mut list: Vec<&str>) -> Vec<&'b str> {
    list.clear();
    list.into_iter().map(|_| "").collect()
}

/// Lists of one row, kept between rows for their memory.
#[derive(Default)]
pub(crate) struct Lists([Vec<&'static str>; 4]);

impl Teller {
    /// Reads a row as a post. False where the row says nothing at all.
    pub fn post<'a>(&mut self, row: &impl Row<'a>, span: Span, lists: &mut Lists, out: &mut crate::Out<'_>) -> bool {
        let plan = &self.plan;
        let first = |role: Role| {
            plan.get(role).iter().map(|at| row.cell(*at)).find(|c| !c.is_empty() && !blank(c)).unwrap_or("")
        };
        let when = plan.get(Role::Time).first().map(|at| {
            let stored = row.moment(*at);
            let text = row.cell(*at);
            stored.filter(|w| believable(*w)).map(|w| self.clock.seen(w)).or_else(|| self.clock.read(text))
        });
        let mut filled = std::mem::take(&mut lists.0).map(reuse);
        let roles = [Role::Urls, Role::Hashtags, Role::Mentions, Role::Media];
        for (list, role) in filled.iter_mut().zip(roles) {
            plan.get(role).iter().for_each(|at| row.list(*at, list));
        }
        for tag in filled[1].iter_mut() {
            *tag = tag.trim_start_matches(['#', '＃']);
        }
        for name in filled[2].iter_mut() {
            *name = name.trim_start_matches('@');
        }
        let [urls, hashtags, mentions, media] = &filled;
        let platform = first(Role::Platform);
        let lower =
            if platform.bytes().any(|b| b.is_ascii_uppercase()) { platform.to_lowercase() } else { String::new() };
        let post = Post {
            platform: [lower.as_str(), platform, &self.platform].into_iter().find(|p| !p.is_empty()).unwrap_or(""),
            account: first(Role::Account).trim_start_matches('@'),
            id: first(Role::Post),
            when: when.flatten(),
            text: plan.get(Role::Text).first().map_or("", |at| row.cell(*at)),
            reposted: first(Role::Reposted),
            reply_to: first(Role::ReplyTo),
            urls,
            hashtags,
            mentions,
            media,
            object: first(Role::Object),
            client: first(Role::Client),
            written: written(plan, row),
        };
        let says = !(post.account.is_empty() && post.id.is_empty() && post.text.is_empty());
        if says {
            if when.is_some_and(|w| w.is_none()) {
                out.note(Code::Time, span, NO_TIME);
            }
            out.record(span, Record::Post(&post));
        }
        lists.0 = filled.map(reuse);
        says
    }
}

/// The cells as they stand. A second column of accounts holds ids (see [`Role`]'s names).
fn written<'a>(plan: &Plan, row: &impl Row<'a>) -> Written<'a> {
    let cell = |role: Role| plan.get(role).first().map(|at| row.cell(*at));
    let accounts = plan.get(Role::Account).iter().map(|at| row.cell(*at));
    let urls = plan.get(Role::Urls);
    Written {
        account: accounts.clone().find(|c| !c.is_empty() && !blank(c)),
        account_id: accounts.last(),
        id: cell(Role::Post),
        time: cell(Role::Time),
        urls: urls.first().filter(|at| urls.len() == 1 && !row.listed(**at)).map(|at| row.cell(*at)),
        reposted: cell(Role::Reposted),
        reply_to: cell(Role::ReplyTo),
    }
}

/// The note on a row without a usable time.
pub(crate) const NO_TIME: &str = "a time is missing, unreadable or outside 1990-2100: the post was kept without it";

pub(crate) fn believable(when: When) -> bool {
    times::believed(when)
}

/// How exports write "nothing".
fn blank(cell: &str) -> bool {
    cell.len() <= 4 && matches!(cell, "nan" | "NaN" | "None" | "NULL" | "null" | "NA" | "N/A" | "\\N")
}

/// The domain name in a piece of a list: `one.example`, `*.one.example`, `||one.example^`, `https://one.example/x`.
pub(crate) fn domain(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['"', '\'']);
    let text = text.strip_prefix("||").and_then(|t| t.split('^').next()).unwrap_or(text);
    let text = text.split_once("://").map_or(text, |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let text = text.strip_prefix("*.").unwrap_or(text);
    let bare = text.strip_suffix('.').unwrap_or(text);
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && l.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let (_, top) = bare.rsplit_once('.')?;
    let alphabetic = top.chars().count() >= 2 && (top.chars().all(char::is_alphabetic) || top.starts_with("xn--"));
    (bare.len() <= 253 && alphabetic && bare.split('.').all(label)).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_they_are_written() {
        for (cell, items) in [
            ("", &[][..]),
            ("[]", &[]),
            ("['a', 'b']", &["a", "b"]),
            ("[a, b]", &["a", "b"]),
            (r#"["a","b"]"#, &["a", "b"]),
            ("boston_1;boston_2", &["boston_1", "boston_2"]),
            ("https://a.example/x,1 https://b.example", &["https://a.example/x,1", "https://b.example"]),
            ("https://a.example/,https://b.example/", &["https://a.example/", "https://b.example/"]),
            ("nan", &[]),
            ("#a #b", &["#a", "#b"]),
            ("vote,now", &["vote", "now"]),
        ] {
            let mut got = Vec::new();
            items_of(cell, &mut got);
            assert_eq!(got, items, "{cell}");
        }
    }

    #[test]
    fn names_in_lists() {
        for (text, name) in [
            ("one.example", Some("one.example")),
            ("*.one.example", Some("one.example")),
            ("||one.example^", Some("one.example")),
            ("https://one.example/x", Some("one.example")),
            ("xn--bcher-kva.example", Some("xn--bcher-kva.example")),
            ("bücher.example.", Some("bücher.example")),
            ("1.2.3.4", None),
            ("one", None),
            ("a b.example", None),
            ("a..example", None),
            ("", None),
        ] {
            assert_eq!(domain(text), name, "{text}");
        }
    }
}
