//! `derived/accounts.csv`: every account with evidence of acting together with others, its score and its network.

use crate::table::Table;
use crate::{Case, Error, write_whole};
use model::{Linked, Sort};
use std::collections::BTreeMap;

/// Writes it: `account,score,network`, sorted by name; networks are numbered from 1, the largest first.
pub(crate) fn write(case: &Case, table: &Table, linked: &Linked) -> Result<(), Error> {
    let members =
        linked.networks.iter().zip(1_usize..).flat_map(|(n, no)| n.members.iter().map(move |m| (m.actor, no)));
    let network: BTreeMap<_, _> = members.collect();
    write_whole(&case.store().derived().join("accounts.csv"), &mut |out| {
        writeln!(out, "account,score,network")?;
        for score in &linked.scores {
            let actor = &table.actors[score.actor.0 as usize];
            if actor.sort == Sort::Account {
                let no = network.get(&score.actor).map(ToString::to_string).unwrap_or_default();
                writeln!(out, "{},{:.6},{no}", actor.name.cell(), score.score)?;
            }
        }
        Ok(())
    })
}
