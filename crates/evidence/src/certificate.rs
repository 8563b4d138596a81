//! Certificates by themselves, in PEM or DER: the sites they are for, number, issuer and end.
//!
//! Keys in the same file are not looked at. Source: RFC 5280, RFC 7468.

use crate::leaf::Leaf;
use crate::{Example, Format, Head, Out, Reading, mime};
use model::{Card, Code, Span};

/// The drawer.
pub const CERTIFICATE: Format = Format {
    card: Card {
        id: "certificate",
        about: "Certificates of sites (X.509) in PEM or DER",
        source: "RFC 5280, RFC 7468",
    },
    recognise,
    read: Reading::Whole(read),
    risky: None,
    examples: EXAMPLES,
};

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
const END: &[u8] = b"-----END CERTIFICATE-----";

fn recognise(head: &Head<'_>) -> bool {
    let der = || head.all && head.bytes.starts_with(&[0x30, 0x82]) && Leaf::of_der(head.bytes).is_some();
    memchr::memmem::find(&head.bytes[..head.bytes.len().min(16 << 10)], BEGIN).is_some_and(starts(head.bytes)) || der()
}

/// True for a mark that begins its line, with no mail's header before it.
fn starts(bytes: &[u8]) -> impl Fn(usize) -> bool {
    let first = bytes.first().copied().unwrap_or_default();
    move |at| {
        at == 0 || (bytes[at - 1] == b'\n' && matches!(first, b'-' | b' ' | b'\n' | b'\r' | b'#' | b'B' | b'C' | b's'))
    }
}

fn read(bytes: &[u8], out: &mut Out<'_>) {
    if bytes.starts_with(&[0x30]) {
        return one(bytes, Span::WHOLE, out);
    }
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&bytes[from..], BEGIN).map(|n| from + n) {
        let body = at + BEGIN.len();
        let Some(len) = memchr::memmem::find(&bytes[body..], END) else {
            return out.note(Code::Truncated, Span::bytes(at as u64, 1), "a certificate without its end: left out");
        };
        from = body + len + END.len();
        let (der, broken) = mime::base64(&bytes[body..body + len]);
        let span = Span::bytes(at as u64, (from - at) as u64);
        if broken {
            out.note(Code::Malformed, span, "base64 with bytes that do not belong there");
        }
        one(&der, span, out);
    }
}

fn one(der: &[u8], span: Span, out: &mut Out<'_>) {
    match Leaf::of_der(der) {
        Some(leaf) if leaf.tell(None, span, out) => {}
        Some(_) => out.note(Code::Info, span, "a certificate that is for no host name: left out"),
        None => out.note(Code::Malformed, span, "a certificate that cannot be read: left out"),
    }
}

const EXAMPLES: &[Example] = &[Example {
    name: "a certificate in PEM",
    bytes: include_bytes!("../examples/site.pem"),
    says: &[
        "opened example as certificate",
        "  facts bytes 0-720 subject=\"one.example\" when=2026-09-01T00:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateHash=\"4879be090625a8a003f4cbf14cdbdf11dde27a0fefe9c2c038244d0af5dfb3aa\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
        "  facts bytes 0-720 subject=\"two.example\" when=2026-09-01T00:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateHash=\"4879be090625a8a003f4cbf14cdbdf11dde27a0fefe9c2c038244d0af5dfb3aa\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
        "  facts bytes 0-720 subject=\"www.one.example\" when=2026-09-01T00:00:00Z said=[CertificateName=\"one.example\", CertificateName=\"two.example\", CertificateName=\"www.one.example\", CertificateSerial=\"04ab12cd34ef56ab78cd90ef12ab34cd56\", CertificateHash=\"4879be090625a8a003f4cbf14cdbdf11dde27a0fefe9c2c038244d0af5dfb3aa\", CertificateIssuer=\"CN=Paper CA 1,O=Paper CA\", CertificateEnds=\"2026-12-01T00:00:00Z\"]",
        "closed bytes=721 records=3 children=0",
    ],
}];
