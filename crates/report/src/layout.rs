//! Where the members of a network stand in its picture.
//!
//! Forces after Fruchterman and Reingold with a pull to the middle, from a fixed low-discrepancy start, using only
//! `+ - * / sqrt`, which IEEE 754 rounds the same everywhere: same network, same picture. Wrong where: nearness is a
//! drawing aid, no measure. Source: "Graph Drawing by Force-directed Placement", 1991.

const ROUNDS: u32 = 160;
/// Nodes further apart than this many ideal lengths do not push each other.
const REACH: f64 = 6.0;

/// Places `n` nodes joined by `edges` (two indices below `n`, strength 0–1) into the unit square. Quadratic in `n`:
/// the caller bounds it.
pub fn place(n: usize, edges: &[(usize, usize, f64)]) -> Vec<(f64, f64)> {
    let mut at: Vec<(f64, f64)> = (0..n).map(start).collect();
    let ideal = (1.0 / n.max(1) as f64).sqrt();
    for round in 0..ROUNDS {
        let heat = 0.12 * (1.0 - f64::from(round) / f64::from(ROUNDS)) + 0.001;
        let mut push = repulsion(&at, ideal);
        attraction(&at, edges, ideal, &mut push);
        for (p, f) in at.iter_mut().zip(&push) {
            step(p, *f, heat);
        }
    }
    spread(&mut at);
    at
}

/// The R2 sequence (Martin Roberts, 2018): even, and without sine or cosine, which differ between machines.
fn start(i: usize) -> (f64, f64) {
    let i = i as f64;
    ((0.5 + i * 0.754_877_666_246_692_8).fract(), (0.5 + i * 0.569_840_290_998_053_3).fract())
}

fn repulsion(at: &[(f64, f64)], ideal: f64) -> Vec<(f64, f64)> {
    let mut push = vec![(0.0, 0.0); at.len()];
    for i in 0..at.len() {
        for j in i + 1..at.len() {
            let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
            let far = (dx * dx + dy * dy).max(1e-6);
            if far > REACH * REACH * ideal * ideal {
                continue;
            }
            let f = ideal * ideal / far;
            push[i] = (push[i].0 + dx * f, push[i].1 + dy * f);
            push[j] = (push[j].0 - dx * f, push[j].1 - dy * f);
        }
    }
    push
}

fn attraction(at: &[(f64, f64)], edges: &[(usize, usize, f64)], ideal: f64, push: &mut [(f64, f64)]) {
    // A dense network pulls each node by many edges; shared among them, it does not fall in on itself.
    let mut degree = vec![0.0_f64; at.len()];
    for &(a, b, _) in edges {
        degree[a] += 1.0;
        degree[b] += 1.0;
    }
    for &(a, b, strength) in edges {
        let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
        let far = (dx * dx + dy * dy).sqrt();
        let f = far / ideal * (0.4 + 0.6 * strength) / (degree[a].max(degree[b]) / 2.0).sqrt().max(1.0);
        push[a] = (push[a].0 - dx * f, push[a].1 - dy * f);
        push[b] = (push[b].0 + dx * f, push[b].1 + dy * f);
    }
    for (p, f) in at.iter().zip(push) {
        *f = (f.0 - (p.0 - 0.5) * 0.6, f.1 - (p.1 - 0.5) * 0.6);
    }
}

fn step(p: &mut (f64, f64), f: (f64, f64), heat: f64) {
    let size = (f.0 * f.0 + f.1 * f.1).sqrt().max(1e-9);
    let by = size.min(heat) / size;
    *p = (p.0 + f.0 * by, p.1 + f.1 * by);
}

/// Stretches the picture over the unit square.
fn spread(at: &mut [(f64, f64)]) {
    let fold = |f: fn(f64, f64) -> f64, s: f64| at.iter().fold((s, s), |m, p| (f(m.0, p.0), f(m.1, p.1)));
    let (low, high) = (fold(f64::min, f64::MAX), fold(f64::max, f64::MIN));
    let scale = |x: f64, low: f64, high: f64| if high - low < 1e-9 { 0.5 } else { (x - low) / (high - low) };
    for p in at {
        *p = (scale(p.0, low.0, high.0), scale(p.1, low.1, high.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_the_square_and_apart() {
        let ring: Vec<(usize, usize, f64)> = (0..14).flat_map(|a| (0..a).map(move |b| (a, b, 1.0))).collect();
        for (n, edges) in [(0, vec![]), (1, vec![]), (2, vec![(0, 1, 1.0)]), (14, ring), (40, vec![])] {
            let at = place(n, &edges);
            assert_eq!(at.len(), n);
            assert!(at.iter().all(|p| (0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1)), "{at:?}");
            for (i, p) in at.iter().enumerate() {
                assert!(at[..i].iter().all(|q| (p.0 - q.0).abs() + (p.1 - q.1).abs() > 0.02), "{n}: {at:?}");
            }
            assert_eq!(at, place(n, &edges));
        }
    }

    #[test]
    fn linked_nodes_stand_nearer() {
        let two: Vec<(usize, usize, f64)> = [(0, 6), (6, 12)]
            .into_iter()
            .flat_map(|(from, to)| (from..to).flat_map(move |a| (from..a).map(move |b| (a, b, 1.0))))
            .collect();
        let at = place(12, &two);
        let mean = |apart: bool| {
            let pairs: Vec<f64> = (0..12)
                .flat_map(|a| (0..a).map(move |b| (a, b)))
                .filter(|(a, b)| (a / 6 != b / 6) == apart)
                .map(|(a, b): (usize, usize)| (at[a].0 - at[b].0).hypot(at[a].1 - at[b].1))
                .collect();
            pairs.iter().sum::<f64>() / pairs.len() as f64
        };
        assert!(mean(true) > 1.5 * mean(false), "{} {}", mean(true), mean(false));
    }
}
