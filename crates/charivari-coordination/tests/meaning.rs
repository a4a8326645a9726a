//! The behaviour `meaning`, by a tiny text model of invented words that the test writes itself.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow_schema::{Field, Schema};
use charivari_coordination::behaviours::by_name;
use charivari_coordination::{Network, Parameters, Store, analyse, extract};
use charivari_text::meaning::{Model, Options};

/// A model of eight words in two invented languages: `kettle` and `pello`, `sings` and `mova`, …
fn model() -> Model {
    let tokenizer = r#"{"normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "kettles": 1,
            "pellotan": 2, "singing": 3, "movarin": 4, "harbour": 5, "quadero": 6, "tonight": 7,
            "zekolun": 8}}}"#;
    let mut bytes = Vec::new();
    for piece in 0..9 {
        for column in 0..4 {
            let number = if piece > 0 && (piece - 1) / 2 == column { 1.0_f32 } else { 0.0 };
            bytes.extend(number.to_le_bytes());
        }
    }
    let head = r#"{"embeddings":{"dtype":"F32","shape":[9,4],"data_offsets":[0,144]}}"#;
    let mut file = (head.len() as u64).to_le_bytes().to_vec();
    file.extend(head.bytes());
    file.extend(bytes);
    Model::read(tokenizer.as_bytes(), file).unwrap()
}

/// Who posted what, and when.
fn posts(rows: &[(&str, i64, &str)]) -> RecordBatch {
    let texts = |cells: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(cells)) };
    let text = |cell: fn(&(&str, i64, &str)) -> String| texts(rows.iter().map(cell).collect());
    let times = TimestampMicrosecondArray::from_iter_values(rows.iter().map(|r| r.1 * 1_000_000));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("platform", text(|_| "x".to_owned())),
        ("post_id", texts((0..rows.len()).map(|post| post.to_string()).collect())),
        ("account_id", text(|row| row.0.to_owned())),
        ("handle", text(|row| row.0.to_owned())),
        ("time", Arc::new(times.with_timezone("UTC"))),
        ("is_repost", Arc::new(BooleanArray::from(vec![false; rows.len()]))),
        ("text", text(|row| row.2.to_owned())),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, column)| Field::new(*name, column.data_type().clone(), true))
        .collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

fn network(rows: &[(&str, i64, &str)], model: Option<&Model>) -> (Store, Network) {
    let parameters =
        Parameters { behaviours: vec![by_name("meaning").unwrap().0], ..Parameters::plain() };
    let mut store = Store::default();
    store.add(&extract::of_posts(&posts(rows), &parameters).unwrap()).unwrap();
    if let Some(model) = model {
        store.settle_meanings(model, Options::default()).unwrap();
    }
    let network = analyse(&store, &parameters).unwrap();
    (store, network)
}

const ROWS: [(&str, i64, &str); 6] = [
    ("a", 0, "Kettles singing harbour"),
    ("b", 20, "pellotan movarin quadero"),
    ("c", 30, "tonight tonight zekolun"),
    ("a", 9_000, "singing tonight kettles"),
    ("b", 9_010, "movarin zekolun pellotan"),
    ("c", 9_020, "harbour quadero harbour"),
];

#[test]
fn accounts_that_say_the_same_in_other_words_meet() {
    let (store, network) = network(&ROWS, Some(&model()));
    let pairs: Vec<_> = network
        .edges
        .edges
        .iter()
        .map(|e| (network.account(&store, e.source), network.account(&store, e.target), e.weight))
        .collect();
    assert_eq!(pairs, [("x:a", "x:b", 2)]);
}

#[test]
fn without_a_model_nothing_means_the_same() {
    let (_, network) = network(&ROWS, None);
    assert!(network.edges.edges.is_empty());
}

#[test]
fn texts_that_are_too_short_mean_nothing() {
    let rows = ROWS.map(|(account, time, text)| (account, time, &text[..12]));
    let (_, network) = network(&rows, Some(&model()));
    assert!(network.edges.edges.is_empty());
}
