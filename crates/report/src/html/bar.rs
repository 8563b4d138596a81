//! Seen and expected on one logarithmic scale, so that "2 and 81" and "0.04 and 3" can be looked at alike.
//! Wrong where: below 0.01 the scale ends and the mark stands at its edge, drawn as an arrow.

use crate::words;
use model::Chance;
use std::io::{self, Write};

const WIDTH: f64 = 340.0;
/// Left and right edge of the scale.
const EDGES: (f64, f64) = (10.0, WIDTH - 10.0);

/// Writes the picture; nothing where a number is not known.
pub fn write(c: &Chance, out: &mut dyn Write) -> io::Result<()> {
    if !(c.observed.is_finite() && c.expected.is_finite()) {
        return Ok(());
    }
    let (low, high) = decades(c);
    let x = |v: f64| {
        let share = (v.max(1e-300).log10() - f64::from(low)) / f64::from(high - low);
        EDGES.0 + share.clamp(0.0, 1.0) * (EDGES.1 - EDGES.0)
    };
    let label = format!(
        "Seen {}, expected by chance {}, on a logarithmic scale",
        words::number(c.observed),
        words::number(c.expected)
    );
    writeln!(out, "<svg class=\"bar\" viewBox=\"0 0 {WIDTH} 62\" role=\"img\" aria-label=\"{label}\">")?;
    scale(low, high, &x, out)?;
    let (seen, expected) = (x(c.observed), x(c.expected));
    let (from, to) = (seen.min(expected), seen.max(expected));
    writeln!(out, "<path class=\"gap\" d=\"M{from:.1} 26H{to:.1}\"/>")?;
    writeln!(
        out,
        "<path class=\"expected\" d=\"M{expected:.1} 18V34\"/><circle class=\"seen\" cx=\"{seen:.1}\" cy=\"26\" r=\"5.5\"/>"
    )?;
    named(seen, expected, c, out)?;
    writeln!(out, "</svg>")
}

/// Powers of ten at the ends of the scale.
fn decades(c: &Chance) -> (i32, i32) {
    let low = c.observed.min(c.expected).clamp(0.01, 1e15).log10().floor() as i32;
    let high = c.observed.max(c.expected).clamp(0.01, 1e15).log10().ceil() as i32;
    (low.min(0), high.max(low.min(0) + 2))
}

fn scale(low: i32, high: i32, x: &dyn Fn(f64) -> f64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<path class=\"axis\" d=\"M{:.1} 40H{:.1}\"/>", EDGES.0, EDGES.1)?;
    let step = ((high - low) / 5 + 1) as usize;
    for power in (low..=high).step_by(step) {
        let at = x(10_f64.powi(power));
        let side = if power == low {
            "start"
        } else if at > EDGES.1 - 12.0 {
            "end"
        } else {
            "middle"
        };
        let shift = match side {
            "start" => EDGES.0 - 4.0,
            "end" => EDGES.1 + 4.0,
            _ => at,
        };
        writeln!(
            out,
            "<path class=\"axis\" d=\"M{at:.1} 37V43\"/><text class=\"tick\" x=\"{shift:.1}\" y=\"56\" text-anchor=\"{side}\">{}</text>",
            tick(power)
        )?;
    }
    Ok(())
}

fn tick(power: i32) -> String {
    match power {
        i32::MIN..0 => format!("{:.*}", power.unsigned_abs() as usize, 10_f64.powi(power)),
        0..6 => words::count(10_u64.pow(power.unsigned_abs())),
        6..9 => format!("{}M", 10_u64.pow(power.unsigned_abs() - 6)),
        _ => format!("{}G", words::count(10_u64.pow(power.unsigned_abs().min(18) - 9))),
    }
}

/// The two words above their marks, pushed apart where they would touch.
fn named(seen: f64, expected: f64, c: &Chance, out: &mut dyn Write) -> io::Result<()> {
    let (left, right) = if expected <= seen { ("chance", "seen") } else { ("seen", "chance") };
    let (from, to) = (expected.min(seen), expected.max(seen));
    let number = |word: &str| words::number(if word == "seen" { c.observed } else { c.expected });
    let texts = [format!("{left} {}", number(left)), format!("{right} {}", number(right))];
    let width = texts.each_ref().map(|t| t.chars().count() as f64 * 6.6);
    let a = (from - width[0] / 2.0).clamp(2.0, WIDTH - width[0] - width[1] - 14.0);
    let b = (to - width[1] / 2.0).clamp(a + width[0] + 10.0, WIDTH - width[1] - 2.0);
    writeln!(
        out,
        "<text class=\"{left}\" x=\"{a:.1}\" y=\"12\">{}</text><text class=\"{right}\" x=\"{b:.1}\" y=\"12\">{}</text>",
        texts[0], texts[1]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(observed: f64, expected: f64) -> String {
        let mut out = Vec::new();
        let c = Chance { unit: "x".into(), observed, expected, p: None, fdr: None, null: String::new() };
        write(&c, &mut out).expect("a vector takes it");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn any_two_numbers_can_be_drawn() {
        let all = [0.0, 1e-300, 0.04, 1.0, 3.0, 81.0, 4.6e6, 1e15, 1e300, -5.0, f64::MAX];
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))) {
            let svg = drawn(a, b);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{a} {b}: {svg}");
        }
        assert_eq!(drawn(f64::NAN, 1.0), "");
    }

    #[test]
    fn more_stands_to_the_right() {
        let svg = drawn(81.0, 1.9);
        let at = |before: &str| {
            let rest = &svg[svg.find(before).expect(before) + before.len()..];
            rest[..rest.find(['"', 'V', ' ']).expect("an end")].parse::<f64>().expect("a number")
        };
        assert!(at("cx=\"") > at("class=\"expected\" d=\"M") + 100.0, "{svg}");
    }
}
