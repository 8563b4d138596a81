//! Articles that several sites carry: a clone that changed a report, a desk of many names, an agency's report in six papers, and pages
//! that later send on. All papers and people are invented.
#![allow(clippy::disallowed_methods)] // tests touch disk

use case::{Case, Inputs, Run};
use model::{Confidence, Dossier, Finding, Settings, When};
use std::path::Path;

const REPORT: &str = "The port authority of Sund said on Tuesday that the northern ferry line will be closed for nine days while \
divers look at the cable that was torn in the night of the storm. Karin Lund, who leads the harbour office, told reporters that \
nobody had seen another vessel and that the insurers had been informed before noon. Fishermen from three villages asked for money \
for the days in which they cannot go out, and the ministry promised an answer before the end of the week. The mayor of Vestby \
said that schools would stay open and that two buses would bring pupils round the bay every morning. A second ferry is to be \
hired from the islands, at a cost of forty thousand crowns a day, which the council has to approve on Friday.";

fn page(site: &str, name: &str, extra: &str, words: &str) -> String {
    format!(
        "<!DOCTYPE html><!-- saved from url=(0099)https://{site}/2026/09/story.html --><html><head><title>Ferry closed | {name}</title>\
         <meta property=\"og:site_name\" content=\"{name}\">{extra}</head><body><article><h1>Ferry closed</h1><p>{}</p></article>\
         </body></html>",
        words.replace(". ", ".</p><p>")
    )
}

fn dated(day: &str) -> String {
    format!("<meta property=\"article:published_time\" content=\"{day}T08:00:00Z\">")
}

fn menu(host: &str) -> String {
    ["home", "politics", "region", "sport", "culture", "weather", "opinion", "archive", "video"]
        .iter()
        .map(|s| format!("<a href=\"https://{host}/{s}\">{s}</a>"))
        .collect()
}

fn put(dir: &Path, site: &str, html: &str) {
    let path = dir.join(site).join("story.html");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, html).expect("written");
}

fn investigate(dir: &Path, outlets: &[&str]) -> Dossier {
    let now = When(1_788_220_800_000_000);
    let mut settings = Settings::default();
    settings.protect.outlets = outlets.iter().map(|o| (*o).to_owned()).collect();
    let mut case = Case::make(&dir.join("case"), &settings, now).expect("a case");
    let inputs = Inputs { paths: vec![dir.join("evidence")], stdin: None };
    case.investigate(inputs, &Run::quiet(now)).expect("a dossier")
}

fn of<'d>(dossier: &'d Dossier, kind: &str) -> Vec<&'d Finding> {
    dossier.findings.iter().filter(|f| f.kind == kind).collect()
}

fn names(dossier: &Dossier, finding: &Finding) -> Vec<String> {
    finding.actors.iter().map(|a| dossier.actors[a.0 as usize].name.raw().to_owned()).collect()
}

#[test]
fn a_clone_that_changed_words_is_told_with_the_words_and_the_earliest_copy() {
    let dir = tempfile::tempdir().expect("a folder");
    let evidence = dir.path().join("evidence");
    put(&evidence, "sund-courier.example", &page("sund-courier.example", "Sund Courier", &dated("2026-09-01"), REPORT));
    let changed = REPORT
        .replace("nobody had seen another vessel", "foreign navy boats had been seen close by")
        .replace("nine days", "ninety days")
        .replace("schools would stay open", "schools would be shut until spring")
        .replace("forty thousand", "four hundred thousand");
    let head = format!("{}{}", dated("2026-09-02"), "");
    let html = page("sund-courier-news.test", "Sund Courier", &head, &changed)
        .replace("<article>", &format!("<nav>{}</nav><article>", menu("sund-courier.example")));
    put(&evidence, "sund-courier-news.test", &html);
    let dossier = investigate(dir.path(), &["sund-courier.example | names: Sund Courier"]);
    let found = of(&dossier, "copied-article");
    assert_eq!(found.len(), 1, "{:#?}", dossier.findings);
    let f = found[0];
    assert_eq!(f.confidence, Confidence::High, "{}", f.because);
    assert_eq!(names(&dossier, f), ["sund-courier-news.test", "sund-courier.example"]);
    assert_eq!(f.tables[0].rows[0][1].raw(), "sund-courier.example", "the earliest first");
    let edits: Vec<(&str, &str)> = f.tables[1].rows.iter().map(|r| (r[2].raw(), r[3].raw())).collect();
    assert!(edits.contains(&("ninety", "nine")), "{edits:?}");
    assert!(edits.contains(&("four hundred", "forty")), "{edits:?}");
    let cloned = of(&dossier, "cloned-outlet");
    assert_eq!((cloned.len(), cloned[0].confidence), (1, Confidence::High), "{cloned:#?}");
}

#[test]
fn an_agencys_report_is_counted_and_not_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let evidence = dir.path().join("evidence");
    put(&evidence, "agency.example", &page("agency.example", "Sund Press Service", &dated("2026-09-01"), REPORT));
    for (n, name) in ["North Post", "East Post", "Valley Sun", "Town Crier", "Evening Bell"].iter().enumerate() {
        // Two of five name the agency.
        let words = if n < 2 { format!("SUND (Sund Press Service) - {REPORT}") } else { REPORT.to_owned() };
        let site = format!("paper{n}.example");
        put(&evidence, &site, &page(&site, name, &dated("2026-09-02"), &words));
    }
    let dossier = investigate(dir.path(), &["agency.example"]);
    assert!(of(&dossier, "copied-article").is_empty(), "{:#?}", dossier.findings);
    let told = dossier.method.remarks.iter().any(|r| r.starts_with("Of 1 articles"));
    assert!(told, "{:?}", dossier.method.remarks);
}

#[test]
fn one_report_under_three_names_and_three_persons_of_one_owner() {
    let dir = tempfile::tempdir().expect("a folder");
    let evidence = dir.path().join("evidence");
    let desk = [
        ("daily-one.example", "The Daily One", "Ann Ames"),
        ("daily-two.example", "Second Light", "Bo Brandt"),
        ("daily-three.example", "Third Day", "Cy Clark"),
    ];
    let mut rows = String::from("domain,ip,registered,registrar\n");
    for (site, name, author) in desk {
        let head = format!(
            "{}<meta name=\"author\" content=\"{author}\"><script>gtag('config','G-AB12CD34EF');</script>",
            dated("2026-09-01")
        );
        put(&evidence, site, &page(site, name, &head, REPORT));
        rows += &format!("{site},198.51.100.9,2026-08-30T20:46:03Z,Namen Inc.\n");
    }
    for n in 0..20 {
        rows += &format!("shop{n}.example,192.0.2.{n},2020-01-{:02}T10:{n:02}:00Z,Register {n}\n", n % 28 + 1);
    }
    std::fs::write(evidence.join("sites.csv"), rows).expect("written");
    let dossier = investigate(dir.path(), &[]);
    let found = of(&dossier, "copied-article");
    assert_eq!(found.len(), 1, "{:#?}", dossier.findings);
    assert!(found[0].confidence >= Confidence::Moderate, "{}", found[0].because);
    assert_eq!(names(&dossier, found[0]).len(), 3);
}

/// A web archive's answer.
fn record(url: &str, when: &str, answer: &str) -> String {
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {when}\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
}

#[test]
fn a_page_that_later_sends_on_to_the_outlet_and_a_site_that_moved() {
    let dir = tempfile::tempdir().expect("a folder");
    let evidence = dir.path().join("evidence");
    std::fs::create_dir_all(&evidence).expect("made");
    let ok = |html: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let sent = |to: &str| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Type: text/html\r\n\r\n");
    let story = page("sund-courier-news.test", "Sund Courier", "", REPORT);
    let moved = page("old-post.example", "North Post", "", &REPORT.replace("ferry", "railway").replace("Sund", "Osby"));
    let archive = [
        record("https://sund-courier-news.test/a/1", "2026-09-01T10:00:00Z", &ok(&story)),
        record("https://sund-courier-news.test/a/1", "2026-09-09T10:00:00Z", &sent("https://sund-courier.example/")),
        record("https://old-post.example/a/1", "2026-09-01T10:00:00Z", &ok(&moved)),
        record("https://old-post.example/a/1", "2026-09-09T10:00:00Z", &sent("https://north-post.example/a/1")),
    ];
    std::fs::write(evidence.join("kept.warc"), archive.concat()).expect("written");
    let dossier = investigate(dir.path(), &["sund-courier.example | names: Sund Courier", "north-post.example"]);
    let found = of(&dossier, "cloned-outlet");
    assert_eq!(found.len(), 1, "{:#?}", dossier.findings);
    assert!(found[0].confidence >= Confidence::Moderate, "{}", found[0].because);
    assert_eq!(names(&dossier, found[0]), ["sund-courier-news.test"]);
    assert!(found[0].observed.contains("1 page was there and later sent visitors on"), "{}", found[0].observed);
}

#[test]
fn fourteen_words_of_a_hundred_replaced_are_still_a_copy() {
    let dir = tempfile::tempdir().expect("a folder");
    let evidence = dir.path().join("evidence");
    let replaced: Vec<String> = REPORT
        .split(' ')
        .enumerate()
        .map(|(n, w)| if n % 7 == 3 { format!("other{n}") } else { w.to_owned() })
        .collect();
    put(&evidence, "sund-courier.example", &page("sund-courier.example", "Sund Courier", &dated("2026-09-01"), REPORT));
    let html = page("sund-courier.test", "Sund Courier", &dated("2026-09-02"), &replaced.join(" "))
        .replace("<article>", &format!("<nav>{}</nav><article>", menu("sund-courier.example")));
    put(&evidence, "sund-courier.test", &html);
    let dossier = investigate(dir.path(), &["sund-courier.example | names: Sund Courier"]);
    let found = of(&dossier, "copied-article");
    assert_eq!(found.len(), 1, "{:#?}", dossier.findings);
    let changes = found[0].tables[0].rows[1][8].raw();
    assert!(changes.starts_with("1") && changes.contains(" in"), "about one word in seven: {changes}");
}
