use super::*;

fn text(raw: &str) -> String {
    canonical_or_bare(raw).map_or_else(String::new, |a| a.text().to_owned())
}

#[test]
fn one_form_for_many() {
    for (form, raws) in [
        (
            "one.example/x",
            &[
                "HTTPS://www.One.example/x#top",
                "http://one.example:80/x/",
                "https://one.example:443/x?utm_source=a&utm_medium=b",
                "https://m.one.example/x?fbclid=abc",
                "//mobile.one.example/x",
                "https://user:secret@one.example/x",
                "https://amp.one.example/x/amp",
                "https://one.example/x?amp=1",
                "https://one.example/x/amp/",
                "https://one.example/%78",
                "https://one.example/x/index.html",
                "  <https://one.example/x>  ",
                "one.example/x",
                "www.one.example/x",
                "https://one.example./x",
                "http:\\\\one.example\\x",
                "https://one.example/a/../x",
                "https://www.google.com/amp/s/one.example/x",
                "https://one-example.cdn.ampproject.org/c/s/one.example/x",
                "https://www.google.com/url?sa=t&q=https%3A%2F%2Fone.example%2Fx&usg=1",
                "https://www.google.de/url?url=https://one.example/x",
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fone.example%2Fx%3Ffbclid%3D1&h=2",
                "https://l.instagram.com/?u=https%3A%2F%2Fone.example%2Fx",
                "https://vk.com/away.php?to=http%3A%2F%2Fone.example%2Fx",
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fone.example%2Fx&amp;data=05",
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__one.example_x&d=1",
                "https://urldefense.com/v3/__https://one.example/x__;!!abc",
            ][..],
        ),
        ("one.example", &["https://one.example", "http://www.one.example/", "https://one.example/index.php"]),
        ("one.example:8080/x", &["http://one.example:8080/x"]),
        (
            "one.example/p?a=1&b=2",
            &[
                "https://one.example/p?b=2&a=1",
                "https://one.example/p?b=2&amp;a=1&amp;gclid=5",
                "https://one.example/p/?a=1&&b=2&",
            ],
        ),
        ("one.example/p?q=a%20b", &["https://one.example/p?q=a+b", "https://one.example/p?q=a%20b"]),
        ("one.example/%D1%8F", &["https://one.example/я", "https://one.example/%d1%8f"]),
        ("xn--e1afmkfd.xn--p1ai/x", &["https://ПРИМЕР.рф/x", "http://xn--e1afmkfd.xn--p1ai/x"]),
        ("one.example#!/ann", &["https://one.example/#!/ann"]),
        (
            "youtube.com/watch?v=dQw4w9WgXcQ",
            &[
                "https://youtu.be/dQw4w9WgXcQ?si=abc",
                "https://www.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=10",
                "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube.com/shorts/dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            ],
        ),
        (
            "x.com/ann/status/12",
            &[
                "https://twitter.com/Ann/status/12?s=20",
                "https://mobile.twitter.com/ann/status/12/photo/1",
                "https://x.com/ann/status/12?t=abc&s=19",
            ],
        ),
        ("t.me/channel/5", &["https://t.me/s/Channel/5", "https://telegram.me/channel/5"]),
        ("t.me/+AbC", &["https://t.me/+AbC"]),
        ("de.wikipedia.org/wiki/Wahl", &["https://de.m.wikipedia.org/wiki/Wahl"]),
        ("t.co/AbC", &["https://t.co/AbC"]),
        ("one.example/a.html", &["https://one.example/a.amp.html"]),
        ("3.232.8.9/x", &["http://3.232.8.9/x", "http://0x03e80809/x"]),
        ("[2001:db8::1]/x", &["http://[2001:DB8:0::1]/x"]),
        ("m.example", &["https://m.example/", "https://www.m.example"]),
        ("evil.example/x", &["https://one.example@evil.example/x"]),
    ] {
        for raw in raws {
            assert_eq!(text(raw), form, "{raw}");
        }
    }
}

#[test]
fn different_things_stay_apart() {
    for (a, b) in [
        ("https://one.example/X", "https://one.example/x"),
        ("https://one.example/p?id=1", "https://one.example/p?id=2"),
        ("https://one.example/camp", "https://one.example/c"),
        ("https://one.example/a%2Fb", "https://one.example/a/b"),
        ("https://t.co/AbC", "https://t.co/abc"),
        ("https://www.co.uk/x", "https://co.uk/x"),
        ("https://one.example/?ref=a", "https://one.example/?ref=b"),
    ] {
        assert_ne!(text(a), text(b), "{a} {b}");
    }
}

#[test]
fn what_is_no_address() {
    for raw in [
        "",
        "http://",
        "https:///",
        "word",
        "mailto:a@one.example",
        "a@one.example",
        "tel:+49",
        "javascript:x.y()",
        "data:image/png;base64,AA",
        "/news.php",
        "news.php",
        "http://localhost/x",
        "http://.example",
        "https://...",
        "cid:x",
    ] {
        assert_eq!(text(raw), "", "{raw}");
    }
}

#[test]
fn a_redirector_is_opened_once() {
    let inner = "https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fone.example";
    let got = text(&format!("https://www.google.com/url?q={inner}"));
    assert_eq!(got, "google.com/url?q=https%3A%2F%2Fone.example");
}

#[test]
fn the_lists_are_sorted() {
    assert!(parameters::NAMES.is_sorted());
}
