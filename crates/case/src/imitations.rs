//! Which names met in the case are written like those of the outlets it protects: sites, senders, links, certificates and
//! what published lists name, held against the list of the settings.
//!
//! Names are compared in order of name, each once, so that the order of evidence does not show. Costs two readings of the
//! words of all things touched, and nothing where no outlet is protected.

use crate::reading::Segments;
use crate::table::Table;
use crate::{Case, Error};
use lookalikes::{Hit, Outlets, Split, TECHNIQUES, Watch};
use model::{
    ActorInfo, ActorNo, Card, Imitation, Imitations, KindInfo, KindNo, MailSettings, ObjectInfo, ObjectNo, Quote, Sort,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Most names handed to the findings.
const MOST: usize = 20_000;
/// Fewest bits of a name worth handing on.
const LEAST: f32 = 8.0;
/// Most things of one name kept as its witnesses.
const THINGS: usize = 256;

impl Case {
    /// The protected outlets; `None` where there are none.
    pub(crate) fn outlets(&self) -> Option<Outlets> {
        let mut outlets = Outlets::parse(&self.settings.protect.outlets.join("\n")).ok()?;
        if !self.settings.protect.only_list {
            outlets.complete(&Outlets::known());
        }
        Some(outlets)
    }

    /// How single mails are judged: with all protected names.
    pub(crate) fn mail_settings(&self) -> MailSettings {
        let mut mail = self.settings.mail.clone();
        let more = self.outlets().map(|o| o.addresses()).unwrap_or_default();
        let known: FxHashSet<String> = mail.protect.iter().cloned().collect();
        mail.protect.extend(more.into_iter().filter(|name| !known.contains(name)));
        mail
    }

    /// Every name of the case beside every outlet.
    pub(crate) fn imitations(&self, segments: &Segments, table: &mut Table) -> Result<Imitations, Error> {
        let Some(outlets) = self.outlets().filter(|o| !o.all.is_empty()) else { return Ok(Imitations::default()) };
        let kept = outlets.clone();
        let watch = Watch::new(outlets);
        let folders = segments.folders();
        let holding = holding(&self.kinds);
        let mut names: FxHashSet<Box<str>> = table.actors.iter().filter_map(host_of).map(Box::from).collect();
        table.each_word(&folders, &mut |_, object, word| {
            if let Some(host) = host_in(&holding, object, word).filter(|h| !names.contains(*h)) {
                names.insert(host.into());
            }
            false
        })?;
        let mut names: Vec<Box<str>> = names.into_iter().collect();
        names.sort_unstable();
        let hits = compare(&watch, &names);
        let mut found = Found::of(hits, &kept);
        table.each_word(&folders, &mut |no, object, word| {
            let index = host_in(&holding, object, word).and_then(|host| found.index(host));
            index.map(|index| found.all[index].objects.push(no)).is_some()
        })?;
        found.people(&table.actors);
        let mut own: Vec<Quote> =
            kept.all.iter().flat_map(|o| std::iter::once(&o.domain).chain(&o.own)).map(|d| d.as_str().into()).collect();
        own.sort_unstable();
        own.dedup();
        Ok(Imitations { outlets: watch.len() as u64, names: names.len() as u64, own, near: found.finish() })
    }
}

/// How a word of a kind holds a host name.
type Host = fn(&str) -> Option<&str>;

/// Kinds whose words hold the name of a site or mail domain.
const HOLD: &[(&str, Host)] = &[
    ("domain", |word| Some(word)),
    ("outgoing-domain", |word| Some(word)),
    ("certificate-name", |word| Some(word)),
    ("message-id-domain", |word| Some(word)),
    ("url", of_address),
    ("page-email", of_mailbox),
    ("listed", |word| {
        let (sort, thing) = word.split_once(':')?;
        match sort {
            "domain" | "host" => Some(thing),
            "url" => of_address(thing),
            "mailbox" => of_mailbox(thing),
            _ => None,
        }
    }),
];

fn of_address(address: &str) -> Option<&str> {
    address.split(['/', '?', '#', ':']).next()
}

fn of_mailbox(address: &str) -> Option<&str> {
    Some(address.rsplit_once('@')?.1)
}

/// By number of kind.
fn holding(kinds: &[KindInfo]) -> Vec<Option<Host>> {
    kinds.iter().map(|kind| HOLD.iter().find(|h| h.0 == kind.card.id).map(|h| h.1)).collect()
}

fn host_in<'w>(holding: &[Option<Host>], object: &ObjectInfo, word: &'w [u8]) -> Option<&'w str> {
    let KindNo(kind) = object.kind;
    let host = holding.get(usize::from(kind)).copied().flatten()?;
    host(std::str::from_utf8(word).ok()?).filter(|h| h.contains('.'))
}

fn host_of(actor: &ActorInfo) -> Option<&str> {
    match actor.sort {
        Sort::Site => Some(actor.name.raw()),
        Sort::Mailbox => of_mailbox(actor.name.raw()),
        _ => None,
    }
}

/// The names that come near an outlet's, best first. Registered domains first; hosts only where their domain by itself is
/// no imitation, so that one with many hosts does not make itself look common.
fn compare(watch: &Watch, names: &[Box<str>]) -> Vec<Hit> {
    let mut pass = watch.pass();
    // The outlets' own names are no background: their words are not those of everybody.
    let foreign = |n: &str| Split::of(n).is_some_and(|s| !watch.is_own(&s));
    let names = || names.iter().filter(|n| foreign(n));
    let mut registered: Vec<&str> = names().filter_map(|n| Some(Split::of(n)?.registrable())).collect();
    registered.sort_unstable();
    registered.dedup();
    for name in &registered {
        pass.see(name, None);
    }
    let clear: FxHashSet<String> = pass.rank(MOST).filter(|h| h.surprise >= LEAST).map(|h| h.name).collect();
    for name in names() {
        if Split::of(name).is_some_and(|s| !s.sub.is_empty() && !clear.contains(s.registrable())) {
            pass.see(name, None);
        }
    }
    pass.rank(MOST).filter(|h| h.surprise >= LEAST).collect()
}

/// Hits on their way to become imitations.
struct Found {
    all: Vec<Imitation>,
    by_name: FxHashMap<String, usize>,
    /// Domains of the outlets themselves, and which hits they are the targets of.
    by_outlet: FxHashMap<String, Vec<usize>>,
}

impl Found {
    fn of(hits: Vec<Hit>, outlets: &Outlets) -> Self {
        let by_name = hits.iter().enumerate().map(|(n, h)| (h.name.clone(), n)).collect();
        let mut by_target: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        hits.iter().enumerate().for_each(|(n, h)| by_target.entry(&h.target).or_default().push(n));
        let mut by_outlet: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for outlet in &outlets.all {
            let Some(of) = by_target.get(outlet.domain.as_str()) else { continue };
            for domain in std::iter::once(&outlet.domain).chain(&outlet.own) {
                by_outlet.entry(domain.clone()).or_default().extend(of);
            }
        }
        Self { all: hits.iter().map(imitation).collect(), by_name, by_outlet }
    }

    /// The hit that a host stands under, if any.
    fn index(&self, host: &str) -> Option<usize> {
        let registered = || Split::of(host).and_then(|s| self.by_name.get(s.registrable()));
        self.by_name.get(host).or_else(registered).copied()
    }

    /// Sites and mailboxes under the names, and sites of the outlets.
    fn people(&mut self, actors: &[ActorInfo]) {
        for (no, actor) in actors.iter().enumerate() {
            let (no, Some(host)) = (ActorNo(no as u32), host_of(actor)) else { continue };
            if let Some(index) = self.index(host) {
                self.all[index].actors.push(no);
            }
            if actor.sort != Sort::Site {
                continue;
            }
            let own = Split::of(host).and_then(|s| self.by_outlet.get(s.registrable()));
            for index in self.by_outlet.get(host).or(own).into_iter().flatten() {
                self.all[*index].originals.push(no);
            }
        }
    }

    fn finish(mut self) -> Vec<Imitation> {
        for near in &mut self.all {
            near.objects.sort_unstable();
            near.objects.dedup();
            near.objects.truncate(THINGS);
        }
        // What was compared and is nowhere in the case any more cannot be shown.
        self.all.retain(|n| !(n.objects.is_empty() && n.actors.is_empty()));
        self.all
    }
}

fn imitation(hit: &Hit) -> Imitation {
    let card = |id: &&str| TECHNIQUES.iter().map(|t| t.card).find(|c: &Card| c.id == *id);
    Imitation {
        name: Quote::from(hit.name.as_str()),
        target: Quote::from(hit.target.as_str()),
        mark: Quote::from(hit.mark.as_str()),
        mark_is: hit.origin.word(),
        techniques: hit.techniques.iter().filter_map(card).collect(),
        bits: (f64::from(hit.surprise) * 10.0).round() / 10.0,
        reasons: hit.reasons.iter().map(|(what, bits)| (what.clone(), f64::from(*bits))).collect(),
        innocent: hit.innocent.clone(),
        objects: Vec::<ObjectNo>::new(),
        actors: Vec::new(),
        originals: Vec::new(),
    }
}
