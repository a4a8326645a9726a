//! How fast the inspector takes rows, in bytes of values: `cargo bench -p charivari-leak --bench inspect`.
//!
//! Rows are made before the clock starts; reading files is not in it. The kinds and the mix are those
//! of a table of customers.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;

use charivari_leak::inspect::{Inspector, Settings};
use charivari_model::{Cell, Column, RowSink, TableHead};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ROWS: usize = 200_000;

fn mixed(number: usize, salt: u64) -> u64 {
    let mut z = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z ^ (z >> 31)
}

fn row(number: usize) -> Vec<String> {
    let draw = |salt: u64, below: u64| mixed(number, salt) % below;
    vec![
        (1_000 + number).to_string(),
        format!("zqx{}.kettle{}@example.org", draw(1, 9_000), draw(2, 90)),
        format!("$2y$10${:032x}{:021x}", mixed(number, 3), mixed(number, 4)),
        format!("Zqx{}", ["aline", "bert", "cile", "dine"][draw(5, 4) as usize]),
        format!("Zqx{}eau", ["mart", "bois", "ter", "pont", "rou"][draw(6, 5) as usize]),
        format!("06 39 98 {:02} {:02}", draw(7, 100), draw(8, 100)),
        format!("{} rue des Zqxlilas", draw(9, 180)),
        format!("{:05}", 1_000 + draw(10, 94_000)),
        "Zqxville-sur-Zqxeau".to_owned(),
        format!("{}-{:02}-{:02}", 1_940 + draw(11, 60), 1 + draw(12, 12), 1 + draw(13, 28)),
        format!(
            "2021-{:02}-{:02} {:02}:{:02}:{:02}",
            1 + draw(14, 12),
            1 + draw(15, 28),
            draw(16, 24),
            draw(17, 60),
            draw(18, 60)
        ),
        format!("{}.{:02}", draw(19, 300), draw(20, 100)),
        ["actif", "annulé", "suspendu"][draw(21, 3) as usize].to_owned(),
        format!("192.0.2.{}", draw(22, 256)),
    ]
}

fn inspect(criterion: &mut Criterion) {
    let names = [
        "id",
        "email",
        "passwd",
        "prenom",
        "nom",
        "tel",
        "rue",
        "cp",
        "ville",
        "naissance",
        "created",
        "montant",
        "statut",
        "ip",
    ];
    let columns = names.iter().map(|name| Column { name: (*name).to_owned(), declared: None });
    let head = TableHead { columns: columns.collect(), ..TableHead::default() };
    let rows: Vec<Vec<String>> = (0..ROWS).map(row).collect();
    // What stands in a CSV: the values and one byte between them.
    let bytes: usize = rows.iter().flatten().map(|value| value.len() + 1).sum();
    let mut group = criterion.benchmark_group("inspect");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("rows of customers", |bencher| {
        bencher.iter(|| {
            let mut inspector = Inspector::new(Settings::default());
            inspector.table(&head);
            let mut cells = Vec::with_capacity(names.len());
            for (row, number) in rows.iter().zip(1..) {
                cells.clear();
                cells.extend(row.iter().map(|value| Cell::Text(value)));
                inspector.row(number, &cells);
            }
            black_box(inspector)
        });
    });
    group.finish();
}

criterion_group!(benches, inspect);
criterion_main!(benches);
