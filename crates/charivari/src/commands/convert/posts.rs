//! Which rows say the same post, and which of them is written.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use arrow_array::cast::AsArray;
use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use charivari_coordination::{Parameters, extract};
use charivari_ingest::profile::digest::{RowDigests, identity, short};

use crate::failure::{Failure, Result};

/// How a row stands among rows of one post; the least is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    /// As the analysis settles it: most objects, then the least digest of what it looks at.
    by_analysis: (Reverse<u32>, u64),
    /// The most columns with something in them.
    columns: Reverse<u16>,
    /// The digest of the whole row.
    digest: u64,
}

/// The rows of a batch: what each is known by, and how it stands.
pub(super) type Sight = Vec<(u128, Standing)>;

/// Looks at the rows of a batch; on any thread.
pub(super) fn sight(batch: &RecordBatch) -> Result<Sight> {
    let touches = extract::of_posts(batch, &Parameters::default())?;
    let mut digests = RowDigests::new(batch, &["input", "row"]);
    let text =
        |name: &str| batch.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
    let (Some(platforms), Some(ids)) = (text("platform"), text("post_id")) else {
        return Err(Failure::fault("a table of posts without platform or post_id"));
    };
    let sight = touches.standings().enumerate().map(|(row, by_analysis)| {
        let standing = Standing {
            by_analysis,
            columns: Reverse(digests.filled(row) as u16),
            digest: short(digests.of(row)),
        };
        (identity(platforms.value(row), ids.value(row)), standing)
    });
    Ok(sight.collect())
}

/// The best row of a post so far.
struct Best {
    standing: Standing,
    row: u32,
    is_repeated: bool,
    differs: bool,
}

/// All posts, by what they are known by.
#[derive(Default)]
pub(super) struct Settling {
    best: HashMap<u128, Best, BuildHasherDefault<Taken>>,
    rows: u32,
}

/// Which rows are written.
#[derive(Default)]
pub(super) struct Settled {
    /// One bit a row, in the order of reading.
    kept_rows: Vec<u64>,
    /// Rows read.
    pub(super) rows: u64,
    /// Rows written: one for each post.
    pub(super) kept: u64,
    /// Posts that stand in several rows.
    pub(super) repeated: u64,
    /// Posts whose rows differ in something.
    pub(super) differing: u64,
}

impl Settling {
    /// Adds the rows of a batch, in the order of reading.
    pub(super) fn add(&mut self, sight: &Sight) -> Result<()> {
        for (post, standing) in sight {
            let new =
                Best { standing: *standing, row: self.rows, is_repeated: false, differs: false };
            match self.best.entry(*post) {
                Entry::Vacant(place) => {
                    place.insert(new);
                }
                Entry::Occupied(mut known) => known.get_mut().meet(&new),
            }
            self.rows = self.rows.checked_add(1).ok_or_else(|| {
                Failure::input(
                    "E0409: more than 4,294,967,295 posts; convert the inputs in several runs",
                )
            })?;
        }
        Ok(())
    }

    pub(super) fn settle(self) -> Settled {
        let mut settled = Settled {
            kept_rows: vec![0; (self.rows as usize).div_ceil(64)],
            rows: self.rows.into(),
            kept: self.best.len() as u64,
            ..Settled::default()
        };
        // The order of the posts does not matter: each sets its own bit.
        self.best.into_values().for_each(|best| {
            settled.kept_rows[best.row as usize / 64] |= 1 << (best.row % 64);
            settled.repeated += u64::from(best.is_repeated);
            settled.differing += u64::from(best.differs);
        });
        settled
    }
}

impl Best {
    fn meet(&mut self, other: &Self) {
        self.is_repeated = true;
        self.differs |= self.standing.digest != other.standing.digest;
        // Of rows that say the same the first stays, which is as good as any other.
        if other.standing < self.standing {
            self.standing = other.standing;
            self.row = other.row;
        }
    }
}

impl Settled {
    /// The rows of `batch` that are written; `next` counts the rows of all batches in turn.
    pub(super) fn keep(&self, batch: &RecordBatch, next: &mut usize) -> Result<RecordBatch> {
        let rows = *next..*next + batch.num_rows();
        *next = rows.end;
        let is_kept = |row: usize| {
            self.kept_rows.get(row / 64).is_some_and(|bits| bits >> (row % 64) & 1 == 1)
        };
        if rows.clone().all(is_kept) {
            return Ok(batch.clone());
        }
        let mask = rows.map(|row| Some(is_kept(row))).collect::<BooleanArray>();
        filter_record_batch(batch, &mask).map_err(Failure::fault)
    }
}

/// Digests are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken(u64);

impl Hasher for Taken {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, digest: u128) {
        self.0 = digest as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
