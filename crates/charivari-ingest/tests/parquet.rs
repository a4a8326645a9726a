//! Parquet: tables of others, and our own, which come back as they were.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where what it needs is not there"
)]

mod support;

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, FixedSizeBinaryArray, Float64Array, Int64Array, RecordBatch,
    StringArray, TimestampMillisecondArray, UInt32Array, types::Int32Type,
};
use arrow_schema::Schema;
use charivari_ingest::{Input, Options};
use charivari_model::schema;
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

/// A Parquet file with `batch`, whose metadata names the table `kind`.
fn parquet(batch: &RecordBatch, kind: Option<&str>) -> Vec<u8> {
    let metadata =
        kind.map(|kind| vec![KeyValue::new("charivari.table".to_owned(), kind.to_owned())]);
    let properties = WriterProperties::builder().set_key_value_metadata(metadata).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn read(bytes: Vec<u8>) -> (charivari_ingest::PartReport, Vec<charivari_ingest::Batch>) {
    let input = [Input::memory("table.parquet", bytes)];
    let (mut reports, batches) = support::read(&input, &Options::default(), 1).unwrap();
    (reports.remove(0), batches)
}

/// A table of posts as ingest writes it, with nulls, empty lists and empty texts.
fn posts() -> RecordBatch {
    let csv = "platform,post_id,account_id,handle,name,time,observed,text,language,repost_of,\
         repost_of_account,quote_of,quote_of_account,reply_to,reply_to_account,thread_id,hashtags,\
         links,mentions,media,client,post_url,likes,reposts,replies,views\n\
         x,p1,a1,ada_invented,Ada,2023-01-06T10:13:20.123456Z,2023-01-07T00:00:00Z,\
         \"Käse, #Hafen\nzwei\",de,p0,a0,q0,a5,r0,a6,t0,a|b,https://example.org/a,ada|bo,m1,\
         App,https://example.org/p1,1,2,3,4\n\
         x,p2,a2,,,1673000001,,,,,,,,,,,,,,,,,,,,\n\
         Invented Place,p3,a3,,,1673000002,,plain,,,,,,,,,,,,,,,0,,,\n";
    let (reports, batches) =
        support::read(&[Input::memory("posts.csv", csv)], &Options::default(), 1).unwrap();
    assert_eq!(reports[0].kept, 3, "{reports:?}");
    batches.into_iter().next().unwrap().posts.unwrap()
}

#[test]
fn our_own_posts_come_back_as_they_were() {
    let written = posts();
    let (report, batches) = read(parquet(&written, Some("posts")));
    assert_eq!((report.format, report.kept), ("charivari", 3));
    assert!(report.notes.is_empty());
    let again = batches[0].posts.as_ref().unwrap();
    assert_eq!(again.schema(), written.schema());
    for (field, (one, two)) in
        written.schema().fields().iter().zip(written.columns().iter().zip(again.columns()))
    {
        if !matches!(field.name().as_str(), "input" | "row") {
            assert_eq!(one, two, "{}", field.name());
        }
    }
}

/// Our posts with the columns `text_digest` and `text_significant`, and with this id of the first.
fn with_text_keys(first: &str) -> Vec<u8> {
    let posts = posts();
    let digests = [Some([1_u8; 16]), None, Some([3; 16])].into_iter();
    let digests = FixedSizeBinaryArray::try_from_sparse_iter_with_size(digests, 16).unwrap();
    let significant = UInt32Array::from(vec![Some(10), None, Some(5)]);
    let keys: [ArrayRef; 2] = [Arc::new(digests), Arc::new(significant)];
    let mut fields = posts.schema().fields().to_vec();
    fields.extend(schema::text_keys().map(Arc::new));
    let mut columns: Vec<_> = posts.columns().iter().cloned().chain(keys).collect();
    columns[1] = texts(&[first, "p2", "p3"]);
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
    let entry = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let rule = charivari_text::normalise::rule();
    let metadata = vec![entry("charivari.table", "posts"), entry(schema::TEXT_RULE_KEY, &rule)];
    let properties = WriterProperties::builder().set_key_value_metadata(Some(metadata)).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn digests_stand_in_for_texts_where_they_will_do() {
    for (name, first, wanted, kept, has_digests, has_text) in [
        ("whole batches", "p1", &["text_digest", "hashtags"][..], 3, true, false),
        ("row by row", "9.9E+17", &["text_digest", "hashtags"], 2, true, false),
        ("the text as well", "p1", &["text_digest", "text"], 3, true, true),
        ("the text as well, row by row", "9.9E+17", &["text_digest", "text"], 2, true, true),
        ("the text alone", "p1", &["text"], 3, false, true),
    ] {
        let input = [Input::memory("table.parquet", with_text_keys(first))];
        let always = ["platform", "post_id", "account_id", "handle", "time", "is_repost"];
        let wanted = wanted.iter().copied().chain(always).collect();
        let options = Options { wanted: Some(wanted), ..Options::default() };
        let (reports, batches) = support::read(&input, &options, 1).unwrap();
        let posts = batches[0].posts.as_ref().unwrap();
        assert_eq!(reports[0].kept, kept, "{name}");
        let known = posts.column_by_name("text_digest").map(|column| {
            assert!(posts.column_by_name("text_significant").is_some(), "{name}");
            column.as_fixed_size_binary().value(column.len() - 1).to_vec()
        });
        assert_eq!(known, has_digests.then(|| vec![3; 16]), "{name}");
        assert_eq!(posts.column_by_name("text").is_some(), has_text, "{name}");
    }
}

#[test]
fn our_own_accounts_and_traces_come_back_as_they_were() {
    let users = "userid,user_display_name,user_screen_name,user_profile_description,\
         account_creation_date,follower_count\n\
         990000001,Ada,ada_invented,\"All, of it\",2014-05-06,7\n990000002,,,,,\n";
    let traces = "object_id,account_id,content_id,timestamp_share\no1,a1,c1,1673000000.5\n";
    for (kind, csv) in [("accounts", users), ("traces", traces)] {
        let (_, batches) =
            support::read(&[Input::memory("in.csv", csv)], &Options::default(), 1).unwrap();
        let table = batches[0].accounts.clone().or_else(|| batches[0].traces.clone()).unwrap();
        let (report, again) = read(parquet(&table, Some(kind)));
        assert_eq!(report.format, "charivari");
        let lines = |text: String| {
            text.lines().filter(|line| !line.contains(" from row ")).collect::<Vec<_>>().join("\n")
        };
        let (one, two) = (support::render_tables(&batches[0]), support::render_tables(&again[0]));
        assert_eq!(lines(one), lines(two));
    }
}

#[test]
fn a_table_that_only_looks_like_ours_is_read_as_any_table() {
    let (report, _) = read(parquet(&posts(), None));
    assert_eq!((report.format, report.kept), ("table", 3));
    let (report, _) = read(parquet(&posts(), Some("graphs")));
    assert_eq!(report.format, "table");
}

#[test]
fn traces_are_read_whatever_the_types_of_their_columns() {
    let objects = texts(&["o1", "o2", "o3"]);
    let ids = Arc::new(Int64Array::from(vec![990_000_000_000_000_001, -5, 0])) as ArrayRef;
    let dictionary: DictionaryArray<Int32Type> = ["c1", "c2", "c1"].into_iter().collect();
    let seconds = Arc::new(Int64Array::from(vec![1_673_000_000, 1_673_000_001, 1_673_000_002]));
    let floats = Arc::new(Float64Array::from(vec![1_673_000_000.0, 1_673_000_001.5, 1.0]));
    let millis = TimestampMillisecondArray::from(vec![1_673_000_000_000, 1_673_000_001_500, 1]);
    for (name, times, second) in [
        ("integers", seconds as ArrayRef, "2023-01-06T10:13:21Z"),
        ("floats", floats, "2023-01-06T10:13:21.5Z"),
        ("timestamps", Arc::new(millis), "2023-01-06T10:13:21.5Z"),
    ] {
        let batch = RecordBatch::try_from_iter([
            ("object_id", Arc::clone(&objects)),
            ("account_id", Arc::clone(&ids)),
            ("content_id", Arc::new(dictionary.clone())),
            ("timestamp_share", times),
        ])
        .unwrap();
        let (report, batches) = read(parquet(&batch, None));
        assert_eq!((report.format, report.kept), ("traces", 3), "{name}");
        let text = support::render_tables(&batches[0]);
        let expected = format!("object_id: o2\n  account_id: -5\n  post_id: c2\n  time: {second}");
        assert!(text.contains(&expected), "{name}: {text}");
        assert!(text.contains("account_id: 990000000000000001"), "{name}: {text}");
    }
}

#[test]
fn traces_with_nulls_and_damaged_ids_are_set_aside_one_by_one() {
    let batch = RecordBatch::try_from_iter([
        (
            "object_id",
            Arc::new(StringArray::from(vec![Some("o1"), None, Some("o3"), Some(""), Some("o5")]))
                as ArrayRef,
        ),
        ("account_id", texts(&["a1", "a2", "9.9E+17", "a4", "a5"])),
        ("content_id", texts(&["c1", "c2", "c3", "c4", "c5"])),
        (
            "timestamp_share",
            Arc::new(Int64Array::from(vec![Some(1), Some(2), Some(3), Some(4), None])),
        ),
    ])
    .unwrap();
    let (report, batches) = read(parquet(&batch, None));
    let aside: Vec<(u64, &str)> =
        report.aside.iter().map(|row| (row.row, row.code.as_str())).collect();
    assert_eq!(aside, [(2, "E0213"), (3, "E0205"), (4, "E0213"), (5, "E0203")]);
    assert_eq!((report.records, report.kept), (5, 1));
    assert_eq!(batches[0].traces.as_ref().unwrap().num_rows(), 1);
}

#[test]
fn rows_without_end_in_a_small_file_are_not_read() {
    let nothing = Arc::new(StringArray::new_null(1 << 20)) as ArrayRef;
    let columns = ["object_id", "account_id", "content_id", "timestamp_share"];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.map(|name| (name, Arc::clone(&nothing), true)),
    )
    .unwrap();
    let bytes = parquet(&batch, None);
    let most = 20 * bytes.len() as u64 + (1 << 15);
    let (report, _) = read(bytes);
    assert!(report.records < most && most < 1 << 20, "{} of {most}", report.records);
    assert_eq!(report.notes[&charivari_ingest::Note::Unreadable], 1);
}

/// Fuzzing found bytes at which the decoder panics; whatever byte is wrong, reading goes on.
#[test]
fn a_damaged_byte_anywhere_is_refused_or_set_aside() {
    let batch = RecordBatch::try_from_iter([
        ("object_id", texts(&["o1", "o2", "o1"])),
        ("account_id", texts(&["a1", "a2", "a3"])),
        ("content_id", texts(&["c1", "c2", "c3"])),
        ("timestamp_share", Arc::new(Int64Array::from(vec![1, 2, 3])) as ArrayRef),
    ])
    .unwrap();
    let whole = parquet(&batch, None);
    let mut refused = 0;
    for place in 4..whole.len() {
        for damage in [0x01, 0xff] {
            let mut bytes = whole.clone();
            bytes[place] ^= damage;
            let input = [Input::memory("table.parquet", bytes)];
            refused += usize::from(support::read(&input, &Options::default(), 1).is_err());
        }
    }
    assert!(refused > 0, "no damage was noticed");
}
