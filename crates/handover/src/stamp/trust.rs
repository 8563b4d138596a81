//! Who signed a stamp, whether the certificate is fit for it, and where it leads.

use cms::cert::CertificateChoices;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::Encode;
use der::oid::ObjectIdentifier;
use model::When;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert, ring};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage as Usage, SubjectKeyIdentifier};

use super::{HASH_256, HASH_384, HASH_512, broken, oid};

const STAMPING: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.8");
/// The same as webpki takes it.
const STAMPING_BYTES: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];
const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const RSA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
const RSA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
const RSA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
const EC_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
const EC_384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
const ED25519: ObjectIdentifier = oid("1.3.101.112");

type Verifies = &'static dyn SignatureVerificationAlgorithm;

/// What certificates may be signed with.
const ALL: &[Verifies] = &[
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P256_SHA384,
    ring::ECDSA_P384_SHA256,
    ring::ECDSA_P384_SHA384,
    ring::ED25519,
    ring::RSA_PKCS1_2048_8192_SHA256,
    ring::RSA_PKCS1_2048_8192_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA512,
    ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
];

/// What a message may be signed with, by the signature's algorithm and, where that names none, the hash.
fn algorithms(signature: ObjectIdentifier, hash: ObjectIdentifier) -> Vec<Verifies> {
    match (signature, hash) {
        (RSA_256, _) | (RSA, HASH_256) => vec![ring::RSA_PKCS1_2048_8192_SHA256],
        (RSA_384, _) | (RSA, HASH_384) => vec![ring::RSA_PKCS1_2048_8192_SHA384],
        (RSA_512, _) | (RSA, HASH_512) => vec![ring::RSA_PKCS1_2048_8192_SHA512],
        (RSA_PSS, HASH_256) => vec![ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY],
        (RSA_PSS, HASH_384) => vec![ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY],
        (RSA_PSS, HASH_512) => vec![ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY],
        (EC_256, _) => vec![ring::ECDSA_P256_SHA256, ring::ECDSA_P384_SHA256],
        (EC_384, _) => vec![ring::ECDSA_P256_SHA384, ring::ECDSA_P384_SHA384],
        (ED25519, _) => vec![ring::ED25519],
        _ => vec![],
    }
}

/// Certificates of authorities that a receiver trusts.
pub struct Authorities(Vec<(Certificate, CertificateDer<'static>)>);

impl Authorities {
    /// From PEM.
    ///
    /// # Errors
    /// In words, where there is none or one cannot be read.
    pub fn read(pem: &[u8]) -> Result<Self, String> {
        let all = Certificate::load_pem_chain(pem).map_err(|e| format!("the file of authorities {}", broken(e)))?;
        let both = |c: Certificate| c.to_der().map(|der| (c, CertificateDer::from(der)));
        let all: Result<Vec<_>, _> = all.into_iter().map(both).collect();
        match all {
            Ok(all) if !all.is_empty() => Ok(Self(all)),
            Ok(_) => Err("the file of authorities has no certificate in it".to_owned()),
            Err(e) => Err(format!("the file of authorities {}", broken(e))),
        }
    }
}

/// The certificate that signed, and those that came with it.
pub(super) struct Certificates {
    certificate: Certificate,
    /// Its bytes.
    pub(super) own: Vec<u8>,
    between: Vec<CertificateDer<'static>>,
}

impl Certificates {
    /// Finds the one that signed; where a stamp brings none, among the authorities.
    pub(super) fn of(signed: &SignedData, signer: &SignerInfo, known: Option<&Authorities>) -> Result<Self, String> {
        let brought = signed.certificates.iter().flat_map(|set| set.0.iter());
        let brought = brought.filter_map(|c| if let CertificateChoices::Certificate(c) = c { Some(c) } else { None });
        let named = known.iter().flat_map(|a| a.0.iter().map(|(c, _)| c));
        let all: Vec<&Certificate> = brought.chain(named).collect();
        let own = all.iter().find(|c| is(c, &signer.sid));
        let certificate = (*own.ok_or("the certificate that signed it is not there")?).clone();
        let between: Result<Vec<_>, _> = all.iter().map(|c| c.to_der().map(CertificateDer::from)).collect();
        Ok(Self { own: certificate.to_der().map_err(broken)?, certificate, between: between.map_err(broken)? })
    }

    /// Whom it names.
    pub(super) fn name(&self) -> String {
        self.certificate.tbs_certificate.subject.to_string()
    }

    /// Whether its key signed the message.
    pub(super) fn signed(&self, signer: &SignerInfo, message: &[u8]) -> Result<(), String> {
        let own = CertificateDer::from(&self.own[..]);
        let entity = EndEntityCert::try_from(&own).map_err(|e| format!("its certificate {}", broken(e)))?;
        let unknown = || format!("its signature cannot be checked here (algorithm {})", signer.signature_algorithm.oid);
        let mut said = Err(unknown());
        for algorithm in algorithms(signer.signature_algorithm.oid, signer.digest_alg.oid) {
            match entity.verify_signature(algorithm, message, signer.signature.as_bytes()) {
                Ok(()) => return Ok(()),
                Err(Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)) => {}
                Err(_) => said = Err("its signature does not hold".to_owned()),
            }
        }
        said
    }

    /// Whether the certificate is for stamping, for nothing else, and was valid then (RFC 3161, 2.3).
    pub(super) fn fit(&self, when: When) -> Result<(), String> {
        let certificate = &self.certificate.tbs_certificate;
        let purposes = certificate.get::<ExtendedKeyUsage>().map_err(broken)?;
        if purposes.is_none_or(|(critical, purposes)| !critical || purposes.0 != [STAMPING]) {
            return Err("its certificate is not one for time stamps alone".to_owned());
        }
        let usage = certificate.get::<Usage>().map_err(broken)?;
        if usage.is_some_and(|(_, usage)| !usage.digital_signature() && !usage.non_repudiation()) {
            return Err("its certificate is not one to sign with".to_owned());
        }
        let at = seconds(when)?;
        let validity = &certificate.validity;
        if at < validity.not_before.to_unix_duration() {
            return Err(format!("its certificate was not yet valid then (from {})", validity.not_before));
        }
        if at > validity.not_after.to_unix_duration() {
            return Err(format!("its certificate was no longer valid then (until {})", validity.not_after));
        }
        Ok(())
    }

    /// The authority, of those named, that it leads to.
    pub(super) fn lead(&self, known: &Authorities, when: When) -> Result<String, String> {
        let own = CertificateDer::from(&self.own[..]);
        let entity = EndEntityCert::try_from(&own).map_err(|e| format!("its certificate {}", broken(e)))?;
        let time = UnixTime::since_unix_epoch(seconds(when)?);
        let mut why = "it leads to no authority that you named".to_owned();
        for (authority, der) in &known.0 {
            let name = authority.tbs_certificate.subject.to_string();
            if der.as_ref() == self.own {
                return Ok(name);
            }
            let Ok(anchor) = anchor_from_trusted_cert(der) else { continue };
            // That it is for stamping was asked of the certificate itself; authorities between need not say so.
            let usage = KeyUsage::required_if_present(STAMPING_BYTES);
            match entity.verify_for_usage(ALL, &[anchor], &self.between, time, usage, None, None) {
                Ok(_) => return Ok(name),
                Err(Error::UnknownIssuer) => {}
                Err(e) => why = format!("its way to {name} does not hold: {e}"),
            }
        }
        Err(why)
    }
}

fn seconds(when: When) -> Result<Duration, String> {
    u64::try_from(when.unix()).map(Duration::from_secs).map_err(|_| "it is of before 1970".to_owned())
}

/// Whether this is the certificate that a signature names.
fn is(certificate: &Certificate, named: &SignerIdentifier) -> bool {
    let c = &certificate.tbs_certificate;
    match named {
        SignerIdentifier::IssuerAndSerialNumber(n) => n.issuer == c.issuer && n.serial_number == c.serial_number,
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            c.get::<SubjectKeyIdentifier>().is_ok_and(|found| found.is_some_and(|(_, found)| found == *id))
        }
    }
}
