//! What is handed on says what is proven and what is not, and whatever was done to it is named.
#![allow(clippy::disallowed_methods)] // tests touch disk

use case::{Case, Handing, Inputs, Packed, Received, Run, Trusts, receive};
use handover::{Key, Manifest, Opened, Packer, Sorts};
use model::{Settings, Tlp, Verdict, When};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

const NOW: When = When(1_800_000_000_000_000);
const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../handover/tests/keys");

/// One case of the demo, with a ruling, copied for each test.
fn case() -> (TempDir, PathBuf) {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a folder");
        for file in demo::make(7).files {
            let path = dir.path().join("evidence").join(&file.path);
            fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
            fs::write(path, file.bytes).expect("a file");
        }
        let mut case = Case::make(&dir.path().join("case"), &Settings::default(), NOW).expect("a case");
        let inputs = Inputs { paths: vec![dir.path().join("evidence")], stdin: None };
        let dossier = case.investigate(inputs, &Run::quiet(NOW)).expect("a dossier");
        let last = dossier.findings.last().expect("findings").id.clone();
        case.rule(&last, Verdict::Dismissed, "asked them", "ann", &Run::quiet(NOW)).expect("ruled");
        dir
    });
    let to = tempfile::tempdir().expect("a folder");
    let from = made.path().join("case");
    copy(&from, &to.path().join("case"));
    let dir = to.path().join("case");
    (to, dir)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("reads") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { fs::copy(&from, &to).map(|_| ()).expect("copies") }
    }
}

fn key(seed: u8) -> Key {
    Key::of_seed([seed; 32])
}

fn package(dir: &Path, asked: Handing, out: &Path) -> Packed {
    Case::open(dir).expect("opens").package(asked, out, &Run::quiet(NOW)).expect("packs")
}

fn check(zip: &Path, signers: Option<&str>) -> Received {
    let signers = signers.map(|name| Path::new(KEYS).join(name));
    receive(zip, Trusts { signers: signers.as_deref(), ..Trusts::default() }, &Run::quiet(NOW)).expect("a handover")
}

fn wrong(received: &Received) -> Vec<String> {
    let wrong = received.checks.checks.iter().filter_map(|c| Some((c.what.raw(), c.wrong.as_ref()?)));
    wrong.map(|(what, why)| format!("{what}: {why}")).collect()
}

/// All files of a handover.
fn files(zip: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = Opened::new(BufReader::new(File::open(zip).expect("opens"))).expect("a handover");
    let paths: Vec<String> = zip.manifest.files.iter().map(|f| f.path.clone()).collect();
    paths.into_iter().map(|p| (p.clone(), zip.bytes(&p).expect("reads").expect("there"))).collect()
}

/// A handover that someone else made from this one's files: its list and hashes are right again.
fn forge(zip: &Path, key: Option<Key>, change: impl Fn(&str, Vec<u8>, &mut Manifest) -> Vec<u8>) -> PathBuf {
    let mut manifest = Opened::new(BufReader::new(File::open(zip).expect("opens"))).expect("a handover").manifest;
    let out = zip.with_extension("forged.zip");
    let mut packer = Packer::new(File::create(&out).expect("a file"));
    for (path, bytes) in files(zip) {
        let bytes = change(&path, bytes, &mut manifest);
        packer.file(&path, &mut &bytes[..]).expect("packs");
    }
    packer.finish(manifest, &|bytes| key.as_ref().map(|k| k.sign(bytes)).transpose()).expect("ends");
    out
}

#[test]
fn a_whole_case_is_proven_to_the_last_byte() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    let asked = || Handing { to: "a newsroom".into(), tlp: Some(Tlp::Green), key: Some(key(1)), ..Handing::default() };
    package(&dir, asked(), &zip);
    let received = check(&zip, Some("one.pub"));
    assert_eq!(wrong(&received), [""; 0]);
    assert!(received.proven.iter().any(|p| p.contains("byte for byte")), "{:?}", received.proven);
    assert_eq!(received.manifest.tlp, "green");
    let again = to.path().join("again.zip");
    package(&dir, asked(), &again);
    assert!(fs::read(&zip).expect("one") == fs::read(&again).expect("two"), "the same case gives the same bytes");
}

#[test]
fn any_altered_byte_is_named() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    package(&dir, Handing { hashes_only: true, ..Handing::default() }, &zip);
    let bytes = fs::read(&zip).expect("reads");
    let altered = to.path().join("altered.zip");
    // Many bytes of the container's own parts at both ends, and some of the files between.
    let ends = (0..128).step_by(3).chain((bytes.len() - 2200..bytes.len()).step_by(7));
    for at in ends.chain((0..bytes.len()).step_by(bytes.len() / 64 + 1)) {
        let mut other = bytes.clone();
        other[at] ^= 1;
        fs::write(&altered, &other).expect("writes");
        match receive(&altered, Trusts::default(), &Run::quiet(NOW)) {
            Ok(received) => assert!(!received.checks.holds(), "byte {at} of {} may be altered", bytes.len()),
            Err(e) => assert!(e.to_string().contains("not a handover"), "{e}"),
        }
    }
    for more in [&b"x"[..], b"PK\x05\x06"] {
        fs::write(&altered, [&bytes[..], more].concat()).expect("writes");
        assert!(
            receive(&altered, Trusts::default(), &Run::quiet(NOW)).is_ok_and(|r| !r.checks.holds()),
            "bytes at the end"
        );
    }
}

/// Drops, swaps or changes lines of the ledger and lists everything anew.
#[test]
fn a_ledger_made_up_afterwards_is_named() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    package(&dir, Handing { hashes_only: true, ..Handing::default() }, &zip);
    type Change = fn(Vec<String>) -> Vec<String>;
    let changes: [(&str, Change); 4] = [
        ("act 6 is missing or out of order", |mut l| {
            l.remove(5);
            l
        }),
        ("act 6 is missing or out of order", |mut l| {
            l.swap(5, 6);
            l
        }),
        ("hash does not follow", |mut l| {
            let at = l.iter().position(|l| l.contains("dismissed")).expect("the ruling");
            l[at] = l[at].replace("dismissed", "upheld");
            l
        }),
        ("acts were dropped or added", |mut l| {
            l.pop();
            l
        }),
    ];
    for (said, change) in changes {
        let forged = forge(&zip, None, |path, bytes, _| match path {
            "ledger.jsonl" => {
                let lines = String::from_utf8(bytes).expect("text").lines().map(str::to_owned).collect();
                (change(lines).join("\n") + "\n").into_bytes()
            }
            _ => bytes,
        });
        let found = wrong(&check(&forged, None));
        assert!(found.iter().any(|w| w.contains(said)), "{said}: {found:?}");
    }
}

#[test]
fn a_foreign_key_is_named_and_no_key_is_said() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    package(&dir, Handing { hashes_only: true, key: Some(key(1)), ..Handing::default() }, &zip);
    assert_eq!(wrong(&check(&zip, None)), [""; 0]);
    let forged = forge(&zip, Some(key(2)), |_, bytes, _| bytes);
    let found = wrong(&check(&forged, Some("one.pub")));
    assert!(found.iter().any(|w| w.contains("none of the keys that you named")), "{found:?}");
    let bare = forge(&zip, None, |_, bytes, _| bytes);
    assert!(wrong(&check(&bare, Some("one.pub"))).iter().any(|w| w.contains("there is none")));
    assert!(check(&bare, None).unproven.iter().any(|u| u.contains("not signed")));
}

#[test]
fn evidence_is_held_to_its_seals() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    package(&dir, Handing::default(), &zip);
    let forged = forge(&zip, None, |path, mut bytes, _| {
        if path.starts_with("evidence/") {
            bytes.push(b'x');
        }
        bytes
    });
    assert!(wrong(&check(&forged, None)).iter().any(|w| w.contains("not those of the seal")));
    let forged = forge(&zip, None, |path, bytes, _| match path {
        "evidence.jsonl" => bytes[bytes.iter().position(|b| *b == b'\n').expect("lines") + 1..].to_vec(),
        _ => bytes,
    });
    assert!(wrong(&check(&forged, None)).iter().any(|w| w.contains("do not come to the root")));
    // A dossier made up, with everything listed anew: making it again tells.
    let forged = forge(&zip, None, |path, bytes, _| match path {
        "derived/dossier.json" => String::from_utf8(bytes).expect("text").replace("\"high\"", "\"low\"").into_bytes(),
        _ => bytes,
    });
    assert!(!check(&forged, None).checks.holds());
}

#[test]
fn one_mail_of_many_is_shown_and_proven() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    let dossier = Case::look(&dir).expect("opens").dossier().expect("a dossier");
    let mail = dossier.evidence.iter().find(|e| e.parent.is_some() && e.format == "mail").expect("a mail").clone();
    let asked = || Handing {
        redact: Sorts { mailboxes: true, accounts: true },
        show: vec![mail.id.clone()],
        secret: [3; 32],
        ..Handing::default()
    };
    package(&dir, asked(), &zip);
    let received = check(&zip, None);
    assert_eq!(wrong(&received), [""; 0]);
    assert!(received.proven.iter().any(|p| p.contains(&mail.id)), "{:?}", received.proven);
    let shown = files(&zip).into_iter().find(|f| f.0 == format!("shown/{}", mail.id.replace(':', "-"))).expect("it");
    assert_eq!(shown.1.len() as u64, mail.bytes);
    let forged = forge(&zip, None, |path, mut bytes, _| {
        if path.starts_with("shown/") && !path.ends_with(".json") {
            bytes[0] ^= 1;
        }
        bytes
    });
    assert!(wrong(&check(&forged, None)).iter().any(|w| w.contains("other bytes")));
    let other = check(
        &forge(&zip, None, |path, bytes, m| {
            m.evidence.root = m.evidence.root.chars().rev().collect();
            let _ = path;
            bytes
        }),
        None,
    );
    assert!(wrong(&other).iter().any(|w| w.contains("does not lead to the root")));
}

/// Everything that names a person in the demo, in whatever the handover holds, also packed and coded.
#[test]
fn redaction_leaves_no_name() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    let before = Case::look(&dir).expect("opens").dossier().expect("a dossier");
    let asked = Handing {
        redact: Sorts { mailboxes: true, accounts: true },
        secret: [3; 32],
        key: Some(key(1)),
        ..Handing::default()
    };
    let packed = package(&dir, asked, &zip);
    assert_eq!(wrong(&check(&zip, Some("one.pub"))), [""; 0]);
    let all: String =
        files(&zip).into_iter().map(|(path, bytes)| path + &String::from_utf8_lossy(&bytes).to_lowercase()).collect();
    let named = before.actors.iter().filter(|a| matches!(a.sort, model::Sort::Account | model::Sort::Mailbox));
    let mut looked = 0;
    for actor in named {
        let name = actor.name.raw().to_lowercase();
        let bare = name.rsplit('/').next().unwrap_or(&name);
        assert!(!all.contains(bare), "{bare} got through");
        assert!(!all.contains(&actor.id[2..]), "the id of {bare} got through: a hash of its name");
        looked += 1;
    }
    assert!(looked > 30, "only {looked} names");
    for line in before.evidence.iter().filter(|e| e.parent.is_none() && e.format == "mbox") {
        let name = line.names[0].raw().rsplit('/').next().unwrap_or_default().to_lowercase();
        assert!(!all.contains(&name), "{name}, a mailbox's file, got through");
    }
    assert!(packed.names.len() > 30);
    assert!(!packed.manifest.files.iter().any(|f| f.path.starts_with("evidence")));
    // The same names in another handover, and others in another case.
    let second = to.path().join("two.zip");
    let asked = |secret| Handing { redact: Sorts { mailboxes: true, accounts: true }, secret, ..Handing::default() };
    assert_eq!(package(&dir, asked([3; 32]), &second).names, packed.names);
    assert_ne!(package(&dir, asked([4; 32]), &second).names, packed.names);
}

#[test]
fn only_some_findings_take_along_what_they_rest_on() {
    let (to, dir) = case();
    let zip = to.path().join("one.zip");
    let before = Case::look(&dir).expect("opens").dossier().expect("a dossier");
    let one = before.findings.iter().find(|f| f.kind == "mail-wave").expect("a wave").id.clone();
    let packed = package(&dir, Handing { only: vec![one[..8].to_owned()], ..Handing::default() }, &zip);
    let received = check(&zip, None);
    assert_eq!(wrong(&received), [""; 0]);
    assert!(received.manifest.ledger.withheld > 0);
    let sealed = before.evidence.iter().filter(|e| e.parent.is_none()).count() as u64;
    assert!(packed.evidence.0 > 0 && packed.evidence.0 < sealed, "{} of {sealed}", packed.evidence.0);
    let json = files(&zip).into_iter().find(|f| f.0 == "exports/case.json").expect("json").1;
    let part: model::Dossier = serde_json::from_slice(&json)
        .or_else(|_| {
            let value: serde_json::Value = serde_json::from_slice(&json).expect("json");
            serde_json::from_value(value["dossier"].clone())
        })
        .expect("a dossier");
    assert_eq!(part.findings.len(), 1);
    let (old, new) = (before.findings.iter().find(|f| f.id == one).expect("it"), &part.findings[0]);
    let name = |d: &model::Dossier, f: &model::Finding| -> Vec<String> {
        f.actors.iter().map(|a| d.actors[a.0 as usize].name.raw().to_owned()).collect()
    };
    assert_eq!(name(&before, old), name(&part, new));
}

/// A stamp over other bytes, made by OpenSSL for the tests of the room `handover`; one that holds is made by
/// `scripts/exchange-check.sh`, as it has to be over the list of this very handover.
#[test]
fn a_stamp_is_checked_and_one_that_was_asked_for_is_missed() {
    let (to, dir) = case();
    let (plain, stamped) = (to.path().join("plain.zip"), to.path().join("stamped.zip"));
    package(&dir, Handing { hashes_only: true, ..Handing::default() }, &plain);
    let stamps = Path::new(KEYS).join("../stamps");
    let root = stamps.join("root.pem");
    let trusts = Trusts { authorities: Some(&root), ..Trusts::default() };
    let missed = receive(&plain, trusts, &Run::quiet(NOW)).expect("a handover");
    assert!(wrong(&missed).iter().any(|w| w.contains("there is none, and you named the authorities")));
    let unstamped = check(&plain, None);
    assert!(unstamped.checks.holds() && unstamped.unproven.iter().any(|u| u.contains("no time-stamping authority")));
    let answer = fs::read(stamps.join("ec.tsr")).expect("reads");
    let from = BufReader::new(File::open(&plain).expect("opens"));
    handover::with_stamp(from, File::create(&stamped).expect("writes"), &answer, None).expect("put in");
    let wrong = wrong(&check(&stamped, None));
    assert!(wrong.len() == 1 && wrong[0].contains("about other bytes"), "the container itself is sound: {wrong:?}");
}
