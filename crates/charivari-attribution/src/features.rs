//! What speaks for an actor: six measures, each a number that can be shown and checked.
//!
//! | feature | what it measures |
//! |---|---|
//! | `reports` | how much is told of the actor at all: the logarithm of its reports |
//! | `information` | how rare the shared techniques are, for the length of the profile (BM25, b = 0.25) |
//! | `nearest` | how much the closest reports of the actor resemble this one |
//! | `habit` | how much likelier the actor's own frequencies make these techniques, backed off to what its tools do and to what all actors do |
//! | `tools` | how rare the shared tools are, for the number of the actor's tools |
//! | `arsenal` | how many tools the actor has, so that many tools are no advantage |
//!
//! Dependence is accounted for by learnt weights: the measures overlap, and their sum is fitted as
//! a whole, never one by one.

use crate::candidates::{Candidates, Table};
use crate::query::{Query, weight};

/// The names of the features, in their order; the last two speak only where tools are compared.
pub const FEATURES: [&str; 6] = ["reports", "information", "nearest", "habit", "tools", "arsenal"];

/// How many features there are without tools.
pub const WITHOUT_SOFTWARE: usize = 4;

/// Which features speak for an actor, so that their weight may not be negative; the others are how
/// likely an actor is before anything is seen.
pub const IS_EVIDENCE: [bool; 6] = [false, true, true, true, true, false];

const BM25_K1: f64 = 1.2;
const BM25_B: f64 = 0.25;
/// How sharply the closest report outweighs the others.
const NEARNESS: f64 = 0.1;
/// How many mentions the general habit is worth against the actor's own.
const HABIT_PRIOR: f64 = 40.0;
/// How much of the general habit is what the actor's tools do.
const TOOLING_SHARE: f64 = 0.6;
const TOOLS_PRIOR: f64 = 10.0;

/// The features of all candidates for one query.
#[derive(Clone, Debug)]
pub struct Features {
    /// By candidate, in the order of [`FEATURES`].
    pub values: Vec<[f64; FEATURES.len()]>,
    /// How many techniques the query has, each by its standing; only known ones count.
    pub size: f64,
    /// How many tools, likewise.
    pub tools: f64,
}

/// The known things of a query with their weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) items: Vec<(usize, f64)>,
    pub(crate) unknown: Vec<String>,
}

impl Known {
    pub(crate) fn size(&self) -> f64 {
        self.items.iter().map(|(_, weight)| weight).sum()
    }
}

/// The techniques and the tools of `query` that the knowledge knows.
pub(crate) fn known(candidates: &Candidates<'_>, query: &Query) -> (Known, Known) {
    let (mut techniques, mut software) = (Known::default(), Known::default());
    for (id, standing) in query.techniques() {
        match candidates.knowledge.technique.get(id) {
            Some(at) => techniques.items.push((at, weight(standing))),
            None => techniques.unknown.push(id.to_owned()),
        }
    }
    for (id, standing) in query.software() {
        match candidates.knowledge.software.get(id) {
            Some(at) => software.items.push((at, weight(standing))),
            None => software.unknown.push(id.to_owned()),
        }
    }
    (techniques, software)
}

impl Features {
    /// Measures all candidates.
    pub fn of(candidates: &Candidates<'_>, query: &Query) -> Self {
        let (techniques, software) = known(candidates, query);
        let information = sum_rows(&information(candidates, &techniques), candidates.len());
        let habit = sum_rows(&habit(candidates, &techniques), candidates.len());
        let nearest = nearest(candidates, &techniques);
        let tools = sum_rows(&tools(candidates, &software), candidates.len());
        let values = (0..candidates.len()).map(|at| {
            let arsenal: f64 = candidates.has_software.row(at).iter().sum();
            [
                candidates.told[at].ln_1p(),
                information[at],
                nearest[at].0,
                habit[at],
                tools[at],
                arsenal.ln_1p(),
            ]
        });
        Self { values: values.collect(), size: techniques.size(), tools: software.size() }
    }
}

/// The sum of each candidate's parts.
fn sum_rows(parts: &[Vec<f64>], candidates: usize) -> Vec<f64> {
    let mut sums = vec![0.0; candidates];
    for part in parts {
        for (sum, value) in sums.iter_mut().zip(part) {
            *sum += value;
        }
    }
    sums
}

/// How many items each row of `table` has, and the mean of that.
fn lengths(table: &Table, rows: usize) -> (Vec<f64>, f64) {
    let lengths: Vec<f64> = (0..rows).map(|at| table.row(at).iter().sum()).collect();
    let mean = lengths.iter().sum::<f64>() / rows.max(1) as f64;
    (lengths, if mean > 0.0 { mean } else { 1.0 })
}

/// BM25 over profiles: by technique of the query, by candidate.
pub(crate) fn information(candidates: &Candidates<'_>, query: &Known) -> Vec<Vec<f64>> {
    bm25(&candidates.has, candidates.len(), query, BM25_B)
}

/// BM25 of sets: by item of the query, by row.
pub(crate) fn bm25(table: &Table, rows: usize, query: &Known, b: f64) -> Vec<Vec<f64>> {
    let (lengths, mean) = lengths(table, rows);
    let count = rows as f64;
    let part = |&(item, weight): &(usize, f64)| -> Vec<f64> {
        let holders: f64 = (0..rows).map(|at| table.row(at)[item]).sum();
        let rarity = ((count - holders + 0.5) / (holders + 0.5)).ln_1p() * weight;
        let of = |at: usize| {
            let length = 1.0 - b + b * lengths[at] / mean;
            table.row(at)[item] * (BM25_K1 + 1.0) / (1.0 + BM25_K1 * length) * rarity
        };
        (0..rows).map(of).collect()
    };
    query.items.iter().map(part).collect()
}

/// By technique of the query and candidate: the logarithm of how much likelier the candidate's habit
/// makes it than the habit of all.
pub(crate) fn habit(candidates: &Candidates<'_>, query: &Known) -> Vec<Vec<f64>> {
    let rows = candidates.len();
    let columns = candidates.has.columns();
    let total: f64 = columns.iter().map(|count| count + 0.5).sum();
    let (mentions, _) = lengths(&candidates.mentions, rows);
    let (tooling, _) = lengths(&candidates.tooling, rows);
    let part = |&(item, weight): &(usize, f64)| -> Vec<f64> {
        let usual = (columns[item] + 0.5) / total;
        let of = |at: usize| {
            let by_tools = if tooling[at] > 0.0 {
                candidates.tooling.row(at)[item] / tooling[at]
            } else {
                usual
            };
            let general = (1.0 - TOOLING_SHARE) * usual + TOOLING_SHARE * by_tools;
            let own = candidates.mentions.row(at)[item] + HABIT_PRIOR * general;
            (own / (mentions[at] + HABIT_PRIOR) / usual).ln() * weight
        };
        (0..rows).map(of).collect()
    };
    query.items.iter().map(part).collect()
}

/// By candidate: how close its reports come, and the closest with its cosine.
pub(crate) fn nearest(
    candidates: &Candidates<'_>,
    query: &Known,
) -> Vec<(f64, Option<(usize, f64)>)> {
    let count = candidates.reports.len() as f64;
    let rarity: Vec<f64> =
        candidates.frequency.iter().map(|of| ((count + 1.0) / (of + 1.0)).ln()).collect();
    let mut asked = vec![0.0; rarity.len()];
    for &(item, weight) in &query.items {
        asked[item] = rarity[item] * weight;
    }
    let norm = asked.iter().map(|value| value * value).sum::<f64>().sqrt();
    let mut sums = vec![(0.0, None::<(usize, f64)>); candidates.len()];
    for (place, report) in candidates.reports.iter().enumerate() {
        let Some(at) = report.actor.map(|at| at as usize) else { continue };
        let items = || report.techniques.iter().map(|&item| item as usize);
        let dot: f64 = items().map(|item| asked[item] * rarity[item]).sum();
        if dot <= 0.0 {
            continue;
        }
        let own = items().map(|item| rarity[item] * rarity[item]).sum::<f64>().sqrt();
        let cosine = dot / own / norm;
        let held = &mut sums[at];
        held.0 += (cosine / NEARNESS).exp_m1();
        if held.1.is_none_or(|(_, best)| cosine > best) {
            held.1 = Some((place, cosine));
        }
    }
    sums.into_iter().map(|(sum, best)| (sum.ln_1p(), best)).collect()
}

/// By tool of the query and candidate: how rare it is to have it.
pub(crate) fn tools(candidates: &Candidates<'_>, query: &Known) -> Vec<Vec<f64>> {
    let rows = candidates.len();
    let columns = candidates.has_software.columns();
    let total: f64 = columns.iter().map(|count| count + 0.5).sum();
    let (lengths, mean) = lengths(&candidates.has_software, rows);
    let part = |&(item, weight): &(usize, f64)| -> Vec<f64> {
        let usual = (columns[item] + 0.5) / total;
        let of = |at: usize| {
            let told = candidates.software_mentions.row(at)[item];
            let length = (lengths[at] / mean).sqrt() + 0.1;
            (told / (TOOLS_PRIOR * usual) / length).ln_1p() * weight
        };
        (0..rows).map(of).collect()
    };
    query.items.iter().map(part).collect()
}
