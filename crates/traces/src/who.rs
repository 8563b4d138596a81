//! Whose record is it?
//!
//! Accounts are named `platform/handle` or `handle`, mailboxes by address, sites by host, all in lower case. Dots and
//! plus signs in addresses stay: whether `a.b@` and `ab@` are one box is the host's business. A page that does not
//! say its address, and a document or picture standing alone, are named by their bytes.

use crate::canonical::{canonical, canonical_or_bare};
use model::{Listed, Page, Post, Record, Sort, hash64, hex16};
use std::borrow::Cow;

/// Whose record it is: the account, sender's mailbox, site or file that made it, in canonical form.
#[must_use]
pub fn who<'a>(record: &Record<'a>) -> Option<(Sort, Cow<'a, str>)> {
    let (sort, name) = match record {
        Record::Post(post) => (Sort::Account, account(post)),
        Record::Mail(mail) => (Sort::Mailbox, mailbox(mail.from.address)),
        Record::Page(page) => return site(page),
        Record::Document(document) => (Sort::File, file(document.sha256)),
        Record::Image(image) => (Sort::File, file(image.sha256)),
        Record::Name(name) => (Sort::Site, Cow::Owned(listed(name.domain)?)),
        Record::Facts(facts) => (Sort::Site, Cow::Owned(listed(facts.subject)?)),
        Record::Listed(listed) => (Sort::File, list(listed)),
    };
    (!name.is_empty()).then_some((sort, name))
}

/// A line of a list is a domain, under whatever suffix.
fn listed(domain: &str) -> Option<String> {
    let address = canonical(domain).or_else(|| canonical(&["http://", domain.trim()].concat()))?;
    Some(address.host().to_owned())
}

/// A list of indicators goes by its own name, else by its bytes.
fn list(listed: &Listed<'_>) -> Cow<'static, str> {
    let name = listed.list.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let name: String = name.chars().take(120).collect();
    let name = if name.is_empty() { listed.sha256.chars().take(12).collect() } else { name };
    Cow::Owned(["list/", &name].concat())
}

fn account<'a>(post: &Post<'a>) -> Cow<'a, str> {
    on_platform(post.platform, post.account)
}

/// `platform/handle`, or `handle` where the platform is not known; empty where the handle is.
pub(crate) fn on_platform<'a>(platform: &str, handle: &'a str) -> Cow<'a, str> {
    let handle = lower(handle.trim().trim_start_matches(['@', '＠']));
    if platform.is_empty() || handle.is_empty() {
        return handle;
    }
    Cow::Owned([lower(platform.trim()).as_ref(), "/", handle.as_ref()].concat())
}

/// A mail address in lower case, without angle brackets or `mailto:`.
pub(crate) fn mailbox(address: &str) -> Cow<'_, str> {
    let address = address.trim_matches(|c: char| c.is_whitespace() || "<>\"'".contains(c));
    let bare = address.get(..7).filter(|p| p.eq_ignore_ascii_case("mailto:")).map_or(address, |_| &address[7..]);
    lower(bare.trim())
}

fn site<'a>(page: &Page<'a>) -> Option<(Sort, Cow<'a, str>)> {
    if let Some(address) = canonical_or_bare(page.url) {
        return Some((Sort::Site, Cow::Owned(address.host().to_owned())));
    }
    let words = [page.title, page.text, page.code];
    if words.iter().all(|w| w.is_empty()) && page.links.is_empty() && page.loads.is_empty() {
        return None;
    }
    let digest = hex16(hash64(words.join("\0").as_bytes()));
    Some((Sort::File, Cow::Owned(["page/", &digest[..12]].concat())))
}

fn file(sha256: &str) -> Cow<'static, str> {
    match sha256.get(..12) {
        Some(first) => Cow::Owned(["file/", &first.to_ascii_lowercase()].concat()),
        None => Cow::Borrowed(""),
    }
}

/// Lower case, without a copy where nothing changes.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{DOCUMENT, IMAGE, MAIL, NAME, PAGE};
    use model::Address;

    #[test]
    fn names_of_actors() {
        let post = |platform, account| Post { platform, account, ..Post::default() };
        let mail = |address| model::Mail { from: Address { name: "", address }, ..MAIL };
        let page = |url| Page { url, ..PAGE };
        for (record, expected) in [
            (Record::Post(&post("x", "@Ann")), Some((Sort::Account, "x/ann"))),
            (Record::Post(&post("", " ANN ")), Some((Sort::Account, "ann"))),
            (Record::Post(&post("X", "")), None),
            (Record::Mail(&mail("<Ann.B+news@One.Example>")), Some((Sort::Mailbox, "ann.b+news@one.example"))),
            (Record::Mail(&mail("")), None),
            (Record::Page(&page("https://WWW.One.example/a")), Some((Sort::Site, "one.example"))),
            (Record::Page(&page("")), None),
            (Record::Document(&DOCUMENT), Some((Sort::File, "file/9f86d081884c"))),
            (Record::Image(&IMAGE), Some((Sort::File, "file/9f86d081884c"))),
            (Record::Name(&NAME), Some((Sort::Site, "news.one.example"))),
        ] {
            let got = who(&record);
            assert_eq!(got.as_ref().map(|(s, n)| (*s, n.as_ref())), expected, "{record:?}");
        }
    }

    #[test]
    fn a_page_without_an_address_is_a_file() {
        let page = Page { text: "words", ..Page::default() };
        let (sort, name) = who(&Record::Page(&page)).expect("named by its words");
        assert_eq!((sort, &name[..5], name.len()), (Sort::File, "page/", 17));
    }
}
