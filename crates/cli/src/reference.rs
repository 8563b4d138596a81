//! The reference: lists, explanations and pages, all made from the drawers' cards.

use evidence::{FORMATS, Format};
use findings::{FINDERS, Finder};
use links::{METHODS, Method, WAYS};
use lookalikes::{TECHNIQUES, Technique};
use model::{Card, KindInfo, Seconds};
use report::EXPORTS;
use std::fmt::Write;
use traces::{KINDS, Kind};
use triage::{PURPOSES, Purpose, SIGNS, Sign};

/// Ways of linking actors by what they do, and of tying sites to owners.
fn ways() -> impl Iterator<Item = Card> {
    WAYS.iter().map(|w| w.card).chain([links::SHARED_OWNER.card])
}

/// Every card, by sort.
pub fn cards() -> Vec<(&'static str, Vec<Card>)> {
    vec![
        ("formats", FORMATS.iter().map(|f| f.card).collect()),
        ("kinds", KINDS.iter().map(|k| k.card).collect()),
        ("ways", ways().collect()),
        ("methods", METHODS.iter().map(|m| m.card).collect()),
        ("findings", FINDERS.iter().map(|f| f.card).collect()),
        ("exports", EXPORTS.iter().map(|e| e.card).collect()),
        ("techniques", TECHNIQUES.iter().map(|t| t.card).collect()),
        ("signs", SIGNS.iter().map(|s| s.card).collect()),
        ("purposes", PURPOSES.iter().map(|p| p.card).collect()),
    ]
}

/// The page of one drawer; ids that occur in several sorts give all of their pages.
pub fn explain(id: &str) -> Option<String> {
    let mut pages = Vec::new();
    pages.extend(FORMATS.iter().filter(|f| f.card.id == id).map(|f| format_page(f)));
    pages.extend(KINDS.iter().filter(|k| k.card.id == id).map(|k| kind_page(k)));
    pages.extend(ways().filter(|card| card.id == id).map(|card| head("way of linking", &card)));
    pages.extend(METHODS.iter().filter(|m| m.card.id == id).map(|m| method_page(m)));
    pages.extend(FINDERS.iter().filter(|f| f.card.id == id).map(|f| finding_page(f)));
    pages.extend(EXPORTS.iter().filter(|e| e.card.id == id).map(|e| head("export", &e.card)));
    pages.extend(TECHNIQUES.iter().filter(|t| t.card.id == id).map(|t| technique_page(t)));
    pages.extend(SIGNS.iter().filter(|s| s.card.id == id).map(|s| sign_page(s)));
    pages.extend(PURPOSES.iter().filter(|p| p.card.id == id).map(|p| purpose_page(p)));
    pages.extend(crate::catalogue::page(id));
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// The pages of `docs/reference`: file name, text.
pub fn pages() -> Vec<(String, String)> {
    let page = |name: &str, title: &str, intro: &str, parts: Vec<String>| {
        let text = format!(
            "<!-- Made by `unspool reference docs/reference` from the drawers' cards. -->\n# {title}\n\n{intro}\n\n{}",
            parts.join("\n")
        );
        (format!("{name}.md"), format!("{}\n", text.trim_end()))
    };
    vec![
        page(
            "formats",
            "Formats",
            "Recognised by content, in this order; the first that knows the bytes reads them.",
            FORMATS.iter().map(|f| format_page(f)).collect(),
        ),
        page(
            "kinds",
            "Trace kinds",
            "Who touched what, in canonical form.",
            KINDS.iter().map(|k| kind_page(k)).collect(),
        ),
        page(
            "ways",
            "Ways of linking",
            "Who shares what with whom, beyond chance.",
            ways().map(|card| head("way of linking", &card)).collect(),
        ),
        page(
            "methods",
            "Methods",
            "Published methods as recipes: `unspool coordinate POSTS --method ID`.",
            METHODS.iter().map(|m| method_page(m)).collect(),
        ),
        page(
            "findings",
            "Findings",
            "What a pattern means, and what else it could mean.",
            FINDERS.iter().map(|f| finding_page(f)).collect(),
        ),
        page(
            "exports",
            "Exports",
            "Forms of the report: `unspool report CASE --format ID`.",
            EXPORTS.iter().map(|e| head("export", &e.card)).collect(),
        ),
        page(
            "techniques",
            "Look-alike names: techniques",
            "Ways to make a name pass for an outlet's, as `unspool lookalikes` tells them.",
            TECHNIQUES.iter().map(|t| technique_page(t)).collect(),
        ),
        page(
            "catalogue",
            "Techniques of DISARM and ATT&CK",
            "What a finding or a person may name; `unspool judge` refuses other numbers.",
            vec![crate::catalogue::reference()],
        ),
        page(
            "signs",
            "Signs in a mail",
            "What `unspool mail` and the sheets of a case look for in a single mail, what each establishes and what not.",
            SIGNS.iter().map(|s| sign_page(s)).collect(),
        ),
        page(
            "purposes",
            "Purposes of a mail",
            "What a mail can be for: rules over signs, never a score. See docs/mail.md.",
            PURPOSES.iter().map(|p| purpose_page(p)).collect(),
        ),
    ]
}

fn head(sort: &str, card: &Card) -> String {
    format!("## {} ({sort})\n\n{}.\n\nSource: {}.\n", card.id, card.about, card.source.trim_end_matches('.'))
}

fn format_page(f: &Format) -> String {
    let mut text = head("format", &f.card);
    if f.risky.is_some() {
        text.push_str("\nRead in a process of its own, with bounded memory and time.\n");
    }
    for example in f.examples.iter().take(2) {
        let _ = write!(text, "\nExample, {}:\n\n", example.name);
        if let Ok(bytes) = std::str::from_utf8(example.bytes) {
            text.push_str(&block(&model::Quote::from(bytes.replace('\n', "\u{1}")).terminal().replace("\\u{1}", "\n")));
            text.push_str("\nis read as\n\n");
        }
        text.push_str(&block(&example.says.join("\n")));
    }
    text
}

fn block(text: &str) -> String {
    text.trim_end().lines().map(|l| if l.is_empty() { "\n".to_owned() } else { format!("    {l}\n") }).collect()
}

fn kind_page(k: &Kind) -> String {
    let mut text = head("trace kind", &k.card);
    let _ = match k.window {
        Some(KindInfo::CROWDS) => writeln!(
            text,
            "\nTakes part in crowds only, not in pairs; `[links.windows] {} = \"60s\"` gives it a co-sharing window, `\"off\"` \
             leaves it out.",
            k.card.id
        ),
        Some(_) => writeln!(
            text,
            "\nCo-sharing window: {}, changed by `[links.windows] {}`.",
            String::from(Seconds { micros: k.window }),
            k.card.id
        ),
        None => writeln!(text, "\nNot co-shared by default; `[links.windows] {} = \"60s\"` turns it on.", k.card.id),
    };
    text
}

fn method_page(m: &Method) -> String {
    let mut text = head("method", &m.card);
    text.push_str("\n### Recipe\n\n");
    for (step, what) in m.recipe {
        let _ = writeln!(text, "- {step}: {what}");
    }
    if !m.knobs.is_empty() {
        text.push_str("\n### Knobs\n\n");
    }
    for knob in m.knobs {
        let _ =
            writeln!(text, "- `{}` (default {}): {}; takes {}", knob.id, knob.default, knob.about, knob.unit.words());
    }
    let p = &m.page;
    for (heading, words) in [("What it sees", p.sees), ("When it is wrong", p.wrong), ("What was chosen", p.chosen)] {
        if !words.is_empty() {
            let _ = write!(text, "\n### {heading}\n\n{words}\n");
        }
    }
    text
}

fn finding_page(f: &Finder) -> String {
    let mut text = head("finding", &f.card);
    let p = &f.page;
    for (heading, words) in [
        ("What it sees", p.sees),
        ("Why it matters", p.matters),
        ("What else it could be", p.otherwise),
        ("When it is wrong", p.wrong),
    ] {
        let _ = write!(text, "\n### {heading}\n\n{words}\n");
    }
    text
}

fn technique_page(t: &Technique) -> String {
    let mut text = head("technique", &t.card);
    let pairs = |list: &[(&str, &str)]| {
        let all: Vec<String> = list.iter().map(|(name, outlet)| format!("`{name}` beside `{outlet}`")).collect();
        all.join(", ")
    };
    let _ = write!(
        text,
        "\nSeen in {}; not in {}. Costs {:.1} bits. What else it could be: {}.\n",
        pairs(t.examples),
        pairs(t.twins),
        t.bits,
        t.innocent
    );
    text
}

fn sign_page(s: &Sign) -> String {
    let mut text = head("sign in a mail", &s.card);
    let strong = if s.strong { " Rare in honest mail by what it is: it counts alone." } else { "" };
    let _ = write!(text, "\n{}{strong}\n", s.establishes);
    if s.example != s.twin {
        for (title, mail) in [("A mail in which it is seen", s.example), ("A mail like it in which it is not", s.twin)]
        {
            let shown = model::Quote::from(mail.replace('\n', "\u{1}")).terminal().replace("\\u{1}", "\n");
            let _ = write!(text, "\n{title}:\n\n{}", block(&shown));
        }
    }
    text
}

fn purpose_page(p: &Purpose) -> String {
    let mut text = head("purpose of a mail", &p.card);
    for (title, of) in [("What to do next", p.next), ("What would overturn it", p.overturn)] {
        let _ = write!(text, "\n### {title}\n\n");
        of.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_pages_are_fresh() {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference");
        for (name, text) in pages() {
            let kept = std::fs::read_to_string(format!("{dir}/{name}")).unwrap_or_default();
            assert!(
                kept == text,
                "docs/reference/{name} is not what the cards say: run `unspool reference docs/reference`"
            );
        }
    }

    #[test]
    fn everything_listed_is_explained() {
        for (sort, cards) in cards() {
            for card in cards {
                assert!(explain(card.id).is_some_and(|page| page.contains(card.about)), "{sort} {}", card.id);
            }
        }
        assert_eq!(explain("no-such-thing"), None);
    }
}
