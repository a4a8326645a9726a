//! How fast posts and traces are read: a made table of posts, a made Parquet file of traces, and
//! the published traces of the Internet Research Agency where they lie beside the repository.

#![allow(missing_docs, reason = "the macros of the benchmark write public items")]
#![allow(clippy::unwrap_used, reason = "a benchmark may stop where what it needs is not there")]

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use charivari_ingest::{Input, Options, read};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use parquet::arrow::ArrowWriter;

/// Posts of the made table, and traces of the made file.
const POSTS: u32 = 100_000;
const TRACES: u32 = 1_000_000;

fn posts() -> String {
    let mut text = String::from(
        "platform,post_id,account_id,username,created_at,text,lang,retweet_id,hashtags,urls,\
         like_count,retweet_count\n",
    );
    for row in 0..POSTS {
        let account = row.wrapping_mul(2_654_435_761) % 5_000;
        writeln!(
            text,
            "x,{},{},user_{account},2023-01-{:02}T{:02}:{:02}:{:02}Z,\"Invented post {row}, about \
             ships in the harbour and a #regatta, with \"\"words\"\" to fill it\",en,{},\"['regatta', \
             'tag{}']\",https://example.org/story/{},{},{}",
            1_600_000_000_000_000_000_u64 + u64::from(row),
            990_000_000 + account,
            row % 28 + 1,
            row % 24,
            row % 60,
            row % 59,
            if row % 3 == 0 { "1600000000000000001" } else { "" },
            row % 100,
            row % 1_000,
            row % 17,
            row % 5,
        )
        .unwrap();
    }
    text
}

fn traces() -> Vec<u8> {
    let rows = 0..TRACES;
    let text = |prefix: &str, modulus: u32| -> ArrayRef {
        let values = rows
            .clone()
            .map(|row| format!("{prefix}{}", row.wrapping_mul(2_654_435_761) % modulus));
        Arc::new(StringArray::from_iter_values(values))
    };
    let ids = rows.clone().map(|row| 1_600_000_000_000_000_000 + i64::from(row));
    let times = rows.clone().map(|row| 1_673_000_000 + i64::from(row));
    let batch = RecordBatch::try_from_iter([
        ("object_id", text("hashtag", 5_000)),
        ("account_id", text("account", 3_000)),
        ("content_id", Arc::new(Int64Array::from_iter_values(ids)) as ArrayRef),
        ("timestamp_share", Arc::new(Int64Array::from_iter_values(times))),
    ])
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

/// How many rows were kept.
fn kept(input: &Input, options: &Options, threads: usize) -> u64 {
    let reports =
        read(std::slice::from_ref(input), options, threads, &(), black_box, |_| ()).unwrap();
    reports.iter().map(|report| report.kept).sum()
}

fn bench(criterion: &mut Criterion) {
    let text = posts();
    let wanted = ["platform", "post_id", "account_id", "time", "text", "links", "hashtags"];
    let few = Options { wanted: Some(wanted.into_iter().collect()), ..Options::default() };
    let mut group = criterion.benchmark_group("posts.csv");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    let input = Input::memory("posts.csv", text);
    for (name, options, threads) in
        [("some columns, 1 thread", &few, 1), ("some columns, 2 threads", &few, 2)]
    {
        assert_eq!(kept(&input, options, threads), u64::from(POSTS));
        group.bench_function(name, |b| b.iter(|| kept(&input, options, threads)));
    }
    let all = Options::default();
    group.bench_function("all columns, 1 thread", |b| b.iter(|| kept(&input, &all, 1)));
    group.finish();

    let published = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/coordination/ira_hashtags.parquet");
    let mut inputs = vec![("made", Input::memory("traces.parquet", traces()))];
    if published.exists() {
        inputs.push(("published", Input::file(published)));
    }
    let mut group = criterion.benchmark_group("traces.parquet");
    group.sample_size(10);
    for (name, input) in &inputs {
        group.throughput(Throughput::Elements(kept(input, &all, 2)));
        for threads in [1, 2] {
            group.bench_function(format!("{name}, {threads} threads"), |b| {
                b.iter(|| kept(input, &all, threads));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
