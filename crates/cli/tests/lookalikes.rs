//! `unspool lookalikes` as a cron job and at the end of a pipe: exit codes, what is told twice and what is not, what streams; and the
//! same list of outlets in a case.
#![allow(clippy::disallowed_methods)] // a test of a program starts it

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn command(arguments: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unspool"));
    command.args(arguments).current_dir(dir).env("SOURCE_DATE_EPOCH", "1800000000").stdin(Stdio::null());
    command
}

fn unspool(arguments: &[&str], dir: &Path) -> Output {
    command(arguments, dir).output().expect("it starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// Names told, from JSON lines.
fn names(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let name = |l: &str| l.split("\"name\":\"").nth(1)?.split('"').next().map(str::to_owned);
    text.lines().filter_map(name).collect()
}

const OUTLETS: &str =
    "morningcourier.example | names: The Morning Courier | own: morningcourier.test\ndesk@morningcourier.example\n";

fn room(feed: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("outlets.txt"), OUTLETS).expect("written");
    fs::write(dir.path().join("feed.txt"), feed).expect("written");
    dir
}

const CRON: &[&str] = &[
    "lookalikes",
    "--protect",
    "outlets.txt",
    "feed.txt",
    "--quiet",
    "--format",
    "jsonl",
    "--least",
    "10",
    "--since",
    "told",
    "--fail-on",
];

#[test]
fn a_cron_job_tells_each_name_once_and_fails_on_new_ones() {
    let dir = room("morningcourier.test\nweather.example\nmorning-courier-news.test\n");
    let first = unspool(CRON, dir.path());
    assert_eq!((code(&first), names(&first)), (4, vec!["morning-courier-news.test".to_owned()]));
    let again = unspool(CRON, dir.path());
    assert_eq!((code(&again), names(&again)), (0, vec![]));
    fs::write(dir.path().join("feed.txt"), "morning-courier-news.test\nmorningcouriier.example\n").expect("written");
    let third = unspool(CRON, dir.path());
    assert_eq!((code(&third), names(&third)), (4, vec!["morningcouriier.example".to_owned()]));
    let told = fs::read_to_string(dir.path().join("told")).expect("a state");
    assert_eq!(told.lines().count(), 2, "{told}");
}

#[test]
fn failing_asks_for_as_many_bits_as_were_said() {
    let dir = room("morning-courier-news.test\n");
    let asked = |bits: &str| unspool(&["lookalikes", "--protect", "outlets.txt", "feed.txt", "-q", bits], dir.path());
    assert_eq!(code(&asked("--fail-on=90")), 0);
    assert_eq!(code(&asked("--fail-on=5")), 4);
    assert_eq!(code(&unspool(&["lookalikes", "--protect", "outlets.txt", "feed.txt", "-q"], dir.path())), 0);
}

#[test]
fn a_stream_tells_each_hit_when_it_is_read() {
    let dir = room("");
    let arguments =
        ["lookalikes", "--protect", "outlets.txt", "-", "--stream", "--quiet", "--format", "jsonl", "--least", "10"];
    let mut child =
        command(&arguments, dir.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("piped");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    for name in ["morning-courier-online.test", "morningcouriier.example"] {
        // The feed is still open: whoever waits for its end never tells this one.
        writeln!(input, "weather.example\n{name}").expect("written");
        input.flush().expect("written");
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        assert!(line.contains(name), "{line}");
    }
    drop(input);
    assert_eq!(child.wait().expect("ended").code(), Some(0));
}

/// Starts a stream, gives it names that are hits, and kills it when the last was told: all but that one were kept before.
fn killed_after(hits: &[&str], dir: &Path) {
    let asked: Vec<&str> =
        CRON.iter().map(|a| if *a == "feed.txt" { "-" } else { a }).chain(std::iter::once("--stream")).collect();
    let mut child = command(&asked, dir).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("piped");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    for name in hits {
        writeln!(input, "{name}").expect("written");
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        assert!(line.contains(name), "{line}");
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
}

#[test]
fn a_killed_stream_has_kept_what_it_told() {
    let dir = room("");
    let state = dir.path().join("told");
    fs::write(&state, "older.example\tmorningcourier.example\ncut sho").expect("written");
    killed_after(&["morning-courier-news.test", "morning-courier-online.test"], dir.path());
    let text = fs::read_to_string(&state).expect("a state");
    let kept = "older.example\tmorningcourier.example\nmorning-courier-news.test\tmorningcourier.example\n";
    assert!(text.starts_with(kept), "{text}");
    fs::write(dir.path().join("feed.txt"), "morning-courier-news.test\nmorningcouriier.example\n").expect("written");
    let next = unspool(CRON, dir.path());
    assert_eq!((code(&next), names(&next)), (4, vec!["morningcouriier.example".to_owned()]));
}

#[test]
fn zones_and_certificate_logs_are_feeds() {
    let dir = room("");
    let zone = "$ORIGIN test.\nmorning-courier-news 3600 IN NS ns1.host.example.\nmorning-courier-news 3600 IN NS ns2.host.example.\n";
    let log = "{\"data\":{\"leaf_cert\":{\"all_domains\":[\"*.morning-courier-news.test\",\"weather.example\"]}}}\n";
    for feed in [zone, log] {
        fs::write(dir.path().join("feed.txt"), feed).expect("written");
        let told = unspool(&["lookalikes", "--protect", "outlets.txt", "feed.txt", "-q", "-f", "jsonl"], dir.path());
        assert!(names(&told).iter().any(|n| n.ends_with("morning-courier-news.test")), "{feed}");
    }
    // The leaves themselves are for other names; that they are read at all is what counts.
    let leaves = concat!(env!("CARGO_MANIFEST_DIR"), "/../evidence/examples/entries.json");
    fs::write(dir.path().join("outlets.txt"), "two.test\n").expect("written");
    let told = unspool(&["lookalikes", "--protect", "outlets.txt", leaves, "-q", "-f", "jsonl"], dir.path());
    assert!(names(&told).iter().all(|n| n == "*.two.example") && !names(&told).is_empty(), "{told:?}");
}

#[test]
fn the_same_list_protects_a_case_and_the_same_bytes_come_out_again() {
    let dir = room(
        "morningcourier.test\nmorningcourier.example\nweather.example\nmorning-courier-news.test\nmorning-bakery.test\n",
    );
    let made = unspool(&["investigate", "feed.txt", "--protect", "outlets.txt", "-o", "case", "-q"], dir.path());
    assert_eq!(code(&made), 0, "{}", String::from_utf8_lossy(&made.stderr));
    let told = unspool(&["report", "case", "--format", "json"], dir.path());
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert_eq!(
        text.matches("\"kind\":\"look-alike-domain\"").count()
            + text.matches("\"kind\": \"look-alike-domain\"").count(),
        1,
        "{text}"
    );
    assert!(text.contains("morning-courier-news.test") && text.contains("words-around"));
    assert_eq!(code(&unspool(&["verify", "case"], dir.path())), 0);
    let settings = fs::read_to_string(dir.path().join("case/case.toml")).expect("settings");
    assert!(settings.contains("\"desk@morningcourier.example\","), "{settings}");
    fs::write(dir.path().join("outlets.txt"), "weather.example | mail: x\n").expect("written");
    let wrong = unspool(&["investigate", "feed.txt", "--protect", "outlets.txt", "-o", "case", "-q"], dir.path());
    assert!(code(&wrong) != 0 && String::from_utf8_lossy(&wrong.stderr).contains("outlets.txt: line 1"));
}

/// A person of the name, another trade, a place, admirers, and the outlet's own second house: nothing is said of them.
#[test]
fn twins_of_a_name_stay_quiet_in_a_case() {
    let mut feed: String = (0..400).map(|n| format!("everyday{n}-shop.example\n")).collect();
    for name in [
        "anna-hartmann.test",
        "hartmann-dental.test",
        "hartmannplumbing.test",
        "hartmann-village.test",
        "hartmannfans.test",
        "hartmannpost.example",
        "hartmannpost-app.test",
        "news.hartmannpost-app.test",
        "hartmannpost-news.test",
    ] {
        feed.push_str(name);
        feed.push('\n');
    }
    let dir = room(&feed);
    let outlets = "hartmannpost.example | names: Hartmann, Hartmann Post | own: hartmannpost-app.test\n";
    fs::write(dir.path().join("outlets.txt"), outlets).expect("written");
    let made = unspool(&["investigate", "feed.txt", "--protect", "outlets.txt", "-o", "case", "-q"], dir.path());
    assert_eq!(code(&made), 0, "{}", String::from_utf8_lossy(&made.stderr));
    let told = unspool(&["report", "case", "--format", "json"], dir.path());
    let report: serde_json::Value = serde_json::from_slice(&told.stdout).expect("a report");
    let findings = report["findings"].as_array().expect("findings").iter();
    let of_names = findings.filter(|f| f["kind"] == "look-alike-domain");
    let named: Vec<&str> = of_names.filter_map(|f| f["tables"][0]["rows"][0][0].as_str()).collect();
    assert_eq!(named, ["hartmannpost-news.test"]);
}
