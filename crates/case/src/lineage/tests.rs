//! Invented texts: one joint statement and what ten outlets make of it, and twins that are nobody's copies.

use super::*;
use crate::pages::PageText;
use model::{Credibility, EvidenceId, Interval, Reliability, Role};

const JOINT: &str = "The Harbour Office and the Coast Guard of Norland hold that boats of the northern fleet cut the Sund \
                     cable on the night of 3 May 2026, and that no crew acted without orders from the fleet's command. \
                     Divers under Karin Lund found an anchor of 412 kilograms and 3,200 metres of torn cable. The Office asks all ports to keep their logs.";

fn statement(id: &str, day: i64, words: &str) -> Statement {
    Statement {
        id: format!("s:{id}"),
        source: Quote::from(id),
        role: Role::Account,
        said: Interval { from: When::from_unix(day * 86_400), ..Interval::default() },
        about: Interval::default(),
        words: Quote::from(words),
        place: Quote::default(),
        reliability: Reliability::F,
        credibility: Credibility::CannotBeJudged,
        repeats: None,
        denies: Vec::new(),
    }
}

fn page(n: u64, day: i64, words: &str) -> PageText {
    let title = Quote::from(format!("page {n}"));
    PageText {
        id: EvidenceId(n),
        title,
        address: Quote::default(),
        when: When::from_unix(day * 86_400),
        words: Quote::from(words),
    }
}

fn compared(statements: &[Statement], pages: Vec<PageText>, claims: Vec<DescentClaim>) -> Judgement {
    let mut j = Judgement { statements: statements.to_vec(), descents: claims, ..Judgement::default() };
    follow(&mut j, &Pages { texts: pages, left: 0 });
    j
}

fn kinships(o: &Origin) -> Vec<Option<Kinship>> {
    o.statements.iter().map(|d| d.kinship).collect()
}

#[test]
fn ten_pages_of_one_statement_are_one_origin_and_reporting_is_its_own() {
    let paraphrase = "The Harbour Office and the Coast Guard of Norland hold that vessels from the northern fleet cut \
                      the Sund cable on the night of 3 May 2026, and say no crew acted without orders. Divers found an \
                      anchor and torn cable, the two services said.";
    let half = format!("Norland blames the fleet\n{}\nThe fleet did not answer our questions.", &JOINT[..210]);
    let reporting = format!(
        "Skipper Ole Brandt of Vestby saw three trawlers without lights at 02:40, he told this paper. Port records that \
         Karin Lund of the Vestby Pilots showed us on 12 May name the Havørn, 412 tonnes, and two more that left on 2 \
         May. \"{}\" the Office wrote. Insurers at Sund Mutual put the damage at 7.5 million.",
        &JOINT[..150]
    );
    let mut pages: Vec<PageText> =
        (1..=8).map(|n| page(n, 10 + n as i64, &format!("Outlet {n}\n{JOINT}\nMore news"))).collect();
    pages.push(page(9, 30, &half));
    pages.push(page(10, 31, paraphrase));
    pages.push(page(11, 32, &reporting));
    let j = compared(&[statement("joint", 5, JOINT)], pages, Vec::new());
    assert_eq!(j.origins.len(), 1, "{:?}", j.origins);
    let kinds = kinships(&j.origins[0]);
    assert_eq!(kinds.len(), 11);
    assert_eq!(kinds.iter().filter(|k| **k == Some(Kinship::Copy)).count(), 8);
    assert_eq!(kinds[9..], [Some(Kinship::Quotation), Some(Kinship::Paraphrase)]);
    let quoted: Vec<(&str, Heard)> = j.echoes.iter().map(|e| (e.text.as_str(), e.heard)).collect();
    assert_eq!(quoted, [("e:000000000000000b", Heard::Quoted)], "its own reporting, and a quotation");
    assert!(j.echoes[0].words.raw().starts_with("The Harbour Office and the Coast Guard"), "{:?}", j.echoes[0].words);
    assert_eq!((j.texts.lines.len(), j.texts.compared), (11, 11));
}

#[test]
fn twins_are_two() {
    let speech = "We shall not be moved by those who cut our cables at night while we sleep";
    let first = format!(
        "Minister Ada Holm spoke in Vestby on 9 May before 2,000 people. \"{speech},\" she said. Dockers in the crowd, \
         among them Per Vik of the Sund Union, asked for patrol boats instead. The hall was rebuilt in 2019 with 40 \
         million from the Baltic Fund."
    );
    let second = format!(
        "Outside the Old Customs House a choir sang as Ada Holm arrived. \"{speech}.\" That line drew applause. Opposition \
         leader Jon Rask of Green Norland called the evening a rally paid by Sund Telecom, and counted 900 guests."
    );
    let j = compared(&[], vec![page(1, 1, &first), page(2, 1, &second)], Vec::new());
    assert!(j.origins.is_empty(), "one line of a speech does not make kin: {:?}", j.origins);
    assert_eq!(j.echoes.iter().map(|e| e.heard).collect::<Vec<_>>(), [Heard::Quoted]);

    let one = "A Sund cable broke on 3 May 2026 off Vestby. Divers of the Coast Guard counted 412 anchors on the \
               sea floor, says Karin Lund; 3,200 metres have to be laid anew.";
    let other = "Internet was down in the islands from the night to 3 May 2026. Karin Lund for the Coast Guard \
                 speaks of 412 anchors, and of 3,200 metres to be replaced near Vestby.";
    let j = compared(&[statement("one", 4, one), statement("other", 5, other)], Vec::new(), Vec::new());
    assert_eq!(j.origins.len(), 2, "two reports of one event");
    assert_eq!(j.echoes.iter().map(|e| e.heard).collect::<Vec<_>>(), [Heard::Beside], "worth reading side by side");
}

#[test]
fn other_words_and_other_languages_are_offered_and_never_counted() {
    let reworded = "According to Norland's port authority, ships under the flag of the northern fleet severed it late on 3 \
                    May. Karin Lund, a diver, brought up something that weighs 412 kilos; 3,200 metres are ruined.";
    let german = "Norland macht die Nordflotte verantwortlich: In der Nacht zum 3. Mai 2026 sei das Kabel zerstört worden. \
                  Dort fand, so heißt es, Karin Lund einen Anker von 412 Kilogramm und 3200 Meter zerrissenes Kabel.";
    for words in [reworded, german] {
        let statements = [statement("joint", 5, JOINT), statement("other", 6, words)];
        let j = compared(&statements, Vec::new(), Vec::new());
        assert_eq!(j.origins.len(), 2, "{words}");
        assert_eq!(j.echoes.iter().map(|e| (e.heard, e.shared)).collect::<Vec<_>>(), [(Heard::Beside, 0.0)], "{words}");
        // A person reads both and says so: a claim, which can be taken back.
        let claim = DescentClaim {
            id: "d:other".into(),
            text: "s:other".into(),
            of: Some(("s:joint".into(), Kinship::Translation)),
            why: Quote::default(),
        };
        let j = compared(&statements, Vec::new(), vec![claim]);
        assert_eq!((j.origins.len(), j.echoes.len()), (1, 0));
        assert_eq!(kinships(&j.origins[0]), [None, Some(Kinship::Translation)]);
    }
}

#[test]
fn a_person_can_say_that_it_stands_by_itself() {
    let claim = DescentClaim { id: "d:own".into(), text: "e:0000000000000001".into(), of: None, why: Quote::default() };
    let pages = || vec![page(1, 9, JOINT)];
    assert_eq!(compared(&[statement("joint", 5, JOINT)], pages(), Vec::new()).origins.len(), 1);
    let apart = compared(&[statement("joint", 5, JOINT)], pages(), vec![claim]);
    assert!(apart.origins.iter().all(|o| o.statements.len() == 1));
}

#[test]
fn what_was_made_of_pages_holds_where_they_are_not_at_hand() {
    let made = compared(&[statement("joint", 5, JOINT)], vec![page(1, 9, JOINT)], Vec::new());
    let mut again = Judgement { statements: made.statements.clone(), ..Judgement::default() };
    tell(&mut again, made.clone(), None);
    assert_eq!(again, made);
    let mut other = Judgement::default();
    tell(&mut other, made, None);
    assert!(other.is_empty() && other.origins.is_empty());
}

#[test]
fn the_page_a_statement_was_taken_from_counts_with_it_and_the_other_side_does_not() {
    let denial = "Our boats lay in port that night and all of them were counted twice, the ministry said.";
    let both =
        format!("{JOINT}\n{denial}\nKarin Lund of the Vestby Pilots and Ole Brandt saw lights at 02:40 on 2 May 2019.");
    let mut pages: Vec<PageText> = (1..=3).map(|n| page(n, 9, &both)).collect();
    pages[0].address = Quote::from("https://sund.example/both/");
    let mut said = [statement("office", 5, &JOINT[..210]), statement("denial", 20, denial)];
    said.iter_mut().for_each(|s| s.place = Quote::from("https://sund.example/both"));
    let j = compared(&said, pages, Vec::new());
    assert_eq!(j.origins.iter().map(|o| o.statements.len()).collect::<Vec<_>>(), [1, 4], "{:?}", j.origins);
    assert_eq!(j.origins[0].statements[0].statement, "s:denial");
    assert_eq!(j.origins[1].statements[0].statement, "s:office");
    assert!(j.echoes.iter().all(|e| e.heard == Heard::Quoted), "{:?}", j.echoes);
}

#[test]
fn a_month_does_not_come_before_a_day_in_it() {
    let mut vague = statement("a-page", 1, JOINT);
    vague.said.to = When::from_unix(31 * 86_400);
    let j = compared(&[vague, statement("joint", 5, JOINT)], Vec::new(), Vec::new());
    assert_eq!(j.origins[0].statements[0].statement, "s:joint");
}

#[test]
fn circles_and_strangers_are_survived() {
    let mut a = statement("a", 1, "one two three four five");
    let mut b = statement("b", 2, "six seven eight nine ten");
    a.repeats = Some(("s:b".into(), Kinship::Paraphrase));
    b.repeats = Some(("s:a".into(), Kinship::Paraphrase));
    let mut c = statement("c", 3, "");
    c.repeats = Some(("s:gone".into(), Kinship::Copy));
    let j = compared(&[a, b, c], Vec::new(), Vec::new());
    assert_eq!(j.origins.iter().map(|o| o.statements.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((j.origins[0].statements[0].statement.as_str(), j.origins[0].statements[0].kinship), ("s:a", None));
}

#[test]
fn thousands_of_the_same_and_scripts_without_spaces() {
    let pages: Vec<PageText> = (0..600).map(|n| page(n, 9, &JOINT.repeat(12))).collect();
    let j = compared(&[statement("joint", 5, JOINT)], pages, Vec::new());
    assert_eq!(j.origins.iter().map(|o| o.statements.len()).max(), Some(601));
    let chinese = "港口办公室认为北方舰队的船只在五月三日夜间切断了电缆，并要求所有港口保存航行记录。";
    let j = compared(&[statement("a", 1, chinese), statement("b", 2, chinese)], Vec::new(), Vec::new());
    assert_eq!(j.origins.len(), 1);
}
