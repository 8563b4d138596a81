//! Lockstep: a network of linked actors that act together beyond chance.
//!
//! Links and networks come from the room `links`; this reads one network with everything its members touched together:
//! how much, of which kinds, over which days, how quickly, who first. Wrong where times are coarser than the window,
//! and where a whole community uses one publishing tool openly. Source: Pacheco et al., ICWSM 2021 (co-action
//! networks); Cinelli et al., 2022; the confidence rule is ours.

mod facts;
mod innocent;
mod scenes;
mod tables;

use crate::organic::{self, Group};
use crate::{Finder, Page, witness, words};
use facts::Facts;
use model::{ActorNo, Board, Card, Chance, Confidence, Finding, Network, Share, When};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "lockstep",
        about: "a network of actors that touch the same things at nearly the same time, beyond chance",
        source: "Pacheco et al., Uncovering Coordinated Networks on Social Media, ICWSM 2021",
    },
    page: Page {
        sees: "Actors that, again and again, posted, reposted or shared the same things within a short window of each \
               other, so often that chance does not explain it, and that are linked into one network.",
        matters: "Many accounts that act as one make a line look more widely held than it is. Who steers them, and \
                  whether they hide it, the times cannot say.",
        otherwise: "One organisation posting openly from several accounts; a share button, syndication service or \
                    cross-posting tool; a news ticker; a fan club or an event that everyone reacted to at once; one \
                    person with several open accounts.",
        wrong: "When times are recorded more coarsely than the window; when the case holds nobody but the suspects, so \
                that no background shows what is ordinary; when a popular object is posted by so many that some are \
                always close together.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Ten minutes: slower than that, a group cannot be told from an audience by its times.
const QUICK: i64 = 600 * When::SECOND;

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let least = board.settings.findings.lockstep_members as usize;
    let networks: Vec<&Network> =
        board.linked.networks.iter().filter(|n| n.members.len() >= least.max(2) && beyond_chance(&n.chance)).collect();
    let touches = facts::touches(board, &networks);
    let mut facts: Vec<Facts> = networks.iter().zip(touches).map(|(n, t)| Facts::of(board, n, t)).collect();
    let groups: Vec<Group<'_>> = networks.iter().zip(&facts).map(|(n, f)| group(board, n, f)).collect();
    let recognised = organic::recognised(board, &groups);
    facts.iter_mut().zip(recognised).for_each(|(f, r)| f.recognised = r);
    let found = networks.into_iter().zip(facts).filter_map(|(n, f)| read(board, n, f));
    words::most(board, found.collect(), 0)
}

/// What is asked of a network to recognise it.
fn group<'a>(board: &Board<'_>, network: &Network, facts: &'a Facts) -> Group<'a> {
    let links = network.links.iter().filter_map(|at| board.linked.links.get(*at));
    Group {
        members: network.members.iter().map(|m| m.actor).collect(),
        touches: &facts.touches,
        pairs: links.map(|l| (l.a, l.b)).collect(),
        first: network.members.iter().find(|m| m.leads >= ALWAYS).map(|m| m.actor),
        slow: facts.lag > QUICK,
    }
}

/// From this part of its relations on a member is nearly always first.
const ALWAYS: f64 = 0.9;

fn beyond_chance(chance: &Chance) -> bool {
    chance.observed > chance.expected && chance.p.is_none_or(|p| p <= 0.05)
}

fn read(board: &Board<'_>, network: &Network, facts: Facts) -> Option<(f64, Finding)> {
    let members: Vec<ActorNo> = network.members.iter().map(|m| m.actor).collect();
    let (confidence, because) = weigh(network, &facts);
    let about: Vec<u64> = members.iter().take(3).map(|a| board.actor(*a).id).collect();
    let finding = Finding {
        id: Finding::id_of(FINDER.card.id, &about),
        kind: FINDER.card.id.to_owned(),
        title: title(board, &members, &facts)?,
        observed: observed(board, network, &facts),
        confidence,
        because,
        chance: chance(board, network),
        innocent: innocent::explanations(board, &facts)?,
        witnesses: witness::pick(board, &candidates(board, &facts))?,
        tables: tables::tables(board, network, &facts),
        techniques: words::techniques(techniques(&facts)),
        actors: members,
        first: facts.first,
        last: facts.last,
    };
    Some((facts.members as f64 * facts.most() as f64, finding))
}

/// The kind with the most things, and texts, links and reposts beside it.
fn title(board: &Board<'_>, members: &[ActorNo], facts: &Facts) -> Option<String> {
    let top = facts.kinds.first()?;
    let beside = |k: &&facts::Together| matches!(k.id, "exact-text" | "url" | "repost") && k.objects >= 2;
    let told = std::iter::once(top).chain(facts.kinds[1..].iter().filter(beside)).take(3);
    let mut did: Vec<String> = Vec::new();
    for (i, kind) in told.enumerate() {
        let (verb, one, many) = words::deed(kind.id);
        let same =
            if kind.objects == 1 { format!("the same {one}") } else { format!("the same {} {many}", kind.objects) };
        let again = i > 0 && words::deed(top.id).0 == verb;
        did.push(if again { same } else { format!("{verb} {same}") });
    }
    let window = words::span(top.window);
    Some(format!("{} {} within {window} of each other", words::who(board, members), words::list(&did)))
}

fn observed(board: &Board<'_>, network: &Network, facts: &Facts) -> String {
    let kinds: Vec<String> = facts.kinds.iter().map(|k| words::things(k.objects, k.id)).collect();
    let pairs = facts.members * (facts.members - 1) / 2;
    let mut text = format!(
        "{} are joined by {} out of {} possible. Together, each time at least two of them within the window, they \
         touched {} {}, on {}. The median time from one to the next was {}.",
        words::who(board, &network.members.iter().map(|m| m.actor).collect::<Vec<_>>()),
        words::count(network.links.len(), "link", "links"),
        words::thousands(pairs as u64),
        words::list(&kinds),
        words::period(facts.first, facts.last),
        words::count(facts.days, "day", "different days"),
        words::span(facts.lag),
    );
    text.push_str(&false_links(board, network));
    text.push_str(&leader(network));
    if facts.open() {
        text.push_str(" An open explanation is recognised; it stands first among the explanations.");
    }
    if facts.cut {
        text.push_str(" There were more such traces than are looked at one by one; times and days rest on the first.");
    }
    text
}

/// How many of the links chance made: by the sum of their false discovery rates, an upper bound, and by shuffles.
fn false_links(board: &Board<'_>, network: &Network) -> String {
    let few = |n: f64| if n < 0.05 { "fewer than 0.1".to_owned() } else { format!("{n:.1}") };
    let (sum, links) =
        (network.links.iter().filter_map(|at| board.linked.links.get(*at)).map(|l| l.q).sum(), network.links.len());
    let Some(by) = network.permuted else { return format!(" Expected false links: {} of {links}.", few(sum)) };
    let mut text = format!(
        " Expected false links: {} of {links} by the null models; {} when accounts are dealt anew over acts of like kinds, \
         popularity and hours ({} between the same actors).",
        few(sum),
        few(by.accounts),
        words::count(by.shuffles as usize, "seeded shuffle", "seeded shuffles"),
    );
    if by.times * 2.0 >= network.links.len() as f64 {
        text.push_str(&format!(
            " With only the times dealt anew within each thing {} stay: the tie is in what they share, whenever they did.",
            few(by.times)
        ));
    }
    text
}

/// True where shuffles make more than one in twenty of the links.
fn by_chance(network: &Network) -> bool {
    network.permuted.is_some_and(|by| by.accounts * 20.0 > network.links.len() as f64)
}

/// Whether somebody is regularly first, without a name: names stand in the list of actors.
fn leader(network: &Network) -> String {
    let best = network.members.iter().enumerate().max_by(|x, y| x.1.leads.total_cmp(&y.1.leads).then(y.0.cmp(&x.0)));
    match best {
        Some((i, m)) if m.leads >= 0.65 => format!(
            " Number {} in the list of actors was most often first: in {:.0} % of the cases where one of a pair was \
             earlier.",
            i + 1,
            m.leads * 100.0
        ),
        _ => " Nobody was regularly first.".to_owned(),
    }
}

fn chance(board: &Board<'_>, network: &Network) -> Chance {
    let worst = network.links.iter().filter_map(|i| board.linked.links.get(*i)).map(|l| l.q).fold(0.0, f64::max);
    let mut chance = network.chance.clone();
    chance.fdr = chance.fdr.or(Some(worst));
    chance
}

/// The rule. Nothing is added up: each word asks for all of its conditions.
fn weigh(network: &Network, facts: &Facts) -> (Confidence, String) {
    let said = format!(
        "{} of {} members are linked to at least two others; {} of things shared do not follow from one another; the \
         most of one kind is {}, on {}; in the median {:.0} % of those who touched them are members",
        facts.firm,
        facts.members,
        words::count(facts.traits, "sort", "sorts"),
        facts.most(),
        words::count(facts.days, "day", "days"),
        facts.inside * 100.0,
    );
    let moderate = [
        (facts.firm * 5 >= facts.members * 4, "four in five members linked to two others"),
        (
            facts.kinds.first().is_some_and(|k| k.window <= QUICK),
            "most being shared within ten minutes of each other, which an audience of one source seldom does",
        ),
        (facts.most() >= 4 && facts.days >= 2, "four things on two or more days"),
        (facts.inside >= 0.2, "members being at least a fifth of those who touched the things"),
        (!by_chance(network), "fewer than one in twenty of the links made by accounts dealt anew"),
        (!facts.open(), "no open explanation that the traces themselves show"),
    ];
    let high = [
        (facts.traits >= 2, "two sorts of things that do not follow from one another"),
        (facts.most() >= 5, "five things of one kind"),
        (facts.inside >= 0.5, "members being at least half of those"),
        (!facts.coarse, "times finer than whole minutes"),
        (facts.recognised.is_empty(), "nothing recognised that open groups leave"),
    ];
    words::rule(&said, &moderate, &high)
}

fn candidates(board: &Board<'_>, facts: &Facts) -> Vec<(Share, String)> {
    let mut groups: Vec<&[Share]> = facts.touches.chunk_by(|x, y| x.object == y.object).collect();
    groups.sort_by_key(|g| (board.object(g[0].object).actors, std::cmp::Reverse(g.len()), g[0].object));
    let shows = |s: &Share| {
        let (did, one, _) = words::deed(board.kinds[usize::from(board.object(s.object).kind.0)].card.id);
        format!("{did} the same {one} within the window of another member")
    };
    groups.into_iter().flatten().take(4096).map(|s| (*s, shows(s))).collect()
}

fn techniques(facts: &Facts) -> &'static [&'static str] {
    if facts.open() {
        return &[];
    }
    match facts.kinds.first().map(|k| k.id) {
        Some("repost") => &["T0049", "T0118"],
        Some("exact-text") => &["T0049", "T0084.001"],
        _ => &["T0049"],
    }
}
