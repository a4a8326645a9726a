//! Time of drawing a graph, its groups given.
//!
//! Corpus: synthetic planted partitions. `dense` has 2,332 nodes and 113,113 edges drawn before
//! parallel ones are added up, the size of a month of one campaign's shared tags; `large` has
//! 20,000 nodes and about 300,000 edges; `scattered` has 6,000 nodes in 2,000 components. The aim
//! is well under 2 s for the first and under 8 s for the second, on two cores.
//!
//! The time is that of the iterations, whose number falls with size (see `Options::iterations`).

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
