//! One request after another to one origin, each held to what is left of time and bytes.

use crate::Error;
use crate::address::{MEDIA, address, here, quote, taxii};
use base64ct::{Base64, Encoding};
use model::Quote;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use url::Url;

/// How often a server that asks to wait is waited for, and how long at most each time, in seconds.
const WAITS: (u32, u64) = (5, 60);

/// Who asks.
#[derive(Clone, Default)]
pub enum Credentials {
    /// Anybody.
    #[default]
    None,
    /// Who has the token.
    Bearer(String),
    /// A name and its password.
    Basic(String, String),
}

/// How much is taken.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one answer.
    pub page: u64,
    /// Bytes of all.
    pub bytes: u64,
    /// Pages of one collection.
    pub pages: usize,
    /// Until one answer is there.
    pub call: Duration,
    /// Until all is there.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page: 64 << 20,
            bytes: 2 << 30,
            pages: 10_000,
            call: Duration::from_secs(60),
            whole: Duration::from_secs(30 * 60),
        }
    }
}

/// What a person asked for.
#[derive(Clone, Default)]
pub struct Asked {
    /// The address: discovery, an API root, or a collection.
    pub address: String,
    /// As whom.
    pub credentials: Credentials,
    /// Certificates (PEM) of the authorities to trust instead of those that come with the program.
    pub authorities: Option<Vec<u8>>,
    /// Unencrypted also beyond this machine.
    pub plain: bool,
    /// How much.
    pub limits: Limits,
}

/// An answer of the right kind.
pub(crate) struct Answer {
    pub(crate) address: Quote,
    pub(crate) body: Vec<u8>,
    /// When its last object was added, by the server's word.
    pub(crate) added_last: Option<String>,
}

impl Answer {
    pub(crate) fn sha256(&self) -> String {
        Sha256::digest(&self.body).iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Asks one origin.
pub(crate) struct Client {
    agent: Agent,
    start: Url,
    authorization: Option<String>,
    limits: Limits,
    left: u64,
    began: Instant,
}

impl Client {
    /// Asks nothing yet.
    pub(crate) fn new(asked: &Asked) -> Result<Self, Error> {
        let start = address(&asked.address)?;
        if start.scheme() == "http" && !asked.plain && !here(&start) {
            return Err(Error::Plain(quote(&start)));
        }
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &asked.authorities {
            tls = tls.root_certs(RootCerts::Specific(Arc::new(authorities(pem, &start)?)));
        }
        let agent = Agent::config_builder()
            .tls_config(tls.build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Its default would be read from the environment.
            .proxy(None)
            .user_agent(concat!("unspool/", env!("CARGO_PKG_VERSION")))
            .max_response_header_size(64 << 10)
            .build();
        let authorization = match &asked.credentials {
            Credentials::None => None,
            Credentials::Bearer(token) => Some(format!("Bearer {token}")),
            Credentials::Basic(name, word) => {
                Some(format!("Basic {}", Base64::encode_string(format!("{name}:{word}").as_bytes())))
            }
        };
        let (limits, left) = (asked.limits, asked.limits.bytes);
        Ok(Self { agent: agent.into(), start, authorization, limits, left, began: Instant::now() })
    }

    /// Where the person sent us.
    pub(crate) fn start(&self) -> &Url {
        &self.start
    }

    /// Most pages of one collection.
    pub(crate) fn pages(&self) -> usize {
        self.limits.pages
    }

    /// What stands at an address of the origin.
    pub(crate) fn get(&mut self, url: &Url) -> Result<Answer, Error> {
        if url.origin() != self.start.origin() {
            return Err(Error::Elsewhere { from: quote(&self.start), to: quote(url) });
        }
        let mut waited = 0;
        loop {
            let response = self.call(url)?;
            match response.status().as_u16() {
                200 => return self.answer(url, response),
                429 | 503 if waited < WAITS.0 => {
                    waited += 1;
                    self.wait(url, header(response.headers(), "retry-after"))?;
                }
                300..=399 => {
                    let to = header(response.headers(), "location").unwrap_or_default();
                    return Err(Error::Elsewhere { from: quote(url), to: Quote::from(to) });
                }
                status => return Err(Error::Refused { address: quote(url), status, words: words(response) }),
            }
        }
    }

    fn call(&self, url: &Url) -> Result<Response<ureq::Body>, Error> {
        let mut request = self.agent.get(url.as_str()).header("accept", MEDIA);
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let time = self.time_left(url)?.min(self.limits.call);
        request.config().timeout_global(Some(time)).build().call().map_err(|e| silent(url, &e))
    }

    fn time_left(&self, url: &Url) -> Result<Duration, Error> {
        let left = self.limits.whole.checked_sub(self.began.elapsed()).filter(|left| !left.is_zero());
        left.ok_or_else(|| self.much(url, format!("it took longer than {} s", self.limits.whole.as_secs())))
    }

    /// Waits as long as the server asks, within reason.
    fn wait(&self, url: &Url, asked: Option<String>) -> Result<(), Error> {
        let seconds = asked.and_then(|s| s.trim().parse().ok()).unwrap_or(1_u64).min(WAITS.1);
        std::thread::sleep(Duration::from_secs(seconds).min(self.time_left(url)?));
        Ok(())
    }

    fn answer(&mut self, url: &Url, mut response: Response<ureq::Body>) -> Result<Answer, Error> {
        let media = header(response.headers(), "content-type").unwrap_or_default();
        if !taxii(&media) {
            let media = if media.is_empty() { "no media type".to_owned() } else { media };
            return Err(Error::Media { address: quote(url), media: Quote::from(media) });
        }
        let added_last = header(response.headers(), "x-taxii-date-added-last");
        let most = self.limits.page.min(self.left);
        let body = response.body_mut().with_config().limit(most).read_to_vec();
        let body = body.map_err(|e| match e {
            ureq::Error::BodyExceedsLimit(_) if most < self.limits.page => {
                self.much(url, format!("more than {} MiB in all", self.limits.bytes >> 20))
            }
            ureq::Error::BodyExceedsLimit(_) => {
                self.much(url, format!("an answer of more than {} MiB", self.limits.page >> 20))
            }
            e => silent(url, &e),
        })?;
        self.left -= body.len() as u64;
        Ok(Answer { address: quote(url), body, added_last })
    }

    pub(crate) fn much(&self, url: &Url, what: String) -> Error {
        Error::Much { address: quote(url), what }
    }
}

fn silent(url: &Url, why: &ureq::Error) -> Error {
    Error::Silent { address: quote(url), why: Quote::from(why.to_string()) }
}

fn authorities(pem: &[u8], url: &Url) -> Result<Vec<Certificate<'static>>, Error> {
    let all: Vec<_> = parse_pem(pem).filter_map(Result::ok).collect();
    let all: Vec<_> =
        all.into_iter().filter_map(|item| if let PemItem::Certificate(c) = item { Some(c) } else { None }).collect();
    if all.is_empty() {
        return Err(Error::Silent {
            address: quote(url),
            why: Quote::from("no certificate in the file of authorities"),
        });
    }
    Ok(all)
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// What an error message of the server says, as far as it is short.
fn words(mut response: Response<ureq::Body>) -> Quote {
    let text = response.body_mut().with_config().limit(16 << 10).read_to_string().unwrap_or_default();
    let told: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let told = ["title", "description"].iter().filter_map(|key| told[key].as_str()).collect::<Vec<_>>();
    Quote::from(told.join(", "))
}
