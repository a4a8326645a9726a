//! How long one ranking against all actors takes, and what comes before the first one.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop")]

use charivari_attribution::{Candidates, Query, Removal, Weights, knowledge_of, rank};
use charivari_knowledge::{Day, shipped};
use criterion::{Criterion, criterion_group, criterion_main};

fn ranking(criterion: &mut Criterion) {
    let known = shipped().unwrap();
    let today = known.as_of(None);
    let knowledge = knowledge_of(&today).unwrap();
    let longest = knowledge.actors().iter().max_by_key(|it| it.techniques.len()).unwrap();
    let weights = Weights::shipped().unwrap();
    let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
    let query = Query::observed(
        longest.techniques.iter().step_by(4).map(String::as_str),
        longest.software.iter().step_by(4).map(String::as_str),
    );
    criterion.bench_function("rank all actors", |bencher| {
        bencher.iter(|| rank(&candidates, &query, &weights.all.software).unwrap());
    });
    criterion.bench_function("count, then rank all actors", |bencher| {
        bencher.iter(|| {
            let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
            rank(&candidates, &query, &weights.all.software).unwrap()
        });
    });
    criterion.bench_function("knowledge of a view", |bencher| {
        bencher.iter(|| knowledge_of(&today).unwrap());
    });
    criterion.bench_function("read all that is shipped", |bencher| {
        bencher.iter(|| shipped().unwrap());
    });
    criterion.bench_function("from nothing to a ranking as of a day", |bencher| {
        bencher.iter(|| {
            let view = shipped().unwrap().as_of(Day::new(2023, 2, 2));
            let knowledge = knowledge_of(&view).unwrap();
            let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
            rank(&candidates, &query, &Weights::shipped().unwrap().all.software).unwrap()
        });
    });
}

criterion_group!(benches, ranking);
criterion_main!(benches);
