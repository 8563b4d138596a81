//! Requests as clients make them, and as they should not.

use super::*;

fn shop() -> Shop {
    let object = |i: usize| {
        json!({"type": "indicator", "spec_version": "2.1", "id": format!("indicator--{i:04}"),
        "created": "2026-10-01T08:00:00.000Z", "modified": "2026-10-01T08:00:00.000Z"})
    };
    let mut objects: Vec<Value> = (0..25).map(object).collect();
    // An object with a `version` of its own, one without times, one in two versions.
    objects.push(json!({"type": "software", "spec_version": "2.1", "id": "software--1", "version": "9.1"}));
    objects.push(
        json!({"type": "campaign", "spec_version": "2.1", "id": "campaign--1", "modified": "2026-10-01T08:00:00.000Z"}),
    );
    objects.push(
        json!({"type": "campaign", "spec_version": "2.1", "id": "campaign--1", "modified": "2026-10-02T08:00:00.000Z"}),
    );
    objects.push(json!({"type": "campaign"}));
    let collection = Collection::new("c0", "core", "A case", "2026-10-03T00:00:00.000Z", objects);
    let served = Served { title: "A case".into(), address: "http://127.0.0.1:1".into(), collections: vec![collection] };
    Shop { served, gate: Gate::new("secret") }
}

fn ask(shop: &Shop, method: &Method, path: &str, headers: &[(&str, &str)]) -> Said {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(
            axum::http::HeaderName::from_bytes(name.as_bytes()).expect("a name"),
            value.parse().expect("a value"),
        );
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    shop.respond(IpAddr::from([127, 0, 0, 1]), method, path, query, &map)
}

const KNOWN: (&str, &str) = ("authorization", "Bearer secret");

fn get(shop: &Shop, path: &str) -> Said {
    ask(shop, &Method::GET, path, &[KNOWN, ("accept", MEDIA)])
}

fn ids(said: &Said) -> Vec<String> {
    let objects = said.body["objects"].as_array().cloned().unwrap_or_default();
    objects.iter().map(|o| o["id"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn discovery_leads_to_objects() {
    let shop = shop();
    assert_eq!(get(&shop, "/taxii2/").body["default"], "http://127.0.0.1:1/api/");
    assert_eq!(get(&shop, "/api/").body["versions"], json!([MEDIA]));
    assert_eq!(get(&shop, "/api/collections/").body["collections"][0]["id"], "c0");
    assert_eq!(get(&shop, "/api/collections/core/").body["can_write"], false);
    assert_eq!(ids(&get(&shop, "/api/collections/c0/objects/")).len(), 27);
}

#[test]
fn pages_fit_together() {
    let shop = shop();
    let mut all = Vec::new();
    let mut next = "0".to_owned();
    loop {
        let said = get(&shop, &format!("/api/collections/c0/objects/?limit=7&next={next}"));
        all.extend(ids(&said));
        match said.body["next"].as_str() {
            Some(n) => next = n.to_owned(),
            None => break,
        }
    }
    assert_eq!(all, ids(&get(&shop, "/api/collections/c0/objects/")));
    assert_eq!(get(&shop, "/api/collections/c0/objects/?next=999").body, json!({}));
}

#[test]
fn filters() {
    let shop = shop();
    for (query, n) in [
        ("match[type]=campaign", 1),
        ("match[type]=campaign&match[version]=all", 2),
        ("match[version]=first&match[id]=campaign--1", 1),
        ("match[version]=2026-10-02T08:00:00Z&match[type]=campaign", 1),
        ("match[type]=indicator,software", 26),
        ("match[spec_version]=2.0", 0),
        ("added_after=2026-10-02T00:00:00Z", 27),
        ("added_after=2026-10-03T00:00:00Z", 0),
        ("match[unknown]=x", 27),
    ] {
        assert_eq!(ids(&get(&shop, &format!("/api/collections/c0/objects/?{query}"))).len(), n, "{query}");
    }
    let manifest = get(&shop, "/api/collections/c0/manifest/?match[type]=software");
    assert_eq!(manifest.body["objects"][0]["version"], "2026-10-03T00:00:00.000000Z", "not the software's own");
    assert!(manifest.added.is_some());
    let versions = get(&shop, "/api/collections/c0/objects/campaign--1/versions/");
    assert_eq!(versions.body["versions"].as_array().map(Vec::len), Some(2));
}

#[test]
fn errors_are_the_standards() {
    let shop = shop();
    for (method, path, headers, status) in [
        (Method::GET, "/taxii2/", vec![], 401),
        (Method::GET, "/taxii2/", vec![("authorization", "Bearer wrong")], 401),
        (Method::GET, "/taxii2/", vec![KNOWN, ("accept", "text/html")], 406),
        (Method::GET, "/taxii2/", vec![KNOWN, ("accept", "application/taxii+json")], 200),
        (Method::GET, "/taxii2/", vec![KNOWN, ("accept", "application/taxii+json;version=2.0")], 406),
        (Method::GET, "/elsewhere/", vec![KNOWN], 404),
        (Method::GET, "/api/collections/c9/", vec![KNOWN], 404),
        (Method::GET, "/api/collections/c0/objects/indicator--9/", vec![KNOWN], 404),
        (Method::GET, "/api/collections/c0/objects/?limit=0", vec![KNOWN], 400),
        (Method::GET, "/api/status/1/", vec![KNOWN], 404),
        (Method::POST, "/api/collections/c0/objects/", vec![KNOWN], 403),
        (Method::DELETE, "/api/collections/c0/objects/indicator--0001/", vec![KNOWN], 403),
        (Method::PUT, "/api/", vec![KNOWN], 405),
    ] {
        let said = ask(&shop, &method, path, &headers);
        assert_eq!(said.status, status, "{method} {path} {headers:?}");
        let told = status.to_string();
        assert!(status == 200 || said.body["http_status"].as_str() == Some(told.as_str()));
    }
    let long = format!("/taxii2/?x={}", "y".repeat(LONGEST));
    assert_eq!(get(&shop, &long).status, 414);
}
