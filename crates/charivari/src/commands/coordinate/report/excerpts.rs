//! The words of the posts that the page shows, from a second look at the inputs.
//!
//! Keeping every text of a large export in memory for the few that are shown would cost more than
//! reading the few rows again.

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, StringArray};
use charivari_coordination::Place;
use charivari_coordination::evidence::Evidence;
use charivari_ingest::{Batch, Options};

use super::super::Run;

/// The most characters kept of a text; the page shows fewer.
const KEPT: usize = 1_000;

/// The columns of posts that are read again.
const COLUMNS: [&str; 6] = ["platform", "post_id", "name", "text", "input", "row"];

/// What the chosen posts say.
#[derive(Default)]
pub(super) struct Excerpts {
    /// By the row of the post in the store.
    said: BTreeMap<u32, Said>,
    /// Why something is missing, as a sentence.
    missing: Option<String>,
}

/// What one post says, and the name under which.
struct Said {
    text: Option<String>,
    name: Option<String>,
}

/// One row that was found again.
struct Found {
    place: Place,
    key: String,
    said: Said,
}

impl Excerpts {
    /// Reads the rows of `posts` again, if there is anything to read in them.
    pub(super) fn read(run: &Run<'_>, evidence: &Evidence<'_>, posts: &[u32]) -> Self {
        let mut wanted: BTreeMap<Place, Vec<u32>> = BTreeMap::new();
        for post in posts.iter().filter(|post| !evidence.is_trace(**post)) {
            if let Some(place) = evidence.place(*post) {
                wanted.entry(place).or_default().push(*post);
            }
        }
        if wanted.is_empty() {
            return Self::default();
        }
        let mut excerpts = Self::default();
        let options = options(run, &wanted);
        let read = charivari_ingest::read(
            &run.inputs,
            &options,
            run.threads,
            &(),
            |batch| found(&batch),
            |batch| {
                for row in batch {
                    excerpts.take(&wanted, row, evidence);
                }
            },
        );
        let count = wanted.values().map(Vec::len).sum::<usize>();
        excerpts.missing = match read {
            Err(error) => Some(format!("the words of posts could not be read again: {error}")),
            Ok(_) if excerpts.said.len() < count => Some(format!(
                "{} of {count} posts were not where they had been when their words were looked up: \
                 the inputs may have changed during the run",
                count - excerpts.said.len()
            )),
            Ok(_) => None,
        };
        excerpts
    }

    fn take(&mut self, wanted: &BTreeMap<Place, Vec<u32>>, row: Found, evidence: &Evidence<'_>) {
        // One record may hold several posts.
        let posts = wanted.get(&row.place).map_or(&[][..], Vec::as_slice);
        if let Some(post) = posts.iter().find(|post| evidence.post_key(**post) == row.key) {
            self.said.entry(*post).or_insert(row.said);
        }
    }

    /// What a post says.
    pub(super) fn text(&self, post: u32) -> Option<&str> {
        self.said.get(&post).and_then(|said| said.text.as_deref())
    }

    /// The display name of a post's account when it was posted.
    pub(super) fn name(&self, post: u32) -> Option<&str> {
        self.said.get(&post).and_then(|said| said.name.as_deref())
    }

    /// What a reader has to know about words that are missing.
    pub(super) fn warning(&self) -> Option<String> {
        self.missing.clone()
    }
}

/// The options of the run, for the wanted rows only.
fn options(run: &Run<'_>, wanted: &BTreeMap<Place, Vec<u32>>) -> Options {
    let mut rows: BTreeMap<u32, BTreeSet<u64>> = BTreeMap::new();
    for place in wanted.keys() {
        rows.entry(place.part).or_default().insert(place.row);
    }
    Options { rows: Some(rows), wanted: Some(COLUMNS.into_iter().collect()), ..run.options.clone() }
}

/// The posts of a batch.
fn found(batch: &Batch) -> Vec<Found> {
    batch.posts.as_ref().and_then(rows).unwrap_or_default()
}

fn rows(posts: &RecordBatch) -> Option<Vec<Found>> {
    let text = |name: &str| -> Option<&StringArray> { posts.column_by_name(name)?.as_string_opt() };
    let (platforms, ids) = (text("platform")?, text("post_id")?);
    let (names, texts) = (text("name"), text("text"));
    let parts =
        posts.column_by_name("input")?.as_primitive_opt::<arrow_array::types::UInt32Type>()?;
    let rows = posts.column_by_name("row")?.as_primitive_opt::<arrow_array::types::UInt64Type>()?;
    let row = |at: usize| Found {
        place: Place { part: parts.value(at), row: rows.value(at) },
        key: charivari_model::key::key(platforms.value(at), ids.value(at)),
        said: Said { text: value(texts, at), name: value(names, at) },
    };
    Some((0..posts.num_rows()).map(row).collect())
}

/// The start of a text; an empty one is none.
fn value(column: Option<&StringArray>, row: usize) -> Option<String> {
    let text = column.filter(|column| column.is_valid(row))?.value(row);
    (!text.is_empty()).then(|| text.chars().take(KEPT).collect())
}
