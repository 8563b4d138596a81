//! How well a list of scores agrees with the truth: the accuracy page's own tool.
//!
//! Average precision and the area under the ROC curve over accounts (ties share their rank), the adjusted Rand index
//! (Hubert and Arabie 1985) over the accounts of true groups, where an account in no network stands alone, and the
//! networks in which no account of any true group takes part. Accounts that the list leaves out score 0.

use crate::End;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::path::{Path, PathBuf};

/// What to compare.
#[derive(Debug, clap::Args)]
pub struct Score {
    /// Columns account_id, label (1 or 0), group, tactic, n_posts
    #[arg(long, value_name = "CSV")]
    truth: PathBuf,
    /// Columns account, score, network: `derived/accounts.csv` of a case; an account may stand behind its platform
    accounts: PathBuf,
    /// Only accounts with at least this many posts are scored
    #[arg(long, default_value_t = 3, value_name = "N")]
    min_posts: u64,
    /// Only lines of the truth whose column has this value, COLUMN=VALUE
    #[arg(long, value_name = "COLUMN=VALUE")]
    only: Option<String>,
}

/// One account of the truth.
struct Account {
    guilty: bool,
    group: String,
    tactic: String,
    posts: u64,
    score: f64,
    network: String,
}

/// Prints the tables.
pub fn run(asked: &Score) -> Result<End, Box<dyn Error>> {
    let all = accounts(asked)?;
    let scored: Vec<&Account> = all.iter().filter(|a| a.posts >= asked.min_posts).collect();
    println!("what,accounts,positive,average precision,AUC");
    line("all", &scored);
    let tactics: BTreeSet<&str> = scored.iter().filter(|a| a.guilty).map(|a| a.tactic.as_str()).collect();
    for tactic in tactics.into_iter().filter(|t| !t.is_empty()) {
        let of: Vec<&Account> = scored.iter().copied().filter(|a| !a.guilty || a.tactic == tactic).collect();
        line(tactic, &of);
    }
    println!("\nadjusted Rand index over true groups,{:.3}", rand_index(&pairs(&scored)));
    let mut networks: BTreeMap<&str, Vec<&Account>> = BTreeMap::new();
    for account in all.iter().filter(|a| !a.network.is_empty()) {
        networks.entry(&account.network).or_default().push(account);
    }
    let none = networks.values().filter(|n| n.iter().all(|a| !a.guilty)).count();
    println!("networks,{}\nnetworks of accounts of no true group only,{none}", networks.len());
    Ok(End::Done)
}

fn line(what: &str, of: &[&Account]) {
    let ranked: Vec<(f64, bool)> = of.iter().map(|a| (a.score, a.guilty)).collect();
    let positive = ranked.iter().filter(|r| r.1).count();
    println!("{what},{},{positive},{:.3},{:.3}", ranked.len(), average_precision(&ranked), auc(&ranked));
}

/// Groups and networks of scored accounts of true groups.
fn pairs(scored: &[&Account]) -> Vec<(String, String)> {
    let grouped = scored.iter().filter(|a| !a.group.is_empty() && a.guilty);
    let alone = |(at, a): (usize, &&Account)| match a.network.as_str() {
        "" => (a.group.clone(), format!("alone {at}")),
        network => (a.group.clone(), network.to_owned()),
    };
    grouped.enumerate().map(alone).collect()
}

fn accounts(asked: &Score) -> Result<Vec<Account>, Box<dyn Error>> {
    let mut known: HashMap<String, (f64, String)> = HashMap::new();
    for row in rows(&asked.accounts, &["account", "score", "network"])? {
        let bare = row[0].rsplit('/').next().unwrap_or_default().to_lowercase();
        known.insert(bare, (number(&row[1])?, row[2].clone()));
    }
    let mut columns = vec!["account_id", "label", "group", "n_posts"];
    let (column, value) = asked.only.as_deref().and_then(|o| o.split_once('=')).unwrap_or_default();
    columns.push(if column.is_empty() { "label" } else { column });
    let tactics = rows(&asked.truth, &["tactic"]).unwrap_or_default();
    let mut out = vec![];
    for (at, row) in rows(&asked.truth, &columns)?.into_iter().enumerate() {
        if !column.is_empty() && row[4] != value {
            continue;
        }
        let (score, network) = known.get(&row[0].to_lowercase()).cloned().unwrap_or_default();
        let tactic = tactics.get(at).map(|t| t[0].clone()).unwrap_or_default();
        let (guilty, posts) = (number(&row[1])? > 0.0, number(&row[3])? as u64);
        out.push(Account { guilty, group: row[2].clone(), tactic, posts, score, network });
    }
    Ok(out)
}

fn number(text: &str) -> Result<f64, Box<dyn Error>> {
    text.parse().map_err(|_| format!("\"{}\" is not a number", text.escape_debug()).into())
}

/// The wanted columns of a table with a header.
fn rows(path: &Path, columns: &[&str]) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let header = cells(lines.next().unwrap_or_default());
    let find = |c: &&str| header.iter().position(|h| h == c).ok_or(format!("{}: no column {c}", path.display()));
    let places: Vec<usize> = columns.iter().map(find).collect::<Result<_, _>>()?;
    let pick = |line: &str| {
        let cells = cells(line);
        places.iter().map(|p| cells.get(*p).cloned().unwrap_or_default()).collect()
    };
    Ok(lines.map(pick).collect())
}

/// Cells of one line; quotes as in RFC 4180.
fn cells(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = out.len() - 1;
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => out[cell].push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out[cell].push(c),
        }
    }
    out
}

/// Sum over distinct scores of precision times the recall gained, highest score first.
fn average_precision(ranked: &[(f64, bool)]) -> f64 {
    let mut sorted = ranked.to_vec();
    sorted.sort_by(|x, y| y.0.total_cmp(&x.0));
    let positive = sorted.iter().filter(|r| r.1).count().max(1) as f64;
    let (mut seen, mut hits, mut sum) = (0.0, 0.0, 0.0);
    for tied in sorted.chunk_by(|x, y| x.0 == y.0) {
        let found = tied.iter().filter(|r| r.1).count() as f64;
        (seen, hits) = (seen + tied.len() as f64, hits + found);
        sum += found / positive * hits / seen;
    }
    sum
}

/// Chance that a positive scores above a negative; a tie counts half.
fn auc(ranked: &[(f64, bool)]) -> f64 {
    let mut sorted = ranked.to_vec();
    sorted.sort_by(|x, y| x.0.total_cmp(&y.0));
    let (mut below, mut sum, mut positive) = (0.0, 0.0, 0.0);
    for tied in sorted.chunk_by(|x, y| x.0 == y.0) {
        let found = tied.iter().filter(|r| r.1).count() as f64;
        let others = tied.len() as f64 - found;
        sum += found * (below + others / 2.0);
        (below, positive) = (below + others, positive + found);
    }
    if below * positive > 0.0 { sum / (below * positive) } else { f64::NAN }
}

fn rand_index(pairs: &[(String, String)]) -> f64 {
    let two = |n: &usize| (*n as f64) * (*n as f64 - 1.0) / 2.0;
    let (mut both, mut groups, mut networks) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (group, network) in pairs {
        *both.entry((group, network)).or_insert(0_usize) += 1;
        *groups.entry(group).or_insert(0_usize) += 1;
        *networks.entry(network).or_insert(0_usize) += 1;
    }
    let sums = [both.values().map(two).sum::<f64>(), groups.values().map(two).sum(), networks.values().map(two).sum()];
    let expected = sums[1] * sums[2] / two(&pairs.len()).max(1.0);
    let most = (sums[1] + sums[2]) / 2.0;
    if most == expected { 1.0 } else { (sums[0] - expected) / (most - expected) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against scikit-learn 1.7.
    #[test]
    fn as_others_have_it() {
        let ranked = [(0.9, true), (0.8, false), (0.7, true), (0.7, false), (0.1, true), (0.0, false)];
        assert!((average_precision(&ranked) - 0.7).abs() < 1e-9, "{}", average_precision(&ranked));
        assert!((auc(&ranked) - 5.5 / 9.0).abs() < 1e-9, "{}", auc(&ranked));
        let groups = |n: &[(&str, &str)]| n.iter().map(|(x, y)| ((*x).to_owned(), (*y).to_owned())).collect::<Vec<_>>();
        let same = groups(&[("a", "1"), ("a", "1"), ("b", "2"), ("b", "2")]);
        assert!((rand_index(&same) - 1.0).abs() < 1e-9);
        let split = groups(&[("a", "1"), ("a", "1"), ("b", "2"), ("b", "3")]);
        assert!((rand_index(&split) - 4.0 / 7.0).abs() < 1e-9, "{}", rand_index(&split));
    }

    #[test]
    fn quoted_cells() {
        assert_eq!(cells(r#"a,"",b"#), ["a", "", "b"]);
        assert_eq!(cells(r#""x, ""y""",2"#), [r#"x, "y""#, "2"]);
    }
}
