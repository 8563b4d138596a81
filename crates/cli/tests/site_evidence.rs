//! What registers, zones, logs and archives say of sites, put together: three papers of one desk, each known from other evidence, and
//! their neighbours.
#![allow(clippy::disallowed_methods)] // a test of a program starts it

use std::fs;
use std::process::{Command, Stdio};

fn zone(name: &str, mailbox: &str, address: &str) -> String {
    format!("{name}. 3600 IN SOA ns1.host.example. {mailbox} 1 2 3 4 5\n{name}. 3600 IN A {address}\n")
}

fn whois(name: &str, registrar: &str, minute: &str) -> String {
    format!(
        "Domain Name: {name}\nRegistrar: {registrar}\nCreation Date: 2026-06-30T{minute}:03Z\nName Server: ns1.host.example\n\n"
    )
}

#[test]
fn sites_of_one_desk_are_tied_by_zone_register_and_certificate_and_their_neighbours_are_not() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut zones, mut answers) = (String::new(), String::new());
    for paper in ["daily-one.example", "daily-two.example", "daily-three.example"] {
        zones += &zone(paper, "press\\.desk.letterbox.test.", "192.0.2.80");
        answers += &whois(paper, "Namen, Inc.", "20:46");
    }
    for n in 0..20 {
        let shop = format!("shop{n}.example");
        // Five are the desk's neighbours at one address, the rest anywhere.
        let address = if n < 5 { "192.0.2.80".to_owned() } else { format!("198.51.100.{n}") };
        zones += &zone(&shop, &format!("hostmaster.{shop}."), &address);
        answers += &whois(&shop, &format!("Register {n}"), &format!("10:{n:02}"));
    }
    let log = "{\"name_value\":\"daily-one.example\\ndaily-two.example\",\"issuer_name\":\"CA\",\"serial_number\":\"04ab12cd34ef56ab78cd\",\
               \"not_before\":\"2026-07-01T00:00:00\",\"not_after\":\"2026-10-01T00:00:00\"}\n";
    fs::write(dir.path().join("zones.txt"), zones).expect("written");
    fs::write(dir.path().join("whois.txt"), answers).expect("written");
    fs::write(dir.path().join("log.json"), log).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_unspool"))
        .args(["owners", ".", "--format", "csv", "-q"])
        .current_dir(dir.path())
        .env("SOURCE_DATE_EPOCH", "1800000000")
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let cluster = |site: &str| text.lines().find_map(|l| l.strip_prefix(&format!("{site},")).map(str::to_owned));
    let desk = cluster("daily-one.example");
    assert!(desk.is_some(), "{text}");
    assert_eq!((cluster("daily-two.example"), cluster("daily-three.example")), (desk.clone(), desk.clone()), "{text}");
    assert!((0..20).all(|n| cluster(&format!("shop{n}.example")) != desk), "{text}");
}
