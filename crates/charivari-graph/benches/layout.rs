//! Time of drawing a graph, its groups given.
//!
//! Corpus: synthetic planted partitions. `dense` has 2,332 nodes and 116,311 edges; `large` has
//! 20,000 nodes and 297,663 edges; `scattered` has 6,000 nodes, nearly all of them in components
//! of up to three. The aim is well under 2 s for the first and under 8 s for the second, on two
//! cores.
//!
//! Measured on two shared cores of a virtual machine in November 2026, other work going on: dense
//! 0.65 s, large 1.3 s, scattered 0.05 s. Nearly all of it is the iterations, whose number falls
//! with size (see `Options::iterations`).

use std::hint::black_box;

use charivari_graph::layout::Options;
use charivari_graph::{Graph, layout};
use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../fixtures/generate.rs"]
mod generate;

fn drawings(criterion: &mut Criterion) {
    let cases = [
        ("dense", generate::planted(11, 212, 115.0, 0.7, 1)),
        ("large", generate::planted(100, 200, 31.0, 0.7, 2)),
        ("scattered", generate::planted(2000, 3, 2.0, 1.0, 3)),
    ];
    let mut group = criterion.benchmark_group("layout");
    group.sample_size(10);
    for (name, edges) in cases {
        let built = Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight);
        let Ok(graph) = built else { continue };
        let options = Options { groups: Some(edges.planted), ..Options::default() };
        let size = format!("{name}_{}_nodes_{}_edges", graph.node_count(), graph.edge_count());
        group.bench_function(size, |b| b.iter(|| layout(black_box(&graph), &options)));
    }
    group.finish();
}

criterion_group!(benches, drawings);
criterion_main!(benches);
