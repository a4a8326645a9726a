//! Small tables for tests.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array,
    UInt64Array,
};
use charivari_coordination::tables::Tables;
use charivari_coordination::{Network, Parameters, Store, analyse, extract, groups};
use charivari_model::schema;

/// One trace: object, account, post, seconds.
pub(crate) type Trace = (String, String, String, i64);

pub(crate) fn traces(rows: &[Trace]) -> RecordBatch {
    let text = |cell: fn(&Trace) -> &String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(cell)))
    };
    let count = rows.len();
    let times = rows.iter().map(|row| row.3 * 1_000_000);
    RecordBatch::try_new(
        schema::traces(),
        vec![
            Arc::new(StringArray::from(vec![None::<&str>; count])),
            text(|row| &row.0),
            text(|row| &row.1),
            text(|row| &row.2),
            Arc::new(TimestampMicrosecondArray::from_iter_values(times).with_timezone("UTC")),
            Arc::new(UInt32Array::from(vec![0; count])),
            Arc::new(UInt64Array::from_iter_values(2..count as u64 + 2)),
        ],
    )
    .unwrap()
}

/// One post, with what the tests need of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Post {
    pub(crate) id: &'static str,
    pub(crate) account: &'static str,
    pub(crate) handle: &'static str,
    pub(crate) seconds: i64,
    pub(crate) text: &'static str,
    pub(crate) repost_of: &'static str,
    pub(crate) links: &'static [&'static str],
    pub(crate) hashtags: &'static [&'static str],
}

pub(crate) fn posts(rows: &[Post]) -> RecordBatch {
    let text = |cell: fn(&Post) -> &'static str| -> ArrayRef {
        Arc::new(
            rows.iter()
                .map(|row| Some(cell(row)).filter(|t| !t.is_empty()))
                .collect::<StringArray>(),
        )
    };
    let lists = |cell: fn(&Post) -> &'static [&'static str]| -> ArrayRef {
        let field = arrow_schema::Field::new("item", arrow_schema::DataType::Utf8, false);
        let mut lists = ListBuilder::new(StringBuilder::new()).with_field(field);
        for row in rows {
            for value in cell(row) {
                lists.values().append_value(value);
            }
            lists.append(true);
        }
        Arc::new(lists.finish())
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("platform", Arc::new(StringArray::from(vec!["x"; rows.len()]))),
        ("post_id", text(|row| row.id)),
        ("account_id", text(|row| row.account)),
        ("handle", text(|row| row.handle)),
        (
            "time",
            Arc::new(
                TimestampMicrosecondArray::from_iter_values(
                    rows.iter().map(|row| row.seconds * 1_000_000),
                )
                .with_timezone("UTC"),
            ),
        ),
        ("text", text(|row| row.text)),
        ("repost_of", text(|row| row.repost_of)),
        (
            "is_repost",
            Arc::new(
                rows.iter().map(|row| Some(!row.repost_of.is_empty())).collect::<BooleanArray>(),
            ),
        ),
        ("links", lists(|row| row.links)),
        ("hashtags", lists(|row| row.hashtags)),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

/// A store and the network found in it.
pub(crate) struct Found {
    pub(crate) store: Store,
    pub(crate) network: Network,
}

pub(crate) fn of_traces(rows: &[Trace], parameters: &Parameters) -> Found {
    let mut store = Store::default();
    // Several batches, as files come in chunks.
    for chunk in rows.chunks(7) {
        store.add(&extract::of_traces(&traces(chunk), None).unwrap()).unwrap();
    }
    let network = analyse(&store, parameters).unwrap();
    Found { store, network }
}

pub(crate) fn of_posts(rows: &[Post], parameters: &Parameters) -> Found {
    let mut store = Store::default();
    store.add(&extract::of_posts(&posts(rows), parameters).unwrap()).unwrap();
    let network = analyse(&store, parameters).unwrap();
    Found { store, network }
}

impl Found {
    /// The edges as text: source, target, acts, weight, posts of each side, mean delay, behaviours.
    pub(crate) fn edges(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let batch = self.tables(|tables| tables.edges().unwrap());
        for row in 0..batch.num_rows() {
            let cells: Vec<String> = [0, 1, 2, 3, 4, 5, 6, 9]
                .iter()
                .map(|column| arrow_cell(batch.column(*column), row))
                .collect();
            lines.push(cells.join(" "));
        }
        lines
    }

    /// The acts as text.
    pub(crate) fn acts(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.tables(|tables| {
            tables.acts(|batch| {
                for row in 0..batch.num_rows() {
                    let cells: Vec<String> =
                        batch.columns().iter().map(|column| arrow_cell(column, row)).collect();
                    lines.push(cells.join(" "));
                }
                Ok::<(), charivari_coordination::Error>(())
            })
        })
        .unwrap();
        lines
    }

    /// Every table as text, to compare runs.
    pub(crate) fn all(&self) -> String {
        self.tables(|tables| {
            let small = [
                tables.edges().unwrap(),
                tables.layers().unwrap(),
                tables.accounts().unwrap(),
                tables.groups().unwrap(),
            ];
            format!("{small:?}")
        }) + &self.acts().join("\n")
    }

    pub(crate) fn tables<T>(&self, look: impl FnOnce(&Tables<'_>) -> T) -> T {
        let groups = groups::describe(&self.network);
        look(&Tables { store: &self.store, network: &self.network, groups: &groups })
    }
}

fn arrow_cell(array: &ArrayRef, row: usize) -> String {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type, TimestampMicrosecondType, UInt32Type};
    use arrow_schema::DataType;
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Timestamp(..) => {
            (array.as_primitive::<TimestampMicrosecondType>().value(row) / 1_000_000).to_string()
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_dictionary::<UInt32Type>();
            let key = dictionary.keys().value(row) as usize;
            dictionary.values().as_string::<i32>().value(key).to_owned()
        }
        other => panic!("no cell of {other}"),
    }
}
