//! Evidence that fades: in windows one after the other, or with the time between two acts.
//!
//! Sources: Weber & Neumann 2021, §"Addressing the temporal aspect"; Iannucci et al. 2025 for the kernel.

/// The most that a frame of `frame` windows ever holds, the newest window in full, each older one `alpha` times the next.
/// `counts` are (number of the window, evidence in it), sorted, each window once.
#[must_use]
pub fn strongest_frame(counts: &[(i64, f64)], frame: u32, alpha: f64) -> f64 {
    let sum = |last: usize| {
        let newest = counts[last].0;
        let within = counts[..=last].iter().rev().take_while(|c| newest - c.0 < i64::from(frame.max(1)));
        within.map(|(window, n)| n * alpha.powi((newest - window) as i32)).sum()
    };
    (0..counts.len()).map(sum).fold(0.0, f64::max)
}

/// `2^(-apart / half)`; 1 at once. A half-life of 0 counts only what is at once.
#[must_use]
pub fn halving(apart: f64, half: f64) -> f64 {
    if apart == 0.0 {
        1.0
    } else if half <= 0.0 {
        0.0
    } else {
        (-apart / half).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows 0, 1 and 4. Halved, the frame at 1 holds 2 + 0.5 · 4 = 4 and that at 4 never more; at 0.9 the frame of five
    /// windows at 4 reaches back to all.
    #[test]
    fn frames_by_hand() {
        let counts = [(0, 4.0), (1, 2.0), (4, 3.0)];
        for (frame, alpha, most) in [(1, 0.5, 4.0), (3, 0.5, 4.0), (5, 0.9, 3.0 + 0.729 * 2.0 + 0.6561 * 4.0)] {
            assert!((strongest_frame(&counts, frame, alpha) - most).abs() < 1e-12, "{frame} {alpha}");
        }
        assert_eq!(strongest_frame(&[], 5, 0.5), 0.0);
    }

    #[test]
    fn halves_by_hand() {
        for (apart, half, expected) in [(0.0, 0.0, 1.0), (5.0, 0.0, 0.0), (10.0, 10.0, 0.5), (20.0, 10.0, 0.25)] {
            assert!((halving(apart, half) - expected).abs() < 1e-12);
        }
    }
}
