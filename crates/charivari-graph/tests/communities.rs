//! What must hold of communities on any graph.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "test code")]

use charivari_graph::leiden::{Options, Quality};
use charivari_graph::{Graph, components, cpm, leiden, modularity, order_labels};
use proptest::prelude::*;

#[path = "../fixtures/generate.rs"]
mod generate;

type Edge = (u32, u32, f64);

fn build(nodes: u32, edges: &[Edge]) -> Graph {
    let source: Vec<u32> = edges.iter().map(|e| e.0).collect();
    let target: Vec<u32> = edges.iter().map(|e| e.1).collect();
    let weight: Vec<f64> = edges.iter().map(|e| e.2).collect();
    Graph::from_edges(nodes, &source, &target, &weight).unwrap()
}

/// Whether every group hangs together by edges of its own.
fn connected(graph: &Graph, labels: &[u32]) -> bool {
    let inside: Vec<Edge> =
        graph.edges().filter(|e| labels[e.0 as usize] == labels[e.1 as usize]).collect();
    order_labels(&components(&build(graph.node_count(), &inside))) == order_labels(labels)
}

#[test]
fn small_graphs_have_the_groups_one_sees() {
    let cases: [(&str, u32, &[Edge], &[u32]); 9] = [
        ("empty", 0, &[], &[]),
        ("single node", 1, &[], &[0]),
        ("single node with a loop", 1, &[(0, 0, 2.0)], &[0]),
        ("isolated nodes", 3, &[], &[0, 1, 2]),
        ("zero weights join nothing", 3, &[(0, 1, 0.0), (1, 2, 0.0)], &[0, 1, 2]),
        ("one pair and a lone node", 3, &[(1, 2, 1.0)], &[1, 0, 0]),
        ("huge weights", 4, &[(0, 1, 4e307), (2, 3, 4e307), (1, 2, 1e300)], &[0, 0, 1, 1]),
        ("tiny weights", 4, &[(0, 1, 4e-320), (2, 3, 4e-320), (1, 2, 5e-324)], &[0, 0, 1, 1]),
        ("huge beside tiny", 4, &[(0, 3, 1e200), (1, 2, 1e-20)], &[0, 1, 1, 0]),
    ];
    for (name, nodes, edges, expected) in cases {
        for seed in 0..5 {
            let met = leiden(&build(nodes, edges), &Options { seed, ..Options::default() });
            assert_eq!(met.unwrap().labels, expected, "{name}, seed {seed}");
        }
    }
}

#[test]
fn options_out_of_range_are_refused() {
    let graph = build(2, &[(0, 1, 1.0)]);
    let base = Options::default();
    let cases = [
        ("negative resolution", Options { resolution: -0.1, ..base.clone() }),
        ("resolution not a number", Options { resolution: f64::NAN, ..base.clone() }),
        ("infinite resolution", Options { resolution: f64::INFINITY, ..base.clone() }),
        ("theta of 0", Options { theta: 0.0, ..base.clone() }),
        ("theta not a number", Options { theta: f64::NAN, ..base }),
    ];
    for (name, options) in cases {
        assert_eq!(leiden(&graph, &options).unwrap_err().code(), "E0506", "{name}");
    }
}

#[test]
fn extreme_options_end_and_mean_what_they_say() {
    let edges = generate::ring_of_cliques(10, 5);
    let graph =
        Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight).unwrap();
    for quality in [Quality::Modularity, Quality::Cpm] {
        let run = |resolution, iterations| {
            let options = Options { quality, resolution, iterations, ..Options::default() };
            leiden(&graph, &options).unwrap().groups
        };
        assert_eq!(run(0.0, 10), 1, "at resolution 0 nothing speaks for parting");
        assert_eq!(run(1e300, 10), 50, "at a huge resolution nothing speaks for joining");
        assert_eq!(run(1.0, 0), 50, "no iterations, no groups");
    }
}

#[test]
fn planted_groups_are_found_and_come_largest_first() {
    let edges = generate::planted(20, 30, 12.0, 0.9, 3);
    let graph =
        Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight).unwrap();
    let met = leiden(&graph, &Options::default()).unwrap();
    let same = (0..600).filter(|&v| met.labels[v] == met.labels[v / 30 * 30 + 7]).count();
    assert!(same > 580, "{same} of 600 nodes are with their planted group");
    let mut sizes = vec![0_u32; met.groups as usize];
    for &label in &met.labels {
        sizes[label as usize] += 1;
    }
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes.iter().all(|&size| size > 0));
}

#[test]
fn equally_good_weights_of_any_unit_give_the_same_groups() {
    let edges = generate::shared_tags(150, 6, 9);
    let graph = |unit: f64| {
        let weight: Vec<f64> = edges.weight.iter().map(|w| w * unit).collect();
        Graph::from_edges(edges.nodes, &edges.source, &edges.target, &weight).unwrap()
    };
    let labels = |unit| leiden(&graph(unit), &Options::default()).unwrap().labels;
    // Powers of two change no digit of a double.
    assert_eq!(labels(1.0), labels(f64::from(1 << 20)));
    assert_eq!(labels(1.0), labels(0.125));
}

#[test]
fn the_seed_decides_where_quality_does_not() {
    let edges = generate::heavy_tailed(500, 0.6, 8);
    let graph =
        Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight).unwrap();
    let labels = |seed| leiden(&graph, &Options { seed, ..Options::default() }).unwrap().labels;
    assert_eq!(labels(3), labels(3));
    assert!((0..5).any(|seed| labels(seed) != labels(seed + 1)), "every seed gives the same");
}

#[test]
fn groups_of_sparse_graphs_are_connected() {
    // Without refinement a few in a hundred of these get groups in pieces.
    for seed in 0..100 {
        let edges = generate::planted(10, 10, 2.2, 0.3, seed);
        let graph =
            Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight).unwrap();
        for (iterations, theta) in [(1, 0.01), (2, 0.01), (10, 100.0)] {
            let options = Options { seed, iterations, theta, ..Options::default() };
            let met = leiden(&graph, &options).unwrap();
            assert!(connected(&graph, &met.labels), "seed {seed}, {iterations} iterations");
        }
    }
}

/// A graph of up to 40 nodes with weights of very different size, some 0.
fn any_graph() -> impl Strategy<Value = (u32, Vec<Edge>)> {
    let weight = prop_oneof![
        5 => Just(1.0),
        2 => 0.0..10.0_f64,
        1 => Just(1e-12),
        1 => Just(1e12),
        1 => Just(0.0)
    ];
    (1_u32..40).prop_flat_map(move |n| {
        (Just(n), prop::collection::vec((0..n, 0..n, weight.clone()), 0..120))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn groups_are_connected_and_measured_right((nodes, edges) in any_graph(), seed in 0_u64..4) {
        let graph = build(nodes, &edges);
        for quality in [Quality::Modularity, Quality::Cpm] {
            let options = Options { quality, seed, resolution: 0.8, ..Options::default() };
            let met = leiden(&graph, &options).unwrap();
            prop_assert!(connected(&graph, &met.labels));
            prop_assert_eq!(&order_labels(&met.labels), &met.labels);
            let measured = match quality {
                Quality::Modularity => modularity(&graph, &met.labels, 0.8),
                Quality::Cpm => cpm(&graph, &met.labels, 0.8),
            }.unwrap();
            prop_assert!((measured - met.quality).abs() <= 1e-9 * measured.abs().max(1.0));
            let alone: Vec<u32> = (0..nodes).collect();
            let start = match quality {
                Quality::Modularity => modularity(&graph, &alone, 0.8),
                Quality::Cpm => cpm(&graph, &alone, 0.8),
            }.unwrap();
            prop_assert!(met.quality >= start);
        }
    }

    #[test]
    fn the_order_of_edges_and_their_direction_change_nothing(
        (nodes, edges) in any_graph(), seed in 0_u64..4, turn in 0_usize..120,
    ) {
        let options = Options { seed, ..Options::default() };
        let expected = leiden(&build(nodes, &edges), &options).unwrap();
        let mut turned: Vec<Edge> = edges.iter().map(|&(a, b, w)| (b, a, w)).collect();
        turned.reverse();
        let by = turn.min(turned.len());
        turned.rotate_left(by);
        prop_assert_eq!(&leiden(&build(nodes, &turned), &options).unwrap(), &expected);
    }
}
