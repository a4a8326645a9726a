//! CSV tables against golden files, and read back by another reader.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, LargeStringArray,
    RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use charivari_exchange::ExchangeError;
use charivari_exchange::csv_table::{CsvWriter, unguard, write};
use proptest::prelude::*;

fn csv(batch: &RecordBatch) -> String {
    let out = write(Vec::new(), &batch.schema(), [batch]).unwrap();
    String::from_utf8(out).unwrap()
}

fn hostile() -> RecordBatch {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for items in [&["repost", "link"][..], &["=a", "b"], &["a|b", r"c\d"], &[]] {
        lists.append_value(items.iter().map(|item| Some(*item)));
    }
    let behaviours: DictionaryArray<Int32Type> =
        [Some("repost"), None, Some("@x"), Some("")].into_iter().collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "text",
            Arc::new(StringArray::from(vec![
                Some("plain"),
                None,
                Some("=HYPERLINK(\"https://example.org\",\"x\")"),
                Some("two\nlines, \"quoted\"; é"),
            ])),
        ),
        ("=header", Arc::new(LargeStringArray::from(vec!["@rana", "-1", "-x", ""]))),
        ("behaviour", Arc::new(behaviours)),
        ("behaviours", Arc::new(lists.finish())),
        ("flag", Arc::new(BooleanArray::from(vec![Some(true), Some(false), None, Some(true)]))),
        ("weight", Arc::new(UInt32Array::from(vec![Some(1), None, Some(3), Some(u32::MAX)]))),
        ("long", Arc::new(UInt64Array::from(vec![0, 1, u64::MAX, 7]))),
        ("signed", Arc::new(Int64Array::from(vec![-1, i64::MIN, i64::MAX, 0]))),
        ("delay_s", Arc::new(Float64Array::from(vec![0.1, 60.0, 1e21, -1.5e-7]))),
        (
            "time",
            Arc::new(
                TimestampMicrosecondArray::from(vec![
                    Some(1_673_000_000_000_000),
                    None,
                    Some(1_673_000_000_250_000),
                    Some(0),
                ])
                .with_timezone("UTC"),
            ),
        ),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

#[test]
fn every_type_and_hostile_text_stand_as_in_the_golden_file() {
    let expected = include_str!("golden/every_type_and_hostile_text.csv");
    assert_eq!(csv(&hostile()), expected);
}

#[test]
fn slices_of_columns_are_written_as_slices() {
    let batch = hostile();
    let whole = csv(&batch);
    let mut parts = csv(&batch.slice(0, 1));
    for row in 1..4 {
        let part = csv(&batch.slice(row, 1));
        parts.push_str(part.split_once('\n').unwrap().1);
    }
    assert_eq!(parts, whole);
}

#[test]
fn a_lone_null_is_still_a_row() {
    let column: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None, Some("b")]));
    let batch = RecordBatch::try_from_iter([("c", column)]).unwrap();
    assert_eq!(csv(&batch), "c\na\n\"\"\nb\n");
}

#[test]
fn a_dictionary_without_values_is_all_null() {
    let column: ArrayRef =
        Arc::new([None::<&str>, None].into_iter().collect::<DictionaryArray<Int32Type>>());
    let other: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
    let batch = RecordBatch::try_from_iter([("c", column), ("d", other)]).unwrap();
    assert_eq!(csv(&batch), "c,d\n,1\n,2\n");
}

#[test]
fn bytes_do_not_depend_on_the_number_of_threads() {
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..100_000));
    let batch = RecordBatch::try_from_iter([("n", numbers)]).unwrap();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| csv(&batch))
    };
    let one = on(1);
    assert_eq!(one.lines().count(), 100_001);
    assert!(one == on(2) && one == on(5));
}

#[test]
fn types_that_csv_has_no_form_for_are_refused() {
    let schema =
        Schema::new(vec![Field::new("d", DataType::Timestamp(TimeUnit::Second, None), true)]);
    let batch = RecordBatch::new_empty(Arc::new(schema.clone()));
    let error = CsvWriter::new(Vec::new(), &schema).unwrap().write(&batch).unwrap_err();
    assert!(matches!(error, ExchangeError::ColumnType { .. }), "{error}");
}

proptest! {
    #[test]
    fn any_text_reads_back(
        texts in proptest::collection::vec("[=+@'\" ,;\n\r\ta-c\\-]{0,8}|.{0,20}", 1..20),
        header in "[=+@'\" ,a-c\n]{1,6}",
    ) {
        let column: ArrayRef = Arc::new(StringArray::from(texts.clone()));
        let batch = RecordBatch::try_from_iter([(header.as_str(), column)]).unwrap();
        let text = csv(&batch);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        prop_assert_eq!(unguard(&reader.headers().unwrap()[0]), header.as_str());
        let back: Vec<String> =
            reader.records().map(|row| unguard(&row.unwrap()[0]).to_owned()).collect();
        prop_assert_eq!(back, texts);
    }
}
