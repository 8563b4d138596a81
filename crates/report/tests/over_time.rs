//! When accounts were active and met, in the forms that graphs are read in.
#![allow(clippy::disallowed_methods)]

#[path = "support/sample.rs"]
mod sample;

use model::{Dossier, Spell, When};

fn written(id: &str, dossier: &Dossier) -> String {
    let mut out = Vec::new();
    (report::by_id(id).expect("registered").write)(dossier, &mut out).expect("a vector takes it");
    String::from_utf8(out).expect("UTF-8")
}

/// Two accounts and what they did.
fn two(active: Vec<Spell>, met: Vec<Spell>) -> Dossier {
    let mut d = sample::rich();
    d.networks.truncate(1);
    d.networks[0].members.truncate(2);
    d.networks[0].links.truncate(1);
    d.actors[0].active = active;
    d.actors[1].active.clear();
    d.networks[0].links[0].met = met;
    d
}

fn spell(start: i64, end: i64) -> Spell {
    Spell { start: When(start * When::SECOND), end: When(end * When::SECOND) }
}

#[test]
fn one_stretch_stands_in_the_element_and_several_beside_its_values() {
    let d = two(vec![spell(0, 60), spell(200_000, 200_001)], vec![spell(5, 10)]);
    let gexf = written("gexf", &d);
    for part in [
        "mode=\"dynamic\" timeformat=\"dateTime\" timerepresentation=\"interval\" start=\"1970-01-01T00:00:00Z\" end=\"1970-01-03T07:33:21Z\"",
        "<spells><spell start=\"1970-01-01T00:00:00Z\" end=\"1970-01-01T00:01:00Z\"/>\
         <spell start=\"1970-01-03T07:33:20Z\" end=\"1970-01-03T07:33:21Z\"/></spells></node>",
        " start=\"1970-01-01T00:00:05Z\" end=\"1970-01-01T00:00:10Z\"><attvalues>",
    ] {
        assert!(gexf.contains(part), "{part}\n{gexf}");
    }
    let graphml = written("graphml", &d);
    for part in [
        "<data key=\"node-start\">1970-01-01T00:00:00Z</data><data key=\"node-end\">1970-01-03T07:33:21Z</data>",
        "<data key=\"node-spells\">1970-01-01T00:00:00Z/1970-01-01T00:01:00Z 1970-01-03T07:33:20Z/1970-01-03T07:33:21Z</data>",
        "<data key=\"edge-spells\">1970-01-01T00:00:05Z/1970-01-01T00:00:10Z</data>",
    ] {
        assert!(graphml.contains(part), "{part}\n{graphml}");
    }
    assert_eq!(graphml.matches("<data key=\"node-start\">").count(), 1, "who has no known time has none here");
}

#[test]
fn fractions_of_a_second_do_not_upset_the_order() {
    let half = Spell { start: When(1_500_000), end: When(9_500_000) };
    let gexf = written("gexf", &two(vec![half, spell(100_000, 100_000)], vec![spell(1, 2), spell(100_000, 100_000)]));
    assert!(gexf.contains("start=\"1970-01-01T00:00:01Z\" end=\"1970-01-02T03:46:40Z\">"), "{gexf}");
}

#[test]
fn without_times_the_graph_is_static() {
    let gexf = written("gexf", &two(vec![], vec![]));
    assert!(gexf.contains("mode=\"static\">") && !gexf.contains(" start="), "{gexf}");
}

#[test]
fn years_that_no_schema_holds_are_left_out() {
    let far = Spell { start: When(0), end: When(i64::MAX) };
    let d = two(vec![far, Spell { start: When(i64::MIN + 1), end: When(0) }], vec![far]);
    assert!(written("gexf", &d).contains("mode=\"static\">"));
    assert!(!written("graphml", &d).contains("<data key=\"node-start\">"));
}
