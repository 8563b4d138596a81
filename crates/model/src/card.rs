//! What every drawer says of itself.

/// The label on a drawer: how it is named, what it is for, and where it comes from.
///
/// Help, `unspool list`, `unspool explain` and the reference pages are all made from cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Stable name in lower case with hyphens, as used on the command line and in exports.
    pub id: &'static str,
    /// One line, no full stop, saying what it does.
    pub about: &'static str,
    /// The paper, RFC or specification it rests on, or `"ours"` with a word why.
    pub source: &'static str,
}
