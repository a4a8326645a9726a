//! How likely the sample is if the copy was made at an instant.
//!
//! With `F(x)` the chance that a clock which is off by `sigma` days shows at most `x` days too much:
//!
//! - A row that was noted as made at `c` was there at `t` with `(1 − lost) F(t − c) + lost`, where `lost` is
//!   the share of records that were made anew later. Taken at random from what was there, `n` rows have
//!   the product of this over them, divided by the `n`-th power of its sum over the own records.
//! - Of a change at `h` the sample has the new value with `(1 − wrong) F(t − h) + blind (1 − F(t − h))`, where
//!   `wrong` is the share of wrong values, and `blind` that of changes that left this value as it was.
//! - Values without a change differ with `wrong`.

use super::clock::{self, Clock, Law};
use super::edge;
use super::posterior::Posterior;
use super::{DAY, Seen, Traces};
use crate::chance;

/// How far clocks may be off where no ids tell it, in days (standard deviations), with the weights that they have
/// before the end of the own table is looked at: most tables are noted by one clock, which is right.
const SIGMAS: [(f64, f64); 9] = [
    (0.02, 4.0),
    (0.25, 1.0),
    (0.5, 1.0),
    (0.8, 1.0),
    (1.2, 1.0),
    (1.7, 1.0),
    (2.3, 1.0),
    (3.1, 1.0),
    (4.2, 1.0),
];

/// Clocks that are less likely than the likeliest by this, as a logarithm, are left out.
const UNLIKELY: f64 = 12.0;

/// The sigma of a first look.
const ROUGH: f64 = 3.0;

/// Shares of records made anew, with their weights beforehand: most tables have none.
const LOST: [(f64, f64); 5] = [(0.0, 0.6), (0.000_5, 0.1), (0.003, 0.1), (0.01, 0.1), (0.04, 0.1)];

/// Shares of wrong values.
pub(super) const WRONG: [f64; 11] =
    [0.000_5, 0.002, 0.005, 0.01, 0.018, 0.028, 0.04, 0.055, 0.08, 0.15, 0.3];

/// Shares of changes that left the value as it was.
const BLIND: [f64; 8] = [0.001, 0.005, 0.015, 0.04, 0.1, 0.25, 0.5, 0.8];

/// Rows beyond this are thinned out evenly; the interval is far under a day then.
const MOST_ROWS: usize = 20_000;

/// Rows contradict changed values where these are less likely at what both say than at their own best by this,
/// as a logarithm: about once in ten thousand times by chance.
const CONTRADICTION: f64 = 9.0;

/// Points at which the chance of a clock's error is looked up.
const NODES: usize = 21;

/// The sample and the own records, sorted.
pub(super) struct Model {
    pub(super) own: Vec<f64>,
    pub(super) created: Vec<f64>,
    /// Changes by time, and whether the new value was seen.
    changes: Vec<(f64, bool)>,
    /// How many of the changes before each place were seen new.
    news: Vec<u32>,
    same: f64,
    differ: f64,
    pub(super) from: f64,
    pub(super) until: f64,
    resolution: f64,
    /// The clocks that may be, with errors that are each as likely, and the logarithm of each clock's weight.
    clocks: Vec<((Clock, Vec<f64>), f64)>,
    rough: (Clock, Vec<f64>),
    /// Whether the order of ids set the times right.
    pub(super) by_ids: bool,
}

/// The logarithm of the likelihood at an instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likely {
    pub(super) log: f64,
    /// The place in [`WRONG`] of the share of wrong values that fits best.
    pub(super) wrong: usize,
}

impl Model {
    pub(super) fn of(traces: &Traces) -> Self {
        let resolution = traces.resolution as f64 / DAY;
        let days =
            |times: &[i64]| times.iter().map(|&time| time as f64 / DAY).collect::<Vec<f64>>();
        let (mut own, mut created) = (days(&traces.own_created), days(&traces.created));
        let right = clock::set_right(&traces.own_ids, &own, resolution)
            .filter(|_| traces.ids.len() == created.len());
        if let Some(right) = &right {
            own = right.own();
            created = traces.ids.iter().filter_map(|&id| right.of(id)).collect();
        }
        let by_ids = right.is_some();
        own.sort_by(f64::total_cmp);
        let clocks = right.map_or_else(
            || guessed(&own, resolution),
            |right| right.clocks.into_iter().map(|clock| (clock, 0.0)).collect(),
        );
        created.sort_by(f64::total_cmp);
        if created.len() > MOST_ROWS {
            let all = created.len();
            created = (0..MOST_ROWS).map(|at| created[at * all / MOST_ROWS]).collect();
        }
        let (changes, news) = changes(traces);
        let firsts = own.first().into_iter().chain(created.first());
        let first =
            firsts.chain(changes.first().map(|(at, _)| at)).copied().fold(f64::MAX, f64::min);
        let with_nodes = |clock: Clock| {
            let nodes = clock.rows.nodes(NODES);
            (clock, nodes)
        };
        Self {
            own,
            created,
            changes,
            news,
            same: traces.same as f64,
            differ: traces.differ as f64,
            from: first.min(traces.until as f64 / DAY),
            until: traces.until as f64 / DAY,
            resolution,
            clocks: clocks.into_iter().map(|(clock, log)| (with_nodes(clock), log)).collect(),
            rough: with_nodes(Clock {
                rows: Law::Normal(ROUGH),
                values: Law::Normal(ROUGH),
                shift: 0.0,
            }),
            by_ids,
        }
    }

    /// The logarithm of the likelihood at `t` for clocks that are off by days: smooth enough for a first
    /// look at instants that are days apart.
    pub(super) fn roughly(&self, t: f64, rows: bool, values: bool) -> f64 {
        let of_values = if values { self.values(t, &self.rough.0.values).log } else { 0.0 };
        of_values + if rows { self.rows(t, &self.rough) } else { 0.0 }
    }

    /// The likelihood at `t`, summed over all that is not known.
    pub(super) fn at(&self, t: f64, rows: bool, values: bool) -> Likely {
        // A time that is noted by the day says the beginning of it.
        let t = t - self.resolution * 0.5;
        let mut logs = Vec::with_capacity(self.clocks.len());
        let mut best = Likely { log: f64::NEG_INFINITY, wrong: 0 };
        for (clock, weight) in &self.clocks {
            let t = t + clock.0.shift;
            let of_values = if values {
                self.values(t, &clock.0.values)
            } else {
                Likely { log: 0.0, wrong: 0 }
            };
            let log = weight + of_values.log + if rows { self.rows(t, clock) } else { 0.0 };
            logs.push(log);
            if log > best.log {
                best = Likely { log, wrong: of_values.wrong };
            }
        }
        best.log = log_sum(&logs);
        best
    }

    /// The logarithm for the rows' times of making.
    fn rows(&self, t: f64, (clock, nodes): &(Clock, Vec<f64>)) -> f64 {
        let n = self.created.len() as f64;
        let there = self.own_at(t, nodes);
        let all = self.own.len() as f64;
        let reach = clock.rows.reach();
        let certain = self.created.partition_point(|&c| c < t - reach);
        let possible = self.created.partition_point(|&c| c <= t + reach);
        let beyond = (self.created.len() - possible) as f64;
        let chances: Vec<f64> =
            self.created[certain..possible].iter().map(|&c| clock.rows.before(c - t)).collect();
        let mut logs = [f64::NEG_INFINITY; LOST.len()];
        for (log, (lost, weight)) in logs.iter_mut().zip(LOST) {
            if lost == 0.0 && beyond > 0.0 {
                continue;
            }
            let near: f64 =
                chances.iter().map(|chance| ((1.0 - lost) * chance + lost).max(1e-12).ln()).sum();
            let far = if beyond > 0.0 { beyond * lost.ln() } else { 0.0 };
            let whole = ((1.0 - lost) * there + lost * all).max(1e-9);
            *log = weight.ln() + near + far - n * (whole / all).ln();
        }
        log_sum(&logs)
    }

    /// How many own records were there at `t`.
    fn own_at(&self, t: f64, nodes: &[f64]) -> f64 {
        let below = |t: f64| self.own.partition_point(|&c| c <= t) as f64;
        nodes.iter().map(|node| below(t + node)).sum::<f64>() / nodes.len() as f64
    }

    /// The logarithm for the changed values.
    fn values(&self, t: f64, law: &Law) -> Likely {
        let reach = law.reach();
        let certain = self.changes.partition_point(|change| change.0 < t - reach);
        let possible = self.changes.partition_point(|change| change.0 <= t + reach);
        let all = self.changes.len();
        let new_before = f64::from(self.news[certain]);
        let old_before = certain as f64 - new_before;
        let new_after = f64::from(self.news[all] - self.news[possible]);
        let old_after = (all - possible) as f64 - new_after;
        let near: Vec<(f64, bool)> = self.changes[certain..possible]
            .iter()
            .map(|&(at, is_new)| (law.before(at - t), is_new))
            .collect();
        let mut logs = [f64::NEG_INFINITY; WRONG.len()];
        for (log, wrong) in logs.iter_mut().zip(WRONG) {
            let settled = (new_before + self.same) * (1.0 - wrong).ln()
                + (old_before + self.differ) * wrong.ln();
            let of_blind = BLIND.map(|blind| {
                let after = new_after * blind.ln() + old_after * (1.0 - blind).ln();
                let near = near.iter().map(|&(after, is_new)| {
                    let new = (1.0 - wrong) * after + blind * (1.0 - after);
                    if is_new { new.max(1e-12).ln() } else { (1.0 - new).max(1e-12).ln() }
                });
                after + near.sum::<f64>()
            });
            *log = settled + log_sum(&of_blind);
        }
        let mut best = 0;
        for at in 1..WRONG.len() {
            if logs[at] > logs[best] {
                best = at;
            }
        }
        Likely { log: log_sum(&logs), wrong: best }
    }

    /// Why rows were not taken as if at random with regard to when they were made, if they were not.
    pub(super) fn unlike_random(
        &self,
        both: &Posterior,
        values: Option<&Posterior>,
    ) -> Option<String> {
        let there = self.own.partition_point(|&c| c <= both.middle_day()) as f64;
        let rows = self.created.len() as f64;
        if rows >= 10.0 && rows > 0.5 * there {
            return Some(
                "the sample is more than half of all records up to its newest, as first rows of a table \
                 are"
                    .to_owned(),
            );
        }
        let p = self.ranks_p(there.max(1.0));
        if p < 0.001 {
            return Some(format!(
                "rows of some times are far too many for rows taken at random (p = {p:.1e})"
            ));
        }
        let values = values?;
        let there = self.at(both.middle_day(), false, true).log;
        (values.peak - there > CONTRADICTION)
            .then(|| "they contradict the changed values, as rows of one period do".to_owned())
    }

    /// Kolmogorov and Smirnov's p-value of the ranks of the rows among the records that were there. Rows
    /// of one instant share the ranks of that instant evenly.
    fn ranks_p(&self, there: f64) -> f64 {
        let mut ranks = Vec::with_capacity(self.created.len());
        let mut at = 0;
        while at < self.created.len() {
            let time = self.created[at];
            let end = at + self.created[at..].partition_point(|&c| c <= time);
            let low = self.own.partition_point(|&c| c < time) as f64;
            let high = self.own.partition_point(|&c| c <= time) as f64;
            let ties = (end - at) as f64;
            for tie in 0..end - at {
                let rank = low + (tie as f64 + 0.5) / ties * (high - low);
                ranks.push((rank / there).min(1.0));
            }
            at = end;
        }
        chance::uniform_ks(&ranks)
    }
}

/// Changes in order of time, whether the new value was seen, and how many were before each place.
fn changes(traces: &Traces) -> (Vec<(f64, bool)>, Vec<u32>) {
    let mut changes: Vec<(f64, bool)> = traces
        .changes
        .iter()
        .map(|change| (change.at as f64 / DAY, change.seen == Seen::New))
        .collect();
    changes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut news = vec![0];
    for (_, is_new) in &changes {
        news.push(news.last().copied().unwrap_or(0) + u32::from(*is_new));
    }
    (changes, news)
}

/// Clocks of which no ids tell how far they are off, with the weight that the end of the own table gives each.
fn guessed(own: &[f64], resolution: f64) -> Vec<(Clock, f64)> {
    // Errors of less than half of what is noted show as little as the least, and are one with it.
    let is_hidden = |sigma: f64| sigma <= SIGMAS[0].0.max(0.5 * resolution);
    let hidden = SIGMAS.iter().filter(|(sigma, _)| is_hidden(*sigma));
    let least = (SIGMAS[0].0, hidden.map(|(_, weight)| weight).sum());
    let shown = SIGMAS.into_iter().filter(|(sigma, _)| !is_hidden(*sigma));
    let (sigmas, weights): (Vec<f64>, Vec<f64>) = std::iter::once(least)
        .chain(shown)
        .map(|(sigma, weight)| (sigma.hypot(resolution * 0.29), weight))
        .unzip();
    let ends = edge::logs(own, &sigmas, resolution);
    let logs: Vec<f64> = weights.iter().zip(ends).map(|(weight, end)| weight.ln() + end).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weighed = sigmas.into_iter().zip(logs).filter(|(_, log)| *log > most - UNLIKELY);
    weighed
        .map(|(sigma, log)| {
            let law = Law::Normal(sigma);
            (Clock { rows: law.clone(), values: law, shift: 0.0 }, log - most)
        })
        .collect()
}

pub(super) fn log_sum(logs: &[f64]) -> f64 {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + logs.iter().map(|log| (log - most).exp()).sum::<f64>().ln()
}

/// The value below which a standard normal variable lies with probability `p`.
pub(super) fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if chance::normal_cdf(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
