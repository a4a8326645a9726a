//! What chance has to say, in the page's terms.

use charivari_coordination::GroupKind;
use charivari_coordination::significance::power::{ACCOUNTS, SPREADS_S};
use charivari_coordination::significance::{Hypotheses, PairTest, Significance};
use charivari_report::view;

use super::super::Run;

/// Steps of the figure's p-values within one power of ten.
const STEPS: i32 = 4;

/// The powers of ten over which it goes.
const DECADES: i32 = 12;

/// How chance was tested; none where it was not.
pub(super) fn tell(run: &Run<'_>) -> Option<view::Chance> {
    let network = &run.network;
    let found = network.significance.as_ref()?;
    let edges = |standing| {
        (0..network.edges.edges.len()).filter(|edge| self::standing(run, *edge) == standing).count()
    };
    let open = |group: u32| is_open(run, group);
    let grouped = || network.groups.iter().flatten();
    let hypotheses = found.hypotheses.as_ref();
    Some(view::Chance {
        level: network.level,
        windows_s: found.windows.tested.iter().map(|window| seconds(*window)).collect(),
        left_out: (found.windows.untested.iter())
            .map(|left| (left.window_s as f64, left.reason.to_owned()))
            .collect(),
        pairs_tested: found.pairs.len() as u64,
        pairs_possible: hypotheses.map_or(found.pairs.len() as f64, Hypotheses::pairs),
        looked_at: hypotheses.map_or(1.0, |hypotheses| hypotheses.looked_at),
        edges: edges(view::Standing::Stands) as u64,
        edges_open: edges(view::Standing::Open) as u64,
        groups_with_odds: (with_odds(run, 1_000), with_odds(run, 1)),
        accounts: grouped().filter(|group| !open(**group)).count() as u64,
        groups_open: (0..network.group_count).filter(|group| open(*group)).count() as u64,
        accounts_open: grouped().filter(|group| open(**group)).count() as u64,
        surprises: hypotheses.map_or_else(Vec::new, |hypotheses| surprises(found, hypotheses)),
        stands_p: (found.pairs.iter())
            .filter(|test| !test.open && test.q <= network.level)
            .map(|test| test.p)
            .reduce(f64::max),
        power: power(run),
    })
}

/// How many groups that are no publishers have odds of at most once in so many data sets.
fn with_odds(run: &Run<'_>, least: u32) -> u64 {
    let replications = &run.network.replications;
    let groups = (0..).zip(replications).filter(|(group, _)| !is_open(run, *group));
    groups.filter(|(_, held_up)| held_up.once_in() >= Some(least)).count() as u64
}

/// Whether a group, from 0, is of publishers who openly post together.
pub(super) fn is_open(run: &Run<'_>, group: u32) -> bool {
    run.network.group_kinds.get(group as usize) == Some(&GroupKind::Syndication)
}

/// How an edge, by number, stands against chance.
pub(super) fn standing(run: &Run<'_>, edge: usize) -> view::Standing {
    let network = &run.network;
    let open = network.tests.get(edge).copied().flatten().is_some_and(|test| test.open);
    if network.significance.is_none() {
        view::Standing::Untested
    } else if !network.is_significant(edge) {
        view::Standing::Chance
    } else if open {
        view::Standing::Open
    } else {
        view::Standing::Stands
    }
}

/// What chance has to say of an edge; none where it was not tested.
pub(super) fn of_edge(run: &Run<'_>, edge: usize) -> Option<view::EdgeChance> {
    let test = run.network.tests.get(edge).copied().flatten()?;
    let windows = &run.network.significance.as_ref()?.windows.tested;
    Some(view::EdgeChance {
        p: test.p,
        q: test.q,
        standing: standing(run, edge),
        shared: test.shared.into(),
        met: test.met.into(),
        expected: test.expected,
        window_s: seconds(windows.get(usize::from(test.scale)).copied().unwrap_or(0)),
    })
}

/// The windows of a group's edges with the number of edges, ascending.
pub(super) fn windows(run: &Run<'_>, edges: &[u32]) -> Vec<(f64, u64)> {
    let mut windows: Vec<i64> =
        edges.iter().map(|edge| run.network.window_of(*edge as usize)).collect();
    windows.sort_unstable();
    windows.chunk_by(|a, b| a == b).map(|run| (seconds(run[0]), run.len() as u64)).collect()
}

/// What held up of a group, from 0.
pub(super) fn of_group(run: &Run<'_>, group: usize) -> Option<view::GroupChance> {
    let held_up = run.network.replications.get(group)?;
    Some(view::GroupChance {
        once_in: held_up.once_in(),
        e_value: held_up.e_value,
        p: held_up.p_value,
        events: held_up.events.into(),
        met: held_up.met.into(),
        expected: held_up.expected,
    })
}

/// How many pairs and accounts there are at falling p-values, and how many pairs chance would make.
fn surprises(found: &Significance, hypotheses: &Hypotheses) -> Vec<view::Surprise> {
    let mut tests: Vec<&PairTest> = found.pairs.iter().filter(|test| !test.open).collect();
    tests.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.pair.cmp(&b.pair)));
    let looks = found.windows.tested.len().max(1);
    let mut named = std::collections::BTreeSet::new();
    let mut taken = 0;
    let mut points = Vec::new();
    for step in (0..=STEPS * DECADES).rev() {
        let p = 10_f64.powf(-f64::from(step) / f64::from(STEPS));
        let upto = tests.partition_point(|test| test.p <= p);
        for test in &tests[taken..upto] {
            named.extend([(test.pair >> 32) as u32, test.pair as u32]);
        }
        taken = upto;
        points.push(view::Surprise {
            p,
            pairs: upto as u64,
            accounts: named.len() as u64,
            chance: p * hypotheses.at(p, looks),
        });
    }
    points.reverse();
    points
}

/// The curves of what could have been found.
fn power(run: &Run<'_>) -> Vec<view::Curve> {
    if run.power.points.is_empty() {
        return Vec::new();
    }
    let curve = |spread_s, accounts| view::Curve {
        accounts,
        spread_s,
        points: (run.power.points.iter())
            .filter(|point| point.accounts == accounts && point.spread_s == spread_s)
            .map(|point| (point.objects, point.planted, point.found))
            .collect(),
        fewest: run.power.fewest_objects(accounts, spread_s),
    };
    SPREADS_S.iter().flat_map(|spread| ACCOUNTS.map(|accounts| curve(*spread, accounts))).collect()
}

fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}
