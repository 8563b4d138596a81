//! Numbers and chances in plain words, the same in every export.
//!
//! A p-value is told as odds ("about 1 in 3,100") and a false discovery rate as false alarms among results this
//! strong, because readers take "p = 0.0003" for the chance that the finding is wrong. Wrong where: odds are rounded to
//! two digits. Source: Gigerenzer et al., "Helping Doctors and Patients Make Sense of Health Statistics", 2007.

use model::{
    ActorLine, Chance, Code, Confidence, Dossier, EvidenceId, Finding, Method, NetworkLine, Note, Quote, Verdict, When,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What every export says of made-up evidence.
pub const SYNTHETIC: &str = "SYNTHETIC: this evidence is made up. The people, accounts and sites in it are invented.";

/// What every export says where nothing was found.
pub const NOTHING: &str = "Nothing stood out beyond chance in what was read. That is no proof that nothing happened.";

/// Our own words, which may carry words of evidence: addresses among them are defanged.
pub fn ours(s: &str) -> Quote {
    let address = |w: &&str| w.contains("://") || w.contains('@') || w.starts_with("www.");
    let words = s.split(' ').map(|w| if address(&w) { model::defang(w) } else { w.to_owned() });
    Quote::from(words.collect::<Vec<_>>().join(" "))
}

/// `1,234,567`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `1 file`, `2,000 files`.
pub fn many(n: u64, one: &str, more: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { more })
}

/// A measured number for people: grouped when large, two or three significant digits when small.
pub fn number(x: f64) -> String {
    let size = x.abs();
    match size {
        _ if !x.is_finite() => "not known".to_owned(),
        _ if size >= 1e15 => scientific(x),
        _ if x.fract() == 0.0 || size >= 100.0 => {
            format!("{}{}", if x.round() < 0.0 { "-" } else { "" }, count(size.round() as u64))
        }
        _ if size >= 10.0 => trimmed(format!("{x:.1}")),
        _ if size >= 1.0 => trimmed(format!("{x:.2}")),
        _ if size >= 0.001 => trimmed(format!("{x:.*}", digits_after(size))),
        _ => scientific(x),
    }
}

fn digits_after(mut size: f64) -> usize {
    let mut digits = 1;
    while size < 1.0 {
        size *= 10.0;
        digits += 1;
    }
    digits
}

fn trimmed(s: String) -> String {
    if s.contains('.') { s.trim_end_matches('0').trim_end_matches('.').to_owned() } else { s }
}

fn scientific(x: f64) -> String {
    let text = format!("{x:.1e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: String = power.chars().map(superscript).collect();
    format!("{}\u{a0}×\u{a0}10{power}", trimmed(digits.to_owned()))
}

fn superscript(c: char) -> char {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    c.to_digit(10).map_or('⁻', |d| DIGITS[d as usize])
}

/// `3.4 GB`, in powers of ten.
pub fn bytes(n: u64) -> String {
    let mut size = n as f64;
    for unit in ["bytes", "kB", "MB", "GB", "TB"] {
        if size < 1000.0 || unit == "TB" {
            return if unit == "bytes" { many(n, "byte", "bytes") } else { format!("{} {unit}", number(size)) };
        }
        size /= 1000.0;
    }
    unreachable!("the last unit returns")
}

/// A large number rounded to two digits: `3,100`, `2.5 million`.
fn round(x: f64) -> String {
    for (unit, word) in [(1e9, "billion"), (1e6, "million")] {
        if x >= unit * 0.995 {
            return format!("{} {word}", trimmed(format!("{:.1}", x / unit)));
        }
    }
    let mut scale = 1.0;
    while x / scale >= 100.0 {
        scale *= 10.0;
    }
    number((x / scale).round() * scale)
}

/// A probability as odds: `about 1 in 3,100`.
pub fn odds(p: f64) -> String {
    match p {
        p if !p.is_finite() => "not known".to_owned(),
        p if p < 1e-9 => "less than 1 in a billion".to_owned(),
        p if p > 0.5 => "more likely than not".to_owned(),
        p => format!("about 1 in {}", round(1.0 / p)),
    }
}

/// A false discovery rate as false alarms among results at least this strong.
pub fn false_alarms(q: f64) -> String {
    match q {
        q if !q.is_finite() => "not known".to_owned(),
        q if q < 1e-9 => "fewer than 1 in a billion".to_owned(),
        q if q > 0.5 => "more than half".to_owned(),
        q => format!("about 1 in {}", round(1.0 / q)),
    }
}

/// What was seen beside what chance gives, as one sentence.
pub fn seen(c: &Chance) -> String {
    let line = format!("{}{}.", counted(c), times(c));
    let mut letters = line.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What is counted stands first, so that it reads the same for one and for many.
fn counted(c: &Chance) -> String {
    format!("{}: {} seen, {} expected by chance", c.unit, number(c.observed), number(c.expected))
}

fn times(c: &Chance) -> String {
    let ratio = c.observed / c.expected;
    match ratio {
        r if !r.is_finite() => String::new(),
        r if r > 1e6 => ". That is more than a million times as many".to_owned(),
        r if r >= 1.5 => format!(". That is {} times as many", round(r)),
        r if r >= 0.67 => ". That is about as many".to_owned(),
        _ => ". That is fewer".to_owned(),
    }
}

/// The odds and the false alarms, as sentences; empty where the null model gives neither.
pub fn doubt(c: &Chance) -> String {
    let p = c.p.map(|p| {
        format!("Chance alone would give this much or more in {} cases (p\u{a0}=\u{a0}{}). ", odds(p), number(p))
    });
    let q = c.fdr.map(|q| {
        format!(
            "Of results at least this strong, {} would be a false alarm (FDR\u{a0}=\u{a0}{}).",
            false_alarms(q),
            number(q)
        )
    });
    format!("{}{}", p.unwrap_or_default(), q.unwrap_or_default()).trim_end().to_owned()
}

/// One line: seen, expected, odds.
pub fn chance_line(c: &Chance) -> String {
    let mut out = counted(c);
    if let Some(p) = c.p {
        out.push_str(&format!("; odds of that {}", odds(p)));
    }
    if let Some(q) = c.fdr {
        out.push_str(&format!("; FDR {}", number(q)));
    }
    out
}

/// `2026-10-03 to 2026-11-04`, one date when both are the same, `None` when no time is known.
pub fn period(first: Option<When>, last: Option<When>) -> Option<String> {
    let (first, last) = (first.or(last)?.date(), last.or(first)?.date());
    Some(if first == last { first } else { format!("{first} to {last}") })
}

/// A time for people, or `time not known`.
pub fn when(when: Option<When>) -> String {
    when.map_or_else(|| "time not known".to_owned(), |w| format!("{} UTC", w.short()))
}

/// Findings in the order in which every report shows them: dismissed ones last, then by confidence, else as given.
pub fn in_order(d: &Dossier) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = d.findings.iter().collect();
    findings.sort_by_key(|f| (dismissed(d, f), Reverse(f.confidence)));
    findings
}

/// True where a person dismissed the finding.
pub fn dismissed(d: &Dossier, f: &Finding) -> bool {
    d.ruling(&f.id).is_some_and(|r| r.verdict == Verdict::Dismissed)
}

/// `2 high, 1 moderate, 0 low`, with the dismissed apart.
pub fn tally(d: &Dossier) -> String {
    let (gone, open): (Vec<&Finding>, Vec<&Finding>) = d.findings.iter().partition(|f| dismissed(d, f));
    let of = |c: Confidence| open.iter().filter(|f| f.confidence == c).count();
    let words: Vec<String> = [Confidence::High, Confidence::Moderate, Confidence::Low]
        .iter()
        .map(|c| format!("{} {}", of(*c), c.word()))
        .collect();
    let gone = if gone.is_empty() { String::new() } else { format!(", {} dismissed", gone.len()) };
    words.join(", ") + &gone
}

/// The command by which a person rules on a finding.
pub fn how_to_rule(finding: &str) -> String {
    format!("unspool rule CASE {finding} upheld --why \"…\"")
}

/// Notes that say something was not read, then the others, each as they stand in the dossier.
pub fn notes(d: &Dossier) -> (Vec<&Note>, Vec<&Note>) {
    d.notes.iter().partition(|n| n.code.incomplete())
}

/// Names of evidence by id.
pub struct Names<'a>(BTreeMap<&'a str, &'a Quote>);

impl<'a> Names<'a> {
    /// Takes the first name of each line.
    pub fn new(d: &'a Dossier) -> Self {
        Self(d.evidence.iter().filter_map(|e| Some((e.id.as_str(), e.names.first()?))).collect())
    }

    /// The name, where the evidence is listed.
    pub fn of(&self, id: EvidenceId) -> Option<&'a Quote> {
        self.0.get(id.to_string().as_str()).copied()
    }
}

/// An actor by its index in the dossier.
pub fn actor(d: &Dossier, no: u32) -> Option<&ActorLine> {
    d.actors.get(no as usize)
}

/// Whether all was read, as one or two sentences.
pub fn whole(d: &Dossier) -> &'static str {
    match (d.evidence.is_empty(), d.incomplete()) {
        (true, false) => "There is no evidence in this case yet.",
        (false, false) => "All of the evidence was read whole.",
        (_, true) => {
            "Some of the evidence was not read whole. What stands in the unread parts is missing from this report."
        }
    }
}

/// The figures at the top: name, value.
pub fn glance(d: &Dossier) -> Vec<(&'static str, String)> {
    let m = &d.method;
    let starts = || d.timeline.iter().flat_map(|c| &c.bins).map(|b| b.start);
    let unread = d.notes.iter().filter(|n| n.code.incomplete()).count() as u64;
    let mut all = vec![
        ("Findings", tally(d)),
        ("Evidence", format!("{}, {}", many(m.files, "file", "files"), bytes(m.bytes))),
        ("Records read", count(m.records)),
        ("Traces taken", count(m.traces)),
        ("Networks", count(d.networks.len() as u64)),
        ("Actors in them or in findings", count(d.actors.len() as u64)),
        ("Places not read", count(unread)),
    ];
    if let Some(period) = period(starts().min(), starts().max()) {
        all.push(("Period", period));
    }
    all
}

/// What a network's members shared: `37 url, 4 hashtag-sequence`.
pub fn objects(n: &NetworkLine) -> String {
    n.objects.iter().map(|(kind, n)| format!("{} {kind}", count(u64::from(*n)))).collect::<Vec<_>>().join(", ")
}

/// The window of a kind as written, or that it has none.
pub fn window<'a>(m: &'a Method, kind: &str) -> &'a str {
    m.windows.iter().find(|(id, _)| id == kind).map_or("none", |(_, length)| length)
}

/// How it was made, one sentence each.
pub fn method(m: &Method) -> Vec<String> {
    let mut all = vec![
        format!("Made by Unspool {}. The same version, evidence and settings give the same bytes.", m.version),
        format!(
            "Evidence: {}, {}. Digest over all seals (SHA-256): {}",
            many(m.files, "file", "files"),
            bytes(m.bytes),
            m.evidence_digest
        ),
        format!(
            "Linking: {} tested, {} kept, of which {} are expected to be false.",
            many(m.pairs, "pair of actors", "pairs of actors"),
            many(m.links, "link", "links"),
            number(m.expected_false)
        ),
        "To check it: unspool verify CASE proves every seal and makes the derived work again.".to_owned(),
    ];
    all.extend(m.remarks.iter().cloned());
    all
}

/// What a note's code means, in words.
pub fn trouble(code: Code) -> &'static str {
    match code {
        Code::Unrecognised => "no reader knows this format",
        Code::Malformed => "breaks the rules of its format",
        Code::Truncated => "ends too early",
        Code::Limit => "a stated bound was reached",
        Code::Encrypted => "encrypted",
        Code::Encoding => "not in the encoding it claims",
        Code::Time => "a time is missing or absurd",
        Code::Resolution => "times are coarse",
        Code::Bug => "the reader failed: a bug to report",
        Code::Collision => "two names fell on one number",
        Code::Info => "worth knowing",
    }
}

/// Terms of the report: term, meaning.
pub const GLOSSARY: &[(&str, &str)] = &[
    ("Actor", "An account, mailbox, web site, server or file that left traces. Not a person."),
    (
        "Trace",
        "An actor touched something (posted a link, used a tracker, sent through a server) at a time, and bytes say so.",
    ),
    ("Link", "Two actors shared more distinct things within the time window than chance allows."),
    ("Network", "A group of actors with more links among each other than to others."),
    ("Expected by chance", "What the named null model gives: the same amount of activity with no coordination in it."),
    (
        "p",
        "How often chance alone gives at least as much as was seen. It is not the probability that the finding is wrong.",
    ),
    (
        "FDR",
        "False discovery rate (Benjamini–Hochberg): the share of false alarms to expect among results at least this strong.",
    ),
    (
        "Confidence",
        "Low: could well be innocent. Moderate: beyond chance, with an innocent explanation open. High: far beyond chance, on independent traces, with the innocent explanations unlikely. Set by the rule, never by a sum of scores.",
    ),
    ("Centrality", "How well linked a member is to others that are well linked; the most central of a network is 1."),
    ("Seal", "The SHA-256 of a file, taken before it was read. The same seal means the same bytes."),
    ("Defanged", "Addresses are written hxxps://x[.]example so that nobody opens them by mistake."),
    (
        "DISARM, ATT&CK",
        "Published catalogues of techniques. A technique is named for what the pattern would be an instance of, were it what it looks like.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (x, words) in [
            (0.0, "0"),
            (91.0, "91"),
            (1_234_567.0, "1,234,567"),
            (-1234.5, "-1,235"),
            (2.104, "2.1"),
            (43.26, "43.3"),
            (0.0503, "0.05"),
            (0.37, "0.37"),
            (4e-7, "4\u{a0}×\u{a0}10⁻⁷"),
            (1.5e-12, "1.5\u{a0}×\u{a0}10⁻¹²"),
            (f64::NAN, "not known"),
            (f64::INFINITY, "not known"),
        ] {
            assert_eq!(number(x), words);
        }
        assert_eq!(many(1, "file", "files"), "1 file");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(3_440_000_000), "3.44 GB");
        assert_eq!(bytes(u64::MAX), "18,446,744 TB");
    }

    #[test]
    fn addresses_in_our_words() {
        for (text, told) in [
            ("0.5 of x.org", "0.5 of x.org"),
            ("see https://x.org/a and a@b.org.", "see hxxps://x[.]org/a and a[@]b[.]org."),
            ("", ""),
        ] {
            assert_eq!(ours(text).raw(), told);
        }
    }

    #[test]
    fn odds_in_words() {
        for (p, words) in [
            (0.05, "about 1 in 20"),
            (0.00032, "about 1 in 3,100"),
            (4e-7, "about 1 in 2.5 million"),
            (1e-9, "about 1 in 1 billion"),
            (0.0, "less than 1 in a billion"),
            (0.7, "more likely than not"),
        ] {
            assert_eq!(odds(p), words);
        }
    }

    #[test]
    fn what_was_seen_beside_chance() {
        let c = |observed, expected| {
            seen(&Chance { unit: "links".into(), observed, expected, p: None, fdr: None, null: String::new() })
        };
        assert_eq!(c(91.0, 2.1), "Links: 91 seen, 2.1 expected by chance. That is 43 times as many.");
        assert_eq!(c(1.0, 0.0), "Links: 1 seen, 0 expected by chance.");
        assert_eq!(c(3.0, 3.2), "Links: 3 seen, 3.2 expected by chance. That is about as many.");
    }
}
