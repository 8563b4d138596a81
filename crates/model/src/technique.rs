//! The published catalogues of techniques: numbers, names and tactics as facts.
//!
//! DISARM Red 1.6 whole, of ATT&CK 16 what operations against elections have used. The number is the only key: MISP's
//! galaxy of DISARM has version 1.4 and other uuids. None of the catalogues' prose is here. Source and notice: DISARM
//! Framework, DISARM Foundation, CC BY-SA 4.0; MITRE ATT&CK, © The MITRE Corporation, used under its terms of use.

/// A technique as its catalogue lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TechniqueLine {
    /// `DISARM` or `ATT&CK`.
    pub framework: &'static str,
    /// Its number.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Number of its tactic.
    pub tactic: &'static str,
}

/// Versions of the catalogues: framework, version.
pub const CATALOGUES: [(&str, &str); 2] = [("DISARM", "1.6"), ("ATT&CK", "16")];

/// Tactics in the order of their catalogue: framework, number, name, short name.
pub const TACTICS: &[(&str, &str, &str, &str)] = &[
    ("DISARM", "TA01", "Plan Strategy", "plan-strategy"),
    ("DISARM", "TA02", "Plan Objectives", "plan-objectives"),
    ("DISARM", "TA13", "Target Audience Analysis", "target-audience-analysis"),
    ("DISARM", "TA14", "Develop Narratives", "develop-narratives"),
    ("DISARM", "TA06", "Develop Content", "develop-content"),
    ("DISARM", "TA15", "Establish Assets", "establish-assets"),
    ("DISARM", "TA16", "Establish Legitimacy", "establish-legitimacy"),
    ("DISARM", "TA05", "Microtarget", "microtarget"),
    ("DISARM", "TA07", "Select Channels and Affordances", "select-channels-and-affordances"),
    ("DISARM", "TA08", "Conduct Pump Priming", "conduct-pump-priming"),
    ("DISARM", "TA09", "Deliver Content", "deliver-content"),
    ("DISARM", "TA17", "Maximise Exposure", "maximise-exposure"),
    ("DISARM", "TA18", "Drive Online Harms", "drive-online-harms"),
    ("DISARM", "TA10", "Drive Offline Activity", "drive-offline-activity"),
    ("DISARM", "TA11", "Persist in the Information Environment", "persist-in-the-information-environment"),
    ("DISARM", "TA12", "Assess Effectiveness", "assess-effectiveness"),
    ("ATT&CK", "TA0043", "Reconnaissance", "reconnaissance"),
    ("ATT&CK", "TA0042", "Resource Development", "resource-development"),
    ("ATT&CK", "TA0001", "Initial Access", "initial-access"),
    ("ATT&CK", "TA0002", "Execution", "execution"),
    ("ATT&CK", "TA0005", "Defense Evasion", "defense-evasion"),
    ("ATT&CK", "TA0006", "Credential Access", "credential-access"),
    ("ATT&CK", "TA0009", "Collection", "collection"),
    ("ATT&CK", "TA0010", "Exfiltration", "exfiltration"),
    ("ATT&CK", "TA0040", "Impact", "impact"),
];

/// Where the two catalogues speak of nearly the same thing: DISARM, ATT&CK. Ours; neither publishes one.
pub const CROSSWALK: &[(&str, &str)] = &[
    ("T0089", "T1114"),
    ("T0089", "T1213"),
    ("T0143.003", "T1656"),
    ("T0146", "T1585"),
    ("T0149.001", "T1583.001"),
    ("T0149.003", "T1583.001"),
    ("T0149.005", "T1583.004"),
    ("T0150.005", "T1586"),
    ("T0153.001", "T1585.002"),
];

/// Every technique known, in order of catalogue and number.
pub fn techniques() -> impl Iterator<Item = TechniqueLine> {
    include_str!("techniques.tsv").lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        Some(TechniqueLine { framework: next()?, id: next()?, name: next()?, tactic: next()? })
    })
}

/// Which techniques DISARM's analysts coded together: incident, and the numbers of its techniques. Numbers only.
///
/// 57 incidents and 277 pairs, with the numbers of version 1.6, read from `generated_pages/incidents` of DISARMframeworks
/// at commits fa1360a, 90ae5dc and 49df5f6 (I00002, I00063, I00077, I00083 and I00095 at older ones); pages with other
/// numbers, with rows twice or not wholly readable were left out. Source and notice: DISARM Framework, DISARM Foundation, CC BY-SA 4.0.
pub fn incidents() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    parse_incidents(include_str!("incidents.tsv"))
}

/// Incidents of a table of this shape: a line each, the incident, a tab, and numbers of techniques with spaces between.
pub fn parse_incidents(table: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    table.lines().filter_map(|line| {
        let (incident, techniques) = line.split_once('\t')?;
        Some((incident, techniques.split_whitespace().collect()))
    })
}

/// A technique by its number; the catalogues' numbers do not overlap.
#[must_use]
pub fn technique(id: &str) -> Option<TechniqueLine> {
    techniques().find(|t| t.id == id)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // a test of facts reads the catalogue where it is present
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_whole() {
        let ids: BTreeSet<&str> = techniques().map(|t| t.id).collect();
        assert_eq!((ids.len(), techniques().count()), (438, include_str!("techniques.tsv").lines().count()));
        for t in techniques() {
            assert!(TACTICS.iter().any(|(f, id, ..)| (*f, *id) == (t.framework, t.tactic)), "{}", t.id);
            let parent = t.id.split('.').next().unwrap_or_default();
            assert!(t.framework == "ATT&CK" || ids.contains(parent), "{}", t.id);
        }
        for (d, a) in CROSSWALK {
            assert_eq!(technique(d).map(|t| t.framework), Some("DISARM"), "{d}");
            assert_eq!(technique(a).map(|t| t.framework), Some("ATT&CK"), "{a}");
        }
    }

    #[test]
    fn incidents_name_techniques_that_are_known() {
        assert_eq!(incidents().count(), 57);
        assert_eq!(incidents().map(|i| i.1.len()).sum::<usize>(), 277);
        for (incident, techniques) in incidents() {
            assert!(techniques.iter().all(|t| technique(t).is_some()), "{incident}");
            assert_eq!(techniques.iter().collect::<BTreeSet<_>>().len(), techniques.len(), "{incident}");
        }
    }

    #[test]
    fn numbers_and_names_are_those_of_disarm() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/data/operations-sites/exchange/DISARM/generated_files/DISARM_STIX/DISARM.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("SKIPPED: ../shared/data is not here");
            return;
        };
        for t in techniques().filter(|t| t.framework == "DISARM") {
            let name = t.name.replace('"', "\\\"");
            assert!(text.contains(&format!("\"external_id\": \"{}\"", t.id)), "{}", t.id);
            assert!(text.contains(&format!("\"name\": \"{name}")), "{} {}", t.id, t.name);
        }
    }
}
