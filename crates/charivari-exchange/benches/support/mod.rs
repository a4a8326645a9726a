//! Synthetic tables and networks of the size of the reference case.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};

/// Knuth's 64-bit linear congruential generator: the same numbers on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new() -> Self {
        Self(7)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Acts as the analysis gives them: sorted by object, every pair of posts of an object.
pub(crate) fn acts(rows: usize) -> RecordBatch {
    const POSTS: usize = 200_000;
    const ACCOUNTS: usize = 8_000;
    const OBJECTS: usize = 60_000;
    let mut random = Random::new();
    let mut keys: [Vec<i32>; 6] = Default::default();
    let (mut times, mut delays) = (Vec::new(), Vec::new());
    let mut object = 0;
    while times.len() < rows {
        let posts: Vec<(usize, i64)> = (0..3 + random.below(20))
            .map(|_| (random.below(POSTS), random.below(30_000_000) as i64))
            .collect();
        for (position, &(source, time)) in posts.iter().enumerate() {
            for &(target, _) in &posts[position + 1..] {
                let of = object % OBJECTS;
                let row =
                    [of * 4 / OBJECTS, of, source % ACCOUNTS, target % ACCOUNTS, source, target];
                for (column, key) in keys.iter_mut().zip(row) {
                    column.push(key as i32);
                }
                times.push(1_600_000_000_000_000 + time * 1_000_000);
                delays.push(random.below(60) as f64);
            }
        }
        object += 1;
    }
    let texts = |count: usize, name: fn(usize) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values((0..count).map(name)))
    };
    let behaviours = texts(4, |n| ["repost", "link", "hashtag", "text"][n].to_owned());
    let objects = texts(OBJECTS, |n| format!("https://example.org/article/{:x}", n * 7_919));
    let accounts = texts(ACCOUNTS, |n| format!("x:{:019}", n * 7_919_000_003 + 11));
    let posts = texts(POSTS, |n| format!("x:16{:017}", n * 1_000_003_001));
    let values = [&behaviours, &objects, &accounts, &accounts, &posts, &posts];
    let names = ["behaviour", "object", "source", "target", "post_source", "post_target"];
    let mut columns: Vec<(&str, ArrayRef)> = names
        .into_iter()
        .zip(keys.into_iter().zip(values))
        .map(|(name, (keys, values))| (name, dictionary(keys, values)))
        .collect();
    let times = TimestampMicrosecondArray::from(times).with_timezone("UTC");
    columns.push(("time_source", Arc::new(times)));
    columns.push(("delay_s", Arc::new(Float64Array::from(delays))));
    RecordBatch::try_from_iter(columns).unwrap().slice(0, rows)
}

fn dictionary(keys: Vec<i32>, values: &ArrayRef) -> ArrayRef {
    let keys = Int32Array::from(keys);
    Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::clone(values)).unwrap())
}
