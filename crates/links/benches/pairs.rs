//! The bare sweep over rows that are whole numbers already: how many pairs of acts on one thing each pair of accounts
//! has within a window. `cargo bench -p links --bench pairs -- ROWS SECONDS`, where ROWS holds little-endian 64-bit
//! triples of thing, account and second (`bench/coordinate.py` writes them); without a file, rows of its own making.
#![allow(clippy::disallowed_methods)] // a bench reads files and the clock

use links::steps::{counts, laid::Laid, laid::Window};
use model::{Layer, When};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let rows = arguments.first().map_or_else(made, |path| read(path));
    let seconds: i64 = arguments.get(1).and_then(|s| s.parse().ok()).unwrap_or(60);
    let layer = layer(&rows);
    let accounts = layer.who.iter().max().map_or(0, |n| *n as usize + 1);
    let before = cpu();
    let laid = Laid::new(&layer, accounts, Window::Within(seconds * When::SECOND));
    let (mut pairs, mut sum) = (0_u64, 0_u64);
    counts::pairs(&laid, accounts, 1, &mut |_, _, n| {
        pairs += 1;
        sum += u64::from(n);
    });
    println!("rows={} pairs={pairs} sum={sum} cpu={:.4}", rows.len(), cpu() - before);
}

fn read(path: &str) -> Vec<[i64; 3]> {
    let bytes = std::fs::read(path).expect("rows");
    let number = |b: &[u8]| i64::from_le_bytes(b.try_into().expect("eight bytes"));
    bytes.chunks_exact(24).map(|r| [number(&r[..8]), number(&r[8..16]), number(&r[16..])]).collect()
}

/// Things of Zipf's popularity, accounts and seconds at random.
fn made() -> Vec<[i64; 3]> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut roll = |n: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % n
    };
    (0..1_000_000)
        .map(|_| {
            let thing = 300_000 / (1 + roll(300_000));
            [thing as i64 * 7 + roll(7) as i64, roll(50_000) as i64, roll(90 * 86_400) as i64]
        })
        .collect()
}

fn layer(rows: &[[i64; 3]]) -> Layer {
    Layer {
        kind: "bench",
        what: rows.iter().map(|r| r[0] as u32).collect(),
        who: rows.iter().map(|r| r[1] as u32).collect(),
        when: rows.iter().map(|r| r[2] * When::SECOND).collect(),
        message: (0..rows.len() as u32).collect(),
        things: vec![0; rows.iter().map(|r| r[0] as usize + 1).max().unwrap_or(0)],
        blank: None,
    }
}

/// Processor seconds of this process, as the kernel counts them.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split_ascii_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
