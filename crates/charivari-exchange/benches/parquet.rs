//! How fast five million acts become a Parquet file, and what other ways would cost.
//!
//! What is measured: writing the whole table to memory, on all cores. `ours` is
//! [`charivari_exchange::parquet_table`]; `library` the Parquet library's own writer on one thread,
//! with each compression, its sizes printed before. The table is synthetic: 5,000,000 rows sorted
//! by object, 60,000 objects, 8,000 accounts, 200,000 posts, times of whole seconds.

#![allow(missing_docs, reason = "criterion makes a public function")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a benchmark fails by panicking")]
#![allow(clippy::cast_possible_wrap, reason = "small synthetic numbers")]

mod support;

use arrow_array::RecordBatch;
use charivari_exchange::parquet_table::TableWriter;
use charivari_model::Provenance;
use criterion::{Criterion, criterion_group, criterion_main};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};

const ROWS: usize = 5_000_000;

fn ours(batch: &RecordBatch) -> Vec<u8> {
    let provenance = Provenance {
        tool: "charivari".to_owned(),
        command: "bench".to_owned(),
        parameters: Vec::new(),
        inputs: Vec::new(),
    };
    let schema = batch.schema();
    let mut writer = TableWriter::new(Vec::new(), &schema, &provenance, "acts").unwrap();
    for from in (0..batch.num_rows()).step_by(1 << 16) {
        let rows = (batch.num_rows() - from).min(1 << 16);
        writer.write(&batch.slice(from, rows)).unwrap();
    }
    writer.finish().unwrap()
}

fn library(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_dictionary_page_size_limit(64 << 20)
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn parquet(criterion: &mut Criterion) {
    let batch = support::acts(ROWS);
    let mut group = criterion.benchmark_group("five_million_acts");
    group.sample_size(10);
    eprintln!("ours: {} bytes", ours(&batch).len());
    group.bench_function("ours", |bencher| bencher.iter(|| ours(&batch)));
    for (name, compression) in [
        ("none", Compression::UNCOMPRESSED),
        ("lz4", Compression::LZ4_RAW),
        ("snappy", Compression::SNAPPY),
        ("zstd1", Compression::ZSTD(ZstdLevel::try_new(1).unwrap())),
    ] {
        eprintln!("library, {name}: {} bytes", library(&batch, compression).len());
        group.bench_function(format!("library_{name}"), |bencher| {
            bencher.iter(|| library(&batch, compression));
        });
    }
    group.finish();
}

criterion_group!(benches, parquet);
criterion_main!(benches);
