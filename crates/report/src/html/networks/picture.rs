//! One network as SVG.

use crate::{layout, words};
use model::{Dossier, NetworkLine, NetworkMember, Quote, Sort};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Most members and links drawn: in the largest network, in the others.
const MEMBERS: (usize, usize) = (150, 60);
const LINKS: (usize, usize) = (1_200, 500);
/// Most names written in: in the largest network, in the others.
const NAMES: (usize, usize) = (14, 5);
const MARGIN: f64 = 30.0;

/// A link of the picture, by index into its members.
pub struct Edge {
    a: usize,
    b: usize,
    pub weight: u32,
}

/// What is drawn of a network.
pub struct Picture {
    pub big: bool,
    members: usize,
    pub edges: Vec<Edge>,
    width: f64,
    height: f64,
}

impl Picture {
    /// The most central members and, among them, the heaviest links.
    pub fn of(n: &NetworkLine, first: bool) -> Self {
        let big = first && n.members.len() > 8;
        let members = n.members.len().min(if big { MEMBERS.0 } else { MEMBERS.1 });
        let at: BTreeMap<u32, usize> = n.members[..members].iter().enumerate().map(|(i, m)| (m.actor, i)).collect();
        let edge = |l: &model::NetworkLink| Some(Edge { a: *at.get(&l.a)?, b: *at.get(&l.b)?, weight: l.weight });
        let mut edges: Vec<Edge> = n.links.iter().filter_map(edge).collect();
        edges.sort_by(|x, y| y.weight.cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
        edges.truncate(if big { LINKS.0 } else { LINKS.1 });
        let (width, height) = if big { (760.0, 460.0) } else { (370.0, 270.0) };
        Self { big, members, edges, width, height }
    }

    /// What is not drawn, in words.
    pub fn left_out(&self, n: &NetworkLine) -> Option<String> {
        let (members, links) = (n.members.len() - self.members, n.links.len() - self.edges.len());
        let and = match (members, links) {
            (0, 0) => return None,
            (0, l) => words::many(l as u64, "link", "links"),
            (m, l) => {
                format!("{} and {}", words::many(m as u64, "member", "members"), words::many(l as u64, "link", "links"))
            }
        };
        Some(format!("Not drawn: {and}; they are in the export gexf."))
    }

    /// Writes it.
    pub fn write(&self, d: &Dossier, n: &NetworkLine, out: &mut dyn Write) -> io::Result<()> {
        let (width, height) = (self.width, self.height);
        let label = format!("Network of {} members and {} links", n.members.len(), n.links.len());
        writeln!(out, "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">")?;
        let heaviest = self.edges.first().map_or(1, |e| e.weight).max(1);
        let strength = |e: &Edge| f64::from(e.weight) / f64::from(heaviest);
        let pulls: Vec<(usize, usize, f64)> = self.edges.iter().map(|e| (e.a, e.b, strength(e))).collect();
        let at: Vec<(f64, f64)> = layout::place(self.members, &pulls).into_iter().map(|p| self.scaled(p)).collect();
        // Heaviest links last, on top.
        for e in self.edges.iter().rev() {
            let ((x1, y1), (x2, y2), w) = (at[e.a], at[e.b], 0.5 + 2.3 * strength(e));
            writeln!(
                out,
                "<path class=\"e\" d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\" stroke-width=\"{w:.1}\" data-w=\"{}\" data-a=\"{}\" data-b=\"{}\"/>",
                e.weight, e.a, e.b
            )?;
        }
        for (i, m) in n.members[..self.members].iter().enumerate() {
            self.node(d, m, i, at[i], out)?;
        }
        self.names(d, n, &at, out)?;
        writeln!(out, "</svg>")
    }

    fn scaled(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (MARGIN + x * (self.width - 2.0 * MARGIN), MARGIN + y * (self.height - 2.0 * MARGIN))
    }

    fn radius(&self, m: &NetworkMember) -> f64 {
        let central = if m.centrality.is_finite() { m.centrality.clamp(0.0, 1.0) } else { 0.0 };
        // In a crowd each is drawn smaller.
        let room = self.width * self.height / (5_000.0 * self.members.max(1) as f64);
        (3.0 + 8.0 * central.sqrt()) * room.sqrt().min(1.0)
    }

    fn node(
        &self,
        d: &Dossier,
        m: &NetworkMember,
        i: usize,
        (x, y): (f64, f64),
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Some(a) = words::actor(d, m.actor) else { return Ok(()) };
        let title = format!(
            "{} ({}): {}, centrality {}, first in {} % of its relations, {}",
            a.name.short(80).defanged().html(),
            a.sort.word(),
            words::many(u64::from(m.degree), "link", "links"),
            words::number((m.centrality * 100.0).round() / 100.0),
            words::number((m.leads * 100.0).round()),
            words::many(a.records, "record", "records")
        );
        writeln!(
            out,
            "<g class=\"v {}\" data-i=\"{i}\"><title>{title}</title>{}</g>",
            a.sort.word(),
            shape(a.sort, x, y, self.radius(m))
        )
    }

    /// Names of the most central members, where they fit beside their node without covering a node or another name.
    fn names(&self, d: &Dossier, n: &NetworkLine, at: &[(f64, f64)], out: &mut dyn Write) -> io::Result<()> {
        let members = &n.members[..self.members];
        let mut taken: Vec<Block> = members.iter().zip(at).map(|(m, at)| Block::around(*at, self.radius(m))).collect();
        let most = if self.big { NAMES.0 } else { NAMES.1 };
        for (i, m) in members.iter().enumerate().take(most) {
            let Some(a) = words::actor(d, m.actor) else { continue };
            let name = a.name.defanged().short(24);
            let Some((place, x, y)) = self.free(&name, at[i], self.radius(m), &taken) else { continue };
            let class = if i == 0 { "label first" } else { "label" };
            writeln!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" data-i=\"{i}\">{}</text>", name.html())?;
            taken.push(place);
        }
        Ok(())
    }

    fn free(&self, name: &Quote, (x, y): (f64, f64), r: f64, taken: &[Block]) -> Option<(Block, f64, f64)> {
        let half = name.terminal().chars().count() as f64 * 3.3 + 2.0;
        let sides = [(x, y - r - 5.0), (x, y + r + 13.0), (x + r + 4.0 + half, y + 4.0), (x - r - 4.0 - half, y + 4.0)];
        sides.into_iter().find_map(|(x, y)| {
            let block = Block { left: x - half, right: x + half, top: y - 11.0, bottom: y + 3.0 };
            let inside =
                block.left > 2.0 && block.right < self.width - 2.0 && block.top > 0.0 && block.bottom < self.height;
            (inside && !taken.iter().any(|t| t.touches(&block))).then_some((block, x, y))
        })
    }
}

/// A rectangle taken by a name.
struct Block {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Block {
    /// A node, a little smaller than it is, so that its own name may stand close.
    fn around((x, y): (f64, f64), r: f64) -> Self {
        let r = r * 0.8;
        Self { left: x - r, right: x + r, top: y - r, bottom: y + r }
    }

    fn touches(&self, o: &Self) -> bool {
        self.left < o.right && o.left < self.right && self.top < o.bottom && o.top < self.bottom
    }
}

/// The shape of a sort of actor: told apart without colour.
pub fn shape(sort: Sort, x: f64, y: f64, r: f64) -> String {
    let class = sort.word();
    match sort {
        Sort::Account => format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>"),
        Sort::Mailbox => format!(
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{2:.1}\"/>",
            x - r * 0.9,
            y - r * 0.9,
            r * 1.8
        ),
        Sort::Site => format!(
            "<path class=\"{class}\" d=\"M{x:.1} {:.1}l{1:.1} {1:.1}l-{1:.1} {1:.1}l-{1:.1} -{1:.1}z\"/>",
            y - r * 1.2,
            r * 1.2
        ),
        Sort::Host => format!(
            "<path class=\"{class}\" d=\"M{x:.1} {:.1}l{:.1} {:.1}h-{:.1}z\"/>",
            y - r * 1.1,
            r * 1.1,
            r * 2.0,
            r * 2.2
        ),
        Sort::File => format!(
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"1\"/>",
            x - r * 0.7,
            y - r,
            r * 1.4,
            r * 2.0
        ),
    }
}
