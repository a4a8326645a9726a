//! Our networks against those that the Coordination Network Toolkit itself made.
#![allow(clippy::unwrap_used)]

mod compat_support;

use std::collections::{BTreeMap, BTreeSet};

use charivari_coordination::compat::cnt::{self, Messages, Network, Options};
use charivari_coordination::compat::coortweet::Rows;
use charivari_coordination::compat::{CompatError, IdColumn};
use compat_support::{Table, assert_same_table, fixture, shared};
use proptest::prelude::*;

fn ids<'a>(table: &'a Table, name: &str) -> IdColumn<'a> {
    IdColumn::from_values(table.column(name)).unwrap()
}

fn numbers(table: &Table, name: &str) -> Vec<f64> {
    table.column(name).iter().map(|number| number.parse().unwrap()).collect()
}

fn options(network: Network, time_window_s: f64, min_edge_weight: u32) -> Options {
    Options { network, time_window_s, min_edge_weight, ..Options::default() }
}

fn edge_table(messages: &Messages<'_>, options: &Options) -> Table {
    let edges = cnt::network(messages, options).unwrap();
    Table::ours(edges.header(), edges.records())
}

#[test]
fn the_russian_traces_give_the_peers_co_retweets() {
    let Some(input) = shared("russian_coord_tweets.csv") else { return };
    let input = Table::read(&input);
    let (object, account) = (ids(&input, "object_id"), ids(&input, "account_id"));
    let times = numbers(&input, "timestamp_share");
    let rows = Rows::new(object, account, ids(&input, "content_id"), times).unwrap();
    let messages = Messages::from_traces(&rows);
    for (window, weight) in [(60, 1), (60, 2), (10, 1)] {
        let case = format!("cnt_russian_co_retweet_tw{window}_mew{weight}.csv");
        let Some(peer) = shared(&case) else { continue };
        let options = options(Network::CoRetweet, f64::from(window), weight);
        assert_same_table(&case, &edge_table(&messages, &options), &Table::read(&peer));
    }
}

/// Every network, on synthetic messages made to be awkward.
#[test]
fn awkward_synthetic_messages_give_the_peers_networks() {
    let input = Table::read(&fixture("cnt_input.csv"));
    let messages = all_columns(&input);
    for network in Network::ALL {
        for (window, weight) in [(60, 1), (60, 2), (5, 1), (0, 1)] {
            let case = format!("cnt_{}_tw{window}_mew{weight}.csv", network.name());
            let ours = edge_table(&messages, &options(network, f64::from(window), weight));
            assert_same_table(&case, &ours, &Table::read(&fixture(&case)));
        }
    }
}

fn all_columns(input: &Table) -> Messages<'_> {
    let (message, user) = (ids(input, "message_id"), ids(input, "user_id"));
    Messages::new(message, user, numbers(input, "timestamp"))
        .and_then(|messages| messages.with_repost_id(ids(input, "repost_id")))
        .and_then(|messages| messages.with_reply_id(ids(input, "reply_id")))
        .and_then(|messages| messages.with_text(input.column("message")))
        .and_then(|messages| messages.with_urls(input.column("urls")))
        .unwrap()
}

/// Two messages by two users, for the small cases below.
fn two<'a>(texts: [&'a str; 2], urls: [&'a str; 2]) -> Messages<'a> {
    let column = |values: [&'a str; 2]| IdColumn::from_values(values).unwrap();
    Messages::new(column(["m", "n"]), column(["b", "a"]), vec![0.0, 1.0])
        .and_then(|messages| messages.with_text(texts.to_vec()))
        .and_then(|messages| messages.with_urls(urls.to_vec()))
        .unwrap()
}

#[test]
fn no_addresses_are_one_empty_address_unless_left_out() {
    let cases = [
        ("both without", ["", ""], 2, 0),
        ("one without", ["", "x.example"], 0, 0),
        ("a double space", ["x.example  y.example", ""], 2, 0),
        ("the same", ["x.example y.example", "y.example x.example"], 2, 2),
    ];
    for (name, urls, expected, expected_without) in cases {
        let messages = two(["", ""], urls);
        for (has_empty_link, expected) in [(true, expected), (false, expected_without)] {
            let options = Options { has_empty_link, ..options(Network::CoLink, 1.0, 1) };
            let edges = cnt::network(&messages, &options).unwrap();
            assert_eq!(edges.edges().len(), expected, "{name}, {has_empty_link}");
            assert!(edges.edges().iter().all(|edge| edge.weight == 1), "{name}");
        }
    }
}

#[test]
fn a_column_that_the_network_needs_is_asked_for() {
    let ids = || IdColumn::from_values(["a"]).unwrap();
    let messages = Messages::new(ids(), ids(), vec![0.0]).unwrap();
    let cases = [
        (Network::CoRetweet, Some("repost_id")),
        (Network::CoTweet, Some("message")),
        (Network::CoReply, Some("reply_id")),
        (Network::CoLink, Some("urls")),
        (Network::CoPost, None),
    ];
    for (network, column) in cases {
        let error = cnt::network(&messages, &options(network, 1.0, 1)).err();
        let expected =
            column.map(|column| CompatError::MissingColumn { network: network.name(), column });
        assert_eq!(error, expected);
    }
    assert!(messages.with_text(vec![]).unwrap_err().to_string().starts_with("E0171"));
}

#[test]
fn too_much_work_and_senseless_windows_are_refused() {
    let messages = two(["a", "a"], ["", ""]);
    let few = Options { max_pairs: 3, ..options(Network::CoTweet, 1.0, 1) };
    let error = cnt::network(&messages, &few).unwrap_err();
    assert_eq!(error, CompatError::TooManyPairs { limit: 3 });
    let enough = Options { max_pairs: 4, ..few };
    assert_eq!(cnt::network(&messages, &enough).unwrap().edges().len(), 2);
    for window in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(cnt::network(&messages, &options(Network::CoTweet, window, 1)).is_err());
    }
}

proptest! {
    /// Every two messages compared, as the definition says, against windows and counters.
    #[test]
    fn weights_are_those_of_the_definition(
        posts in prop::collection::vec((0_u8..5, 0_u8..4, -40_i32..40), 0..60),
        window in 0_i32..20,
        weight in 1_u32..4,
    ) {
        let keys = ["", "x", "y", "z"];
        let names: Vec<String> = (0..posts.len()).map(|number| format!("m{number}")).collect();
        let users = ["ü", "b", "B", "", "a"];
        let messages = Messages::new(
            IdColumn::from_values(names.iter().map(String::as_str)).unwrap(),
            IdColumn::from_values(posts.iter().map(|post| users[post.0 as usize])).unwrap(),
            posts.iter().map(|post| f64::from(post.2)).collect::<Vec<_>>(),
        ).unwrap();
        let reposts = posts.iter().map(|post| keys[post.1 as usize]);
        let messages = messages.with_repost_id(IdColumn::from_values(reposts).unwrap()).unwrap();

        let mut partners: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
        for (one, post) in posts.iter().enumerate() {
            for other in &posts {
                if post.0 != other.0 && post.1 == other.1 && post.1 != 0
                    && (post.2 - other.2).abs() <= window
                {
                    let users = (users[post.0 as usize], users[other.0 as usize]);
                    partners.entry(users).or_default().insert(one);
                }
            }
        }
        let expected: Vec<(&str, &str, u32)> = partners
            .into_iter()
            .map(|((one, other), of_one)| (one, other, of_one.len() as u32))
            .filter(|edge| edge.2 >= weight)
            .collect();
        let options = options(Network::CoRetweet, f64::from(window), weight);
        let found = cnt::network(&messages, &options).unwrap();
        let found: Vec<(&str, &str, u32)> =
            found.edges().iter().map(|edge| (edge.user_1, edge.user_2, edge.weight)).collect();
        prop_assert_eq!(found, expected);
    }
}
