//! Which sites share an owner, asked of evidence directly: the same reading, traces and weighing as a case's, without
//! findings or a report. Names are resolved, so that whoever prints it needs nothing else.

use crate::{Case, Error, Inputs, Run, segment, table};
use model::{ActorNo, Grounds, Note, ObjectNo, Owners, Quote, Settings, Sort, TiedBy};
use std::path::Path;

/// A site and the number of its cluster, from 1; sites that nothing ties have a number each, after all clusters.
pub struct OwnedSite {
    /// The site.
    pub site: Quote,
    /// Its cluster.
    pub cluster: usize,
}

/// A value that ties two sites.
pub struct OwnedBy {
    /// Kind of trace.
    pub kind: &'static str,
    /// The value.
    pub value: Quote,
    /// What it adds, in bits.
    pub bits: f64,
}

/// Two sites and what ties them.
pub struct OwnedEdge {
    /// A site.
    pub a: Quote,
    /// Another.
    pub b: Quote,
    /// Together a chance of one in `2^bits` site pairs.
    pub bits: f64,
    /// Why.
    pub grounds: Grounds,
    /// What they share, heaviest first.
    pub by: Vec<OwnedBy>,
}

/// A cluster of at least two sites.
pub struct OwnedCluster {
    /// Its number.
    pub cluster: usize,
    /// How many sites.
    pub sites: usize,
    /// Index into [`Owned::edges`] of the edge whose loss splits it most easily.
    pub weakest: usize,
    /// Sizes of the parts without that edge.
    pub parts: (u32, u32),
}

/// Who shares an owner, with names.
pub struct Owned {
    /// Every site, by name.
    pub sites: Vec<OwnedSite>,
    /// The strongest edges that hold the clusters.
    pub edges: Vec<OwnedEdge>,
    /// Clusters, largest first.
    pub clusters: Vec<OwnedCluster>,
    /// Values that tie nobody because many unrelated sites have them: kind, value, sites.
    pub platforms: Vec<(&'static str, Quote, u32)>,
    /// Sites built from another's pages: copy, original.
    pub copies: Vec<(Quote, Quote)>,
    /// Fewest bits at which two sites are tied.
    pub cut: f64,
    /// What could not be read, and what else a reader must know.
    pub notes: Vec<Note>,
}

/// Reads evidence into a case of its own in `scratch`, an empty folder, and ties its sites.
///
/// # Errors
/// [`Error`]; never because of what evidence says.
pub fn owned(inputs: Inputs<'_>, scratch: &Path, run: &Run<'_>) -> Result<Owned, Error> {
    let mut case = Case::make(scratch, &Settings::default(), run.now)?;
    case.seal(inputs, run)?;
    case.owned(run)
}

impl Case {
    /// Ties the sites of this case.
    ///
    /// # Errors
    /// [`Error`].
    pub fn owned(&self, run: &Run<'_>) -> Result<Owned, Error> {
        let segments = self.read(run)?;
        run.progress.stage("tying", 0);
        let scratch = self.scratch();
        let table = table::merge(&segments.folders(), &self.kinds, &scratch, run.in_memory)?;
        let owners = self.owners(&table, &table.shares);
        table.shares.whole()?;
        let notes = segments.pages.iter().flat_map(|(_, page): &(_, segment::Page)| page.notes.iter().cloned());
        Ok(self.named(&table, &owners, notes.collect()))
    }

    fn named(&self, table: &table::Table, owners: &Owners, notes: Vec<Note>) -> Owned {
        let name = |actor: ActorNo| table.actors[actor.0 as usize].name.clone();
        let value = |object: ObjectNo| {
            let info = &table.objects[object.0 as usize];
            (self.kinds[usize::from(info.kind.0)].card.id, info.value.clone())
        };
        let by = |t: &TiedBy| {
            let (kind, value) = value(t.object);
            OwnedBy { kind, value, bits: t.bits }
        };
        let edges = owners.tied.iter().map(|t| OwnedEdge {
            a: name(t.a),
            b: name(t.b),
            bits: t.bits,
            grounds: t.grounds,
            by: t.by.iter().map(by).collect(),
        });
        let clusters = owners.clusters.iter().enumerate().map(|(no, c)| OwnedCluster {
            cluster: no + 1,
            sites: c.members.len(),
            weakest: c.weakest,
            parts: c.parts,
        });
        let platforms = owners.platforms.iter().map(|o| {
            let (kind, value) = value(*o);
            (kind, value, table.objects[o.0 as usize].actors)
        });
        Owned {
            sites: sites(table, owners),
            edges: edges.collect(),
            clusters: clusters.collect(),
            platforms: platforms.collect(),
            copies: owners.copies.iter().map(|(x, y)| (name(*x), name(*y))).collect(),
            cut: owners.cut,
            notes,
        }
    }
}

fn sites(table: &table::Table, owners: &Owners) -> Vec<OwnedSite> {
    let mut cluster = vec![0; table.actors.len()];
    for (no, c) in owners.clusters.iter().enumerate() {
        c.members.iter().for_each(|m| cluster[m.0 as usize] = no + 1);
    }
    let mut next = owners.clusters.len();
    let all = table.actors.iter().zip(cluster).filter(|(a, _)| a.sort == Sort::Site);
    all.map(|(actor, own)| {
        next += usize::from(own == 0);
        OwnedSite { site: actor.name.clone(), cluster: if own == 0 { next } else { own } }
    })
    .collect()
}
