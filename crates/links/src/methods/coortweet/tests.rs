use super::*;

/// Rows (account, object, content, seconds); hashes of objects begin at 100.
fn run_on(rows: &[(u32, u32, u32, f64)], settings: &[(&str, &str)]) -> Coordination {
    let most = |f: fn(&(u32, u32, u32, f64)) -> u32| rows.iter().map(f).max().map_or(0, |n| n + 1);
    let layer = Layer {
        kind: "object",
        who: rows.iter().map(|r| r.0).collect(),
        what: rows.iter().map(|r| r.1).collect(),
        message: rows.iter().map(|r| r.2).collect(),
        when: rows.iter().map(|r| (r.3 * 1e6) as i64).collect(),
        things: (0..u64::from(most(|r| r.1))).map(|n| n + 100).collect(),
        blank: None,
    };
    let accounts = (0..most(|r| r.0)).map(|n| format!("u{n}").into()).collect();
    let messages = (0..u64::from(most(|r| r.2))).collect();
    let acts = Acts { accounts, messages, rows: (0..most(|r| r.2)).collect(), layers: vec![layer], ..Acts::default() };
    run(&acts, &Asked::of(&METHOD, settings).expect("knobs of this method"))
}

fn edges(of: &Coordination) -> Vec<(u32, u32, u32)> {
    let e = &of.edges;
    e.source.iter().zip(&e.target).zip(&e.weight).map(|((a, b), w)| (*a, *b, *w as u32)).collect()
}

#[test]
fn an_account_of_one_row_is_left_out_first() {
    let rows = [(0, 0, 0, 0.0), (0, 1, 1, 50.0), (1, 0, 2, 5.0)];
    assert_eq!(edges(&run_on(&rows, &[])), []);
    assert_eq!(edges(&run_on(&rows, &[("participation", "1")])), [(0, 1, 1)]);
}

#[test]
fn either_side_often_enough_keeps_a_pair() {
    // u0 is twice in pairs, u1 and u2 once each (their other rows pair with nobody).
    let rows = [(0, 0, 0, 0.0), (1, 0, 1, 10.0), (0, 1, 2, 99.0), (2, 1, 3, 95.0), (1, 2, 4, 0.0), (2, 3, 5, 0.0)];
    assert_eq!(edges(&run_on(&rows, &[])), [(0, 1, 1), (0, 2, 1)]);
    // Here nobody is: both pairs go.
    let rows = [(0, 0, 0, 0.0), (1, 0, 1, 10.0), (0, 1, 2, 99.0), (1, 2, 4, 0.0)];
    assert_eq!(edges(&run_on(&rows, &[])), []);
}

#[test]
fn the_original_among_its_reposts_makes_no_pair() {
    // Content 100 is object 0 itself.
    let rows = [(0, 0, 100, 0.0), (1, 0, 1, 1.0), (0, 1, 2, 0.0), (1, 1, 3, 1.0), (1, 1, 4, 2.0)];
    assert_eq!(edges(&run_on(&rows, &[])), [(0, 1, 2)]);
}

#[test]
fn what_is_known_of_an_edge() {
    // u1 is first twice with one content each, and once both are at the same second: the order of rows decides.
    let rows = [(1, 0, 0, 0.0), (0, 0, 1, 4.0), (1, 1, 2, 8.0), (0, 1, 3, 8.0), (0, 1, 4, 9.0)];
    let found = run_on(&rows, &[]);
    assert_eq!(edges(&found), [(0, 1, 3)]);
    let whole = |name: &str| match &found.edges.more.iter().find(|c| c.name == name).expect("column").values {
        Values::Whole(v) => v[0],
        other => panic!("{other:?}"),
    };
    assert_eq!((whole("n_content_id"), whole("n_content_id_y")), (2, 3));
    assert_eq!((whole("source_contents"), whole("target_contents"), whole("weight_threshold")), (3, 2, 0));
    let Values::Real(delta) = &found.edges.more[0].values else { panic!("seconds") };
    assert!((delta[0] - 5.0 / 3.0).abs() < 1e-12);
}
