//! Where the objects of a kind stand: objects are sorted by kind, so each kind is one stretch of numbers.
//!
//! Passes over the trace table ask the number and never touch an object's description, which costs more than the pass.

use model::{Board, KindNo, ObjectInfo, ObjectNo};
use std::ops::Range;

/// Numbers of all objects of a kind.
pub(crate) fn range(board: &Board<'_>, kind: KindNo) -> Range<u32> {
    let from = board.objects.partition_point(|o| o.kind < kind);
    let to = board.objects.partition_point(|o| o.kind <= kind);
    from as u32..to as u32
}

/// The same by the kind's id; empty when the case has no such kind.
pub(crate) fn range_of(board: &Board<'_>, id: &str) -> Range<u32> {
    board.kind(id).map_or(0..0, |kind| range(board, kind))
}

/// Objects of a kind with their numbers.
pub(crate) fn objects<'a>(
    board: &Board<'a>,
    kind: KindNo,
) -> impl Iterator<Item = (ObjectNo, &'a ObjectInfo)> + use<'a> {
    let range = range(board, kind);
    let infos = &board.objects[range.start as usize..range.end as usize];
    range.map(ObjectNo).zip(infos)
}
