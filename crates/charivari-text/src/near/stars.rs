//! Clusters as stars: every member is verified against its representative.

use rayon::prelude::*;

use super::verify::{NOBODY, Neighbours, Ranked};

/// So many representatives are tried for one form.
const TRIED: usize = 8;
/// So many neighbours are looked at for their representatives.
const LOOKED_AT: usize = 64;

/// The representative of each form, by rank; a form that is alone represents itself.
pub(super) fn stars(forms: &Ranked<'_>, neighbours: &Neighbours) -> Vec<u32> {
    let graph = Graph::new(neighbours);
    let mut of = vec![NOBODY; forms.len()];
    let mut near = Vec::new();
    for rank in graph.by_degree() {
        if of[rank as usize] != NOBODY {
            continue;
        }
        // A neighbour's representative may be near as well though the two never met.
        graph.representatives(rank, &of, &mut near);
        if let Some(representative) = closest(forms, rank, &near) {
            of[rank as usize] = representative;
            continue;
        }
        of[rank as usize] = rank;
        for other in graph.of(rank) {
            if of[other as usize] == NOBODY {
                of[other as usize] = rank;
            }
        }
    }
    settle(forms, &graph, &of)
}

/// Each member goes to the closest of the representatives around it.
fn settle(forms: &Ranked<'_>, graph: &Graph<'_>, of: &[u32]) -> Vec<u32> {
    (0..of.len() as u32)
        .into_par_iter()
        .with_min_len(1_024)
        .map_init(Vec::new, |near, rank| {
            let own = of[rank as usize];
            if own == rank {
                return own;
            }
            graph.representatives(rank, of, near);
            if near.iter().all(|&other| other == own) {
                return own;
            }
            if !near.contains(&own) {
                near.push(own);
            }
            closest(forms, rank, near).unwrap_or(own)
        })
        .collect()
}

/// The most similar of some representatives, of equals that of higher rank; nothing when none
/// is similar enough.
fn closest(forms: &Ranked<'_>, rank: u32, representatives: &[u32]) -> Option<u32> {
    let mut comparison = forms.comparison(rank);
    let mut best: Option<(f64, u32)> = None;
    for &other in representatives {
        if let Some(similarity) = comparison.similar(other)
            && best
                .is_none_or(|(most, who)| similarity > most || (similarity >= most && other < who))
        {
            best = Some((similarity, other));
        }
    }
    best.map(|(_, other)| other)
}

/// Verified neighbours in both directions.
struct Graph<'a> {
    higher: &'a Neighbours,
    /// Where the neighbours of lower rank of each form begin in `lower`.
    starts: Vec<usize>,
    lower: Vec<u32>,
}

impl<'a> Graph<'a> {
    fn new(higher: &'a Neighbours) -> Self {
        let mut starts = vec![0_usize; higher.len() + 1];
        let edges = || {
            let pairs = higher.iter().enumerate();
            pairs.flat_map(|(rank, kept)| existing(kept).map(move |other| (rank, other as usize)))
        };
        edges().for_each(|(_, other)| starts[other + 1] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut lower = vec![0; sum];
        let mut next = starts.clone();
        for (rank, other) in edges() {
            lower[next[other]] = rank as u32;
            next[other] += 1;
        }
        Self { higher, starts, lower }
    }

    fn lower(&self, rank: u32) -> &[u32] {
        let rank = rank as usize;
        &self.lower[self.starts[rank]..self.starts[rank + 1]]
    }

    fn of(&self, rank: u32) -> impl Iterator<Item = u32> {
        existing(&self.higher[rank as usize]).chain(self.lower(rank).iter().copied())
    }

    /// Those with neighbours, most of them first, of equals the highest rank first; then the
    /// others.
    fn by_degree(&self) -> impl Iterator<Item = u32> + use<> {
        let mut order: Vec<u64> = (0..self.higher.len() as u32)
            .into_par_iter()
            .map(|rank| {
                let degree = existing(&self.higher[rank as usize]).count() + self.lower(rank).len();
                (u64::from(!(degree as u32)) << 32) | u64::from(rank)
            })
            .collect();
        order.par_sort_unstable();
        order.into_iter().map(|entry| entry as u32)
    }

    /// Puts the representatives of the form's neighbours into `out`, each once.
    fn representatives(&self, rank: u32, of: &[u32], out: &mut Vec<u32>) {
        out.clear();
        for other in self.of(rank).take(LOOKED_AT) {
            let representative = of[other as usize];
            if representative != NOBODY
                && representative != rank
                && !out.contains(&representative)
                && out.len() < TRIED
            {
                out.push(representative);
            }
        }
    }
}

fn existing(kept: &[u32]) -> impl Iterator<Item = u32> {
    kept.iter().copied().take_while(|&other| other != NOBODY)
}
