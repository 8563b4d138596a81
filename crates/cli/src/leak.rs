//! `unspool leak`: is this ours?

mod blind;
mod check;
mod hear;
mod key;
mod owner;
mod seal;

use crate::{End, Trouble};
use std::path::{Path, PathBuf};

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

/// Opens the seal that a case's evidence is to be held against: the one asked for, else that of its settings.
pub fn hold(case: &mut case::Case, asked: Option<(&Path, &Path)>) -> Result<(), Trouble> {
    let set = case.settings().seal.clone();
    let inside = |name: &str| case.store().dir.join(name);
    let (file, key) = match asked {
        Some((file, key)) => (file.to_path_buf(), key.to_path_buf()),
        None if set.file.is_empty() => return Ok(()),
        None if set.key.is_empty() => return Err("[seal] file is set in case.toml, but no key".into()),
        None => (inside(&set.file), inside(&set.key)),
    };
    let key = key::read(&KeyFile { key })?;
    let bytes = std::fs::read(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    case.hold(bytes, key).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(())
}

/// Seals documents under a key that everybody may know, for the demo; the paths of seal and key.
pub fn seal_openly(
    threads: usize,
    docs: &[PathBuf],
    dir: &Path,
    secret: [u8; 32],
) -> Result<(PathBuf, PathBuf), Trouble> {
    let key = leaks::Key::new(secret);
    let (sealed, _) = seal::make(threads, docs, &[], &key)?;
    let bytes = sealed.seal.write(&key)?;
    let (seal_file, key_file) = (dir.join("campaign.seal"), dir.join("campaign.key"));
    case::write_whole(&seal_file, &mut |out| out.write_all(&bytes))?;
    case::write_whole(&key_file, &mut |out| out.write_all(key.write().as_bytes()))?;
    std::fs::set_permissions(&key_file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok((seal_file, key_file))
}
