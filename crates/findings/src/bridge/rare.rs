//! Which objects can be a bridge at all, from what is known of each without looking at its traces.

use crate::{common, kinds};
use model::{ActorNo, Board, KindNo, ObjectInfo, ObjectNo, Sort};

/// Sorts that are channels. Files name no one, as an attachment is always also a file, but for what is carried over
/// from a document into mails and pages: its paragraphs.
pub(super) const CHANNELS: [Sort; 5] = [Sort::Account, Sort::Mailbox, Sort::Site, Sort::Host, Sort::File];

/// True where touches of a document or picture standing alone count.
pub(super) fn files_count(kind: &str) -> bool {
    kind == "paragraph"
}

/// What a kind is good for here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Not a bridge: a hashtag, a relay, a subject line.
    No,
    /// An address that leads somewhere.
    Address,
    /// A thing that is hard to hit upon twice.
    Thing,
    /// An id that also ties one site to another.
    SiteId,
}

pub(super) fn use_of(kind: &str) -> Use {
    match kind {
        "url" | "domain" | "outgoing-domain" => Use::Address,
        "exact-text" | "file-hash" | "object" | "paragraph" => Use::Thing,
        "tracker-id" | "page-email" | "page-phone" => Use::SiteId,
        _ => Use::No,
    }
}

/// Sorted numbers of objects that few touch and that may tie channels or sites.
pub(super) fn candidates(board: &Board<'_>) -> Vec<ObjectNo> {
    let channels = CHANNELS.iter().fold(0, |bits, s| bits | s.bit());
    let few = board.settings.findings.bridge_actors;
    let sites = board.actors.iter().any(|a| a.sort == Sort::Site);
    let mut out = Vec::new();
    for (kind, no) in board.kinds.iter().map(|k| k.card.id).zip((0..).map(KindNo)) {
        let usage = use_of(kind);
        if usage == Use::No {
            continue;
        }
        // A file or long text is not hit upon twice, so that more may have it from one source.
        let most = if usage == Use::Thing { few.saturating_mul(3) } else { few };
        let counted = if files_count(kind) { channels } else { channels & !Sort::File.bit() };
        let fits = |o: &ObjectInfo| {
            let crosses = (o.sorts & counted).count_ones() >= 2;
            let on_sites = usage == Use::SiteId && o.actors >= 2 && o.sorts & Sort::Site.bit() != 0;
            let names = || sites && names_kind(kind) && named(board, o).is_some();
            o.actors <= most && (crosses || on_sites || names()) && telling(kind, o.value.raw())
        };
        out.extend(kinds::objects(board, no).filter(|o| fits(o.1)).map(|o| o.0));
    }
    out.sort_unstable();
    out
}

fn names_kind(kind: &str) -> bool {
    matches!(kind, "domain" | "page-email")
}

/// The actor that an object names: the site of a domain, the sender of an address on a page.
pub(super) fn named(board: &Board<'_>, object: &ObjectInfo) -> Option<ActorNo> {
    match board.kinds[usize::from(object.kind.0)].card.id {
        "domain" if object.sorts & (Sort::Account.bit() | Sort::Mailbox.bit()) != 0 => {
            let value = object.value.raw();
            actor(board, Sort::Site, value).or_else(|| actor(board, Sort::Site, &format!("www.{value}")))
        }
        "page-email" => actor(board, Sort::Mailbox, object.value.raw()),
        _ => None,
    }
}

/// Finds an actor by name: the list is sorted by sort and name.
fn actor(board: &Board<'_>, sort: Sort, name: &str) -> Option<ActorNo> {
    let at = board.actors.binary_search_by(|a| a.sort.cmp(&sort).then_with(|| a.name.raw().cmp(name))).ok()?;
    u32::try_from(at).ok().map(ActorNo)
}

/// False for what everybody uses and for placeholders.
fn telling(kind: &str, value: &str) -> bool {
    match kind {
        "domain" | "outgoing-domain" => !common::is_platform(value) && !common::is_provider(value),
        "url" => {
            let (host, path) = common::host_and_path(value);
            !common::is_platform(host) || path.len() > 8
        }
        "exact-text" => value.split_whitespace().nth(5).is_some(),
        "tracker-id" => !value.to_ascii_lowercase().contains("xxx") && value.len() >= 5,
        "page-email" => !["example.com", "domain.com", "email.com", "sentry.io", "wixpress.com"]
            .iter()
            .any(|d| common::under(common::mail_domain(value), d)),
        _ => true,
    }
}

/// True when a touch says nothing: a site linking to itself, a sender to its own organisation.
pub(super) fn own(board: &Board<'_>, actor: ActorNo, object: &ObjectInfo) -> bool {
    if use_of(board.kinds[usize::from(object.kind.0)].card.id) != Use::Address {
        return false;
    }
    let host = common::host_and_path(object.value.raw()).0;
    let info = board.actor(actor);
    let name = match info.sort {
        Sort::Site | Sort::Host => info.name.raw(),
        Sort::Mailbox => common::mail_domain(info.name.raw()),
        Sort::Account | Sort::File => return false,
    };
    common::under(host, name) || common::under(name, host)
}
