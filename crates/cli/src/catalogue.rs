//! The published catalogues of techniques in one table: number, name, tactic, version, and what the crosswalk sets beside it.

use model::{CATALOGUES, CROSSWALK, TACTICS, TechniqueLine, techniques};
use std::fmt::Write;

/// What every listing says of its sources.
const NOTICE: &str = "DISARM Framework, DISARM Foundation, CC BY-SA 4.0; MITRE ATT&CK, © The MITRE Corporation, used under its terms \
                      of use. Numbers and names only; the number is the key. The crosswalk is ours: neither publishes one.";

fn version(framework: &str) -> &'static str {
    CATALOGUES.iter().find(|c| c.0 == framework).map_or("", |c| c.1)
}

fn tactic(t: &TechniqueLine) -> &'static str {
    TACTICS.iter().find(|x| (x.0, x.1) == (t.framework, t.tactic)).map_or("", |x| x.2)
}

/// What the crosswalk sets beside a technique.
fn beside(id: &str) -> Vec<&'static str> {
    CROSSWALK.iter().flat_map(|(d, a)| [(*d, *a), (*a, *d)]).filter(|p| p.0 == id).map(|p| p.1).collect()
}

/// One line each, for `unspool list catalogue`.
pub fn lines() -> Vec<String> {
    let line = |t: TechniqueLine| {
        let beside = beside(t.id);
        let beside = if beside.is_empty() { String::new() } else { format!("  ~ {}", beside.join(", ")) };
        format!(
            "{:<10} {} {}: {} ({} {}){beside}",
            t.id,
            t.framework,
            version(t.framework),
            t.name,
            t.tactic,
            tactic(&t)
        )
    };
    techniques().map(line).chain([String::new(), NOTICE.to_owned()]).collect()
}

/// The page of one technique.
pub fn page(id: &str) -> Option<String> {
    let t = model::technique(id)?;
    let mut text = format!("## {}: {}\n\n", t.id, t.name);
    let _ = write!(text, "{} {}, tactic {} {}.", t.framework, version(t.framework), t.tactic, tactic(&t));
    for other in beside(id) {
        let name = model::technique(other).map_or("", |o| o.name);
        let _ = write!(text, " The crosswalk sets {other} ({name}) beside it.");
    }
    let _ = write!(text, "\n\nSource: {NOTICE}\n");
    Some(text)
}

/// The page of the reference: one table.
pub fn reference() -> String {
    let mut text = format!("{NOTICE}\n\n| Number | Name | Tactic | Catalogue | Crosswalk |\n|---|---|---|---|---|\n");
    for t in techniques() {
        let (id, name, framework) = (t.id, t.name, t.framework);
        let name = name.replace('|', "\\|");
        let beside = beside(id).join(", ");
        let _ = writeln!(
            text,
            "| {id} | {name} | {} {} | {framework} {} | {beside} |",
            t.tactic,
            tactic(&t),
            version(framework)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_technique_has_a_line_and_a_page_with_its_version() {
        let lines = lines();
        for t in techniques() {
            assert!(lines.iter().any(|l| l.starts_with(t.id) && l.contains(t.name)), "{}", t.id);
            assert!(page(t.id).is_some_and(|p| p.contains(version(t.framework))), "{}", t.id);
        }
        assert!(page("T0146").is_some_and(|p| p.contains("T1585")));
        assert_eq!(page("T9999"), None);
    }
}
