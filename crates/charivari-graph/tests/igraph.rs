//! Our communities against igraph's on the graphs that both have seen (`fixtures/make_oracle.py`).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "test code")]

use std::fs;
use std::path::{Path, PathBuf};

use charivari_graph::leiden::{Options, Quality};
use charivari_graph::{Graph, leiden};

/// One row of fixtures/oracle.csv.
struct Expected {
    graph: String,
    nodes: u32,
    edges: usize,
    quality: Quality,
    resolution: f64,
    best: f64,
    median: f64,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("the fixtures are part of the crate");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn oracle() -> Vec<Expected> {
    let number = |text: &String| text.parse::<f64>().expect("a number");
    rows(&fixtures().join("oracle.csv"))
        .iter()
        .map(|row| Expected {
            graph: row[0].clone(),
            nodes: row[1].parse().expect("a number"),
            edges: row[2].parse().expect("a number"),
            quality: if row[3] == "CPM" { Quality::Cpm } else { Quality::Modularity },
            resolution: number(&row[4]),
            best: number(&row[5]),
            median: number(&row[6]),
        })
        .collect()
}

fn read(name: &str, nodes: u32) -> Graph {
    let (mut source, mut target, mut weight) = (vec![], vec![], vec![]);
    for row in rows(&fixtures().join("graphs").join(name).with_extension("csv")) {
        source.push(row[0].parse().expect("a node"));
        target.push(row[1].parse().expect("a node"));
        weight.push(row[2].parse().expect("a weight"));
    }
    Graph::from_edges(nodes, &source, &target, &weight).expect("a graph")
}

#[test]
fn both_have_seen_the_same_graphs() {
    let expected = oracle();
    assert_eq!(expected.len(), 10, "five graphs, two objectives");
    for Expected { graph, nodes, edges, .. } in expected {
        let read = read(&graph, nodes);
        assert_eq!((read.node_count(), read.edge_count()), (nodes, edges), "{graph}");
    }
}

#[test]
fn modularity_is_within_two_thousandths_of_the_best_of_igraph_for_every_seed() {
    for e in oracle().iter().filter(|e| e.quality == Quality::Modularity) {
        let graph = read(&e.graph, e.nodes);
        for seed in 0..8 {
            let met = leiden(&graph, &Options { seed, ..Options::default() }).unwrap();
            assert!(
                met.quality >= e.best - 0.002,
                "{} seed {seed}: {:.6}, igraph's best {:.6}, median {:.6}",
                e.graph,
                met.quality,
                e.best,
                e.median
            );
        }
    }
}

#[test]
fn the_constant_potts_model_is_within_a_hundredth_of_the_median_of_igraph() {
    for e in oracle().iter().filter(|e| e.quality == Quality::Cpm) {
        let graph = read(&e.graph, e.nodes);
        for seed in 0..8 {
            let options = Options {
                quality: e.quality,
                resolution: e.resolution,
                seed,
                ..Options::default()
            };
            let met = leiden(&graph, &options).unwrap().quality;
            assert!(met >= 0.99 * e.median, "{} seed {seed}: {met}, igraph {}", e.graph, e.median);
        }
    }
}
