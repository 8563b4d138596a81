//! Origins, not outlets: which statements, pages and documents count as one, and what is only worth reading side by side.

use super::{Block, Cell, ours, told};
use crate::words;
use model::{Dossier, Echo, Heard, Judgement, Quote, TextLine};

/// Most echoes listed.
const MOST: usize = 60;

/// What came of comparing pages, documents and statements.
pub fn blocks(d: &Dossier, out: &mut Vec<Block>) {
    let j = &d.judgement;
    if j.texts.compared == 0 && j.echoes.is_empty() && j.descents.is_empty() {
        return;
    }
    out.push(Block::Heading("Origins, not outlets".to_owned()));
    out.push(Block::Text(ours(counted(j))));
    pages(j, out);
    if !j.descents.is_empty() {
        out.push(Block::Text(ours("What people say of it, over what the words show:")));
        let said = |c: &model::DescentClaim| ours(format!("{}: {}. {}", c.id, c.told(), c.why.raw())).into();
        out.push(Block::List(j.descents.iter().map(said).collect()));
    }
    let quoted: Vec<&Echo> = j.echoes.iter().filter(|e| e.heard == Heard::Quoted).collect();
    let beside: Vec<&Echo> = j.echoes.iter().filter(|e| e.heard == Heard::Beside).collect();
    echoes(
        &quoted,
        j,
        "Quoted in passing, beside more that is not there; each is counted by itself:",
        "Words in common",
        out,
    );
    echoes(
        &beside,
        j,
        "Worth reading side by side. No words stand together in them; they name the same people, figures and dates, as a \
         paraphrase, a translation, or two independent reports of one event do. Nothing is concluded from it:",
        "Both name",
        out,
    );
}

/// How many texts come to how many origins.
fn counted(j: &Judgement) -> String {
    let texts = |n: usize| words::many(n as u64, "page or document", "pages and documents");
    let listed = j.origins.iter().flat_map(|o| &o.statements).filter(|d| d.statement.starts_with("e:")).count();
    let alone = j.texts.compared as usize - listed.min(j.texts.compared as usize);
    let repeating: Vec<usize> = j
        .origins
        .iter()
        .map(|o| o.statements.iter().filter(|d| d.statement.starts_with("e:")).count())
        .filter(|n| *n > 0)
        .collect();
    let mut out =
        format!("{} were compared with each other and with the statements.", texts(j.texts.compared as usize));
    if !repeating.is_empty() {
        out += &format!(
            " {} come from {}; {} by themselves.",
            texts(listed),
            words::many(repeating.len() as u64, "origin", "origins"),
            words::many(alone as u64, "stands", "stand")
        );
    }
    if j.texts.left > 0 {
        out += &format!(" {} more were too many to be compared.", words::count(j.texts.left));
    }
    out
}

/// The pages of each origin, with the statement they repeat.
fn pages(j: &Judgement, out: &mut Vec<Block>) {
    let mut rows = Vec::new();
    for (n, origin) in j.origins.iter().enumerate() {
        let first = &origin.statements[0].statement;
        for d in origin.statements.iter().filter(|d| d.statement.starts_with("e:")) {
            let line = j.texts.lines.iter().find(|l| l.id == d.statement);
            rows.push(told([
                ours(if d.kinship.is_some() { format!("{} ({first})", n + 1) } else { (n + 1).to_string() }),
                ours(&d.statement),
                ours(d.told()),
                line.map_or_else(Quote::default, |l| l.title.clone()),
                line.map_or_else(Quote::default, |l| l.address.clone()),
                ours(line.map_or_else(String::new, |l| words::when(l.when))),
            ]));
        }
    }
    if !rows.is_empty() {
        let heads = ["Origin", "Page", "Descent", "Title", "Address", "Dated"];
        out.push(Block::Table(heads.map(Quote::from).to_vec(), rows));
    }
}

fn echoes(echoes: &[&Echo], j: &Judgement, text: &str, words_head: &str, out: &mut Vec<Block>) {
    if echoes.is_empty() {
        return;
    }
    out.push(Block::Text(ours(text)));
    let name = |id: &str| {
        let line = j.texts.lines.iter().find(|l: &&TextLine| l.id == id).map(|l| l.title.raw());
        let source = j.statement(id).map(|s| s.source.raw());
        Quote::from(format!("{id} {}", line.or(source).unwrap_or_default()).trim())
    };
    let row = |e: &&Echo| {
        let share = if e.heard == Heard::Quoted { format!("{:.0} %", e.shared * 100.0) } else { "none".to_owned() };
        let mut row = told([name(&e.text), name(&e.of)]);
        row.push(Cell::Plain(share));
        row.push(e.words.clone().into());
        row
    };
    let heads = ["This", "And this", "Share of its words", words_head];
    out.push(Block::Table(heads.map(Quote::from).to_vec(), echoes.iter().take(MOST).map(row).collect()));
    if echoes.len() > MOST {
        out.push(Block::Text(ours(format!("And {} more.", echoes.len() - MOST))));
    }
}
