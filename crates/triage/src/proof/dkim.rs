//! DKIM signatures against keys of the archive. Source: RFC 6376; RFC 8301 (no SHA-1, keys of 1,024 bits at least);
//! RFC 8463 (Ed25519).

use super::dns::Archive;
use super::message::{Message, tags};
use model::When;
use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub domain: String,
    pub result: &'static str,
    pub why: String,
    /// The archive says that what it rests on stood at the time of receipt.
    pub firm: bool,
}

impl Verdict {
    pub(crate) fn new(domain: &str, result: &'static str, why: impl Into<String>, firm: bool) -> Self {
        Self { domain: domain.to_lowercase(), result, why: why.into(), firm }
    }

    pub(crate) fn open(domain: &str, why: impl Into<String>) -> Self {
        Self::new(domain, "cannot-verify", why, false)
    }
}

/// The tags that matter.
pub(crate) struct Signature {
    tags: Vec<(String, String)>,
    pub domain: String,
}

impl Signature {
    pub(crate) fn read(value: &[u8]) -> Self {
        let tags = tags(&String::from_utf8_lossy(value));
        let domain = tags.iter().find(|t| t.0 == "d").map(|t| t.1.to_lowercase()).unwrap_or_default();
        Self { tags, domain }
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.tags.iter().find(|t| t.0 == name).map_or("", |t| &t.1)
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name).parse().ok()
    }
}

/// Verifies the signature in field `n` as of `at`.
pub(crate) fn verify(message: &Message<'_>, n: usize, archive: &Archive, at: Option<When>) -> Verdict {
    let field = message.fields[n];
    let s = Signature::read(field.value());
    let fail = |why: &str| Verdict::new(&s.domain, "fail", why, false);
    let (header, body) = s.get("c").split_once('/').unwrap_or((s.get("c"), "simple"));
    if s.get("v") != "1" && field.is("dkim-signature") {
        return Verdict::new(&s.domain, "permerror", "the signature is of no version that is known", false);
    }
    if !s.get("h").split(':').any(|h| h.trim().eq_ignore_ascii_case("from")) {
        return Verdict::new(&s.domain, "permerror", "the signature does not cover the sender", false);
    }
    if let (Some(until), Some(at)) = (s.number("x"), at)
        && i64::try_from(until).ok().and_then(When::from_unix).is_some_and(|x| at > x)
    {
        return fail("the signature had run out when the mail was received");
    }
    let relaxed = |way: &str| way.eq_ignore_ascii_case("relaxed");
    let mut covered = message.signed(s.get("h"), relaxed(header), n);
    covered.extend(field.unsigned(relaxed(header)));
    let verdict = against_keys(&s, &covered, archive, at);
    let hash = digest(&SHA256, &message.body(relaxed(body), s.number("l")));
    if matches!(verdict.result, "pass") && decode(s.get("bh")).as_deref() != Some(hash.as_ref()) {
        return Verdict {
            result: "fail",
            why: "the words of the mail are not those that were signed".into(),
            ..verdict
        };
    }
    match s.number("l") {
        Some(_) if verdict.result == "pass" => {
            Verdict { why: format!("{}, but only over a part of the words", verdict.why), ..verdict }
        }
        _ => verdict,
    }
}

/// A signature over `covered` against the keys that its domain published.
pub(crate) fn against_keys(s: &Signature, covered: &[u8], archive: &Archive, at: Option<When>) -> Verdict {
    let algorithm = s.get("a").to_ascii_lowercase();
    if algorithm == "rsa-sha1" {
        return Verdict::new(&s.domain, "policy", "it is signed with SHA-1, which proves nothing any more", false);
    }
    let keys = archive.txt(&format!("{}._domainkey.{}", s.get("s"), s.domain), at);
    if keys.is_empty() {
        return Verdict::open(&s.domain, "the key of that signature is not in the archive");
    }
    let Some(signature) = decode(s.get("b")) else {
        return Verdict::new(&s.domain, "permerror", "the signature is no base64", false);
    };
    let mut why = Verdict::new(&s.domain, "fail", "the signature does not match what was signed", false);
    for key in keys {
        let tags = tags(&key.value);
        let get = |name: &str| tags.iter().find(|t| t.0 == name).map_or("", |t| &t.1[..]);
        if get("p").is_empty() {
            why.why = "the domain had taken its key back".to_owned();
            continue;
        }
        let Some(public) = decode(get("p")) else { continue };
        let holds = match &algorithm[..] {
            "rsa-sha256" => rsa(&public, covered, &signature),
            "ed25519-sha256" => {
                let hashed = digest(&SHA256, covered);
                UnparsedPublicKey::new(&ED25519, &public).verify(hashed.as_ref(), &signature).is_ok()
            }
            _ => return Verdict::open(&s.domain, "it is signed in a way that is not known here"),
        };
        if holds {
            let why = "the signature of that domain holds: what it covers is unchanged since";
            return Verdict::new(&s.domain, "pass", why, key.covers(at));
        }
        why.firm |= key.covers(at);
    }
    why
}

/// Keys below 1,024 bits do not count (RFC 8301); ring refuses them.
fn rsa(public: &[u8], covered: &[u8], signature: &[u8]) -> bool {
    let Some(key) = pkcs1(public) else { return false };
    UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, key).verify(covered, signature).is_ok()
}

/// The RSAPublicKey inside a SubjectPublicKeyInfo; some domains publish it bare. Source: RFC 8017 A.1.1; RFC 5280 4.1.
fn pkcs1(der: &[u8]) -> Option<&[u8]> {
    let (outer, _) = element(der, 0x30)?;
    let Some((_, rest)) = element(outer, 0x30) else { return Some(der) };
    let (bits, _) = element(rest, 0x03)?;
    bits.strip_prefix(&[0])
}

/// The content of a DER element of this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    let (len, rest) = rest.split_first()?;
    if *first != tag {
        return None;
    }
    let (len, rest) = match len {
        0..=0x7f => (usize::from(*len), rest),
        0x81..=0x83 => {
            let n = usize::from(len & 0x7f);
            let bytes = rest.get(..n)?;
            (bytes.iter().fold(0, |sum, b| sum << 8 | usize::from(*b)), &rest[n..])
        }
        _ => return None,
    };
    (len <= rest.len()).then(|| rest.split_at(len))
}

/// Base64, padded or not. Source: RFC 4648 section 4.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len() * 3 / 4), 0_u32, 0);
    for b in text.trim_end_matches('=').bytes() {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (!out.is_empty()).then_some(out)
}
