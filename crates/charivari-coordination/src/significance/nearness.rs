//! How busy an object was around each account's part in it.

use rayon::prelude::*;

use super::sharing::Sharing;
use crate::columns::Traces;

/// For one window: the traces of others near each trace, and how many of them are neighbours'.
pub(crate) struct Nearness {
    /// The window in microseconds.
    pub window: i64,
    /// Traces of other accounts on the same object within the window of each trace, by place.
    within: Vec<u32>,
    /// Pairs of traces of different accounts within the window, on each object.
    pairs_within: Vec<u64>,
    /// Those of them that belong to neighbours of the trace's account.
    neighbours_within: Vec<u32>,
    /// All traces of the account's neighbours on the object of each entry.
    neighbours: Vec<u32>,
}

impl Nearness {
    /// Counts what is near each trace: two pointers over each object's times.
    pub(crate) fn of(traces: &Traces, sharing: &Sharing, window: i64) -> Self {
        let mut within = vec![0_u32; sharing.time.len()];
        for object in &sharing.object {
            let range = traces.range(*object as usize);
            let time = &traces.time[range.clone()];
            let (mut low, mut high) = (0, 0);
            for (at, trace) in range.enumerate() {
                while time[low] < time[at].saturating_sub(window) {
                    low += 1;
                }
                while high < time.len() && time[high] <= time[at].saturating_add(window) {
                    high += 1;
                }
                within[sharing.place_of_trace[trace] as usize] = (high - low) as u32;
            }
        }
        for entry in 0..sharing.entries() {
            near_each(sharing, entry, entry, window, |place, near| within[place] -= near);
        }
        Self {
            window,
            pairs_within: pairs(sharing, |entry| {
                sharing.traces_of(entry).map(|place| u64::from(within[place])).sum()
            }),
            within,
            neighbours_within: vec![0; sharing.time.len()],
            neighbours: vec![0; sharing.entries()],
        }
    }

    /// Counts anew what is the neighbours' part.
    pub(crate) fn set_neighbours(&mut self, sharing: &Sharing, neighbours: &Adjacency) {
        let window = self.window;
        let accounts: Vec<u32> = (0..sharing.accounts() as u32).collect();
        let parts: Vec<(Vec<u32>, Vec<u32>)> = accounts
            .par_chunks(256)
            .map(|accounts| part(sharing, neighbours, accounts, window))
            .collect();
        self.neighbours_within.clear();
        self.neighbours.clear();
        for (near, all) in parts {
            self.neighbours_within.extend(near);
            self.neighbours.extend(all);
        }
    }

    /// Of the pairs of traces of different accounts on an object, how many are within the window.
    pub(crate) fn pairs_within(&self, object: usize) -> u64 {
        self.pairs_within[object]
    }

    /// How many traces of strangers are near a trace.
    pub(crate) fn strangers_near(&self, place: usize) -> u32 {
        self.within[place].saturating_sub(self.neighbours_within[place])
    }

    /// How many traces strangers have on the object of an entry.
    pub(crate) fn strangers(&self, sharing: &Sharing, entry: usize) -> u32 {
        sharing.others(entry).saturating_sub(self.neighbours[entry])
    }
}

/// Pairs of traces of each object, from what each of its entries sees of them: both sides do.
pub(crate) fn pairs(sharing: &Sharing, seen: impl Fn(usize) -> u64) -> Vec<u64> {
    let mut twice = vec![0; sharing.object.len()];
    for (entry, object) in sharing.entry_object.iter().enumerate() {
        twice[*object as usize] += seen(entry);
    }
    twice.into_iter().map(|pairs| pairs / 2).collect()
}

/// The neighbours' part near each trace and on each entry of some accounts.
fn part(
    sharing: &Sharing,
    neighbours: &Adjacency,
    accounts: &[u32],
    window: i64,
) -> (Vec<u32>, Vec<u32>) {
    let first = sharing.entries_of(accounts[0]).start;
    let last = sharing.entries_of(accounts[accounts.len() - 1]).end;
    let base = sharing.entry_start[first] as usize;
    let mut near = vec![0; sharing.entry_start[last] as usize - base];
    let mut all = vec![0; last - first];
    for account in accounts {
        for other in neighbours.of_account(*account) {
            sharing.shared(*account, *other, |mine, theirs| {
                near_each(sharing, mine, theirs, window, |place, count| {
                    near[place - base] += count;
                });
                all[mine - first] += sharing.len(theirs);
            });
        }
    }
    (near, all)
}

/// Calls `each` with the place of each trace of `mine` and how many of `theirs` are near it.
fn near_each(
    sharing: &Sharing,
    mine: usize,
    theirs: usize,
    window: i64,
    mut each: impl FnMut(usize, u32),
) {
    let theirs = &sharing.time[sharing.traces_of(theirs)];
    let (mut low, mut high) = (0, 0);
    for place in sharing.traces_of(mine) {
        let time = sharing.time[place];
        while low < theirs.len() && theirs[low] < time.saturating_sub(window) {
            low += 1;
        }
        while high < theirs.len() && theirs[high] <= time.saturating_add(window) {
            high += 1;
        }
        each(place, (high - low) as u32);
    }
}

/// How many traces of `theirs` are near the trace at `place`.
pub(crate) fn near_one(sharing: &Sharing, place: usize, theirs: usize, window: i64) -> u32 {
    let theirs = &sharing.time[sharing.traces_of(theirs)];
    let time = sharing.time[place];
    let low = theirs.partition_point(|other| *other < time.saturating_sub(window));
    let high = theirs.partition_point(|other| *other <= time.saturating_add(window));
    (high - low) as u32
}

/// The neighbours of each account, ascending.
#[derive(Default)]
pub(crate) struct Adjacency {
    start: Vec<u32>,
    other: Vec<u32>,
}

impl Adjacency {
    /// From pairs, each once, ascending.
    pub(crate) fn of(accounts: usize, pairs: &[u64]) -> Self {
        let ends = |pair: u64| [(pair >> 32) as usize, pair as u32 as usize];
        let mut start = vec![0_u32; accounts + 1];
        for pair in pairs {
            for end in ends(*pair) {
                start[end + 1] += 1;
            }
        }
        for account in 0..accounts {
            start[account + 1] += start[account];
        }
        let mut next = start.clone();
        let mut other = vec![0; pairs.len() * 2];
        for pair in pairs {
            let [a, b] = ends(*pair);
            for (from, to) in [(a, b), (b, a)] {
                other[next[from] as usize] = to as u32;
                next[from] += 1;
            }
        }
        for account in 0..accounts {
            other[start[account] as usize..start[account + 1] as usize].sort_unstable();
        }
        Self { start, other }
    }

    pub(crate) fn of_account(&self, account: u32) -> &[u32] {
        let account = account as usize;
        &self.other[self.start[account] as usize..self.start[account + 1] as usize]
    }
}
