//! What is this mail for?
//!
//! A sign is a drawer: a `const` [`Sign`] in a file of its own under `signs`, listed in [`SIGNS`]. Purposes are rules over
//! named signs ([`PURPOSES`]). The result is a [`model::Sheet`]: numbered lines with the bytes that show them, what speaks
//! against, what was not checked, what else it could be, and what would overturn it. Never a score; nothing is fetched.
#![warn(missing_docs)]

mod auth;
mod brands;
mod context;
mod domain;
mod facts;
mod file;
mod forward;
mod lookalike;
mod markup;
mod page;
mod phrases;
mod proof;
mod purposes;
mod results;
mod route;
mod sheet;
mod sign;
mod signs;
mod words;

pub use context::{Contact, Context, Earlier, History, Sealed, contacts};
pub use page::{page, safe_view};
pub use proof::Archive;
pub use purposes::{PURPOSES, Purpose};
pub use sheet::judge;
pub use sign::{Sign, Topic};
pub use signs::SIGNS;
