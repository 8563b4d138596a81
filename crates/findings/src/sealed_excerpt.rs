//! Sealed excerpt: words of a document that its owner sealed, in a mail, an enclosure, a post or a page.
//!
//! Read from passages that whoever holds the seal and its key found; one finding a document. What the owner's own people
//! sent is counted and left out. It says that the words are the same, not who took them from whom. Source: Schleimer,
//! Wilkerson & Aiken 2003 (winnowing); ours (see docs/leak-seals.md).

mod scenes;

use crate::{Finder, Page, sheets, words};
use model::{
    ActorNo, AtLeastOne, Board, Card, Carrier, Chance, Confidence, Excerpt, Finding, Innocent, Quote, Table, Witness,
};
use std::collections::{BTreeMap, BTreeSet};

/// The drawer.
pub const FINDER: Finder = Finder {
    card: Card {
        id: "sealed-excerpt",
        about: "words of a sealed document in a mail, an enclosure, a post or a page",
        source: "Schleimer, Wilkerson & Aiken 2003; ours (leak seals)",
    },
    page: Page {
        sees: "Passages that evidence has in common with documents under a leak seal, held against it with the owner's key: \
               every run of 60 letters and digits, and edited passages more alike than chance allows.",
        matters: "It is the one sign that proves a mail taken for spam to be a leak, without anybody showing the document.",
        otherwise: "An authorised quotation, a public speech or press release that is in no background; a common source; \
                    the owner's own mail.",
        wrong: "It cannot say who took the words from whom, nor that anything was stolen. Public text that was sealed by \
                mistake or malice matches until it is in the background.",
    },
    judge,
    guilty: scenes::guilty,
    innocent: scenes::innocent,
};

/// Most rows of a table, and most witnesses.
const MOST: (usize, usize) = (200, 24);
/// Letters of a run that no accident was seen to reach (within a genre 67 at most; docs/leak-seals.md).
const LONG: u32 = 120;

/// A passage with whoever the mail it stands in is of.
type Passage<'b> = (ActorNo, &'b Excerpt);

/// Passages of one document.
#[derive(Default)]
struct Leak<'b> {
    told: Vec<Passage<'b>>,
    /// Of the owner's own people, and the owner's own copies.
    own: usize,
}

fn judge(board: &Board<'_>) -> Vec<Finding> {
    let mails: BTreeMap<_, _> = board.mailroom.mails.iter().map(|m| (m.sheet.place.evidence, m)).collect();
    let mut leaks: BTreeMap<&Quote, Leak<'_>> = BTreeMap::new();
    for (actor, excerpt) in &board.mailroom.excerpts {
        let mail = excerpt.mail.and_then(|m| mails.get(&m));
        let leak = leaks.entry(&excerpt.document).or_default();
        if excerpt.whole || mail.is_some_and(|m| sheets::own(m)) {
            leak.own += 1;
        } else {
            leak.told.push((mail.map_or(*actor, |m| m.actor), excerpt));
        }
    }
    let leaks = leaks.into_values().filter(|l| !l.told.is_empty()).collect();
    let (leaks, left) = words::shortlist(board, leaks, |l: &Leak<'_>| (l.longest(), l.told.len()));
    let found = leaks.iter().filter_map(|l| Some((l.told.len() as f64, read(board, l)?)));
    words::most(board, found.collect(), left)
}

impl Leak<'_> {
    fn longest(&self) -> u32 {
        self.told.iter().map(|p| p.1.run).max().unwrap_or(0)
    }

    fn actors(&self) -> Vec<ActorNo> {
        let mut seen = BTreeSet::new();
        self.told.iter().map(|p| p.0).filter(|a| seen.insert(*a)).collect()
    }

    /// `3 mails and 1 post`.
    fn carriers(&self) -> String {
        let mut records: BTreeMap<Carrier, BTreeSet<_>> = BTreeMap::new();
        for (_, e) in &self.told {
            records.entry(e.carrier).or_default().insert(e.place);
        }
        let named = |(carrier, of): (&Carrier, &BTreeSet<_>)| {
            let (one, many) = carrier.words();
            words::count(of.len(), one, many)
        };
        words::list(&records.iter().map(named).collect::<Vec<_>>())
    }
}

fn read(board: &Board<'_>, leak: &Leak<'_>) -> Option<Finding> {
    let (confidence, because) = weigh(leak);
    let (first, last) = words::ends(leak.told.iter().filter_map(|p| p.1.when).map(|w| w.0));
    let document = model::hash64(leak.told.first()?.1.document.raw().as_bytes());
    let own = match leak.own {
        0 => String::new(),
        n => format!(
            " {} of the owner's own people, or in the document itself, were left out.",
            words::count(n, "passage", "passages")
        ),
    };
    Some(Finding {
        id: Finding::id_of(FINDER.card.id, &[document]),
        kind: FINDER.card.id.to_owned(),
        title: format!("Words of one sealed document stand in {}", leak.carriers()),
        observed: format!(
            "{} {}, the longest with {} letters and digits unbroken. That the words are the same does not say who took them \
             from whom.{own}",
            words::count(leak.told.len(), "passage", "passages"),
            words::period(first, last),
            words::thousands(u64::from(leak.longest())),
        ),
        confidence,
        because,
        chance: chance(leak),
        innocent: innocent()?,
        witnesses: AtLeastOne::new(leak.told.iter().take(MOST.1).map(|(a, e)| witness(*a, e)).collect())?,
        tables: vec![table(board, leak), overturn()],
        actors: leak.actors(),
        techniques: words::techniques(&["T1114", "T0153.001"]),
        first,
        last,
    })
}

fn witness(actor: ActorNo, e: &Excerpt) -> Witness {
    let how = if e.verbatim { "carries the same words" } else { "carries the same words, edited" };
    Witness {
        place: e.place,
        actor: Some(actor),
        when: e.when,
        shows: format!("{how}: {} letters unbroken", words::thousands(u64::from(e.run))),
        quote: e.words.clone(),
        words: Quote::default(),
    }
}

/// Where each passage stands, in the evidence and in the document.
fn table(board: &Board<'_>, leak: &Leak<'_>) -> Table {
    let row = |(actor, e): &Passage<'_>| {
        let when = e.when.map_or_else(|| "not known".to_owned(), |w| w.short());
        let page = e.page.map_or(String::new(), |n| format!("page {n}, "));
        vec![
            when.into(),
            board.actor(*actor).name.clone(),
            e.carrier.words().0.into(),
            format!("{} {}, characters {}-{}", e.place.evidence, e.part, e.start, e.end).into(),
            e.document.clone(),
            format!("{page}characters {}-{}", e.doc_start, e.doc_end).into(),
            words::thousands(u64::from(e.run)).into(),
            words::thousands(u64::from(e.same)).into(),
            words::figure(e.chance).into(),
        ]
    };
    let columns = [
        "When (UTC)",
        "Whose",
        "In",
        "Where",
        "Sealed document",
        "Where there",
        "Letters unbroken",
        "Letters the same",
        "Expected by accident",
    ];
    sheets::table("What stands where", &columns, leak.told.iter().take(MOST.0).map(row).collect())
}

fn overturn() -> Table {
    let rows = [
        "the words are found in public, older than the document",
        "the owner gave them out, or had somebody give them out",
        "the document was put together from public text",
    ];
    let rows = rows.iter().map(|r| vec![Quote::from(*r)]).collect();
    sheets::table("What would overturn it", &["If this is so, it does not hold"], rows)
}

fn chance(leak: &Leak<'_>) -> Chance {
    Chance {
        unit: "passages in common".to_owned(),
        observed: leak.told.len() as f64,
        expected: leak.told.iter().map(|p| p.1.chance).sum::<f64>().min(leak.told.len() as f64),
        p: None,
        fdr: None,
        null: "Texts of that length and of the documents' genre have passages this much alike by accident as often as the \
               sealed documents have among themselves."
            .to_owned(),
    }
}

/// The rule.
fn weigh(leak: &Leak<'_>) -> (Confidence, String) {
    let said = format!(
        "{} unbroken letters at most, in {}",
        words::thousands(u64::from(leak.longest())),
        words::count(leak.told.len(), "passage", "passages")
    );
    let verbatim = leak.told.iter().any(|p| p.1.verbatim);
    let unlikely = leak.told.iter().any(|p| p.1.chance < 0.001);
    let moderate = [(verbatim || unlikely, "a run as long as the guarantee, or less than one accident in a thousand")];
    let high = [(leak.longest() >= LONG, "a run of 120 letters, which no accident was seen to reach")];
    words::rule(&said, &moderate, &high)
}

fn innocent() -> Option<AtLeastOne<Innocent>> {
    AtLeastOne::new(vec![
        words::innocent(
            "A quotation of something public: a speech, a statute, a press release",
            "Search for the words in public; put what is public into the background of the seal and check again.",
        ),
        words::innocent(
            "An authorised tip or a copy that its owner handed out",
            "The owner can say who was given the document, and when.",
        ),
        words::innocent(
            "A common source from which both took it",
            "Compare what stands around the passage on both sides; only the owner can.",
        ),
    ])
}
