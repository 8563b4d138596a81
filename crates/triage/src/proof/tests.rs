//! Vectors of RFC 8463 (appendix A), invented SPF records, and mails of the shared data where that is.
#![allow(clippy::disallowed_methods)] // one test reads shared vectors

use super::*;
use crate::proof::dkim::verify;

/// RFC 8463, appendix A.2 and A.3.
const KEYS: &str = "\
brisbane._domainkey.football.example.com. 3600 IN TXT \"v=DKIM1; k=ed25519; \" \"p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"
test._domainkey.football.example.com v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
";
const MAIL: &str = "\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
";

fn results(mail: &str, keys: &str) -> Vec<&'static str> {
    let archive = Archive::read(keys).expect("an archive");
    let message = Message::read(mail.as_bytes()).expect("a mail");
    message.named("dkim-signature").map(|n| verify(&message, n, &archive, None).result).collect()
}

#[test]
fn signatures_hold_until_something_they_cover_changes() {
    assert_eq!(results(MAIL, KEYS), ["pass", "pass"]);
    assert_eq!(results(&MAIL.replace('\n', "\r\n"), KEYS), ["pass", "pass"], "line ends are nobody's words");
    assert_eq!(results(&MAIL.replace("the game.  Are", "the game. \t Are"), KEYS), ["pass", "pass"], "relaxed");
    assert_eq!(results(&format!("X-Other: 1\n{MAIL}\n\n"), KEYS), ["pass", "pass"], "not covered");
    for changed in
        [MAIL.replace("lost", "won"), MAIL.replace("dinner", "supper"), MAIL.replace("t=1528637909", "t=1528637908")]
    {
        assert_eq!(results(&changed, KEYS), ["fail", "fail"]);
    }
    let twice = MAIL.replace("From: Joe", "From: Eve <eve@football.example.com>\nFrom: Joe");
    assert_eq!(results(&twice, KEYS), ["fail", "fail"], "a second From is covered, too");
}

#[test]
fn what_is_not_in_the_archive_cannot_be_verified() {
    assert_eq!(results(MAIL, ""), ["cannot-verify", "cannot-verify"]);
    assert_eq!(results(MAIL, "test._domainkey.football.example.com v=DKIM1; p="), ["cannot-verify", "fail"]);
    assert_eq!(results(&MAIL.replace("rsa-sha256", "rsa-sha1"), KEYS), ["pass", "policy"]);
    assert_eq!(results(&MAIL.replace("relaxed;\n d=", "relaxed; x=1528637910;\n d="), KEYS), ["fail", "fail"]);
}

#[test]
fn an_archive_knows_times() {
    let line = |from: &str, until: &str| {
        format!("{{\"name\":\"a.example\",\"value\":[\"v=\",\"1\"],\"from\":\"{from}\",\"until\":\"{until}\"}}")
    };
    let archive = Archive::read(&format!("{}\n{}", line("2010-01-01", "2012-01-01"), line("2020-01-01", "2022-01-01")))
        .expect("an archive");
    let at = |y| When::from_civil(y, 6, 1, 0, 0, 0);
    assert_eq!(archive.txt("A.example.", at(2021)).len(), 1, "the other stood long before");
    assert!(archive.txt("a.example", at(2021))[0].covers(at(2021)));
    assert_eq!((archive.txt("a.example", at(2016)).len(), archive.txt("a.example", None).len()), (0, 2));
    for wrong in ["alone", "{\"name\":1}", "a.example TXT \"open", "{\"name\":\"a\",\"value\":\"b\",\"type\":\"NS\"}"] {
        assert!(Archive::read(wrong).is_err_and(|e| e.starts_with("line 1: ")), "{wrong}");
    }
}

#[test]
fn machines_that_a_domain_allows() {
    let archive = Archive::read(
        "a.example v=spf1 ip4:192.0.2.0/24 include:b.example a:mail.a.example mx -all\n\
         b.example TXT v=spf1 ip6:2001:db8::/32 ~all\n\
         mail.a.example A 198.51.100.7\na.example MX 10 mx.a.example\nmx.a.example A 203.0.113.9\n\
         c.example v=spf1 redirect=b.example\nd.example v=spf1 include:gone.example -all\ne.example some text\n\
         f.example v=spf1 exists:%{ir}.%{l1r-}.list.example ?all\n7.100.51.198.ann.list.example A 127.0.0.2\n\
         g.example v=spf1 include:g.example -all\nh.example v=spf1 ip4:192.0.2.1 nonsense -all\n\
         i.example v=spf1 ip6:::ffff:192.0.2.0/120 all/3",
    )
    .expect("an archive");
    for (ip, sender, result) in [
        ("192.0.2.77", "x@a.example", "pass"),
        ("192.0.3.1", "x@a.example", "fail"),
        ("2001:db8::1", "x@a.example", "pass"),
        ("198.51.100.7", "x@a.example", "pass"),
        ("203.0.113.9", "x@a.example", "pass"),
        ("192.0.2.1", "x@c.example", "softfail"),
        ("192.0.2.1", "x@d.example", "cannot-verify"),
        ("192.0.2.1", "x@e.example", "none"),
        ("192.0.2.1", "x@nowhere.example", "cannot-verify"),
        ("198.51.100.7", "ann-bo@f.example", "pass"),
        ("192.0.2.1", "x@g.example", "permerror"),
        ("192.0.2.1", "x@h.example", "permerror"),
        ("192.0.2.1", "x@i.example", "permerror"),
        ("::ffff:192.0.2.77", "x@a.example", "pass"),
        ("192.0.2.1", "x@nolabels", "none"),
    ] {
        let asked = spf::Asked { ip: ip.parse().expect("an address"), sender, helo: "helo.example" };
        assert_eq!(spf::check(&asked, &archive, None).result, result, "{ip} {sender}");
    }
}

/// Published vectors, each with its keys above the mail.
#[test]
fn vectors_of_the_shared_data() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/mail-dev/mail/stalwart-mail-auth/resources");
    let mut looked = 0;
    for (folder, method) in [("dkim", "dkim-signature"), ("arc", "arc-seal")] {
        let Ok(files) = std::fs::read_dir(format!("{dir}/{folder}")) else { continue };
        for file in files {
            let path = file.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("read");
            let text = String::from_utf8_lossy(&bytes);
            let (keys, _) = text.split_once("\n\n").expect("keys above the mail");
            let archive = Archive::read(keys).expect("an archive");
            let message = Message::read(&bytes[keys.len() + 2..]).expect("a mail");
            let verdicts: Vec<Verdict> = match folder {
                "arc" => arc::verify(&message, &archive, None).into_iter().map(|v| v.1).collect(),
                _ => message.named(method).map(|n| verify(&message, n, &archive, None)).collect(),
            };
            assert!(!verdicts.is_empty(), "{}", path.display());
            for v in verdicts.iter().filter(|v| !matches!(v.result, "cannot-verify" | "policy")) {
                looked += 1;
                assert_eq!(v.result, "pass", "{}: {v:?}", path.display());
            }
        }
    }
    if looked == 0 {
        eprintln!("SKIPPED: ../shared/data is not here");
    }
}

#[test]
fn hostile_bytes_upset_nobody() {
    let archive = Archive::read(KEYS).expect("an archive");
    for end in (0..MAIL.len()).step_by(7) {
        if let Some(message) = Message::read(&MAIL.as_bytes()[..end]) {
            for n in message.named("dkim-signature") {
                verify(&message, n, &archive, None);
            }
            arc::verify(&message, &archive, None);
        }
    }
    for text in [
        "a.example v=spf1 a:%{",
        "a.example v=spf1 exists:%{i999999999999999999999}",
        "a.example v=spf1 ip4:/",
        "a.example v=spf1 a//",
    ] {
        let archive = Archive::read(text).expect("an archive");
        let asked = spf::Asked { ip: "192.0.2.1".parse().expect("an address"), sender: "x@a.example", helo: "" };
        spf::check(&asked, &archive, None);
    }
    assert_eq!(dkim::decode("AA=="), Some(vec![0]));
    assert_eq!(dkim::decode("*"), None);
}
