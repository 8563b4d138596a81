//! Records with nothing in them, for examples: `Post { text: "…", ..POST }` stands in a `const`.

use model::{Address, Document, Facts, Image, Listed, Mail, Name, Observable, Page, Post, Record};

/// A sample of a kind: documentation, test and fuzz seed in one.
pub struct Example {
    /// What it shows.
    pub shows: &'static str,
    /// The record.
    pub record: Record<'static>,
    /// All values this kind takes from it, in byte order; empty for a near miss.
    pub values: &'static [&'static str],
}

/// A post by `ann` that says nothing.
pub(crate) const POST: Post<'static> = Post {
    platform: "",
    account: "ann",
    id: "",
    when: None,
    text: "",
    reposted: "",
    reply_to: "",
    urls: &[],
    hashtags: &[],
    mentions: &[],
    media: &[],
    object: "",
    client: "",
    written: model::Written {
        account: None,
        account_id: None,
        id: None,
        time: None,
        urls: None,
        reposted: None,
        reply_to: None,
    },
};

/// An address nobody gave.
pub(crate) const NOBODY: Address<'static> = Address { name: "", address: "" };

/// A mail from `ann@one.example` that says nothing.
pub(crate) const MAIL: Mail<'static> = Mail {
    message_id: "",
    from: Address { name: "Ann", address: "ann@one.example" },
    reply_to: NOBODY,
    to: &[],
    mailbox: "",
    subject: "",
    when: None,
    received: &[],
    headers: &[],
    text: "",
    parts: &[],
    links: &[],
    attachments: &[],
    raw: b"",
};

/// A page of `one.example` that says nothing.
pub(crate) const PAGE: Page<'static> = Page {
    url: "https://www.one.example/news",
    title: "",
    when: None,
    text: "",
    links: &[],
    meta: &[],
    loads: &[],
    code: "",
    attachments: &[],
    classes: &[],
    comments: &[],
    shape: &[],
    byline: "",
    kept: None,
};

/// A SHA-256 to stand in examples.
pub(crate) const SHA: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A document that says nothing.
pub(crate) const DOCUMENT: Document<'static> =
    Document { title: "", author: "", producer: "", when: None, passages: &[], links: &[], sha256: SHA };

/// A picture.
pub(crate) const IMAGE: Image<'static> =
    Image { kind: "png", width: 1, height: 1, when: None, metadata: &[], sha256: SHA };

/// A line of a name list.
pub(crate) const NAME: Name<'static> = Name { domain: "News.One.example", when: None };

/// What is known of `one.example`: nothing.
pub(crate) const FACTS: Facts<'static> = Facts { subject: "one.example", when: None, page: "", said: &[] };

/// A domain on a platform's list.
pub(crate) const LISTED: Listed<'static> = Listed {
    list: "A network removed",
    producer: "A Platform",
    id: "",
    what: Observable::Domain,
    value: "Evil.example",
    label: "",
    when: None,
    sha256: SHA,
    reliability: None,
    credibility: None,
    harmless: false,
};
