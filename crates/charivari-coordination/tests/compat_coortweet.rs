//! Our `CooRTweet` tables against those that the package itself made.
#![allow(clippy::unwrap_used)]

mod compat_support;

use charivari_coordination::compat::coortweet::{self, Options, Pairs, Rows};
use charivari_coordination::compat::{CompatError, IdColumn};
use compat_support::{Table, assert_same_rows, assert_same_table, fixture, shared};
use proptest::prelude::*;

fn rows(table: &Table) -> Rows<'_> {
    let ids = |name| IdColumn::from_values(table.column(name)).unwrap();
    let times: Vec<f64> =
        table.column("timestamp_share").iter().map(|time| time.parse().unwrap()).collect();
    Rows::new(ids("object_id"), ids("account_id"), ids("content_id"), times).unwrap()
}

fn options(time_window_s: f64, min_participation: u32) -> Options {
    Options { time_window_s, min_participation, ..Options::default() }
}

fn pair_table(pairs: &Pairs<'_>) -> Table {
    Table::ours(&pairs.header(), pairs.records())
}

fn edge_table(pairs: &Pairs<'_>, edge_weight: f64) -> Table {
    let edges = coortweet::network(pairs, edge_weight).unwrap();
    Table::ours(edges.header(), edges.records())
}

/// The `_edges_canonical` form: a < b by bytes, and the weight.
fn canonical(edges: &Table) -> Table {
    let mut edges = edges.select(&["from", "to", "weight"]);
    edges.header = ["a", "b", "weight"].map(str::to_owned).to_vec();
    edges
}

#[test]
fn the_bundled_russian_data_gives_the_peers_tables() {
    let Some(input) = shared("russian_coord_tweets.csv") else { return };
    let input = Table::read(&input);
    let rows = rows(&input);
    for (window, participation) in [(60, 1), (60, 2), (60, 5), (10, 2), (10, 5)] {
        let case = format!("coortweet_russian_tw{window}_mp{participation}");
        let pairs = coortweet::detect(&rows, &options(f64::from(window), participation)).unwrap();
        let edges = edge_table(&pairs, 0.5);
        if let Some(peer) = shared(&format!("{case}_pairs.csv")) {
            let peer = Table::read(&peer).without_direction_of_ties();
            assert_same_rows(&case, &pair_table(&pairs).without_direction_of_ties(), &peer);
        }
        if let Some(peer) = shared(&format!("{case}_edges_canonical.csv")) {
            assert_same_table(&case, &canonical(&edges), &Table::read(&peer));
        }
        if participation == 2
            && let Some(peer) = shared(&format!("{case}_edges.csv"))
        {
            assert_same_table(&case, &edges, &Table::read(&peer));
        }
    }
}

#[test]
fn the_bundled_russian_data_gives_the_peers_speed_subnetwork() {
    let Some(input) = shared("russian_coord_tweets.csv") else { return };
    let Some(peer) = shared("coortweet_russian_tw60_mp2_speed10_edges.csv") else { return };
    let input = Table::read(&input);
    let rows = rows(&input);
    let options = Options { speed_window_s: Some(10.0), ..options(60.0, 2) };
    let pairs = coortweet::detect(&rows, &options).unwrap();
    let flagged = pairs.is_fast().unwrap().iter().filter(|&&is_fast| is_fast).count();
    assert_eq!((pairs.len(), flagged), (3791, 447));
    // The quantile of .95 marks the same edges as .5 here, so that the table does not tell which
    // one made it; the canonical case above pins .5.
    assert_same_table("speed 10", &edge_table(&pairs, 0.95), &Table::read(&peer));
}

/// No table of this case is kept, only its figures.
#[test]
fn the_bundled_russian_data_with_loops_gives_the_peers_figures() {
    let Some(input) = shared("russian_coord_tweets.csv") else { return };
    let input = Table::read(&input);
    let rows = rows(&input);
    let options = Options { remove_loops: false, ..options(10.0, 5) };
    let pairs = coortweet::detect(&rows, &options).unwrap();
    let edges = coortweet::network(&pairs, 0.5).unwrap();
    let heaviest = edges.edges().iter().map(|edge| edge.full.weight).max();
    let above = edges.edges().iter().filter(|edge| edge.is_above).count();
    assert_eq!((pairs.len(), edges.edges().len(), heaviest, above), (60, 27, Some(26), 5));
}

#[test]
fn the_peers_simulator_gives_the_answer_it_expects() {
    for (case, window, participation) in
        [("sim_seed1_n200_tw10_mp3", 10.0, 3), ("sim_seed123_n2000_tw10_mp2", 10.0, 2)]
    {
        let Some(input) = shared(&format!("coortweet_{case}_input.csv")) else { continue };
        let input = Table::read(&input);
        let rows = rows(&input);
        let pairs = coortweet::detect(&rows, &options(window, participation)).unwrap();
        let ours = pair_table(&pairs).without_direction_of_ties();
        for answer in ["expected", "detect"] {
            let Some(peer) = shared(&format!("coortweet_{case}_{answer}.csv")) else { continue };
            let peer = Table::read(&peer).without_direction_of_ties();
            assert_same_rows(&format!("{case} {answer}"), &ours, &peer);
        }
    }
}

#[test]
fn hashtags_of_the_internet_research_agency_give_the_peers_edges() {
    let Some(input) = shared("ira_hashtag_400k.csv.xz") else { return };
    let mut input = Table::read_xz(&input);
    for (name, length, pair_rows) in [("400k", 400_000, 216_982), ("100k", 100_000, 182_427)] {
        input.rows.truncate(length);
        let rows = rows(&input);
        let pairs = coortweet::detect(&rows, &options(60.0, 2)).unwrap();
        assert_eq!(pairs.len(), pair_rows, "{name}");
        let table = format!("coortweet_ira_hashtag{name}_tw60_mp2_edges_canonical.csv");
        if let Some(peer) = shared(&table) {
            assert_same_table(name, &canonical(&edge_table(&pairs, 0.5)), &Table::read(&peer));
        }
    }
}

/// Every field and the order of every row, on synthetic inputs made to be awkward.
#[test]
fn awkward_synthetic_inputs_give_the_peers_tables_row_for_row() {
    let cases = Table::read(&fixture("coortweet_cases.csv"));
    assert!(cases.rows.len() >= 14);
    for case in &cases.rows {
        let [name, input, window, participation, loops, speed, edge_weight] = case.as_slice()
        else {
            panic!("{case:?}");
        };
        let input = Table::read(&fixture(&format!("coortweet_{input}_input.csv")));
        let rows = rows(&input);
        let options = Options {
            time_window_s: window.parse().unwrap(),
            min_participation: participation.parse().unwrap(),
            remove_loops: loops == "1",
            speed_window_s: speed.parse().ok(),
            ..Options::default()
        };
        let pairs = coortweet::detect(&rows, &options).unwrap();
        let edges = edge_table(&pairs, edge_weight.parse().unwrap());
        for (table, ours) in [("pairs", pair_table(&pairs)), ("edges", edges)] {
            let peer = Table::read(&fixture(&format!("coortweet_{name}_{table}.csv")));
            // Only times of tenths of a second bring digits beyond what both write alike.
            let (ours, peer) = match name.split_once('_') {
                Some(("tenths", _)) => (ours.rounded(), peer.rounded()),
                _ => (ours, peer),
            };
            assert_same_table(&format!("{name} {table}"), &ours, &peer);
        }
    }
}

#[test]
fn the_columns_stand_in_the_documented_order() {
    let ids = |values: [&'static str; 2]| IdColumn::from_values(values).unwrap();
    let rows =
        Rows::new(ids(["o", "o"]), ids(["b", "a"]), ids(["p", "q"]), vec![0.0, 0.5]).unwrap();
    let plain = coortweet::detect(&rows, &options(1.0, 1)).unwrap();
    let table = pair_table(&plain);
    assert_eq!(
        table.header.join(","),
        "object_id,account_id,account_id_y,content_id,content_id_y,time_delta"
    );
    assert_eq!(table.rows, [["o", "b", "a", "p", "q", "0.5"]]);
    let edges = edge_table(&plain, 0.5);
    assert_eq!(
        edges.header.join(","),
        "from,to,weight,avg_time_delta,n_content_id,n_content_id_y,edge_symmetry_score,\
         weight_threshold"
    );
    assert_eq!(edges.rows, [["a", "b", "1", "0.5", "1", "1", "1", "0"]]);
    let options = Options { speed_window_s: Some(0.25), ..options(1.0, 1) };
    let fast = coortweet::detect(&rows, &options).unwrap();
    assert_eq!(pair_table(&fast).header[6], "time_window_0.25");
    assert_eq!(
        edge_table(&fast, 0.5).rows,
        [["a", "b", "1", "", "0.5", "", "1", "1", "", "", "1", "", "0", ""]]
    );
}

#[test]
fn too_many_pairs_are_refused_before_they_are_made() {
    let many = 50_000;
    let one = IdColumn::new(vec![0; many], vec!["one"]).unwrap();
    let names: Vec<String> = (0..many).map(|number| number.to_string()).collect();
    let each = IdColumn::from_values(names.iter().map(String::as_str)).unwrap();
    let rows = Rows::new(one, each.clone(), each, vec![0.0; many]).unwrap();
    let error = coortweet::detect(&rows, &options(1.0, 1)).unwrap_err();
    assert_eq!(error, CompatError::TooManyPairs { limit: 250_000_000 });
    let few = Options { max_pairs: 1_249_975_000, ..options(1.0, 60_000) };
    assert!(coortweet::detect(&rows, &few).unwrap().is_empty());
}

#[test]
fn senseless_parameters_and_columns_are_refused() {
    let rows = Rows::default();
    assert!(coortweet::detect(&rows, &Options::default()).unwrap().is_empty());
    for window in [-1.0, f64::NAN, f64::INFINITY] {
        let error = coortweet::detect(&rows, &options(window, 2)).unwrap_err();
        assert!(error.to_string().starts_with("E0471: `time_window`"), "{error}");
        let speed = Options { speed_window_s: Some(window), ..Options::default() };
        let error = coortweet::detect(&rows, &speed).unwrap_err();
        assert!(error.to_string().starts_with("E0471: `speed_window`"), "{error}");
    }
    let pairs = coortweet::detect(&rows, &Options::default()).unwrap();
    for quantile in [-0.1, 1.1, f64::NAN] {
        assert!(coortweet::network(&pairs, quantile).is_err(), "{quantile}");
    }
    let ids = || IdColumn::from_values(["a"]).unwrap();
    let error = Rows::new(ids(), ids(), ids(), vec![]).unwrap_err();
    let column = "timestamp_share";
    assert_eq!(error, CompatError::ColumnLength { column, expected: 1, found: 0 });
}

#[test]
fn times_that_are_no_numbers_belong_to_no_pair() {
    let ids = |values: [&'static str; 4]| IdColumn::from_values(values).unwrap();
    let (accounts, contents) = (ids(["a", "b", "c", "d"]), ids(["p", "q", "r", "s"]));
    let times = vec![f64::NAN, f64::INFINITY, 5.0, 5.0];
    let rows = Rows::new(ids(["o"; 4]), accounts, contents, times).unwrap();
    let pairs = coortweet::detect(&rows, &options(1e300, 1)).unwrap();
    assert_eq!(pairs.rows(), [(2, 3)]);
}

/// Run with `cargo test --release --test compat_coortweet -- --ignored --nocapture`.
#[test]
#[ignore = "measures instead of testing"]
#[allow(clippy::print_stderr)]
fn how_long_four_hundred_thousand_traces_take() {
    let Some(input) = shared("ira_hashtag_400k.csv.xz") else { return };
    let input = Table::read_xz(&input);
    let start = std::time::Instant::now();
    let rows = rows(&input);
    eprintln!("{} rows numbered in {:?}", rows.len(), start.elapsed());
    for speed_window_s in [None, Some(10.0)] {
        let options = Options { speed_window_s, ..options(60.0, 2) };
        let start = std::time::Instant::now();
        let pairs = coortweet::detect(&rows, &options).unwrap();
        let detected = start.elapsed();
        let edges = coortweet::network(&pairs, 0.5).unwrap();
        let all = start.elapsed();
        let (pairs, edges) = (pairs.len(), edges.edges().len());
        eprintln!("{speed_window_s:?}: {pairs} pairs in {detected:?}, {edges} edges by {all:?}");
    }
}

proptest! {
    /// Every two rows compared, as the peer does it, against sorting and two pointers.
    #[test]
    fn pairs_are_those_of_the_quadratic_definition(
        traces in prop::collection::vec((0_u8..4, 0_u8..6, 0_u8..20, -30_i32..30), 0..60),
        window in 0_i32..12,
    ) {
        let names: Vec<String> = (0..20).map(|number| format!("n{number}")).collect();
        let column = |pick: fn(&(u8, u8, u8, i32)) -> u8| {
            let ids: Vec<u32> = traces.iter().map(|trace| u32::from(pick(trace))).collect();
            IdColumn::new(ids, names.iter().map(String::as_str).collect()).unwrap()
        };
        let times: Vec<f64> = traces.iter().map(|trace| f64::from(trace.3) / 2.0).collect();
        let rows = Rows::new(column(|t| t.0), column(|t| t.1), column(|t| t.2), times).unwrap();
        let window = f64::from(window) / 2.0;
        let pairs = coortweet::detect(&rows, &options(window, 1)).unwrap();
        let mut found: Vec<(u32, u32)> =
            pairs.rows().iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
        found.sort_unstable();
        let mut expected = Vec::new();
        for (b, newer) in traces.iter().enumerate() {
            for (a, older) in traces.iter().enumerate().take(b) {
                // A content is a loop too where it has the name of the object.
                let is_loop = older.1 == newer.1 || older.2 == newer.2
                    || older.0 == older.2 || newer.0 == newer.2;
                let is_near = f64::from((older.3 - newer.3).abs()) / 2.0 <= window;
                if older.0 == newer.0 && !is_loop && is_near {
                    expected.push((a as u32, b as u32));
                }
            }
        }
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
        for &(older, newer) in pairs.rows() {
            prop_assert!(rows.time()[older as usize] <= rows.time()[newer as usize]);
        }
    }
}
