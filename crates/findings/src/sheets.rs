//! What findings about single mails have in common: the sheet's lines as tables, its other readings as innocent
//! explanations, its raw values as witnesses.

use crate::words;
use model::{
    ActorNo, AtLeastOne, Board, Chance, Confidence, Finding, Grade, Innocent, JudgedMail, Place, Quote, SheetLine,
    Table, Witness,
};
use std::collections::BTreeMap;

/// Most rows of a table, and most witnesses.
const MOST: (usize, usize) = (200, 24);
/// Honest mails with at least one strong sign of phishing among those measured: 1 of 350 (docs/accuracy.md).
const HONEST: f64 = 1.0 / 350.0;

/// How a finding is made of sheets.
pub(crate) struct Rule {
    /// Id of the drawer.
    pub(crate) kind: &'static str,
    /// True for a mail it is about.
    pub(crate) meant: fn(&JudgedMail) -> bool,
    /// What mails of one finding have in common.
    pub(crate) key: fn(&JudgedMail) -> (String, u32),
    /// The title, given the mails and how many there are in words.
    pub(crate) title: fn(&Letters<'_>, &str) -> String,
    /// What is counted.
    pub(crate) unit: &'static str,
    /// Signs whose lines are shown first.
    pub(crate) first: &'static [&'static str],
    /// Techniques it would be an instance of.
    pub(crate) techniques: &'static [&'static str],
    /// The word, given whether there are more such mails than honest mail would give.
    pub(crate) weigh: fn(&Letters<'_>, bool) -> (Confidence, String),
    /// What else it could be.
    pub(crate) innocent: fn(&Letters<'_>) -> Option<AtLeastOne<Innocent>>,
}

impl Rule {
    /// Reads it wherever it stands.
    pub(crate) fn judge(&self, board: &Board<'_>) -> Vec<Finding> {
        let all = board.mailroom.mails.iter().filter(|m| (self.meant)(m)).count();
        let groups = Letters::by(board, self);
        let (groups, left) = words::shortlist(board, groups, |g: &Letters<'_>| (g.grade(), g.mails.len()));
        let found = groups.iter().filter_map(|g| Some((g.mails.len() as f64, self.read(board, g, all)?)));
        words::most(board, found.collect(), left)
    }

    fn read(&self, board: &Board<'_>, letters: &Letters<'_>, all: usize) -> Option<Finding> {
        let senders = letters.senders();
        let chance = chance(board, all, self.unit);
        let (confidence, because) = (self.weigh)(letters, chance.observed > chance.expected);
        let (first, last) = words::ends(letters.mails.iter().filter_map(|m| m.sheet.when).map(|w| w.0));
        let n = words::count(letters.mails.len(), "mail", "mails");
        Some(Finding {
            id: Finding::id_of(self.kind, &[letters.about]),
            kind: self.kind.to_owned(),
            title: (self.title)(letters, &n),
            observed: format!(
                "{n} to {} {}. The firmest sheet says {}: {}.",
                words::count(letters.boxes(), "mailbox", "mailboxes"),
                words::period(first, last),
                letters.grade().word(),
                letters.mails.first()?.sheet.because,
            ),
            confidence,
            because,
            chance,
            innocent: (self.innocent)(letters)?,
            witnesses: letters.witnesses(self.first)?,
            tables: letters.tables(),
            actors: senders,
            techniques: words::techniques(self.techniques),
            first,
            last,
        })
    }
}

/// The sender, as what mails of one finding have in common.
pub(crate) fn by_sender(mail: &JudgedMail) -> (String, u32) {
    (String::new(), mail.actor.0)
}

/// Mails that belong together, most telling first.
pub(crate) struct Letters<'b> {
    /// The mails.
    pub(crate) mails: Vec<&'b JudgedMail>,
    /// What they have in common: a document's name, hashed, or a sender's id.
    about: u64,
}

impl<'b> Letters<'b> {
    /// The mails a rule is about, by what they have in common.
    fn by(board: &Board<'b>, rule: &Rule) -> Vec<Self> {
        let mut groups: BTreeMap<(String, u32), Vec<&JudgedMail>> = BTreeMap::new();
        for mail in board.mailroom.mails.iter().filter(|m| (rule.meant)(m)) {
            groups.entry((rule.key)(mail)).or_default().push(mail);
        }
        let sorted = |((document, sender), mut mails): ((String, u32), Vec<&'b JudgedMail>)| {
            mails.sort_by_key(|m| (std::cmp::Reverse(m.sheet.grade), m.sheet.when, m.sheet.place));
            let hashed = || model::hash64(document.as_bytes());
            let about = if document.is_empty() { board.actor(ActorNo(sender)).id } else { hashed() };
            Self { mails, about }
        };
        groups.into_iter().map(sorted).collect()
    }

    /// Senders, each once, in order of appearance.
    pub(crate) fn senders(&self) -> Vec<ActorNo> {
        let mut out: Vec<ActorNo> = Vec::new();
        for mail in &self.mails {
            if !out.contains(&mail.actor) {
                out.push(mail.actor);
            }
        }
        out
    }

    /// Different mailboxes.
    pub(crate) fn boxes(&self) -> usize {
        let mut all: Vec<String> = self.mails.iter().map(|m| m.sheet.mailbox.raw().to_lowercase()).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }

    /// How firm the firmest is.
    pub(crate) fn grade(&self) -> Grade {
        self.mails.iter().map(|m| m.sheet.grade).max().unwrap_or(Grade::NotChecked)
    }

    /// False where one of these lines speaks against the sheet of any mail, and firmly.
    pub(crate) fn unspoken(&self, against: &[&str]) -> bool {
        let firm = |l: &SheetLine| against.contains(&l.sign.as_str()) && l.grade >= Grade::Supported;
        !self.mails.iter().any(|m| m.sheet.against.iter().any(firm))
    }

    /// The raw values of the lines that tell, with those of `first` before the rest.
    fn witnesses(&self, first: &[&str]) -> Option<AtLeastOne<Witness>> {
        let mut out = Vec::new();
        for mail in &self.mails {
            let mut lines: Vec<&SheetLine> = mail.sheet.lines.iter().filter(|l| l.grade >= Grade::Supported).collect();
            lines.sort_by_key(|l| !first.contains(&&l.sign[..]));
            let shown = lines.into_iter().filter(|l| !l.raw.is_empty()).take(6);
            out.extend(shown.map(|line| witness(mail, line)));
        }
        out.truncate(MOST.1);
        AtLeastOne::new(out)
    }

    /// Who got it; the evidence; what speaks against; what was not checked; what would overturn it.
    fn tables(&self) -> Vec<Table> {
        let Some(first) = self.mails.first() else { return Vec::new() };
        let sheet = &first.sheet;
        let plain = |title: &str, column: &str, of: &[String]| {
            table(title, &[column], of.iter().map(|t| vec![Quote::from(t.as_str())]).collect())
        };
        let columns = ["Sign", "How firm", "What it says", "Raw value", "Where", "Bytes"];
        let mut out = vec![
            table("The mails", &["When (UTC)", "From", "Mailbox", "Subject", "What for", "Evidence"], self.rows()),
            table("Evidence in the first of them", &columns, sheet.lines.iter().map(line).collect()),
            table("What speaks against it", &columns, sheet.against.iter().map(line).collect()),
            plain("Not checked", "What, and why", &sheet.not_checked),
            plain("What would overturn it", "If this is so, it does not hold", &sheet.overturn),
            plain("What to do next", "In this order", &sheet.next),
        ];
        out.retain(|t| !t.rows.is_empty());
        out
    }

    fn rows(&self) -> Vec<Vec<Quote>> {
        let row = |m: &&JudgedMail| {
            let s = &m.sheet;
            let when = s.when.map_or_else(|| "not known".to_owned(), |w| w.short());
            let purpose = format!("{}, {}", s.purpose, s.grade.word());
            let evidence = s.place.evidence.to_string();
            vec![when.into(), s.from.clone(), s.mailbox.clone(), s.subject.short(120), purpose.into(), evidence.into()]
        };
        self.mails.iter().take(MOST.0).map(row).collect()
    }

    /// The sheet's other readings.
    pub(crate) fn innocent(&self) -> Option<AtLeastOne<Innocent>> {
        let sheet = &self.mails.first()?.sheet;
        AtLeastOne::new(sheet.could.iter().map(|c| words::innocent(purpose(&c.purpose), sentence(&c.why))).collect())
    }
}

fn witness(mail: &JudgedMail, line: &SheetLine) -> Witness {
    Witness {
        place: Place { evidence: mail.sheet.place.evidence, span: line.span },
        actor: Some(mail.actor),
        when: mail.sheet.when,
        shows: format!("shows the sign {}, {}", line.sign, line.grade.word()),
        quote: line.raw.clone(),
        words: mail.sheet.subject.short(200),
    }
}

fn line(l: &SheetLine) -> Vec<Quote> {
    let says = Quote::from(l.says.as_str());
    let (sign, grade) = (Quote::from(l.sign.as_str()), Quote::from(l.grade.word()));
    vec![sign, grade, says, l.raw.short(120), l.source.clone(), Quote::from(l.span.to_string())]
}

/// A table.
pub(crate) fn table(title: &str, columns: &[&str], rows: Vec<Vec<Quote>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows }
}

/// A purpose in words.
fn purpose(id: &str) -> &'static str {
    match id {
        "ordinary" => "Ordinary mail",
        "bulk" => "A mailing to many",
        "tip-or-press" => "A tip or an announcement",
        "credential-theft" => "Credential theft",
        "malware-lure" => "A lure to malware",
        "extortion-scam" => "Extortion or a scam",
        "unsolicited-disclosure" => "Somebody's papers, passed on unasked",
        _ => "Something that nothing seen here decides",
    }
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

/// Mails of a purpose in the whole case against what honest mail alone would give.
fn chance(board: &Board<'_>, of: usize, unit: &str) -> Chance {
    Chance {
        unit: unit.to_owned(),
        observed: of as f64,
        expected: board.mailroom.judged as f64 * HONEST,
        p: None,
        fdr: None,
        null: "All mails of the case are honest, and show a strong sign as often as the honest mail measured did: one in 350. \
               Observed are all such mails of the case."
            .to_owned(),
    }
}

/// True for mail of the house itself, and for mail that an owner's own account is confirmed to have sent.
pub(crate) fn own(mail: &JudgedMail) -> bool {
    let lines = || mail.sheet.lines.iter().chain(&mail.sheet.against);
    lines().any(|l| matches!(l.sign.as_str(), "house-mail" | "protected-sender") && l.grade >= Grade::Supported)
}
