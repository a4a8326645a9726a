//! What a table of posts holds.

use arrow_array::{Array, RecordBatch};
use charivari_model::time::MICROS_PER_SECOND;
use charivari_text::address::canonical_url_into;
use serde::{Serialize, Serializer};

use super::accounts::{Accounts, Activity, is_digest};
use super::columns::{filled, flag, items, list, text, times};
use super::digest::{self, RowDigests, identity, short};
use super::language::{Languages, Named, Seen, by_count};
use super::tally::{Distinct, Tally, name};
use super::times::{TimeSummary, Times};

/// The columns that may differ between two exports of one post without a contradiction: where it
/// was read, how the account was then called, and what it had been counted.
pub const PASSING: &[&str] =
    &["input", "row", "handle", "name", "observed", "likes", "reposts", "replies", "views"];

/// The columns that every post fills, of which there is nothing to tell.
const ALWAYS: &[&str] = &["platform", "post_id", "account_id", "time", "is_repost", "input", "row"];

/// How many names of platforms are told apart.
const MAX_PLATFORMS: usize = 1 << 10;

/// The rows of one post.
#[derive(Clone, Copy, Debug)]
struct Rows {
    content: u64,
    contradict: bool,
    repeated: bool,
}

impl Rows {
    fn combine(&mut self, other: Self) {
        self.repeated = true;
        self.contradict |= other.contradict || self.content != other.content;
    }
}

/// Posts as they come.
#[derive(Clone, Debug)]
pub(super) struct Posts {
    rows: u64,
    hashed: u64,
    known: Tally<Rows>,
    platforms: Tally<(Box<str>, u64)>,
    times: Times,
    accounts: Accounts,
    languages: Seen,
    fields: Fields,
    kinds: Kinds,
    links: Links,
    delays: Delays,
}

impl Default for Posts {
    fn default() -> Self {
        Self {
            rows: 0,
            hashed: 0,
            known: Tally::default(),
            platforms: Tally::with_limit(MAX_PLATFORMS),
            times: Times::default(),
            accounts: Accounts::default(),
            languages: Seen::default(),
            fields: Fields::default(),
            kinds: Kinds::default(),
            links: Links::default(),
            delays: Delays::default(),
        }
    }
}

/// What a table of posts holds.
#[derive(Clone, Debug, Serialize)]
pub struct PostSummary {
    /// Rows; a post may stand in several.
    pub rows: u64,
    /// Distinct posts, by platform and native id.
    pub posts: Distinct,
    /// How many posts stand in several rows that say the same.
    pub repeated_alike: u64,
    /// How many posts stand in several rows that contradict each other. Differences in counts,
    /// in the account's names and in the time of collection are no contradiction.
    pub repeated_unlike: u64,
    /// How many rows have a post id that looks like a digest.
    pub hashed: u64,
    /// Rows by platform, the most frequent first.
    pub platforms: Vec<Named>,
    /// When.
    pub times: TimeSummary,
    /// Who.
    pub activity: Activity,
    /// In which languages.
    pub languages: Languages,
    /// How many rows have which field.
    pub fields: Fields,
    /// What the posts are.
    pub kinds: Kinds,
    /// Their links.
    pub links: Links,
    /// How long after posting they were seen; empty where the source does not say.
    pub delays: Delays,
}

/// How many rows fill each column, in the order of the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Fields(#[serde(serialize_with = "as_map")] pub Vec<(String, u64)>);

/// Column names as keys, in their order.
fn as_map<S: Serializer>(fields: &[(String, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, count)| (name, count)))
}

impl Fields {
    /// How many rows fill `column`.
    pub fn of(&self, column: &str) -> u64 {
        self.0.iter().find(|(name, _)| name == column).map_or(0, |(_, count)| *count)
    }

    fn add(&mut self, column: &str, count: u64) {
        match self.0.iter_mut().find(|(name, _)| name == column) {
            Some((_, sum)) => *sum += count,
            None => self.0.push((column.to_owned(), count)),
        }
    }
}

/// What the posts are; each row is one of these, the first that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kinds {
    /// Passes another post on.
    pub reposts: u64,
    /// Answers a post or an account.
    pub replies: u64,
    /// Quotes a post.
    pub quotes: u64,
    /// None of these.
    pub originals: u64,
}

/// The links in the posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// How many links there are.
    pub links: u64,
    /// How many go through a shortener, so that their target cannot be known offline.
    pub shortened: u64,
    /// How many rows have links, all of them shortened.
    pub rows_with_shortened_only: u64,
}

/// How long after posting the posts were seen by the collector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delays {
    /// The shortest, in microseconds; negative where the collector saw it before it was posted.
    pub shortest: Option<i64>,
    /// The longest, in microseconds.
    pub longest: Option<i64>,
    /// Before it was posted.
    pub before: u64,
    /// Within a minute.
    pub minute: u64,
    /// Within an hour, but not a minute.
    pub hour: u64,
    /// Within a day, but not an hour.
    pub day: u64,
    /// Later.
    pub later: u64,
}

impl Delays {
    /// How many rows say when they were seen.
    pub fn rows(&self) -> u64 {
        self.before + self.minute + self.hour + self.day + self.later
    }

    fn add(&mut self, delay: i64) {
        self.shortest = Some(self.shortest.map_or(delay, |known| known.min(delay)));
        self.longest = Some(self.longest.map_or(delay, |known| known.max(delay)));
        let class = match delay / MICROS_PER_SECOND {
            _ if delay < 0 => &mut self.before,
            0..60 => &mut self.minute,
            60..3_600 => &mut self.hour,
            3_600..86_400 => &mut self.day,
            _ => &mut self.later,
        };
        *class += 1;
    }

    fn merge(&mut self, other: Self) {
        self.shortest = [self.shortest, other.shortest].into_iter().flatten().min();
        self.longest = [self.longest, other.longest].into_iter().flatten().max();
        self.before += other.before;
        self.minute += other.minute;
        self.hour += other.hour;
        self.day += other.day;
        self.later += other.later;
    }
}

impl Posts {
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        self.rows += batch.num_rows() as u64;
        self.add_fields(batch);
        self.add_kinds(batch);
        self.add_links(batch);
        let (platforms, ids) = (text(batch, "platform"), text(batch, "post_id"));
        let (accounts, handles) = (text(batch, "account_id"), text(batch, "handle"));
        let (languages, texts) = (text(batch, "language"), text(batch, "text"));
        let (posted, observed) = (times(batch, "time"), times(batch, "observed"));
        let mut digests = RowDigests::new(batch, PASSING);
        for row in 0..batch.num_rows() {
            let platform = platforms.get(row);
            let post = short(identity(platform, ids.get(row)));
            let rows = Rows { content: short(digests.of(row)), contradict: false, repeated: false };
            self.known.with(post, || rows, |known| known.combine(rows));
            self.hashed += u64::from(is_digest(ids.get(row)));
            self.languages.add(post, languages.get(row), texts.get(row));
            let Some(time) = posted.get(row) else { continue };
            self.times.add(time);
            self.accounts.add(platform, accounts.get(row), handles.get(row), time);
            if let Some(seen) = observed.get(row) {
                self.delays.add(seen.saturating_sub(time));
            }
        }
        self.add_platforms(batch);
    }

    /// Platforms run in stretches, so they are counted stretch by stretch.
    fn add_platforms(&mut self, batch: &RecordBatch) {
        let platforms = text(batch, "platform");
        let mut start = 0;
        for row in 1..=batch.num_rows() {
            let platform = platforms.get(start);
            if row < batch.num_rows() && platforms.get(row) == platform {
                continue;
            }
            let count = (row - start) as u64;
            self.platforms.with(
                digest::of_texts(&[platform]),
                || (name(platform), count),
                |(_, sum)| *sum += count,
            );
            start = row;
        }
    }

    fn add_fields(&mut self, batch: &RecordBatch) {
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            if !ALWAYS.contains(&field.name().as_str()) {
                self.fields.add(field.name(), filled(column.as_ref()));
            }
        }
    }

    fn add_kinds(&mut self, batch: &RecordBatch) {
        let reposts = flag(batch, "is_repost");
        let replies = [text(batch, "reply_to"), text(batch, "reply_to_account")];
        let quotes = [text(batch, "quote_of"), text(batch, "quote_of_account")];
        for row in 0..batch.num_rows() {
            let kind = if reposts.is_some_and(|flags| flags.is_valid(row) && flags.value(row)) {
                &mut self.kinds.reposts
            } else if replies.iter().any(|column| column.has(row)) {
                &mut self.kinds.replies
            } else if quotes.iter().any(|column| column.has(row)) {
                &mut self.kinds.quotes
            } else {
                &mut self.kinds.originals
            };
            *kind += 1;
        }
    }

    fn add_links(&mut self, batch: &RecordBatch) {
        let Some(lists) = list(batch, "links") else { return };
        let mut url = String::new();
        for row in 0..batch.num_rows() {
            let (mut all, mut shortened) = (0, 0);
            for link in items(lists, row) {
                url.clear();
                all += 1;
                let address = canonical_url_into(link, &mut url);
                shortened += u64::from(address.is_some_and(|address| address.unresolved));
            }
            self.links.links += all;
            self.links.shortened += shortened;
            self.links.rows_with_shortened_only += u64::from(all > 0 && all == shortened);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.hashed += other.hashed;
        self.known.merge(other.known, Rows::combine);
        self.platforms.merge(other.platforms, |(_, count), (_, more)| *count += more);
        self.times.merge(other.times);
        self.accounts.merge(other.accounts);
        self.languages.merge(other.languages);
        for (column, count) in &other.fields.0 {
            self.fields.add(column, *count);
        }
        self.kinds.reposts += other.kinds.reposts;
        self.kinds.replies += other.kinds.replies;
        self.kinds.quotes += other.kinds.quotes;
        self.kinds.originals += other.kinds.originals;
        self.links.links += other.links.links;
        self.links.shortened += other.links.shortened;
        self.links.rows_with_shortened_only += other.links.rows_with_shortened_only;
        self.delays.merge(other.delays);
    }

    pub(super) fn summary(&self) -> Option<PostSummary> {
        let count = |holds: fn(&Rows) -> bool| {
            self.known.scaled(self.known.values().filter(|rows| holds(rows)).count() as u64)
        };
        let platforms = self.platforms.values();
        let platforms =
            platforms.map(|(name, rows)| (name.to_string(), self.platforms.scaled(*rows)));
        Some(PostSummary {
            rows: self.rows,
            posts: self.known.distinct(),
            repeated_alike: count(|rows| rows.repeated && !rows.contradict),
            repeated_unlike: count(|rows| rows.contradict),
            hashed: self.hashed,
            platforms: by_count(platforms),
            times: self.times.summary()?,
            activity: self.accounts.summary(),
            languages: self.languages.summary(),
            fields: self.fields.clone(),
            kinds: self.kinds,
            links: self.links,
            delays: self.delays,
        })
    }
}
