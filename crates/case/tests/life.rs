//! How a case lives: the same bytes however it came about, nothing lost, nothing believed that was changed.
#![allow(clippy::disallowed_methods)] // a test of files touches files

use case::{Act, Case, Error, Inputs, Run};
use model::{Code, Dossier, Settings, Verdict, When};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const NOW: When = When(1_800_000_000_000_000);

/// Evidence of the demo in a folder of its own.
fn evidence() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for file in demo::make(7).files {
        let path = dir.path().join("evidence").join(&file.path);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, file.bytes).expect("a file");
    }
    dir
}

fn top(dir: &TempDir) -> PathBuf {
    dir.path().join("evidence")
}

fn inputs(paths: &[PathBuf]) -> Inputs<'static> {
    Inputs { paths: paths.to_vec(), stdin: None }
}

fn investigate(dir: &Path, paths: &[PathBuf], run: &Run<'_>) -> Dossier {
    let mut case = Case::make(dir, &Settings::default(), NOW).expect("a case");
    case.investigate(inputs(paths), run).expect("an investigation")
}

/// Everything a reader gets: the dossier and the page.
fn made(dir: &Path) -> (Vec<u8>, Vec<u8>) {
    (fs::read(dir.join("derived/dossier.json")).expect("dossier"), fs::read(dir.join("report.html")).expect("page"))
}

#[test]
fn the_same_evidence_gives_the_same_bytes() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let case = |name: &str| to.path().join(name);
    investigate(&case("once"), &[top(&from)], &Run::quiet(NOW));
    let once = made(&case("once"));

    investigate(&case("threads"), &[top(&from)], &Run { threads: 4, ..Run::quiet(NOW) });
    assert!(made(&case("threads")) == once, "threads change the result");

    investigate(&case("spread"), &[top(&from)], &Run { in_memory: 1000, ..Run::quiet(NOW) });
    assert!(made(&case("spread")) == once, "a table on disk changes the result");

    investigate(&case("again"), &[top(&from)], &Run::quiet(NOW));
    investigate(&case("again"), &[top(&from)], &Run::quiet(NOW));
    assert!(made(&case("again")) == once, "doing it again changes the result");
}

#[test]
fn evidence_added_bit_by_bit_gives_the_same_findings() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let (whole, bits) = (to.path().join("whole"), to.path().join("bits"));
    let mut parts: Vec<PathBuf> = fs::read_dir(top(&from)).expect("folder").map(|e| e.expect("entry").path()).collect();
    parts.sort();
    let all = investigate(&whole, &parts, &Run::quiet(NOW));
    for part in parts.iter().rev() {
        investigate(&bits, std::slice::from_ref(part), &Run::quiet(NOW));
    }
    assert!(!all.findings.is_empty());
    assert!(made(&bits) == made(&whole), "the order of adding shows");
}

/// What is found about whom, and how surely. How many accounts a case has stands in some of the expected numbers.
fn said(dossier: &Dossier) -> Vec<(String, Vec<String>, String)> {
    let name = |a: &model::ActorNo| dossier.actors[a.0 as usize].name.raw().to_owned();
    let each = dossier.findings.iter().map(|f| {
        let mut actors: Vec<String> = f.actors.iter().map(name).collect();
        actors.sort();
        (f.id.clone(), actors, format!("{:?}", f.confidence))
    });
    each.collect()
}

/// Every link of every network, by name, and what it says.
fn edges(dossier: &Dossier) -> Vec<String> {
    let name = |at: u32| dossier.actors[at as usize].name.raw();
    let links = dossier.networks.iter().flat_map(|n| &n.links);
    let mut edges: Vec<String> = links
        .map(|l| format!("{} {} {} {:?} {} {}", name(l.a), name(l.b), l.weight, l.kinds, l.expected, l.q))
        .collect();
    edges.sort();
    edges
}

/// Evidence is numbered by its hash and accounts by name: neither number may show.
#[test]
fn evidence_that_has_nothing_to_do_with_it_changes_nothing() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let alone = investigate(&to.path().join("alone"), &[top(&from)], &Run::quiet(NOW));
    assert!(!alone.findings.is_empty() && !edges(&alone).is_empty());
    for n in 0..4 {
        let other = to.path().join(format!("{n}.csv"));
        let post = format!(
            "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n\
             {n},0,0,,,The garden club cut hedge number {n} of the lane today,,\n"
        );
        fs::write(&other, post).expect("a file");
        let beside = investigate(&to.path().join(format!("beside-{n}")), &[top(&from), other], &Run::quiet(NOW));
        assert_eq!(edges(&beside), edges(&alone), "a stranger's file changes links");
        assert_eq!(said(&beside), said(&alone), "a stranger's file changes findings");
    }
}

#[test]
fn a_killed_run_goes_on_where_it_stopped() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let (whole, torn) = (to.path().join("whole"), to.path().join("torn"));
    investigate(&whole, &[top(&from)], &Run::quiet(NOW));
    investigate(&torn, &[top(&from)], &Run::quiet(NOW));

    // What a kill leaves behind at the worst moments: half a line, half a copy, half a segment, half a dossier.
    let ledger = fs::read(torn.join("ledger.jsonl")).expect("ledger");
    let cut = ledger.len() - 40;
    fs::write(torn.join("ledger.jsonl"), &ledger[..cut]).expect("torn line");
    fs::write(torn.join("evidence/incoming-1"), b"half").expect("half a copy");
    let segments = torn.join("derived/segments");
    for entry in fs::read_dir(&segments).expect("segments") {
        let path = entry.expect("entry").path();
        fs::rename(&path, path.with_extension("part")).expect("half a segment");
    }
    fs::write(torn.join("derived/dossier.json"), b"{\"title\":").expect("half a dossier");

    investigate(&torn, &[top(&from)], &Run::quiet(NOW));
    assert!(made(&torn) == made(&whole));
    let case = Case::open(&torn).expect("the chain holds again");
    assert!(case.verify(&Run::quiet(NOW)).expect("checked").holds());
}

#[test]
fn what_was_changed_is_told() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    investigate(&dir, &[top(&from)], &Run::quiet(NOW));
    let verified = Case::open(&dir).expect("case").verify(&Run::quiet(NOW)).expect("checked");
    assert!(verified.holds(), "{verified:?}");

    let sealed = Case::open(&dir).expect("case").ledger().seals()[3].0.to_owned();
    let path = dir.join("evidence").join(&sealed[..2]).join(&sealed);
    let mut bytes = fs::read(&path).expect("sealed");
    bytes[0] ^= 1;
    fs::remove_file(&path).expect("read-only, but ours");
    fs::write(&path, &bytes).expect("changed");
    let verified = Case::open(&dir).expect("case").verify(&Run::quiet(NOW)).expect("checked");
    let wrong: Vec<_> = verified.checks.iter().filter_map(|c| c.wrong.as_deref()).collect();
    assert!(wrong.iter().any(|w| w.contains("the bytes changed")), "{wrong:?}");
    bytes[0] ^= 1;
    fs::write(&path, &bytes).expect("mended");

    let dossier = fs::read_to_string(dir.join("derived/dossier.json")).expect("dossier");
    fs::write(dir.join("derived/dossier.json"), dossier.replacen("high", "low", 1)).expect("changed");
    let verified = Case::open(&dir).expect("case").verify(&Run::quiet(NOW)).expect("checked");
    assert!(!verified.holds());

    let ledger = fs::read_to_string(dir.join("ledger.jsonl")).expect("ledger");
    for (changed, line) in [
        (ledger.replacen("\"bytes\":", "\"bytes\":1", 1), 3),
        (ledger.lines().enumerate().filter(|(i, _)| *i != 4).map(|(_, l)| format!("{l}\n")).collect(), 5),
    ] {
        fs::write(dir.join("ledger.jsonl"), changed).expect("changed");
        assert!(matches!(Case::open(&dir), Err(Error::Ledger { line: l, .. }) if l == line));
    }
}

#[test]
fn a_ruling_is_kept_and_can_be_taken_back() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    let found = investigate(&dir, &[top(&from)], &Run::quiet(NOW));
    let id = found.findings[0].id.clone();
    let run = Run::quiet(NOW);

    let mut case = Case::open(&dir).expect("case");
    let before = made(&dir);
    assert_eq!(case.rule(&id[..8], Verdict::Dismissed, "a <b>fan</b> club", "Ann", &run).expect("ruled"), id);
    let ruled = case.dossier().expect("dossier");
    assert_eq!(ruled.ruling(&id).map(|r| r.verdict), Some(Verdict::Dismissed));
    assert!(String::from_utf8_lossy(&made(&dir).1).contains("a &lt;b&gt;fan&lt;/b&gt; club"));
    assert!(matches!(case.rule("f:zzzz", Verdict::Upheld, "", "", &run), Err(Error::Unknown(_))));
    assert!(matches!(case.rule("f:", Verdict::Upheld, "", "", &run), Err(Error::Ambiguous { .. })));

    case.undo(&run).expect("taken back");
    assert_eq!(case.dossier().expect("dossier").ruling(&id), None);
    assert!(made(&dir) == before);
    drop(case);

    // A ruling outlives new evidence.
    let mut case = Case::open(&dir).expect("case");
    case.rule(&id, Verdict::Upheld, "seen the accounts", "Ann", &run).expect("ruled");
    let extra = from.path().join("more.txt");
    fs::write(&extra, "A few words that were handed in later, about nothing in particular at all.").expect("file");
    let grown = case.investigate(inputs(&[extra]), &run).expect("grown");
    assert_eq!(grown.ruling(&id).map(|r| r.verdict), Some(Verdict::Upheld));
    assert_eq!(grown.method.files, found.method.files + 1);

    // The last act was adding the file; the one before, the ruling.
    assert!(matches!(case.undo(&run).expect("taken back").act, Act::Adding { .. }));
    assert_eq!(case.dossier().expect("dossier").method.files, found.method.files);
    assert!(matches!(case.undo(&run).expect("taken back").act, Act::Ruled { .. }));
    assert!(case.verify(&run).expect("checked").holds());
}

#[test]
fn what_cannot_be_read_is_in_the_report() {
    let from = tempfile::tempdir().expect("a folder");
    let folder = from.path().join("in");
    fs::create_dir_all(folder.join("deeper")).expect("folder");
    fs::write(folder.join("noise.bin"), [0_u8, 1, 2, 255, 254, 0, 7]).expect("file");
    fs::write(folder.join("deeper/empty"), b"").expect("file");
    fs::write(folder.join("twice-a.txt"), b"The same words in two files, long enough to be text.").expect("file");
    fs::write(folder.join("twice-b.txt"), b"The same words in two files, long enough to be text.").expect("file");
    std::os::unix::fs::symlink(&folder, folder.join("deeper/loop")).expect("link");
    let to = tempfile::tempdir().expect("a folder");
    let d = investigate(&to.path().join("case"), &[folder], &Run::quiet(NOW));
    assert!(d.incomplete());
    assert_eq!(d.notes_of(Code::Unrecognised).len(), 1, "{:?}", d.notes);
    let link = d.evidence.iter().find(|e| e.names[0].raw() == "in/deeper/loop").expect("the link is listed");
    assert!(d.notes.iter().any(|n| n.evidence.to_string() == link.id && n.text.raw().contains("not followed")));
    let twice = d.evidence.iter().find(|e| e.names.len() == 2).expect("the same bytes are one piece of evidence");
    assert_eq!(twice.names.iter().map(model::Quote::raw).collect::<Vec<_>>(), ["in/twice-a.txt", "in/twice-b.txt"]);
}

#[test]
fn standard_input_is_evidence_too() {
    let to = tempfile::tempdir().expect("a folder");
    let mut case = Case::make(&to.path().join("case"), &Settings::default(), NOW).expect("a case");
    let mut bytes: &[u8] =
        b"object_id,account_id,content_id,timestamp_share\no1,a1,c1,1700000000\no1,a2,c2,1700000005\n";
    let d = case.investigate(Inputs { paths: Vec::new(), stdin: Some(&mut bytes) }, &Run::quiet(NOW)).expect("done");
    assert_eq!((d.method.files, d.method.records), (1, 2));
    assert_eq!(d.evidence[0].names[0].raw(), "-");
}

#[test]
fn a_case_in_use_is_not_touched_and_a_folder_of_others_is_not_a_case() {
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    let held = Case::make(&dir, &Settings::default(), NOW).expect("a case");
    assert!(matches!(Case::open(&dir), Err(Error::Busy(_))));
    drop(held);
    assert!(Case::open(&dir).is_ok());
    fs::write(to.path().join("mine.txt"), b"x").expect("file");
    assert!(matches!(Case::make(to.path(), &Settings::default(), NOW), Err(Error::NotACase(_))));
}

#[test]
fn settings_in_force_are_those_of_the_case() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    let found = investigate(&dir, &[top(&from)], &Run::quiet(NOW));
    assert!(!found.networks.is_empty());
    let path = dir.join("case.toml");
    let text = fs::read_to_string(&path).expect("settings");
    fs::write(&path, text.replace("min-objects = 2", "min-objects = 100000")).expect("changed");
    let none = Case::open(&dir).expect("case").investigate(Inputs::default(), &Run::quiet(NOW)).expect("done");
    assert!(none.networks.is_empty());
    fs::write(&path, "[links]\nfdrr = 1").expect("changed");
    assert!(matches!(Case::open(&dir), Err(Error::Settings { .. })));
}

#[test]
fn everything_can_be_shown_with_its_bytes() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    let d = investigate(&dir, &[top(&from)], &Run::quiet(NOW));
    let case = Case::open(&dir).expect("case");
    let run = Run::quiet(NOW);
    let lockstep = d.findings.iter().find(|f| f.kind == "lockstep").expect("a network was planted");
    let shown = case.show(&lockstep.id, &run).expect("shown");
    assert_eq!(shown.places.len(), lockstep.witnesses.get().len());
    for (_, place, bytes) in &shown.places {
        assert!(!bytes.is_empty(), "no bytes at {place}");
    }
    for id in [&d.networks[0].id, &d.actors[0].id, &d.evidence[0].id] {
        assert_eq!(&case.show(id, &run).expect("shown").id, id);
    }
    assert!(matches!(case.show("a:0000", &run), Err(Error::Unknown(_) | Error::Ambiguous { .. })));
}

#[test]
fn what_new_evidence_changed_is_told() {
    let from = evidence();
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    let mut parts: Vec<PathBuf> =
        fs::read_dir(top(&from)).expect("there").map(|entry| entry.expect("an entry").path()).collect();
    parts.sort();
    let before = investigate(&dir, &parts[..1], &Run::quiet(NOW));
    let mut case = Case::open(&dir).expect("case");
    assert!(case.changes().is_none(), "the first investigation has nothing before it");
    let after = case.investigate(inputs(&parts), &Run::quiet(NOW)).expect("done");
    let changes = case.changes().expect("something was added").clone();
    let ids = |d: &Dossier| d.findings.iter().map(|f| f.id.clone()).collect::<std::collections::BTreeSet<_>>();
    let told: std::collections::BTreeSet<String> =
        changes.0.iter().filter(|c| (c.of, c.word) == ("finding", "new")).map(|c| c.id.clone()).collect();
    assert_eq!(told, &ids(&after) - &ids(&before));
    assert!(!told.is_empty() && dir.join("changes.md").exists());
    case.investigate(inputs(&parts), &Run::quiet(NOW)).expect("done");
    assert_eq!(case.changes(), Some(&changes), "what is not done again changes nothing");

    let run = Run::quiet(NOW);
    let line = case.undo(&run).expect("the addition is taken back");
    assert!(matches!(line.act, Act::Adding { .. }));
    let gone =
        case.changes().expect("evidence went").0.iter().filter(|c| (c.of, c.word) == ("finding", "gone")).count();
    assert_eq!(gone, (&ids(&after) - &ids(&before)).len());
}

#[test]
fn a_changed_file_is_sealed_anew_whatever_its_times_say() {
    let to = tempfile::tempdir().expect("a folder");
    let (dir, file) = (to.path().join("case"), to.path().join("note.txt"));
    fs::write(&file, "one and the same length").expect("a file");
    let then = fs::metadata(&file).expect("there").modified().expect("known");
    assert_eq!(investigate(&dir, std::slice::from_ref(&file), &Run::quiet(NOW)).method.files, 1);
    assert!(dir.join("derived/stats.json").exists());
    assert_eq!(investigate(&dir, std::slice::from_ref(&file), &Run::quiet(NOW)).method.files, 1);
    fs::write(&file, "two and the same length").expect("a file");
    fs::File::options().write(true).open(&file).expect("there").set_modified(then).expect("set back");
    assert_eq!(investigate(&dir, &[file], &Run::quiet(NOW)).method.files, 2);
}

#[test]
fn many_may_look_while_nobody_works() {
    let to = tempfile::tempdir().expect("a folder");
    let dir = to.path().join("case");
    drop(Case::make(&dir, &Settings::default(), NOW).expect("a case"));
    let (one, two) = (Case::look(&dir), Case::look(&dir));
    assert!(one.is_ok() && two.is_ok());
    assert!(matches!(Case::open(&dir), Err(Error::Busy(_))));
    drop((one, two));
    let work = Case::open(&dir);
    assert!(work.is_ok() && matches!(Case::look(&dir), Err(Error::Busy(_))));
}
