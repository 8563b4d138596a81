//! Edge for edge what the peers print, over every reference file beside the project (see the data's own README).
//! Says so where the data is absent.
#![allow(clippy::disallowed_methods)] // a test reads files

use case::{Inputs, Run, coordinate};
use links::{Asked, METHODS};
use model::{Coordination, Settings, Values, When};
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/coordination-parity");
    let worktree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/coordination-parity");
    let found = [beside, worktree].into_iter().find(|dir| dir.exists());
    if found.is_none() {
        eprintln!("SKIPPED: ../shared/data/coordination-parity is not there, so nothing was compared with the peers");
    }
    found
}

fn run(input: &Path, method: &str, settings: &[(&str, &str)]) -> Coordination {
    let method = METHODS.iter().find(|m| m.card.id == method).expect("a method");
    let asked = Asked::of(method, settings).expect("its knobs");
    let inputs = Inputs { paths: vec![input.to_path_buf()], stdin: None };
    let all = Settings::default();
    coordinate(inputs, method, &asked, &all, &Run::quiet(When(0))).expect("it runs").found
}

/// Rows of a reference file, its heading left out, sorted.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("a reference file");
    let mut rows: Vec<Vec<String>> = text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect();
    rows.sort();
    rows
}

/// Our edges as such rows: source, target, weight and the first `more` columns.
fn ours(c: &Coordination, weight: bool, more: usize) -> Vec<Vec<String>> {
    let name = |n: u32| c.accounts[n as usize].raw().to_owned();
    let mut rows: Vec<Vec<String>> = (0..c.edges.len())
        .map(|at| {
            let mut row = vec![name(c.edges.source[at]), name(c.edges.target[at])];
            row.extend(weight.then(|| report::real(c.edges.weight[at])));
            row.extend(c.edges.more.iter().take(more).map(|k| match &k.values {
                Values::Whole(v) => v[at].to_string(),
                Values::Real(v) => report::real(v[at]),
                Values::Words(v) => v[at].clone(),
            }));
            row
        })
        .collect();
    rows.sort();
    rows
}

/// Both print 15 digits, but R's table writer does not always round the last one to the nearest.
fn near(x: &str, y: &str) -> bool {
    let (Ok(a), Ok(b)) = (x.parse::<f64>(), y.parse::<f64>()) else { return x == y };
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

fn same_within_rounding(what: &str, ours: &[Vec<String>], theirs: &[Vec<String>]) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (x, y) in ours.iter().zip(theirs) {
        assert!(x[..3] == y[..3] && x.iter().zip(y).skip(3).all(|(x, y)| near(x, y)), "{what}: {x:?} {y:?}");
    }
}

fn same(what: &str, ours: &[Vec<String>], theirs: &[Vec<String>]) {
    let missing = theirs.iter().filter(|r| ours.binary_search(r).is_err()).count();
    let extra = ours.iter().filter(|r| theirs.binary_search(r).is_err()).count();
    assert!(missing == 0 && extra == 0, "{what}: {missing} of {} missing, {extra} too many", theirs.len());
}

/// The parts of `qut_INPUT_NETWORK_wW_mM.csv`.
fn parts(stem: &str) -> Option<(String, &'static str, String, String)> {
    let (rest, least) = stem.rsplit_once("_m")?;
    let (rest, window) = rest.rsplit_once("_w")?;
    let networks = [
        ("_co_retweet", "repost"),
        ("_co_tweet", "text"),
        ("_co_similar_tweet", "similar-text"),
        ("_co_link", "url"),
        ("_co_reply", "reply"),
        ("_co_post", "post"),
    ];
    let (input, kind) = networks.iter().find_map(|(end, kind)| Some((rest.strip_suffix(end)?, *kind)))?;
    Some((input.strip_prefix("qut_")?.to_owned(), kind, format!("{window}s"), least.to_owned()))
}

/// The input of that name; `_urlonly` is the input without the rows that have no URL.
fn input(dir: &Path, name: &str, scratch: &Path) -> PathBuf {
    if let Some(whole) = name.strip_suffix("_urlonly") {
        let bytes = std::fs::read(dir.join(format!("{whole}_qut.csv.zst"))).expect("the input");
        let text = String::from_utf8(unpack(&bytes)).expect("UTF-8");
        let kept = scratch.join(format!("{name}.csv"));
        std::fs::write(&kept, with_urls(&text)).expect("scratch");
        return kept;
    }
    let plain = dir.join(format!("{name}_qut.csv"));
    if plain.exists() { plain } else { dir.join(format!("{name}_qut.csv.zst")) }
}

fn unpack(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut from = zstd::stream::read::Decoder::new(bytes).expect("Zstandard");
    std::io::Read::read_to_end(&mut from, &mut out).expect("whole");
    out
}

/// Rows (which may run over lines inside quotes) whose last cell is not empty.
fn with_urls(text: &str) -> String {
    let (mut out, mut start, mut quoted) = (String::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        quoted ^= byte == b'"';
        if byte == b'\n' && !quoted {
            let row = &text[start..=at];
            if !row.trim_end().ends_with(",\"\"") && !row.trim_end().ends_with(',') {
                out.push_str(row);
            }
            start = at + 1;
        }
    }
    out
}

#[test]
fn the_toolkit_edge_for_edge() {
    let Some(dir) = folder() else { return };
    let scratch = tempfile::tempdir().expect("scratch");
    let mut compared = 0;
    for file in std::fs::read_dir(dir.join("expected")).expect("references") {
        let path = file.expect("a file").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some((name, kind, window, least)) = parts(&stem) else { continue };
        let found =
            run(&input(&dir, &name, scratch.path()), "qut", &[("kind", kind), ("window", &window), ("min", &least)]);
        same(&stem, &ours(&found, true, 0), &rows(&path));
        compared += 1;
    }
    assert_eq!(compared, 12);
}

#[test]
fn coortweet_edge_for_edge() {
    let Some(dir) = folder() else { return };
    for (name, window, participation) in [
        ("ge_hashtag_w30_p2", "30s", "2"),
        ("ge_url_w30_p2", "30s", "2"),
        ("ru35k_rt_w10_p2", "10s", "2"),
        ("ru35k_rt_w60_p2", "60s", "2"),
        ("viral2000_w60", "60s", "2"),
    ] {
        let (of, _) = name.split_once("_w").expect("a window");
        let of = if of == "viral2000" { "viral2000_rt" } else { of };
        let settings = [("window", window), ("participation", participation)];
        let found = run(&dir.join(format!("{of}_long.csv")), "coortweet", &settings);
        same_within_rounding(name, &ours(&found, true, 5), &rows(&dir.join(format!("expected/cooRTweet_{name}.csv"))));
    }
}

#[test]
fn bicm_edge_for_edge() {
    let Some(dir) = folder() else { return };
    for name in ["ge_url", "ru35k_rt"] {
        let found = run(&dir.join(format!("{name}_long.csv")), "bicm", &[]);
        let sorted = |mut rows: Vec<Vec<String>>| {
            rows.iter_mut().for_each(|r| r.sort());
            rows.sort();
            rows
        };
        let theirs = sorted(rows(&dir.join(format!("expected/bicm_{name}_a01.csv"))));
        same(name, &sorted(ours(&found, false, 0)), &theirs);
    }
}
