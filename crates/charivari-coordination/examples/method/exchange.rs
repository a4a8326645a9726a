//! What exchanging the times within each object would leave of a pair's meetings.
//!
//! Of an object with n traces, of which k pairs are within the window, an exchange puts two given
//! traces within the window of each other with probability k / (n(n−1)/2), whoever they are: where
//! all traces are within the window, always. Over the objects that two accounts share, exchanges are
//! independent, so the number of objects on which the two meet after an exchange is a
//! Poisson-binomial, and its tail at the number on which they do meet is a p-value that holds by
//! construction for data whose times were exchanged.

use std::collections::BTreeMap;

use crate::permuted::Row;

/// Draws for objects that either account shares more than once.
const DRAWS: usize = 400;

/// The traces of each object, account by account.
pub(crate) struct Exchange<'r> {
    of_account: BTreeMap<&'r str, BTreeMap<&'r str, Vec<i64>>>,
    of_object: BTreeMap<&'r str, Vec<i64>>,
}

/// What an exchange would leave of a pair.
pub(crate) struct Left {
    /// On how many objects the two met.
    pub met: usize,
    /// On how many they meet after an exchange, on average.
    pub expected: f64,
    /// How often they meet on at least as many after an exchange.
    pub p: f64,
}

impl<'r> Exchange<'r> {
    pub(crate) fn of(rows: &'r [Row]) -> Self {
        let mut of_account: BTreeMap<&str, BTreeMap<&str, Vec<i64>>> = BTreeMap::new();
        let mut of_object: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (object, account, _, time) in rows {
            of_account.entry(account).or_default().entry(object).or_default().push(*time);
            of_object.entry(object).or_default().push(*time);
        }
        for times in of_object.values_mut() {
            times.sort_unstable();
        }
        Self { of_account, of_object }
    }

    /// What an exchange would leave of the meetings of two accounts within a window.
    pub(crate) fn leaves(&self, accounts: [&str; 2], window: i64) -> Left {
        let [one, other] = accounts.map(|account| self.of_account.get(account));
        let (mut met, mut chances) = (0, Vec::new());
        for (object, mine) in one.into_iter().flatten() {
            if let Some(theirs) = other.and_then(|objects| objects.get(object)) {
                met += usize::from(is_met(mine, theirs, window));
                chances.push(chance(&self.of_object[object], mine.len(), theirs.len(), window));
            }
        }
        Left { met, expected: chances.iter().sum(), p: tail(&chances, met) }
    }
}

fn is_met(mine: &[i64], theirs: &[i64], window: i64) -> bool {
    mine.iter().any(|one| theirs.iter().any(|other| (one - other).abs() <= window))
}

/// How often two accounts with so many traces each meet, of all exchanges of `times`.
fn chance(times: &[i64], mine: usize, theirs: usize, window: i64) -> f64 {
    if mine == 1 && theirs == 1 {
        let (mut near, mut low) = (0, 0);
        for (at, time) in times.iter().enumerate() {
            while times[low] < time - window {
                low += 1;
            }
            near += at - low;
        }
        return near as f64 / (times.len() * (times.len() - 1) / 2) as f64;
    }
    let mut drawn = times.to_vec();
    let mut below = crate::permuted::below(1);
    let meets = |_: &usize| {
        for at in 0..mine + theirs {
            let from = at + below(times.len() - at);
            drawn.swap(at, from);
        }
        is_met(&drawn[..mine], &drawn[mine..mine + theirs], window)
    };
    (0..DRAWS).filter(meets).count() as f64 / DRAWS as f64
}

/// How often at least `met` of independent events with these chances come true.
fn tail(chances: &[f64], met: usize) -> f64 {
    let mut exactly = vec![0.0; chances.len() + 1];
    exactly[0] = 1.0;
    for chance in chances {
        for count in (0..chances.len()).rev() {
            let moved = exactly[count] * chance;
            exactly[count] -= moved;
            exactly[count + 1] += moved;
        }
    }
    exactly[met..].iter().sum()
}
