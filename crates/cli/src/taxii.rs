//! Asking a TAXII server: the one place where the program goes out, because a person said so and where to.

use crate::import::take_in;
use crate::{End, Trouble, pipe};
use case::{Case, Run, write_whole};
use fetch::taxii::{Offered, Taxii as Server};
use fetch::{Asked, Credentials, Limits};
use model::Quote;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Ask a TAXII 2.1 server what it has, and put collections of it into a case as evidence
///
/// This goes out into the network, to the address given and nowhere else. Without a case it tells what the server has.
/// All of a collection is taken in or none of it; objects are sealed as they came, with the server, the collection and
/// a hash of every page. The token may also stand in the environment as UNSPOOL_TAXII_TOKEN.
#[derive(Debug, clap::Args)]
pub struct Taxii {
    /// Discovery, an API root or a collection: `https://taxii.example/taxii2/`
    url: String,
    /// The case's folder
    case: Option<PathBuf>,
    /// Only the collection with this id; may be given again
    #[arg(long, value_name = "ID")]
    collection: Vec<String>,
    /// Only what was added after this moment: 2026-10-01T08:00:00Z
    #[arg(long, value_name = "TIME")]
    added_after: Option<String>,
    /// The token is the first line of this file
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The token is the password of this name (HTTP Basic)
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Trust these authorities (PEM) instead of those that come with the program
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// Allow an address that is not encrypted beyond this machine
    #[arg(long)]
    plain_http: bool,
    /// Most pages of a collection
    #[arg(long, value_name = "N", default_value_t = Limits::default().pages)]
    most_pages: usize,
    /// Most MiB in all
    #[arg(long, value_name = "N", default_value_t = Limits::default().bytes >> 20)]
    most_mib: u64,
    /// Most minutes in all
    #[arg(long, value_name = "N", default_value_t = Limits::default().whole.as_secs() / 60)]
    most_minutes: u64,
}

impl Taxii {
    /// Asks, and takes in.
    pub fn run(&self, run: &Run<'_>) -> Result<End, Trouble> {
        if let Some(case) = &self.case {
            // Nothing is fetched for a case that is not there.
            Case::look(case)?;
        }
        let mut server = Server::ask(&self.asked()?)?;
        for (root, why) in &server.unread {
            eprintln!("Not read: {}: {}", root.terminal(), Quote::from(why.to_string()).terminal());
        }
        let Some(case) = &self.case else { return tell(&server) };
        let scratch = tempfile::tempdir()?;
        let mut paths = Vec::new();
        for of in server.chosen(&self.collection)? {
            paths.push(self.fetch(&mut server, &of, scratch.path())?);
        }
        take_in(case, paths, run)
    }

    /// One collection, as a file whose name says where it is from.
    fn fetch(&self, server: &mut Server, of: &Offered, scratch: &Path) -> Result<PathBuf, Trouble> {
        let title = if of.title.is_empty() { String::new() } else { format!("{} ", of.title.raw()) };
        let whence = self.url.split("://").last().unwrap_or_default();
        let host = whence.split('/').next().unwrap_or_default();
        let name = format!("{} {}.json", Quote::from(format!("{title}{host}")).file_name(), of.id.file_name());
        let path = scratch.join(format!("taxii {name}"));
        let (mut taken, mut trouble) = (None, None);
        let written = write_whole(&path, &mut |out| match server.take(of, self.added_after.as_deref(), out) {
            Ok(all) => {
                taken = Some(all);
                Ok(())
            }
            Err(e) => {
                trouble = Some(e);
                Err(io::Error::other("not all came"))
            }
        });
        if let Some(trouble) = trouble {
            return Err(trouble.into());
        }
        written?;
        let taken = taken.ok_or("nothing was written")?;
        eprintln!("{}: {} objects on {} pages", of.id.terminal(), taken.objects, taken.pages);
        Ok(path)
    }

    fn asked(&self) -> Result<Asked, Trouble> {
        let minutes = Duration::from_secs(self.most_minutes.saturating_mul(60));
        Ok(Asked {
            address: self.url.clone(),
            credentials: self.credentials()?,
            authorities: self.ca_file.as_deref().map(read).transpose()?,
            plain: self.plain_http,
            limits: Limits {
                pages: self.most_pages,
                bytes: self.most_mib.saturating_mul(1 << 20),
                whole: minutes,
                ..Limits::default()
            },
        })
    }

    fn credentials(&self) -> Result<Credentials, Trouble> {
        let token = match &self.token_file {
            Some(path) => String::from_utf8_lossy(&read(path)?).lines().next().unwrap_or_default().trim().to_owned(),
            None => std::env::var("UNSPOOL_TAXII_TOKEN").unwrap_or_default(),
        };
        match (&self.user, token) {
            (None, token) if token.is_empty() => Ok(Credentials::None),
            (None, token) => Ok(Credentials::Bearer(token)),
            (Some(_), token) if token.is_empty() => {
                Err("--user needs its password: in --token-file or UNSPOOL_TAXII_TOKEN".into())
            }
            (Some(name), token) => Ok(Credentials::Basic(name.clone(), token)),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    Ok(std::fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?)
}

/// What the server has.
fn tell(server: &Server) -> Result<End, Trouble> {
    let mut out = io::stdout().lock();
    pipe(writeln!(out, "{}", server.title.terminal()))?;
    for c in &server.collections {
        let closed = if c.readable { "" } else { "  (not readable)" };
        pipe(writeln!(out, "  {}  {}{closed}", c.id.terminal(), c.title.terminal()))?;
    }
    Ok(End::Done)
}
