//! Time stamps: that some bytes existed at a moment, by the word of an authority (RFC 3161).
//!
//! A request carries the bytes' hash and a number used once; the answer is checked whole: its status, that it is about
//! these bytes and this request, the signature over it, that the certificate is for stamping and was valid then, and, for
//! authorities that the receiver names, that it leads to one. Not checked: whether a certificate was revoked. What this
//! cannot read (signed other than by DER; keys other than RSA, P-256, P-384, Ed25519) is said to be so.
//! Source: RFC 3161; RFC 5652, 5.4; RFC 5035; RFC 5280.

mod shapes;
mod trust;

pub use trust::Authorities;

use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerInfo};
use der::asn1::{Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Any, Decode, Encode, Tag, Tagged};
use model::When;
use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use shapes::{Imprint, Request, Response, SigningCertificate, SigningCertificateV2, Words};

/// Longest answer looked at, in bytes.
const LONGEST: usize = 1 << 20;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
const WORDS: ObjectIdentifier = oid("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.47");
const HASH_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
const HASH_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
const HASH_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");

/// A stamp that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// When the bytes existed, by the authority's clock.
    pub when: When,
    /// By how much that clock may be off, by its own word, in microseconds.
    pub off: Option<i64>,
    /// Whom the certificate names. Hostile.
    pub authority: String,
    /// The authority that the receiver named and that it leads to; `None` where none was named.
    pub root: Option<String>,
    /// True where the request was there and has the same number.
    pub asked: bool,
}

/// A request about some bytes, as `openssl ts -query -sha256 -cert` makes it; `nonce` is to be used once.
///
/// # Errors
/// In words, where it cannot be written.
pub fn request(bytes: &[u8], nonce: [u8; 8]) -> Result<Vec<u8>, String> {
    let null = Any::new(Tag::Null, Vec::new()).map_err(broken)?;
    // A leading zero byte would not be DER.
    let nonce = [&[1], &nonce[1..]].concat();
    let request = Request {
        version: 1,
        imprint: Imprint {
            algorithm: spki(HASH_256, Some(null)),
            hash: OctetString::new(digest(&SHA256, bytes).as_ref()).map_err(broken)?,
        },
        policy: None,
        nonce: Some(Int::new(&nonce).map_err(broken)?),
        certificate: true,
    };
    request.to_der().map_err(broken)
}

fn spki(oid: ObjectIdentifier, parameters: Option<Any>) -> x509_cert::spki::AlgorithmIdentifierOwned {
    x509_cert::spki::AlgorithmIdentifierOwned { oid, parameters }
}

fn broken(e: impl std::fmt::Display) -> String {
    format!("cannot be read: {e}")
}

/// What an authority's answer says of these bytes.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check(
    bytes: &[u8],
    answer: &[u8],
    asked: Option<&[u8]>,
    authorities: Option<&Authorities>,
) -> Result<Stamped, String> {
    if answer.len() > LONGEST {
        return Err(format!("it has {} bytes, more than an answer has", answer.len()));
    }
    let token = granted(answer)?;
    let signed = token.content.decode_as::<SignedData>().map_err(broken)?;
    let content = &signed.encap_content_info;
    let inside = content.econtent.as_ref().filter(|_| content.econtent_type == WORDS);
    let inside = inside.ok_or("it is no time stamp")?.decode_as::<OctetString>().map_err(broken)?;
    let words = Words::from_der(inside.as_bytes()).map_err(broken)?;
    about(&words, bytes)?;
    let asked = asked.map(|request| same_number(&words, request)).transpose()?.is_some();
    let when = moment(&words.when)?;
    let signers: Vec<&SignerInfo> = signed.signer_infos.0.iter().collect();
    let [signer] = signers[..] else { return Err(format!("it has {} signatures instead of one", signers.len())) };
    let certificates = trust::Certificates::of(&signed, signer, authorities)?;
    let message = attributes(signer, inside.as_bytes(), &certificates.own)?;
    certificates.signed(signer, &message)?;
    certificates.fit(when)?;
    let root = authorities.map(|a| certificates.lead(a, when)).transpose()?;
    Ok(Stamped { when, off: words.off(), authority: certificates.name(), root, asked })
}

/// The token of an answer that grants it.
fn granted(answer: &[u8]) -> Result<ContentInfo, String> {
    let response = Response::from_der(answer).map_err(broken)?;
    // 0 is granted, 1 granted with modifications: RFC 3161, 2.4.2.
    if response.status.status > 1 {
        let why = response.status.words.unwrap_or_default().join(" ");
        return Err(format!("the authority refused (status {}) {why}", response.status.status));
    }
    let token = response.token.ok_or("the authority granted it and gave none")?;
    if token.content_type == SIGNED_DATA { Ok(token) } else { Err("its token is not signed data".to_owned()) }
}

/// Whether the stamp is over these bytes.
fn about(words: &Words, bytes: &[u8]) -> Result<(), String> {
    if words.version != 1 {
        return Err(format!("it is of version {}", words.version));
    }
    if words.extensions.iter().flatten().any(|e| e.critical) {
        return Err("it says something that must be understood and is not known here".to_owned());
    }
    let algorithm = hash(words.imprint.algorithm.oid)?;
    if digest(algorithm, bytes).as_ref() == words.imprint.hash.as_bytes() {
        return Ok(());
    }
    Err("it is about other bytes than this list of files".to_owned())
}

fn hash(oid: ObjectIdentifier) -> Result<&'static Algorithm, String> {
    match oid {
        HASH_256 => Ok(&SHA256),
        HASH_384 => Ok(&SHA384),
        HASH_512 => Ok(&SHA512),
        other => Err(format!("it uses a hash that is not taken ({other})")),
    }
}

/// Whether it answers the request.
fn same_number(words: &Words, request: &[u8]) -> Result<(), String> {
    let request = Request::from_der(request).map_err(|e| format!("the request beside it {}", broken(e)))?;
    if request.imprint.hash != words.imprint.hash {
        return Err("the request beside it is about other bytes".to_owned());
    }
    match (&request.nonce, &words.nonce) {
        (None, _) => Ok(()),
        (asked, given) if asked == given => Ok(()),
        _ => Err("it does not answer the request beside it: the number used once is another".to_owned()),
    }
}

/// `20261124135024.422Z`.
fn moment(time: &Any) -> Result<When, String> {
    let wrong = || "its time cannot be read".to_owned();
    let text = std::str::from_utf8(time.value()).map_err(|_| wrong())?;
    let text = text.strip_suffix('Z').filter(|_| time.tag() == Tag::GeneralizedTime).ok_or_else(wrong)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.len() != 14
        || fraction.is_empty()
        || ![whole, fraction].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(wrong());
    }
    let number = |from: usize, to: usize| whole[from..to].parse::<u32>().unwrap_or(u32::MAX);
    let year = i64::from(number(0, 4));
    let when = When::from_civil(year, number(4, 6), number(6, 8), number(8, 10), number(10, 12), number(12, 14));
    let micros: i64 =
        fraction.chars().chain("000000".chars()).take(6).collect::<String>().parse().map_err(|_| wrong())?;
    when.map(|w| When(w.0 + micros)).ok_or_else(wrong)
}

/// The bytes that are signed: attributes that name the content's kind and hash, and the certificate of who signs.
fn attributes(signer: &SignerInfo, inside: &[u8], own: &[u8]) -> Result<Vec<u8>, String> {
    let all = signer.signed_attrs.as_ref().ok_or("it signs no attributes")?;
    let one = |oid: ObjectIdentifier| {
        let mut found = all.iter().filter(|a| a.oid == oid);
        match (found.next().map(|a| a.values.as_slice()), found.next()) {
            (Some([value]), None) => Ok(Some(value)),
            (None, _) => Ok(None),
            _ => Err(format!("attribute {oid} is there more than once")),
        }
    };
    let kind = one(CONTENT_TYPE)?.and_then(|v| v.decode_as::<ObjectIdentifier>().ok());
    let hashed = one(MESSAGE_DIGEST)?.and_then(|v| v.decode_as::<OctetString>().ok());
    if kind != Some(WORDS)
        || hashed.map(OctetString::into_bytes) != Some(digest(hash(signer.digest_alg.oid)?, inside).as_ref().to_vec())
    {
        return Err("what it says was altered after it was signed".to_owned());
    }
    if !names(one(SIGNING_CERTIFICATE_V2)?, one(SIGNING_CERTIFICATE)?, own)? {
        return Err("it does not name the certificate that is beside it".to_owned());
    }
    all.to_der().map_err(broken)
}

/// Whether the attributes name this certificate (RFC 5035; before that by SHA-1, which RFC 3161 still has).
fn names(new: Option<&Any>, old: Option<&Any>, own: &[u8]) -> Result<bool, String> {
    if let Some(new) = new {
        let named = new.decode_as::<SigningCertificateV2>().map_err(broken)?;
        let Some(first) = named.certificates.first() else { return Ok(false) };
        let algorithm = first.algorithm.as_ref().map_or(HASH_256, |a| a.oid);
        return Ok(digest(hash(algorithm)?, own).as_ref() == first.hash.as_bytes());
    }
    let Some(old) = old else { return Ok(false) };
    let named = old.decode_as::<SigningCertificate>().map_err(broken)?;
    let first = named.certificates.first();
    Ok(first.is_some_and(|c| digest(&SHA1_FOR_LEGACY_USE_ONLY, own).as_ref() == c.hash.as_bytes()))
}

#[cfg(test)]
mod tests;
