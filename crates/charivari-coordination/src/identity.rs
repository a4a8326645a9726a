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

/// The post of each row, by the row that stands for it, or [`DROPPED`].
pub(crate) fn settle(store: &Store, counts: &mut Counts) -> Vec<u32> {
    let rows = store.rows() as u32;
    let mut order: Vec<(u64, u32)> = store.identity_hash.iter().copied().zip(0..rows).collect();
    order.par_sort_unstable();
    let mut posts: Vec<u32> = (0..rows).collect();
    for run in order.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        settle_run(store, run, &mut posts, counts);
    }
    for row in 0..rows {
        if posts[row as usize] == row {
            let time = store.row_time[row as usize];
            counts.posts += 1;
            counts.first_time = Some(counts.first_time.map_or(time, |first| first.min(time)));
            counts.last_time = Some(counts.last_time.map_or(time, |last| last.max(time)));
            let resolution = Resolution::of(Timestamp(time));
            counts.resolution =
                Some(counts.resolution.map_or(resolution, |all| all.min(resolution)));
        }
    }
    posts
}

/// Settles rows of one hash, nearly always rows of one post.
fn settle_run(store: &Store, run: &[(u64, u32)], posts: &mut [u32], counts: &mut Counts) {
    let mut rows: Vec<u32> = run.iter().map(|(_, row)| *row).collect();
    let text = |row: u32| store.identities.bytes(row);
    rows.sort_by(|a, b| text(*a).cmp(text(*b)).then(a.cmp(b)));
    for same in rows.chunk_by(|a, b| text(*a) == text(*b)).filter(|same| same.len() > 1) {
        settle_post(store, same, posts, counts);
    }
}

fn settle_post(store: &Store, rows: &[u32], posts: &mut [u32], counts: &mut Counts) {
    if rows.iter().any(|row| store.is_trace(*row)) {
        settle_traces(store, rows, posts, counts);
        return;
    }
    let rank =
        |row: &u32| (usize::MAX - store.touches_of(*row).len(), store.row_content[*row as usize]);
    let best = rows.iter().copied().min_by_key(|row| (rank(row), *row)).unwrap_or(rows[0]);
    for row in rows.iter().filter(|row| **row != best) {
        posts[*row as usize] = DROPPED;
        count(store.row_content[*row as usize] == store.row_content[best as usize], counts);
    }
}

/// The rows of one post add up; of those with one object, the earliest counts.
fn settle_traces(store: &Store, rows: &[u32], posts: &mut [u32], counts: &mut Counts) {
    let mut traces: Vec<(&[u32], i64, u32)> = rows
        .iter()
        .map(|row| (store.touches_of(*row), store.row_time[*row as usize], *row))
        .collect();
    traces.sort_unstable();
    let first = traces[0].2;
    for same in traces.chunk_by(|a, b| a.0 == b.0) {
        posts[same[0].2 as usize] = first;
        for repeated in &same[1..] {
            posts[repeated.2 as usize] = DROPPED;
            count(repeated.1 == same[0].1, counts);
        }
    }
}

fn count(agrees: bool, counts: &mut Counts) {
    if agrees {
        counts.duplicates += 1;
    } else {
        counts.conflicts += 1;
    }
}
