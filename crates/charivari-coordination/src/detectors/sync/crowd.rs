//! How many posts third accounts made around each post.

use super::timeline::{Timeline, within};

/// Counts around each post, by its place in [`Timeline::place`].
pub(super) struct Crowd {
    /// Posts of others within each window.
    pub(super) near: Vec<Vec<u32>>,
    /// Posts of others within the jitter.
    pub(super) around: Vec<u32>,
}

impl Crowd {
    pub(super) fn of(timeline: &Timeline, windows: &[i64], jitter: i64) -> Self {
        let others = |reach: i64| {
            let mut all = vec![0_u32; timeline.time.len()];
            within(&timeline.time, &timeline.time, reach, |at, near| all[at] = near.len() as u32);
            let mut others: Vec<u32> =
                timeline.place.iter().map(|place| all[*place as usize]).collect();
            for account in 0..timeline.accounts() as u32 {
                let first = timeline.range(account).start;
                let own = timeline.times(account);
                within(own, own, reach, |at, near| others[first + at] -= near.len() as u32);
            }
            others
        };
        Self {
            near: windows.iter().map(|window| others(*window)).collect(),
            around: others(jitter),
        }
    }

    /// Takes away what companions post: each of a pair is no third account to the other.
    pub(super) fn leave_out(
        &mut self,
        timeline: &Timeline,
        windows: &[i64],
        jitter: i64,
        companions: &[(u32, u32)],
    ) {
        let take = |counts: &mut [u32], reach: i64| {
            for (a, b) in companions {
                for (mine, theirs) in [(*a, *b), (*b, *a)] {
                    let first = timeline.range(mine).start;
                    within(timeline.times(mine), timeline.times(theirs), reach, |at, near| {
                        let count = &mut counts[first + at];
                        *count = count.saturating_sub(near.len() as u32);
                    });
                }
            }
        };
        for (counts, window) in self.near.iter_mut().zip(windows) {
            take(counts, *window);
        }
        take(&mut self.around, jitter);
    }
}
