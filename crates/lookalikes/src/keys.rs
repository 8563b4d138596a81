//! Which keys lie side by side on keyboards in use.

/// Rows of the common layouts; letters next to each other in a row, or above one another, are neighbours.
const LAYOUTS: &[[&str; 4]] = &[
    ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
    ["1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"],
    ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"],
];

/// True for two keys side by side on any of the layouts. Rows lie half a key to the right of the row above.
pub(crate) fn neighbours(x: char, y: char) -> bool {
    let at = |layout: &[&str; 4], c: char| {
        layout.iter().enumerate().find_map(|(row, keys)| Some((row as i32, keys.find(c)? as i32)))
    };
    x != y
        && LAYOUTS.iter().any(|layout| match (at(layout, x), at(layout, y)) {
            (Some((r1, c1)), Some((r2, c2))) => match r2 - r1 {
                0 => (c1 - c2).abs() == 1,
                1 => c1 == c2 || c1 == c2 + 1,
                -1 => c1 == c2 || c2 == c1 + 1,
                _ => false,
            },
            _ => false,
        })
}

/// Letters that look alike in small type.
pub(crate) const LOOK: &[&str] = &[
    "1il", "0o", "3e", "4a", "5s", "7t", "6b", "8b", "9gq", "gq", "uv", "vy", "ce", "co", "mn", "nh", "hb", "ij", "lj",
    "2z", "ft", "lt",
];
/// Letters that sound alike.
pub(crate) const SOUND: &[&str] = &["ckq", "sz", "iy", "ly", "vw", "gj", "fv", "dt", "bp"];

/// True for two letters that stand in one of the groups.
pub(crate) fn grouped(groups: &[&str], x: char, y: char) -> bool {
    groups.iter().any(|g| g.contains(x) && g.contains(y))
}

/// True where two names of bones one slip apart differ by letters that look or sound alike, are doubled or have changed
/// places: slips the eye passes over.
pub(crate) fn hardly_seen(x: &[u8], y: &[u8]) -> bool {
    let same = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    if x.len() != y.len() {
        let longer = if x.len() > y.len() { x } else { y };
        return same > 0 && longer.get(same).is_some_and(|c| longer[same - 1] == *c);
    }
    let (Some(a), Some(b)) = (x.get(same), y.get(same)) else { return true };
    let swapped = x.get(same + 1) == Some(b) && y.get(same + 1) == Some(a);
    let (a, b) = (char::from(*a), char::from(*b));
    swapped || grouped(LOOK, a, b) || grouped(SOUND, a, b)
}

#[cfg(test)]
mod tests {
    use super::{hardly_seen, neighbours};

    #[test]
    fn slips_the_eye_passes_over() {
        for (x, y, is) in [
            ("rbc", "rbk", true),
            ("paper", "papre", true),
            ("paper", "papper", true),
            ("paper", "piper", false),
            ("paper", "paer", false),
            ("berg", "berq", true),
        ] {
            assert_eq!(hardly_seen(x.as_bytes(), y.as_bytes()), is, "{x} {y}");
        }
    }

    #[test]
    fn keys_side_by_side() {
        for (x, y, is) in [
            ('n', 'm', true),
            ('t', 'z', true),
            ('q', 'a', true),
            ('g', 'b', true),
            ('a', 'p', false),
            ('e', 'e', false),
            ('e', 'é', false),
        ] {
            assert_eq!(neighbours(x, y), is, "{x} {y}");
        }
    }
}
