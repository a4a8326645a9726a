//! Planted groups: accounts that act on one object together, again and again.

use crate::clock::{DAY, HOUR};
use crate::random::Random;
use crate::script::{Script, What};

/// How a group meets on one object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wave {
    /// When it begins, in seconds since the epoch.
    pub time: i64,
    /// The most seconds between the beginning and any share.
    pub spread: i64,
    /// The share of the members who take part; at least two do.
    pub attendance: f64,
}

impl Wave {
    /// Who takes part, and when, in the order of `members`.
    #[must_use]
    pub fn shares(&self, members: &[usize], random: &mut Random) -> Vec<(usize, i64)> {
        let mut present: Vec<usize> =
            members.iter().copied().filter(|_| random.chance(self.attendance)).collect();
        if present.len() < 2 {
            present = members.iter().copied().take(2).collect();
        }
        let mut moment = || self.time + random.between(0, self.spread);
        present.into_iter().map(|member| (member, moment())).collect()
    }
}

/// Times for `count` waves between `first` and `last`, evenly spread with a jitter of a third of
/// the step, ascending.
#[must_use]
pub fn times(first: i64, last: i64, count: usize, random: &mut Random) -> Vec<i64> {
    let step = (last - first) / i64::try_from(count.max(1)).unwrap_or(i64::MAX);
    let mut time = first;
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        times.push(time + random.between(0, step / 3));
        time += step;
    }
    times
}

/// How many posts of the crowd's kind hide `objects` planted ones, so that they make up the share
/// `camouflage` of an account's posts.
#[must_use]
pub fn camouflage_posts(objects: usize, camouflage: f64) -> usize {
    let share = camouflage.clamp(0.0, 0.99);
    crate::random::maths::whole((objects as f64 * share / (1.0 - share)).round()) as usize
}

/// Plans `posts` posts of the crowd's kind for each of `members`, in office hours UTC on `days` days
/// from `start`: whoever is paid to post keeps hours.
pub fn camouflage(
    members: &[usize],
    posts: usize,
    (start, days): (i64, i64),
    script: &mut Script,
    random: &mut Random,
) {
    for member in members {
        for _ in 0..posts {
            let day = start + random.between(0, days - 1) * DAY;
            let time = day + random.between(6 * HOUR, 16 * HOUR);
            script.plan(time, *member, What::Chatter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_keeps_its_spread_and_attendance() {
        let members: Vec<usize> = (0..1_000).collect();
        let wave = Wave { time: 500, spread: 20, attendance: 0.8 };
        let shares = wave.shares(&members, &mut Random::new(1));
        assert!((750..850).contains(&shares.len()), "{}", shares.len());
        assert!(shares.iter().all(|(_, time)| (500..=520).contains(time)));
        assert!(shares.is_sorted());
    }

    #[test]
    fn two_meet_at_least() {
        let wave = Wave { time: 0, spread: 5, attendance: 0.0 };
        let shares = wave.shares(&[7, 8, 9], &mut Random::new(1));
        assert_eq!(shares.iter().map(|(member, _)| *member).collect::<Vec<_>>(), [7, 8]);
    }

    #[test]
    fn waves_are_spread_over_the_time() {
        let times = times(1_000, 11_000, 10, &mut Random::new(1));
        assert_eq!(times.len(), 10);
        assert!(times.is_sorted());
        assert!(times[0] >= 1_000 && times[9] < 11_000);
        assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 600));
    }

    #[test]
    fn camouflage_is_the_asked_share() {
        for (objects, share, expected) in [(10, 0.0, 0), (10, 0.5, 10), (6, 0.6, 9), (1, 1.0, 99)] {
            assert_eq!(camouflage_posts(objects, share), expected, "{objects} {share}");
        }
    }
}
