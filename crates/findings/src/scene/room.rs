//! Mails with their sheets, and passages of sealed documents, as a scene writes them down.

use super::{START, Scene};
use model::{
    ActorNo, Carrier, Could, EvidenceId, Excerpt, Grade, JudgedMail, Mailroom, Place, Quote, SHEET_SCHEMA, Sheet,
    SheetLine, Sort, Span, When,
};
use std::collections::BTreeMap;

/// A line of a sheet: sign, how firm, raw value.
pub(crate) type Line<'a> = (&'a str, Grade, &'a str);

/// A mail and what its sheet says.
pub(crate) struct Letter<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    /// Seconds since the scene's start.
    pub(crate) at: i64,
    pub(crate) purpose: &'a str,
    pub(crate) grade: Grade,
    pub(crate) lines: &'a [Line<'a>],
    pub(crate) against: &'a [Line<'a>],
}

impl Scene {
    /// A mail that was judged.
    pub(crate) fn judged(&mut self, letter: &Letter<'_>) -> &mut Self {
        self.mail(letter.from, &[letter.to], letter.at, &[]);
        let deed = self.deeds.len() - 1;
        self.letters.push((deed, sheet(letter, deed)));
        self
    }

    /// A passage of a sealed document in what was done last: a run of letters, and how many of its kind accident gives.
    pub(crate) fn excerpt(&mut self, carrier: Carrier, document: &str, run: u32, chance: f64) -> &mut Self {
        let deed = self.deeds.len().saturating_sub(1);
        let evidence = EvidenceId(deed as u64);
        let mail = matches!(carrier, Carrier::Mail | Carrier::Enclosure).then_some(evidence);
        let when = self.deeds.get(deed).and_then(|d| d.at).map(at);
        let excerpt = Excerpt {
            place: Place { evidence, span: Span::WHOLE },
            root: evidence,
            mail,
            carrier,
            sort: None,
            who: Quote::default(),
            when,
            part: "0 text/plain".to_owned(),
            start: 40,
            end: 40 + run,
            document: document.into(),
            also: Vec::new(),
            doc_start: 300,
            doc_end: 300 + run,
            page: None,
            run,
            same: run,
            chance,
            verbatim: run >= 60,
            whole: false,
            words: "the words of the document as they stand".into(),
        };
        self.excerpts.push((deed, excerpt));
        self
    }
}

fn at(seconds: i64) -> When {
    When((START + seconds) * When::SECOND)
}

fn sheet(letter: &Letter<'_>, deed: usize) -> Sheet {
    let line = |(sign, grade, raw): &Line<'_>| SheetLine {
        sign: (*sign).to_owned(),
        says: format!("the scene has the sign {sign}"),
        grade: *grade,
        raw: (*raw).into(),
        source: "part 0 (text/plain)".into(),
        span: Span::bytes(10, 20),
        method: "the scene".to_owned(),
    };
    let could = Could { purpose: "ordinary".to_owned(), why: "the first letter of a stranger".to_owned() };
    Sheet {
        schema: SHEET_SCHEMA,
        place: Place { evidence: EvidenceId(deed as u64), span: Span::WHOLE },
        message_id: Quote::default(),
        from: letter.from.into(),
        from_name: Quote::default(),
        reply_to: Quote::default(),
        mailbox: letter.to.into(),
        subject: "a subject".into(),
        when: Some(at(letter.at)),
        purpose: letter.purpose.to_owned(),
        grade: letter.grade,
        because: "the rule of the scene".to_owned(),
        lines: letter.lines.iter().map(line).collect(),
        against: letter.against.iter().map(line).collect(),
        not_checked: vec!["what is behind the links".to_owned()],
        related: Vec::new(),
        could: vec![could],
        next: Vec::new(),
        overturn: vec!["the sender, asked by another way, did send it".to_owned()],
        route: Vec::new(),
        checks: Vec::new(),
        rescued: None,
    }
}

/// What a board shows of it.
pub(super) fn open(scene: &Scene, actors: &BTreeMap<(Sort, &str), ActorNo>) -> Mailroom {
    let actor = |deed: &usize| {
        let deed = &scene.deeds[*deed];
        actors[&(deed.sort, deed.actor.as_str())]
    };
    Mailroom {
        mails: scene.letters.iter().map(|(d, s)| JudgedMail { actor: actor(d), sheet: s.clone() }).collect(),
        judged: scene.deeds.iter().filter(|d| d.sort == Sort::Mailbox).count() as u64,
        left: 0,
        excerpts: scene.excerpts.iter().map(|(d, e)| (actor(d), e.clone())).collect(),
    }
}

/// Puts words of evidence into everything that is quoted.
pub(super) fn with_words(scene: &mut Scene, words: &str) {
    let with = |q: &Quote| Quote::from(format!("{words}{}", q.raw()));
    for (_, sheet) in &mut scene.letters {
        (sheet.from, sheet.subject) = (with(&sheet.from), with(&sheet.subject));
        sheet.lines.iter_mut().for_each(|l| l.raw = with(&l.raw));
    }
    for (_, excerpt) in &mut scene.excerpts {
        (excerpt.words, excerpt.document) = (with(&excerpt.words), with(&excerpt.document));
    }
}
