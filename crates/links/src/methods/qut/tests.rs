use super::*;

/// Acts (account, thing, message, microseconds) of one kind.
fn acts(kind: &'static str, rows: &[(u32, u32, u32, i64)]) -> Acts {
    let most = |f: fn(&(u32, u32, u32, i64)) -> u32| rows.iter().map(f).max().map_or(0, |n| n as usize + 1);
    let layer = Layer {
        kind,
        who: rows.iter().map(|r| r.0).collect(),
        what: rows.iter().map(|r| r.1).collect(),
        message: rows.iter().map(|r| r.2).collect(),
        when: rows.iter().map(|r| r.3).collect(),
        things: vec![0; most(|r| r.1)],
        blank: None,
    };
    let accounts = (0..most(|r| r.0)).map(|n| format!("u{n}").into()).collect();
    let messages = most(|r| r.2);
    Acts {
        accounts,
        messages: (0..messages as u64).collect(),
        rows: (0..messages as u32).collect(),
        layers: vec![layer],
        ..Acts::default()
    }
}

fn edges(acts: &Acts, settings: &[(&str, &str)]) -> Vec<(u32, u32, u32)> {
    let asked = Asked::of(&METHOD, settings).expect("knobs of this method");
    let found = run(acts, &asked).edges;
    found.source.iter().zip(&found.target).zip(&found.weight).map(|((a, b), w)| (*a, *b, *w as u32)).collect()
}

const S: i64 = 1_000_000;

#[test]
fn both_ends_of_the_window_count_and_weights_are_directed() {
    // u0 posts twice within reach of one post of u1.
    let a = acts("repost", &[(0, 0, 0, 0), (1, 0, 1, 60 * S), (0, 0, 2, 120 * S), (2, 0, 3, 181 * S)]);
    assert_eq!(edges(&a, &[]), [(0, 1, 2), (1, 0, 1)]);
    assert_eq!(edges(&a, &[("min", "2")]), [(0, 1, 2)]);
    assert_eq!(edges(&a, &[("window", "59s")]), []);
}

#[test]
fn two_shared_things_in_one_message_count_once() {
    let a = acts("url", &[(0, 0, 0, 0), (0, 1, 0, 0), (1, 0, 1, 5), (1, 1, 1, 5)]);
    assert_eq!(edges(&a, &[("kind", "url")]), [(0, 1, 1), (1, 0, 1)]);
    // The same message again, its rows apart.
    let a = acts("url", &[(0, 0, 0, 0), (1, 0, 1, 5), (0, 0, 2, 6), (0, 1, 0, 0), (1, 1, 1, 5)]);
    assert_eq!(edges(&a, &[("kind", "url")]), [(0, 1, 2), (1, 0, 1)]);
}

#[test]
fn one_message_id_under_two_accounts_counts_for_each() {
    let a = acts("url", &[(0, 0, 0, 0), (1, 1, 0, 0), (2, 0, 1, 0), (2, 1, 2, 0)]);
    assert_eq!(edges(&a, &[("kind", "url")]), [(0, 2, 1), (1, 2, 1), (2, 0, 1), (2, 1, 1)]);
}

#[test]
fn texts_that_share_four_words_of_five() {
    let mut a = acts(
        "similar-text",
        &[(0, 0, 0, 0), (1, 0, 1, S), (2, 0, 2, 2 * S), (3, 0, 3, 99 * S), (4, 0, 4, 0), (5, 0, 5, 0)],
    );
    a.tokens = model::Tokens {
        starts: vec![0, 5, 9, 12, 17, 17, 17],
        words: vec![1, 2, 3, 4, 5, 1, 2, 3, 4, 1, 2, 3, 1, 2, 3, 4, 5],
    };
    assert_eq!(edges(&a, &[("kind", "similar-text")]), [(0, 1, 1), (1, 0, 1)]);
    let all = edges(&a, &[("kind", "similar-text"), ("window", "100s"), ("similarity", "0.6")]);
    assert_eq!(all.len(), 12, "{all:?}");
}

#[test]
fn what_is_blank_is_told_with_its_rows() {
    let mut a = acts("url", &[(0, 0, 0, 0), (1, 0, 1, 0), (1, 1, 2, 0)]);
    a.layers[0].blank = Some(0);
    let asked = Asked::of(&METHOD, &[("kind", "url")]).expect("knobs");
    let remarks = run(&a, &asked).remarks;
    assert_eq!((remarks[0].all, &remarks[0].rows[..]), (2, &[0, 1][..]));
}
