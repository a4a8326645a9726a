//! One run against the truth.

use std::collections::BTreeMap;

use charivari_coordination::significance::Hypotheses;
use charivari_coordination::{GroupKind, Network, Parameters, Store, analyse};
use charivari_simulate::society::{self, Kind, Settings, Society};

use crate::crowd::{self, Truth};

/// What one run found, against the truth.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// Significant edges, those of open publishers apart.
    pub(crate) significant: u64,
    /// Those of them that do not join two accounts of one planted group.
    pub(crate) wrong: u64,
    /// Significant edges between open publishers.
    pub(crate) open: u64,
    /// By tactic: planted accounts, and those of them with a group.
    pub(crate) planted: BTreeMap<&'static str, (u64, u64)>,
    /// Accounts with a group.
    pub(crate) grouped: u64,
    /// Those of them that were planted.
    pub(crate) grouped_planted: u64,
    /// Outlets of publishers, and those of them that are shown as syndication.
    pub(crate) outlets: (u64, u64),
    /// Pairs that share an object, and the p-values of those tested that are true nulls.
    pub(crate) null_pairs: f64,
    pub(crate) null_p: Vec<f64>,
    /// How long the analysis took.
    pub(crate) seconds: f64,
}

/// Draws a society and analyses it.
pub(crate) fn of(settings: &Settings, parameters: &Parameters) -> Outcome {
    let society = society::generate(settings);
    let store = crowd::store(&society, parameters);
    let clock = std::time::Instant::now();
    let network = analyse(&store, parameters).expect("a network");
    let seconds = clock.elapsed().as_secs_f64();
    Outcome { seconds, ..compare(&society, &store, &network) }
}

fn compare(society: &Society, store: &Store, network: &Network) -> Outcome {
    let known = crowd::truth(society);
    let truth =
        |account: u32| known.get(network.account(store, account)).copied().unwrap_or(Truth::NOBODY);
    let together = |a: u32, b: u32| truth(a).group.is_some() && truth(a).group == truth(b).group;
    let mut outcome = Outcome::default();
    for (number, edge) in network.edges.edges.iter().enumerate() {
        if network.is_significant(number) {
            if network.tests[number].is_some_and(|test| test.open) {
                outcome.open += 1;
                continue;
            }
            outcome.significant += 1;
            outcome.wrong += u64::from(!together(edge.source, edge.target));
        }
    }
    if let Some(found) = &network.significance {
        outcome.null_pairs = found.hypotheses.as_ref().map_or(0.0, Hypotheses::pairs);
        let is_null = |pair: u64| !together((pair >> 32) as u32, pair as u32);
        outcome.null_p = found.pairs.iter().filter(|t| is_null(t.pair)).map(|t| t.p).collect();
    }
    let mut group_of = vec![None; network.traces.accounts()];
    for (account, group) in network.nodes.iter().zip(&network.groups) {
        group_of[*account as usize] = group.map(|group| network.group_kinds[group as usize]);
    }
    for account in 0..network.traces.accounts() as u32 {
        let is = truth(account);
        let grouped = group_of[account as usize] == Some(GroupKind::Coordinated);
        let planted = is.kind == Some(Kind::Planted);
        outcome.grouped += u64::from(grouped);
        outcome.grouped_planted += u64::from(grouped && planted);
        if is.kind == Some(Kind::Syndication) {
            outcome.outlets.0 += 1;
            let shown = group_of[account as usize] == Some(GroupKind::Syndication);
            outcome.outlets.1 += u64::from(shown);
        }
        if let (true, Some(group)) = (planted, is.group) {
            let tactic = society.groups[group as usize].tactic.expect("a planted group has one");
            let entry = outcome.planted.entry(tactic.name()).or_default();
            entry.0 += 1;
            entry.1 += u64::from(grouped);
        }
    }
    outcome
}

/// What several runs found together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) runs: u64,
    /// Runs with a significant edge that should not be.
    pub(crate) runs_wrong: u64,
    /// The share of wrong edges in each run with a significant edge.
    pub(crate) wrong_shares: Vec<f64>,
    pub(crate) planted: BTreeMap<&'static str, (u64, u64)>,
    pub(crate) grouped: u64,
    pub(crate) grouped_planted: u64,
    pub(crate) outlets: (u64, u64),
    pub(crate) seconds: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, outcome: &Outcome) {
        self.runs += 1;
        self.runs_wrong += u64::from(outcome.wrong > 0);
        if outcome.significant > 0 {
            self.wrong_shares.push(outcome.wrong as f64 / outcome.significant as f64);
        }
        for (tactic, (of, found)) in &outcome.planted {
            let entry = self.planted.entry(tactic).or_default();
            *entry = (entry.0 + of, entry.1 + found);
        }
        self.grouped += outcome.grouped;
        self.grouped_planted += outcome.grouped_planted;
        self.outlets = (self.outlets.0 + outcome.outlets.0, self.outlets.1 + outcome.outlets.1);
        self.seconds += outcome.seconds;
    }

    /// Runs over seeds.
    pub(crate) fn over(
        seeds: std::ops::Range<u64>,
        parameters: &Parameters,
        settings: impl Fn(u64) -> Settings,
    ) -> Self {
        let mut sum = Self::default();
        for seed in seeds {
            sum.add(&of(&settings(seed), parameters));
        }
        sum
    }

    /// Planted accounts, and those with a group.
    pub(crate) fn found(&self) -> (u64, u64) {
        self.planted.values().fold((0, 0), |sum, (of, found)| (sum.0 + of, sum.1 + found))
    }

    pub(crate) fn recall(&self) -> f64 {
        let (of, found) = self.found();
        found as f64 / of.max(1) as f64
    }

    pub(crate) fn precision(&self) -> f64 {
        if self.grouped == 0 { 1.0 } else { self.grouped_planted as f64 / self.grouped as f64 }
    }

    /// The mean share of wrong edges, with the half width of its 95 % interval.
    pub(crate) fn wrong_share(&self) -> (f64, f64) {
        let n = self.wrong_shares.len().max(1) as f64;
        let mean = self.wrong_shares.iter().sum::<f64>() / n;
        let spread = self.wrong_shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>();
        (mean, 1.96 * (spread / (n - 1.0).max(1.0) / n).sqrt())
    }
}

/// The 95 % interval of a share of `hits` in `of` (Wilson 1927).
pub(crate) fn wilson(hits: u64, of: u64) -> (f64, f64) {
    let (z, n) = (1.96_f64, of as f64);
    let share = hits as f64 / n;
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}
