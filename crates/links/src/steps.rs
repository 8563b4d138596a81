//! Steps that recipes share: rows laid out for a window, pairs counted account by account, similarities, cuts.
//!
//! Every one needs memory in proportion to acts and accounts, never to pairs: the pairs of one account are counted in
//! one dense row and handed on before the next account's turn.

pub mod backbone;
pub mod bins;
pub mod counts;
pub mod cut;
pub mod decay;
pub mod interval;
pub mod laid;
pub mod letters;
pub mod meetings;
pub mod outcome;
pub mod pruned;
pub mod similar;
pub mod top;
pub mod vectors;
