//! Messages a second on one thread, with and without checking signatures.
//!
//! Corpus: the simulator's eighty messages, repeated; a quarter carry two signatures (RSA with 2,048
//! bits, Ed25519). `cargo bench -p charivari-mail`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark stops where its corpus is broken"
)]

use std::hint::black_box;

use charivari_mail::{Context, Examiner, KeyBook, Mailbox, Piece, Protected, Trusted};
use charivari_simulate::mail::{Truth, mailing};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn context(with_keys: bool) -> Context {
    let mailing = mailing(1);
    let keys =
        if with_keys { KeyBook::parse(&mailing.keys, "keys").unwrap() } else { KeyBook::default() };
    Context {
        keys,
        protected: Protected::parse(&mailing.protected, "list").unwrap(),
        trusted: vec![Trusted::parse(mailing.trusted).unwrap()],
        ..Context::default()
    }
}

fn pieces(keep: impl Fn(Truth) -> bool) -> Vec<Piece> {
    let letters = mailing(1).letters.into_iter().filter(|letter| keep(letter.truth));
    letters.map(|letter| Piece { bytes: letter.bytes, ..Piece::default() }).collect()
}

fn examine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("examine");
    let unsigned = pieces(|truth| truth != Truth::Newsletter);
    let signed = pieces(|truth| truth == Truth::Newsletter);
    for (name, pieces, with_keys) in [
        ("unsigned", &unsigned, true),
        ("signed without keys", &signed, false),
        ("signed twice and checked", &signed, true),
    ] {
        let examiner = Examiner::new(context(with_keys));
        group.throughput(Throughput::Elements(pieces.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for piece in pieces {
                    black_box(examiner.examine(piece).examination.bytes);
                }
            });
        });
    }
    group.finish();
}

fn cut(criterion: &mut Criterion) {
    let mbox = mailing(1).mbox().repeat(50);
    let mut group = criterion.benchmark_group("cut");
    group.throughput(Throughput::Bytes(mbox.len() as u64));
    group.bench_function("an mbox", |bencher| {
        bencher.iter(|| {
            let mut mailbox = Mailbox::open(&mbox[..], "box", 1 << 20).unwrap();
            while let Some(piece) = mailbox.next().unwrap() {
                black_box(piece.bytes.len());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, examine, cut);
criterion_main!(benches);
