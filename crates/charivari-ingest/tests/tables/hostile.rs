//! Rows without end, wrappings, and what the writers of dumps and tables give back.

use std::fmt::Write as _;
use std::io::Write as _;

use charivari_ingest::tables::{TableLimits, TableOptions};
use charivari_ingest::{Input, Limits, fuzzing};
use proptest::prelude::*;

use crate::sink::{Kept, said, table};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Caps that small inputs reach.
fn small() -> TableOptions {
    let limits = Limits { row: 1 << 16, ..Limits::default() };
    let table_limits = TableLimits { block: 1 << 12, ..TableLimits::default() };
    TableOptions { limits, table_limits, ..TableOptions::default() }
}

#[test]
fn a_line_without_end_is_set_aside_and_the_next_rows_are_read() {
    let long = "x".repeat(3 << 20);
    for (name, text, rows) in [
        ("table", format!("id,name\n1,Zqxa\n2,{long}\n3,Zqxb\n"), 2),
        ("open quote", format!("id,name\n1,Zqxa\n2,\"{long}\n3,Zqxb\n"), 2),
        ("dump", format!("INSERT INTO `t` VALUES (1,'a'),(2,'{long}'),(3,'b');\n"), 2),
        (
            "open string",
            format!("INSERT INTO `t` VALUES (1,'a'),(2,'{long}\nINSERT INTO `t` VALUES (3,'b');\n"),
            2,
        ),
        ("copy", format!("COPY t (a,b) FROM stdin;\n1\ta\n2\t{long}\n3\tb\n\\.\n"), 2),
        ("lines", format!("{{\"a\":1}}\n{{\"a\":\"{long}\"}}\n{{\"a\":3}}\n"), 2),
        ("array", format!("[{{\"a\":1}},\n{{\"a\":\"{long}\"}},\n{{\"a\":3}}]"), 2),
    ] {
        for bytes in [text.clone().into_bytes(), gzip(text.as_bytes())] {
            let (kept, reports) = table(bytes, &small());
            assert_eq!(kept.rows.len(), rows, "{name}: {}", said(&reports[0]));
            assert!(said(&reports[0]).contains("E0230 1"), "{name}: {}", said(&reports[0]));
        }
    }
}

#[test]
fn a_bomb_is_an_error() {
    let bytes = gzip(&vec![b'a'; 8 << 20]);
    let limits = Limits { ratio: 10, ratio_from: 1 << 20, ..Limits::default() };
    let options = TableOptions { limits, ..TableOptions::default() };
    let inputs = [Input::memory("f", bytes)];
    let refused =
        charivari_ingest::tables::read(&inputs, &options, &(), &mut Kept::default()).unwrap_err();
    assert!(refused.to_string().starts_with("E0104"), "{refused}");
}

#[test]
fn a_table_that_was_not_asked_for_is_passed_over() {
    let text = "INSERT INTO `a` (x) VALUES (1);\nINSERT INTO `b` (x) VALUES (2);\n";
    let options = TableOptions { tables: vec!["b".to_owned()], ..TableOptions::default() };
    let (kept, reports) = table(text, &options);
    assert_eq!(kept.text, "# f b: x\n1: 2\n");
    assert_eq!(reports[0].tables[0].passed_over, 1);
    let options = TableOptions { tables: vec!["c".to_owned()], ..TableOptions::default() };
    let inputs = [Input::memory("f", text)];
    let refused =
        charivari_ingest::tables::read(&inputs, &options, &(), &mut Kept::default()).unwrap_err();
    assert_eq!(refused.to_string(), "E0127: no table is named c; the tables are a, b");
}

/// Values of all that has to be escaped somewhere.
fn value() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z',\";\\\\\n\t()é😀$ ]{0,12}").unwrap()
}

fn dump(rows: &[(String, String)], maker: usize) -> String {
    let mut text = String::from(
        ["-- MySQL dump\n", "-- PostgreSQL database dump\n", "PRAGMA foreign_keys=OFF;\n"][maker],
    );
    for (one, two) in rows {
        let escaped = |value: &str| match maker {
            0 => value.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n"),
            _ => value.replace('\'', "''"),
        };
        writeln!(text, "INSERT INTO t (a,b) VALUES ('{}','{}');", escaped(one), escaped(two))
            .unwrap();
    }
    text
}

proptest! {
    #[test]
    fn what_a_dump_was_written_from_is_read_again(
        rows in proptest::collection::vec((value(), value()), 1..6),
        maker in 0..3_usize,
        block in 1..40_usize,
    ) {
        let table_limits = TableLimits { block, ..TableLimits::default() };
        let options = TableOptions { table_limits, ..TableOptions::default() };
        let (kept, _) = table(dump(&rows, maker), &options);
        let expected: Vec<Vec<Option<String>>> =
            rows.into_iter().map(|(one, two)| vec![Some(one), Some(two)]).collect();
        prop_assert_eq!(kept.rows, expected);
    }

    #[test]
    fn what_a_table_was_written_from_is_read_again(
        rows in proptest::collection::vec((value(), value()), 1..6),
        delimiter in proptest::sample::select(vec![',', ';', '\t', '|']),
        block in 1..40_usize,
    ) {
        let mut text = format!("id{delimiter}name\n");
        for (one, two) in &rows {
            let quoted = |value: &str| format!("\"{}\"", value.replace('"', "\"\""));
            writeln!(text, "{}{delimiter}{}", quoted(one), quoted(two)).unwrap();
        }
        let table_limits = TableLimits { block, ..TableLimits::default() };
        let mut options = TableOptions { table_limits, ..TableOptions::default() };
        options.delimiter = Some(delimiter as u8);
        options.quote = Some(b'"');
        options.escape = Some(charivari_ingest::tables::Escape::Doubled);
        options.header = Some(true);
        let (kept, _) = table(text, &options);
        let expected: Vec<Vec<Option<String>>> =
            rows.into_iter().map(|(one, two)| vec![Some(one), Some(two)]).collect();
        prop_assert_eq!(kept.rows, expected);
    }
}

/// Bytes by a fixed rule, so that a failure comes again.
fn mixed(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn mutated_files_are_read_or_refused_wherever_the_blocks_are_cut() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut seed = 5;
    for target in fuzzing::targets().iter().filter(|target| target.starts_with("tables")) {
        let mut paths: Vec<_> = std::fs::read_dir(corpus.join(target))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            let bytes = std::fs::read(&path).unwrap();
            for _ in 0..60 {
                let mut mutant = bytes.clone();
                for _ in 0..=mixed(&mut seed) % 4 {
                    let at = mixed(&mut seed) as usize % mutant.len().max(1);
                    let odd = b"'\"\\,;\n(){}[]:$-\xff\0";
                    match mixed(&mut seed) % 3 {
                        0 => mutant.truncate(at.max(1)),
                        1 => mutant.insert(at, odd[mixed(&mut seed) as usize % odd.len()]),
                        _ => mutant[at] = odd[mixed(&mut seed) as usize % odd.len()],
                    }
                }
                fuzzing::run(target, &mutant);
            }
        }
    }
}
