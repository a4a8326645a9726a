//! The test of one pair.

use super::crowd::Crowd;
use super::timeline::{Timeline, within};
use crate::detectors::chance::Trials;

const MINUTE: i64 = 60_000_000;

/// The periods by which people and tools set their times: the quarter, the hour and the day.
const PERIODS: [i64; 3] = [15 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE];

/// All that happens within this time is one trial.
const BLOCK: i64 = 60 * MINUTE;

/// A meeting so soon after one that was counted belongs to it.
const REST: i64 = 10 * MINUTE;

/// How many posts of the crowd, or of an account's own, the assumption that all moments are alike
/// counts for.
const CROWD_STRENGTH: f64 = 20.0;
const HABIT_STRENGTH: f64 = 2.0;

/// A pair with a p-value above this cannot stand against all that are tested.
const HOPELESS: f64 = 1e-4;

/// All that a test of pairs rests on.
pub(super) struct Judge<'t> {
    timeline: &'t Timeline,
    crowd: Crowd,
    windows: Vec<i64>,
    jitter: i64,
    /// For each period the phases of each account's posts, ascending within the account.
    phases: Vec<Vec<i64>>,
}

/// Space that pairs use one after the other.
#[derive(Default)]
pub(super) struct Work {
    /// The chance at each post of the one, and of the other.
    mine: Vec<f64>,
    theirs: Vec<f64>,
    /// The posts of the other within the jitter of each post of the one.
    reach: Vec<(usize, usize)>,
}

impl<'t> Judge<'t> {
    pub(super) fn new(timeline: &'t Timeline, crowd: Crowd, windows: &[i64], jitter: i64) -> Self {
        let phases = PERIODS
            .iter()
            .map(|period| {
                let mut all = Vec::with_capacity(timeline.time.len());
                for account in 0..timeline.accounts() as u32 {
                    let first = all.len();
                    all.extend(timeline.times(account).iter().map(|t| t.rem_euclid(*period)));
                    all[first..].sort_unstable();
                }
                all
            })
            .collect();
        Self { timeline, crowd, windows: windows.to_vec(), jitter, phases }
    }

    pub(super) fn scales(&self) -> usize {
        self.windows.len()
    }

    /// Takes the companions out of each other's crowd.
    pub(super) fn leave_out(&mut self, companions: &[(u32, u32)]) {
        self.crowd.leave_out(self.timeline, &self.windows, self.jitter, companions);
    }

    /// The trials of a pair for one window: one for each hour in which both could have met.
    pub(super) fn trials(&self, a: u32, b: u32, scale: usize, work: &mut Work) -> Trials {
        let (one, other) = (self.timeline.times(a), self.timeline.times(b));
        let window = self.windows[scale];
        self.chances(a, b, scale, &mut work.mine);
        self.chances(b, a, scale, &mut work.theirs);
        work.reach.clear();
        within(one, other, self.jitter, |_, near| work.reach.push((near.start, near.end)));
        let mut trials = Trials::default();
        let mut block = Block::default();
        for (at, time) in one.iter().enumerate() {
            let (low, high) = work.reach[at];
            if low == high {
                continue;
            }
            if *time >= block.end {
                block.close(&mut trials);
                block.end = time + BLOCK;
            }
            for (there, chance) in other[low..high].iter().zip(&work.theirs[low..high]) {
                block.apart *= 1.0 - work.mine[at].max(*chance).min(1.0);
                if (there - time).abs() <= window {
                    block.meet(*time);
                }
            }
        }
        block.close(&mut trials);
        trials
    }

    /// Whether a pair could not stand even if all moments were alike, which is the least chance
    /// that the null gives: most pairs need not be looked at any closer.
    pub(super) fn is_hopeless(&self, a: u32, b: u32, work: &mut Work) -> bool {
        let (one, other) = (self.timeline.times(a), self.timeline.times(b));
        work.reach.clear();
        within(one, other, self.jitter, |_, near| work.reach.push((near.start, near.end)));
        self.windows.iter().all(|window| {
            let mut trials = Trials::default();
            let (mut end, mut met, mut any) = (i64::MIN, false, false);
            let even = self.even(*window);
            for (time, (low, high)) in one.iter().zip(&work.reach) {
                if low == high {
                    continue;
                }
                if *time >= end {
                    if any {
                        trials.add(even, met);
                    }
                    (end, met, any) = (time + BLOCK, false, true);
                }
                met |= other[*low..*high].iter().any(|at| (at - time).abs() <= *window);
            }
            if any {
                trials.add(even, met);
            }
            trials.bound() > HOPELESS
        })
    }

    /// For each post of `mine`: the chance that a post of `theirs` which is within the jitter of it
    /// is within the window of it.
    fn chances(&self, mine: u32, theirs: u32, scale: usize, out: &mut Vec<f64>) {
        let (window, jitter) = (self.windows[scale], self.jitter);
        let (times, others) = (self.timeline.times(mine), self.timeline.times(theirs));
        let even = self.even(window);
        let first = self.timeline.range(mine).start;
        out.clear();
        within(times, others, jitter, |at, reach| {
            if reach.is_empty() {
                out.push(0.0);
                return;
            }
            let time = times[at];
            let there = &others[reach];
            let near = there.iter().filter(|other| (*other - time).abs() <= window).count();
            let crowd_near = self.crowd.near[scale][first + at].saturating_sub(near as u32);
            let crowd = self.crowd.around[first + at].saturating_sub(there.len() as u32);
            let crowd = (f64::from(crowd_near) + CROWD_STRENGTH * even)
                / (f64::from(crowd) + CROWD_STRENGTH);
            let habit = self.habit(theirs, time, there, window, even);
            out.push(even.max(crowd).max(habit));
        });
    }

    /// The chance where all moments within the jitter are alike, on a clock of steps.
    fn even(&self, window: i64) -> f64 {
        let step = self.timeline.step;
        let moments = (2 * (window / step) + 1) as f64 * step as f64;
        (moments / (2 * self.jitter) as f64).min(1.0)
    }

    /// How likely the account's own habits bring it to this second of the quarter, hour or day, by
    /// its posts other than those that are `there`.
    fn habit(&self, account: u32, time: i64, there: &[i64], window: i64, even: f64) -> f64 {
        let range = self.timeline.range(account);
        let mut greatest = 0.0_f64;
        for (period, phases) in PERIODS.iter().zip(&self.phases) {
            let phases = &phases[range.clone()];
            let phase = time.rem_euclid(*period);
            let reach = self.jitter.min(period / 2);
            let others = |reach: i64| {
                let own = there.iter().filter(|other| distance(**other, time, *period) <= reach);
                around(phases, phase, reach, *period).saturating_sub(own.count()) as f64
            };
            // Within the jitter there are several quarters to go to.
            let share = (2 * reach) as f64 / (2 * self.jitter) as f64;
            let near = others(window.min(reach)) + HABIT_STRENGTH * even / share;
            greatest = greatest.max(share * near / (others(reach) + HABIT_STRENGTH));
        }
        greatest
    }
}

/// How far two times are from each other on a clock that goes round.
fn distance(a: i64, b: i64, period: i64) -> i64 {
    let apart = (a - b).rem_euclid(period);
    apart.min(period - apart)
}

/// How many of the sorted phases are within `reach` of `phase`, going round.
fn around(phases: &[i64], phase: i64, reach: i64, period: i64) -> usize {
    if 2 * reach >= period {
        return phases.len();
    }
    let below = |bound: i64| phases.partition_point(|other| *other < bound);
    let (low, high) = (phase - reach, phase + reach + 1);
    let mut count = below(high) - below(low);
    if low < 0 {
        count += phases.len() - below(low + period);
    }
    if high > period {
        count += below(high - period);
    }
    count
}

/// What happens within one hour.
struct Block {
    end: i64,
    /// The chance that all posts stay apart.
    apart: f64,
    met: bool,
    /// The last meeting that was counted.
    last: Option<i64>,
}

impl Default for Block {
    fn default() -> Self {
        Self { end: i64::MIN, apart: 1.0, met: false, last: None }
    }
}

impl Block {
    fn meet(&mut self, time: i64) {
        let belongs_to_last = self.last.is_some_and(|last| time - last < REST);
        if self.met || !belongs_to_last {
            self.met = true;
            self.last = Some(time);
        }
    }

    fn close(&mut self, trials: &mut Trials) {
        if self.end != i64::MIN {
            trials.add(1.0 - self.apart, self.met);
        }
        self.apart = 1.0;
        self.met = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_counted_round_the_clock() {
        let phases = [0, 5, 40, 95, 99];
        for (phase, reach, expected) in [(0, 5, 4), (0, 4, 2), (40, 0, 1), (98, 7, 4), (50, 50, 5)]
        {
            assert_eq!(around(&phases, phase, reach, 100), expected, "{phase} {reach}");
        }
    }

    #[test]
    fn distances_go_round() {
        for (a, b, expected) in [(1, 99, 2), (0, 50, 50), (205, 10, 5), (-3, 3, 6)] {
            assert_eq!(distance(a, b, 100), expected, "{a} {b}");
        }
    }
}
