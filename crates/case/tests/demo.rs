//! What was planted is found, and its innocent twins are left alone: the whole flow over synthetic cases.
//!
//! The rules were written looking at seeds 1 to 8; these are others. Every miss of a seed is told, not only the first.
#![allow(clippy::disallowed_methods)] // tests touch disk

use case::{Case, Inputs, Run};
use demo::Planted;
use model::{Confidence, Dossier, Finding, Settings, When};
use std::collections::BTreeSet;

const SEEDS: std::ops::RangeInclusive<u64> = 101..=106;
const DAY: i64 = 86_400_000;

fn investigate(seed: u64) -> (Dossier, Planted) {
    let made = demo::make(seed);
    let dir = tempfile::tempdir().expect("a folder");
    for file in &made.files {
        let path = dir.path().join("evidence").join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, &file.bytes).expect("written");
    }
    let now = When(1_767_225_600_000_000);
    let mut settings = Settings::default();
    settings.protect.outlets.clone_from(&made.planted.protected);
    let mut case = Case::make(&dir.path().join("case"), &settings, now).expect("a case");
    let (seal, key) = seal(&made);
    case.hold(seal, key).expect("our seal");
    let inputs = Inputs { paths: vec![dir.path().join("evidence")], stdin: None };
    (case.investigate(inputs, &Run::quiet(now)).expect("a dossier"), made.planted)
}

/// The campaign's memos under a seal.
fn seal(made: &demo::Case) -> (Vec<u8>, leaks::Key) {
    let key = leaks::Key::new([9; 32]);
    let mut sealer = leaks::Sealer::new(&key);
    for file in made.files.iter().filter(|f| made.planted.documents.contains(&f.path)) {
        let root = evidence::Root {
            id: model::EvidenceId(1),
            sha256: [0; 32],
            name: file.path.as_str().into(),
            bytes: std::sync::Arc::new(file.bytes.clone()),
        };
        let mut words = Words(String::new());
        evidence::read(&root, &Settings::default(), None, &mut words);
        sealer.add(&file.path, &words.0, &[]).expect("short");
    }
    (sealer.seal().seal.write(&key).expect("small"), key)
}

struct Words(String);

impl evidence::Sink for Words {
    fn opened(&mut self, _: &evidence::Opened) {}
    fn record(&mut self, _: model::Place, record: &model::Record<'_>) {
        leaks::texts(record, "\n\n").iter().for_each(|t| self.0.push_str(&t.words));
    }
    fn note(&mut self, _: model::Note) {}
    fn closed(&mut self, _: &evidence::Closed) {}
}

/// A dossier beside the truth, and what is wrong with it.
struct Trial {
    dossier: Dossier,
    planted: Planted,
    wrong: Vec<String>,
    /// The farm's burst before the vote was found.
    burst: bool,
    /// Clones whose names were not told.
    unnamed: usize,
}

impl Trial {
    fn actors(&self, finding: &Finding) -> BTreeSet<String> {
        finding.actors.iter().map(|a| handle(self.dossier.actors[a.0 as usize].name.raw())).collect()
    }

    fn of(&self, kind: &'static str) -> impl Iterator<Item = &Finding> {
        self.dossier.findings.iter().filter(move |f| f.kind == kind)
    }

    fn must(&mut self, what: &str, holds: bool) {
        if !holds {
            self.wrong.push(what.to_owned());
        }
    }

    fn quotes(finding: &Finding, value: &str) -> bool {
        let digits = value.rsplit('-').next().unwrap_or(value);
        finding.witnesses.get().iter().any(|w| w.quote.raw().ends_with(digits))
    }

    fn farm(&mut self) {
        let farm: BTreeSet<String> = self.planted.farm.iter().map(|a| handle(a)).collect();
        let most = |f: &&Finding| {
            let actors = self.actors(f);
            inside(&actors, &farm) * 5 >= farm.len() * 4 && actors.difference(&farm).count() <= 1
        };
        let lockstep = self.of("lockstep").any(|f| most(&f));
        let pasted = self.of("copy-paste").any(|f| most(&f) && f.confidence >= Confidence::Moderate);
        let (from, to) = (day(&self.planted.raised_from), day(&self.planted.vote) + DAY);
        let overlaps =
            |f: &Finding| f.first.is_some_and(|w| w.0 / 1000 < to) && f.last.is_some_and(|w| w.0 / 1000 >= from);
        let burst = self.of("burst").any(|f| most(&f) && overlaps(f));
        self.must("the farm in lockstep", lockstep);
        self.must("the farm's lines, moderate or more", pasted);
        self.burst = burst;
    }

    fn mail(&mut self) {
        let senders: BTreeSet<String> = self.planted.wave_senders.iter().cloned().collect();
        let waves = || self.of("mail-wave").map(|f| self.actors(f));
        let found = waves().any(|a| inside(&a, &senders) * 10 >= senders.len() * 7);
        let newsletter = waves().any(|a| a.contains(&self.planted.newsletter_sender));
        let strangers = waves().flatten().filter(|a| !senders.contains(a) && *a != self.planted.phish_sender).count();
        let phish = waves().any(|a| a.contains(&self.planted.phish_sender));
        self.must("the wave of excerpts", found);
        self.must("the newsletter left alone", !newsletter);
        self.must("nobody else in a wave", strangers == 0);
        self.must("the phish", phish);
    }

    /// What single mails say: the lure and its like name, the excerpts of the sealed memos, and nobody else's mail.
    fn sheets(&mut self) {
        let all = |kind: &'static str| -> BTreeSet<String> { self.of(kind).flat_map(|f| self.actors(f)).collect() };
        let phisher = BTreeSet::from([self.planted.phish_sender.clone()]);
        let senders: BTreeSet<String> = self.planted.wave_senders.iter().cloned().collect();
        let mut known = senders.clone();
        known.extend(self.planted.lookalike_sites.iter().cloned());
        let (phish, like, told, sealed) =
            (all("phish"), all("look-alike-sender"), all("unsolicited-disclosure"), all("sealed-excerpt"));
        let firm = self.of("phish").all(|f| f.confidence >= Confidence::Moderate);
        self.must(&format!("the phish and no other: {phish:?}"), phish == phisher && firm);
        self.must(&format!("the like name and no other: {like:?}"), like == phisher);
        self.must(&format!("all who passed on the memos: {told:?}"), told == senders);
        let found = senders.is_subset(&sealed);
        self.must(
            &format!("the sealed words of all of them, and of no other: {sealed:?}"),
            found && sealed.is_subset(&known),
        );
    }

    fn bridges(&mut self) {
        let sites: BTreeSet<String> = self.planted.lookalike_sites.iter().cloned().collect();
        let id = self.of("bridge").any(|f| Self::quotes(f, &self.planted.advertising_id) && self.actors(f) == sites);
        let picture = self.of("bridge").any(|f| Self::quotes(f, &self.planted.altered_picture));
        let farm: BTreeSet<String> = self.planted.farm.iter().map(|a| handle(a)).collect();
        let pushed = self.of("bridge").any(|f| {
            let actors = self.actors(f);
            inside(&actors, &farm) * 2 >= farm.len() && inside(&actors, &sites) >= 1
        });
        self.must("the shared advertising id", id);
        self.must("the altered picture", picture);
        self.must("the farm that pushes the look-alike sites", pushed);
    }

    /// The names of the two clones and no other name of the outlets' kind.
    fn names(&mut self) {
        let named = |f: &Finding| f.tables[0].rows[0][0].raw().to_owned();
        let told: BTreeSet<String> = self.of("look-alike-domain").map(named).collect();
        let mut known: BTreeSet<String> = self.planted.lookalike_sites.iter().cloned().collect();
        let firm = self.of("look-alike-domain").any(|f| f.confidence >= Confidence::Moderate);
        self.unnamed = known.difference(&told).count();
        // The phish writes from a name like a campaign's, which the list of outlets need not hold.
        known.insert(self.planted.phish_host.clone());
        let both = told.is_subset(&known) && firm;
        self.must(&format!("a clone's name, moderate or more, and no other: {told:?}"), both);
    }

    /// The two clones, each told as built from an outlet's pages, and both as one network; nobody else.
    fn fronts(&mut self) {
        let sites: BTreeSet<String> = self.planted.lookalike_sites.iter().cloned().collect();
        let outlets: BTreeSet<String> = self.planted.imitated_sites.iter().cloned().collect();
        let cloned: Vec<BTreeSet<String>> = self.of("cloned-outlet").map(|f| self.actors(f)).collect();
        let copies: BTreeSet<String> = cloned.iter().flatten().filter(|a| !outlets.contains(*a)).cloned().collect();
        self.must(&format!("both clones and no other: {cloned:?}"), copies == sites);
        let nets: Vec<BTreeSet<String>> = self.of("fabricated-network").map(|f| self.actors(f)).collect();
        let firm = self.of("fabricated-network").all(|f| f.confidence >= Confidence::Moderate);
        self.must(&format!("one network of the two: {nets:?}"), nets == [sites] && firm);
    }

    fn innocent(&mut self) {
        let twins = [
            ("the fan club", self.planted.fan_club.clone()),
            ("the agency's papers", self.planted.syndicating_sites.clone()),
            ("the newsletter", vec![self.planted.newsletter_sender.clone()]),
        ];
        for (name, of) in twins {
            let of: BTreeSet<String> = of.iter().map(|a| handle(a)).collect();
            let loud = self.dossier.findings.iter().any(|f| {
                let actors = self.actors(f);
                f.confidence > Confidence::Low && inside(&actors, &of) * 2 > actors.len()
            });
            self.must(&format!("{name} left alone"), !loud);
        }
        let against = |f: &&Finding| f.chance.observed <= f.chance.expected;
        let explained = self.dossier.findings.iter().filter(against).count();
        self.must("nothing that chance explains", explained == 0);
        let loud = self.of("copy-paste").filter(|f| f.confidence > Confidence::Low);
        let farm: BTreeSet<String> = self.planted.farm.iter().map(|a| handle(a)).collect();
        let crowds = loud.filter(|f| inside(&self.actors(f), &farm) == 0);
        let crowds = crowds.count();
        self.must("no lines of people who only talk alike", crowds == 0);
    }
}

/// Accounts without their platform, whose name depends on the shape of the export.
fn handle(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_lowercase()
}

fn inside(actors: &BTreeSet<String>, of: &BTreeSet<String>) -> usize {
    actors.intersection(of).count()
}

/// Midnight of `YYYY-MM-DD`, in milliseconds.
fn day(text: &str) -> i64 {
    let parts: Vec<i64> = text.split('-').map(|p| p.parse().expect("a number")).collect();
    When::from_civil(parts[0], parts[1] as u32, parts[2] as u32, 0, 0, 0).expect("a day").0 / 1000
}

#[test]
fn what_was_planted_is_found_and_its_twins_are_not() {
    let (mut wrong, mut quiet, mut unnamed) = (Vec::new(), 0, 0);
    for seed in SEEDS {
        let (dossier, planted) = investigate(seed);
        let mut trial = Trial { dossier, planted, wrong: Vec::new(), burst: false, unnamed: 0 };
        trial.farm();
        trial.mail();
        trial.sheets();
        trial.bridges();
        trial.names();
        trial.fronts();
        trial.innocent();
        for f in &trial.dossier.findings {
            let (c, k) = (f.confidence.word(), &f.kind);
            eprintln!(
                "{seed} {c:8} {k:10} {} | {:.1} of {:.2} {:?}",
                f.title, f.chance.observed, f.chance.expected, f.chance.p
            );
        }
        quiet += usize::from(!trial.burst);
        unnamed += trial.unnamed;
        wrong.extend(trial.wrong.into_iter().map(|w| format!("seed {seed}: {w}")));
    }
    // A farm that also chats steadily may stay below the bound on p: one in six may be missed.
    assert!(quiet * 6 <= SEEDS.count(), "no burst of the farm in {quiet} cases");
    // A slip in a name made of the case's commonest words may stay below the bits asked for: one in twelve may be missed.
    assert!(unnamed * 6 <= SEEDS.count(), "{unnamed} clones' names not told");
    assert!(wrong.is_empty(), "missing or wrong:\n{}", wrong.join("\n"));
}
