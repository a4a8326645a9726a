//! Acts of all objects, gathered under a bound, and sorted by the pair of accounts.

use rayon::prelude::*;

use crate::columns::Traces;
use crate::kernel::Object;
use crate::parameters::Parameters;

/// Objects are worked on in chunks of about this many traces, whatever the number of threads.
const CHUNK_TRACES: usize = 1 << 14;

/// The most acts of one pair of accounts that are listed on one object whose listing is cut.
const MAX_ACTS_PER_PAIR: u64 = 1_000;

/// One act: two traces, and the accounts they join.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Act {
    /// The two accounts by rank, the lesser in the upper half.
    pub pair: u64,
    /// The trace of the lesser account.
    pub source: u32,
    /// The trace of the other.
    pub target: u32,
}

impl Act {
    pub(crate) fn accounts(self) -> (u32, u32) {
        ((self.pair >> 32) as u32, self.pair as u32)
    }
}

/// An object whose acts are too many to list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Capped {
    /// The object, by number in the columns.
    pub object: u32,
    /// Its traces.
    pub traces: u64,
    /// Its acts, counted exactly.
    pub acts: u64,
    /// How many of them are listed.
    pub listed: u64,
}

/// The acts of all objects, by pair of accounts.
pub(crate) struct Acts {
    /// Sorted by pair, then by object and place.
    pub list: Vec<Act>,
    /// How many there are, listed or not, counted exactly.
    pub found: u64,
    /// The objects whose listing was cut.
    pub capped: Vec<Capped>,
    /// The cap that was applied to each object.
    pub cap: u64,
}

impl Traces {
    pub(crate) fn object(&self, object: usize) -> Object<'_> {
        let range = self.range(object);
        Object {
            time: &self.time[range.clone()],
            account: &self.account[range.clone()],
            post: &self.post[range],
        }
    }

    fn act(&self, first: usize, second: usize) -> Act {
        let (a, b) = (self.account[first], self.account[second]);
        let (source, target) = if a < b { (first, second) } else { (second, first) };
        let pair = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        Act { pair, source: source as u32, target: target as u32 }
    }

    /// Drops the acts of accounts that are background alone.
    pub(crate) fn drop_background(&self, acts: &mut Vec<Act>) {
        if self.counts.background_accounts > 0 {
            acts.retain(|act| {
                let (a, b) = act.accounts();
                !self.background[a as usize] && !self.background[b as usize]
            });
        }
    }

    /// Ranges of objects with about [`CHUNK_TRACES`] traces each.
    fn chunks(&self) -> Vec<std::ops::Range<usize>> {
        let mut chunks = Vec::new();
        let (mut first, mut base) = (0, 0);
        for (object, end) in self.object_end.iter().enumerate() {
            if *end as usize - base >= CHUNK_TRACES {
                chunks.push(first..object + 1);
                (first, base) = (object + 1, *end as usize);
            }
        }
        if first < self.objects() {
            chunks.push(first..self.objects());
        }
        chunks
    }
}

/// Lists the acts of every object; of objects with too many, those of pairs that met elsewhere too,
/// or are among the closest.
pub(crate) fn list(traces: &Traces, parameters: &Parameters) -> Acts {
    let chunks = traces.chunks();
    let bounds = count_pairs(traces, &chunks, parameters.window);
    let cap = fit(&bounds, parameters);
    let big: Vec<usize> = (0..bounds.len()).filter(|object| bounds[*object] > cap).collect();
    // What is too much by the bound may still fit when counted exactly.
    let exact: Vec<u64> =
        big.par_iter().map(|object| traces.object(*object).count(parameters.window)).collect();
    let mut capped: Vec<Capped> = Vec::new();
    for (object, acts) in big.iter().zip(exact) {
        if acts > cap {
            let count = traces.range(*object).len() as u64;
            capped.push(Capped { object: *object as u32, traces: count, acts, listed: 0 });
        }
    }
    let lists = list_whole(traces, &chunks, &capped, parameters.window);
    let mut acts = crate::radix::gather(lists, traces.accounts());
    let whole = acts.len() as u64;
    if !capped.is_empty() {
        complete(traces, &mut capped, cap, parameters.window, &mut acts);
        // Traces are numbered object by object, so this is the order of the others too.
        acts.par_sort_unstable_by_key(|act| {
            (act.pair, act.source.min(act.target), act.source.max(act.target))
        });
    }
    let found = whole + capped.iter().map(|object| object.acts).sum::<u64>();
    Acts { list: acts, found, capped, cap }
}

fn count_pairs(traces: &Traces, chunks: &[std::ops::Range<usize>], window: i64) -> Vec<u64> {
    chunks
        .par_iter()
        .flat_map_iter(|objects| objects.clone().map(|object| traces.object(object).pairs(window)))
        .collect()
}

/// The largest cap under which the acts of all objects together fit.
fn fit(bounds: &[u64], parameters: &Parameters) -> u64 {
    let total = |cap: u64| bounds.iter().map(|bound| (*bound).min(cap)).sum::<u64>();
    let mut cap = parameters.max_acts_per_object;
    while cap > 1 && total(cap) > parameters.max_acts {
        cap /= 2;
    }
    cap
}

fn list_whole(
    traces: &Traces,
    chunks: &[std::ops::Range<usize>],
    capped: &[Capped],
    window: i64,
) -> Vec<Vec<Act>> {
    let is_capped =
        |object: usize| capped.binary_search_by_key(&(object as u32), |c| c.object).is_ok();
    chunks
        .par_iter()
        .map(|objects| {
            let mut acts = Vec::new();
            for object in objects.clone().filter(|object| !is_capped(*object)) {
                let base = traces.range(object).start;
                traces.object(object).acts(window, |first, second| {
                    acts.push(traces.act(base + first, base + second));
                });
            }
            acts
        })
        .collect()
}

/// Adds the acts on capped objects of every pair that has an act elsewhere, or is among the closest
/// on one of them. `acts` is sorted by pair.
///
/// So a group that met on a capped object and elsewhere keeps all its meetings.
fn complete(traces: &Traces, capped: &mut [Capped], cap: u64, window: i64, acts: &mut Vec<Act>) {
    let share = cap.min(cap * 4 / capped.len() as u64).max(1);
    let mut pairs: Vec<u64> = acts.iter().map(|act| act.pair).collect();
    pairs.dedup();
    for object in capped.iter() {
        let base = traces.range(object.object as usize).start;
        traces.object(object.object as usize).closest(window, share, |first, second| {
            pairs.push(traces.act(base + first, base + second).pair);
        });
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    for object in capped {
        let before = acts.len();
        let sharers = Sharers::of(traces, object.object as usize);
        let found: Vec<Vec<Act>> = pairs
            .par_chunks(1 << 14)
            .map(|pairs| {
                let mut found = Vec::new();
                for pair in pairs {
                    sharers.meetings(traces, *pair, window, &mut found);
                }
                found
            })
            .collect();
        acts.extend(found.into_iter().flatten());
        object.listed = (acts.len() - before) as u64;
    }
}

/// The traces of one object by account.
struct Sharers {
    /// Where each account's traces begin in `order`, by rank; `u32::MAX` where it has none.
    start: Vec<u32>,
    /// The object's traces by account and time.
    order: Vec<u32>,
}

impl Sharers {
    fn of(traces: &Traces, object: usize) -> Self {
        let range = traces.range(object);
        let mut order: Vec<u32> = (range.start as u32..range.end as u32).collect();
        order.par_sort_by_key(|trace| traces.account[*trace as usize]);
        let mut start = vec![u32::MAX; traces.accounts()];
        for (place, trace) in order.iter().enumerate().rev() {
            start[traces.account[*trace as usize] as usize] = place as u32;
        }
        Self { start, order }
    }

    fn of_account<'s>(
        &'s self,
        traces: &'s Traces,
        account: u32,
    ) -> impl Iterator<Item = u32> + Clone + 's {
        let start = self.start[account as usize] as usize;
        let rest = self.order.get(start..).unwrap_or_default();
        rest.iter().copied().take_while(move |trace| traces.account[*trace as usize] == account)
    }

    /// The acts of one pair on this object, in the order of their times, at most
    /// [`MAX_ACTS_PER_PAIR`].
    fn meetings(&self, traces: &Traces, pair: u64, window: i64, found: &mut Vec<Act>) {
        let (a, b) = ((pair >> 32) as u32, pair as u32);
        if self.start[a as usize] == u32::MAX || self.start[b as usize] == u32::MAX {
            return;
        }
        let mut left = MAX_ACTS_PER_PAIR;
        let time = |trace: u32| traces.time[trace as usize];
        let mut others = self.of_account(traces, b).peekable();
        for source in self.of_account(traces, a) {
            let earliest = time(source).saturating_sub(window);
            while others.next_if(|other| time(*other) < earliest).is_some() {}
            for target in others
                .clone()
                .take_while(|other| time(*other) <= time(source).saturating_add(window))
            {
                if left == 0 {
                    return;
                }
                left -= 1;
                found.push(Act { pair, source, target });
            }
        }
    }
}
