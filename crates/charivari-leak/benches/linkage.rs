//! How many pairs of records are compared a second, on one core: ten columns of invented people, of which
//! pairs agree in some. Divide the pairs by the time.

#![allow(missing_docs, reason = "the macros of criterion make public items")]

use charivari_leak::Kind;
use charivari_leak::linkage::{Records, compare_all};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const KINDS: [Kind; 10] = [
    Kind::GivenName,
    Kind::FamilyName,
    Kind::RowId,
    Kind::Street,
    Kind::FreeText,
    Kind::City,
    Kind::Postcode,
    Kind::Category,
    Kind::BirthDate,
    Kind::NationalId,
];

fn people(count: usize) -> Records {
    let syllables = ["ba", "ko", "mi", "ru", "te", "sol", "vin", "gar", "lu", "ne", "pha"];
    let word = |at: usize| -> String {
        [at, at / 11, at / 121].map(|at| syllables[at % syllables.len()]).concat()
    };
    let mut records = Records::new(&KINDS);
    for at in 0..count {
        let row = [
            word(at * 31 % 53),
            format!("zqx{}", word(at * 17 % 1_331)),
            format!("{}", at % 97 + 1),
            format!("{} street", word(at * 13 % 1_211)),
            word(at * 7 % 911),
            word(at * 29 % 337),
            format!("{:04}", at * 37 % 10_000),
            ["nsw", "vic", "qld"][at % 3].to_owned(),
            format!("19{:02}{:02}{:02}", at * 7 % 80 + 10, at * 5 % 12 + 1, at * 11 % 28 + 1),
            format!("{:07}", at * 7_919 % 10_000_000),
        ];
        records.push(row.iter().map(|value| Some(value.as_str())), None);
    }
    records
}

fn compare(criterion: &mut Criterion) {
    let records = people(2_000);
    let pairs: Vec<(u32, u32)> =
        (0..400_000_u32).map(|at| (at % 2_000, at * 7_919 % 2_000)).collect();
    let mut group = criterion.benchmark_group("linkage");
    group.throughput(Throughput::Elements(pairs.len() as u64));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    group.bench_function("compare pairs of ten columns, one core", |bencher| {
        if let Ok(one) = &one {
            bencher.iter(|| one.install(|| compare_all(&records, &records, &pairs)));
        }
    });
    group.finish();
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = compare }
criterion_main!(benches);
