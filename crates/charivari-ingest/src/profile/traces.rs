//! What a table of traces holds.

use arrow_array::RecordBatch;
use serde::Serialize;

use super::accounts::{Accounts, Activity, is_digest};
use super::columns::{text, times};
use super::digest::{RowDigests, of_texts, short};
use super::language::{Named, by_count};
use super::tally::{Distinct, EXACT_NAMES, Tally, name};
use super::times::{TimeSummary, Times};

/// How many of the most shared objects are named.
const TOP: usize = 5;

/// How many names of behaviours are told apart.
const MAX_BEHAVIOURS: usize = 1 << 10;

/// One object: its name, its rows, and whether more than one account touched it.
#[derive(Clone, Debug)]
struct Object {
    name: Box<str>,
    rows: u64,
    account: u64,
    is_shared: bool,
}

impl Object {
    fn combine(&mut self, other: &Self) {
        self.rows += other.rows;
        self.is_shared |= other.is_shared || self.account != other.account;
    }
}

/// One post: its rows, and whether they name more than one account.
#[derive(Clone, Copy, Debug)]
struct Post {
    account: u64,
    is_repeated: bool,
    of_several: bool,
}

impl Post {
    fn combine(&mut self, other: Self) {
        self.is_repeated = true;
        self.of_several |= other.of_several || self.account != other.account;
    }
}

/// Traces as they come.
#[derive(Clone, Debug)]
pub(super) struct Traces {
    rows: u64,
    distinct: Tally<()>,
    objects: Tally<Object>,
    posts: Tally<Post>,
    behaviours: Tally<(Box<str>, u64)>,
    accounts: Accounts,
    times: Times,
    hashed: u64,
}

impl Default for Traces {
    fn default() -> Self {
        Self {
            rows: 0,
            distinct: Tally::default(),
            objects: Tally::with_limit(EXACT_NAMES),
            posts: Tally::default(),
            behaviours: Tally::with_limit(MAX_BEHAVIOURS),
            accounts: Accounts::default(),
            times: Times::default(),
            hashed: 0,
        }
    }
}

/// An object and how many rows touch it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// The object; not escaped for display.
    pub object: String,
    /// How many rows touch it.
    pub rows: u64,
}

/// What a table of traces holds.
#[derive(Clone, Debug, Serialize)]
pub struct TraceSummary {
    /// Rows.
    pub rows: u64,
    /// Distinct rows: behaviour, object, account, post and time.
    pub distinct: Distinct,
    /// Distinct objects.
    pub objects: Distinct,
    /// How many objects more than one account touched.
    pub shared_objects: u64,
    /// The five objects with most rows; equals by name.
    pub most_shared: Vec<Shared>,
    /// Distinct post ids.
    pub posts: Distinct,
    /// How many post ids stand in several rows.
    pub repeated_posts: u64,
    /// How many post ids stand with several accounts, as no post can.
    pub posts_of_several_accounts: u64,
    /// Rows by the behaviour that they name, the most frequent first; rows that name none are left
    /// out.
    pub behaviours: Vec<Named>,
    /// How many rows have an object that looks like a digest.
    pub hashed_objects: u64,
    /// Who.
    pub activity: Activity,
    /// When.
    pub times: TimeSummary,
}

impl Traces {
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        self.rows += batch.num_rows() as u64;
        let (objects, accounts) = (text(batch, "object_id"), text(batch, "account_id"));
        let (posts, behaviours) = (text(batch, "post_id"), text(batch, "behaviour"));
        let times = times(batch, "time");
        let mut digests = RowDigests::new(batch, &["input", "row"]);
        for row in 0..batch.num_rows() {
            self.distinct.with(short(digests.of(row)), || (), |()| {});
            let account = of_texts(&[accounts.get(row)]);
            self.object(objects.get(row), account);
            let post = Post { account, is_repeated: false, of_several: false };
            self.posts.with(of_texts(&[posts.get(row)]), || post, |known| known.combine(post));
            if behaviours.has(row) {
                let behaviour = behaviours.get(row);
                let make = || (name(behaviour), 1);
                self.behaviours.with(of_texts(&[behaviour]), make, |(_, count)| *count += 1);
            }
            if let Some(time) = times.get(row) {
                self.times.add(time);
                self.accounts.add("", accounts.get(row), "", time);
            }
        }
    }

    fn object(&mut self, object: &str, account: u64) {
        self.hashed += u64::from(is_digest(object));
        let make = || Object { name: name(object), rows: 1, account, is_shared: false };
        self.objects.with(of_texts(&[object]), make, |known| {
            known.rows += 1;
            known.is_shared |= known.account != account;
        });
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.hashed += other.hashed;
        self.distinct.merge(other.distinct, |(), ()| {});
        self.objects.merge(other.objects, |known, more| known.combine(&more));
        self.posts.merge(other.posts, Post::combine);
        self.behaviours.merge(other.behaviours, |(_, count), (_, more)| *count += more);
        self.accounts.merge(other.accounts);
        self.times.merge(other.times);
    }

    pub(super) fn summary(&self) -> Option<TraceSummary> {
        let shared = self.objects.values().filter(|object| object.is_shared).count();
        let posts = |holds: fn(&Post) -> bool| {
            self.posts.scaled(self.posts.values().filter(|post| holds(post)).count() as u64)
        };
        let behaviours = self.behaviours.values();
        let behaviours =
            behaviours.map(|(name, rows)| (name.to_string(), self.behaviours.scaled(*rows)));
        Some(TraceSummary {
            rows: self.rows,
            distinct: self.distinct.distinct(),
            objects: self.objects.distinct(),
            shared_objects: self.objects.scaled(shared as u64),
            most_shared: self.most_shared(),
            posts: self.posts.distinct(),
            repeated_posts: posts(|post| post.is_repeated),
            posts_of_several_accounts: posts(|post| post.of_several),
            behaviours: by_count(behaviours),
            hashed_objects: self.hashed,
            activity: self.accounts.summary(),
            times: self.times.summary()?,
        })
    }

    fn most_shared(&self) -> Vec<Shared> {
        let mut objects: Vec<&Object> = self.objects.values().collect();
        objects.sort_unstable_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.name.cmp(&b.name)));
        let shared =
            |object: &&Object| Shared { object: object.name.to_string(), rows: object.rows };
        objects.iter().take(TOP).map(shared).collect()
    }
}
