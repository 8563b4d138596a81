//! What evidence says, one record at a time, borrowed from the bytes it was read from.
//!
//! A record is gone when the next one comes: whoever wants to keep words copies them. An empty string or slice means
//! "not there". All text is UTF-8; what could not be decoded was replaced and noted.

use crate::{Credibility, Reliability, Span, When};

/// One thing a piece of evidence says.
#[derive(Debug, Clone, Copy)]
pub enum Record<'a> {
    /// A post on a platform.
    Post(&'a Post<'a>),
    /// A mail.
    Mail(&'a Mail<'a>),
    /// A saved web page.
    Page(&'a Page<'a>),
    /// A text document.
    Document(&'a Document<'a>),
    /// A picture.
    Image(&'a Image<'a>),
    /// A domain name in a list.
    Name(&'a Name<'a>),
    /// What a register, a resolver, a certificate log or a server's answer says of a site.
    Facts(&'a Facts<'a>),
    /// A thing on a published list of indicators.
    Listed(&'a Listed<'a>),
}

/// A post, repost or reply by an account.
#[derive(Debug, Clone, Copy, Default)]
pub struct Post<'a> {
    /// Platform in lower case (`x`, `telegram`, …) where the evidence names it.
    pub platform: &'a str,
    /// The account's stable name: its handle where there is one, else its id.
    pub account: &'a str,
    /// The post's own id.
    pub id: &'a str,
    /// When it was posted.
    pub when: Option<When>,
    /// Its words, as written.
    pub text: &'a str,
    /// Id of the post it reposts.
    pub reposted: &'a str,
    /// Id of the post it replies to (or the account, where only that is known).
    pub reply_to: &'a str,
    /// URLs given beside the text; those inside the text are found there.
    pub urls: &'a [&'a str],
    /// Hashtags given beside the text, without `#`; those inside the text are found there.
    pub hashtags: &'a [&'a str],
    /// Accounts mentioned, given beside the text, without `@`.
    pub mentions: &'a [&'a str],
    /// Hashes or ids of pictures and videos, as the evidence names them.
    pub media: &'a [&'a str],
    /// An object shared, where the evidence gives only an opaque id (CooRTweet's `object_id`).
    pub object: &'a str,
    /// The program it was posted with, as the evidence names it.
    pub client: &'a str,
    /// Its cells as they stand in a table, for methods that compare strings and not what they mean.
    pub written: Written<'a>,
}

/// Cells of a table as they stand, nothing trimmed or split. `None` where the evidence has no such cell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written<'a> {
    /// The account as the column that names it has it: its handle where there is one, else its id.
    pub account: Option<&'a str>,
    /// The account's id, where a column of its own has it.
    pub account_id: Option<&'a str>,
    /// The post's own id.
    pub id: Option<&'a str>,
    /// The time.
    pub time: Option<&'a str>,
    /// The list of URLs.
    pub urls: Option<&'a str>,
    /// Id of the post it reposts.
    pub reposted: Option<&'a str>,
    /// Id of the post it replies to.
    pub reply_to: Option<&'a str>,
}

/// A mail address with the name shown beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Address<'a> {
    /// Display name.
    pub name: &'a str,
    /// `local@domain` as written.
    pub address: &'a str,
}

/// One `Received` header: a server saying from whom it took the mail. Newest first, as they stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hop<'a> {
    /// The name the sender of this hop gave (`from`).
    pub from: &'a str,
    /// The server that wrote the header (`by`).
    pub by: &'a str,
    /// The address it saw, as text.
    pub ip: &'a str,
    /// When.
    pub when: Option<When>,
}

/// One header field.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// Field name as written.
    pub name: &'a str,
    /// Raw value, unfolded.
    pub value: &'a str,
    /// Bytes of the whole field in the mail.
    pub span: Span,
}

/// Something enclosed in a mail or page; its bytes are read as evidence of their own.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// File name as given.
    pub name: &'a str,
    /// SHA-256 of the decoded bytes, lower-case hex.
    pub sha256: &'a str,
    /// Decoded length in bytes.
    pub len: u64,
    /// `type/subtype` as claimed, in lower case; empty where none is.
    pub kind: &'a str,
    /// Bytes of its encoded body in the mail or page.
    pub span: Span,
    /// The decoded bytes; empty where the record does not lend them (a page's).
    pub bytes: &'a [u8],
}

impl Attachment<'_> {
    /// Nothing: to fill in from.
    pub const EMPTY: Attachment<'static> =
        Attachment { name: "", sha256: "", len: 0, kind: "", span: Span::WHOLE, bytes: b"" };
}

/// A part of a mail that is read as its words: not an enclosure.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Its number among all parts that hold something (enclosures too), from 0 in the order they stand.
    pub number: u32,
    /// `type/subtype` in lower case.
    pub kind: &'a str,
    /// Its decoded words: plain text as written, HTML without its markup.
    pub text: &'a str,
    /// The decoded markup of an HTML part; empty for other kinds.
    pub html: &'a str,
    /// Bytes of its encoded body in the mail.
    pub span: Span,
}

/// A mail.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mail<'a> {
    /// `Message-ID` without angle brackets.
    pub message_id: &'a str,
    /// `From`.
    pub from: Address<'a>,
    /// `Reply-To`.
    pub reply_to: Address<'a>,
    /// `To`, `Cc` and `Delivered-To`/`X-Original-To`, in that order.
    pub to: &'a [Address<'a>],
    /// The mailbox that received this copy (`Delivered-To`, `X-Original-To`, else a single `To`).
    pub mailbox: &'a str,
    /// `Subject`, decoded.
    pub subject: &'a str,
    /// `Date`.
    pub when: Option<When>,
    /// The route, newest hop first.
    pub received: &'a [Hop<'a>],
    /// All header fields in order.
    pub headers: &'a [Header<'a>],
    /// The words of every text part (HTML parts without their markup), parts separated by a blank line.
    pub text: &'a str,
    /// The text parts one by one.
    pub parts: &'a [Part<'a>],
    /// Targets of links in HTML parts.
    pub links: &'a [&'a str],
    /// What is enclosed.
    pub attachments: &'a [Attachment<'a>],
    /// The whole mail as it lies there: what signatures are over. Empty where it came in another shape.
    pub raw: &'a [u8],
}

/// A saved web page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page<'a> {
    /// Address of the page, from the saver's comment, `canonical`, `og:url` or `base`, in that order.
    pub url: &'a str,
    /// Title.
    pub title: &'a str,
    /// Date of publication where a meta tag, `time` element or JSON-LD gives it.
    pub when: Option<When>,
    /// The words without navigation, footers, scripts and other boilerplate.
    pub text: &'a str,
    /// Targets of links.
    pub links: &'a [&'a str],
    /// Meta tags: name or property, content.
    pub meta: &'a [(&'a str, &'a str)],
    /// Addresses of scripts, images and frames the page loads.
    pub loads: &'a [&'a str],
    /// Inline scripts and advertising elements' attributes, joined by newlines: where tracker ids stand.
    pub code: &'a str,
    /// Pictures and files inside the page (`data:` addresses).
    pub attachments: &'a [Attachment<'a>],
    /// Distinct names of CSS classes its elements carry, sorted.
    pub classes: &'a [&'a str],
    /// Comments of the markup, each trimmed.
    pub comments: &'a [&'a str],
    /// Distinct hashes of the paths of its elements (three tags deep, with their classes' beginnings), sorted.
    pub shape: &'a [u64],
    /// Who wrote it, where a meta tag or JSON-LD says so.
    pub byline: &'a str,
    /// When it was saved, as the archive or the saving program says.
    pub kept: Option<When>,
}

/// A passage of a document.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// Where it stands, in the document's own terms: `page 3`, `paragraph 12`.
    pub label: &'a str,
    /// Its words.
    pub text: &'a str,
}

/// A text document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Document<'a> {
    /// Title from its metadata.
    pub title: &'a str,
    /// Author from its metadata.
    pub author: &'a str,
    /// Program that made it.
    pub producer: &'a str,
    /// Last change according to its metadata.
    pub when: Option<When>,
    /// Its words in order.
    pub passages: &'a [Passage<'a>],
    /// Targets of links.
    pub links: &'a [&'a str],
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: &'a str,
}

/// A picture.
#[derive(Debug, Clone, Copy, Default)]
pub struct Image<'a> {
    /// `png`, `jpeg`, `webp` or `gif`.
    pub kind: &'a str,
    /// Width in pixels.
    pub width: u64,
    /// Height in pixels.
    pub height: u64,
    /// When it was taken, according to its metadata.
    pub when: Option<When>,
    /// Metadata: name, value.
    pub metadata: &'a [(&'a str, &'a str)],
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: &'a str,
}

/// A line of a name list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Name<'a> {
    /// Domain name as written.
    pub domain: &'a str,
    /// When it was seen or registered, where the list says.
    pub when: Option<When>,
}

/// What can be known of a site without looking at its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// An address it resolved to.
    Address,
    /// A name server it is delegated to.
    NameServer,
    /// A server that takes its mail.
    MailServer,
    /// The mailbox in its zone's SOA record, as a domain name or an address.
    ZoneMailbox,
    /// The words of a TXT record.
    Text,
    /// The registrar.
    Registrar,
    /// When it was registered, ISO 8601.
    Registered,
    /// A registrant's or contact's mail address.
    ContactMail,
    /// A registrant's or contact's phone number.
    ContactPhone,
    /// A registrant's name or organisation.
    Registrant,
    /// Another name on a certificate of it.
    CertificateName,
    /// The serial number of a certificate of it, hex.
    CertificateSerial,
    /// SHA-256 of a certificate of it or of its key, hex.
    CertificateHash,
    /// When a certificate of it ends, ISO 8601.
    CertificateEnds,
    /// Who issued a certificate of it.
    CertificateIssuer,
    /// Names of its answers' headers in the order they came, joined by commas.
    HeaderOrder,
    /// What its server calls itself.
    ServerSoftware,
    /// The name of a cookie it sets.
    Cookie,
    /// Shodan's hash of its icon: MurmurHash3 (32 bits, signed) of the icon in base64 with line breaks.
    Icon,
    /// An address its pages were sent on to.
    SentTo,
    /// An id of a measuring or advertising service.
    ServiceId,
}

impl About {
    /// True where the value is a moment.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Self::Registered | Self::CertificateEnds)
    }

    /// In words, for layout lines.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Address => "IP address",
            Self::NameServer => "name servers",
            Self::MailServer => "mail servers",
            Self::ZoneMailbox => "SOA mailbox",
            Self::Text => "TXT",
            Self::Registrar => "registrar",
            Self::Registered => "registered",
            Self::ContactMail => "contact's mail",
            Self::ContactPhone => "contact's phone",
            Self::Registrant => "registrant",
            Self::CertificateName => "certificate's names",
            Self::CertificateSerial => "certificate's serial number",
            Self::CertificateHash => "certificate's hash",
            Self::CertificateEnds => "certificate's end",
            Self::CertificateIssuer => "certificate's issuer",
            Self::HeaderOrder => "headers",
            Self::ServerSoftware => "server",
            Self::Cookie => "cookies",
            Self::Icon => "icon's hash",
            Self::SentTo => "sent on to",
            Self::ServiceId => "service's id",
        }
    }
}

/// What a register, a resolver, a certificate log or a server's answer says of a site.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Domain or host it is said of.
    pub subject: &'a str,
    /// When that was seen.
    pub when: Option<When>,
    /// Address of the one page it is said of; empty where it is said of the site.
    pub page: &'a str,
    /// What is said.
    pub said: &'a [(About, &'a str)],
}

/// What sort of thing an indicator names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observable {
    /// A domain or host name.
    Domain,
    /// An address of the web.
    Url,
    /// A mail address.
    Mailbox,
    /// An IP address.
    Address,
    /// A file's hash, hex.
    Hash,
    /// An account: `platform/handle`, a handle, or the address of its page.
    Account,
}

impl Observable {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Domain, Self::Url, Self::Mailbox, Self::Address, Self::Hash, Self::Account];

    /// The word used in values and outputs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Mailbox => "mailbox",
            Self::Address => "ip",
            Self::Hash => "hash",
            Self::Account => "account",
        }
    }
}

/// An indicator that someone published. A statement by its producer, not a fact about what it names.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// What the list is called, else who produced it, else empty.
    pub list: &'a str,
    /// Who produced it.
    pub producer: &'a str,
    /// Its own id in the list.
    pub id: &'a str,
    /// What sort of thing it names.
    pub what: Observable,
    /// The thing, as written but for defanging.
    pub value: &'a str,
    /// What the list says of it.
    pub label: &'a str,
    /// Since when, as the list says.
    pub when: Option<When>,
    /// SHA-256 of the file it stands in, lower-case hex: its name where it has no other.
    pub sha256: &'a str,
    /// How reliable the list calls its source.
    pub reliability: Option<Reliability>,
    /// How credible it calls what it says.
    pub credibility: Option<Credibility>,
    /// It names the thing as harmless: imitated, or listed by mistake.
    pub harmless: bool,
}

impl<'a> Record<'a> {
    /// When it happened, as far as the record says.
    #[must_use]
    pub fn when(&self) -> Option<When> {
        match self {
            Self::Post(r) => r.when,
            Self::Mail(r) => r.when,
            Self::Page(r) => r.when,
            Self::Document(r) => r.when,
            Self::Image(r) => r.when,
            Self::Name(r) => r.when,
            Self::Facts(r) => r.when,
            // What a list says since when is no act of anybody at that moment.
            Self::Listed(_) => None,
        }
    }

    /// The words a reader would quote it by, and a title where it has one.
    #[must_use]
    pub fn words(&self) -> (&'a str, &'a str) {
        match self {
            Self::Post(r) => ("", r.text),
            Self::Mail(r) => (r.subject, r.text),
            Self::Page(r) => (r.title, r.text),
            Self::Document(r) => (r.title, r.passages.first().map_or("", |p| p.text)),
            Self::Image(_) => ("", ""),
            Self::Name(r) => ("", r.domain),
            Self::Facts(r) => ("", r.subject),
            Self::Listed(r) => (r.label, r.value),
        }
    }
}
