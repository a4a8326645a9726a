//! Which rows say the same post, and which of them counts.
//!
//! Exports overlap, so one post may stand in several rows. Rows that agree count once. Of rows that
//! differ the fullest counts (most objects), and of equally full ones the one with the least digest:
//! the content settles it, never the position. Traces are taken as given: rows of one post add up.

use charivari_model::{Resolution, Timestamp};
use rayon::prelude::*;

use crate::columns::Counts;
use crate::store::Store;

/// Stands for the post of a row that does not count.
pub(crate) const DROPPED: u32 = u32::MAX;

/// What rows are known by: the upper half of its hash, and below it its number in the store.
type Key = u64;

/// The post of each row, by the row that stands for it, or [`DROPPED`].
pub(crate) fn settle(store: &Store, counts: &mut Counts) -> Vec<u32> {
    let mut posts: Vec<u32> = (0..store.rows() as u32).collect();
    let (mut keys, ends) = partition(&store.identity_hash);
    let settled: Vec<Settler<'_>> = buckets(&mut keys, &ends)
        .into_par_iter()
        .map(|bucket| {
            bucket.sort_unstable();
            let mut settler = Settler::new(store);
            for run in bucket.chunk_by(|a, b| a >> 32 == b >> 32) {
                settler.run(run);
            }
            settler
        })
        .collect();
    for settler in settled {
        counts.duplicates += settler.duplicates;
        counts.conflicts += settler.conflicts;
        for (row, post) in settler.posts {
            posts[row as usize] = post;
        }
    }
    count_posts(store, &posts, counts);
    posts
}

fn count_posts(store: &Store, posts: &[u32], counts: &mut Counts) {
    let mut resolution = Resolution::Day;
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for (row, time) in store.row_time.iter().enumerate() {
        if posts[row] as usize == row {
            counts.posts += 1;
            (first, last) = (first.min(*time), last.max(*time));
            if resolution > Resolution::Subsecond {
                resolution = resolution.min(Resolution::of(Timestamp(*time)));
            }
        }
    }
    if counts.posts > 0 {
        (counts.first_time, counts.last_time) = (Some(first), Some(last));
        counts.resolution = Some(resolution);
    }
}

/// Identities by the upper bits of their hash, so that each bucket is small enough to sort in cache.
fn partition(hashes: &[u64]) -> (Vec<Key>, Vec<usize>) {
    let bits = (usize::BITS - (hashes.len() / 4_096).leading_zeros()).clamp(1, 14);
    let bucket = |hash: u64| (hash >> (64 - bits)) as usize;
    let mut ends = vec![0; 1 << bits];
    for hash in hashes {
        ends[bucket(*hash)] += 1;
    }
    let mut next = 0;
    for end in &mut ends {
        next += std::mem::replace(end, next);
    }
    let mut keys = vec![0; hashes.len()];
    for (identity, hash) in hashes.iter().enumerate() {
        let place = &mut ends[bucket(*hash)];
        keys[*place] = hash & !u64::from(u32::MAX) | identity as u64;
        *place += 1;
    }
    (keys, ends)
}

fn buckets<'k>(mut keys: &'k mut [Key], ends: &[usize]) -> Vec<&'k mut [Key]> {
    let mut buckets = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let (bucket, rest) = keys.split_at_mut(end - start);
        buckets.push(bucket);
        (keys, start) = (rest, *end);
    }
    buckets
}

/// Settles the rows of one bucket.
struct Settler<'s> {
    store: &'s Store,
    duplicates: u64,
    conflicts: u64,
    /// Rows whose post is not themselves, with their post.
    posts: Vec<(u32, u32)>,
    rows: Vec<u32>,
    traces: Vec<(u32, i64, u32)>,
}

impl<'s> Settler<'s> {
    fn new(store: &'s Store) -> Self {
        Self {
            store,
            duplicates: 0,
            conflicts: 0,
            posts: Vec::new(),
            rows: Vec::new(),
            traces: Vec::new(),
        }
    }

    /// Settles identities whose hashes begin alike, nearly always one.
    fn run(&mut self, run: &[Key]) {
        let store = self.store;
        // Nearly all: one row, and no other that says the same.
        if run.len() == 1 && store.no_row_repeats_the_last() {
            return;
        }
        let text = |key: &Key| store.identities.bytes(*key as u32);
        if run.iter().skip(1).all(|key| text(key) == text(&run[0])) {
            return self.post(run);
        }
        let mut keys = run.to_vec();
        keys.sort_by(|a, b| text(a).cmp(text(b)).then(a.cmp(b)));
        for same in keys.chunk_by(|a, b| text(a) == text(b)) {
            self.post(same);
        }
    }

    /// Settles the rows of one post.
    fn post(&mut self, identities: &[Key]) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        rows.extend(identities.iter().flat_map(|key| self.store.rows_of(*key as u32)));
        if rows.len() > 1 && rows.iter().any(|row| self.store.is_trace(*row)) {
            self.traces(&rows);
        } else if rows.len() > 1 {
            self.posts(&rows);
        }
        self.rows = rows;
    }

    fn posts(&mut self, rows: &[u32]) {
        let content = |row: u32| self.store.row_content[row as usize];
        let rank = |row: u32| (usize::MAX - self.store.touches_of(row).len(), content(row), row);
        let best = rows.iter().copied().min_by_key(|row| rank(*row)).unwrap_or(rows[0]);
        for row in rows.iter().copied().filter(|row| *row != best) {
            self.posts.push((row, DROPPED));
            let agrees = content(row) == content(best);
            self.duplicates += u64::from(agrees);
            self.conflicts += u64::from(!agrees);
        }
    }

    /// The rows of one post add up; of those with one object, the earliest counts.
    fn traces(&mut self, rows: &[u32]) {
        let mut traces = std::mem::take(&mut self.traces);
        traces.clear();
        for row in rows {
            // A trace touches one object; a post that shares its key with a trace adds all of its.
            let time = self.store.row_time[*row as usize];
            traces.extend(self.store.touches_of(*row).iter().map(|object| (*object, time, *row)));
        }
        traces.sort_unstable();
        let first = traces.first().map_or(rows[0], |trace| trace.2);
        for same in traces.chunk_by(|a, b| a.0 == b.0) {
            if same[0].2 != first {
                self.posts.push((same[0].2, first));
            }
            for repeated in &same[1..] {
                self.posts.push((repeated.2, DROPPED));
                self.duplicates += u64::from(repeated.1 == same[0].1);
                self.conflicts += u64::from(repeated.1 != same[0].1);
            }
        }
        self.traces = traces;
    }
}
