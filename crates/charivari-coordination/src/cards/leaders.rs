//! Who leads: who was first on what a group's members met on, and by how much the others came later.
//!
//! What members did with one object without a longer pause is one *occasion*; an occasion where two
//! came first at the same instant has no first. Someone is always first, so being first often is
//! said of an account only where chance does not explain it: if each of the members there were
//! equally likely to be the first, how probable is it to be first as often? Occasions close to one
//! another are one trial, since whoever goes through a list an hour before the others is first on
//! all of it at once.
//!
//! Being first is no proof of command. Whoever is awake earlier, follows the source more closely or
//! is the source's own account is first without leading anyone.

use serde::Serialize;

use super::chance::{median, q_values, tail};
pub use super::material::Touched;

/// Occasions that begin within this time of the one before are one sitting, in microseconds.
pub(crate) const SITTING: i64 = 600_000_000;

/// The false discovery rate up to which an account is called a first mover.
pub const LEVEL: f64 = 0.05;

/// One account among the others of its group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leader {
    /// The account, by rank.
    pub account: u32,
    /// The occasions it was part of, those without a first left out.
    pub occasions: u32,
    /// On how many it was first.
    pub first: u32,
    /// The median delay behind the first on all others, in seconds; none where there are none.
    pub median_delay_s: Option<f64>,
    /// How many sittings its occasions make: the trials of the test.
    pub trials: u32,
    /// How many of those it began as the first.
    pub first_in_trials: u32,
    /// How many chance would have it begin.
    pub expected: f64,
    /// How often chance alone would make it first as often in as many trials.
    pub p: f64,
    /// The least false discovery rate, over all accounts of all groups, at which that stands.
    pub q: f64,
    /// Whether it may be called a first mover.
    pub is_first_mover: bool,
}

impl Leader {
    /// The share of its occasions on which it was first, from 0 to 1.
    pub fn share_first(&self) -> f64 {
        f64::from(self.first) / f64::from(self.occasions.max(1))
    }
}

/// Who leads a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Leaders {
    /// The occasions with a first.
    pub occasions: u32,
    /// Those without: two or more came first at the same instant.
    pub tied: u32,
    /// Its accounts, those first most surely first.
    pub accounts: Vec<Leader>,
}

impl Leaders {
    /// The accounts that may be called first movers.
    pub fn first_movers(&self) -> impl Iterator<Item = &Leader> {
        self.accounts.iter().filter(|leader| leader.is_first_mover)
    }
}

/// Who leads among `touched`, sorted by object and time; `pause` in microseconds ends an occasion.
///
/// The q-values are those of this group alone until [`judge`] has seen all groups.
pub fn of(touched: &[Touched], pause: i64) -> Leaders {
    let mut occasions = Occasions::of(touched, pause);
    let tied = occasions.keep_those_with_a_first();
    let mut accounts: Vec<Leader> = occasions.accounts();
    let count = occasions.list.len() as u32;
    accounts.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.account.cmp(&b.account)));
    let mut leaders = Leaders { occasions: count, tied, accounts };
    judge(std::iter::once(&mut leaders));
    leaders
}

/// Corrects for how many accounts were looked at, over all groups.
pub fn judge<'l>(groups: impl Iterator<Item = &'l mut Leaders>) {
    let mut accounts: Vec<&mut Leader> = groups
        .flat_map(|leaders| &mut leaders.accounts)
        .filter(|leader| leader.trials > 0)
        .collect();
    let p_values: Vec<f64> = accounts.iter().map(|leader| leader.p).collect();
    for (leader, q) in accounts.iter_mut().zip(q_values(&p_values)) {
        leader.q = q;
        leader.is_first_mover = q <= LEVEL;
    }
}

/// One occasion: who came when, each account once.
struct Occasion {
    object: u32,
    /// The post that came first.
    post: u32,
    start: usize,
    end: usize,
}

/// The occasions of one group, and who came to them.
struct Occasions {
    members: Vec<u32>,
    list: Vec<Occasion>,
    /// The member, by place, and the time.
    came: Vec<(u32, i64)>,
}

impl Occasions {
    fn of(touched: &[Touched], pause: i64) -> Self {
        let mut members: Vec<u32> = touched.iter().map(|touched| touched.account).collect();
        members.sort_unstable();
        members.dedup();
        let (mut list, mut came) = (Vec::new(), Vec::new());
        let mut seen = vec![0_u32; members.len()];
        let together = |a: &Touched, b: &Touched| {
            a.object == b.object && b.time.saturating_sub(a.time) <= pause
        };
        let mut stamp = 0;
        for run in touched.chunk_by(together) {
            let start = came.len();
            stamp += 1;
            for touched in run {
                let member = members.binary_search(&touched.account).unwrap_or(0);
                if std::mem::replace(&mut seen[member], stamp) != stamp {
                    came.push((member as u32, touched.time));
                }
            }
            let occasion =
                Occasion { object: run[0].object, post: run[0].post, start, end: came.len() };
            // One alone is no occasion.
            if came.len() - start > 1 { list.push(occasion) } else { came.truncate(start) }
        }
        Self { members, list, came }
    }

    /// Leaves out those without a first, and counts them. A post leads once: one post with three
    /// objects that all met on is one occasion, the one that most came to.
    fn keep_those_with_a_first(&mut self) -> u32 {
        let size = |occasion: &Occasion| occasion.end - occasion.start;
        self.list.sort_by_key(|o| (o.post, std::cmp::Reverse(size(o)), o.object));
        self.list.dedup_by_key(|occasion| occasion.post);
        let came = &self.came;
        let before = self.list.len();
        self.list.retain(|occasion| came[occasion.start].1 < came[occasion.start + 1].1);
        self.list.sort_by_key(|occasion| (came[occasion.start].1, occasion.object));
        (before - self.list.len()) as u32
    }

    fn accounts(&self) -> Vec<Leader> {
        let mut tallies: Vec<Tally> = self.members.iter().map(|_| Tally::default()).collect();
        for occasion in &self.list {
            let came = &self.came[occasion.start..occasion.end];
            for (place, (member, time)) in came.iter().enumerate() {
                let tally = &mut tallies[*member as usize];
                tally.add(came[0].1, *time, place == 0, came.len());
            }
        }
        let leader = |(account, tally): (&u32, Tally)| tally.leader(*account);
        self.members.iter().zip(tallies).map(leader).collect()
    }
}

/// What is counted of one account, occasion by occasion in the order of time.
#[derive(Default)]
struct Tally {
    first: u32,
    delays: Vec<i64>,
    last: Option<i64>,
    chances: Vec<f64>,
    first_in_trials: usize,
}

impl Tally {
    fn add(&mut self, began: i64, came: i64, is_first: bool, others: usize) {
        if is_first {
            self.first += 1;
        } else {
            self.delays.push(came.saturating_sub(began));
        }
        let same_sitting = self.last.is_some_and(|last| began.saturating_sub(last) <= SITTING);
        self.last = Some(began);
        if !same_sitting {
            self.chances.push(1.0 / others as f64);
            self.first_in_trials += usize::from(is_first);
        }
    }

    fn leader(mut self, account: u32) -> Leader {
        let occasions = self.first + self.delays.len() as u32;
        let median_delay_s =
            (!self.delays.is_empty()).then(|| median(&mut self.delays) as f64 / 1e6);
        Leader {
            account,
            occasions,
            first: self.first,
            median_delay_s,
            trials: self.chances.len() as u32,
            first_in_trials: self.first_in_trials as u32,
            expected: self.chances.iter().sum(),
            p: tail(self.first_in_trials, &self.chances),
            q: 1.0,
            is_first_mover: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;
    const SECOND: i64 = 1_000_000;

    fn touched(object: u32, account: u32, time: i64) -> Touched {
        Touched { object, time, account, post: object * 100 + account }
    }

    /// Every hour one object; who comes when, in seconds.
    fn hourly(occasions: &[&[(u32, i64)]]) -> Vec<Touched> {
        let mut all = Vec::new();
        for (came, object) in occasions.iter().zip(0_u32..) {
            for (account, seconds) in *came {
                let time = i64::from(object) * HOUR + seconds * SECOND;
                all.push(touched(object, *account, time));
            }
        }
        all.sort_unstable();
        all
    }

    fn of_account(leaders: &Leaders, account: u32) -> &Leader {
        leaders.accounts.iter().find(|leader| leader.account == account).unwrap()
    }

    #[test]
    fn firsts_and_delays_are_counted() {
        let all = hourly(&[
            &[(1, 0), (2, 10), (3, 20)],
            &[(1, 0), (2, 30)],
            &[(2, 0), (1, 50)],
            &[(1, 5), (3, 5)],
        ]);
        let leaders = of(&all, 60 * SECOND);
        assert_eq!((leaders.occasions, leaders.tied), (3, 1));
        for (account, occasions, first, delay) in
            [(1, 3, 2, Some(50.0)), (2, 3, 1, Some(10.0)), (3, 1, 0, Some(20.0))]
        {
            let leader = of_account(&leaders, account);
            let found = (leader.occasions, leader.first, leader.median_delay_s);
            assert_eq!(found, (occasions, first, delay), "account {account}");
        }
        assert!(leaders.first_movers().next().is_none());
    }

    #[test]
    fn always_first_in_many_sittings_is_a_first_mover_and_in_one_is_not() {
        let always: Vec<&[(u32, i64)]> = vec![&[(1, 0), (2, 10), (3, 20)]; 12];
        let mover = of(&hourly(&always), 60 * SECOND);
        assert_eq!(mover.first_movers().map(|l| l.account).collect::<Vec<_>>(), [1]);
        assert!((of_account(&mover, 1).p - 3_f64.powi(-12)).abs() < 1e-12);
        // The same in one sitting: twelve objects within ten minutes.
        let mut sitting = hourly(&always);
        for touched in &mut sitting {
            touched.time -= i64::from(touched.object) * (HOUR - 30 * SECOND);
        }
        let sitting = of(&sitting, 60 * SECOND);
        assert_eq!(of_account(&sitting, 1).first, 12);
        assert_eq!(of_account(&sitting, 1).trials, 1);
        assert!(sitting.first_movers().next().is_none());
    }

    #[test]
    fn a_post_with_many_objects_leads_once_and_a_pause_begins_anew() {
        let mut all: Vec<Touched> = Vec::new();
        for object in 0..3 {
            all.push(Touched { post: 1, ..touched(object, 1, 0) });
            all.push(Touched { post: 2, ..touched(object, 2, SECOND) });
        }
        assert_eq!(of(&all, 60 * SECOND).occasions, 1);
        let again = [
            touched(0, 1, 0),
            touched(0, 2, SECOND),
            Touched { post: 9, ..touched(0, 2, HOUR) },
            touched(0, 1, HOUR + SECOND),
        ];
        let leaders = of(&again, 60 * SECOND);
        assert_eq!(leaders.occasions, 2);
        assert_eq!(of_account(&leaders, 1).first, 1);
    }

    #[test]
    fn whoever_is_first_by_turns_is_no_first_mover() {
        let turns: Vec<&[(u32, i64)]> = (0..40)
            .map(|at| -> &[(u32, i64)] {
                if at % 2 == 0 { &[(1, 0), (2, 9)] } else { &[(2, 0), (1, 9)] }
            })
            .collect();
        let leaders = of(&hourly(&turns), 60 * SECOND);
        assert!(leaders.first_movers().next().is_none());
        assert!((of_account(&leaders, 1).share_first() - 0.5).abs() < 1e-12);
    }
}
