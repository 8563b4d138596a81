//! What a certificate says of the sites it is for. Nobody's own name is taken from it: of subjects only host names.
//!
//! A certificate for more than a hundred names is a shield's that puts strangers together: its names are told one by one, and
//! that they stand together is not. Source: RFC 5280; RFC 6962 section 3.4 for leaves of logs.

use crate::Out;
use crate::posts::{believable, domain};
use crate::read::hex;
use crate::said::Said;
use model::{About, Span, When};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use x509_cert::der::{Decode, Encode, Reader, SliceReader};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::{Certificate, TbsCertificate};

/// Most names that stand together.
const TOGETHER: usize = 100;

/// A certificate's end.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Leaf {
    /// Host names, as they stand there.
    pub names: Vec<String>,
    /// Hex.
    pub serial: String,
    /// Hash over the whole, hex, where the whole is at hand.
    pub hash: String,
    /// Who issued it.
    pub issuer: String,
    /// When it begins.
    pub begins: Option<When>,
    /// When it ends.
    pub ends: Option<When>,
}

impl Leaf {
    /// From a whole certificate in DER.
    pub fn of_der(der: &[u8]) -> Option<Self> {
        // What follows it is none of its.
        let mut reader = SliceReader::new(der).ok()?;
        let certificate = Certificate::decode(&mut reader).ok()?;
        let whole = usize::try_from(u32::from(reader.position())).ok().and_then(|n| der.get(..n)).unwrap_or(der);
        let hash = hex(&Sha256::digest(whole));
        Some(Self { hash, ..Self::of_body(&certificate.tbs_certificate) })
    }

    /// From the leaf of a log, with the time it was logged.
    pub fn of_log(leaf: &[u8]) -> Option<(Self, Option<When>)> {
        let (head, rest) = leaf.split_at_checked(12)?;
        let millis = u64::from_be_bytes(head.get(2..10)?.try_into().ok()?);
        let when = i64::try_from(millis).ok().and_then(|m| m.checked_mul(1_000)).map(When).filter(|w| believable(*w));
        let whole = |bytes: &'_ [u8]| -> Option<Vec<u8>> {
            let (len, body) = bytes.split_at_checked(3)?;
            let len = usize::from(len[0]) << 16 | usize::from(len[1]) << 8 | usize::from(len[2]);
            body.get(..len).map(<[u8]>::to_vec)
        };
        let made = match head {
            [0, 0, .., 0, 0] => Self::of_der(&whole(rest)?)?,
            [0, 0, .., 0, 1] => Self::of_body(&TbsCertificate::from_der(&whole(rest.get(32..)?)?).ok()?),
            _ => return None,
        };
        Some((made, when))
    }

    fn of_body(body: &TbsCertificate) -> Self {
        let moment = |time: &x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
            When::from_unix(seconds).filter(|w| believable(*w))
        };
        Self {
            names: names(body),
            serial: hex(body.serial_number.as_bytes()),
            hash: String::new(),
            issuer: body.issuer.to_string(),
            begins: moment(&body.validity.not_before),
            ends: moment(&body.validity.not_after),
        }
    }

    /// Tells it of each site it is for, or of each name alone where there are too many. False where it is for none.
    pub fn tell(&self, seen: Option<When>, span: Span, out: &mut Out<'_>) -> bool {
        let hosts: BTreeSet<String> = self.names.iter().filter_map(|n| domain(n)).map(str::to_lowercase).collect();
        for host in &hosts {
            let mut said = Said::of(host);
            said.when = seen.or(self.begins);
            if hosts.len() <= TOGETHER {
                hosts.iter().for_each(|name| said.add(About::CertificateName, name));
                said.add(About::CertificateSerial, &self.serial);
                said.add(About::CertificateHash, &self.hash);
            }
            said.add(About::CertificateIssuer, &self.issuer);
            said.add(About::CertificateEnds, &self.ends.map(When::iso).unwrap_or_default());
            said.tell(span, out);
        }
        !hosts.is_empty()
    }
}

/// Host names of an entry of a certificate log (`leaf_input`, in base64), and when it was logged: for feeds of names, which are
/// no evidence. `None` for what is no entry.
#[must_use]
pub fn logged_names(leaf_input: &str) -> Option<(Vec<String>, Option<When>)> {
    let (leaf, when) = Leaf::of_log(&crate::mime::base64(leaf_input.as_bytes()).0)?;
    Some((leaf.names, when))
}

/// Alternative names; the common name only where there are none.
fn names(body: &TbsCertificate) -> Vec<String> {
    const ALTERNATIVE: &str = "2.5.29.17";
    const COMMON: &str = "2.5.4.3";
    let extensions = body.extensions.iter().flatten().filter(|e| e.extn_id.to_string() == ALTERNATIVE);
    let alternative = extensions.filter_map(|e| SubjectAltName::from_der(e.extn_value.as_bytes()).ok());
    let mut out: Vec<String> = Vec::new();
    for name in alternative.flat_map(|names| names.0) {
        if let GeneralName::DnsName(host) = name {
            out.push(host.to_string());
        }
    }
    if out.is_empty() {
        let parts = body.subject.0.iter().flat_map(|set| set.0.iter()).filter(|part| part.oid.to_string() == COMMON);
        out.extend(parts.filter_map(|part| {
            let der = part.value.to_der().ok()?;
            // The words of a string of any type, behind its tag and a length of one byte.
            Some(String::from_utf8_lossy(der.get(2..)?).into_owned())
        }));
    }
    out
}
