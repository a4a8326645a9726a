//! What an act, an edge and a piece of evidence are, checked on small cases and against a slow
//! program that says the same in other words.

#![allow(
    clippy::unwrap_used,
    clippy::type_complexity,
    reason = "a test may stop where what it needs is not there"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use charivari_coordination::Parameters;
use charivari_coordination::behaviours::by_name;
use proptest::prelude::*;
use support::{Post, Trace, of_posts, of_traces};

fn trace(object: &str, account: &str, post: &str, seconds: i64) -> Trace {
    (object.into(), account.into(), post.into(), seconds)
}

fn every_edge() -> Parameters {
    Parameters { min_weight: 1, ..Parameters::plain() }
}

fn by(names: &[&str]) -> Parameters {
    let behaviours = names.iter().map(|name| by_name(name).unwrap().0).collect();
    Parameters { behaviours, ..every_edge() }
}

#[test]
fn acts_objects_and_posts_are_three_counts() {
    // Two posts of b meet one post of a on object o, and one of them meets it on p too.
    let rows = [
        trace("o", "a", "a1", 0),
        trace("o", "b", "b1", 30),
        trace("o", "b", "b2", 60),
        trace("p", "a", "a1", 0),
        trace("p", "b", "b1", 30),
        trace("q", "b", "b3", 0),
        trace("q", "a", "a2", 61),
    ];
    assert_eq!(of_traces(&rows, &every_edge()).edges(), ["a b 3 2 1 2 40 trace"]);
}

#[test]
fn repeated_rows_count_once_and_a_post_is_not_its_own_partner() {
    let rows = [
        trace("o", "a", "a1", 0),
        trace("o", "a", "a1", 0),
        trace("o", "a", "a2", 1),
        trace("o", "b", "b1", 5),
        trace("o", "b", "b1", 9),
    ];
    let found = of_traces(&rows, &every_edge());
    assert_eq!(found.edges(), ["a b 2 1 2 1 4.5 trace"]);
    let counts = &found.network.traces.counts;
    assert_eq!((counts.duplicates, counts.conflicts, counts.posts, counts.traces), (1, 1, 3, 3));
}

#[test]
fn one_pair_of_posts_is_one_piece_of_evidence_in_however_many_layers() {
    let post = |id, account, seconds, links, hashtags, text| Post {
        id,
        account,
        seconds,
        text,
        links,
        hashtags,
        ..Post::default()
    };
    let link: &[&str] = &["https://leak.example.org/a"];
    let tags: &[&str] = &["one", "two"];
    let rows = [
        post("1", "a", 0, link, tags, "the very same words stand in both of these posts"),
        post("2", "b", 10, link, tags, "The very same words stand in both of these posts!"),
    ];
    // Text, link and domain show one object each; hashtags show two, so they are what counts.
    let found = of_posts(&rows, &by(&["link", "domain", "hashtag"]));
    assert_eq!(found.edges(), ["x:a x:b 2 2 1 1 10 link|hashtag|domain"]);
    let found = of_posts(&rows, &by(&["link", "domain"]));
    assert_eq!(found.edges(), ["x:a x:b 1 1 1 1 10 link|domain"]);
    let counted: Vec<bool> = found.acts().iter().map(|act| act.ends_with("true")).collect();
    assert_eq!(counted, [true, false]);
    // One meeting is not two, so it does not reach a weight of two.
    let two = Parameters { min_weight: 2, ..by(&["link", "domain"]) };
    assert!(of_posts(&rows, &two).edges().is_empty());
}

#[test]
fn reposts_count_for_repost_alone_unless_asked() {
    let link: &[&str] = &["https://leak.example.org/a"];
    let rows = [
        Post { id: "1", account: "a", repost_of: "9", links: link, ..Post::default() },
        Post { id: "2", account: "b", repost_of: "9", links: link, seconds: 3, ..Post::default() },
    ];
    assert!(of_posts(&rows, &by(&["link"])).edges().is_empty());
    assert_eq!(of_posts(&rows, &by(&["repost", "link"])).edges(), ["x:a x:b 1 1 1 1 3 repost"]);
    let parameters = Parameters { include_reposts: true, ..by(&["link"]) };
    assert_eq!(of_posts(&rows, &parameters).edges(), ["x:a x:b 1 1 1 1 3 link"]);
}

#[test]
fn conflicting_rows_of_one_post_are_settled_by_content() {
    let link: &[&str] = &["https://leak.example.org/a"];
    let fuller = Post { id: "1", account: "a", links: link, ..Post::default() };
    let emptier = Post { id: "1", account: "a", ..Post::default() };
    let other = Post { id: "2", account: "b", links: link, seconds: 1, ..Post::default() };
    for rows in [[fuller.clone(), emptier.clone(), other.clone()], [emptier, fuller, other]] {
        let found = of_posts(&rows, &by(&["link"]));
        assert_eq!(found.edges(), ["x:a x:b 1 1 1 1 1 link"]);
        assert_eq!(found.network.traces.counts.conflicts, 1);
    }
}

#[test]
fn quiet_accounts_are_left_out_and_counted() {
    let rows = [
        trace("o", "a", "a1", 0),
        trace("o", "b", "b1", 1),
        trace("o", "c", "c1", 2),
        trace("p", "a", "a2", 900),
        trace("p", "b", "b2", 901),
    ];
    let parameters = Parameters { min_activity: 2, ..every_edge() };
    let found = of_traces(&rows, &parameters);
    assert_eq!(found.edges(), ["a b 2 2 2 2 1 trace"]);
    assert_eq!(found.network.traces.counts.quiet_accounts, 1);
}

#[test]
fn a_giant_object_is_counted_exactly_and_a_group_that_met_elsewhere_keeps_its_meeting() {
    let mut rows: Vec<Trace> = Vec::new();
    for account in 0..300 {
        rows.push(trace("giant", &format!("s{account:03}"), &format!("g{account}"), account % 60));
    }
    for account in ["s001", "s002", "s003"] {
        rows.push(trace("small", account, &format!("m{account}"), 5_000));
    }
    let whole = of_traces(&rows, &every_edge());
    let capped = Parameters { max_acts_per_object: 1_000, min_weight: 2, ..Parameters::plain() };
    let found = of_traces(&rows, &capped);
    assert_eq!(found.network.capped.len(), 1);
    assert_eq!(found.network.capped[0].acts, 300 * 299 / 2);
    assert_eq!(found.network.found_acts, whole.network.found_acts);
    let all = Parameters { min_weight: 2, ..Parameters::plain() };
    assert_eq!(found.edges(), of_traces(&rows, &all).edges());
    assert_eq!(found.edges().len(), 3);
}

/// Acts, objects, posts of each side, and the sum of the time differences.
type Sums<'r> = (u64, BTreeSet<&'r str>, BTreeSet<&'r str>, BTreeSet<&'r str>, i64);

/// Edges by looking at every pair of rows.
fn slow(rows: &[Trace], window: i64) -> Vec<String> {
    let mut first: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
    for (object, account, post, time) in rows {
        let known = first.entry((object, account, post)).or_insert(*time);
        *known = (*known).min(*time);
    }
    let distinct: Vec<_> = first.into_iter().collect();
    let mut edges: BTreeMap<(&str, &str), Sums<'_>> = BTreeMap::new();
    for ((object, account, post), time) in &distinct {
        for ((object_b, account_b, post_b), time_b) in &distinct {
            if object == object_b && account < account_b && (time - time_b).abs() <= window {
                let edge = edges.entry((account, account_b)).or_default();
                edge.0 += 1;
                edge.1.insert(object);
                edge.2.insert(post);
                edge.3.insert(post_b);
                edge.4 += (time - time_b).abs();
            }
        }
    }
    let line = |((a, b), (acts, objects, posts_a, posts_b, delay)): (&(&str, &str), &Sums<'_>)| {
        let mean = *delay as f64 / *acts as f64;
        format!("{a} {b} {acts} {} {} {} {mean} trace", objects.len(), posts_a.len(), posts_b.len())
    };
    edges.iter().map(line).collect()
}

fn some_traces() -> impl Strategy<Value = Vec<Trace>> {
    let row = (0..6_u8, 0..7_u8, 0..4_u8, 0..200_i64).prop_map(|(object, account, post, time)| {
        trace(&format!("o{object}"), &format!("a{account}"), &format!("p{account}{post}"), time)
    });
    prop::collection::vec(row, 0..80)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn edges_agree_with_looking_at_every_pair(rows in some_traces(), window in 0..100_i64) {
        let parameters = Parameters { window: window * 1_000_000, ..every_edge() };
        prop_assert_eq!(of_traces(&rows, &parameters).edges(), slow(&rows, window));
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        rows in some_traces().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        cap in 1_u64..50,
    ) {
        let parameters = Parameters { max_acts_per_object: cap, ..every_edge() };
        let (rows, shuffled) = rows;
        prop_assert_eq!(of_traces(&rows, &parameters).all(), of_traces(&shuffled, &parameters).all());
    }

    #[test]
    fn the_number_of_threads_changes_nothing(rows in some_traces()) {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| of_traces(&rows, &every_edge()).all())
        };
        prop_assert_eq!(with(1), with(3));
    }

    #[test]
    fn a_cap_cuts_only_edges_that_met_on_cut_objects_alone(rows in some_traces(), cap in 1_u64..40) {
        let all = of_traces(&rows, &every_edge());
        let cut = of_traces(&rows, &Parameters { max_acts_per_object: cap, ..every_edge() });
        let kept: BTreeSet<String> = cut.edges().into_iter().collect();
        let whole: BTreeSet<String> = all.edges().into_iter().collect();
        // What is kept is whole; what is missing met only on objects whose listing was cut.
        prop_assert!(kept.is_subset(&whole));
        prop_assert_eq!(cut.network.found_acts, all.network.found_acts);
        if cut.network.capped.is_empty() {
            prop_assert_eq!(kept, whole);
        }
    }
}
