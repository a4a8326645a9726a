//! Edges from pairs: `generate_coordinated_network`.

use std::borrow::Cow;

use rayon::prelude::*;

use super::{CompatError, Pairs};
use crate::compat::number::r_number;

/// What the pairs between two accounts add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// Pair rows: the same two posts with three objects in common count three times.
    pub weight: u64,
    /// Mean difference in time, in seconds.
    pub avg_time_delta: f64,
    /// Distinct **older** posts, whichever of the two accounts posted them.
    pub n_content_id: u64,
    /// Distinct **newer** posts, whichever of the two accounts posted them.
    pub n_content_id_y: u64,
}

impl Measures {
    /// The smaller count of posts divided by the larger, from above 0 to 1.
    pub fn edge_symmetry_score(&self) -> f64 {
        let (few, many) = if self.n_content_id < self.n_content_id_y {
            (self.n_content_id, self.n_content_id_y)
        } else {
            (self.n_content_id_y, self.n_content_id)
        };
        few as f64 / many as f64
    }
}

/// Two accounts with at least one pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge<'a> {
    /// The account whose id comes first by bytes.
    pub from: &'a str,
    /// The other one; the same where loops are kept.
    pub to: &'a str,
    /// Over all pairs.
    pub full: Measures,
    /// Over the pairs that the speed window flags, if there are any.
    pub fast: Option<Measures>,
    /// Whether the weight is above the quantile of all weights.
    pub is_above: bool,
    /// Whether the fast weight is above the quantile of all fast weights.
    pub is_fast_above: Option<bool>,
}

/// The network, sorted by `from` and then `to`.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeTable<'a> {
    edges: Vec<Edge<'a>>,
    has_speed: bool,
}

/// The network that `generate_coordinated_network` makes of the pairs, with `fast_net` if the
/// pairs carry a speed window. `edge_weight` is the quantile of the weights above which an edge is
/// marked, from 0 to 1; the peer's default is 0.5.
///
/// # Errors
///
/// [`CompatError::Parameter`] if `edge_weight` lies outside 0 to 1.
pub fn network<'r>(pairs: &Pairs<'r>, edge_weight: f64) -> Result<EdgeTable<'r>, CompatError> {
    if !(0.0..=1.0).contains(&edge_weight) {
        let expected = "a quantile from 0 to 1";
        return Err(CompatError::Parameter { name: "edge_weight", found: edge_weight, expected });
    }
    let linked = linked_pairs(pairs);
    let mut edges: Vec<Edge<'r>> =
        linked.chunk_by(|a, b| a.accounts == b.accounts).map(|links| edge(pairs, links)).collect();
    mark(&mut edges, edge_weight);
    Ok(EdgeTable { edges, has_speed: pairs.speed.is_some() })
}

/// A pair with the places of its accounts in the order of names.
struct Link {
    accounts: (u32, u32),
    place: u32,
}

/// The pairs in the order of their accounts, otherwise as they were.
fn linked_pairs(pairs: &Pairs<'_>) -> Vec<Link> {
    let ranks = pairs.rows.account.ranks();
    let rank = |row| ranks[pairs.rows.account.id(row) as usize];
    let link = |(&(older, newer), place): (&(u32, u32), u32)| {
        let (one, other) = (rank(older), rank(newer));
        Link { accounts: (one.min(other), one.max(other)), place }
    };
    let mut links: Vec<Link> = pairs.found.iter().zip(0_u32..).map(link).collect();
    links.par_sort_unstable_by_key(|link| (link.accounts, link.place));
    links
}

fn edge<'r>(pairs: &Pairs<'r>, links: &[Link]) -> Edge<'r> {
    let of = |link: &Link| pairs.found[link.place as usize];
    let all: Vec<(u32, u32)> = links.iter().map(of).collect();
    let fast = pairs.speed.as_ref().and_then(|(_, is_fast)| {
        let fast: Vec<(u32, u32)> =
            links.iter().filter(|link| is_fast[link.place as usize]).map(of).collect();
        if fast.is_empty() { None } else { Some(measures(pairs, &fast)) }
    });
    let (one, other) = all
        .first()
        .map_or(("", ""), |&(a, b)| (pairs.rows.account.name(a), pairs.rows.account.name(b)));
    Edge {
        from: one.min(other),
        to: one.max(other),
        full: measures(pairs, &all),
        fast,
        is_above: false,
        is_fast_above: None,
    }
}

fn measures(pairs: &Pairs<'_>, of_edge: &[(u32, u32)]) -> Measures {
    let distinct = |row: fn(&(u32, u32)) -> u32| {
        let mut contents: Vec<u32> =
            of_edge.iter().map(|pair| pairs.rows.content.id(row(pair))).collect();
        contents.sort_unstable();
        contents.dedup();
        contents.len() as u64
    };
    Measures {
        weight: of_edge.len() as u64,
        avg_time_delta: mean(of_edge.iter().map(|&pair| pairs.time_delta(pair))),
        n_content_id: distinct(|pair| pair.0),
        n_content_id_y: distinct(|pair| pair.1),
    }
}

/// The mean, rounded once: R sums in a wider type, so what a plain sum loses is carried along.
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = sum + value;
        // Neumaier's step: the smaller addend is the one that loses digits.
        lost += if sum >= value { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    let mean = sum / count;
    let rest = (-mean).mul_add(count, sum) + lost;
    mean + rest / count
}

/// Marks the edges above the quantile, the fast ones by the quantile of the fast weights.
fn mark(edges: &mut [Edge<'_>], edge_weight: f64) {
    let full = quantile(edges.iter().map(|edge| edge.full.weight).collect(), edge_weight);
    let fast = edges.iter().filter_map(|edge| edge.fast.map(|fast| fast.weight)).collect();
    let fast = quantile(fast, edge_weight);
    for edge in edges {
        edge.is_above = edge.full.weight as f64 > full;
        edge.is_fast_above = edge.fast.map(|measures| measures.weight as f64 > fast);
    }
}

/// Quantile type 7 of Hyndman and Fan (The American Statistician 50(4), 1996), R's default.
fn quantile(mut weights: Vec<u64>, probability: f64) -> f64 {
    weights.sort_unstable();
    let place = weights.len().saturating_sub(1) as f64 * probability;
    // The place lies within the list, because the probability lies within 0 and 1.
    #[allow(clippy::cast_sign_loss)]
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    match (weights.get(low), weights.get(high)) {
        (Some(&low_weight), Some(&high_weight)) if low_weight == high_weight => low_weight as f64,
        (Some(&low_weight), Some(&high_weight)) => {
            // R counts places from 1; adding it first rounds as R rounds.
            let share = (1.0 + place) - (low as f64 + 1.0);
            (1.0 - share) * low_weight as f64 + share * high_weight as f64
        }
        _ => f64::NAN,
    }
}

const HEADER: [&str; 8] = [
    "from",
    "to",
    "weight",
    "avg_time_delta",
    "n_content_id",
    "n_content_id_y",
    "edge_symmetry_score",
    "weight_threshold",
];

const SPEED_HEADER: [&str; 14] = [
    "from",
    "to",
    "weight_full",
    "weight_fast",
    "avg_time_delta_full",
    "avg_time_delta_fast",
    "n_content_id_full",
    "n_content_id_y_full",
    "n_content_id_fast",
    "n_content_id_y_fast",
    "edge_symmetry_score_full",
    "edge_symmetry_score_fast",
    "weight_threshold_full",
    "weight_threshold_fast",
];

impl<'a> EdgeTable<'a> {
    /// The edges, sorted by `from` and then `to`.
    pub fn edges(&self) -> &[Edge<'a>] {
        &self.edges
    }

    /// Whether the table carries the columns of the speed subnetwork.
    pub fn has_speed(&self) -> bool {
        self.has_speed
    }

    /// The names of the columns.
    pub fn header(&self) -> &'static [&'static str] {
        if self.has_speed { &SPEED_HEADER } else { &HEADER }
    }

    /// The rows of the table as text, in the order of [`EdgeTable::header`]; a measure that is
    /// missing is an empty field.
    pub fn records(&self) -> impl Iterator<Item = Vec<Cow<'a, str>>> + '_ {
        self.edges.iter().map(|edge| {
            let mut record = vec![Cow::Borrowed(edge.from), Cow::Borrowed(edge.to)];
            if self.has_speed {
                record.extend(speed_fields(edge));
            } else {
                record.extend(fields(edge));
            }
            record
        })
    }
}

fn whole(number: u64) -> Cow<'static, str> {
    Cow::Owned(number.to_string())
}

fn flag(is_set: bool) -> Cow<'static, str> {
    Cow::Borrowed(if is_set { "1" } else { "0" })
}

fn fields(edge: &Edge<'_>) -> [Cow<'static, str>; 6] {
    [
        whole(edge.full.weight),
        r_number(edge.full.avg_time_delta),
        whole(edge.full.n_content_id),
        whole(edge.full.n_content_id_y),
        r_number(edge.full.edge_symmetry_score()),
        flag(edge.is_above),
    ]
}

fn speed_fields(edge: &Edge<'_>) -> [Cow<'static, str>; 12] {
    let full = &edge.full;
    let fast = |field: fn(&Measures) -> Cow<'static, str>| {
        edge.fast.as_ref().map_or(Cow::Borrowed(""), field)
    };
    [
        whole(full.weight),
        fast(|fast| whole(fast.weight)),
        r_number(full.avg_time_delta),
        fast(|fast| r_number(fast.avg_time_delta)),
        whole(full.n_content_id),
        whole(full.n_content_id_y),
        fast(|fast| whole(fast.n_content_id)),
        fast(|fast| whole(fast.n_content_id_y)),
        r_number(full.edge_symmetry_score()),
        fast(|fast| r_number(fast.edge_symmetry_score())),
        flag(edge.is_above),
        edge.is_fast_above.map_or(Cow::Borrowed(""), flag),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right column is what R 4.2.2 gave.
    #[test]
    fn quantiles_are_those_of_r() {
        let cases: [(&[u64], f64, f64); 6] = [
            (&[3], 0.5, 3.0),
            (&[1, 2], 0.5, 1.5),
            (&[4, 1, 1, 1], 0.95, 3.55),
            (&[1, 2, 3, 4, 10], 0.9, 7.6),
            (&[1, 2, 3], 0.0, 1.0),
            (&[1, 2, 3], 1.0, 3.0),
        ];
        for (weights, probability, expected) in cases {
            let found = quantile(weights.to_vec(), probability);
            assert!((found - expected).abs() < 1e-12, "{weights:?} at {probability}: {found}");
        }
        assert!(quantile(Vec::new(), 0.5).is_nan());
    }
}
