//! How long a case takes: one weighing, and everything with all that is left out and supposed.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop")]

#[path = "../tests/known/mod.rs"]
mod known;

use charivari_attribution::{analyse, weigh};
use criterion::{Criterion, criterion_group, criterion_main};
use known::{Known, holy_souls};

fn weighing(criterion: &mut Criterion) {
    let known = Known::as_of("2023-02-02");
    let case = holy_souls();
    criterion.bench_function("weigh a case", |bencher| {
        bencher.iter(|| weigh(&known.world(), &case).unwrap());
    });
    let mut group = criterion.benchmark_group("whole");
    group.sample_size(10);
    group.bench_function("weigh, leave out, suppose, judge", |bencher| {
        bencher.iter(|| analyse(&known.world(), &case).unwrap());
    });
    group.finish();
}

criterion_group!(benches, weighing);
criterion_main!(benches);
