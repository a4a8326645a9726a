//! How long one ranking against all actors takes, the shipped reports behind them.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop")]

use charivari_attribution::{
    Candidates, Knowledge, Profile, Query, Removal, Reports, Weights, rank,
};
use criterion::{Criterion, criterion_group, criterion_main};

/// One profile for each group of the shipped reports, with all that is told of it.
fn profiles(reports: &Reports) -> Vec<Profile> {
    let mut profiles = std::collections::BTreeMap::new();
    for row in reports.uses.iter().filter(|row| row.subject.starts_with('G')) {
        let held = profiles.entry(row.subject.clone()).or_insert_with(|| Profile {
            id: row.subject.clone(),
            name: row.subject.clone(),
            country: None,
            techniques: Vec::new(),
            software: Vec::new(),
        });
        held.techniques.extend(row.techniques.iter().cloned());
        held.software.extend(row.software.iter().cloned());
    }
    let unique = |mut profile: Profile| {
        for list in [&mut profile.techniques, &mut profile.software] {
            list.sort();
            list.dedup();
        }
        profile
    };
    profiles.into_values().map(unique).collect()
}

fn ranking(criterion: &mut Criterion) {
    let reports = Reports::shipped().unwrap();
    let actors = profiles(&reports);
    let longest = actors.iter().max_by_key(|it| it.techniques.len()).unwrap().clone();
    let knowledge = Knowledge::new(actors, &reports).unwrap();
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
    criterion.bench_function("read the shipped table", |bencher| {
        bencher.iter(|| Reports::shipped().unwrap());
    });
}

criterion_group!(benches, ranking);
criterion_main!(benches);
