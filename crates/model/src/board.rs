//! Everything a finding may look at: traces and networks, no raw bytes.

use crate::{
    ActorInfo, ActorNo, Articles, EvidenceId, Imitations, KindInfo, KindNo, Linked, Mailroom, ObjectInfo, ObjectNo,
    Owners, Settings, Share,
};

/// Microseconds in an hour.
pub const HOUR: i64 = 3_600_000_000;
/// Microseconds in a day.
pub const DAY: i64 = 24 * HOUR;

/// The trace table, wherever it lives (memory, disk, other machines). Every pass is in the order of [`Share::key`].
pub trait Shares {
    /// Calls `f` once per object of which there is at least one trace, in order of object number, with all traces of
    /// it, earliest first (unknown times before all others), exact repeats removed.
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share]));

    /// The traces of some objects (sorted by number), in table order.
    fn of_objects(&self, objects: &[ObjectNo]) -> Vec<Share> {
        let mut out = Vec::new();
        self.each_object(&mut |object, shares| {
            if objects.binary_search(&object).is_ok() {
                out.extend_from_slice(shares);
            }
        });
        out
    }
}

/// How many records each actor made in each hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Sorted by actor, then hour: actor, hours since 1970-01-01T00:00Z, records.
    pub rows: Vec<(ActorNo, i32, u32)>,
}

impl Activity {
    /// The rows of one actor.
    #[must_use]
    pub fn of(&self, actor: ActorNo) -> &[(ActorNo, i32, u32)] {
        let from = self.rows.partition_point(|r| r.0 < actor);
        let to = self.rows.partition_point(|r| r.0 <= actor);
        &self.rows[from..to]
    }
}

/// What lies before the one who reads the pattern.
pub struct Board<'a> {
    /// Settings of the case.
    pub settings: &'a Settings,
    /// Trace kinds, indexed by [`KindNo`].
    pub kinds: &'a [KindInfo],
    /// Actors, indexed by [`ActorNo`].
    pub actors: &'a [ActorInfo],
    /// Objects, indexed by [`ObjectNo`].
    pub objects: &'a [ObjectInfo],
    /// Evidence ids, indexed by [`Share::evidence`].
    pub evidence: &'a [EvidenceId],
    /// Links and networks.
    pub linked: &'a Linked,
    /// Which sites share an owner.
    pub owners: &'a Owners,
    /// Names written like those of protected outlets.
    pub imitations: &'a Imitations,
    /// Articles that several sites carry, and what pages say of themselves.
    pub articles: &'a Articles,
    /// Decision sheets of mails, and passages of sealed documents.
    pub mailroom: &'a Mailroom,
    /// Who was active when.
    pub activity: &'a Activity,
    /// The trace table.
    pub shares: &'a dyn Shares,
}

impl Board<'_> {
    /// The kind with this id, if the case has it.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<KindNo> {
        let at = self.kinds.iter().position(|k| k.card.id == id)?;
        u8::try_from(at).ok().map(KindNo)
    }

    /// An actor.
    #[must_use]
    pub fn actor(&self, no: ActorNo) -> &ActorInfo {
        &self.actors[no.0 as usize]
    }

    /// An object.
    #[must_use]
    pub fn object(&self, no: ObjectNo) -> &ObjectInfo {
        &self.objects[no.0 as usize]
    }
}
