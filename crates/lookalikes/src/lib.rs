//! Which names imitate whom?
//!
//! A list of outlets to protect ([`Outlets`]), a feed of names, one pass over it with all outlets at once ([`Watch`],
//! [`Pass`]), and what was kept, ranked by surprise in bits ([`Hit`]). Each way of making a name pass for another is a
//! drawer: a `const` [`Technique`] in a file of its own, listed in [`TECHNIQUES`]. This room touches no files, network or
//! clock, and knows no registry; names come in one by one.
#![warn(missing_docs)]

mod bits;
mod feed;
mod fold;
mod grammar;
mod inside;
mod keys;
mod near;
mod outlets;
mod pair;
mod rank;
mod split;
mod suffixes;
mod technique;
mod watch;
mod within;
mod words;

pub use feed::Feed;
pub use grammar::{Follows, Grammar};
pub use outlets::{Misread, Origin, Outlet, Outlets};
pub use pair::{How, Pair, Slip};
pub use rank::Hit;
pub use split::Split;
pub use technique::{Part, Technique};
pub use watch::{Pass, Watch};

mod techniques {
    pub(crate) mod bitsquatting;
    pub(crate) mod brand_subdomain;
    pub(crate) mod digraph;
    pub(crate) mod dot_put_in;
    pub(crate) mod homoglyph;
    pub(crate) mod homophone;
    pub(crate) mod hyphenation;
    pub(crate) mod insertion;
    pub(crate) mod key_slip;
    pub(crate) mod letter_replaced;
    pub(crate) mod levelsquatting;
    pub(crate) mod look_alike_letter;
    pub(crate) mod number_around;
    pub(crate) mod numeral;
    pub(crate) mod omission;
    pub(crate) mod other_name;
    pub(crate) mod plural;
    pub(crate) mod pseudo_suffix;
    pub(crate) mod repetition;
    pub(crate) mod suffix_glued;
    pub(crate) mod tld_swap;
    pub(crate) mod transposition;
    pub(crate) mod vowel_swap;
    pub(crate) mod whole_script;
    pub(crate) mod words_around;
    pub(crate) mod words_turned;
    pub(crate) mod wrong_second_level;
    pub(crate) mod www_glued;
}

/// Every technique.
pub const TECHNIQUES: &[&Technique] = &[
    &techniques::bitsquatting::TECHNIQUE,
    &techniques::brand_subdomain::TECHNIQUE,
    &techniques::digraph::TECHNIQUE,
    &techniques::dot_put_in::TECHNIQUE,
    &techniques::homoglyph::TECHNIQUE,
    &techniques::homophone::TECHNIQUE,
    &techniques::hyphenation::TECHNIQUE,
    &techniques::insertion::TECHNIQUE,
    &techniques::key_slip::TECHNIQUE,
    &techniques::letter_replaced::TECHNIQUE,
    &techniques::levelsquatting::TECHNIQUE,
    &techniques::look_alike_letter::TECHNIQUE,
    &techniques::number_around::TECHNIQUE,
    &techniques::numeral::TECHNIQUE,
    &techniques::omission::TECHNIQUE,
    &techniques::other_name::TECHNIQUE,
    &techniques::plural::TECHNIQUE,
    &techniques::pseudo_suffix::TECHNIQUE,
    &techniques::repetition::TECHNIQUE,
    &techniques::suffix_glued::TECHNIQUE,
    &techniques::tld_swap::TECHNIQUE,
    &techniques::transposition::TECHNIQUE,
    &techniques::vowel_swap::TECHNIQUE,
    &techniques::whole_script::TECHNIQUE,
    &techniques::words_around::TECHNIQUE,
    &techniques::words_turned::TECHNIQUE,
    &techniques::wrong_second_level::TECHNIQUE,
    &techniques::www_glued::TECHNIQUE,
];
