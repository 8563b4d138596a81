//! `unspool leak key`: files of 0600, randomness from the operating system.

use super::KeyFile;
use crate::{End, Trouble};
use rustix::fs::Mode;
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

#[derive(Debug, clap::Subcommand)]
pub enum Key {
    /// Print a new key; `unspool leak key new > campaign.key` gives a file that only you can read
    New {
        /// To this file, which must not be there yet
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Print the key of one recipient, derived from the campaign's: a seal found elsewhere then tells whose it was
    For {
        /// Who will hold it
        recipient: String,
        #[command(flatten)]
        key: KeyFile,
        /// To this file, which must not be there yet
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Say which of some recipients a seal or key was made for
    Whose {
        /// A seal or key
        file: PathBuf,
        #[command(flatten)]
        key: KeyFile,
        /// Names given to `key for`
        #[arg(required = true)]
        recipients: Vec<String>,
    },
}

pub fn run(what: &Key) -> Result<End, Trouble> {
    match what {
        Key::New { out } => {
            let mut secret = Zeroizing::new([0; 32]);
            getrandom::fill(&mut secret[..]).map_err(|e| format!("the system gives no random bytes: {e}"))?;
            give(&leaks::Key::new(*secret), out.as_deref())
        }
        Key::For { recipient, key, out } => give(&read(key)?.of_recipient(recipient), out.as_deref()),
        Key::Whose { file, key, recipients } => whose(file, &read(key)?, recipients),
    }
}

/// Reads a key file, and says so where others can read it too.
pub fn read(file: &KeyFile) -> Result<leaks::Key, Trouble> {
    let path = &file.key;
    let text =
        Zeroizing::new(std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?);
    let key = leaks::Key::read(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    if others_can_read(path) {
        eprintln!("warning: others on this machine can read {0}; chmod 600 {0}", path.display());
    }
    Ok(key)
}

fn others_can_read(path: &Path) -> bool {
    rustix::fs::stat(path).is_ok_and(|s| Mode::from_raw_mode(s.st_mode).intersects(Mode::RWXG | Mode::RWXO))
}

/// Writes a key to a file of its own or to standard output, which is made 0600 where it is a file.
fn give(key: &leaks::Key, out: Option<&Path>) -> Result<End, Trouble> {
    let line = key.write();
    match out {
        Some(path) => {
            let mut options = std::fs::OpenOptions::new();
            std::os::unix::fs::OpenOptionsExt::mode(options.write(true).create_new(true), 0o600);
            let mut file = options.open(path).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
            file.write_all(line.as_bytes())?;
        }
        None => {
            let stdout = std::io::stdout();
            let regular = rustix::fs::fstat(&stdout)
                .is_ok_and(|s| rustix::fs::FileType::from_raw_mode(s.st_mode) == rustix::fs::FileType::RegularFile);
            if regular {
                rustix::fs::fchmod(&stdout, Mode::RUSR | Mode::WUSR)?;
            }
            stdout.lock().write_all(line.as_bytes())?;
        }
    }
    eprintln!("Key {}. Whoever holds it can make and read its seals; keep it apart from them.", key.id());
    Ok(End::Done)
}

fn whose(file: &Path, campaign: &leaks::Key, recipients: &[String]) -> Result<End, Trouble> {
    let bytes = Zeroizing::new(std::fs::read(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?);
    let text = std::str::from_utf8(&bytes).ok().and_then(|t| leaks::Key::read(t).ok());
    let id = match text {
        Some(key) => key.id(),
        None => leaks::Seal::key_id_of(&bytes).map_err(|e| format!("{}: {e}", file.display()))?,
    };
    let own = (campaign.id() == id).then(|| "the campaign itself".to_owned());
    let theirs = || recipients.iter().find(|r| campaign.of_recipient(r).id() == id).cloned();
    match own.or_else(theirs) {
        Some(who) => println!("{id} was made for {}", model::Quote::from(who).terminal()),
        None => println!("{id} was made for none of these"),
    }
    Ok(End::Done)
}
