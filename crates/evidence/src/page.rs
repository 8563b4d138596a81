//! A saved web page: its address, headline, date and words, and whatever could tie it to another page.
//!
//! What is boilerplate is decided block by block (see `article`); trackers' identifiers are handed on as they stand, for
//! whoever knows their shapes. Wrong: text that scripts would have filled in is not there; a page saved without its
//! address and without `canonical` has none; HTTrack leaves the scheme out, so `http` is put before it.
//! Source: WHATWG HTML; schema.org `datePublished`; the Open Graph protocol; comments of Chrome, SingleFile, HTTrack.

use crate::article::Article;
use crate::html::{self, Event, Tag, Wordless};
use crate::mime::{self, Decoding};
use crate::read::hex;
use crate::skeleton::Skeleton;
use crate::{Example, Format, Head, Out, Reading, dates};
use model::{Attachment, Card, Code, Page, Record, Span, When};
use sha2::{Digest, Sha256};

/// The drawer.
pub const PAGE: Format = Format {
    card: Card { id: "page", about: "A saved web page (HTML)", source: "WHATWG HTML; schema.org; Open Graph" },
    recognise,
    read: Reading::Whole(|bytes, out| {
        let (text, charset) = decode(bytes);
        if charset == Decoding::Doubtful {
            out.note(Code::Encoding, Span::WHOLE, "text not in the charset it claims, or in one not known");
        }
        let known = out.address().unwrap_or_default().to_owned();
        read_page(&text, &known, Span::WHOLE, out);
    }),
    risky: None,
    examples: &[
        Example {
            name: "an article as Chrome saves it",
            bytes: include_bytes!("../examples/article.html"),
            says: &[
                "opened example as page",
                "  page all url=\"https://www.daily.example/2016/11/count.html\" title=\"Count to take three more days - The Daily Example\" when=2016-11-03T13:05:00Z text=\"Count to take three more days\\nThe commission said on Tuesday that the count would take three more days in the northern districts, where ballots had been delivered late because of snow on the roads.\\nA spokesman said “nobody should be surprised”. Its note gave the same reason as four years ago, when the roads were closed for a week.\" links=[\"/\", \"/politics\", \"https://commission.example/note?utm_source=daily\", \"/a\"] meta=[(\"Content-Type\", \"text/html; charset=windows-1252\"), (\"og:url\", \"https://daily.example/og\"), (\"description\", \"Snow delays ballots\")] loads=[\"./count_files/style.css\", \"https://pagead.example/adsbygoogle.js?client=ca-pub-0000000000000000\", \"./count_files/snow.jpg\"] code=\"{\\\"@type\\\": \\\"NewsArticle\\\", \\\"datePublished\\\": \\\"2016-11-03T14:05:00+01:00\\\"}\\n//pagead.example/adsbygoogle.js?client=ca-pub-0000000000000000\\ngtag('config', 'UA-00000000-1');\\ndata-ad-client=\\\"ca-pub-0000000000000000\\\"\\ndata-ad-slot=\\\"1\\\"\\n<img src=\\\"https://px.example/tr?id=123\\\">\" classes=[\"adsbygoogle\", \"related\"] comments=[\"saved from url=(0043)https://www.daily.example/2016/11/count.html\"] paths=19",
                "closed bytes=1687 records=1 children=0",
            ],
        },
        Example {
            name: "broken markup and a picture inside",
            bytes: include_bytes!("../examples/broken.html"),
            says: &[
                "opened example as page",
                "  page all url=\"http://old.example/x.html\" title=\"Broken ä & un<b>closed\" text=\"One\\nTwo threefour \\u{1b}[31m\\nthen\" links=[\"http://other.example/y\"] code=\"var a = \\\"</p>\\\";\" comments=[\"Mirrored from old.example/x.html by HTTrack Website Copier/3.x [XR&CO'2014], Thu, 03 Nov 2016\"] paths=8 attachments=[\"\" 12 bytes sha256 d7e6c021decf973c244a95ae81619425c0a4707d69e02f15d0c9e4d5ce1ec1d1]",
                "  opened inside 1 as nothing known",
                "    note unrecognised all no format recognised this: sealed and listed, not read ×1",
                "  closed bytes=12 records=0 children=0",
                "closed bytes=396 records=1 children=1",
            ],
        },
    ],
};

/// Most links, meta tags and loaded addresses kept, each.
const MOST: usize = 20_000;
/// Most bytes of scripts kept.
const MOST_CODE: usize = 4 << 20;
/// Most pictures taken out of one page.
const MOST_INSIDE: usize = 1_000;

fn recognise(head: &Head<'_>) -> bool {
    let text = decode(head.bytes).0;
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    while html::starts_with(rest, "<!--") || html::starts_with(rest, "<?xml") {
        let end = if rest.starts_with("<?") { "?>" } else { "-->" };
        let Some(at) = rest.find(end) else { return html::starts_with(rest, "<!-- saved from url=") };
        rest = rest[at + end.len()..].trim_start();
    }
    const BEGIN: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<title", "<meta ", "<script", "<base "];
    let whole = BEGIN.iter().any(|b| html::starts_with(rest, b));
    (whole || head.all && piece(rest)) && !text.contains('\0')
}

/// True for markup out of the middle of a page: it begins with an element and ends with one, as Markdown hardly does.
fn piece(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let name = rest[..end].to_ascii_lowercase();
    const BLOCKS: &[&str] =
        &["div", "p", "table", "center", "font", "span", "a", "br", "b", "h1", "h2", "ul", "img", "style", "tr"];
    BLOCKS.contains(&name.as_str())
        && rest[end..].starts_with(['>', ' ', '/', '\n', '\r'])
        && text.trim_end().ends_with('>')
}

/// Text in the charset of the byte-order mark, of a `meta` tag near the start, or else UTF-8.
fn decode(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, Decoding) {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return mime::text(bytes, encoding.name());
    }
    let start = &bytes[..bytes.len().min(4096)];
    let declared = memchr::memmem::find_iter(start, b"charset").find_map(|i| {
        let rest = start[i + 7..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')))?;
        std::str::from_utf8(&rest[..end]).ok()
    });
    mime::text(bytes, declared.unwrap_or_default())
}

/// Reads markup into one record, and pictures inside it into children. `known` is an address known from elsewhere.
pub(crate) fn read_page(html: &str, known: &str, span: Span, out: &mut Out<'_>) {
    let mut found = Found::default();
    html::walk(html, &mut |event| found.see(&event));
    let url = if known.is_empty() { found.url() } else { known.to_owned() };
    let scheme = if html::starts_with(&url, "http:") { "http:" } else { "https:" };
    found
        .links
        .iter_mut()
        .chain(&mut found.loads)
        .filter(|l| l.starts_with("//"))
        .for_each(|l| l.insert_str(0, scheme));
    if found.cut {
        out.note(Code::Limit, span, format!("only the first {MOST} links, tags or addresses of a kind were read"));
    }
    let attachments: Vec<_> = found.inside.iter().map(Inside::lend).collect();
    let meta: Vec<_> = found.meta.iter().map(|(n, c)| (n.as_str(), c.as_str())).collect();
    let links: Vec<_> = found.links.iter().map(String::as_str).collect();
    let loads: Vec<_> = found.loads.iter().map(String::as_str).collect();
    let page = Page {
        url: &url,
        title: &found.title(),
        when: found.when(),
        text: &found.article.text(&found.title()),
        links: &links,
        meta: &meta,
        loads: &loads,
        code: found.code.trim_end(),
        attachments: &attachments,
        classes: &found.skeleton.classes(),
        comments: &found.skeleton.comments(),
        shape: &found.skeleton.shape(),
        byline: &found.byline(),
        kept: out.kept.or(found.kept),
    };
    out.record(span, Record::Page(&page));
    for (i, inside) in found.inside.iter().enumerate() {
        if !out.child(&format!("inside {}", i + 1), span, &mut &inside.bytes[..]) {
            return;
        }
    }
}

/// A picture or file given as a `data:` address.
struct Inside {
    sha256: String,
    bytes: Vec<u8>,
}

impl Inside {
    fn lend(&self) -> Attachment<'_> {
        Attachment { sha256: &self.sha256, len: self.bytes.len() as u64, ..Attachment::EMPTY }
    }
}

/// What the walk finds.
#[derive(Default)]
struct Found {
    wordless: Wordless,
    article: Article,
    skeleton: Skeleton,
    saved_from: String,
    kept: Option<When>,
    canonical: String,
    base: String,
    title: String,
    in_title: bool,
    time: Option<When>,
    written: Option<When>,
    author: String,
    links: Vec<String>,
    loads: Vec<String>,
    meta: Vec<(String, String)>,
    code: String,
    inside: Vec<Inside>,
    cut: bool,
}

impl Found {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Open(tag) => self.open(tag),
            Event::Close(name) => {
                self.in_title &= *name != "title";
                self.wordless.close(name);
                self.skeleton.close(name);
                self.article.close(name);
            }
            Event::Text(text) => self.text(text),
            Event::Comment(text) => self.comment(text),
        }
    }

    fn open(&mut self, tag: &Tag) {
        self.wordless.open(&tag.name);
        self.skeleton.open(tag);
        self.in_title = tag.name == "title" && self.title.is_empty() && !self.wordless.within();
        self.article.open(tag);
        match &tag.name[..] {
            "meta" => self.meta(tag),
            "link" => self.link(tag),
            "base" if self.base.is_empty() => self.base = tag.get("href").unwrap_or_default().to_owned(),
            "time" => self.time = self.time.or_else(|| tag.get("datetime").and_then(dates::iso)),
            _ => {}
        }
        if let Some(to) = html::target(tag) {
            push(&mut self.links, to, &mut self.cut);
        }
        self.loads(tag);
        self.identifiers(tag);
    }

    fn text(&mut self, text: &str) {
        match self.wordless.name() {
            "" if self.in_title => html::push_words(&mut self.title, text),
            "" => self.article.text_in(text),
            "script" | "noscript" | "iframe" => self.script(text),
            "style" => self.data_in_style(text),
            _ => {}
        }
    }

    fn script(&mut self, text: &str) {
        self.written = self.written.or_else(|| published(text));
        if self.author.is_empty() {
            self.author = author(text).unwrap_or_default().to_owned();
        }
        self.code(text.trim());
    }

    fn code(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let room = MOST_CODE.saturating_sub(self.code.len());
        self.cut |= text.len() > room;
        self.code.push_str(html::cut(text, room));
        self.code.push('\n');
    }

    fn meta(&mut self, tag: &Tag) {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| tag.get(a));
        if let (Some(name), Some(content)) = (name, tag.get("content")) {
            push(&mut self.meta, (name.to_owned(), content.trim().to_owned()), &mut self.cut);
        }
    }

    fn meta_of(&self, name: &str) -> Option<&str> {
        self.meta.iter().find(|(n, c)| n.eq_ignore_ascii_case(name) && !c.is_empty()).map(|(_, c)| c.as_str())
    }

    fn link(&mut self, tag: &Tag) {
        let Some(href) = tag.get("href") else { return };
        let is =
            |word: &str| tag.get("rel").unwrap_or_default().split_whitespace().any(|r| r.eq_ignore_ascii_case(word));
        if is("canonical") && self.canonical.is_empty() {
            self.canonical = href.trim().to_owned();
        }
        if is("stylesheet") || is("icon") || is("preload") || is("preconnect") || is("dns-prefetch") || is("amphtml") {
            self.load(href);
        }
    }

    fn loads(&mut self, tag: &Tag) {
        if let "script" | "img" | "iframe" | "frame" | "embed" | "source" | "video" | "audio" | "track" | "amp-img"
        | "input" = &tag.name[..]
        {
            ["src", "data-src", "poster"].iter().filter_map(|a| tag.get(a)).for_each(|src| self.load(src));
        }
        if tag.name == "object" {
            self.load(tag.get("data").unwrap_or_default());
        }
        if let Some(style) = tag.get("style") {
            self.data_in_style(style);
        }
    }

    /// An address the page loads; one that holds its contents itself is taken out.
    fn load(&mut self, address: &str) {
        let address = address.trim();
        match address {
            "" => {}
            a if html::starts_with(a, "data:") => self.data(a),
            a if html::starts_with(a, "about:") || html::starts_with(a, "javascript:") => {}
            a => push(&mut self.loads, a.to_owned(), &mut self.cut),
        }
    }

    /// Pictures within a style sheet, where SingleFile puts them.
    fn data_in_style(&mut self, style: &str) {
        let mut rest = style;
        while let Some(at) = rest.find("data:image/") {
            rest = &rest[at..];
            let end = rest.find(['"', '\'', ')', '<']).unwrap_or(rest.len());
            self.data(&rest[..end]);
            rest = &rest[end..];
        }
    }

    fn data(&mut self, address: &str) {
        let Some((kind, body)) = address.split_once(',') else { return };
        if !kind.to_ascii_lowercase().ends_with(";base64") {
            return;
        }
        let bytes = mime::base64(body.replace("%3D", "=").as_bytes()).0;
        let sha256 = hex(&Sha256::digest(&bytes));
        if bytes.is_empty() || self.inside.iter().any(|i| i.sha256 == sha256) {
            return;
        }
        match self.inside.len() < MOST_INSIDE {
            true => self.inside.push(Inside { sha256, bytes }),
            false => self.cut = true,
        }
    }

    /// Attributes in which advertising and measuring services put their identifiers.
    fn identifiers(&mut self, tag: &Tag) {
        const PREFIXES: &[&str] = &[
            "data-ad",
            "data-client",
            "data-publisher",
            "data-pub",
            "data-site",
            "data-account",
            "data-widget",
            "data-tracking",
            "data-track-id",
            "data-domain",
            "data-website-id",
            "data-key",
            "data-pid",
            "data-zone",
            "data-measurement",
            "data-ga",
            "data-gtm",
            "data-token",
            "data-project",
            "data-app",
            "data-slot",
        ];
        for (name, value) in tag.attributes() {
            if !value.is_empty() && value.len() < 1000 && PREFIXES.iter().any(|p| name.starts_with(p)) {
                self.code(&format!("{name}=\"{value}\""));
            }
        }
        let src = tag.get("src").unwrap_or_default();
        if tag.name == "iframe" || (tag.name == "script" && src.contains(['?', '#'])) {
            self.code(src.trim());
        }
    }

    /// The comments in which programs write where a page was saved from.
    fn comment(&mut self, text: &str) {
        self.skeleton.comment(text);
        if !self.saved_from.is_empty() {
            return;
        }
        let text = text.trim();
        let address = if let Some(rest) = text.strip_prefix("saved from url=") {
            rest.split_once(')').map_or("", |(_, url)| url).to_owned()
        } else if text.starts_with("Page saved with SingleFile") {
            let line = |key: &str| text.lines().find_map(|l| l.trim().strip_prefix(key)).unwrap_or_default();
            self.kept = dates::written(line("saved date:"));
            line("url:").to_owned()
        } else if let Some(rest) = text.strip_prefix("Mirrored from ") {
            let at = rest.split(" by ").next().unwrap_or_default();
            self.kept = rest.split_once("], ").and_then(|(_, date)| dates::rfc5322(date.as_bytes()));
            if at.contains("://") { at.to_owned() } else { format!("http://{at}") }
        } else {
            return;
        };
        self.saved_from = absolute(&address).unwrap_or_default();
    }

    fn url(&self) -> String {
        let og = self.meta_of("og:url").unwrap_or_default();
        [&self.saved_from, &self.canonical, og, &self.base].into_iter().find_map(absolute).unwrap_or_default()
    }

    fn title(&self) -> String {
        let title = self.title.trim();
        if title.is_empty() { self.meta_of("og:title").unwrap_or_default().to_owned() } else { title.to_owned() }
    }

    fn byline(&self) -> String {
        let meta = ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator"];
        let named = meta.iter().find_map(|n| self.meta_of(n)).filter(|n| !n.contains("://"));
        named.map_or_else(|| self.author.clone(), str::to_owned)
    }

    fn when(&self) -> Option<When> {
        const NAMES: &[&str] = &[
            "article:published_time",
            "og:published_time",
            "datePublished",
            "parsely-pub-date",
            "sailthru.date",
            "pubdate",
            "publish-date",
            "publication_date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.created",
            "date",
        ];
        let meta = NAMES.iter().find_map(|n| self.meta_of(n).and_then(dates::iso));
        meta.or(self.written).or(self.time)
    }
}

fn push<T>(list: &mut Vec<T>, item: T, cut: &mut bool) {
    match list.len() < MOST {
        true => list.push(item),
        false => *cut = true,
    }
}

/// The address, if it names a host.
fn absolute(address: impl AsRef<str>) -> Option<String> {
    let address = address.as_ref().trim();
    let web = html::starts_with(address, "http://") || html::starts_with(address, "https://");
    web.then(|| address.split_whitespace().next().unwrap_or_default().to_owned())
}

/// The date of publication in a piece of JSON-LD, found without reading it as JSON (which it often is not).
fn published(script: &str) -> Option<When> {
    let (_, rest) = script.split_once("\"datePublished\"")?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    dates::iso(value.split('"').next().unwrap_or_default())
}

/// The author's name in a piece of JSON-LD, likewise.
fn author(script: &str) -> Option<&str> {
    let (_, rest) = script.split_once("\"author\"")?;
    let rest = html::cut(rest, 400);
    let rest = rest.split_once("\"name\"").map(|(_, r)| r)?;
    let name = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?.split('"').next()?.trim();
    (name.len() < 200).then_some(name)
}
