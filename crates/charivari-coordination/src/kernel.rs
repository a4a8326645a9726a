//! The kernel: one object's traces in, its acts out.
//!
//! Two traces are an act when their accounts and posts differ and their times differ by at most the
//! window, bounds included. The traces are sorted by time, so two pointers touch each act once: the
//! cost is that of the traces and the acts, never of all pairs.
//!
//! The kernel knows no files, no threads and no other object, so that it can run over any partition
//! by object.

/// One object's traces, sorted by time.
#[derive(Clone, Copy, Debug)]
pub struct Object<'t> {
    /// Times in microseconds, ascending.
    pub time: &'t [i64],
    /// The account of each trace.
    pub account: &'t [u32],
    /// The post of each trace; a post stands once in an object.
    pub post: &'t [u32],
}

impl Object<'_> {
    /// Calls `act` with the places of the two traces of each act, the earlier first, in ascending
    /// order of the first place and then of the second.
    pub fn acts(&self, window: i64, mut act: impl FnMut(usize, usize)) {
        let count = self.time.len();
        for first in 0..count {
            let latest = self.time[first].saturating_add(window);
            let account = self.account[first];
            for second in first + 1..count {
                if self.time[second] > latest {
                    break;
                }
                if self.account[second] != account {
                    act(first, second);
                }
            }
        }
    }

    /// How many pairs of traces lie within the window, those of one account included: never fewer
    /// than there are acts. Takes time proportional to the traces.
    pub fn pairs(&self, window: i64) -> u64 {
        pairs(self.time, window)
    }

    /// How many acts there are, counted without listing them, in time proportional to sorting the
    /// traces by account.
    pub fn count(&self, window: i64) -> u64 {
        let mut by_account: Vec<(u32, i64)> =
            self.account.iter().copied().zip(self.time.iter().copied()).collect();
        by_account.sort_unstable();
        let mut times = Vec::new();
        let of_one_account: u64 = by_account
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|traces| traces.len() > 1)
            .map(|traces| {
                times.clear();
                times.extend(traces.iter().map(|(_, time)| *time));
                pairs(&times, window)
            })
            .sum();
        self.pairs(window) - of_one_account
    }

    /// The closest acts, at most `most` of them: all within some time difference, and of the next
    /// difference the first ones in the order of [`Object::acts`].
    pub fn closest(&self, window: i64, most: u64, mut act: impl FnMut(usize, usize)) {
        let Some(within) = self.widest_below(window, most) else { return self.first(0, most, act) };
        let mut left = most;
        self.acts(within, |first, second| {
            left -= 1;
            act(first, second);
        });
        let Some(next) = self.next_difference(within, window) else { return };
        self.first(next, left, act);
    }

    /// The first acts whose times differ by exactly `difference`, at most `most` of them.
    fn first(&self, difference: i64, most: u64, mut act: impl FnMut(usize, usize)) {
        let mut left = most;
        for first in 0..self.time.len() {
            let at = self.time[first].saturating_add(difference);
            let mut second = first + 1 + self.time[first + 1..].partition_point(|time| *time < at);
            while left > 0 && second < self.time.len() && self.time[second] == at {
                if self.account[second] != self.account[first] {
                    act(first, second);
                    left -= 1;
                }
                second += 1;
            }
            if left == 0 {
                return;
            }
        }
    }

    /// The widest window in which there are at most `most` acts; none if even 0 has more.
    fn widest_below(&self, window: i64, most: u64) -> Option<i64> {
        if self.count(0) > most {
            return None;
        }
        let (mut fits, mut too_wide) = (0, window);
        while too_wide - fits > 1 {
            let middle = fits + (too_wide - fits) / 2;
            if self.count(middle) <= most { fits = middle } else { too_wide = middle }
        }
        Some(fits)
    }

    /// The least difference of two times above `difference`, up to the window.
    fn next_difference(&self, difference: i64, window: i64) -> Option<i64> {
        let mut least = None;
        let mut second = 0;
        for first in 0..self.time.len() {
            while second < self.time.len() && self.time[second] - self.time[first] <= difference {
                second += 1;
            }
            let Some(time) = self.time.get(second) else { break };
            let found = time - self.time[first];
            if found <= window && least.is_none_or(|least| found < least) {
                least = Some(found);
            }
        }
        least
    }
}

/// Pairs of ascending times that differ by at most the window.
fn pairs(time: &[i64], window: i64) -> u64 {
    let mut total = 0;
    let mut first = 0;
    for second in 0..time.len() {
        while time[second].saturating_sub(time[first]) > window {
            first += 1;
        }
        total += (second - first) as u64;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn object<'t>(time: &'t [i64], account: &'t [u32], post: &'t [u32]) -> Object<'t> {
        Object { time, account, post }
    }

    #[test]
    fn the_window_includes_its_bounds_and_one_account_never_meets_itself() {
        let (time, account, post) = ([0, 60, 60, 121], [1, 2, 1, 3], [0, 1, 2, 3]);
        let mut acts = Vec::new();
        object(&time, &account, &post).acts(60, |a, b| acts.push((a, b)));
        assert_eq!(acts, [(0, 1), (1, 2)]);
    }

    proptest! {
        #[test]
        fn counting_agrees_with_listing(
            mut time in prop::collection::vec(0_i64..200, 0..60),
            seed in prop::collection::vec(0_u32..8, 60),
            window in 0_i64..90,
            most in 1_u64..40,
        ) {
            time.sort_unstable();
            let account = &seed[..time.len()];
            let post: Vec<u32> = (0..time.len() as u32).collect();
            let object = object(&time, account, &post);
            let mut listed = Vec::new();
            object.acts(window, |a, b| listed.push((time[b] - time[a], a, b)));
            prop_assert_eq!(listed.len() as u64, object.count(window));
            // All pairs, the slow way.
            let mut slow = 0;
            for a in 0..time.len() {
                for b in a + 1..time.len() {
                    slow += u64::from(account[a] != account[b] && time[b] - time[a] <= window);
                }
            }
            prop_assert_eq!(slow, object.count(window));
            let mut closest = Vec::new();
            object.closest(window, most, |a, b| closest.push((time[b] - time[a], a, b)));
            listed.sort_unstable();
            closest.sort_unstable();
            prop_assert_eq!(&listed[..closest.len()], &closest[..]);
            prop_assert_eq!(closest.len() as u64, most.min(slow));
        }
    }
}
