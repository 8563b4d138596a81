//! The server on a real socket, met by those who are slow, many, large or wrong.
#![allow(clippy::disallowed_methods)] // a test of a server talks to it

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;
use web::taxii::{Collection, Served};
use web::{Gate, Limits};

const LIMITS: Limits =
    Limits { connections: 4, of_one: 3, head: Duration::from_millis(300), life: Duration::from_millis(1600) };

/// A server with some limits, on a thread that ends with the test.
fn server(limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = listener.local_addr().expect("an address");
    let objects = (0..2000)
        .map(|n| serde_json::json!({"type": "indicator", "id": format!("indicator--{n}"), "name": "x".repeat(20_000)}));
    let collection = Collection::new("c0", "core", "A case", "2026-10-03T00:00:00.000Z", objects.collect());
    let served = Served { title: "A case".into(), address: format!("http://{address}"), collections: vec![collection] };
    std::thread::spawn(move || web::taxii::serve(listener, served, Gate::new("secret"), limits));
    address
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    stream
}

/// Says something and hears all that is answered.
fn say(stream: &mut TcpStream, what: &[u8]) -> String {
    // The server may have hung up: what it said before stands.
    let _ = stream.write_all(what);
    let mut heard = Vec::new();
    let _ = stream.read_to_end(&mut heard);
    String::from_utf8_lossy(&heard).into_owned()
}

const ASK: &[u8] = b"GET /taxii2/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer secret\r\nconnection: close\r\n\r\n";

#[test]
fn who_is_slow_with_the_head_is_let_go() {
    let address = server(LIMITS);
    for head in [&b""[..], b"GET /taxii2/ HTTP/1.1\r\nhost: x\r\nauthor"] {
        let said = say(&mut connect(address), head);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    }
    assert!(say(&mut connect(address), ASK).starts_with("HTTP/1.1 200"), "others are served");
}

#[test]
fn who_never_reads_is_let_go() {
    let address = server(LIMITS);
    let mut lazy: Vec<TcpStream> = (0..3).map(|_| connect(address)).collect();
    for stream in &mut lazy {
        let ask = b"GET /api/collections/c0/objects/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer secret\r\n\r\n";
        stream.write_all(ask).expect("it is heard");
    }
    // All places of one address are taken; a life later they are free again.
    let mut tried = 0;
    while !say(&mut connect(address), ASK).starts_with("HTTP/1.1 200") {
        tried += 1;
        assert!(tried < 200, "the places stay taken");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(tried > 0, "there was a place all the time");
    let mut rest = Vec::new();
    let whole = lazy[0].read_to_end(&mut rest).is_ok() && rest.ends_with(b"}]}");
    assert!(!whole, "it was cut off");
}

#[test]
fn more_than_there_are_places_are_told_so() {
    let address = server(Limits { head: Duration::from_secs(5), ..LIMITS });
    let held: Vec<TcpStream> = (0..3).map(|_| connect(address)).collect();
    // The kernel queues connections; an answer on a fourth shows that the three were seen.
    let said = say(&mut connect(address), ASK);
    assert!(said.starts_with("HTTP/1.1 503") && said.contains("retry-after: 5"), "{said}");
    drop(held);
}

#[test]
fn large_heads_and_bodies_are_refused_unread() {
    let address = server(Limits::default());
    let long = format!("GET /taxii2/ HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "y".repeat(64 << 10));
    assert!(say(&mut connect(address), long.as_bytes()).starts_with("HTTP/1.1 431"));
    let many: String = (0..100).map(|n| format!("x-{n}: y\r\n")).collect();
    let many = format!("GET /taxii2/ HTTP/1.1\r\nhost: x\r\n{many}\r\n");
    assert!(say(&mut connect(address), many.as_bytes()).starts_with("HTTP/1.1 431"));
    let body = b"POST /api/collections/c0/objects/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer secret\r\ncontent-length: 1000000000000\r\n\r\n{";
    assert!(say(&mut connect(address), body).starts_with("HTTP/1.1 403"), "answered without waiting for the body");
    assert!(
        say(&mut connect(address), b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").starts_with("HTTP/1.1 400"),
        "TLS is not spoken"
    );
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again() {
    let address = server(Limits::default());
    let wrong = b"GET /taxii2/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer wrong\r\nconnection: close\r\n\r\n";
    let told: Vec<String> = (0..40).map(|_| say(&mut connect(address), wrong)).collect();
    assert!(told[0].starts_with("HTTP/1.1 401") && told[0].contains("www-authenticate"), "{}", told[0]);
    let last = told.iter().rev().find(|t| t.starts_with("HTTP/1.1 429")).expect("told to wait");
    assert!(last.contains("retry-after: 1"), "{last}");
}
