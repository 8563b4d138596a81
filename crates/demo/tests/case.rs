//! The whole case: the same twice, marked everywhere, within its bounds, and with nothing that gives it away.

use demo::{Case, File, make};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::OnceLock;

const SEEDS: std::ops::Range<u64> = 100..106;

/// A row of either export.
struct Row {
    account: String,
    at: f64,
    text: String,
    reposted: String,
    urls: String,
    media: String,
    user: u64,
}

/// The cases of all seeds, made once.
fn cases() -> impl Iterator<Item = (u64, &'static Case)> {
    static MADE: OnceLock<Vec<Case>> = OnceLock::new();
    SEEDS.zip(MADE.get_or_init(|| SEEDS.map(make).collect()))
}

fn file<'a>(case: &'a Case, end: &str) -> &'a File {
    case.files.iter().find(|f| f.path.ends_with(end)).expect(end)
}

fn unpacked(file: &File) -> Vec<u8> {
    let mut out = Vec::new();
    if file.path.ends_with(".gz") {
        flate2::read::GzDecoder::new(&file.bytes[..]).read_to_end(&mut out).expect("gzip");
        return out;
    }
    file.bytes.clone()
}

fn text(file: &File) -> String {
    String::from_utf8_lossy(&unpacked(file)).into_owned()
}

fn cells(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            _ => out.last_mut().expect("one").push(c),
        }
    }
    out
}

/// Seconds of `2023-05-07T18:03:11.214Z`, with a space for the T, or of a bare number.
fn seconds(written: &str) -> f64 {
    if let Ok(n) = written.parse() {
        return n;
    }
    let n = |from: usize, to: usize| written[from..to].parse::<f64>().expect(written);
    let (y, m, d) = (n(0, 4) as i64, n(5, 7) as i64, n(8, 10) as i64);
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 1 - 719_468;
    let rest = written[17..].trim_end_matches('Z').parse::<f64>().expect(written);
    days as f64 * 86_400.0 + n(11, 13) * 3600.0 + n(14, 16) * 60.0 + rest
}

fn field<'a>(line: &'a str, from: &str) -> &'a str {
    let Some((_, after)) = line.split_once(from) else { return "" };
    let end = after.match_indices('"').find(|(i, _)| !after[..*i].ends_with('\\')).expect("closed").0;
    &after[..end]
}

fn rows(case: &Case) -> [Vec<Row>; 2] {
    let csv = text(file(case, ".csv")).lines().skip(1).map(table_row).collect();
    let json = text(file(case, ".jsonl.gz")).lines().map(json_row).collect();
    [csv, json]
}

fn table_row(line: &str) -> Row {
    let c = cells(line);
    assert_eq!((c.len(), c[10].as_str()), (11, "yes"), "{line}");
    Row {
        account: format!("{}/{}", c[8], c[2]),
        at: seconds(&c[6]),
        text: c[5].clone(),
        reposted: c[3].clone(),
        urls: c[7].clone(),
        media: c[9].clone(),
        user: c[1].parse().expect("number"),
    }
}

fn json_row(line: &str) -> Row {
    assert!(line.ends_with("\"synthetic\":\"yes\"}"), "{line}");
    Row {
        account: format!("{}/{}", field(line, "\"platform\":\""), field(line, "\"username\":\"")),
        at: seconds(field(line, "\"created_at\":\"")),
        text: field(line, "\"text\":\"").to_owned(),
        reposted: field(line, "\"type\":\"retweeted\",\"id\":\"").to_owned(),
        urls: field(line, "\"expanded_url\":\"").to_owned(),
        media: field(line, "\"media_sha256\":\"").to_owned(),
        user: field(line, "\"author_id\":\"").parse().expect("number"),
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (a, b) = (make(7), make(7));
    assert_eq!(a.files, b.files);
    assert_eq!(a.planted, b.planted);
}

#[test]
fn another_seed_gives_another_story() {
    let (a, b) = (make(7).planted, make(8).planted);
    for (x, y) in [
        (a.farm, b.farm),
        (a.farm_texts, b.farm_texts),
        (a.wave_senders, b.wave_senders),
        (a.wave_mailboxes, b.wave_mailboxes),
        (a.lookalike_sites, b.lookalike_sites),
        (a.fan_club, b.fan_club),
        (
            vec![a.phish_sender, a.advertising_id, a.altered_picture],
            vec![b.phish_sender, b.advertising_id, b.altered_picture],
        ),
        (vec![a.picture_host, a.newsletter_sender, a.vote], vec![b.picture_host, b.newsletter_sender, b.vote]),
    ] {
        assert!(x.iter().all(|v| !y.contains(v)), "{x:?} {y:?}");
    }
}

#[test]
fn every_file_is_marked() {
    for (seed, case) in cases() {
        for file in &case.files {
            let (words, path) = (text(file), &file.path);
            let marked = match path.rsplit('.').next().expect("an extension") {
                "csv" => words.lines().next().is_some_and(|l| l.ends_with(",synthetic")),
                "gz" => words.lines().all(|l| l.ends_with("\"synthetic\":\"yes\"}")),
                "mbox" => words.matches("\nX-Synthetic: yes\n").count() >= words.matches("\nMessage-ID: ").count(),
                "eml" => words.contains("\nX-Synthetic: yes\n") && words.contains("-- SYNTHETIC"),
                "html" => words.contains("<!-- SYNTHETIC") && words.contains("<p>SYNTHETIC"),
                "png" => words.contains("tEXtComment\0SYNTHETIC"),
                "txt" | "docx" | "rtf" | "dat" => words.contains("SYNTHETIC"),
                _ => false,
            };
            assert!(marked, "seed {seed}: {path}");
        }
    }
}

#[test]
fn only_reserved_names_occur() {
    for (_, case) in cases() {
        for file in case.files.iter().filter(|f| !f.path.ends_with(".png") && !f.path.ends_with(".dat")) {
            let words = text(file) + &decoded(&text(file));
            for host in hosts(&words) {
                let namespace =
                    file.path.ends_with(".docx") && matches!(host, "schemas.openxmlformats.org" | "purl.org");
                assert!(namespace || host.ends_with(".example") || host.ends_with(".test"), "{}: {host}", file.path);
            }
        }
        let list = text(file(case, "domains.txt"));
        assert!(list.lines().skip(1).all(|l| l.ends_with(".example") || l.ends_with(".test")));
        assert!(list.lines().count() > 55);
    }
}

/// Hosts of addresses of pages and mailboxes.
fn hosts(words: &str) -> Vec<&str> {
    let host = |after: &'_ str| {
        after.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(after.len())
    };
    let cut = |at: usize| words[at..][..host(&words[at..])].trim_end_matches(['.', '-']);
    let pages = words.match_indices("://").map(|(i, _)| cut(i + 3));
    let boxes = words
        .match_indices('@')
        .filter(|(i, _)| words[..*i].ends_with(|c: char| c.is_ascii_alphanumeric()))
        .map(|(i, _)| cut(i + 1));
    pages.chain(boxes.filter(|h| h.contains('.'))).collect()
}

/// What stands in base64 parts, as far as it is text.
fn decoded(words: &str) -> String {
    let mut out = Vec::new();
    for part in words.split("charset=utf-8\nContent-Transfer-Encoding: base64\n\n").skip(1) {
        let (mut hold, mut bits) = (0_u32, 0);
        for b in part.lines().take_while(|l| !l.is_empty()).flat_map(str::bytes) {
            let Some(n) =
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|x| *x == b)
            else {
                continue;
            };
            (hold, bits) = ((hold << 6 | n as u32) & 0xfff, bits + 6);
            if bits >= 8 {
                bits -= 8;
                out.push((hold >> bits) as u8);
            }
        }
    }
    String::from_utf8(out.into_iter().filter(u8::is_ascii).collect()).expect("ASCII")
}

#[test]
fn sizes_are_within_bounds() {
    for (seed, case) in cases() {
        let p = &case.planted;
        let posts: usize = rows(case).iter().map(Vec::len).sum();
        let accounts: BTreeSet<String> = rows(case).into_iter().flatten().map(|r| r.account).collect();
        let bytes: usize = case.files.iter().map(|f| f.bytes.len()).sum();
        for (what, n, from, to) in [
            ("files", case.files.len(), 40, 80),
            ("bytes", bytes, 500_000, 3_000_000),
            ("posts", posts, 6000, 8000),
            ("accounts", accounts.len(), 550, 660),
            ("farm", p.farm.len(), 10, 18),
            ("senders", p.wave_senders.len(), 5, 9),
            ("mailboxes", p.wave_mailboxes.len(), 9, 16),
            ("phished", p.phish_mailboxes.len(), 5, 7),
            ("carriers", p.syndicating_sites.len(), 4, 6),
            ("fans", p.fan_club.len(), 11, 17),
            ("rounds", p.rounds.len(), 25, 80),
            ("lines", p.farm_texts.len(), 12, 60),
            ("broken", p.broken.len(), 2, 2),
        ] {
            assert!((from..=to).contains(&n), "seed {seed}: {n} {what}");
        }
        let paths: BTreeSet<&String> = case.files.iter().map(|f| &f.path).collect();
        assert_eq!(paths.len(), case.files.len());
    }
}

#[test]
fn a_round_lasts_less_than_a_minute() {
    for (seed, case) in cases() {
        let all = rows(case).into_iter().flatten().collect::<Vec<_>>();
        for round in &case.planted.rounds {
            assert!(round.last - round.first < 60_000 && round.accounts.len() >= 2, "{round:?}");
            let words = round.text.replace('"', "\\\"");
            let (from, to) = ((round.first / 1000) as f64, round.last as f64 / 1000.0);
            for account in &round.accounts {
                let there = |r: &Row| {
                    r.account == *account
                        && (from..=to).contains(&r.at)
                        && r.text.contains(&words)
                        && r.urls.contains(&round.url)
                        && (round.reposted.is_empty() || r.reposted == round.reposted)
                };
                assert!(all.iter().any(there), "seed {seed}: {account} in {round:?}");
            }
        }
    }
}

#[test]
fn only_the_farm_rises() {
    for (seed, case) in cases() {
        let p = &case.planted;
        let (raised, vote) =
            (seconds(&format!("{}T00:00:00Z", p.raised_from)), seconds(&format!("{}T00:00:00Z", p.vote)));
        let debate = seconds(&format!("{}T00:00:00Z", p.debate));
        let rate = |inside: &dyn Fn(&Row) -> bool| {
            let times: Vec<f64> = rows(case).into_iter().flatten().filter(|r| inside(r)).map(|r| r.at).collect();
            let ordinary = |t: &&f64| !(debate..debate + 172_800.0).contains(*t);
            let before = times.iter().filter(ordinary).filter(|t| **t < raised).count() as f64;
            let after = times.iter().filter(ordinary).filter(|t| (raised..vote).contains(*t)).count() as f64;
            let start = times.iter().copied().fold(f64::MAX, f64::min);
            (after / (vote - raised)) / (before / (raised - start))
        };
        let (farm, rest) = (rate(&|r| p.farm.contains(&r.account)), rate(&|r| !p.farm.contains(&r.account)));
        assert!(farm > 1.8, "seed {seed}: {farm}");
        assert!((0.8..1.25).contains(&rest), "seed {seed}: {rest}");
    }
}

/// Pairs that reposted at least two posts within 60 s of each other.
fn close_pairs(rows: &[Row], of: &[String]) -> usize {
    let mut reposts: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.reposted.is_empty() && of.contains(&r.account)) {
        reposts.entry(&row.reposted).or_default().push(row);
    }
    let mut pairs: BTreeMap<[&str; 2], u32> = BTreeMap::new();
    for same in reposts.values() {
        for (i, a) in same.iter().enumerate() {
            for b in same[i + 1..].iter().filter(|b| (b.at - a.at).abs() <= 60.0) {
                let mut pair = [a.account.as_str(), b.account.as_str()];
                pair.sort_unstable();
                *pairs.entry(pair).or_default() += 1;
            }
        }
    }
    pairs.values().filter(|n| **n >= 2).count()
}

#[test]
fn the_fan_club_is_not_in_lockstep() {
    for (seed, case) in cases() {
        let all: Vec<Row> = rows(case).into_iter().flatten().collect();
        let (farm, fans) = (close_pairs(&all, &case.planted.farm), close_pairs(&all, &case.planted.fan_club));
        assert!(farm >= 8, "seed {seed}: {farm}");
        assert!(fans <= 5, "seed {seed}: {fans}");
        let star = all
            .iter()
            .filter(|r| r.account == case.planted.fan_star && r.text.ends_with(&case.planted.fan_hashtag))
            .count();
        assert!((15..30).contains(&star), "seed {seed}: {star}");
    }
}

#[test]
fn nothing_gives_the_farm_away() {
    for (seed, case) in cases() {
        let farm = &case.planted.farm;
        for rows in rows(case) {
            assert!(rows.is_sorted_by(|a, b| a.at <= b.at), "seed {seed}: rows stand in order of time");
            let first: Vec<usize> = farm.iter().filter_map(|f| rows.iter().position(|r| r.account == *f)).collect();
            assert!(first.iter().max() > Some(&20), "seed {seed}: they do not all come first");
            let ids: BTreeMap<u64, bool> = rows.iter().map(|r| (r.user, farm.contains(&r.account))).collect();
            let beside = ids.values().zip(ids.values().skip(1)).filter(|(a, b)| **a && **b).count();
            assert!(beside <= 3, "seed {seed}: numbers side by side");
            let pictures: BTreeMap<&str, BTreeSet<&str>> =
                rows.iter().filter(|r| !r.media.is_empty()).fold(BTreeMap::new(), |mut m, r| {
                    m.entry(r.media.as_str()).or_insert_with(BTreeSet::new).insert(r.account.as_str());
                    m
                });
            let shared = pictures.values().filter(|who| who.len() >= 3).count();
            assert!(shared >= 4, "seed {seed}: others share pictures too ({shared})");
        }
        let heads: BTreeSet<&str> = farm.iter().map(|f| &f[f.find('/').expect("/") + 1..][..3]).collect();
        assert!(heads.len() * 10 >= farm.len() * 6, "seed {seed}: {heads:?}");
        let own: Vec<Row> = rows(case).into_iter().flatten().filter(|r| farm.contains(&r.account)).collect();
        let rounds: usize = case.planted.rounds.iter().map(|r| r.accounts.len()).sum();
        assert!(own.len() > rounds + farm.len() * 5, "seed {seed}: ordinary posts between rounds");
    }
}

#[test]
fn people_rarely_say_the_same() {
    for (seed, case) in cases() {
        let mut said: BTreeMap<String, u32> = BTreeMap::new();
        for row in rows(case).into_iter().flatten() {
            let own = row.reposted.is_empty() && row.urls.is_empty() && !case.planted.farm.contains(&row.account);
            if own && !row.text.starts_with('@') {
                *said.entry(row.text.to_lowercase()).or_default() += 1;
            }
        }
        let twice = said.values().filter(|n| **n > 1).count();
        assert!(said.len() > 1500 && twice * 100 < said.len() * 2, "seed {seed}: {twice} of {}", said.len());
        assert!(said.values().all(|n| *n <= 4), "seed {seed}");
    }
}

#[test]
fn the_channels_are_bridged() {
    for (seed, case) in cases() {
        let p = &case.planted;
        let holding = |needle: &str, end: &str| {
            let has = |f: &&File| f.path.ends_with(end) && (text(f) + &decoded(&text(f))).contains(needle);
            case.files.iter().filter(has).count()
        };
        assert_eq!(holding(&p.advertising_id, ".html"), p.lookalike_urls.len(), "seed {seed}: both sites, nobody else");
        assert_eq!(holding(&p.picture_host, ".html"), p.lookalike_urls.len());
        assert_eq!(holding(&p.picture_host, ".mbox"), 1, "seed {seed}: the phish loads it too");
        assert!(
            p.lookalike_urls.iter().any(|u| holding(u, ".mbox") > 0),
            "seed {seed}: one of the mails names an article"
        );
        let posted = holding(&p.altered_picture, ".csv") + holding(&p.altered_picture, ".gz");
        assert!(posted >= 1, "seed {seed}: the picture in posts");
        assert_eq!(holding("data:image/png;base64,", ".html"), 1);
        assert!(holding("Content-Type: image/png", ".mbox") >= 1);
        assert!(p.lookalike_urls.iter().any(|u| holding(u, ".csv") > 0));
        assert!(p.syndicating_sites.iter().all(|s| holding(s, ".html") > 0));
    }
}

#[test]
fn the_wave_is_there_and_brief() {
    for (seed, case) in cases() {
        let p = &case.planted;
        let mail: String = case.files.iter().filter(|f| f.path.ends_with(".mbox")).map(text).collect();
        for id in p.wave_mails.iter().chain(&p.phish_mails) {
            assert_eq!(mail.matches(&format!("\nMessage-ID: <{id}>\n")).count(), 1, "seed {seed}: {id}");
        }
        for mailbox in p.wave_mailboxes.iter().chain(&p.phish_mailboxes) {
            assert!(mail.contains(&format!("\nDelivered-To: {mailbox}\n")));
        }
        for sender in &p.wave_senders {
            let n = mail.matches(&format!("<{sender}>\nTo: ")).count()
                + mail.matches(&format!("\nFrom: {sender}\n")).count();
            assert!((1..=6).contains(&n), "seed {seed}: {sender} {n}");
        }
        let news = mail.matches(&format!("<{}>\nTo: ", p.newsletter_sender)).count();
        assert!((20..=35).contains(&news), "seed {seed}: {news}");
        assert!(p.documents.iter().all(|d| case.files.iter().any(|f| f.path == *d)));
        assert!(p.broken.iter().all(|d| case.files.iter().any(|f| f.path == *d)));
    }
}
