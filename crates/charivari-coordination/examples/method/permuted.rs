//! Real data with the times permuted within each object: whoever acted together no longer does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use charivari_coordination::significance::Hypotheses;
use charivari_coordination::{Parameters, Store, analyse, extract};
use charivari_model::schema;

use crate::exchange::Exchange;
use crate::parts::Effort;

/// One trace: object, account, post, time in microseconds.
pub(crate) type Row = (String, String, String, i64);

/// Reads one set of traces.
type Rows = fn() -> Option<Vec<Row>>;

/// The data of the peers' own examples; passed over, aloud, where it is not there.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/coordination")
}

pub(crate) fn permuted(effort: Effort, _out: &Path) -> String {
    let mut text = String::from(
        "| data | traces | significant edges | beyond the exchange | runs with times exchanged | with any edge | mean edges | meetings that the exchange leaves, of those behind the edges | with any edge beyond the exchange |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let sets: [(&str, Rows); 3] = [
        ("russian_coord_tweets", russian),
        ("ira_slice, hashtags", hashtags),
        ("ira_slice, texts", texts),
    ];
    let runs = if effort == Effort::Quick { 2 } else { 20 };
    for (name, rows) in sets {
        let Some(rows) = rows() else {
            println!("{name} is not there; passed over");
            continue;
        };
        let changeable = changeable(rows.clone());
        for (part, rows) in [("", rows), (", objects that the exchange changes", changeable)] {
            let real = significant(&rows);
            let found: Vec<Found> =
                (0..runs).map(|seed| significant(&shuffle(rows.clone(), seed))).collect();
            let any = |count: fn(&Found) -> usize| found.iter().filter(|f| count(f) > 0).count();
            let sum = |count: fn(&Found) -> f64| found.iter().map(count).sum::<f64>();
            let _ = writeln!(
                text,
                "| {name}{part} | {} | {} | {} | {runs} | {} | {:.1} | {} | {} |",
                rows.len(),
                real.edges,
                real.beyond,
                any(|found| found.edges),
                sum(|found| found.edges as f64) / runs as f64,
                share(sum(|found| found.left), sum(|found| found.met)),
                any(|found| found.beyond),
            );
        }
    }
    text
}

fn share(part: f64, whole: f64) -> String {
    if whole > 0.0 { format!("{:.0} %", 100.0 * part / whole) } else { "–".to_owned() }
}

fn russian() -> Option<Vec<Row>> {
    let mut reader =
        csv::Reader::from_reader(File::open(folder().join("russian_coord_tweets.csv")).ok()?);
    let row = |row: csv::StringRecord| {
        let time = row[3].parse::<f64>().ok()? * 1e6;
        Some((row[0].to_owned(), row[1].to_owned(), row[2].to_owned(), time as i64))
    };
    Some(reader.records().filter_map(Result::ok).filter_map(row).collect())
}

/// The posts of the slice: number, author, content, time. One row in 25 stands there twice; as in the
/// program, equal posts of an account in one minute are one. Exchanged on their own, the two halves
/// of one post would be a second and a third occasion that nobody had.
fn slice() -> Option<Vec<(String, String, String, i64)>> {
    let file = File::open(folder().join("ira_slice.csv.xz")).ok()?;
    let mut reader = csv::Reader::from_reader(lzma_rust2::XzReader::new(file, false));
    let columns = reader.headers().ok()?.clone();
    let column = |name: &str| columns.iter().position(|column| column == name);
    let (author, content, date) = (column("author")?, column("content")?, column("publish_date")?);
    let (mut posts, mut known) = (Vec::new(), BTreeSet::new());
    for (number, row) in reader.records().filter_map(Result::ok).enumerate() {
        if let Some(time) = micros(&row[date]) {
            let (author, content) = (row[author].to_owned(), row[content].to_owned());
            if known.insert((author.clone(), content.clone(), time)) {
                posts.push((number.to_string(), author, content, time));
            }
        }
    }
    Some(posts)
}

/// Microseconds since the epoch of a time like `2016-09-15 00:05:00`.
fn micros(text: &str) -> Option<i64> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    // Days since 1970-01-01, with years that begin in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    Some(((days * 24 + part(11..13)?) * 60 + part(14..16)?) * 60_000_000)
}

fn hashtags() -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    for (post, author, content, time) in slice()? {
        let mut tags: Vec<String> = charivari_text::hashtag::hashtags_in(&content)
            .filter_map(charivari_text::hashtag::normalise_hashtag)
            .collect();
        tags.sort();
        tags.dedup();
        rows.extend(tags.into_iter().map(|tag| (tag, author.clone(), post.clone(), time)));
    }
    Some(rows)
}

fn texts() -> Option<Vec<Row>> {
    let key = |content: &str| charivari_text::normalise::normalise_text(content);
    Some(
        slice()?
            .into_iter()
            .map(|(post, author, content, time)| (key(&content), author, post, time))
            .collect(),
    )
}

/// The rows of objects on which it matters who came when: no more than half of their pairs of traces
/// by different accounts are within a quarter of an hour, so that exchanging times parts people.
fn changeable(rows: Vec<Row>) -> Vec<Row> {
    let mut objects: BTreeMap<&str, Vec<(i64, &str)>> = BTreeMap::new();
    for (object, account, _, time) in &rows {
        objects.entry(object).or_default().push((*time, account));
    }
    let is_changeable = |traces: &Vec<(i64, &str)>| {
        let (mut near, mut all) = (0_u32, 0_u32);
        // Popular objects are looked at in part.
        for (at, one) in traces.iter().take(300).enumerate() {
            for other in traces.iter().take(at).filter(|other| other.1 != one.1) {
                all += 1;
                near += u32::from(one.0.abs_diff(other.0) <= 900_000_000);
            }
        }
        2 * near <= all
    };
    let kept: BTreeSet<String> = objects
        .iter()
        .filter(|(_, traces)| is_changeable(traces))
        .map(|(object, _)| (*object).to_owned())
        .collect();
    rows.into_iter().filter(|row| kept.contains(&row.0)).collect()
}

/// Draws numbers below a bound (`SplitMix64`).
pub(crate) fn below(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |bound| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * bound as u128) >> 64) as usize
    }
}

/// Permutes the times within each object (Fisher and Yates).
fn shuffle(mut rows: Vec<Row>, seed: u64) -> Vec<Row> {
    let mut below = below(seed);
    let mut objects: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        objects.entry(row.0.clone()).or_default().push(at);
    }
    for places in objects.values() {
        for last in (1..places.len()).rev() {
            let (one, other) = (places[last], places[below(last + 1)]);
            let time = rows[one].3;
            rows[one].3 = rows[other].3;
            rows[other].3 = time;
        }
    }
    rows
}

/// What is significant in some rows.
#[derive(Default)]
struct Found {
    /// The significant edges.
    edges: usize,
    /// Those that exchanging the times would not leave, counting all pairs that share an object.
    beyond: usize,
    /// On how many objects the pairs of the edges met, and on how many they would on average if the
    /// times were exchanged once more.
    met: f64,
    left: f64,
}

fn significant(rows: &[Row]) -> Found {
    let store = store(rows);
    let network = analyse(&store, &Parameters::default()).expect("a network");
    let significance = network.significance.as_ref().expect("a test");
    let pairs = significance.hypotheses.as_ref().map_or(1.0, Hypotheses::pairs).max(1.0);
    let exchange = Exchange::of(rows);
    let mut found = Found::default();
    for (number, edge) in network.edges.edges.iter().enumerate() {
        if network.is_significant(number) {
            let test = network.tests[number].expect("a tested edge");
            let window = significance.windows.tested[usize::from(test.scale)];
            let names = [edge.source, edge.target].map(|rank| network.account(&store, rank));
            let left = exchange.leaves(names, window);
            found.edges += 1;
            found.beyond += usize::from(left.p <= 0.05 / pairs);
            found.met += left.met as f64;
            found.left += left.expected;
        }
    }
    found
}

fn store(rows: &[Row]) -> Store {
    let text = |cell: fn(&Row) -> &String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(cell)))
    };
    let times = TimestampMicrosecondArray::from_iter_values(rows.iter().map(|row| row.3));
    let none: Vec<Option<&str>> = vec![None; rows.len()];
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(none)),
        text(|row| &row.0),
        text(|row| &row.1),
        text(|row| &row.2),
        Arc::new(times.with_timezone("UTC")),
        Arc::new(UInt32Array::from(vec![0; rows.len()])),
        Arc::new(UInt64Array::from_iter_values(0..rows.len() as u64)),
    ];
    assert!(columns.iter().all(|column| column.len() == rows.len()));
    let batch = RecordBatch::try_new(schema::traces(), columns).expect("a traces table");
    let mut store = Store::default();
    store.add(&extract::of_traces(&batch, None).expect("a traces table")).expect("room");
    store
}
