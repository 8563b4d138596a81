//! What a person has ruled innocent beforehand takes no part: accounts, things and domains of `[links] allow`.
//!
//! An entry means the account of that name (with or without its platform), the thing of that value, and whatever lies
//! on that host or under it. Upper and lower case are one.

use crate::Input;
use model::{ActorNo, ObjectNo, Share, Shares};
use std::collections::BTreeSet;

/// A trace table without what is allowed.
pub struct Allowed<'a> {
    shares: &'a dyn Shares,
    actors: Vec<bool>,
    objects: Vec<bool>,
}

impl<'a> Allowed<'a> {
    /// Of the settings' list.
    pub fn of(input: &Input<'a>) -> Self {
        let list: BTreeSet<String> =
            input.settings.allow.iter().map(|e| e.trim().trim_start_matches(['@', '#']).to_lowercase()).collect();
        if list.is_empty() {
            return Self { shares: input.shares, actors: vec![], objects: vec![] };
        }
        let actors = input.actors.iter().map(|a| is_account(&list, a.name.raw())).collect();
        let objects = input.objects.iter().map(|o| is_thing(&list, o.value.raw())).collect();
        Self { shares: input.shares, actors, objects }
    }

    /// What a reader must know of it; nothing where nothing is allowed.
    pub fn remark(&self) -> Option<String> {
        let [actors, objects] = [&self.actors, &self.objects].map(|l| l.iter().filter(|a| **a).count());
        (!self.actors.is_empty()).then(|| {
            format!(
                "{actors} actor(s) and {objects} thing(s) are allowed by `[links] allow` and took no part in linking."
            )
        })
    }

    fn actor(&self, actor: ActorNo) -> bool {
        self.actors.get(actor.0 as usize).copied().unwrap_or_default()
    }

    fn object(&self, object: ObjectNo) -> bool {
        self.objects.get(object.0 as usize).copied().unwrap_or_default()
    }
}

impl Shares for Allowed<'_> {
    fn each_object(&self, f: &mut dyn FnMut(ObjectNo, &[Share])) {
        if self.actors.is_empty() {
            return self.shares.each_object(f);
        }
        let mut kept = Vec::new();
        self.shares.each_object(&mut |object, rows| {
            if !self.object(object) {
                kept.clear();
                kept.extend(rows.iter().filter(|r| !self.actor(r.actor)));
                f(object, &kept);
            }
        });
    }

    fn of_objects(&self, objects: &[ObjectNo]) -> Vec<Share> {
        let asked: Vec<ObjectNo> = objects.iter().copied().filter(|o| !self.object(*o)).collect();
        let mut out = self.shares.of_objects(&asked);
        out.retain(|r| !self.actor(r.actor));
        out
    }
}

fn is_account(list: &BTreeSet<String>, name: &str) -> bool {
    let name = name.to_lowercase();
    let bare = name.rsplit('/').next().unwrap_or_default();
    list.contains(&name) || list.contains(bare)
}

fn is_thing(list: &BTreeSet<String>, value: &str) -> bool {
    let value = value.to_lowercase();
    let host = value.split_once("://").map_or(value.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let above = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    list.contains(&value) || list.contains(host) || above.filter(|h| h.contains('.')).any(|h| list.contains(h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_and_what_is_meant() {
        let list: BTreeSet<String> = ["wire", "x/desk", "ticker.example", "vote"].map(str::to_owned).into();
        for (name, expected) in [("x/Wire", true), ("y/desk", false), ("x/desk", true), ("x/wires", false)] {
            assert_eq!(is_account(&list, name), expected, "{name}");
        }
        for (value, expected) in [
            ("https://www.Ticker.example/1", true),
            ("ticker.example", true),
            ("notticker.example/1", false),
            ("vote", true),
            ("vote now", false),
            ("", false),
        ] {
            assert_eq!(is_thing(&list, value), expected, "{value}");
        }
    }
}
