//! Stamps that OpenSSL made (`tests/stamps/make.sh`), and what becomes of them when they are altered.

use super::*;

macro_rules! stamps {
    ($($name:ident $file:literal)*) => { $(const $name: &[u8] = include_bytes!(concat!("../../tests/stamps/", $file));)* };
}
stamps! {
    LIST "list.txt" ASKED "list.tsq" EC "ec.tsr" RSA "rsa.tsr" AGAIN "again.tsr" OTHER "other.tsr" PAST "past.tsr"
    LOOSE "loose.tsr" REFUSED "refused.tsr" ROOT "root.pem" FOREIGN "foreign.pem"
}

fn known(pem: &[u8]) -> Authorities {
    Authorities::read(pem).expect("certificates")
}

/// What is wrong with it.
fn wrong(answer: &[u8], asked: Option<&[u8]>, authority: Option<&[u8]>) -> String {
    check(LIST, answer, asked, authority.map(known).as_ref()).expect_err("it does not hold")
}

#[test]
fn stamps_of_openssl_hold() {
    for (answer, authority) in [(EC, "CN=ec"), (RSA, "CN=rsa")] {
        let told = check(LIST, answer, Some(ASKED), Some(&known(ROOT))).expect("it holds");
        assert!(
            told.authority.contains(authority) && told.root.as_deref().is_some_and(|r| r.contains("CN=root")),
            "{told:?}"
        );
        assert!(told.asked && told.off == Some(1_500_000), "{told:?}");
        assert_eq!(told.when.date(), "2026-11-24");
        let told = check(LIST, answer, None, None).expect("it holds");
        assert_eq!((told.root, told.asked), (None, false));
    }
    let fraction = check(LIST, RSA, None, None).expect("it holds").when.0 % When::SECOND;
    assert!(fraction > 0 && fraction % 1000 == 0, "thousandths of a second: {fraction}");
}

#[test]
fn what_is_wrong_is_named() {
    for (answer, asked, authority, says) in [
        (OTHER, None, None, "about other bytes"),
        (AGAIN, Some(ASKED), None, "the number used once is another"),
        (EC, None, Some(FOREIGN), "leads to no authority that you named"),
        (PAST, None, None, "no longer valid then"),
        (LOOSE, None, None, "not one for time stamps alone"),
        (REFUSED, None, None, "the authority refused (status 2)"),
        (b"", None, None, "cannot be read"),
        (LIST, None, None, "cannot be read"),
        (EC, Some(LIST), None, "the request beside it cannot be read"),
    ] {
        let told = wrong(answer, asked, authority);
        assert!(told.contains(says), "{says}: {told}");
    }
    let long = vec![0x30; LONGEST + 1];
    assert!(wrong(&long, None, None).contains("more than an answer has"));
    assert!(check(b"other words", EC, None, None).expect_err("other bytes").contains("about other bytes"));
    assert!(Authorities::read(LIST).is_err() && Authorities::read(b"").is_err());
}

#[test]
fn no_altered_byte_gets_through() {
    let good = check(LIST, RSA, None, Some(&known(ROOT))).expect("it holds");
    for at in 0..RSA.len() {
        for flip in [1, 0x80] {
            let mut bytes = RSA.to_vec();
            bytes[at] ^= flip;
            // Status words are no part of what is signed, nor are certificates that are not needed; then nothing else may change.
            if let Ok(told) = check(LIST, &bytes, None, Some(&known(ROOT))) {
                assert_eq!(told, good, "byte {at}");
            }
        }
    }
    for end in 0..EC.len() {
        assert!(check(LIST, &EC[..end], None, None).is_err(), "cut off after {end}");
    }
    let mut longer = EC.to_vec();
    longer.push(0);
    assert!(check(LIST, &longer, None, None).is_err());
}

#[test]
fn requests_are_those_of_openssl() {
    let nonce = *b"\x80\x4e\x82\x79\x63\x0b\x8a\xa8";
    let made = request(LIST, nonce).expect("a request");
    let (ours, theirs) = (Request::from_der(&made).expect("reads"), Request::from_der(ASKED).expect("reads"));
    assert_eq!((ours.version, ours.certificate), (theirs.version, theirs.certificate));
    assert_eq!((&ours.imprint.hash, &ours.imprint.algorithm), (&theirs.imprint.hash, &theirs.imprint.algorithm));
    assert_ne!(ours.nonce, theirs.nonce);
    assert_eq!(Request::from_der(&made).expect("reads").to_der().expect("writes"), made);
}

#[test]
fn moments() {
    let at =
        |text: &str| moment(&Any::new(Tag::GeneralizedTime, text.as_bytes()).expect("a value")).ok().map(When::iso);
    for (text, iso) in [
        ("20261124135024Z", Some("2026-11-24T13:50:24Z")),
        ("20261124135024.422Z", Some("2026-11-24T13:50:24.422000Z")),
        ("20261124135024.12345678Z", Some("2026-11-24T13:50:24.123456Z")),
        ("20261324135024Z", None),
        ("20261124135024", None),
        ("20261124135024.Z", None),
        ("2026112413502Z", None),
        ("2026112413502\u{e9}Z", None),
    ] {
        assert_eq!(at(text).as_deref(), iso, "{text}");
    }
}
