//! A TAXII 2.1 server, read-only: discovery, one API root, collections, objects, manifests, versions.
//!
//! Objects are a snapshot taken before it began, in order of the moment they were added and of their id, so that pages
//! fit together. Filters of the standard are all there. Nothing can be written. Source: OASIS TAXII 2.1, sections 3–5.

mod answer;
mod query;
mod shelf;

pub use shelf::Collection;

use crate::gate::{Answer, Gate};
use crate::lanes::{self, Limits};
use answer::Said;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use query::Query;
use serde_json::{Value, json};
use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;

/// The media type of every answer.
pub const MEDIA: &str = "application/taxii+json;version=2.1";
/// Most objects of one answer.
pub const PAGE: usize = 1000;
/// Longest request line taken, in bytes.
const LONGEST: usize = 8192;

/// What is served.
pub struct Served {
    /// Title of the server and of its API root.
    pub title: String,
    /// Where others reach it: `http://127.0.0.1:7777`.
    pub address: String,
    /// What it has.
    pub collections: Vec<Collection>,
}

struct Shop {
    served: Served,
    gate: Gate,
}

/// Serves until the listener fails.
///
/// # Errors
/// Where the listener cannot be used.
pub fn serve(listener: TcpListener, served: Served, gate: Gate, limits: Limits) -> io::Result<()> {
    let shop = Arc::new(Shop { served, gate });
    let router = |peer| Router::new().fallback(any).with_state(Asked { shop: Arc::clone(&shop), peer });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    runtime.block_on(lanes::serve(listener, limits, router))
}

/// Of whom, and who asks.
#[derive(Clone)]
struct Asked {
    shop: Arc<Shop>,
    peer: IpAddr,
}

/// Every request. The body is never read.
async fn any(State(Asked { shop, peer }): State<Asked>, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    shop.respond(peer, &parts.method, &path, &query, &parts.headers).response(parts.method == Method::HEAD)
}

impl Shop {
    fn respond(&self, peer: IpAddr, method: &Method, path: &str, query: &str, headers: &HeaderMap) -> Said {
        let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        match self.gate.asks(peer, header("authorization")) {
            Answer::Wait => return Said::error(429, "Too many requests", "ask again in a second"),
            Answer::Stranger => return Said::error(401, "Unauthorized", "a bearer token is needed"),
            Answer::Yes => {}
        }
        if path.len() + query.len() > LONGEST {
            return Said::error(414, "Too long", "the request line is too long");
        }
        if !accepts(header("accept")) {
            return Said::error(406, "Not acceptable", &format!("answers are {MEDIA}"));
        }
        let steps: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
        match *method {
            Method::GET | Method::HEAD => self.get(&steps, query),
            Method::POST | Method::DELETE => Said::error(403, "Forbidden", "nothing can be written or deleted here"),
            _ => Said::error(405, "Method not allowed", "only GET is answered"),
        }
    }

    fn get(&self, steps: &[&str], query: &str) -> Said {
        match steps {
            ["taxii2"] => Said::ok(self.discovery()),
            ["api"] => Said::ok(json!({
                "title": self.served.title, "versions": [MEDIA], "max_content_length": 1,
                "description": "Read-only. A snapshot of a case of Unspool.",
            })),
            ["api", "status", _] => Said::error(404, "Not found", "nothing can be written, so there is no status"),
            ["api", "collections"] => {
                let all: Vec<Value> = self.served.collections.iter().map(Collection::about).collect();
                Said::ok(if all.is_empty() { json!({}) } else { json!({ "collections": all }) })
            }
            ["api", "collections", id, rest @ ..] => match self.served.collections.iter().find(|c| c.is(id)) {
                Some(collection) => within(collection, rest, query),
                None => Said::error(404, "Not found", "there is no such collection"),
            },
            _ => Said::error(404, "Not found", "see /taxii2/"),
        }
    }

    fn discovery(&self) -> Value {
        let root = format!("{}/api/", self.served.address);
        json!({"title": self.served.title, "default": root, "api_roots": [root]})
    }
}

fn within(collection: &Collection, rest: &[&str], query: &str) -> Said {
    let query = match Query::read(query) {
        Ok(query) => query,
        Err(why) => return Said::error(400, "Bad request", &why),
    };
    match rest {
        [] => Said::ok(collection.about()),
        ["manifest"] => collection.answer(&query, None, &|o| json!({
            "id": o.id, "date_added": o.added, "version": o.version, "media_type": "application/stix+json;version=2.1",
        })),
        ["objects"] => collection.answer(&query, None, &|o| o.object.clone()),
        ["objects", id] | ["objects", id, "versions"] if !collection.has(id) => {
            Said::error(404, "Not found", "there is no such object")
        }
        ["objects", id] => collection.answer(&query, Some(id), &|o| o.object.clone()),
        ["objects", id, "versions"] => collection.versions(id, &query),
        _ => Said::error(404, "Not found", "a collection has manifest/ and objects/"),
    }
}

/// Clients name the media type, with or without its version, or take anything.
fn accepts(header: Option<&str>) -> bool {
    let Some(header) = header else { return true };
    header.split(',').any(|one| {
        let one: String = one.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        let bare = one.split(";q=").next().unwrap_or_default();
        matches!(bare, "*/*" | "application/*" | "application/taxii+json" | MEDIA)
    })
}

#[cfg(test)]
mod tests;
