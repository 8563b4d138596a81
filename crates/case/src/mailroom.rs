//! What each mail of a case is for: decision sheets, made from the sealed bytes whenever they are needed.
//!
//! Sheets are not stored: a mailbox of 100,000 mails would give half a gigabyte of them. A sheet depends on all other
//! mails (who wrote to whom, which segments remember), so mails are read once more for it. Kept for the findings are only sheets that say something a reader must know of.

use crate::columns::{self, Column};
use crate::mails::OnlyMail;
use crate::reading::{Input, Segments};
use crate::segment::{CONTACTS, contact, derived};
use crate::{Act, Case, Error, Run, spread, words};
use evidence::{Closed, Opened, Sink};
use model::{
    ActorInfo, ActorNo, EvidenceId, Excerpt, Grade, Hashed, JudgedMail, Mail, Mailroom, Note, Place, Quote, Record,
    Sheet, Sort,
};
use std::collections::{BTreeMap, BTreeSet};
use triage::{Context, History, Sealed};

/// Most sheets kept for the findings.
const MOST: usize = 20_000;
/// Inputs judged before what is too much is dropped.
const BATCH: usize = 256;
/// Purposes a reader must know of, where at least supported.
const TOLD: &[&str] = &["credential-theft", "malware-lure", "extortion-scam", "unsolicited-disclosure"];

impl Case {
    /// Sheets and sealed passages, their people numbered as in `table`. People who are known from a sheet alone (the
    /// sender of a mail that was passed on as text) are put at the end of its actors.
    pub(crate) fn mailroom(
        &self,
        segments: &Segments,
        actors: &mut Vec<ActorInfo>,
        run: &Run<'_>,
    ) -> Result<Mailroom, Error> {
        let excerpts = self.excerpts(segments);
        let inputs = mail_inputs(segments);
        let mut room = Mailroom::default();
        if inputs.is_empty() && excerpts.is_empty() {
            return Ok(room);
        }
        let context = self.context(segments)?;
        let sheets = self.sheets(&inputs, &context, &excerpts, &mut room, run)?;
        let names = sheets.iter().map(|(who, _)| (Sort::Mailbox, who.clone()));
        let names = names.chain(excerpts.iter().map(|e| (e.sort.unwrap_or(Sort::File), e.who.clone())));
        let mut people = people(&names.collect::<Vec<_>>(), actors).into_iter();
        let mails = sheets.into_iter().zip(people.by_ref());
        room.mails = mails.map(|((_, sheet), actor)| JudgedMail { actor, sheet }).collect();
        room.excerpts = people.zip(excerpts).collect();
        Ok(room)
    }

    /// The sheets that a reader must know of, with their senders.
    fn sheets(
        &self,
        inputs: &[&Input],
        context: &Context,
        excerpts: &[Excerpt],
        room: &mut Mailroom,
        run: &Run<'_>,
    ) -> Result<Vec<(Quote, Sheet)>, Error> {
        let sealed = Passages::of(excerpts);
        run.progress.stage("judging", inputs.iter().map(|i| i.bytes).sum());
        let mut out = Vec::new();
        for batch in inputs.chunks(BATCH) {
            let judged = spread(batch, run.threads, |input| {
                let mut desk = Desk::new(context, &sealed, Wanted::Told);
                evidence::read(&self.root(input)?, self.settings(), Some(&OnlyMail), &mut desk);
                run.progress.step(input.bytes);
                Ok((desk.sheets, desk.judged))
            })?;
            for (mut sheets, n) in judged {
                room.judged += n;
                room.left += (out.len() + sheets.len()).saturating_sub(MOST) as u64;
                sheets.truncate(MOST - out.len());
                out.append(&mut sheets);
            }
        }
        Ok(out)
    }

    /// The sheet of one mail: by the id of its evidence, or by its Message-ID (every copy). None where it is no mail.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Derived`].
    pub(crate) fn sheets_of(&self, segments: &Segments, asked: &str, run: &Run<'_>) -> Result<Vec<Sheet>, Error> {
        let inputs = mail_inputs(segments);
        let wanted = match asked.parse::<EvidenceId>() {
            Ok(id) => Wanted::Evidence(id),
            Err(()) => Wanted::Id(asked.trim_matches(['<', '>']).to_owned()),
        };
        let holding = match &wanted {
            Wanted::Evidence(id) => {
                let root = words::roots_of(segments, &BTreeSet::from([*id]))?.get(id).copied();
                inputs.iter().filter(|i| Some(i.id) == root).copied().collect()
            }
            _ => inputs.clone(),
        };
        if holding.is_empty() {
            return Ok(Vec::new());
        }
        let context = self.context(segments)?;
        let excerpts = self.excerpts(segments);
        let sealed = Passages::of(&excerpts);
        let found = spread(&holding, run.threads, |input| {
            let mut desk = Desk::new(&context, &sealed, wanted.clone());
            evidence::read(&self.root(input)?, self.settings(), Some(&OnlyMail), &mut desk);
            Ok(desk.sheets)
        })?;
        Ok(found.into_iter().flatten().map(|s| s.1).collect())
    }

    /// Who wrote to whom, and whom to protect.
    fn context(&self, segments: &Segments) -> Result<Context, Error> {
        let mut history = History::default();
        for (folder, _) in segments.pages.iter().filter(|(_, page)| !page.mails.is_empty()) {
            let path = folder.join(CONTACTS.0);
            let mut rows = |columns: &[Column], _: &[_]| {
                let (roles, keys, times) = (columns[0].narrow(), columns[1].wide(), columns[2].wide());
                let each = roles.iter().zip(keys).zip(times);
                each.for_each(|((role, key), micros)| history.add(contact(*role, *key, *micros)));
            };
            columns::read(&path, &[0, 1, 2], None, &mut rows).map_err(|e| derived(&path, &e))?;
        }
        history.close();
        Ok(Context { settings: self.mail_settings(), history: Some(history), archive: self.archive()? })
    }

    /// Passages of sealed documents in evidence in force, in order of place.
    fn excerpts(&self, segments: &Segments) -> Vec<Excerpt> {
        let roots: BTreeSet<EvidenceId> = segments.inputs.iter().map(|i| i.id).collect();
        let mut out: Vec<Excerpt> = Vec::new();
        for (_, act) in self.ledger().checks() {
            if let Act::Checked { matches, .. } = act {
                out.extend(matches.iter().filter(|m| roots.contains(&m.root)).cloned());
            }
        }
        out.sort_by(|a, b| (a.place, &a.part, a.start, &a.document).cmp(&(b.place, &b.part, b.start, &b.document)));
        out
    }
}

/// Inputs in which mails were read.
fn mail_inputs(segments: &Segments) -> Vec<&Input> {
    let with: BTreeSet<&str> = segments.pages.iter().flat_map(|(_, p)| &p.mails).map(String::as_str).collect();
    segments.inputs.iter().filter(|i| with.contains(i.id.to_string().as_str())).collect()
}

/// Sealed passages by the mail that carries them, as judging takes them.
pub(crate) struct Passages(BTreeMap<EvidenceId, Vec<Sealed>>);

impl Passages {
    fn of(excerpts: &[Excerpt]) -> Self {
        let mut out: BTreeMap<EvidenceId, Vec<Sealed>> = BTreeMap::new();
        for e in excerpts {
            let Some(mail) = e.mail else { continue };
            let part = e.part.clone();
            let run = u64::from(e.run);
            out.entry(mail).or_default().push(Sealed { document: e.document.raw().to_owned(), part, run });
        }
        Self(out)
    }

    fn in_mail(&self, mail: EvidenceId) -> &[Sealed] {
        self.0.get(&mail).map_or(&[], Vec::as_slice)
    }
}

/// The numbers of these people; who is not among the actors is put at their end.
fn people(names: &[(Sort, Quote)], actors: &mut Vec<ActorInfo>) -> Vec<ActorNo> {
    let id = |(sort, name): &(Sort, Quote)| Hashed::of(&[*sort as u8], name.raw().as_bytes()).id;
    let ids: Vec<u64> = names.iter().map(id).collect();
    let mut numbers: BTreeMap<u64, Option<ActorNo>> = ids.iter().map(|id| (*id, None)).collect();
    for (no, actor) in (0..).map(ActorNo).zip(actors.iter()) {
        if let Some(number) = numbers.get_mut(&actor.id) {
            *number = Some(no);
        }
    }
    let number = |((sort, name), id): (&(Sort, Quote), &u64)| {
        *numbers.entry(*id).or_default().get_or_insert_with(|| {
            actors.push(ActorInfo { id: *id, sort: *sort, name: name.clone(), traces: 0, records: 0 });
            ActorNo(actors.len() as u32 - 1)
        })
    };
    names.iter().zip(&ids).map(number).collect()
}

/// Which sheets are kept.
#[derive(Clone)]
enum Wanted {
    /// Those a reader must know of.
    Told,
    /// That of the mail in this evidence.
    Evidence(EvidenceId),
    /// Those of mails with this Message-ID.
    Id(String),
}

/// Judges mail by mail.
struct Desk<'a> {
    context: &'a Context,
    sealed: &'a Passages,
    wanted: Wanted,
    sheets: Vec<(Quote, Sheet)>,
    judged: u64,
}

impl<'a> Desk<'a> {
    fn new(context: &'a Context, sealed: &'a Passages, wanted: Wanted) -> Self {
        Self { context, sealed, wanted, sheets: Vec::new(), judged: 0 }
    }

    fn asked_for(&self, mail: &Mail<'_>, place: Place) -> bool {
        match &self.wanted {
            Wanted::Told => true,
            Wanted::Evidence(id) => place.evidence == *id,
            Wanted::Id(id) => mail.message_id == id,
        }
    }
}

impl Sink for Desk<'_> {
    fn opened(&mut self, _: &Opened) {}

    fn record(&mut self, place: Place, record: &Record<'_>) {
        let Record::Mail(mail) = record else { return };
        if !self.asked_for(mail, place) {
            return;
        }
        self.judged += 1;
        let sheet = triage::judge(mail, place, self.context, self.sealed.in_mail(place.evidence));
        if !matches!(self.wanted, Wanted::Told) || told(&sheet) {
            self.sheets.push((sender(record, &sheet), sheet));
        }
    }

    fn note(&mut self, _: Note) {}
    fn closed(&mut self, _: &Closed) {}
    fn seals(&self) -> bool {
        false
    }
}

/// True where a finding may be made of it.
fn told(sheet: &Sheet) -> bool {
    let purpose = TOLD.contains(&sheet.purpose.as_str()) && sheet.grade >= Grade::Supported;
    purpose || sheet.lines.iter().chain(&sheet.against).any(|l| l.sign == "look-alike-sender")
}

/// Whose mail the sheet is about, as traces name mailboxes.
fn sender(record: &Record<'_>, sheet: &Sheet) -> Quote {
    let own = traces::who(record).map(|w| Quote::from(&*w.1)).unwrap_or_default();
    let about = sheet.from.raw().trim().to_lowercase();
    // Of a mail passed on as text the sheet names who sent that, the record who passed it on.
    if sheet.rescued.is_some() && about.contains('@') { Quote::from(about) } else { own }
}
