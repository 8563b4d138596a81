use super::*;
use model::Written;

fn post<'a>(id: &'a str, account: &'a str, seconds: i64) -> Post<'a> {
    let written = Written { id: Some(id), account_id: Some(account), urls: Some(""), ..Written::default() };
    Post { id, account, when: When::from_unix(1_600_000_000 + seconds), written, ..Post::default() }
}

fn take(kinds: &[&'static str], first_rows: bool, posts: &[Post<'_>]) -> Acts {
    let mut taker = Taker::new(Wanted {
        kinds: kinds.to_vec(),
        as_written: true,
        first_rows,
        by_id: first_rows,
        ..Wanted::default()
    });
    posts.iter().for_each(|p| taker.post(p));
    taker.finish()
}

#[test]
fn accounts_are_numbered_by_their_bytes_and_all_are_there() {
    let acts = take(&["repost"], false, &[post("1", "zoe", 0), post("2", "Ann", 1), post("3", "@bob", 2)]);
    assert_eq!(acts.accounts.iter().map(Quote::raw).collect::<Vec<_>>(), ["@bob", "Ann", "zoe"]);
    assert!(acts.layers[0].is_empty());
}

#[test]
fn the_first_row_of_a_message_wins_but_later_urls_are_added() {
    let mut posts = [post("1", "ann", 0), post("1", "bob", 5), post("1", "cem", 9)];
    posts[0].written.urls = Some("a b a");
    posts[1].written.urls = Some("b c");
    posts[2].written.urls = Some("d");
    posts[2].reposted = "9";
    let acts = take(&["url", "post"], true, &posts);
    let urls = acts.layer("url");
    assert_eq!((&urls.who[..], &urls.what[..], &urls.message[..]), (&[0, 0, 1][..], &[0, 1, 2][..], &[0, 0, 0][..]));
    assert_eq!(acts.layer("post").who, [0]);
    assert_eq!((acts.remarks[0].all, &acts.remarks[0].rows[..]), (2, &[1, 2][..]));
}

#[test]
fn what_is_empty_is_a_thing_only_where_the_toolkit_takes_it_for_one() {
    let mut posts = [post("1", "ann", 0), post("2", "bob", 1), post("3", "cem", 2)];
    posts[0].text = "@zoe";
    posts[1].text = "";
    posts[2].reposted = "7";
    let acts = take(&["url", "text", "repost", "reply"], true, &posts);
    assert_eq!((acts.layer("url").len(), acts.layer("url").blank), (2, Some(0)));
    assert_eq!((acts.layer("text").len(), acts.layer("text").blank), (2, Some(0)));
    assert_eq!((acts.layer("repost").len(), acts.layer("repost").blank), (1, None));
    assert!(acts.layer("reply").is_empty());
}

#[test]
fn a_bare_number_is_a_time_and_no_time_is_left_out() {
    let mut posts = [post("1", "ann", 0), post("2", "ann", 0)];
    posts[0].when = None;
    posts[0].written.time = Some("12.5");
    posts[1].when = None;
    posts[1].written.time = Some("yesterday");
    let acts = take(&["post"], true, &posts);
    assert_eq!(acts.layer("post").when, [12_500_000]);
    assert_eq!(acts.remarks[0].rows, [1]);
}

#[test]
fn canonical_kinds_are_those_of_the_room() {
    let mut taker = Taker::new(Wanted { kinds: vec!["hashtag"], ..Wanted::default() });
    taker.post(&Post { text: "#Vote #vote", ..post("1", "ann", 0) });
    taker.post(&Post { text: "#VOTE", ..post("2", "bob", 0) });
    assert_eq!(taker.finish().layer("hashtag").what, [0, 0]);
}

#[test]
fn words_stand_beside_their_message() {
    let acts = take(
        &["similar-text"],
        true,
        &[
            Post { text: "one two", ..post("1", "ann", 0) },
            Post { text: "@x", ..post("2", "bob", 0) },
            Post { text: "three three", ..post("3", "cem", 0) },
        ],
    );
    assert_eq!((0..4).map(|n| acts.tokens.of(n).len()).collect::<Vec<_>>(), [2, 0, 1, 0]);
}

#[test]
fn hashtags_keep_their_order_and_reposts_have_none() {
    let mut posts = [
        Post { text: "#Vote #One and #vote", ..post("1", "ann", 0) },
        Post { hashtags: &["One"], ..post("2", "bob", 0) },
        Post { text: "#one", ..post("3", "cem", 0) },
    ];
    posts[2].reposted = "9";
    let acts = take(&["hashtag"], true, &posts);
    assert_eq!((&acts.layers[0].who[..], &acts.layers[0].what[..]), (&[0, 0, 0, 1][..], &[0, 1, 0, 1][..]));
}

#[test]
fn letters_stand_beside_their_message() {
    let acts = take(&["letters"], true, &[Post { text: "@x  One TWO", ..post("1", "ann", 0) }, post("2", "bob", 0)]);
    assert_eq!(acts.letters.iter().map(Quote::raw).collect::<Vec<_>>(), ["one two", ""]);
    assert_eq!(acts.layers[0].who, [0, 1]);
}

#[test]
fn milliseconds_are_seconds_to_a_tool_that_takes_every_number_for_those() {
    let mut posts = [post("1", "ann", 0)];
    posts[0].written.time = Some("1600000000000");
    for (bare_seconds, micros) in [(false, 1_600_000_000_000_000), (true, 1_600_000_000_000_000_000)] {
        let wanted = Wanted { kinds: vec!["post"], as_written: true, bare_seconds, ..Wanted::default() };
        let mut taker = Taker::new(wanted);
        posts.iter().for_each(|p| taker.post(p));
        assert_eq!(taker.finish().layers[0].when, [micros]);
    }
}
