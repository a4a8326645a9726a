//! From traces to edges, beside the shortest program that does the same.
//!
//! What is measured: `naive` sorts numbered traces by object and time, runs two pointers, sorts the
//! pairs it met and counts them: forty lines, one thread, no evidence kept. `ours` starts from the
//! same traces in a store and yields edges with all their columns and the acts behind them.
//!
//! Corpus: 1.46 million traces of 2,800 accounts on 100,000 objects whose popularity falls by
//! Zipf's law, at minute resolution, from a fixed seed; like the hashtags of the Internet Research
//! Agency's posts. `CHARIVARI_TRACES=FILE.csv` takes a trace table instead (object, account, post,
//! seconds).
//!
//! Notes: `cargo bench -p charivari-coordination`. The ratio is stated in docs/performance.md.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::cast_sign_loss,
    reason = "a benchmark stops where its corpus cannot be read"
)]

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array};
use charivari_coordination::{Parameters, Store, extract, network};
use charivari_model::schema;
use criterion::{Criterion, criterion_group, criterion_main};

/// A trace by numbers: object, account, post, microseconds.
type Row = (u32, u32, u32, i64);

const WINDOW: i64 = 60_000_000;

fn corpus() -> Vec<Row> {
    match std::env::var("CHARIVARI_TRACES") {
        Ok(path) => from_file(&path),
        Err(_) => synthetic(1_460_000, 100_000, 2_800),
    }
}

/// `SplitMix64`: small, and good enough for a corpus.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn synthetic(rows: u32, objects: u32, accounts: u32) -> Vec<Row> {
    let mut state = 42;
    let minutes = 2 * 365 * 24 * 60;
    let mut row = |post: u32| {
        let unit = next(&mut state) as f64 / u64::MAX as f64;
        let object = (f64::from(objects).powf(unit) - 1.0) as u32;
        let account = (next(&mut state) % u64::from(accounts)) as u32;
        let time = (next(&mut state) % minutes).cast_signed() * 60_000_000;
        (object, account, post, time)
    };
    (0..rows).map(&mut row).collect()
}

fn from_file(path: &str) -> Vec<Row> {
    let mut numbers: [HashMap<String, u32>; 3] = Default::default();
    let mut reader = csv::Reader::from_path(path).expect("the trace table can be opened");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.expect("the trace table can be read");
        let mut number = |column: usize| {
            let next = numbers[column].len() as u32;
            *numbers[column].entry(record[column].to_owned()).or_insert(next)
        };
        let seconds: f64 = record[3].parse().expect("the time is a number");
        rows.push((number(0), number(1), number(2), (seconds * 1e6) as i64));
    }
    rows
}

/// The forty-line program.
fn naive(rows: &[Row]) -> usize {
    let mut sorted: Vec<(u32, i64, u32)> =
        rows.iter().map(|(object, account, _, time)| (*object, *time, *account)).collect();
    sorted.sort_unstable();
    let mut pairs: Vec<u64> = Vec::new();
    for object in sorted.chunk_by(|a, b| a.0 == b.0) {
        for (first, (_, time, account)) in object.iter().enumerate() {
            for (_, later, other) in &object[first + 1..] {
                if later - time > WINDOW {
                    break;
                }
                if other != account {
                    pairs.push(
                        u64::from(*account.min(other)) << 32 | u64::from(*account.max(other)),
                    );
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.chunk_by(|a, b| a == b).count()
}

fn store(rows: &[Row]) -> Store {
    let mut store = Store::default();
    for chunk in rows.chunks(1 << 14) {
        let text = |name: &str, id: fn(&Row) -> u32| {
            Arc::new(StringArray::from_iter_values(
                chunk.iter().map(|row| format!("{name}{:07}", id(row))),
            ))
        };
        let times = TimestampMicrosecondArray::from_iter_values(chunk.iter().map(|row| row.3));
        let batch = RecordBatch::try_new(
            schema::traces(),
            vec![
                Arc::new(StringArray::from(vec![None::<&str>; chunk.len()])),
                text("o", |row| row.0),
                text("a", |row| row.1),
                text("p", |row| row.2),
                Arc::new(times.with_timezone("UTC")),
                Arc::new(UInt32Array::from(vec![0; chunk.len()])),
                Arc::new(UInt64Array::from_iter_values(0..chunk.len() as u64)),
            ],
        );
        let touches = extract::of_traces(&batch.expect("the columns fit"), None);
        store.add(&touches.expect("it is a trace table")).expect("there is room");
    }
    store
}

fn traces_to_edges(criterion: &mut Criterion) {
    let rows = corpus();
    let store = store(&rows);
    let parameters = Parameters { min_weight: 1, ..Parameters::plain() };
    let mut group = criterion.benchmark_group("traces_to_edges");
    group.sample_size(10);
    group.bench_function("naive", |bencher| bencher.iter(|| naive(&rows)));
    group.bench_function("ours", |bencher| {
        bencher
            .iter(|| network::join(&store, &parameters).map(|network| network.edges.edges.len()));
    });
    group.finish();
}

criterion_group!(benches, traces_to_edges);
criterion_main!(benches);
