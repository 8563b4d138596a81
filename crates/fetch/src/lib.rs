//! What does the server publish that a person named?
//!
//! The one room that goes out into the network, and only where a person asks for it by address: `unspool import taxii`.
//! It talks to that origin and no other, sends nothing but requests to read, believes no redirect, and is held to limits
//! of time, bytes and pages. What it brings is handed to a writer; it knows no case.
#![warn(missing_docs)]
#![allow(clippy::disallowed_methods)] // the network is this room's to touch, and a limit of time is kept by the clock

mod address;
mod get;
pub mod taxii;
mod trouble;

pub use get::{Asked, Credentials, Limits};
pub use trouble::Error;
