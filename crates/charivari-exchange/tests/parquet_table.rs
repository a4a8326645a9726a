//! Parquet tables read back as they were written, with the same bytes on any number of threads.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt32Array,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use bytes::Bytes;
use charivari_exchange::ExchangeError;
use charivari_exchange::parquet_table::{
    PROVENANCE_KEY, ROW_GROUP_ROWS, TABLE_KEY, TableWriter, VERSION_KEY,
};
use charivari_model::{InputFile, Provenance};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use proptest::prelude::*;

fn provenance() -> Provenance {
    Provenance {
        tool: "charivari 0.1.0".to_owned(),
        command: "coordinate".to_owned(),
        parameters: vec![("window".to_owned(), "60".to_owned())],
        inputs: vec![InputFile { name: "x.csv".to_owned(), sha256: "00".to_owned(), bytes: 3 }],
    }
}

fn dictionary(keys: Vec<Option<i32>>, values: &ArrayRef) -> ArrayRef {
    let keys = Int32Array::from(keys);
    Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::clone(values)).unwrap())
}

fn texts(count: usize) -> ArrayRef {
    Arc::new(StringArray::from_iter_values((0..count).map(|n| format!("example:{n:05}"))))
}

/// Synthetic rows shaped like acts: sorted objects, repeated accounts, times and delays.
fn acts(rows: usize) -> RecordBatch {
    let (objects, accounts) = (texts(rows / 7 + 1), texts(97));
    let numbers = 0..i32::try_from(rows).unwrap();
    let times: Vec<i64> =
        numbers.clone().map(|n| 1_600_000_000_000_000 + i64::from(n) * 13_000_000).collect();
    let columns: Vec<(&str, ArrayRef, bool)> = vec![
        ("object", dictionary(numbers.clone().map(|n| Some(n / 7)).collect(), &objects), false),
        (
            "source",
            dictionary(numbers.clone().map(|n| Some(n * 31 % 97)).collect(), &accounts),
            false,
        ),
        (
            "target",
            dictionary(
                numbers.clone().map(|n| (n % 11 > 0).then_some(n * 37 % 97)).collect(),
                &accounts,
            ),
            true,
        ),
        (
            "post",
            Arc::new(StringArray::from_iter_values(numbers.clone().map(|n| format!("p{n}")))),
            true,
        ),
        ("time", Arc::new(TimestampMicrosecondArray::from(times).with_timezone("UTC")), false),
        (
            "delay_s",
            Arc::new(Float64Array::from_iter_values(
                numbers.clone().map(|n| f64::from(n % 60) / 4.0),
            )),
            false,
        ),
        ("kept", Arc::new(numbers.map(|n| Some(n % 3 == 0)).collect::<BooleanArray>()), false),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn write(schema: &Schema, batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = TableWriter::new(Vec::new(), schema, &provenance(), "acts").unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.finish().unwrap()
}

fn read(bytes: Vec<u8>, rows: usize) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    let mut batches = reader.with_batch_size(rows.max(1)).build().unwrap();
    batches.next().unwrap().unwrap()
}

/// Each column with its dictionary undone, because a reader may number the values anew.
fn cells(batch: &RecordBatch) -> Vec<Vec<Option<String>>> {
    let text = |column: &ArrayRef| {
        let mut csv = Vec::new();
        let one = RecordBatch::try_from_iter([("c", Arc::clone(column))]).unwrap();
        csv = charivari_exchange::csv_table::write(csv, &one.schema(), [&one]).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        reader.records().map(|row| row.unwrap().get(0).map(str::to_owned)).collect()
    };
    batch.columns().iter().map(text).collect()
}

#[test]
fn acts_read_back_as_they_were_written() {
    for rows in [1, 8, 1_000, 300_000] {
        let batch = acts(rows);
        let back = read(write(&batch.schema(), std::slice::from_ref(&batch)), rows);
        assert_eq!(cells(&back), cells(&batch), "{rows} rows");
        for (field, expected) in back.schema().fields().iter().zip(batch.schema().fields()) {
            assert_eq!(field.data_type(), expected.data_type());
            assert_eq!(field.is_nullable(), expected.is_nullable());
        }
    }
}

#[test]
fn bytes_do_not_depend_on_the_number_of_threads() {
    let batch = acts(50_000);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| write(&batch.schema(), std::slice::from_ref(&batch)))
    };
    let one = on(1);
    assert!(one == on(2) && one == on(3) && one == on(2));
}

#[test]
fn bytes_do_not_depend_on_how_rows_are_cut_into_batches() {
    let batch = acts(10_000);
    let cut = [batch.slice(0, 1), batch.slice(1, 4_096), batch.slice(4_097, 5_903)];
    // Not for plain texts with other page ends, but for what is compared here it holds.
    let columns = [0, 1, 4, 5];
    let whole = batch.project(&columns).unwrap();
    let parts: Vec<_> = cut.iter().map(|part| part.project(&columns).unwrap()).collect();
    assert!(write(&whole.schema(), std::slice::from_ref(&whole)) == write(&whole.schema(), &parts));
}

#[test]
fn row_groups_are_bounded_over_batches() {
    let keys = vec![Some(0); ROW_GROUP_ROWS * 2 / 3];
    let batch = RecordBatch::try_from_iter([("behaviour", dictionary(keys, &texts(1)))]).unwrap();
    let batches = vec![batch; 5];
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    let bytes = write(&batches[0].schema(), &batches);
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let groups: Vec<i64> =
        reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
    let bound = i64::try_from(ROW_GROUP_ROWS).unwrap();
    assert_eq!(groups.iter().sum::<i64>(), i64::try_from(rows).unwrap());
    assert_eq!(groups[..3], [bound; 3]);
    assert_eq!(groups.len(), 4);
}

#[test]
fn the_file_says_where_it_came_from_and_nothing_of_the_machine() {
    let batch = acts(10);
    let reader = SerializedFileReader::new(Bytes::from(write(&batch.schema(), &[batch]))).unwrap();
    let file = reader.metadata().file_metadata();
    let mut pairs: Vec<(&str, Option<&str>)> = file
        .key_value_metadata()
        .unwrap()
        .iter()
        .map(|pair| (pair.key.as_str(), pair.value.as_deref()))
        .collect();
    pairs.sort_unstable();
    let keys: Vec<&str> = pairs.iter().map(|pair| pair.0).collect();
    assert_eq!(keys, ["ARROW:schema", PROVENANCE_KEY, VERSION_KEY, TABLE_KEY]);
    let back: Provenance = serde_json::from_str(pairs[1].1.unwrap()).unwrap();
    assert_eq!(back, provenance());
    assert_eq!(pairs[3].1, Some("acts"));
    let ids: Vec<i32> =
        file.schema().get_fields().iter().map(|field| field.get_basic_info().id()).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn dictionary_columns_have_statistics_of_the_rows_and_not_of_the_dictionary() {
    let batch = RecordBatch::try_from_iter([(
        "source",
        dictionary(vec![Some(5), Some(2), Some(9)], &texts(20)),
    )])
    .unwrap();
    let reader = SerializedFileReader::new(Bytes::from(write(&batch.schema(), &[batch]))).unwrap();
    let statistics = reader.metadata().row_group(0).column(0).statistics().unwrap();
    assert_eq!(statistics.min_bytes_opt(), Some(b"example:00002".as_slice()));
    assert_eq!(statistics.max_bytes_opt(), Some(b"example:00009".as_slice()));
    assert_eq!(statistics.null_count_opt(), Some(0));
}

#[test]
fn readers_that_know_no_arrow_read_the_same() {
    let batch = acts(100);
    let reader = SerializedFileReader::new(Bytes::from(write(&batch.schema(), &[batch]))).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 100);
    assert_eq!(rows[50].get_string(0).unwrap(), "example:00007");
    assert!((rows[50].get_double(5).unwrap() - 12.5).abs() < f64::EPSILON);
}

#[test]
fn batches_with_other_values_or_other_keys_are_one_column() {
    let schema = Schema::new(vec![Field::new(
        "c",
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        true,
    )]);
    let other: ArrayRef = Arc::new(StringArray::from(vec!["b", "a"]));
    let batches: Vec<RecordBatch> = [
        dictionary(vec![Some(0), Some(1)], &texts(2)),
        dictionary(vec![Some(1), None, Some(0)], &other),
    ]
    .into_iter()
    .map(|column| RecordBatch::try_new(Arc::new(schema.clone()), vec![column]).unwrap())
    .collect();
    let back = read(write(&schema, &batches), 10);
    let expected = ["example:00000", "example:00001", "a", "", "b"];
    assert_eq!(cells(&back)[0], expected.map(|text| Some(text.to_owned())));
}

#[test]
fn a_table_without_rows_is_a_table() {
    let schema = acts(1).schema();
    let bytes = write(&schema, &[]);
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    assert_eq!(reader.schema().fields().len(), schema.fields().len());
}

#[test]
fn a_batch_with_other_columns_is_refused() {
    let schema = Schema::new(vec![Field::new(
        "time",
        DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        false,
    )]);
    let mut writer = TableWriter::new(Vec::new(), &schema, &provenance(), "acts").unwrap();
    let batch: ArrayRef = Arc::new(UInt32Array::from(vec![1]));
    let error = writer.write(&RecordBatch::try_from_iter([("time", batch)]).unwrap()).unwrap_err();
    assert!(matches!(error, ExchangeError::Schema { .. }), "{error}");
    assert!(error.to_string().contains("met time UInt32"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_dictionary_column_reads_back(
        values in proptest::collection::vec(".{0,12}", 1..40),
        picks in proptest::collection::vec((any::<u16>(), 1_usize..20), 1..120),
        nullable in any::<bool>(),
    ) {
        let count = values.len();
        let values: ArrayRef = Arc::new(StringArray::from(values));
        let keys: Vec<Option<i32>> = picks
            .iter()
            .flat_map(|&(pick, times)| {
                let key = i32::try_from(usize::from(pick) % count).unwrap();
                std::iter::repeat_n(Some(key), times)
            })
            .collect();
        let rows = keys.len();
        let column = dictionary(keys, &values);
        let batch = RecordBatch::try_from_iter_with_nullable([("c", column, nullable)]).unwrap();
        let back = read(write(&batch.schema(), std::slice::from_ref(&batch)), rows);
        prop_assert_eq!(cells(&back), cells(&batch));
    }
}
