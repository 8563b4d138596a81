//! The page asks nothing of anyone, and its policy names exactly what it holds.

#[path = "support/sample.rs"]
mod sample;

use sha2::{Digest, Sha256};

fn page(dossier: &model::Dossier) -> String {
    let mut out = Vec::new();
    (report::by_id("html").expect("registered").write)(dossier, &mut out).expect("a vector takes it");
    String::from_utf8(out).expect("UTF-8")
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).expect(from) + from.len();
    &text[start..start + text[start..].find(to).expect(to)]
}

/// What a base64 text stands for.
fn decoded(base64: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = base64.trim_end_matches('=').chars().map(|c| DIGITS.find(c).expect("a digit") as u32);
    let bits: Vec<u32> = digits.flat_map(|d| (0..6).rev().map(move |i| d >> i & 1)).collect();
    bits.chunks_exact(8).map(|b| b.iter().fold(0, |n, bit| n << 1 | *bit) as u8).collect()
}

#[test]
fn the_policy_names_its_style_and_script() {
    let page = page(&sample::rich());
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">");
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
    for (tag, directive) in [("style", "style-src 'sha256-"), ("script", "script-src 'sha256-")] {
        assert_eq!(page.matches(&format!("<{tag}")).count(), 1, "one {tag} only");
        let text = between(&page, &format!("<{tag}>"), &format!("</{tag}>"));
        assert_eq!(decoded(between(policy, directive, "'")), Sha256::digest(text.as_bytes()).to_vec(), "{tag}");
    }
}

#[test]
fn no_outside_request_and_nothing_the_policy_would_stop() {
    let page = page(&sample::rich());
    let body = page.split("<body>").nth(1).expect("a body").split("<script>").next().expect("before the script");
    // Words of evidence may say anything; tags may not.
    let tags: String = body.split('<').skip(1).filter_map(|t| Some("\n".to_owned() + t.split_once('>')?.0)).collect();
    for outside in [
        " src=",
        " style=",
        " onclick=",
        " onload=",
        "javascript:",
        "\niframe",
        "\nobject",
        "\nform",
        "@import",
        "url(",
    ] {
        assert!(!tags.contains(outside), "{outside}");
    }
    for target in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().expect("an end")) {
        assert!(target.starts_with('#') || target == "data:,", "{target}");
    }
    assert!(!body.contains("http://") && !body.contains("https://"));
}

#[test]
fn every_way_inside_leads_somewhere() {
    for dossier in [sample::rich(), sample::empty()] {
        let page = page(&dossier);
        let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().expect("an end")).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "each id once");
        for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().expect("an end")) {
            assert!(ids.contains(&target), "{target}");
        }
    }
}

#[test]
fn every_element_that_opens_closes() {
    const VOID: [&str; 5] = ["meta", "link", "input", "br", "col"];
    for dossier in [sample::rich(), sample::empty(), sample::large()] {
        let page = page(&dossier);
        let body = page.split("<body>").nth(1).expect("a body").split("<script>").next().expect("before the script");
        let mut open: Vec<&str> = Vec::new();
        for tag in body.split('<').skip(1) {
            let inside = tag.split('>').next().expect("a tag");
            let name = inside.trim_start_matches('/').split([' ', '/']).next().expect("a name");
            match inside {
                _ if VOID.contains(&name) || inside.ends_with('/') => {}
                _ if inside.starts_with('/') => assert_eq!(open.pop(), Some(name), "…{inside}"),
                _ => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn findings_stand_in_order_with_all_a_reader_needs() {
    let page = page(&sample::rich());
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    let cards = [
        "id=\"f-0c1e5a9b72d40001\"",
        "id=\"f-0c1e5a9b72d40002\"",
        "id=\"f-0c1e5a9b72d40003\"",
        "id=\"f-0c1e5a9b72d40006\"",
        "id=\"f-0c1e5a9b72d40005\"",
    ];
    assert!(cards.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "high, moderate, low, dismissed");
    for needed in [
        "Links: 80 seen, 1.9 expected by chance. That is 42 times as many.",
        "What else it could be",
        "A fan club or campaign with a shared calendar",
        "hxxps://northport-herald[.]example",
        "unspool rule CASE f:0c1e5a9b72d40001 upheld --why",
        "Checked all 37 by hand",
        "Some of the evidence was not read whole.",
    ] {
        at(needed);
    }
}
