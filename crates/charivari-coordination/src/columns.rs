//! Traces in columns, each object's sorted by time: what the kernel works on.

use charivari_model::Resolution;
use rayon::prelude::*;

use crate::error::Error;
use crate::extract::TRACE_LAYER;
use crate::parameters::Parameters;
use crate::store::Store;

/// All traces that could be part of an act, object by object.
///
/// Accounts are numbered in the order of their keys, objects by layer, time first touched and text,
/// so that every order by number is an order by content.
pub struct Traces {
    /// Where each object's traces end.
    pub(crate) object_end: Vec<u32>,
    /// The number of each object in the store.
    pub(crate) object_name: Vec<u32>,
    /// The time of each trace in microseconds; ascending within an object.
    pub(crate) time: Vec<i64>,
    /// The account of each trace, by rank.
    pub(crate) account: Vec<u32>,
    /// The post of each trace: its first row in the store.
    pub(crate) post: Vec<u32>,
    /// The number in the store of each account, by rank.
    pub(crate) account_name: Vec<u32>,
    /// How many distinct posts each account has, by rank.
    pub(crate) account_posts: Vec<u64>,
    /// Whether each account is background alone, by rank.
    pub(crate) background: Vec<bool>,
    /// What was counted on the way.
    pub counts: Counts,
}

/// What preparing the traces counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Posts, each counted once.
    pub posts: u64,
    /// Accounts with a post.
    pub accounts: u64,
    /// Rows that repeat a post and say the same.
    pub duplicates: u64,
    /// Rows that repeat a post and say something else: the fullest was kept.
    pub conflicts: u64,
    /// Traces of the behaviours looked for, each counted once.
    pub traces: u64,
    /// Objects touched.
    pub objects: u64,
    /// Objects that two or more accounts touched.
    pub shared_objects: u64,
    /// Accounts left out for having fewer posts with traces than `min_activity`.
    pub quiet_accounts: u64,
    /// Accounts that serve as background alone.
    pub background_accounts: u64,
    /// Links whose target cannot be known offline.
    pub unresolved_links: u64,
    /// The earliest and latest time of a post, in microseconds.
    pub first_time: Option<i64>,
    /// The latest time of a post.
    pub last_time: Option<i64>,
    /// The coarsest step of which all times are multiples.
    pub resolution: Option<Resolution>,
}

impl Traces {
    /// How many objects there are.
    pub fn objects(&self) -> usize {
        self.object_end.len()
    }

    /// How many accounts have a post.
    pub fn accounts(&self) -> usize {
        self.account_name.len()
    }

    /// The range of an object's traces.
    pub(crate) fn range(&self, object: usize) -> std::ops::Range<usize> {
        let start = if object == 0 { 0 } else { self.object_end[object - 1] };
        start as usize..self.object_end[object] as usize
    }

    /// The layer of an object: a place in the list of behaviours, or [`TRACE_LAYER`].
    pub(crate) fn layer(&self, store: &Store, object: usize) -> u8 {
        store.objects.bytes(self.object_name[object]).first().copied().unwrap_or(TRACE_LAYER)
    }
}

/// Puts the touches of a store into columns.
///
/// # Errors
/// `E0402` where the window is negative.
pub(crate) fn prepare(store: &Store, parameters: &Parameters) -> Result<Traces, Error> {
    if parameters.window < 0 {
        return Err(Error::Window { met: parameters.window });
    }
    let mut counts = Counts { unresolved_links: store.unresolved_links, ..Counts::default() };
    let posts = crate::identity::settle(store, &mut counts);
    let (rank, account_name) = rank_accounts(store);
    let mut account_posts = vec![0_u64; rank.len()];
    let mut active = vec![0_u64; rank.len()];
    count_posts(store, &posts, &rank, &mut account_posts, &mut active);
    counts.accounts = account_posts.iter().filter(|posts| **posts > 0).count() as u64;
    let quiet = |account: u32| active[account as usize] < parameters.min_activity;
    counts.quiet_accounts = (0..rank.len() as u32)
        .filter(|account| active[*account as usize] > 0 && quiet(*account))
        .count() as u64;
    let keep = |row: u32| !quiet(rank[store.row_account[row as usize] as usize]);
    let grouped = group(store, &posts, &rank, keep, &mut counts);
    let mut traces = grouped.into_columns(store, &posts, &rank, &mut counts);
    let background = store.background();
    traces.background = account_name.iter().map(|name| background[*name as usize]).collect();
    // Background accounts have no part in any result.
    for (posts, background) in account_posts.iter_mut().zip(&traces.background) {
        *posts *= u64::from(!*background);
    }
    counts.background_accounts = traces.background.iter().filter(|b| **b).count() as u64;
    traces.account_name = account_name;
    traces.account_posts = account_posts;
    traces.counts = counts;
    Ok(traces)
}

/// The rank of each account by key, and the account of each rank.
fn rank_accounts(store: &Store) -> (Vec<u32>, Vec<u32>) {
    let mut order: Vec<u32> = (0..store.accounts.len() as u32).collect();
    order.par_sort_unstable_by(|a, b| store.accounts.bytes(*a).cmp(store.accounts.bytes(*b)));
    let mut rank = vec![0; order.len()];
    for (place, account) in order.iter().enumerate() {
        rank[*account as usize] = place as u32;
    }
    (rank, order)
}

/// Counts each account's posts, and those of them that touch anything.
fn count_posts(store: &Store, posts: &[u32], rank: &[u32], all: &mut [u64], active: &mut [u64]) {
    let mut touches = vec![false; store.rows()];
    for row in 0..store.rows() as u32 {
        let post = posts[row as usize];
        if post != crate::identity::DROPPED && !store.touches_of(row).is_empty() {
            touches[post as usize] = true;
        }
    }
    for row in 0..store.rows() as u32 {
        if posts[row as usize] == row {
            let account = rank[store.row_account[row as usize] as usize] as usize;
            all[account] += 1;
            active[account] += u64::from(touches[row as usize]);
        }
    }
}

/// Rows by object, for the objects with two or more touches.
struct Grouped {
    /// The objects, in the order of the store.
    objects: Vec<u32>,
    /// Where each object's rows begin.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

fn group(
    store: &Store,
    posts: &[u32],
    rank: &[u32],
    keep: impl Fn(u32) -> bool,
    counts: &mut Counts,
) -> Grouped {
    const NEVER: u32 = u32::MAX;
    let kept = |row: u32| posts[row as usize] != crate::identity::DROPPED && keep(row);
    // How often each object is touched, and whether by more than one account.
    let mut touches = vec![0_u32; store.objects.len()];
    let mut last_account = vec![NEVER; store.objects.len()];
    let mut shared = vec![false; store.objects.len()];
    for row in (0..store.rows() as u32).filter(|row| kept(*row)) {
        let account = rank[store.row_account[row as usize] as usize];
        for object in store.touches_of(row) {
            let object = *object as usize;
            touches[object] += 1;
            shared[object] |= last_account[object] != NEVER && last_account[object] != account;
            last_account[object] = account;
        }
    }
    drop(last_account);
    counts.objects = touches.iter().filter(|count| **count > 0).count() as u64;
    counts.traces = touches.iter().map(|count| u64::from(*count)).sum();
    let mut objects = Vec::new();
    let mut starts = Vec::new();
    let mut next = 0;
    for (object, count) in touches.iter_mut().enumerate() {
        if shared[object] {
            objects.push(object as u32);
            starts.push(next);
            next += std::mem::replace(count, next);
        }
    }
    starts.push(next);
    let mut rows = vec![0_u32; next as usize];
    for row in (0..store.rows() as u32).filter(|row| kept(*row)) {
        for object in store.touches_of(row).iter().map(|object| *object as usize) {
            if shared[object] {
                rows[touches[object] as usize] = row;
                touches[object] += 1;
            }
        }
    }
    Grouped { objects, starts, rows }
}

/// One trace, in the order in which an object's traces stand: the last field breaks all ties.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Trace {
    time: i64,
    account: u32,
    post: u32,
}

impl Grouped {
    /// Sorts the objects by content and each object's traces by time.
    fn into_columns(
        self,
        store: &Store,
        posts: &[u32],
        rank: &[u32],
        counts: &mut Counts,
    ) -> Traces {
        let order = self.order(store);
        let chunks: Vec<Columns> = order
            .par_chunks(1_024)
            .map(|objects| self.chunk(objects, store, posts, rank))
            .collect();
        let mut columns = Columns::default();
        for chunk in chunks {
            columns.append(chunk);
        }
        counts.shared_objects = columns.object_name.len() as u64;
        Traces {
            object_end: columns.object_end,
            object_name: columns.object_name,
            time: columns.time,
            account: columns.account,
            post: columns.post,
            account_name: Vec::new(),
            account_posts: Vec::new(),
            background: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// The objects by layer, by the time they were first touched, and by text.
    fn order(&self, store: &Store) -> Vec<u32> {
        let text = |place: u32| store.objects.bytes(self.objects[place as usize]);
        let key = |place: u32| {
            let rows =
                self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize;
            let first = self.rows[rows].iter().map(|row| store.row_time[*row as usize]).min();
            (text(place).first().copied(), first, place)
        };
        let mut keys: Vec<_> = (0..self.objects.len() as u32).into_par_iter().map(key).collect();
        keys.par_sort_unstable_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| text(a.2).cmp(text(b.2)))
        });
        keys.into_iter().map(|(_, _, place)| place).collect()
    }

    /// The columns of some objects.
    fn chunk(&self, objects: &[u32], store: &Store, posts: &[u32], rank: &[u32]) -> Columns {
        let mut columns = Columns::default();
        let mut traces: Vec<Trace> = Vec::new();
        for place in objects.iter().map(|place| *place as usize) {
            let rows = &self.rows[self.starts[place] as usize..self.starts[place + 1] as usize];
            traces.clear();
            traces.extend(rows.iter().map(|row| Trace {
                time: store.row_time[*row as usize],
                account: rank[store.row_account[*row as usize] as usize],
                post: posts[*row as usize],
            }));
            sort(&mut traces, store);
            columns.push(self.objects[place], &traces);
        }
        columns
    }
}

/// By time, account, and what the post is known by; the number of a post is no content.
fn sort(traces: &mut [Trace], store: &Store) {
    traces.sort_unstable_by(|a, b| {
        (a.time, a.account).cmp(&(b.time, b.account)).then_with(|| {
            // Any order will do that only content decides; hashes are at hand before texts are.
            if a.post == b.post {
                return std::cmp::Ordering::Equal;
            }
            store.known_by(a.post).cmp(&store.known_by(b.post))
        })
    });
}

#[derive(Default)]
struct Columns {
    object_end: Vec<u32>,
    object_name: Vec<u32>,
    time: Vec<i64>,
    account: Vec<u32>,
    post: Vec<u32>,
}

impl Columns {
    fn push(&mut self, object: u32, traces: &[Trace]) {
        self.time.extend(traces.iter().map(|trace| trace.time));
        self.account.extend(traces.iter().map(|trace| trace.account));
        self.post.extend(traces.iter().map(|trace| trace.post));
        self.object_name.push(object);
        self.object_end.push(self.time.len() as u32);
    }

    fn append(&mut self, mut other: Self) {
        let base = self.time.len() as u32;
        self.object_end.extend(other.object_end.iter().map(|end| end + base));
        self.object_name.append(&mut other.object_name);
        self.time.append(&mut other.time);
        self.account.append(&mut other.account);
        self.post.append(&mut other.post);
    }
}
