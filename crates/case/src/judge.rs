//! Writing down what people hold.

use crate::{Act, Case, Error, Run};
use model::{Dossier, Judgement, Put, Quote, Weight};
use std::collections::BTreeMap;

impl Case {
    /// Puts statements, questions, weights and claims into the case, or takes some out; all or nothing. What is there
    /// already in the same words is left out. Returns how many were put.
    ///
    /// # Errors
    /// [`Error::Judgement`] where something named is not there.
    pub fn judge(&mut self, items: Vec<Put>, by: &Quote, run: &Run<'_>) -> Result<usize, Error> {
        let dossier = self.dossier()?;
        let mut after = self.ledger.judgement();
        let mut fresh = Vec::new();
        for item in items {
            if !after.holds(&item) {
                after.put(item.clone());
                fresh.push(item);
            }
        }
        self.whole(&after, &dossier)?;
        let put = fresh.len();
        if put > 0 {
            self.ledger.append(run.now, vec![Act::Judged { items: fresh, by: by.clone() }])?;
            self.refresh(dossier, run)?;
        }
        Ok(put)
    }
}

impl Case {
    /// Says what is named and not there, or counted twice.
    fn whole(&self, j: &Judgement, d: &Dossier) -> Result<(), Error> {
        if !j.descents.is_empty() {
            let pages = crate::pages::read(&self.store().derived())?.unwrap_or_default();
            let page = |id: &str| pages.texts.iter().any(|p| p.id.to_string() == id);
            let named =
                j.descents.iter().flat_map(|c| [Some((&c.id, &c.text)), c.of.as_ref().map(|of| (&c.id, &of.0))]);
            let gone = |(_, text): &(&String, &String)| j.statement(text).is_none() && !page(text);
            if let Some((by, text)) = named.flatten().find(gone) {
                let why = format!("{by} names {text}, which is no statement, page or document of this case");
                return Err(Error::Judgement(why));
            }
        }
        whole(j, d).map_err(Error::Judgement)
    }
}

/// Says what is named and not there, or counted twice.
fn whole(j: &Judgement, d: &Dossier) -> Result<(), String> {
    let there = |id: &str| j.statement(id).is_some() || d.findings.iter().any(|f| f.id == id);
    let items = j.statements.iter().flat_map(|s| s.denies.iter().map(move |i| (&s.id, i)));
    let items = items.chain(j.weights.iter().flat_map(|w| w.items.iter().map(move |i| (&w.id, i))));
    let items = items.chain(j.statements.iter().filter_map(|s| Some((&s.id, &s.repeats.as_ref()?.0))));
    let items = items.chain(j.techniques.iter().map(|t| (&t.technique, &t.shown_by)));
    let mut items = items.filter(|(_, i)| !i.is_empty());
    if let Some((by, item)) = items.find(|(_, i)| !there(i)) {
        return Err(format!("{by} names {item}, which is neither a statement nor a finding of this case"));
    }
    for t in &j.techniques {
        if let Some(s) = j.statement(&t.shown_by)
            && !s.words.raw().contains(t.quote.raw())
        {
            return Err(format!("{}: these words do not stand in {}", t.technique, s.id));
        }
    }
    let asked = |w: &&Weight| j.questions.iter().any(|q| q.id == w.question);
    if let Some(w) = j.weights.iter().find(|w| !asked(w)) {
        return Err(format!("{} weighs {}, which is no question of this case", w.id, w.question));
    }
    j.questions.iter().try_for_each(|q| groups(j, &q.id))
}

/// Each group of a question weighs hypotheses of that question, and no evidence is in two groups.
fn groups(j: &Judgement, question: &str) -> Result<(), String> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for w in j.weights.iter().filter(|w| w.question == question) {
        let q = j.questions.iter().find(|q| q.id == question);
        let known = |name: &str| q.is_some_and(|q| q.hypotheses.iter().any(|h| h.name == name));
        if let Some(ratio) = w.ratios.iter().find(|r| !known(&r.0)) {
            return Err(format!("{} weighs {}, which is no hypothesis of {question}", w.id, ratio.0));
        }
        for item in &w.items {
            if let Some(other) = seen.insert(item, &w.id) {
                return Err(format!("{item} is in {other} and in {}: independent groups share no evidence", w.id));
            }
        }
    }
    Ok(())
}
