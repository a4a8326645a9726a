//! Time of building a graph and of finding its communities.
//!
//! Corpus: a synthetic graph of 50,000 nodes and 242,348 edges in 500 planted groups of 100, 70 %
//! of the edges within a group (`planted(500, 100, 10.0, 0.7, 1)`). To compare with igraph, write
//! it with `cargo run --example write_graphs -- DIR large` and give the file to
//! `fixtures/make_oracle.py`.
//!
//! Measured on two shared cores of a virtual machine in November 2026, all on this one graph:
//! igraph 1.0.0 needs 0.3 s for 2 iterations (modularity 0.6921) and 0.9 s for 10 (0.6924); this
//! crate 0.2 s (0.6920 to 0.6921) and 0.6 s (0.6923 to 0.6924); building the graph takes 4 ms.

use std::hint::black_box;

use charivari_graph::leiden::Options;
use charivari_graph::{Graph, components, leiden};
use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../fixtures/generate.rs"]
mod generate;

fn communities(criterion: &mut Criterion) {
    let edges = generate::planted(500, 100, 10.0, 0.7, 1);
    let build = || Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight);
    let Ok(graph) = build() else { return };
    let mut group = criterion.benchmark_group("planted_50000");
    group.sample_size(10);
    group.bench_function("build", |b| b.iter(build));
    group.bench_function("components", |b| b.iter(|| components(black_box(&graph))));
    for iterations in [2, 10] {
        let options = Options { iterations, ..Options::default() };
        group.bench_function(format!("leiden_{iterations}_iterations"), |b| {
            b.iter(|| leiden(black_box(&graph), &options));
        });
    }
    group.finish();
}

criterion_group!(benches, communities);
criterion_main!(benches);
