//! What do others see?
//!
//! Read-only servers over what a case says. This room answers on one listener handed in; it opens no file, and what it
//! serves was made before it began. A bearer token is asked for always.
#![warn(missing_docs)]

mod gate;
mod lanes;
pub mod taxii;

pub use gate::Gate;
pub use lanes::Limits;
