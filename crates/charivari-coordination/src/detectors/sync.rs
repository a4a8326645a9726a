//! Posting in step, whatever is said.
//!
//! **What it finds.** Pairs of accounts whose posts fall together in time, hour after hour, within
//! 10 or 60 seconds, more often than their own rhythms and the crowd's would have it; and the
//! clusters that such pairs form. What the posts say is not looked at.
//!
//! **Why it matters.** One hand with many accounts can give each its own words, but the hand is
//! there for all of them at once. A tool that works through a list of accounts posts for them within
//! seconds of each other.
//!
//! **Innocent explanations.** Two who answer each other in conversation; outlets of one publisher;
//! tools that post at set times, where the two set the same times by chance or by the tool's own
//! default; people who watch the same event and comment on it live; two who are always among the
//! first on the same topic; one person with a private and a professional account.
//!
//! **Parameters.** `level`: the false discovery rate of what is reported. `jitter`: how far, either
//! way, a post might as well have been made, under the null.
//!
//! **The null.** Each post of an account is free within ± `jitter` (30 minutes) of where it is, but
//! keeps to the rhythms below. Of two posts that are within the jitter of each other, the chance that
//! they are within the window is therefore the greatest of
//!
//! - 2 · window / 2 · jitter: all moments are alike; a coarse clock is allowed for;
//! - how many of the posts that third accounts made within the jitter of the moment fell within the
//!   window of it: where the crowd comes together, so may these two;
//! - how many of the other account's *other* posts that fall in the same half hour of the day, of the
//!   hour, or in the same quarter of the hour, fall within the window of that second of the day, of
//!   the hour or of the quarter: who posts on the full quarter meets others who do.
//!
//! Both accounts' moments are tried, and the greater chance counts. All coincidences of one hour are
//! one trial, so that a thread or a sitting counts once. The trials of a pair that came true weigh
//! −ln of their chance; the p-value is Chernoff's bound on that sum, the better of two windows doubled.
//! The q-value is that of Benjamini and Hochberg over all pairs of accounts that post in four hours
//! or more and on a common day (bounded above).
//!
//! **Source.** The jitter null is that of synchrony between trains of nerve impulses: Amarasingham,
//! Harrison, Hatsopoulos and Geman, *Conditional modeling and the jitter method of spike resampling*,
//! Journal of Neurophysiology 107 (2012); the question is that of Pacheco, Hui, Torres-Lugo, Truong,
//! Flammini and Menczer, *Uncovering coordinated networks on social media*, ICWSM 2021, case study 5,
//! which compares half hours.

mod crowd;
mod pair;
mod search;
mod timeline;

use rayon::prelude::*;

use super::chance::q_values;
use super::{Context, Detector, Sign, Signs};
use crowd::Crowd;
use pair::{Judge, Work};
pub(super) use timeline::Timeline;

/// The windows, in microseconds.
pub(super) const WINDOWS: [i64; 2] = [10_000_000, 60_000_000];

const DAY: i64 = 86_400_000_000;

/// The fewest hours in which an account must have posted: with fewer, no pair of its could stand
/// against all that are tested.
const LEAST_HOURS: usize = 4;

/// Companions are pairs at or below this q-value: their posts are no third accounts' to each other.
const COMPANION: f64 = 0.05;

/// See the module's documentation.
pub(super) struct Sync;

impl Detector for Sync {
    fn name(&self) -> &'static str {
        "sync"
    }

    fn description(&self) -> &'static str {
        "Accounts that post within seconds of each other, hour after hour, whatever they say."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "two people in conversation, who answer each other within the minute",
            "outlets of one publisher, or one person's two accounts, openly run together",
            "tools that post at set times which both happened to choose",
            "people who comment live on the same event, or who are always first on the same topic",
        ]
    }

    fn needs(&self) -> &'static [&'static str] {
        &["posts"]
    }

    fn run(&self, context: &Context<'_>) -> Signs {
        let mut signs = Signs::default();
        let Some(posts) = context.posts else {
            signs.lacks(self.name(), "posts");
            return signs;
        };
        let timeline = Timeline::of(posts, context.accounts);
        if timeline.passed_over > 0 {
            let text = "posts of unknown accounts, or at times that are no dates, were passed over";
            signs.note(self.name(), "posts", Some(timeline.passed_over), text);
        }
        let found = find(&timeline, context.settings.jitter.clamp(2 * WINDOWS[1], DAY / 2));
        report(&found, context.settings.level, &mut signs);
        signs
    }
}

/// What the test says of one pair.
#[derive(Clone, Debug)]
struct Tested {
    a: u32,
    b: u32,
    p: f64,
    q: f64,
    /// The window that shows it best, by place among those tested.
    scale: usize,
    met: u32,
    of: u32,
    expected: f64,
}

/// All tested pairs, and what was counted on the way.
struct Found {
    tested: Vec<Tested>,
    windows: Vec<i64>,
    hypotheses: f64,
    capped: u64,
}

/// Tests all pairs that met in three hours or more.
fn find(timeline: &Timeline, jitter: i64) -> Found {
    let windows = windows(timeline.step);
    let hours: Vec<usize> = (0..timeline.accounts() as u32).map(|a| timeline.hours(a)).collect();
    let eligible: Vec<bool> = hours.iter().map(|hours| *hours >= LEAST_HOURS).collect();
    let candidates = search::candidates(timeline, windows[windows.len() - 1], &eligible);
    let mut judge = Judge::new(timeline, Crowd::of(timeline, &windows, jitter), &windows, jitter);
    let hypotheses = search::hypotheses(timeline, &eligible);
    let pairs = promising(&judge, &candidates.pairs);
    let mut tested = test(&judge, &pairs, hypotheses);
    let companions: Vec<(u32, u32)> =
        tested.iter().filter(|t| t.q <= COMPANION).map(|t| (t.a, t.b)).collect();
    if !companions.is_empty() {
        judge.leave_out(&companions);
        tested = test(&judge, &pairs, hypotheses);
    }
    Found { tested, windows, hypotheses, capped: candidates.capped }
}

/// Windows finer than the clock are one with it.
fn windows(step: i64) -> Vec<i64> {
    let fine: Vec<i64> = WINDOWS.into_iter().filter(|window| *window >= step).collect();
    if fine.is_empty() { vec![step] } else { fine }
}

/// The pairs that could stand at all; the others count as having been tested in vain.
fn promising(judge: &Judge<'_>, pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    pairs
        .par_iter()
        .map_init(Work::default, |work, (a, b)| {
            (!judge.is_hopeless(*a, *b, work)).then_some((*a, *b))
        })
        .flatten()
        .collect()
}

fn test(judge: &Judge<'_>, pairs: &[(u32, u32)], hypotheses: f64) -> Vec<Tested> {
    let chunks: Vec<Vec<Tested>> = pairs
        .par_chunks(256)
        .map_init(Work::default, |work, pairs| {
            pairs.iter().map(|(a, b)| test_one(judge, *a, *b, work)).collect()
        })
        .collect();
    let mut tested: Vec<Tested> = chunks.into_iter().flatten().collect();
    let p_values: Vec<f64> = tested.iter().map(|tested| tested.p).collect();
    for (tested, q) in tested.iter_mut().zip(q_values(&p_values, hypotheses)) {
        tested.q = q;
    }
    tested
}

fn test_one(judge: &Judge<'_>, a: u32, b: u32, work: &mut Work) -> Tested {
    let mut best = Tested { a, b, p: 1.0, q: 1.0, scale: 0, met: 0, of: 0, expected: 0.0 };
    let scales = judge.scales();
    for scale in 0..scales {
        let trials = judge.trials(a, b, scale, work);
        let p = (trials.bound() * scales as f64).min(1.0);
        if p < best.p {
            best.p = p;
            best.scale = scale;
            (best.met, best.of, best.expected) = (trials.met(), trials.count(), trials.expected());
        }
    }
    best
}

fn report(found: &Found, level: f64, signs: &mut Signs) {
    let mut kept: Vec<&Tested> = found.tested.iter().filter(|tested| tested.q <= level).collect();
    kept.sort_by(|x, y| x.p.total_cmp(&y.p).then((x.a, x.b).cmp(&(y.a, y.b))));
    let pairs: Vec<(u32, u32)> = kept.iter().map(|tested| (tested.a, tested.b)).collect();
    let clusters = super::signs::clusters(&pairs);
    for (tested, cluster) in kept.into_iter().zip(clusters) {
        let mut sign = Sign::new("sync", "in-step", f64::from(tested.met), tested.of.into());
        sign.account = Some(tested.a);
        sign.other = Some(tested.b);
        sign.group = Some(cluster);
        sign.expected = Some(tested.expected);
        (sign.p, sign.q) = (Some(tested.p), Some(tested.q));
        sign.detail = format!("within {} s", found.windows[tested.scale] as f64 / 1e6);
        signs.rows.push(sign);
    }
    let tested = super::chance::whole(found.hypotheses);
    signs.note(
        "sync",
        "tested",
        Some(tested as u64),
        "pairs that the false discovery rate allows for",
    );
    if found.capped > 0 {
        let text = "posts with so many others around them that only the nearest were looked at";
        signs.note("sync", "capped", Some(found.capped), text);
    }
}

#[cfg(test)]
mod tests;
