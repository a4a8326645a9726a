//! All posts by time, and those of each account.

use charivari_model::{Resolution, Timestamp};

const HOUR: i64 = 3_600_000_000;

/// Posts in columns.
pub(in crate::detectors) struct Timeline {
    /// The time of each post, ascending.
    pub(in crate::detectors) time: Vec<i64>,
    /// The account of each post.
    pub(in crate::detectors) account: Vec<u32>,
    /// Where each account's posts begin in `place` and `own`.
    start: Vec<u32>,
    /// The places in `time` of each account's posts, ascending.
    pub(in crate::detectors) place: Vec<u32>,
    /// The times of each account's posts, ascending.
    own: Vec<i64>,
    /// The step of the clock in microseconds: 1 where it is finer than a second.
    pub(in crate::detectors) step: i64,
    /// Posts of accounts that do not exist, at times that are no dates, or beyond what is countable.
    pub(in crate::detectors) passed_over: u64,
}

impl Timeline {
    pub(in crate::detectors) fn of(posts: &[(u32, i64)], accounts: u32) -> Self {
        // Times beyond this are no dates; the bound leaves room for every sum below.
        let usual = i64::MIN / 4..i64::MAX / 4;
        let mut sorted: Vec<(i64, u32)> = posts
            .iter()
            .filter(|(account, time)| *account < accounts && usual.contains(time))
            .map(|(account, time)| (*time, *account))
            .collect();
        // Posts are numbered by 32 bits.
        sorted.truncate(u32::MAX as usize);
        sorted.sort_unstable();
        let passed_over = (posts.len() - sorted.len()) as u64;
        let mut start = vec![0_u32; accounts as usize + 1];
        for (_, account) in &sorted {
            start[*account as usize + 1] += 1;
        }
        for account in 0..accounts as usize {
            start[account + 1] += start[account];
        }
        let mut next = start.clone();
        let (mut place, mut own) = (vec![0; sorted.len()], vec![0; sorted.len()]);
        for (at, (time, account)) in sorted.iter().enumerate() {
            let to = &mut next[*account as usize];
            place[*to as usize] = at as u32;
            own[*to as usize] = *time;
            *to += 1;
        }
        let step = sorted.iter().map(|(time, _)| Resolution::of(Timestamp(*time))).min();
        let step = step.map_or(1, |step| (step.seconds() * 1_000_000).max(1));
        let (time, account) = sorted.into_iter().unzip();
        Self { time, account, start, place, own, step, passed_over }
    }

    pub(in crate::detectors) fn accounts(&self) -> usize {
        self.start.len() - 1
    }

    /// The places of an account's posts in [`Timeline::place`].
    pub(in crate::detectors) fn range(&self, account: u32) -> std::ops::Range<usize> {
        self.start[account as usize] as usize..self.start[account as usize + 1] as usize
    }

    /// The times of an account's posts, ascending.
    pub(in crate::detectors) fn times(&self, account: u32) -> &[i64] {
        &self.own[self.range(account)]
    }

    /// In how many hours an account posted.
    pub(in crate::detectors) fn hours(&self, account: u32) -> usize {
        self.times(account).chunk_by(|a, b| a.div_euclid(HOUR) == b.div_euclid(HOUR)).count()
    }
}

/// Calls `each` with each place in `from` and the range of `of` that is within `reach` of it.
pub(in crate::detectors) fn within(
    from: &[i64],
    of: &[i64],
    reach: i64,
    mut each: impl FnMut(usize, std::ops::Range<usize>),
) {
    let (mut low, mut high) = (0, 0);
    for (at, time) in from.iter().enumerate() {
        while low < of.len() && of[low] < time - reach {
            low += 1;
        }
        while high < of.len() && of[high] <= time + reach {
            high += 1;
        }
        each(at, low..high.max(low));
    }
}
