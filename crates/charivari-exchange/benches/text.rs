//! How fast tables become CSV and networks become graph files.
//!
//! What is measured: writing to memory. The CSV table has 1,000,000 rows and ten columns of every
//! common type; the network 113,113 edges of 2,332 nodes, the size of the reference case.

#![allow(missing_docs, reason = "criterion makes a public function")]
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![allow(clippy::cast_possible_wrap, reason = "small synthetic numbers")]

mod support;

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, UInt32Array};
use charivari_exchange::network::{Attribute, Edges, Network, Nodes, Span, Texts, Values, Weights};
use charivari_exchange::palette::{Rgb, colour};
use charivari_exchange::{csv_table, gexf, graphml};
use charivari_model::Timestamp;
use criterion::{Criterion, criterion_group, criterion_main};

const ROWS: usize = 1_000_000;
const NODES: usize = 2_332;
const EDGES: usize = 113_113;

fn csv(criterion: &mut Criterion) {
    let acts = support::acts(ROWS);
    let rows = 0..u32::try_from(ROWS).unwrap();
    let more: [ArrayRef; 3] = [
        Arc::new(Int64Array::from_iter_values(rows.clone().map(|row| i64::from(row) * -977))),
        Arc::new(UInt32Array::from_iter_values(rows.clone())),
        Arc::new(rows.map(|row| Some(row % 3 == 0)).collect::<BooleanArray>()),
    ];
    let names = ["behaviour", "object", "source", "target", "post", "time", "delay"];
    let columns = names.into_iter().zip([0, 1, 2, 3, 4, 6, 7].map(|at| acts.column(at).clone()));
    let table =
        RecordBatch::try_from_iter(columns.chain(["n", "row", "flag"].into_iter().zip(more)));
    let table = table.unwrap();
    let mut group = criterion.benchmark_group("csv");
    group.sample_size(10);
    group.bench_function("one_million_rows_of_ten_columns", |bencher| {
        bencher.iter(|| csv_table::write(Vec::new(), &table.schema(), [&table]).unwrap());
    });
    group.finish();
}

fn graphs(criterion: &mut Criterion) {
    let mut random = support::Random::new();
    let mut many = |end: usize| -> Vec<u32> {
        (0..EDGES).map(|_| u32::try_from(random.below(end)).unwrap()).collect()
    };
    let (source, target) = (many(NODES), many(NODES));
    let (weight, acts, bits) = (many(900), many(48_423), many(8));
    let first: Vec<Timestamp> = many(30_000_000)
        .into_iter()
        .map(|second| Timestamp::from_seconds(1_600_000_000 + i64::from(second)))
        .collect();
    let last: Vec<Timestamp> =
        first.iter().map(|time| Timestamp(time.0 + 86_400_000_000)).collect();
    let delay: Vec<f64> = acts.iter().map(|&acts| f64::from(acts) / 7.0).collect();
    let ids: Vec<String> = (0..NODES).map(|n| format!("x:{:019}", n * 7_919_000_003)).collect();
    let colours: Vec<Rgb> = (0..NODES).map(|n| colour(u32::try_from(n % 30).ok())).collect();
    let places: Vec<f32> = (0..NODES).map(|n| n as f32 * 0.37).collect();
    let attribute = |id: &'static str, values| Attribute { id, title: id, values };
    let network = Network {
        description: "synthetic",
        creator: "benchmark",
        nodes: Nodes {
            ids: Texts::Owned(&ids),
            labels: None,
            colours: Some(&colours),
            sizes: Some(&places),
            positions: Some((&places, &places)),
            seen: None,
            attributes: vec![attribute("acts", Values::Counts(&acts[..NODES]))],
        },
        edges: Edges {
            source: &source,
            target: &target,
            weight: Weights::Counts(&weight),
            seen: Some(Span { first: &first, last: &last }),
            attributes: vec![
                attribute("acts", Values::Counts(&acts)),
                attribute("posts_source", Values::Counts(&weight)),
                attribute("posts_target", Values::Counts(&weight)),
                attribute("mean_delay_s", Values::Reals(&delay)),
                attribute(
                    "behaviours",
                    Values::Flags { bits: &bits, names: &["repost", "link", "text"] },
                ),
            ],
        },
    };
    let mut group = criterion.benchmark_group("graph_of_113113_edges");
    group.sample_size(10);
    group.bench_function("gexf", |bencher| {
        bencher.iter(|| gexf::write(Vec::new(), &network).unwrap());
    });
    group.bench_function("graphml", |bencher| {
        bencher.iter(|| graphml::write(Vec::new(), &network).unwrap());
    });
    group.finish();
}

criterion_group!(benches, csv, graphs);
criterion_main!(benches);
