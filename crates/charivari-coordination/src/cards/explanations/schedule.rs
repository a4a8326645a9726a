//! Tools that post on schedule.
//!
//! **What it finds.** Groups whose posts come at round times much more often than chance has it: at
//! full minutes, or at multiples of 5, 10, 15, 30 or 60 minutes.
//!
//! **Why it matters.** Editors plan posts ahead, and tools offer round times. Two accounts that both
//! post at nine sharp meet without knowing of each other.
//!
//! **Innocent explanations.** It is one. But operators use the same tools; a schedule says how, not
//! who.
//!
//! **Parameters.** At least 50 posts; a share of round times twice that of chance and 20 points above
//! it; the same for half of the accounts with ten posts or more, so that one account cannot decide.
//! Where times are known to the minute only, full minutes say nothing.
//!
//! **Source.** Ours.

use charivari_model::Resolution;

use super::{Explanation, Facts, Judgement, percent};

/// Steps in seconds, the coarsest first.
const STEPS: [i64; 6] = [3_600, 1_800, 900, 600, 300, 60];

/// Accounts with fewer posts say nothing by themselves.
const FEWEST_POSTS: usize = 10;

/// How often posts come at round times.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Round {
    /// The posts looked at.
    pub posts: usize,
    /// The step, in minutes, whose multiples stand out most.
    pub step_minutes: u32,
    /// The share of posts at its multiples, from 0 to 1.
    pub share: f64,
    /// The share that chance would have.
    pub expected: f64,
    /// The share of accounts with ten posts or more that show the same.
    pub accounts: f64,
}

impl Round {
    /// Measures one step; both are in seconds.
    fn at(posts: &[(u32, i64, u32)], step: i64, finest: i64) -> Self {
        let is_round = |time: i64| {
            time.div_euclid(1_000_000).div_euclid(finest).rem_euclid(step / finest) == 0
        };
        let share = |run: &[(u32, i64, u32)]| {
            let round = run.iter().filter(|post| is_round(post.1)).count();
            round as f64 / run.len().max(1) as f64
        };
        let expected = finest as f64 / step as f64;
        let active = posts.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() >= FEWEST_POSTS);
        let accounts: Vec<f64> = active.map(share).collect();
        let alike = accounts.iter().filter(|share| Self::stands_out(**share, expected)).count();
        Self {
            posts: posts.len(),
            step_minutes: u32::try_from(step / 60).unwrap_or_default(),
            share: share(posts),
            expected,
            accounts: alike as f64 / accounts.len().max(1) as f64,
        }
    }

    /// How surprising one post is, on average, if times were not round: in nats.
    fn surprise(&self) -> f64 {
        let term = |share: f64, expected: f64| {
            if share > 0.0 { share * (share / expected).ln() } else { 0.0 }
        };
        term(self.share, self.expected) + term(1.0 - self.share, 1.0 - self.expected)
    }

    fn stands_out(share: f64, expected: f64) -> bool {
        share >= 2.0 * expected && share >= expected + 0.2
    }
}

/// How often posts come at round times: (account, time, row), by account. `all` is how finely the
/// times of the whole run are known.
pub(super) fn of(posts: &[(u32, i64, u32)], all: Option<Resolution>) -> Option<Round> {
    let to_the_minute = posts.iter().all(|post| post.1.rem_euclid(60_000_000) == 0);
    let finest = match all? {
        // Where one source has seconds and this group's has none, its full minutes say nothing.
        Resolution::Subsecond | Resolution::Second if !to_the_minute => 1,
        Resolution::Subsecond | Resolution::Second | Resolution::Minute => 60,
        Resolution::Hour | Resolution::Day => return None,
    };
    let rounds = STEPS.into_iter().filter(|step| *step > finest);
    let rounds: Vec<Round> = rounds.map(|step| Round::at(posts, step, finest)).collect();
    let stand_out = rounds.iter().filter(|round| Round::stands_out(round.share, round.expected));
    let clearest = stand_out.max_by(|a, b| a.surprise().total_cmp(&b.surprise()));
    clearest.or(rounds.last()).copied()
}

/// See the module's documentation.
pub(super) struct Schedule;

impl Explanation for Schedule {
    fn name(&self) -> &'static str {
        "schedule"
    }

    fn meaning(&self) -> &'static str {
        "Editors or hobbyists whose tools post at planned, round times."
    }

    fn judge(&self, facts: &Facts) -> Judgement {
        let Some(round) = &facts.round else {
            return Judgement::NotMeasured("times to the minute");
        };
        let stands_out = Round::stands_out(round.share, round.expected);
        if round.posts < 50 || !stands_out || round.accounts < 0.5 {
            return Judgement::DoesNot;
        }
        Judgement::Fits(format!(
            "{} of {} posts come at multiples of {} min, where chance would have {}; {} of the \
             accounts show it.",
            percent(round.share),
            round.posts,
            round.step_minutes,
            percent(round.expected),
            percent(round.accounts),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posts(account: u32, seconds: impl Fn(i64) -> i64) -> Vec<(u32, i64, u32)> {
        (0..40).map(|at| (account, seconds(at) * 1_000_000, 0)).collect()
    }

    #[test]
    fn round_times_are_found_by_their_clearest_step() {
        let uneven = |at: i64| at * 7_919 + at * at * 13;
        for (name, resolution, posts, expected) in [
            ("quarters", Resolution::Second, posts(1, |at| at * 2_700), Some((15, true))),
            (
                "quarters by the minute",
                Resolution::Minute,
                posts(1, |at| at * 2_700),
                Some((15, true)),
            ),
            (
                "minutes among seconds",
                Resolution::Second,
                posts(1, |at| at * 4_260),
                Some((5, false)),
            ),
            (
                "mostly full minutes",
                Resolution::Second,
                posts(1, |at| at * 4_260 + i64::from(at == 7)),
                Some((1, true)),
            ),
            ("any time", Resolution::Second, posts(1, uneven), Some((1, false))),
            ("only hours are known", Resolution::Hour, posts(1, |at| at * 3_600), None),
        ] {
            let round = of(&posts, Some(resolution));
            let found = round.map(|r| (r.step_minutes, Round::stands_out(r.share, r.expected)));
            assert_eq!(found, expected, "{name}: {round:?}");
        }
    }

    #[test]
    fn one_account_on_schedule_is_not_the_group() {
        let mut all = posts(1, |at| at * 2_700);
        for account in 2..5 {
            all.extend(posts(account, |at| at * 7_919 + at * at * 13));
        }
        let round = of(&all, Some(Resolution::Second));
        let facts = Facts { round, ..Facts::default() };
        assert!(round.unwrap().accounts < 0.5);
        assert_eq!(Schedule.judge(&facts), Judgement::DoesNot);
    }
}
