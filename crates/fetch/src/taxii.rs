//! Reading a TAXII 2.1 server: discovery, API roots, collections, objects page by page.
//!
//! Objects are written down as they came, byte by byte, in a bundle that names the server, the collection and every page
//! with its hash. All of a collection comes or nothing does: a list cut short in silence would be a wrong list.
//! Wrong where a server gives neither `next` nor distinct times: what was added in one moment with the last of a page may
//! be left out. Source: OASIS TAXII 2.1, sections 3.4, 4, 5.

use crate::address::quote;
use crate::get::{Answer, Client};
use crate::{Asked, Error};
use model::Quote;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::io::Write;
use url::Url;

/// Most API roots looked at, and most collections of each.
const MOST: (usize, usize) = (64, 10_000);
/// Objects asked for at once; servers give fewer.
const PAGE: &str = "1000";

/// A collection that a server has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Address of its API root.
    root: Url,
    /// Its id.
    pub id: Quote,
    /// What it is called.
    pub title: Quote,
    /// Whether the asking person may read it, by the server's word.
    pub readable: bool,
}

/// A server, asked.
pub struct Taxii {
    client: Client,
    /// What it calls itself.
    pub title: Quote,
    /// What it has.
    pub collections: Vec<Offered>,
    /// API roots that could not be read, and why.
    pub unread: Vec<(Quote, Error)>,
}

/// What was written down of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Objects, as many as came: one that came twice counts twice.
    pub objects: u64,
    /// Pages.
    pub pages: usize,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default)]
    more: bool,
    next: Option<String>,
    #[serde(default, borrow)]
    objects: Vec<&'a RawValue>,
}

impl Taxii {
    /// Asks what a server has.
    ///
    /// # Errors
    /// [`Error`]: it does not answer, or not in TAXII 2.1.
    pub fn ask(asked: &Asked) -> Result<Self, Error> {
        let mut client = Client::new(asked)?;
        let start = client.start().clone();
        let said = object(&client.get(&start)?)?;
        let mut server = Self { client, title: text(&said, "title"), collections: vec![], unread: vec![] };
        match said {
            _ if said["can_read"].is_boolean() => {
                let root = start.join("../../").map_err(|_| shape(&start, "a collection lies below its API root"))?;
                server.collections.push(offered(&root, &said).ok_or_else(|| shape(&start, "a collection has an id"))?);
            }
            _ if said["versions"].is_array() => server.root(&start, &said)?,
            _ if said["api_roots"].is_array() => server.roots(&start, &said)?,
            _ => return Err(shape(&start, "neither a server, an API root, nor a collection")),
        }
        Ok(server)
    }

    fn roots(&mut self, start: &Url, said: &Value) -> Result<(), Error> {
        for root in said["api_roots"].as_array().into_iter().flatten().filter_map(Value::as_str).take(MOST.0) {
            let read = match start.join(root) {
                Ok(url) => self.client.get(&url).and_then(|answer| self.root(&url, &object(&answer)?)),
                Err(_) => Err(shape(start, "an API root is no address")),
            };
            if let Err(why) = read {
                self.unread.push((Quote::from(root), why));
            }
        }
        // A server may name roots that are not for everybody; that none is readable is trouble.
        match (self.collections.is_empty(), self.unread.pop()) {
            (true, Some((_, why))) => Err(why),
            (_, last) => {
                self.unread.extend(last);
                Ok(())
            }
        }
    }

    fn root(&mut self, url: &Url, said: &Value) -> Result<(), Error> {
        let versions = said["versions"].as_array().into_iter().flatten().filter_map(Value::as_str);
        if !versions.map(|v| v.replace(' ', "")).any(|v| v.ends_with("version=2.1") || v == "taxii-2.1") {
            return Err(shape(url, "an API root that does not speak TAXII 2.1"));
        }
        let url = url.join("collections/").map_err(|_| shape(url, "an address without a path"))?;
        let said = object(&self.client.get(&url)?)?;
        let all = said["collections"].as_array().into_iter().flatten().take(MOST.1);
        let root = url.join("../").map_err(|_| shape(&url, "an address without a path"))?;
        self.collections.extend(all.filter_map(|c| offered(&root, c)));
        Ok(())
    }

    /// The collections meant by ids; all that can be read for none.
    ///
    /// # Errors
    /// [`Error::NoSuch`], with what there is.
    pub fn chosen(&self, ids: &[String]) -> Result<Vec<Offered>, Error> {
        let readable = || self.collections.iter().filter(|c| c.readable);
        let there: Vec<&str> = readable().map(|c| c.id.raw()).collect();
        let no_such = |id: &str| Error::NoSuch { id: Quote::from(id), there: Quote::from(there.join(", ")) };
        if ids.is_empty() {
            let all: Vec<Offered> = readable().cloned().collect();
            return if all.is_empty() { Err(no_such("at all")) } else { Ok(all) };
        }
        let one = |id: &String| readable().find(|c| c.id.raw() == id).cloned().ok_or_else(|| no_such(id));
        ids.iter().map(one).collect()
    }

    /// Writes down all objects of a collection, or those added after a moment (ISO 8601 in UTC).
    ///
    /// # Errors
    /// [`Error`]; what was written until then is not to be used.
    pub fn take(&mut self, of: &Offered, added_after: Option<&str>, out: &mut dyn Write) -> Result<Taken, Error> {
        let objects = address_of(of)?;
        let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, objects.as_str().as_bytes());
        write!(out, "{{\"type\":\"bundle\",\"id\":\"bundle--{id}\",\"objects\":[")?;
        let mut pages = Vec::new();
        let mut taken = Taken { objects: 0, pages: 0 };
        let mut at = At { after: added_after.map(str::to_owned), next: None };
        loop {
            let url = at.url(&objects);
            if taken.pages == self.client.pages() {
                return Err(self.client.much(&url, format!("more than {} pages", taken.pages)));
            }
            let answer = self.client.get(&url)?;
            let envelope = envelope(&answer)?;
            for object in &envelope.objects {
                let comma = if taken.objects == 0 { "\n" } else { ",\n" };
                write!(out, "{comma}{}", object.get())?;
                taken.objects += 1;
            }
            taken.pages += 1;
            pages.push(json!({"address": url.as_str(), "objects": envelope.objects.len(), "sha256": answer.sha256()}));
            if !at.on(&answer, &envelope)? {
                break;
            }
        }
        let about = json!({
            "server": self.client.start().as_str(), "server_title": self.title.raw(), "api_root": of.root.as_str(),
            "collection": of.id.raw(), "collection_title": of.title.raw(), "added_after": added_after, "pages": pages,
        });
        writeln!(out, "\n],\"x_unspool_taxii\":{about}}}")?;
        Ok(taken)
    }
}

/// Where in a collection we are.
struct At {
    after: Option<String>,
    next: Option<String>,
}

impl At {
    fn url(&self, objects: &Url) -> Url {
        let mut url = objects.clone();
        let own = [("limit", Some(PAGE)), ("added_after", self.after.as_deref()), ("next", self.next.as_deref())];
        url.query_pairs_mut().extend_pairs(own.into_iter().filter_map(|(key, value)| Some((key, value?))));
        url
    }

    /// Moves to the next page; false where there is none. A server must not lead round in circles.
    fn on(&mut self, answer: &Answer, envelope: &Envelope<'_>) -> Result<bool, Error> {
        let round = |why: &str| Error::Shape { address: answer.address.clone(), why: Quote::from(why) };
        if !envelope.more {
            return Ok(false);
        }
        if envelope.objects.is_empty() {
            return Err(round("there is said to be more, and nothing came"));
        }
        match (&envelope.next, &answer.added_last) {
            (Some(next), _) if self.next.as_ref() == Some(next) => {
                return Err(round("the next page is the same again"));
            }
            (Some(next), _) => self.next = Some(next.clone()),
            (None, Some(last)) if self.after.as_ref().is_none_or(|after| last > after) => {
                (self.after, self.next) = (Some(last.clone()), None);
            }
            (None, _) => return Err(round("there is said to be more, and not how to ask for it")),
        }
        Ok(true)
    }
}

fn address_of(of: &Offered) -> Result<Url, Error> {
    let mut url = of.root.clone();
    match url.path_segments_mut() {
        // The id is one step of the path, whatever is in it.
        Ok(mut steps) => steps.pop_if_empty().extend(["collections", of.id.raw(), "objects", ""]),
        Err(()) => return Err(shape(&of.root, "an address without a path")),
    };
    Ok(url)
}

fn envelope(answer: &Answer) -> Result<Envelope<'_>, Error> {
    let wrong = |why: String| Error::Shape { address: answer.address.clone(), why: Quote::from(why) };
    let read: Envelope<'_> =
        serde_json::from_slice(&answer.body).map_err(|e| wrong(format!("no envelope of objects: {e}")))?;
    match read.objects.iter().position(|o| !o.get().starts_with('{')) {
        Some(at) => Err(wrong(format!("object {} of the page is none", at + 1))),
        None => Ok(read),
    }
}

fn object(answer: &Answer) -> Result<Value, Error> {
    let wrong = |why: String| Error::Shape { address: answer.address.clone(), why: Quote::from(why) };
    let value: Value = serde_json::from_slice(&answer.body).map_err(|e| wrong(e.to_string()))?;
    if value.is_object() { Ok(value) } else { Err(wrong("no object of JSON".to_owned())) }
}

fn offered(root: &Url, said: &Value) -> Option<Offered> {
    let id = text(said, "id");
    let readable = said["can_read"].as_bool().unwrap_or(false);
    (!id.is_empty()).then(|| Offered { root: root.clone(), id, title: text(said, "title"), readable })
}

fn text(value: &Value, key: &str) -> Quote {
    Quote::from(value[key].as_str().unwrap_or_default())
}

fn shape(url: &Url, why: &str) -> Error {
    Error::Shape { address: quote(url), why: Quote::from(why) }
}
