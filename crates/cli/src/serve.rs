//! Serving a case to others' tools.

use crate::{End, Trouble};
use case::Case;
use model::Dossier;
use serde_json::Value;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use web::taxii::{Collection, Served};

/// Serve a case read-only to tools that speak TAXII 2.1; it is a snapshot of the case as it stands now
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The case's folder
    case: PathBuf,
    /// TAXII 2.1: the STIX exports as collections `stix` and `stix-fimi`
    #[arg(long, required = true)]
    taxii: bool,
    /// Where to listen; nothing is encrypted, so beyond this machine put a TLS proxy in front
    #[arg(long, default_value = "127.0.0.1:7747", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Where others reach it, where a TLS proxy stands in front: `https://taxii.example`
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// The token is the first line of this file; without it one is made and told
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

impl Serve {
    /// Serves until it is interrupted.
    pub fn run(&self) -> Result<End, Trouble> {
        // The case is let go before anybody is served: others may work on it.
        let dossier = Case::look(&self.case)?.dossier()?;
        let token = self.token()?;
        let listener = TcpListener::bind(self.listen).map_err(|e| format!("cannot listen on {}: {e}", self.listen))?;
        let here = format!("http://{}", listener.local_addr()?);
        let address = self.address.as_deref().map_or(here.as_str(), |a| a.trim_end_matches('/')).to_owned();
        if self.address.is_some() {
            eprintln!("Listening: {here}");
        }
        if !self.listen.ip().is_loopback() {
            eprintln!(
                "Warning: anyone who can reach {} sees what is sent and the token: nothing is encrypted.",
                self.listen
            );
        }
        let forms = [("stix", "STIX 2.1"), ("stix-fimi", "STIX 2.1 with the FIMI profile")];
        let collections = forms.iter().map(|(id, about)| collection(&dossier, id, about)).collect::<Result<_, _>>()?;
        eprintln!("Discovery: {address}/taxii2/ ; the case as of {}; Ctrl-C ends it", dossier.changed().iso());
        if self.token_file.is_none() {
            eprintln!("Token:     {token}");
        }
        let served = Served { title: dossier.title.terminal(), address, collections };
        web::taxii::serve(listener, served, web::Gate::new(&token), web::Limits::default())?;
        Ok(End::Done)
    }

    fn token(&self) -> Result<String, Trouble> {
        let Some(path) = &self.token_file else {
            let mut token = [0; 32];
            getrandom::fill(&mut token).map_err(|e| format!("no randomness: {e}"))?;
            return Ok(handover::hex(&token));
        };
        read_token(path)
    }
}

fn read_token(path: &Path) -> Result<String, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let token = text.lines().next().unwrap_or_default().trim();
    if token.len() < 16 {
        return Err(format!("{}: a token has at least 16 letters", path.display()).into());
    }
    Ok(token.to_owned())
}

/// A collection's id follows from the case's title, when it was made, and the form.
fn collection(dossier: &Dossier, id: &str, about: &str) -> Result<Collection, Trouble> {
    let export = report::by_id(id).ok_or("no such export")?;
    let mut text = Vec::new();
    (export.write)(dossier, &mut text)?;
    let mut bundle: Value = serde_json::from_slice(&text)?;
    let objects = match bundle["objects"].take() {
        Value::Array(objects) => objects,
        _ => Vec::new(),
    };
    let name = format!("unspool\0{}\0{}\0{id}", dossier.title.raw(), dossier.made().iso());
    let uuid = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes()).to_string();
    Ok(Collection::new(&uuid, id, &format!("{}: {about}", dossier.title.terminal()), &dossier.changed().iso(), objects))
}
