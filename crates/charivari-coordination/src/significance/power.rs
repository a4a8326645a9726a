//! What a run could have found: groups of known size planted into the data at hand.
//!
//! Finding nothing is not innocence. Accounts are drawn from the data with all that they posted, and
//! made to share objects of their own besides; everything is learnt and tested anew.

use serde::Serialize;

use super::ground::Ground;
use super::{PairTest, Significance, ends, judge};
use crate::columns::Traces;
use crate::store::Store;

/// Sizes of planted groups, in accounts.
pub const ACCOUNTS: [u32; 4] = [3, 5, 10, 20];

/// On how many objects they meet.
pub const OBJECTS: [u32; 8] = [2, 3, 4, 6, 8, 12, 16, 24];

/// Within how many seconds they meet.
pub const SPREADS_S: [i64; 3] = [10, 60, 900];

/// A group counts as found if this share of its members is joined to another by a significant edge.
const FOUND_SHARE: f64 = 0.8;

/// No more than this share of the accounts is planted at once.
const MOST_PLANTED: f64 = 0.1;

/// How often each kind of group is planted, if the data are small enough.
const TRIES: u32 = 10;

/// Traces and pairs gone through in all, at most about.
const MOST_WORK: u64 = 60_000_000;

/// How often groups of one kind were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Its accounts.
    pub accounts: u32,
    /// The objects they met on.
    pub objects: u32,
    /// Within how many seconds.
    pub spread_s: i64,
    /// How often it was planted.
    pub planted: u32,
    /// How often it was found.
    pub found: u32,
}

/// The power curve of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Power {
    /// By spread, size and number of objects.
    pub points: Vec<Point>,
}

impl Power {
    /// The fewest objects on which a group of this size and spread has to meet to be found eight
    /// times in ten, and however many more.
    pub fn fewest_objects(&self, accounts: u32, spread_s: i64) -> Option<u32> {
        let mut fewest = None;
        let of_kind = |point: &&Point| point.accounts == accounts && point.spread_s == spread_s;
        for point in self.points.iter().filter(of_kind).rev() {
            if point.found * 10 < point.planted * 8 {
                break;
            }
            fewest = Some(point.objects);
        }
        fewest
    }
}

/// One group to plant.
struct Kind {
    accounts: u32,
    objects: u32,
    spread_s: i64,
}

/// Plants groups into the data and looks for them.
pub(crate) fn measure(
    traces: &Traces,
    store: &Store,
    found: &Significance,
    ground: &Ground,
    level: f64,
    seed: u64,
) -> Power {
    let kinds = kinds();
    let mut points: Vec<Point> = kinds.iter().map(Kind::point).collect();
    let active: Vec<u32> = (0..ground.sharing.accounts() as u32)
        .filter(|account| !ground.sharing.entries_of(*account).is_empty())
        .collect();
    let room = (active.len() as f64 * MOST_PLANTED) as usize;
    if room < ACCOUNTS[ACCOUNTS.len() - 1] as usize {
        return Power::default();
    }
    let mut random = Random(seed);
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    let mut used = 0;
    let all: usize = kinds.iter().map(|kind| kind.accounts as usize).sum();
    let runs = all.div_ceil(room) as u64;
    let work = (traces.time.len() as u64 + 20 * ground.pairs.len() as u64).max(1) * runs;
    let tries = (MOST_WORK / work).clamp(1, u64::from(TRIES)) as u32;
    for number in (0..tries).flat_map(|_| 0..kinds.len()) {
        let size = kinds[number].accounts as usize;
        if used + size > room {
            batches.push(std::mem::take(&mut batch));
            used = 0;
        }
        used += size;
        batch.push(number);
    }
    batches.push(batch);
    for batch in batches {
        let planted = Planted::into(traces, &active, batch.iter().map(|at| &kinds[*at]), &mut random);
        let outcomes = planted.look(store, found, ground, level);
        for (number, was_found) in batch.iter().zip(outcomes) {
            points[*number].planted += 1;
            points[*number].found += u32::from(was_found);
        }
    }
    Power { points }
}

fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for spread_s in SPREADS_S {
        for accounts in ACCOUNTS {
            kinds.extend(OBJECTS.map(|objects| Kind { accounts, objects, spread_s }));
        }
    }
    kinds
}

impl Kind {
    fn point(&self) -> Point {
        let Self { accounts, objects, spread_s } = *self;
        Point { accounts, objects, spread_s, planted: 0, found: 0 }
    }
}

/// The data with groups planted into them.
struct Planted {
    traces: Traces,
    /// The members of each group, ascending.
    groups: Vec<Vec<u32>>,
}

impl Planted {
    fn into<'k>(
        traces: &Traces,
        active: &[u32],
        kinds: impl Iterator<Item = &'k Kind>,
        random: &mut Random,
    ) -> Self {
        let mut planted = Self { traces: traces.copy(), groups: Vec::new() };
        let mut taken = vec![false; traces.accounts()];
        for kind in kinds {
            let mut members = Vec::new();
            while members.len() < kind.accounts as usize {
                let account = active[random.below(active.len())];
                if !std::mem::replace(&mut taken[account as usize], true) {
                    members.push(account);
                }
            }
            members.sort_unstable();
            for _ in 0..kind.objects {
                // When something was posted, so that they are awake when the crowd is.
                let start = traces.time[random.below(traces.time.len())];
                planted.traces.plant(&members, start, kind.spread_s * 1_000_000, random);
            }
            planted.groups.push(members);
        }
        planted
    }

    /// Which groups are found.
    fn look(&self, store: &Store, found: &Significance, ground: &Ground, level: f64) -> Vec<bool> {
        let mut pairs: Vec<u64> = ground.pairs.clone();
        for members in &self.groups {
            for (at, one) in members.iter().enumerate() {
                pairs.extend(members[at + 1..].iter().map(|b| u64::from(*one) << 32 | u64::from(*b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let again = Ground::fit(&self.traces, store, &found.windows, pairs);
        let mut tests = judge::judge(&again, None);
        for test in &mut tests {
            test.open = found.of(test.pair).is_some_and(|known| known.open);
        }
        if let Some(hypotheses) = &found.hypotheses {
            judge::rate(&mut tests, hypotheses, again.scales.len());
        }
        let significant: Vec<&PairTest> = tests.iter().filter(|test| test.q <= level).collect();
        self.groups.iter().map(|members| is_found(members, &significant)).collect()
    }
}

fn is_found(members: &[u32], significant: &[&PairTest]) -> bool {
    let is_member = |account: u32| members.binary_search(&account);
    let mut joined = vec![false; members.len()];
    for test in significant {
        let (a, b) = ends(test.pair);
        if let (Ok(a), Ok(b)) = (is_member(a), is_member(b)) {
            joined[a] = true;
            joined[b] = true;
        }
    }
    let found = joined.iter().filter(|joined| **joined).count();
    found as f64 >= FOUND_SHARE * members.len() as f64
}

impl Traces {
    /// A copy of the columns; names and counts are left behind.
    fn copy(&self) -> Self {
        Self {
            object_end: self.object_end.clone(),
            object_name: self.object_name.clone(),
            time: self.time.clone(),
            account: self.account.clone(),
            post: self.post.clone(),
            account_name: self.account_name.clone(),
            account_posts: Vec::new(),
            counts: self.counts.clone(),
        }
    }

    /// Adds an object that these accounts share within `spread` after `start`.
    fn plant(&mut self, members: &[u32], start: i64, spread: i64, random: &mut Random) {
        let next = self.post.iter().max().map_or(0, |post| post + 1);
        let mut shares: Vec<(i64, u32)> = members
            .iter()
            .map(|member| (start + random.below(spread.max(1) as usize) as i64, *member))
            .collect();
        shares.sort_unstable();
        for (number, (time, account)) in shares.into_iter().enumerate() {
            self.time.push(time);
            self.account.push(account);
            self.post.push(next + number as u32);
        }
        self.object_end.push(self.time.len() as u32);
        // It is of the kind of some object that there is.
        let like = self.object_name[random.below(self.object_name.len())];
        self.object_name.push(like);
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is above 0.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}
