//! Replays the corpora of the fuzz targets, and everything that fuzzing ever found.
//!
//! `fuzz/corpus/<target>/` holds what reaches the most of a parser in few files,
//! `fuzz/regressions/<target>/` one file for each fault that was mended, named after it.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[path = "../../../fuzz/fuzz_targets/targets.rs"]
mod targets;

/// Far more than any of these small files takes, also on a slow machine with others at work.
const MOST: Duration = Duration::from_secs(5);

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(kind)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Runs every file of `kind` through its target and says how many there were.
fn replay(kind: &str) -> usize {
    let mut failed = Vec::new();
    let mut count = 0;
    for target in entries(&folder(kind)).iter().filter(|path| path.is_dir()) {
        for path in entries(target) {
            let bytes = fs::read(&path).unwrap();
            let started = Instant::now();
            let held = catch_unwind(|| targets::run(&name(target), &bytes)).is_ok();
            if !held || started.elapsed() > MOST {
                failed.push(format!("{}/{}", name(target), name(&path)));
            }
            count += 1;
        }
    }
    assert!(failed.is_empty(), "{} of {count} files of {kind} fail: {failed:?}", failed.len());
    count
}

#[test]
fn the_corpora_are_read_or_refused() {
    assert!(replay("corpus") > 0, "fuzz/corpus is not there");
}

#[test]
fn what_fuzzing_found_is_mended() {
    replay("regressions");
}

#[test]
fn every_target_has_a_corpus_and_every_corpus_a_target() {
    let targets: BTreeSet<String> = targets::targets().into_iter().collect();
    let corpora: BTreeSet<String> =
        entries(&folder("corpus")).iter().map(|path| name(path)).collect();
    assert_eq!(corpora, targets);
    for path in entries(&folder("regressions")).iter().filter(|path| path.is_dir()) {
        assert!(targets.contains(&name(path)), "{} is no target", name(path));
    }
}
