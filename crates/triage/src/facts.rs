//! What a mail says, looked at once for all signs.

use crate::auth::{self, Sender};
use crate::context::{Context, Earlier, Sealed};
use crate::forward::{self, Forward};
use crate::markup::{self, Markup};
use crate::phrases::{self, Phrases};
use crate::route::{self, Route};
use crate::words::{self, fold};
use crate::{domain, file};
use model::{Check, Mail, Span};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The header field with this number.
    Header(usize),
    /// The text part with this index.
    Part(usize),
    /// The enclosure with this index.
    File(usize),
    /// The mail as a whole.
    Whole,
}

/// Words the sender wrote, folded.
pub(crate) struct Piece {
    pub source: Source,
    pub folded: String,
}

/// Where a link leads, and the words for it.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub source: Source,
    /// As written.
    pub target: String,
    /// In lower case, punycode; empty where there is none.
    pub host: String,
    /// As a browser would read it; `None` for what is no web address.
    pub url: Option<url::Url>,
    /// The words shown for it; empty for an address written out.
    pub text: String,
    /// A picture stands for it.
    pub picture: bool,
    /// Every mailing has one like it.
    pub aside: bool,
}

/// A sender, as shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Party<'m> {
    pub name: Cow<'m, str>,
    pub address: Cow<'m, str>,
}

impl Party<'_> {
    pub(crate) fn domain(&self) -> String {
        domain::of_address(&self.address).to_lowercase()
    }
}

/// Everything signs ask for.
pub(crate) struct Facts<'m> {
    pub mail: &'m Mail<'m>,
    pub context: &'m Context,
    /// The sender the sheet is about: of the forwarded mail, where one was reported.
    pub from: Party<'m>,
    pub subject: Cow<'m, str>,
    pub pieces: Vec<Piece>,
    pub markup: Vec<(usize, Markup)>,
    pub links: Vec<Link>,
    pub files: Vec<file::File>,
    pub route: Route,
    pub checks: Vec<Check>,
    pub sender: Sender,
    pub forward: Option<Forward>,
    pub earlier: Option<Earlier>,
    /// Passages of sealed documents found in it.
    pub sealed: &'m [Sealed],
    /// The recipient's own organisation; empty where not known or a provider.
    pub house: String,
    /// Of each piece, by list of phrases: where they stand.
    heard: OnceCell<Vec<Vec<Vec<Range<usize>>>>>,
}

/// Most links looked at.
const MOST_LINKS: usize = 1_000;

impl<'m> Facts<'m> {
    pub(crate) fn of(mail: &'m Mail<'m>, context: &'m Context, sealed: &'m [Sealed]) -> Self {
        let route = route::read(mail, &context.settings.servers);
        let checks = auth::checks(mail, &route, context.archive.as_ref());
        let markup: Vec<(usize, Markup)> = (0..mail.parts.len())
            .filter(|i| !mail.parts[*i].html.is_empty())
            .map(|i| (i, markup::read(mail.parts[i].html)))
            .collect();
        let forward = forwarded(mail, &markup);
        let from = match &forward {
            Some(f) => Party { name: forward::name(&f.from).into(), address: forward::address(&f.from).into() },
            None => Party { name: mail.from.name.into(), address: mail.from.address.into() },
        };
        let subject = match &forward {
            Some(f) => f.subject.clone().into(),
            None => mail.subject.into(),
        };
        let sender = if forward.is_some() { Sender::Unknown } else { auth::sender(&checks, &from.address) };
        let mut facts = Self {
            pieces: pieces(mail, &markup, forward.as_ref()),
            links: Vec::new(),
            files: mail.attachments.iter().map(file::look).collect(),
            house: house(mail),
            earlier: earlier(mail, context, forward.as_ref()),
            mail,
            sealed,
            context,
            from,
            subject,
            markup,
            route,
            checks,
            sender,
            forward,
            heard: OnceCell::new(),
        };
        facts.links = links(&facts);
        facts
    }

    /// The first words of each phrase that the sender wrote.
    pub(crate) fn said(&self, phrases: &'static Phrases) -> Vec<(Source, &str)> {
        let heard = self.heard.get_or_init(|| self.pieces.iter().map(|p| phrases::heard(&p.folded)).collect());
        let Some(list) = phrases::number(phrases) else { return Vec::new() };
        let mut out: Vec<(Source, &str)> = Vec::new();
        for (piece, heard) in self.pieces.iter().zip(heard) {
            for words in heard[list].iter().map(|range| &piece.folded[range.clone()]) {
                if !out.iter().any(|o| o.1 == words) {
                    out.push((piece.source, words));
                }
            }
        }
        out
    }

    /// The first words of a phrase that the sender says and does not quote.
    pub(crate) fn said_itself(&self, phrases: &'static Phrases) -> Option<(Source, &str)> {
        let quoted = |words: &str| {
            let inside = |p: &Piece| p.folded.match_indices(words).all(|(at, _)| words::quoted(&p.folded, at));
            self.pieces.iter().all(inside)
        };
        self.said(phrases).into_iter().find(|(_, words)| !quoted(words))
    }

    /// A header field's value, and its number.
    pub(crate) fn header(&self, name: &str) -> Option<(usize, &'m str)> {
        let at = self.mail.headers.iter().position(|h| h.name.eq_ignore_ascii_case(name))?;
        Some((at, self.mail.headers[at].value))
    }

    /// Links that lead out: web addresses but those to leave a list or to see the mail in a browser.
    pub(crate) fn leads(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|l| !l.host.is_empty() && !l.aside)
    }

    /// The span of a source.
    pub(crate) fn span(&self, source: Source) -> Span {
        match source {
            Source::Header(i) => self.mail.headers.get(i).map_or(Span::WHOLE, |h| h.span),
            Source::Part(i) => self.mail.parts.get(i).map_or(Span::WHOLE, |p| p.span),
            Source::File(i) => self.mail.attachments.get(i).map_or(Span::WHOLE, |a| a.span),
            Source::Whole => Span::WHOLE,
        }
    }
}

/// True for links that every mailing has.
fn aside(text: &str, url: Option<&url::Url>) -> bool {
    let text = fold(text);
    let words = [
        "unsubscribe",
        "abmelden",
        "abbestellen",
        "désabonn",
        "desabonn",
        "darse de baja",
        "cancelar",
        "descadastr",
        "disiscri",
        "uitschrijven",
        "afmelden",
        "view in browser",
        "im browser",
        "preferences",
        "privacy",
        "opt out",
        "opt-out",
        "wypisz",
    ];
    let path = url.map(|u| u.path().to_lowercase()).unwrap_or_default();
    words.iter().any(|w| text.contains(w))
        || ["unsub", "optout", "opt-out", "abmelden"].iter().any(|w| path.contains(w))
}

fn forwarded(mail: &Mail<'_>, markup: &[(usize, Markup)]) -> Option<Forward> {
    let plain = mail.parts.iter().filter(|p| p.html.is_empty()).find_map(|p| forward::find(p.text));
    plain.or_else(|| markup.iter().find_map(|(_, m)| forward::find(&m.shown)))
}

fn pieces(mail: &Mail<'_>, markup: &[(usize, Markup)], forward: Option<&Forward>) -> Vec<Piece> {
    let subject = mail.headers.iter().position(|h| h.name.eq_ignore_ascii_case("subject"));
    let words = forward.map_or(mail.subject, |f| &f.subject);
    let mut out = vec![Piece { source: subject.map_or(Source::Whole, Source::Header), folded: fold(words) }];
    for (i, part) in mail.parts.iter().enumerate() {
        let shown = markup.iter().find(|m| m.0 == i).map_or(part.text, |m| &m.1.shown);
        let words = match forward.is_some().then(|| forward::find(shown)).flatten() {
            Some(inner) => Cow::Owned(inner.text),
            None if forward.is_some() => Cow::Borrowed(""),
            None => Cow::Owned(own_words(shown)),
        };
        out.push(Piece { source: Source::Part(i), folded: fold(&words) });
    }
    out
}

/// Words without those quoted from somebody else.
fn own_words(text: &str) -> String {
    let own = |l: &&str| !l.trim_start().starts_with(['>', '|']);
    text.lines().filter(own).collect::<Vec<_>>().join("\n")
}

fn house(mail: &Mail<'_>) -> String {
    let domain = domain::of_address(mail.mailbox).to_lowercase();
    if domain::is_provider(&domain) { String::new() } else { domain::org(&domain).to_owned() }
}

fn earlier(mail: &Mail<'_>, context: &Context, forward: Option<&Forward>) -> Option<Earlier> {
    let history = context.history.as_ref().filter(|h| h.mails() > 1)?;
    let from = forward.map_or(mail.from.address.to_owned(), |f| forward::address(&f.from));
    let answers: Vec<&str> = ["in-reply-to", "references"]
        .iter()
        .flat_map(|n| mail.headers.iter().filter(move |h| h.name.eq_ignore_ascii_case(n)))
        .flat_map(|h| h.value.split_whitespace())
        .map(|id| id.trim_matches(['<', '>']))
        .take(100)
        .collect();
    Some(history.of(&from, mail.reply_to.address, mail.when.map(|w| w.0), &answers))
}

fn links(facts: &Facts<'_>) -> Vec<Link> {
    let mut out = Vec::new();
    for (i, markup) in &facts.markup {
        out.extend(markup.anchors.iter().map(|a| link(Source::Part(*i), &a.href, &a.text, a.picture)));
    }
    for (i, part) in facts.mail.parts.iter().enumerate().filter(|(_, p)| p.html.is_empty()) {
        let text = facts.forward.as_ref().map_or(part.text, |f| &f.text);
        out.extend(written(text).map(|w| link(Source::Part(i), w, "", false)));
    }
    out.truncate(MOST_LINKS);
    out
}

/// Addresses written out in plain words.
fn written(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || "<>\"|^`{}".contains(c);
    text.split(ends)
        .filter_map(|w| {
            let at = w.find("http://").or_else(|| w.find("https://")).or_else(|| w.starts_with("www.").then_some(0))?;
            Some(w[at..].trim_end_matches(|c: char| ".,;:!?)]'*".contains(c)))
        })
        .take(MOST_LINKS)
}

fn link(source: Source, target: &str, text: &str, picture: bool) -> Link {
    let absolute = if target.starts_with("www.") { format!("http://{target}") } else { target.to_owned() };
    let url = url::Url::parse(&absolute).ok().filter(|u| matches!(u.scheme(), "http" | "https" | "ftp"));
    let host = url.as_ref().and_then(|u| u.host_str()).unwrap_or_default().trim_matches(['[', ']']).to_lowercase();
    let aside = aside(text, url.as_ref());
    Link { source, target: target.to_owned(), host, url, text: text.trim().to_owned(), picture, aside }
}
