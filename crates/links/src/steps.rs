//! Steps that recipes share: rows laid out for a window, pairs counted account by account, similarities, cuts.
//!
//! Every one needs memory in proportion to acts and accounts, never to pairs: the pairs of one account are counted in
//! one dense row and handed on before the next account's turn.

pub mod counts;
pub mod cut;
pub mod laid;
pub mod outcome;
pub mod similar;
pub mod vectors;
