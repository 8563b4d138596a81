//! Which pages are worth comparing in full: those of different sites that share fingerprints.

use super::kept::Entry;
use super::registrable;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Holders of one fingerprint that later ones are paired with, beside the one before.
const FIRST: usize = 3;
/// Fewest fingerprints in common.
const LEAST: u32 = 3;
/// Earlier pages compared in full with one.
const COMPARED: usize = 12;
/// From so many pages of a site on, what stands on more than half of them is its furniture.
const PAGES: usize = 4;

/// For each page the earlier pages to compare it with, likest first. Pages are in order of time.
pub(super) fn candidates(pages: &[Entry]) -> BTreeMap<u32, Vec<u32>> {
    let sites = numbered(pages);
    let mut all: Vec<(u64, u32)> = Vec::new();
    let furniture = furniture(pages, &sites);
    for (no, page) in pages.iter().enumerate() {
        let telling = page.prints.iter().filter(|p| furniture.binary_search(&(sites[no], **p)).is_err());
        all.extend(telling.map(|p| (*p, no as u32)));
    }
    all.sort_unstable();
    let mut common: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for holders in all.chunk_by(|x, y| x.0 == y.0).filter(|h| h.len() > 1) {
        for (n, (_, page)) in holders.iter().enumerate().skip(1) {
            let first = holders[..n.min(FIRST)].iter();
            let before = holders[n - 1..n].iter().filter(|_| n > FIRST);
            first.chain(before).for_each(|(_, earlier)| *common.entry((*page, *earlier)).or_default() += 1);
        }
    }
    let mut found: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for ((page, earlier), n) in common.into_iter().filter(|(_, n)| *n >= LEAST) {
        found.entry(page).or_default().push((n, earlier));
    }
    let ranked = |mut of: Vec<(u32, u32)>| {
        of.sort_by_key(|(n, earlier)| (std::cmp::Reverse(*n), *earlier));
        of.truncate(COMPARED);
        of.into_iter().map(|(_, earlier)| earlier).collect()
    };
    found.into_iter().map(|(page, of)| (page, ranked(of))).collect()
}

/// Each page's registered domain, as a number.
pub(super) fn numbered(pages: &[Entry]) -> Vec<u32> {
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    let number = |p| {
        let next = known.len() as u32;
        *known.entry(p).or_insert(next)
    };
    pages.iter().map(|p| registrable(&p.line.site)).map(number).collect()
}

/// Fingerprints on more than half of a site's addresses, with the site's number, sorted.
fn furniture(pages: &[Entry], sites: &[u32]) -> Vec<(u32, u64)> {
    let mut by_site: BTreeMap<u32, BTreeMap<&str, &Entry>> = BTreeMap::new();
    for (page, site) in pages.iter().zip(sites) {
        by_site.entry(*site).or_default().entry(page.line.url.raw()).or_insert(page);
    }
    let mut out = Vec::new();
    for (site, pages) in by_site.into_iter().filter(|(_, pages)| pages.len() >= PAGES) {
        let mut prints: Vec<u64> = pages.values().flat_map(|p| p.prints.iter().copied()).collect();
        prints.sort_unstable();
        let common = prints.chunk_by(|x, y| x == y).filter(|run| run.len() * 2 > pages.len());
        out.extend(common.map(|run| (site, run[0])));
    }
    out.sort_unstable();
    out
}
