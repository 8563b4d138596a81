//! The client against our own server, and against servers that are wrong in every way we could think of.
#![allow(clippy::disallowed_methods)] // a test of a client needs a server

use fetch::taxii::Taxii;
use fetch::{Asked, Credentials, Error, Limits};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;
use web::taxii::{Collection, Served};

fn objects(n: usize) -> Vec<Value> {
    let one = |n| {
        json!({"type": "indicator", "spec_version": "2.1", "id": format!("indicator--{n:06}"), "x_number": 1.50,
        "modified": "2026-10-01T08:00:00.000Z", "pattern": format!("[domain-name:value = 'd{n}.example']")})
    };
    (0..n).map(one).collect()
}

/// Our own server with two collections.
fn ours() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let of = |id: &str, n| Collection::new(id, id, "A list", "2026-10-03T00:00:00.000Z", objects(n));
    let served = Served {
        title: "A platform".into(),
        address: address.clone(),
        collections: vec![of("many", 2345), of("few", 3)],
    };
    std::thread::spawn(move || web::taxii::serve(listener, served, web::Gate::new("secret"), web::Limits::default()));
    address
}

fn asked(address: &str) -> Asked {
    Asked { address: address.to_owned(), credentials: Credentials::Bearer("secret".into()), ..Asked::default() }
}

/// All that is taken of the only or the named collection.
fn take(asked: &Asked, collection: &[&str], after: Option<&str>) -> Result<String, Error> {
    let mut server = Taxii::ask(asked)?;
    let ids: Vec<String> = collection.iter().map(|c| (*c).to_owned()).collect();
    let of = server.chosen(&ids)?.remove(0);
    let mut out = Vec::new();
    server.take(&of, after, &mut out)?;
    Ok(String::from_utf8(out).expect("UTF-8"))
}

#[test]
fn every_page_of_our_own_server_comes_and_nothing_is_changed() {
    let address = ours();
    let server = Taxii::ask(&asked(&address)).expect("it answers");
    assert_eq!(server.title.raw(), "A platform");
    assert_eq!(server.collections.iter().map(|c| c.id.raw()).collect::<Vec<_>>(), ["many", "few"]);
    let text = take(&asked(&address), &["many"], None).expect("all of it");
    let bundle: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(bundle["objects"], Value::Array(objects(2345)));
    assert_eq!(
        text.lines().nth(1).map(|l| l.trim_end_matches(',')),
        Some(objects(1)[0].to_string().as_str()),
        "byte by byte"
    );
    let about = &bundle["x_unspool_taxii"];
    assert_eq!(about["server"], format!("{address}/taxii2/"));
    assert_eq!((&about["server_title"], &about["collection"]), (&json!("A platform"), &json!("many")));
    assert_eq!(about["pages"].as_array().map(Vec::len), Some(3));
    assert_eq!(about["pages"][2]["objects"], 345);
    assert_eq!(text, take(&asked(&address), &["many"], None).expect("again"), "the same bytes");
}

#[test]
fn an_api_root_and_a_collection_can_be_asked_as_well() {
    let address = ours();
    for (path, collections) in [("/api/", 2), ("/api/collections/few/", 1)] {
        let server = Taxii::ask(&asked(&format!("{address}{path}"))).expect(path);
        assert_eq!(server.collections.len(), collections, "{path}");
    }
    let few = take(&asked(&format!("{address}/api/collections/few")), &[], None).expect("all of it");
    assert_eq!(few.matches("indicator--").count(), 3);
    let later = take(&asked(&address), &["few"], Some("2026-10-03T00:00:00Z")).expect("nothing new");
    assert_eq!(serde_json::from_str::<Value>(&later).expect("JSON")["objects"], json!([]));
}

#[test]
fn wrong_tokens_and_ids_are_told() {
    let address = ours();
    for credentials in
        [Credentials::None, Credentials::Bearer("wrong".into()), Credentials::Basic("ann".into(), "x".into())]
    {
        let refused = Taxii::ask(&Asked { credentials, ..asked(&address) }).err().expect("refused");
        assert!(
            matches!(refused, Error::Refused { status: 401, .. }) && refused.hint().contains("--token-file"),
            "{refused}"
        );
        assert!(refused.to_string().contains("a bearer token is needed"), "{refused}");
    }
    let basic = Credentials::Basic("ann".into(), "secret".into());
    assert!(Taxii::ask(&Asked { credentials: basic, ..asked(&address) }).is_ok());
    let none = take(&asked(&address), &["nothing"], None).expect_err("no such");
    assert!(none.to_string().contains("many, few"), "{none}");
    assert!(matches!(
        take(&asked(&format!("{address}/elsewhere/")), &[], None),
        Err(Error::Refused { status: 404, .. })
    ));
}

/// A server that says the same parts of a server's answers, but for objects what it is told. Knows no token.
fn theirs(objects: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut asked = Vec::new();
            let mut byte = [0];
            while !asked.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
                asked.push(byte[0]);
            }
            let asked = String::from_utf8_lossy(&asked).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or_default();
            let said = match path {
                "/taxii2/" => ok(r#"{"title":"Another","api_roots":["/root/"]}"#),
                "/root/" => {
                    ok(r#"{"title":"r","versions":["application/taxii+json;version=2.1"],"max_content_length":1}"#)
                }
                "/root/collections/" => {
                    ok(r#"{"collections":[{"id":"c","title":"C","can_read":true,"can_write":false}]}"#)
                }
                _ => objects(path),
            };
            let _ = stream.write_all(&said);
        }
    });
    address
}

const MEDIA: &str = "application/taxii+json;version=2.1";

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
        .into_bytes()
}

fn ok(body: &str) -> Vec<u8> {
    answer("200 OK", &format!("content-type: {MEDIA}\r\n"), body)
}

fn one(next: &str) -> Vec<u8> {
    ok(&format!(r#"{{"more":true,"next":"{next}","objects":[{{"type":"indicator","id":"indicator--{next}"}}]}}"#))
}

/// The error of taking from a server that answers so, under small limits.
fn wrong(objects: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Error {
    let address = theirs(objects);
    let limits =
        Limits { pages: 20, page: 4096, bytes: 8192, call: Duration::from_secs(5), whole: Duration::from_secs(10) };
    take(&Asked { limits, ..asked(&address) }, &["c"], None).expect_err("it is wrong")
}

#[test]
fn torn_and_shapeless_answers_are_told_and_nothing_is_made_of_them() {
    let torn = wrong(|_| ok(r#"{"objects":[{"type":"indicator"}]}"#)[..150].to_vec());
    assert!(matches!(torn, Error::Silent { .. }), "{torn:?}");
    for body in [
        r#"{"objects":[{"type":"ind"#,
        "",
        "[]",
        r#"{"objects":{}}"#,
        r#"{"objects":[1]}"#,
        r#"{"more":"yes"}"#,
        "<html>",
    ] {
        let said = wrong(move |_| ok(body));
        assert!(matches!(said, Error::Shape { .. }), "{body}: {said:?}");
        assert!(said.to_string().contains("/root/collections/c/objects/"), "{said}");
    }
}

#[test]
fn other_media_types_are_not_taken() {
    for media in [
        "text/html",
        "application/json",
        "application/vnd.oasis.stix+json; version=2.0",
        "application/taxii+json;version=2.0",
    ] {
        let said = wrong(move |_| answer("200 OK", &format!("content-type: {media}\r\n"), r#"{"objects":[]}"#));
        assert!(matches!(&said, Error::Media { .. }) && said.to_string().contains(media), "{said:?}");
    }
    let none = wrong(|_| answer("200 OK", "", r#"{"objects":[]}"#));
    assert!(matches!(none, Error::Media { .. }), "{none:?}");
}

#[test]
fn pages_without_end_end() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let endless = wrong(move |_| one(&count.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string()));
    assert!(matches!(&endless, Error::Much { what, .. } if what == "more than 20 pages"), "{endless:?}");
    assert!(matches!(wrong(|_| one("again")), Error::Shape { .. }), "the same page again");
    assert!(matches!(wrong(|_| ok(r#"{"more":true,"next":"x"}"#)), Error::Shape { .. }), "nothing came");
    assert!(matches!(wrong(|_| ok(r#"{"more":true,"objects":[{}]}"#)), Error::Shape { .. }), "no way on");
    let stuck = |_: &str| {
        answer(
            "200 OK",
            &format!("content-type: {MEDIA}\r\nx-taxii-date-added-last: 2026-10-01T00:00:00Z\r\n"),
            r#"{"more":true,"objects":[{}]}"#,
        )
    };
    assert!(matches!(wrong(stuck), Error::Shape { .. }), "the same moment again");
}

#[test]
fn too_much_is_not_taken() {
    let large = wrong(|_| ok(&format!(r#"{{"objects":[{{"x":"{}"}}]}}"#, "y".repeat(5000))));
    assert!(matches!(&large, Error::Much { what, .. } if what.starts_with("an answer of")), "{large:?}");
    let count = std::sync::atomic::AtomicUsize::new(0);
    let much = wrong(move |_| {
        let n = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        ok(&format!(r#"{{"more":true,"next":"{n}","objects":[{{"x":"{}"}}]}}"#, "y".repeat(3000)))
    });
    assert!(matches!(&much, Error::Much { what, .. } if what.ends_with("in all")), "{much:?}");
    assert!(much.hint().contains("--most-mib"));
    let chunked = wrong(|_| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {MEDIA}\r\ntransfer-encoding: chunked\r\n\r\n");
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096));
        format!("{head}{}", chunk.repeat(64)).into_bytes()
    });
    assert!(matches!(&chunked, Error::Much { .. }), "{chunked:?}");
}

#[test]
fn nobody_sends_us_elsewhere() {
    for to in ["https://elsewhere.example/", "/root/collections/c/objects/?again", "file:///etc/passwd"] {
        let said = wrong(move |_| answer("302 Found", &format!("location: {to}\r\n"), ""));
        assert!(matches!(&said, Error::Elsewhere { .. }) && said.to_string().contains(to), "{said:?}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(&ok(
            r#"{"title":"x","api_roots":["http://127.0.0.2:9/api/","https://elsewhere.example/api/"]}"#,
        ));
    });
    let said = Taxii::ask(&asked(&address)).err().expect("no root of its own");
    assert!(matches!(said, Error::Elsewhere { .. }), "{said:?}");
}

#[test]
fn slow_servers_are_not_waited_for_without_end() {
    let address = theirs(|_| {
        std::thread::sleep(Duration::from_secs(3));
        ok(r#"{"objects":[]}"#)
    });
    let limits = Limits { call: Duration::from_millis(300), ..Limits::default() };
    let said = take(&Asked { limits, ..asked(&address) }, &["c"], None).expect_err("too slow");
    assert!(matches!(said, Error::Silent { .. }), "{said:?}");
    let long = Limits { whole: Duration::ZERO, ..Limits::default() };
    assert!(matches!(Taxii::ask(&Asked { limits: long, ..asked(&address) }), Err(Error::Much { .. })));
}

#[test]
fn who_asks_to_wait_is_waited_for_and_who_is_gone_is_told() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let address = theirs(move |_| match count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 | 1 => answer("429 Too Many Requests", "retry-after: 0\r\n", ""),
        _ => ok(r#"{"objects":[{"type":"indicator"}]}"#),
    });
    assert!(take(&asked(&address), &["c"], None).is_ok());
    let gone = wrong(|_| {
        answer("500 Internal Server Error", &format!("content-type: {MEDIA}\r\n"), "{\"title\":\"\u{1b}[31mx\"}")
    });
    assert!(matches!(&gone, Error::Refused { status: 500, .. }) && !gone.to_string().contains('\u{1b}'), "{gone:?}");
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a socket").local_addr().expect("an address");
    assert!(matches!(Taxii::ask(&asked(&format!("http://{nobody}"))), Err(Error::Silent { .. })));
    // A server that speaks no TLS, asked by https.
    let plain = theirs(|_| vec![]).replace("http://", "https://");
    let limits = Limits { call: Duration::from_millis(500), ..Limits::default() };
    assert!(matches!(Taxii::ask(&Asked { limits, ..asked(&plain) }), Err(Error::Silent { .. })));
}
