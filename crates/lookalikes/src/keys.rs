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

#[cfg(test)]
mod tests {
    use super::neighbours;

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
