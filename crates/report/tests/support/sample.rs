//! Dossiers to write down: a rich one with hostile words everywhere, an empty one, a large one.
#![allow(dead_code)]

use model::*;

/// What a hostile sender would put everywhere.
pub const HOSTILE: &str =
    "\u{1b}[31m=cmd|' /C calc'!A0 \u{202e}<script>alert(1)</script>\u{200b}|\r\n# x ]]> --> &amp;";

const DAY: i64 = 86_400;
const START: i64 = 1_788_566_400; // 2026-09-05T00:00:00Z
/// Names of the accounts of the farm.
const FARM: [&str; 14] = [
    "maple_ridge_mom",
    "truth4northport",
    "CarolAnn_1961",
    "NorthportDad",
    "harbor_voice",
    "JimmyT_real",
    "votewatch_np",
    "liberty_lane88",
    "saltmarsh_sue",
    "old_pier_news",
    "red_lantern_",
    "quietmajority_7",
    "ferry_town_facts",
    "a_name_that_goes_on_and_on_without_any_space_or_break_until_the_column_ends",
];

fn at(day: i64, second: i64) -> Option<When> {
    When::from_unix(START + day * DAY + second)
}

fn moment(day: i64) -> When {
    at(day, 0).expect("in range")
}

fn q(s: &str) -> Quote {
    Quote::from(s)
}

fn evidence_id(n: u64) -> EvidenceId {
    EvidenceId(0x51a3_0000_0000_0000 + n)
}

fn place(n: u64, at: u64, len: u64) -> Place {
    Place { evidence: evidence_id(n), span: if len == 0 { Span::row(at) } else { Span::bytes(at, len) } }
}

fn chance(unit: &str, observed: f64, expected: f64, p: Option<f64>, fdr: Option<f64>, null: &str) -> Chance {
    Chance { unit: unit.into(), observed, expected, p, fdr, null: null.into() }
}

fn innocents(all: &[(&str, &str)]) -> AtLeastOne<Innocent> {
    let all = all.iter().map(|(what, check)| Innocent { what: (*what).into(), check: (*check).into() }).collect();
    AtLeastOne::new(all).expect("not empty")
}

fn witness(place: Place, actor: Option<u32>, when: Option<When>, shows: &str, quote: &str) -> Witness {
    Witness {
        place,
        actor: actor.map(ActorNo),
        when,
        shows: shows.into(),
        quote: q(quote),
        words: q(&format!("{quote}, and what stood around it \u{1b}[31m<script>=cmd|\u{202e}")),
    }
}

fn technique(framework: &str, id: &str, name: &str) -> Technique {
    Technique { framework: framework.into(), id: id.into(), name: name.into() }
}

/// A case as a newsroom would have it, with hostile words among the evidence.
pub fn rich() -> Dossier {
    let mut d = empty();
    d.title = q("Northport mayoral race, autumn 2026");
    d.question = q("Was the leak of the Alder campaign's mail pushed by accounts that act together?");
    d.answer = vec![
        "14 accounts pushed the same 37 links within a minute of each other, 42 times as often as chance allows."
            .into(),
        "The same documents reached 212 mailboxes through three throw-away senders on 11 October.".into(),
        "A link in those mails is the link the accounts pushed two hours later; nothing here says who is behind it."
            .into(),
    ];
    d.synthetic = true;
    d.evidence = evidence();
    d.notes = notes();
    d.actors = actors();
    d.networks = vec![farm(), senders()];
    d.findings = findings();
    for f in &d.findings {
        for a in &f.actors {
            d.actors[a.0 as usize].findings.push(f.id.clone());
        }
    }
    d.rulings = rulings();
    d.timeline = timeline();
    d.marks = marks();
    d.judgement = judgement();
    d.acts = acts();
    method(&mut d.method);
    d
}

/// Nothing at all.
pub fn empty() -> Dossier {
    Dossier {
        title: Quote::default(),
        question: Quote::default(),
        answer: Vec::new(),
        synthetic: false,
        evidence: Vec::new(),
        notes: Vec::new(),
        findings: Vec::new(),
        rulings: Vec::new(),
        actors: Vec::new(),
        networks: Vec::new(),
        timeline: Vec::new(),
        marks: Vec::new(),
        judgement: Judgement::default(),
        acts: Vec::new(),
        method: Method {
            version: "0.1.0".into(),
            settings: Settings::default(),
            settings_toml: String::new(),
            files: 0,
            bytes: 0,
            records: 0,
            traces: 0,
            kinds: Vec::new(),
            windows: Vec::new(),
            pairs: 0,
            links: 0,
            expected_false: 0.0,
            remarks: Vec::new(),
            evidence_digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".into(),
        },
    }
}

fn line(n: u64, parent: Option<u64>, name: &str, format: &str, bytes: u64, records: u64) -> EvidenceLine {
    EvidenceLine {
        id: evidence_id(n).to_string(),
        parent: parent.map(|p| evidence_id(p).to_string()),
        names: vec![q(name)],
        bytes,
        sha256: format!("{:016x}", 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(n + 1)).repeat(4),
        format: format.into(),
        records,
        traces: records * 3,
        children: 0,
        layout: Quote::default(),
    }
}

fn evidence() -> Vec<EvidenceLine> {
    let mut all = vec![
        line(0, None, "posts/northport-2026.csv.zst", "posts-csv", 1_834_221_002, 4_812_377),
        line(1, None, "mail/newsroom-inbox.mbox", "mbox", 88_120_455, 3_214),
        line(2, None, "pages/northport-herald.example.html", "page", 212_030, 1),
        line(3, None, "pages/harbor-gazette.example.html", "page", 208_144, 1),
        line(4, None, "docs.zip", "zip", 5_220_119, 12),
        line(5, Some(4), "docs/alder-budget-draft.pdf", "pdf", 1_220_119, 1),
        line(6, None, "chat-export.bin", "", 77_120, 0),
        line(7, None, HOSTILE, "posts-jsonl", 120_000, 411),
    ];
    all[0].layout = q("account = author, time = publish_date, text = content, url = tco1_step1");
    all[0].names.push(q("posts/copy of northport-2026.csv.zst"));
    all[4].children = 12;
    all[7].layout = q(HOSTILE);
    all
}

fn note(n: u64, code: Code, span: Span, text: &str, times: u64) -> Note {
    Note { evidence: evidence_id(n), code, span, text: q(text), times }
}

fn notes() -> Vec<Note> {
    vec![
        note(0, Code::Malformed, Span::row(88_213), "row has 14 fields where the header has 15; skipped", 37),
        note(0, Code::Resolution, Span::WHOLE, "times are whole minutes: a window of 60 s cannot see closer", 1),
        note(1, Code::Truncated, Span::bytes(88_120_001, 454), "the last mail ends inside an attachment", 1),
        note(4, Code::Encrypted, Span::WHOLE, "entry 'donors.xlsx' is encrypted", 1),
        note(6, Code::Unrecognised, Span::WHOLE, "no format recognised these bytes", 1),
        note(7, Code::Time, Span::row(3), HOSTILE, 2),
        note(7, Code::Encoding, Span::bytes(1, 3), "undecodable bytes were replaced", 1_204),
    ]
}

fn actors() -> Vec<ActorLine> {
    let named = |(no, (sort, name)): (usize, (Sort, String))| ActorLine {
        id: format!("a:{:016x}", 0xa000_0000_0000_0000_u64 + no as u64),
        sort,
        name: Quote::from(name),
        records: 40 + (no as u64 * 37) % 211,
        traces: 120 + (no as u64 * 113) % 997,
        findings: Vec::new(),
        active: spells(no as i64, 1 + no as i64 % 3),
    };
    let farm = FARM.iter().map(|n| (Sort::Account, format!("x/{n}")));
    let others = [
        (Sort::Mailbox, "press-desk@quick-relay.example"),
        (Sort::Mailbox, "newsdesk@quick-relay.example"),
        (Sort::Mailbox, "tips@postbox-nine.example"),
        (Sort::Host, "mx7.quick-relay.example"),
        (Sort::Site, "northport-herald.example"),
        (Sort::Site, "harbor-gazette.example"),
        (Sort::Account, HOSTILE),
        (Sort::Account, "x/صوت_الميناء"),
    ];
    farm.chain(others.into_iter().map(|(s, n)| (s, n.to_owned()))).enumerate().map(named).collect()
}

/// So many stretches of two hours and a half, ten days apart; none for every fifth.
fn spells(no: i64, many: i64) -> Vec<Spell> {
    let stretch = |n: i64| Some(Spell { start: at(n * 10, no * 60)?, end: at(n * 10, no * 60 + 9_000)? });
    (0..many).filter(|_| no % 5 != 4).filter_map(stretch).collect()
}

fn farm() -> NetworkLine {
    let member = |actor: u32| NetworkMember {
        actor,
        degree: if actor < 10 { 13 } else { 9 },
        centrality: 1.0 - f64::from(actor) * 0.055,
        leads: f64::from((actor * 7) % 10) / 10.0,
    };
    let link = |a: u32, b: u32| NetworkLink {
        a,
        b,
        weight: 37 - (a * 3 + b) % 31,
        kinds: vec![("url".into(), 37 - (a * 3 + b) % 31), ("hashtag-sequence".into(), 2 + a % 3)],
        expected: 0.4 + f64::from(b) / 40.0,
        q: 1e-9 * f64::from(a + 1),
        lag_seconds: f64::from(4 + (a * b) % 40) + 0.5,
        met: spells(i64::from(a + b), 1 + i64::from(a % 2)),
    };
    let pairs = (0..14).flat_map(|a| (a + 1..14).map(move |b| (a, b))).filter(|(a, b)| *b < 10 || (a + b) % 4 != 0);
    NetworkLine {
        id: "n:41d0aa10c39f7e21".into(),
        members: (0..14).map(member).collect(),
        links: pairs.map(|(a, b)| link(a, b)).collect(),
        objects: vec![("url".into(), 37), ("hashtag-sequence".into(), 4), ("text".into(), 9)],
        chance: chance(
            "links",
            80.0,
            1.9,
            Some(3e-12),
            None,
            "Each account posts as often and at the same hours as it did, but what it posts is drawn anew.",
        ),
        findings: vec!["f:0c1e5a9b72d40001".into()],
    }
}

fn senders() -> NetworkLine {
    let member =
        |actor: u32| NetworkMember { actor, degree: 3, centrality: 1.0 - f64::from(actor - 14) / 10.0, leads: 0.5 };
    let link = |(a, b, weight): (u32, u32, u32)| NetworkLink {
        a,
        b,
        weight,
        kinds: vec![("mail-relay".into(), weight)],
        expected: 0.02,
        q: 0.0004,
        lag_seconds: 21_600.0,
        met: vec![],
    };
    NetworkLine {
        id: "n:7b20e55d01c6a9f4".into(),
        members: [14, 15, 16, 17, 18, 20].into_iter().map(member).collect(),
        links: [(14, 15, 6), (14, 16, 4), (15, 16, 4), (14, 17, 6), (15, 17, 3), (16, 17, 2), (18, 17, 2), (18, 20, 2)]
            .into_iter()
            .map(link)
            .collect(),
        objects: vec![("mail-relay".into(), 3), ("url".into(), 2)],
        chance: chance(
            "links",
            8.0,
            0.3,
            Some(0.0002),
            Some(0.004),
            "Senders keep how many mails they sent; relays are drawn by how busy they are.",
        ),
        findings: vec!["f:0c1e5a9b72d40002".into(), "f:0c1e5a9b72d40003".into()],
    }
}

fn findings() -> Vec<Finding> {
    vec![lockstep(), wave(), bridge(), burst(), copied(), hostile()]
}

fn lockstep() -> Finding {
    let witnesses = (0..14_u32)
        .map(|i| {
            let url = "https://northport-herald.example/2026/10/alder-budget-leak?utm_source=a";
            witness(
                place(0, 812_000 + u64::from(i), 0),
                Some(i),
                at(36, 50_400 + i64::from(i) * 4),
                "posted the same URL",
                url,
            )
        })
        .collect();
    Finding {
        id: "f:0c1e5a9b72d40001".into(),
        kind: "lockstep".into(),
        title: "14 accounts shared the same 37 links within a minute of each other".into(),
        observed: "Between 3 October and 3 November 14 accounts posted 37 URLs, each within 60 s of at least one other of the 14. The median time between was 11 s. The account x/maple_ridge_mom was first in most of them.".into(),
        confidence: Confidence::High,
        because: "80 links where chance gives 2, on two independent kinds of trace (URLs and hashtag sequences), and no app or feed is named in the posts that would explain the timing.".into(),
        chance: chance("links", 80.0, 1.9, Some(3e-12), Some(2e-9), "Each account posts as often and at the same hours as it did, but what it posts is drawn anew."),
        innocent: innocents(&[
            ("A fan club or campaign with a shared calendar", "Look for a public call to post at a set time; none of the 37 links is named in one in this evidence."),
            ("Accounts that auto-post from one news feed", "Feeds post at regular minutes; here the minute is spread evenly, and the first account differs."),
        ]),
        witnesses: AtLeastOne::new(witnesses).expect("some"),
        actors: (0..14).map(ActorNo).collect(),
        tables: vec![],
        techniques: vec![technique("DISARM", "T0049", "Flood Information Space"), technique("DISARM", "T0090", "Create Inauthentic Accounts")],
        first: at(28, 0),
        last: at(59, 40_000),
    }
}

fn wave() -> Finding {
    let mail = |n: u64, who, subject: &str| {
        witness(
            place(1, n * 20_000, 3_412),
            Some(who),
            at(36, 30_000 + n as i64 * 40),
            "sent a mail of the same making",
            subject,
        )
    };
    Finding {
        id: "f:0c1e5a9b72d40002".into(),
        kind: "mail-wave".into(),
        title: "212 mailboxes received mails of one making on one day".into(),
        observed: "On 11 October 2026, 212 mailboxes received mails whose words are the same but for the greeting, from three senders through one relay.".into(),
        confidence: Confidence::High,
        because: "The same words, the same relay and the same attachment seal; no mailbox had mail from these senders before.".into(),
        chance: chance("mailboxes", 212.0, 4.6, Some(1e-15), None, "Mails of one sender reach as many mailboxes as those of the median sender of that week."),
        innocent: innocents(&[("A newsletter", "Newsletters carry List-Unsubscribe and come again; these do neither.")]),
        witnesses: AtLeastOne::new(vec![
            mail(1, 14, "Documents you need to see before you vote"),
            mail(2, 15, "Documents you need to see before you vote"),
            mail(3, 16, "RE: documents <img src=x onerror=alert(1)> https://northport-herald.example/login"),
        ]).expect("some"),
        actors: vec![ActorNo(14), ActorNo(15), ActorNo(16), ActorNo(17)],
        tables: vec![Table {
            title: "Who got it".into(),
            columns: vec!["When".into(), "Sender".into(), "Mailbox".into()],
            rows: (0..14)
                .map(|n| {
                    let mailbox = if n == 3 { "<script>alert(3)</script>|`=cmd`".into() } else { format!("staff{n}@campaign.example") };
                    vec!["2026-10-11 08:20".into(), "desk@northport-herald.example".into(), mailbox.as_str().into()]
                })
                .collect(),
        }],
        techniques: vec![technique("ATT&CK", "T1566.002", "Phishing: Spearphishing Link")],
        first: at(36, 30_000),
        last: at(36, 52_000),
    }
}

fn bridge() -> Finding {
    Finding {
        id: "f:0c1e5a9b72d40003".into(),
        kind: "bridge".into(),
        title: "One advertising id ties two news sites to the link in the mails".into(),
        observed: "The id pub-4417000000000001 stands on both saved pages. One of them is the target of the link in the mails and of 9 of the 37 links the accounts posted.".into(),
        confidence: Confidence::Moderate,
        because: "A rare trace across three channels, but an advertising agency could manage both sites.".into(),
        chance: chance("channels", 3.0, 0.04, Some(0.0007), Some(0.011), "Traces as rare as this one fall on channels at random."),
        innocent: innocents(&[("One agency that runs the advertising of many sites", "Look the id up in an archive of ads.txt files: an agency's id stands on hundreds.")]),
        witnesses: AtLeastOne::new(vec![
            witness(place(2, 10_224, 31), Some(18), at(30, 0), "carries the id", "pub-4417000000000001"),
            witness(place(3, 9_881, 31), Some(19), None, "carries the id", "pub-4417000000000001"),
            witness(place(1, 60_000, 80), Some(16), at(36, 30_120), "links to", "https://northport-herald.example/2026/10/alder-budget-leak"),
        ]).expect("some"),
        actors: vec![ActorNo(18), ActorNo(19), ActorNo(16)],
        tables: vec![],
        techniques: vec![technique("DISARM", "T0098", "Establish Inauthentic News Sites")],
        first: at(30, 0),
        last: at(36, 30_120),
    }
}

fn burst() -> Finding {
    Finding {
        id: "f:0c1e5a9b72d40004".into(),
        kind: "burst".into(),
        title: "The 14 accounts became five times as active from 24 October on".into(),
        observed: "The 14 accounts together made 21 posts a day before 24 October and 104 a day after it, while all other accounts grew by a tenth.".into(),
        confidence: Confidence::Moderate,
        because: "The change stands out against the background, but a campaign's last fortnight is busy for many.".into(),
        chance: chance("posts a day", 104.0, 23.4, Some(0.00004), None, "The accounts grow as all others do (Poisson, background taken out)."),
        innocent: innocents(&[("Ordinary interest that grows toward the vote", "Compare with accounts of the same age and topic outside the network.")]),
        witnesses: AtLeastOne::new(vec![witness(place(0, 2_110_334, 0), Some(3), at(50, 100), "first post after the change", "Ask yourself WHY they hid the budget #northport #alderleaks")]).expect("some"),
        actors: (0..14).map(ActorNo).collect(),
        tables: vec![],
        techniques: Vec::new(),
        first: at(49, 0),
        last: at(59, 0),
    }
}

fn copied() -> Finding {
    Finding {
        id: "f:0c1e5a9b72d40005".into(),
        kind: "copy-paste".into(),
        title: "5 accounts posted the same 31 words".into(),
        observed: "Five accounts posted the same sentence of 31 words within two days, without reposting each other."
            .into(),
        confidence: Confidence::Low,
        because: "The sentence stands in a press release, which would explain it.".into(),
        chance: chance(
            "accounts",
            5.0,
            4.1,
            Some(0.38),
            Some(0.61),
            "Accounts copy as often as in the rest of the posts.",
        ),
        innocent: innocents(&[(
            "A press release or a headline that many quote",
            "The sentence stands in docs/alder-budget-draft.pdf, page 2.",
        )]),
        witnesses: AtLeastOne::new(vec![witness(
            place(0, 990_001, 0),
            Some(21),
            at(12, 0),
            "posted the words",
            "قالت المدينة إن الميزانية ستنشر بعد التصويت",
        )])
        .expect("some"),
        actors: vec![ActorNo(21), ActorNo(2), ActorNo(3), ActorNo(5), ActorNo(8)],
        tables: vec![],
        techniques: vec![technique("DISARM", "T0084", "Reuse Existing Content")],
        first: at(12, 0),
        last: at(14, 0),
    }
}

fn hostile() -> Finding {
    let long = format!("{}{}", "A".repeat(400), HOSTILE);
    Finding {
        id: "f:0c1e5a9b72d40006".into(),
        kind: "copy-paste".into(),
        title: format!("Words of the other side: {HOSTILE}"),
        observed: format!("=1+1 {HOSTILE}"),
        confidence: Confidence::Low,
        because: HOSTILE.into(),
        chance: chance(HOSTILE, 3.0, 0.0, None, None, HOSTILE),
        innocent: innocents(&[(HOSTILE, HOSTILE)]),
        witnesses: AtLeastOne::new(vec![
            witness(place(7, 3, 0), Some(20), at(15, 0), HOSTILE, HOSTILE),
            witness(place(7, 4, 0), Some(20), None, "posted", &long),
        ])
        .expect("some"),
        actors: vec![ActorNo(20)],
        tables: vec![],
        techniques: vec![technique("DISARM", "T0000", HOSTILE)],
        first: at(15, 0),
        last: None,
    }
}

fn rulings() -> Vec<Ruling> {
    let rule = |finding: &str, verdict, why: &str, by: &str, day| Ruling {
        finding: finding.into(),
        verdict,
        why: q(why),
        by: q(by),
        when: moment(day),
    };
    vec![
        rule(
            "f:0c1e5a9b72d40001",
            Verdict::Upheld,
            "Checked all 37 by hand against the platform's own archive.",
            "M. Okafor",
            61,
        ),
        rule("f:0c1e5a9b72d40005", Verdict::Open, "Looking for the release.", "", 61),
        rule(
            "f:0c1e5a9b72d40005",
            Verdict::Dismissed,
            "The sentence is from the city's press release of 16 September.",
            "M. Okafor",
            62,
        ),
        rule("f:0c1e5a9b72d40006", Verdict::Open, HOSTILE, HOSTILE, 62),
    ]
}

fn timeline() -> Vec<Channel> {
    let channel = |name: &str, of: fn(i64) -> (u64, u64)| Channel {
        name: name.into(),
        bins: (0..60)
            .map(|day| (day, of(day)))
            .filter(|(_, (records, _))| *records > 0)
            .map(|(day, (records, flagged))| Bin { start: moment(day), hours: 24, records, flagged })
            .collect(),
    };
    vec![
        channel("account posts", |d| {
            let base = 61_000 + (d as u64 * 7919) % 17_000 + if d > 45 { (d as u64 - 45) * 1_900 } else { 0 };
            (base, if d > 48 { 9_400 } else { 1_200 + (d as u64 * 31) % 700 })
        }),
        channel("mail", |d| match d {
            36 => (260, 212),
            d if d % 7 < 5 => (40 + (d as u64 * 13) % 22, 0),
            _ => (6, 0),
        }),
        channel("pages", |d| (u64::from(d == 30 || d == 33), u64::from(d == 30))),
        channel("documents", |d| (if d % 11 == 2 { 3 } else { 0 }, 0)),
    ]
}

fn marks() -> Vec<Mark> {
    let mark = |from, to, label: &str, finding: &str| Mark {
        start: moment(from),
        end: moment(to),
        label: label.into(),
        finding: finding.into(),
    };
    vec![
        mark(28, 59, "14 accounts in lockstep", "f:0c1e5a9b72d40001"),
        mark(36, 36, "mail wave", "f:0c1e5a9b72d40002"),
        mark(37, 37, HOSTILE, "f:0c1e5a9b72d40006"),
        mark(49, 59, "burst of the 14 accounts", "f:0c1e5a9b72d40004"),
        mark(59, 59, "vote", ""),
    ]
}

fn method(m: &mut Method) {
    m.settings.case.vote = "2026-11-03".into();
    m.settings_toml = "[case]\ntitle = \"Northport mayoral race, autumn 2026\"\nvote = \"2026-11-03\"\n\n[links]\nmin-objects = 2\nfdr = 0.05\nseed = 1\n".into();
    m.files = 8;
    m.bytes = 1_929_987_191;
    m.records = 4_816_017;
    m.traces = 14_448_051;
    m.kinds = vec![
        ("url".into(), "a web address, canonical".into(), 3_112_007),
        ("hashtag-sequence".into(), "hashtags in the order they stand".into(), 811_200),
        ("mail-relay".into(), "a server that passed a mail on".into(), 9_622),
        ("tracker".into(), "an advertising or measuring id on a page".into(), 4),
    ];
    m.windows = vec![
        ("url".into(), "60s".into()),
        ("hashtag-sequence".into(), "60s".into()),
        ("mail-relay".into(), "12h".into()),
    ];
    m.pairs = 1_204_551;
    m.links = 89;
    m.expected_false = 0.00031;
    m.remarks = vec!["12 objects were touched by more than 100,000 actors and say nothing about two of them.".into()];
}

/// 2,000 actors in 40 networks with 20,000 links, 200 findings, 3,000 pieces of evidence.
pub fn large() -> Dossier {
    let mut d = rich();
    let template = d.findings[0].clone();
    d.actors = (0..2_000_u32)
        .map(|no| ActorLine {
            id: format!("a:{no:016x}"),
            name: Quote::from(format!("x/account_{no}")),
            ..d.actors[0].clone()
        })
        .collect();
    d.networks = (0..40).map(|n| big_network(n, &d.networks[0])).collect();
    d.findings = (0..200)
        .map(|n| Finding {
            id: format!("f:{n:016x}"),
            actors: (0..50).map(|i| ActorNo(n % 40 * 50 + i)).collect(),
            ..template.clone()
        })
        .collect();
    d.evidence = (0..3_000).map(|n| line(n, None, "mail/one.eml", "mail", 1_000 + n, 1)).collect();
    d.timeline[0].bins = (0..20_000)
        .map(|h| Bin { start: at(0, h * 3600).expect("in range"), hours: 1, records: h as u64 % 977, flagged: 3 })
        .collect();
    d
}

fn big_network(n: u32, template: &NetworkLine) -> NetworkLine {
    let from = n * 50;
    let pairs = (0..50_u32).flat_map(|a| (a + 1..50).map(move |b| (a, b))).filter(|(a, b)| (a * 7 + b * 3) % 5 < 2);
    NetworkLine {
        id: format!("n:{n:016x}"),
        members: (0..50)
            .map(|i| NetworkMember { actor: from + i, degree: 20, centrality: 1.0 - f64::from(i) / 60.0, leads: 0.5 })
            .collect(),
        links: pairs
            .take(500)
            .map(|(a, b)| NetworkLink {
                a: from + a,
                b: from + b,
                weight: 2 + (a * b) % 40,
                ..template.links[0].clone()
            })
            .collect(),
        ..template.clone()
    }
}

fn interval(from: i64, to: i64, words: &str, clock: &str) -> Interval {
    Interval { from: at(from, 0), to: at(to, 0), words: q(words), clock: q(clock) }
}

fn statement(id: &str, source: &str, role: Role, words: &str, place: &str) -> Statement {
    Statement {
        id: format!("s:{id}"),
        source: q(source),
        role,
        said: interval(40, 41, "", "the page's date line"),
        about: interval(20, 36, "late September and early October", ""),
        words: q(words),
        place: q(place),
        reliability: Reliability::B,
        credibility: Credibility::PossiblyTrue,
        repeats: None,
        denies: Vec::new(),
    }
}

/// Statements, a question weighed by hand, claims; hostile words in every field that takes words.
pub fn judgement() -> Judgement {
    let mut j = Judgement::default();
    let mut denial =
        statement("denial", "Ministry of a neighbour", Role::Denial, "We reject this.", "https://ministry.example/1");
    denial.denies = vec!["s:office".into(), "f:0c1e5a9b72d40001".into()];
    let mut again = denial.clone();
    again.id = "s:denial-2".into();
    again.source = q("Embassy of a neighbour");
    let mut hostile = statement("hostile", HOSTILE, Role::Account, HOSTILE, HOSTILE);
    hostile.said.words = q(HOSTILE);
    hostile.about.clock = q(HOSTILE);
    let office = "Actors of a neighbouring state sent excerpts of stolen documents to newsrooms.";
    for s in [
        statement("office", "Northport election office", Role::Attribution, office, "https://office.example/statement"),
        denial,
        again,
        hostile,
    ] {
        j.put(Put::Statement(s));
    }
    j.put(Put::Question(question()));
    j.put(Put::Weight(Weight {
        id: "w:office".into(),
        question: "q:who".into(),
        items: vec!["s:office".into(), "f:0c1e5a9b72d40002".into()],
        independent: q(HOSTILE),
        ratios: vec![("neighbour".into(), 2.0, 8.0), ("insider".into(), 0.5, 1.0)],
        why: q(HOSTILE),
    }));
    j.put(Put::Sameness(Sameness {
        id: "m:desk".into(),
        a: q("press-desk@quick-relay.example"),
        b: q(HOSTILE),
        likelihood: Likelihood::Likely,
        confidence: Some(Confidence::Low),
        why: q(HOSTILE),
    }));
    for (technique, known, by) in [
        ("T0089.001", Known::Observed, "s:office"),
        ("T0049", Known::Removed, "f:0c1e5a9b72d40001"),
        ("T1566.002", Known::Observed, "f:0c1e5a9b72d40002"),
    ] {
        let framework = if technique.starts_with("T1") { "ATT&CK" } else { "DISARM" };
        let claim = TechniqueClaim {
            technique: technique.into(),
            framework: framework.into(),
            known,
            shown_by: by.into(),
            quote: q(HOSTILE),
            why: q(HOSTILE),
        };
        j.put(Put::Technique(claim));
    }
    let ground =
        |aspect, openness, text| Put::Ground(Ground { aspect, openness, item: "s:office".into(), text: q(text) });
    j.put(ground(Aspect::Technical, Openness::Open, "three senders through one relay"));
    j.put(ground(Aspect::Legal, Openness::Proprietary, HOSTILE));
    j.put(Put::Descent(DescentClaim {
        id: "d:page".into(),
        text: "e:00000000000000a1".into(),
        of: Some(("s:office".into(), Kinship::Copy)),
        why: q(HOSTILE),
    }));
    let descent = |id: &str, of: &str| Descent {
        statement: id.into(),
        of: of.into(),
        kinship: (!of.is_empty()).then_some(Kinship::Copy),
        shared: if of.is_empty() { 0.0 } else { 1.0 },
        said: false,
    };
    j.origins = vec![
        Origin { statements: vec![descent("s:denial", ""), descent("s:denial-2", "s:denial")] },
        Origin { statements: vec![descent("s:hostile", "")] },
        Origin { statements: vec![descent("s:office", ""), descent("e:00000000000000a1", "s:office")] },
    ];
    j.echoes = [Heard::Quoted, Heard::Beside]
        .map(|heard| Echo {
            text: "e:00000000000000a2".into(),
            of: "s:office".into(),
            heard,
            shared: 0.1,
            words: q(HOSTILE),
        })
        .to_vec();
    let line = |id: &str| TextLine { id: id.into(), title: q(HOSTILE), address: q(HOSTILE), when: at(41, 9) };
    j.texts = Texts { lines: ["e:00000000000000a1", "e:00000000000000a2"].map(line).to_vec(), compared: 3, left: 1 };
    let balance = |hypothesis: &str, low, high| Balance {
        hypothesis: hypothesis.into(),
        low,
        high,
        share: Some((low / 10.0, high / 10.0)),
    };
    let balances = vec![balance("neighbour", 2.0, 8.0), balance("insider", 0.5, 1.0), balance("unknown", 1.0, 1.0)];
    j.weighed = vec![Weighed {
        question: "q:who".into(),
        balances,
        groups: 1,
        turns: vec!["Without w:office `neighbour` no longer stands clear.".into()],
    }];
    j
}

fn question() -> Question {
    let hypothesis = |name: &str, text: &str, likelihood, confidence| Hypothesis {
        name: name.into(),
        text: q(text),
        offered: name == "unknown",
        likelihood,
        confidence,
        because: q(HOSTILE),
        prior: Some((0.1, 0.4)),
    };
    Question {
        id: "q:who".into(),
        text: q(&format!("Who sent the documents? {HOSTILE}")),
        hypotheses: vec![
            hypothesis("neighbour", "A neighbouring state did", Some(Likelihood::Likely), Some(Confidence::Moderate)),
            hypothesis("insider", HOSTILE, Some(Likelihood::VeryUnlikely), None),
            hypothesis("unknown", "Someone not thought of did it", None, None),
        ],
        gaps: vec![q(HOSTILE)],
    }
}

fn acts() -> Vec<ActLine> {
    let act = |line: u64, act: &str, about: &str, seals: Vec<String>| ActLine {
        line,
        when: moment(60 + line as i64),
        act: act.into(),
        about: q(about),
        by: q(HOSTILE),
        seals,
        hash: format!("{line:064x}"),
    };
    let seals = evidence().into_iter().filter(|e| e.parent.is_none()).map(|e| e.sha256).collect();
    vec![
        act(0, "made", "with Unspool 0.1.0", Vec::new()),
        act(1, "adding", "with Unspool 0.1.0", seals),
        act(11, "judged", HOSTILE, Vec::new()),
    ]
}
