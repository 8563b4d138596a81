//! Which articles stand on the pages of more than one site, which pages wear another site's menu, and which were there and
//! later sent their visitors elsewhere.
//!
//! While evidence is read each page's words are put down in its segment, with what it says of itself. Pages are then compared
//! by fingerprints (a fixed quarter of their runs of four words, the least 200), and those that share some in full: runs,
//! longest row, and an alignment that shows which words were changed. Runs that many different articles have are turns of
//! phrase and show no copying. Fingerprints on more than half of a site's pages are that
//! site's furniture. Costs no square: a fingerprint pairs its holders with the first few and the one before only.
//! Wrong: translations and texts reworded throughout are not seen; of more than [`MOST`] pages those with the least ids are
//! compared. After Broder, "On the resemblance and containment of documents", 1997; Manber, "Finding similar files", 1994.

mod compare;
mod credit;
mod kept;
mod pairs;

use crate::reading::Segments;
use crate::table::Table;
use crate::{Case, Error};
use kept::{Entry, PageLine};
use lookalikes::{Outlets, Split};
use model::{ActorNo, Articles, Board, Masked, SentOn, Sort, When};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

pub(crate) use kept::Gatherer;

/// Most pages compared.
pub(crate) const MOST: usize = 50_000;
/// Most masked pages and pages that send on handed to the findings, each.
const TOLD: usize = 20_000;
/// A page cannot be this much older than its site.
const SLACK: i64 = 36 * model::HOUR;

impl Case {
    /// Compares the pages of the case.
    pub(crate) fn articles(&self, segments: &Segments, table: &Table) -> Result<Articles, Error> {
        let kept = kept::read(&segments.folders())?;
        if kept.pages.is_empty() {
            return Ok(Articles::default());
        }
        let actors = table.actors.iter().enumerate().filter(|(_, a)| a.sort == Sort::Site);
        let sites = Sites {
            by_name: actors.map(|(no, a)| (a.name.raw(), ActorNo(no as u32))).collect(),
            outlets: self.outlets().unwrap_or_default(),
        };
        let registered = sites.registered(&kept.registered);
        let mut pages: Vec<Entry> = kept.pages;
        pages.retain(|p| sites.by_name.contains_key(p.line.site.as_str()));
        pages.sort_by_cached_key(|p| (believed(&p.line, &sites, &registered), p.line.place));
        let (shared, busy) = compare::shared(&pages, &sites)?;
        Ok(Articles {
            compared: pages.len() as u64,
            left: kept.left + busy,
            masked: sites.masked(&pages, &shared),
            sent_on: sites.sent_on(&pages, &kept.sent),
            shared,
            registered: registered.into_iter().collect(),
        })
    }
}

/// What is said of articles that several sites carry and that are no finding.
pub(crate) fn remark(board: &Board<'_>) -> Option<String> {
    let left = match board.articles.left {
        0 => String::new(),
        n => format!(" {n} further pages were too many to be compared."),
    };
    let text = match findings::carried(board) {
        (0, _) if left.is_empty() => return None,
        (0, _) => left.trim().to_owned(),
        (all, quiet) => format!(
            "Of {all} articles that pages of several sites carry, {quiet} are told as no finding: they name their source, or \
             nothing beside the words does not fit, as with an agency's.{left}"
        ),
    };
    Some(text)
}

/// The moment by which pages are put in order: what a page says, unless its site was registered later; undated ones last.
fn believed(page: &PageLine, sites: &Sites<'_>, registered: &BTreeMap<ActorNo, When>) -> When {
    let since = sites.by_name.get(page.site.as_str()).and_then(|site| registered.get(site));
    let when = page.when.filter(|w| since.is_none_or(|r| w.0 + SLACK >= r.0));
    when.or(page.kept).unwrap_or(When(i64::MAX))
}

/// The sites of the case and the outlets it protects.
struct Sites<'t> {
    by_name: FxHashMap<&'t str, ActorNo>,
    outlets: Outlets,
}

impl Sites<'_> {
    /// The earliest moment any register gives for each site, its own or that of the domain above it.
    fn registered(&self, told: &BTreeMap<String, When>) -> BTreeMap<ActorNo, When> {
        let of = |name: &str| told.get(name).or_else(|| told.get(registrable(name)));
        self.by_name.iter().filter_map(|(name, no)| Some((*no, *of(name)?))).collect()
    }

    /// The outlet that a host belongs to, by its place in the list.
    fn outlet_of(&self, host: &str) -> Option<usize> {
        let domain = registrable(host);
        let is = |own: &String| own == host || own == domain;
        self.outlets.all.iter().position(|o| is(&o.domain) || o.own.iter().any(is))
    }

    fn masked(&self, pages: &[Entry], shared: &[model::Article]) -> Vec<Masked> {
        let mut by_site: FxHashMap<&str, Vec<&PageLine>> = FxHashMap::default();
        for page in pages.iter().filter(|p| !p.line.menu.is_empty()) {
            by_site.entry(page.line.menu.as_str()).or_default();
        }
        for page in pages {
            if let Some(of) = by_site.get_mut(page.line.site.as_str()) {
                of.push(&page.line);
            }
        }
        let mut out: Vec<Masked> = Vec::new();
        for page in pages.iter().filter(|p| !p.line.menu.is_empty()).take(TOLD) {
            let (page, own) = (&page.line, by_site.get(page.line.menu.as_str()).map_or(&[][..], Vec::as_slice));
            let original = self.by_name.get(page.menu.as_str()).copied();
            let outlet = self.outlet_of(&page.menu).filter(|o| self.outlet_of(&page.site) != Some(*o));
            let carried = original.is_some_and(|o| carries(shared, page, o));
            let named = own.iter().any(|o| same_name(o.masthead.raw(), page.masthead.raw()));
            let listed = outlet.is_some_and(|o| self.names(o).any(|n| same_name(n, page.masthead.raw())));
            out.push(Masked {
                place: page.place,
                site: self.by_name[page.site.as_str()],
                url: page.url.clone(),
                host: page.menu.as_str().into(),
                masthead: page.masthead.clone(),
                original,
                protected: outlet.is_some(),
                named: named || listed,
                beside: if carried { 0 } else { own.len() as u64 },
            });
        }
        out.sort_by_key(|m| (m.site, m.place));
        out
    }

    fn names(&self, outlet: usize) -> impl Iterator<Item = &str> {
        let o = &self.outlets.all[outlet];
        o.names.iter().chain(&o.former).chain(&o.short).map(String::as_str)
    }

    /// For each address the last page before it first sent on to another site.
    fn sent_on(&self, pages: &[Entry], sent: &[kept::SentLine]) -> Vec<SentOn> {
        let mut by_url: FxHashMap<String, Vec<&kept::SentLine>> = FxHashMap::default();
        sent.iter().for_each(|s| by_url.entry(bare(s.url.raw())).or_default().push(s));
        let mut last: BTreeMap<String, SentOn> = BTreeMap::new();
        for page in pages.iter().map(|p| &p.line) {
            let Some(kept) = page.kept else { continue };
            let url = bare(page.url.raw());
            let after = by_url.get(&url).into_iter().flatten().filter(|s| s.when > kept && elsewhere(page, s));
            let Some(first) = after.min_by_key(|s| (s.when, s.place)) else { continue };
            if last.get(&url).is_none_or(|l| l.kept < kept) {
                let told = self.told(page, kept, first);
                last.insert(url, told);
            }
        }
        let mut out: Vec<SentOn> = last.into_values().take(TOLD).collect();
        out.sort_by_key(|s| (s.site, s.place));
        out
    }

    fn told(&self, page: &PageLine, kept: When, sent: &kept::SentLine) -> SentOn {
        let to = host(sent.to.raw());
        let path = |url: &str| bare(url).split_once('/').map(|(_, path)| path.to_owned());
        SentOn {
            place: page.place,
            site: self.by_name[page.site.as_str()],
            url: page.url.clone(),
            title: page.title.clone(),
            kept,
            answer: sent.place,
            later: sent.when,
            to: sent.to.clone(),
            original: self.by_name.get(to.as_str()).copied(),
            protected: self.outlet_of(&to).is_some_and(|o| self.outlet_of(&page.site) != Some(o)),
            moved: path(page.url.raw()).is_some_and(|p| Some(p) == path(sent.to.raw())),
        }
    }
}

fn elsewhere(page: &PageLine, sent: &kept::SentLine) -> bool {
    let to = host(sent.to.raw());
    !to.is_empty() && registrable(&to) != registrable(&page.site)
}

/// True where a page of `original` carries the article of `page`.
fn carries(shared: &[model::Article], page: &PageLine, original: ActorNo) -> bool {
    shared.iter().any(|a| a.copies.iter().any(|c| c.place == page.place) && a.copies.iter().any(|c| c.site == original))
}

/// The same name but for case and punctuation; nothing is no name.
fn same_name(x: &str, y: &str) -> bool {
    let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (x, y) = (letters(x), letters(y));
    x.chars().count() >= 4 && x == y
}

/// The domain that was registered, of a host.
fn registrable(host: &str) -> &str {
    Split::of(host).map_or(host, |s| s.registrable())
}

/// An address without what may vary: scheme, `www.`, fragment, the slash at its end.
fn bare(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default().trim_end_matches('/');
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    [host.strip_prefix("www.").unwrap_or(&host), path].concat()
}

/// Host of an address of the web; empty where it names none.
fn host(url: &str) -> String {
    if !url.contains("://") {
        return String::new();
    }
    let bare = bare(url);
    let host = bare.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names() {
        for (url, bare_url, host_of) in [
            ("https://WWW.One.example/A/b/#top", "one.example/A/b", "one.example"),
            ("http://one.example:8080?x=1", "one.example:8080?x=1", "one.example"),
            ("https://user@one.example/", "user@one.example", "one.example"),
            ("/relative", "/relative", ""),
            ("", "", ""),
        ] {
            assert_eq!((bare(url).as_str(), host(url).as_str()), (bare_url, host_of), "{url}");
        }
        assert!(same_name("The Harbour-Post", "the harbour post") && !same_name("", "") && !same_name("a", "a"));
    }
}
