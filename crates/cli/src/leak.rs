//! `unspool leak`: is this ours?

mod blind;
mod check;
mod hear;
mod key;
mod seal;

use crate::{End, Trouble};
use std::path::PathBuf;

/// Seals of confidential documents, and checking mail and files against them.
#[derive(Debug, clap::Args)]
pub struct Leak {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make a key, or the key of one recipient
    Key {
        #[command(subcommand)]
        what: key::Key,
    },
    /// Seal documents: keyed fingerprints from which no content can be read
    Seal(seal::Args),
    /// Say which passages of mails, files, posts or pages stand in the sealed documents
    Check(check::Args),
    /// Make a blind seal: what others ask against without a shared key
    Blind(blind::BlindArgs),
    /// Answer blind questions, at an address or from a file
    Serve(blind::ServeArgs),
    /// Ask an owner blindly whether mails or files stand in its documents
    Ask(blind::AskArgs),
}

/// What the commands share: which key.
#[derive(Debug, clap::Args)]
struct KeyFile {
    /// File of the key (`unspool leak key new`)
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

/// Runs it.
pub fn run(args: &crate::Args, leak: &Leak) -> Result<End, Trouble> {
    match &leak.what {
        What::Key { what } => key::run(what),
        What::Seal(seal) => seal::run(args, seal),
        What::Check(check) => check::run(args, check),
        What::Blind(blind) => blind::blind(args, blind),
        What::Serve(serve) => blind::serve(serve),
        What::Ask(ask) => blind::ask(ask),
    }
}
