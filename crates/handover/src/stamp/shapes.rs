//! Structures of RFC 3161 and RFC 5035 that the libraries for signed data and certificates do not have. (`x509-tsp` has
//! the first; it was left out because it brings the certificate management protocols along and reads no fractions of a
//! second.)

use cms::content_info::ContentInfo;
use der::asn1::{BitString, Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Any, Sequence};
use x509_cert::ext::Extensions;
use x509_cert::spki::AlgorithmIdentifierOwned;

/// `MessageImprint`.
#[derive(Debug, Sequence)]
pub(super) struct Imprint {
    pub algorithm: AlgorithmIdentifierOwned,
    pub hash: OctetString,
}

/// `TimeStampReq`.
#[derive(Debug, Sequence)]
pub(super) struct Request {
    pub version: u8,
    pub imprint: Imprint,
    #[asn1(optional = "true")]
    pub policy: Option<ObjectIdentifier>,
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    #[asn1(default = "Default::default")]
    pub certificate: bool,
}

/// `PKIStatusInfo`.
#[derive(Debug, Sequence)]
pub(super) struct Status {
    pub status: u8,
    #[asn1(optional = "true")]
    pub words: Option<Vec<String>>,
    #[asn1(optional = "true")]
    pub failure: Option<BitString>,
}

/// `TimeStampResp`.
#[derive(Debug, Sequence)]
pub(super) struct Response {
    pub status: Status,
    #[asn1(optional = "true")]
    pub token: Option<ContentInfo>,
}

/// `Accuracy`.
#[derive(Debug, Sequence)]
pub(super) struct Accuracy {
    #[asn1(optional = "true")]
    pub seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub micros: Option<u16>,
}

/// `TSTInfo`.
#[derive(Debug, Sequence)]
pub(super) struct Words {
    pub version: u8,
    pub policy: ObjectIdentifier,
    pub imprint: Imprint,
    pub serial: Int,
    /// A `GeneralizedTime`, with fractions of a second as the library's own type does not take them.
    pub when: Any,
    #[asn1(optional = "true")]
    pub accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub ordering: bool,
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub authority: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

impl Words {
    /// By how much the clock may be off, in microseconds.
    pub(super) fn off(&self) -> Option<i64> {
        let a = self.accuracy.as_ref()?;
        let part = |n: Option<u16>, unit: i64| i64::from(n.unwrap_or(0)) * unit;
        Some(i64::from(a.seconds.unwrap_or(0)) * 1_000_000 + part(a.millis, 1_000) + part(a.micros, 1))
    }
}

/// `ESSCertID`.
#[derive(Debug, Sequence)]
pub(super) struct CertificateId {
    pub hash: OctetString,
    #[asn1(optional = "true")]
    pub issuer: Option<Any>,
}

/// `SigningCertificate`.
#[derive(Debug, Sequence)]
pub(super) struct SigningCertificate {
    pub certificates: Vec<CertificateId>,
    #[asn1(optional = "true")]
    pub policies: Option<Any>,
}

/// `ESSCertIDv2`; without an algorithm it is SHA-256.
#[derive(Debug, Sequence)]
pub(super) struct CertificateIdV2 {
    #[asn1(optional = "true")]
    pub algorithm: Option<AlgorithmIdentifierOwned>,
    pub hash: OctetString,
    #[asn1(optional = "true")]
    pub issuer: Option<Any>,
}

/// `SigningCertificateV2`.
#[derive(Debug, Sequence)]
pub(super) struct SigningCertificateV2 {
    pub certificates: Vec<CertificateIdV2>,
    #[asn1(optional = "true")]
    pub policies: Option<Any>,
}
