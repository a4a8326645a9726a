//! Which pairs are worth testing, and how many could have been.

use rayon::prelude::*;

use super::timeline::Timeline;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Pairs must have met in at least this many hours.
const LEAST_MEETINGS: u16 = 3;

/// How many looks at a neighbouring post are affordable.
const MOST_LOOKS: usize = 1_000_000_000;

/// Pairs that met often enough.
pub(super) struct Candidates {
    /// The lesser account first; ascending.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Posts around which not all others were looked at.
    pub(super) capped: u64,
}

/// Finds the pairs of eligible accounts that posted within the window of each other in three or
/// more hours. The steps grow with the number of coincidences, not with that of pairs; where posts
/// crowd, only the nearest are looked at.
pub(super) fn candidates(timeline: &Timeline, window: i64, eligible: &[bool]) -> Candidates {
    let most = (MOST_LOOKS / timeline.time.len().max(1)).max(16);
    let accounts: Vec<u32> =
        (0..timeline.accounts() as u32).filter(|account| eligible[*account as usize]).collect();
    let parts: Vec<Candidates> = accounts
        .par_chunks(64)
        .map_init(
            || vec![Seen::default(); timeline.accounts()],
            |seen, accounts| {
                let mut part = Candidates { pairs: Vec::new(), capped: 0 };
                let mut met = Vec::new();
                for account in accounts {
                    let near = Near { timeline, window, most, eligible };
                    part.capped += near.of_account(*account, seen, &mut met);
                    met.sort_unstable();
                    for other in met.drain(..) {
                        let seen = std::mem::take(&mut seen[other as usize]);
                        if seen.hours >= LEAST_MEETINGS {
                            part.pairs.push((*account, other));
                        }
                    }
                }
                part
            },
        )
        .collect();
    let capped = parts.iter().map(|part| part.capped).sum();
    Candidates { pairs: parts.into_iter().flat_map(|part| part.pairs).collect(), capped }
}

/// In how many hours another account was met, and the last of them.
#[derive(Clone, Copy, Default)]
struct Seen {
    hours: u16,
    last: i64,
}

struct Near<'t> {
    timeline: &'t Timeline,
    window: i64,
    most: usize,
    eligible: &'t [bool],
}

impl Near<'_> {
    /// Notes whom `account` met; says around how many posts there were too many.
    fn of_account(&self, account: u32, seen: &mut [Seen], met: &mut Vec<u32>) -> u64 {
        let mut capped = 0;
        for place in self.timeline.range(account) {
            let at = self.timeline.place[place] as usize;
            let time = self.timeline.time[at];
            let mut look = |other: usize| {
                if (self.timeline.time[other] - time).abs() > self.window {
                    return false;
                }
                let who = self.timeline.account[other];
                if who > account && self.eligible[who as usize] {
                    note(&mut seen[who as usize], who, time.div_euclid(HOUR), met);
                }
                true
            };
            let after = self.timeline.time.len() - at - 1;
            let cut_after = (1..=after.min(self.most)).all(|step| look(at + step));
            let cut_before = (1..=at.min(self.most)).all(|step| look(at - step));
            capped += u64::from(cut_after && after > self.most || cut_before && at > self.most);
        }
        capped
    }
}

fn note(seen: &mut Seen, who: u32, hour: i64, met: &mut Vec<u32>) {
    if seen.hours == 0 {
        met.push(who);
    } else if seen.last == hour {
        return;
    }
    seen.hours = seen.hours.saturating_add(1);
    seen.last = hour;
}

/// An upper bound of the pairs of eligible accounts that post on a common day: pairs are counted
/// anew on each day, and there are never more than there are pairs at all.
pub(super) fn hypotheses(timeline: &Timeline, eligible: &[bool]) -> f64 {
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let all = pairs(eligible.iter().filter(|eligible| **eligible).count() as f64);
    let mut active: Vec<i64> = Vec::new();
    for account in (0..timeline.accounts() as u32).filter(|a| eligible[*a as usize]) {
        let times = timeline.times(account);
        let days = times.chunk_by(|a, b| a.div_euclid(DAY) == b.div_euclid(DAY));
        active.extend(days.map(|day| day[0].div_euclid(DAY)));
    }
    active.sort_unstable();
    let by_day: f64 = active.chunk_by(|a, b| a == b).map(|day| pairs(day.len() as f64)).sum();
    // Two who meet across midnight have posted on neighbouring days only; three such nights suffice
    // to be found, so that neighbouring days count as well.
    all.min(3.0 * by_day).max(1.0)
}
