//! From texts to clusters that mean the same.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::model::Model;
use crate::normalise::digest_of_normalised;

/// In [`Clusters::of`]: the text has no known word, or nobody says the same.
pub const NONE: u32 = u32::MAX;

/// Tables of hyperplanes: the more, the fewer pairs are missed.
const TABLES: u64 = 32;

/// Planes of one table; forms that meet are ordered by those that do not part them.
const PLANES: usize = 24;

/// So many forms share one side of a table's planes on average.
const TOGETHER: usize = 32;

/// A form is compared with so many that meet it in one table, those closest in order.
const COMPARED: usize = 24;

/// A form keeps so many neighbours that follow it in order.
const KEPT: usize = 64;

/// What counts as the same meaning.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// The least cosine of a member with its representative.
    pub similarity: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { similarity: 0.8 }
    }
}

/// Which texts mean the same.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Clusters {
    /// The cluster of each text, in the order in which they were handed in, or [`NONE`].
    pub of: Vec<u32>,
    /// The digest of each cluster's representative: a name that does not depend on the order of the
    /// texts. Each cluster has at least two different texts.
    pub keys: Vec<[u8; 16]>,
    /// What was done and what was left out.
    pub counts: Counts,
}

/// What was done, and what was left out to bound the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Texts handed in.
    pub texts: u64,
    /// Distinct normalised texts.
    pub forms: u64,
    /// Those of which the model knows no word.
    pub unknown: u64,
    /// Texts in clusters.
    pub clustered: u64,
    /// Candidates compared.
    pub pairs_compared: u64,
    /// Pairs that met in a table and were not compared through it, summed over tables.
    pub pairs_capped: u64,
}

/// Clusters normalised texts by what they mean.
pub fn cluster(model: &Model, texts: &[&str], options: Options) -> Clusters {
    let digests: Vec<[u8; 16]> = texts.par_iter().map(|text| digest_of_normalised(text)).collect();
    // Forms in the order of their digests, which the order of the texts does not change.
    let by_digest: BTreeMap<[u8; 16], &str> =
        digests.iter().copied().zip(texts.iter().copied()).collect();
    let (keys, words): (Vec<[u8; 16]>, Vec<&str>) = by_digest.into_iter().unzip();
    let forms = Forms::of(model, &words);
    let mut counts = Counts {
        texts: texts.len() as u64,
        forms: keys.len() as u64,
        unknown: forms.is_known.iter().filter(|known| !**known).count() as u64,
        ..Counts::default()
    };
    let neighbours = forms.neighbours(options.similarity, &mut counts);
    let of_form = stars(&neighbours);
    let mut clusters = Clusters { counts, ..Clusters::default() };
    let mut number = vec![NONE; keys.len()];
    for (form, representative) in of_form.iter().enumerate() {
        let representative = *representative as usize;
        if representative != form && number[representative] == NONE {
            number[representative] = clusters.keys.len() as u32;
            clusters.keys.push(keys[representative]);
        }
    }
    let of_text = |digest: &[u8; 16]| {
        let form = keys.binary_search(digest).ok()?;
        Some(number[of_form[form] as usize])
    };
    clusters.of = digests.iter().map(|digest| of_text(digest).unwrap_or(NONE)).collect();
    clusters.counts.clustered = clusters.of.iter().filter(|of| **of != NONE).count() as u64;
    clusters
}

/// Distinct texts as directions.
struct Forms {
    dimensions: usize,
    directions: Vec<f32>,
    is_known: Vec<bool>,
}

impl Forms {
    fn of(model: &Model, words: &[&str]) -> Self {
        let dimensions = model.dimensions();
        let mut directions = vec![0.0; dimensions * words.len()];
        let is_known = directions
            .par_chunks_mut(dimensions)
            .zip(words)
            .map(|(into, text)| model.embed(text, into))
            .collect();
        Self { dimensions, directions, is_known }
    }

    fn direction(&self, form: u32) -> &[f32] {
        let from = form as usize * self.dimensions;
        &self.directions[from..from + self.dimensions]
    }

    /// The forms close enough to each, by number, both ways.
    fn neighbours(&self, similarity: f64, counts: &mut Counts) -> Vec<Vec<u32>> {
        let known: Vec<u32> =
            (0..).zip(&self.is_known).filter(|(_, known)| **known).map(|(form, _)| form).collect();
        let mut neighbours = vec![Vec::new(); self.is_known.len()];
        let bits = (known.len() / TOGETHER).max(8).ilog2().min(PLANES as u32 - 4);
        for table in 0..TABLES {
            let planes = planes(table, self.dimensions);
            let mut order: Vec<(u32, u32)> =
                known.par_iter().map(|form| (self.side(*form, &planes), *form)).collect();
            order.par_sort_unstable();
            let bucket = |side: u32| side >> (PLANES as u32 - bits);
            let found: Vec<(u32, u32)> = order
                .par_chunk_by(|a, b| bucket(a.0) == bucket(b.0))
                .flat_map_iter(|run| self.close(run, similarity))
                .collect();
            for run in order.chunk_by(|a, b| bucket(a.0) == bucket(b.0)) {
                let compared: u64 = (0..run.len()).map(|at| COMPARED.min(at) as u64).sum();
                counts.pairs_compared += compared;
                counts.pairs_capped += (run.len() as u64 * (run.len() as u64 - 1)) / 2 - compared;
            }
            for (one, other) in found {
                let kept: &mut Vec<u32> = &mut neighbours[one.min(other) as usize];
                let other = one.max(other);
                if let Err(place) = kept.binary_search(&other) {
                    if kept.len() < KEPT {
                        kept.insert(place, other);
                    } else {
                        counts.pairs_capped += 1;
                    }
                }
            }
        }
        mirrored(neighbours)
    }

    /// On which side of each plane a form lies, one bit each.
    fn side(&self, form: u32, planes: &[f32]) -> u32 {
        let direction = self.direction(form);
        let above = |plane: &[f32]| u32::from(dot(plane, direction) > 0.0);
        planes.chunks(self.dimensions).fold(0, |side, plane| side << 1 | above(plane))
    }

    /// The pairs of forms that are close enough, of those that follow each other closely.
    fn close(&self, run: &[(u32, u32)], similarity: f64) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        for (at, (_, one)) in run.iter().enumerate() {
            for (_, other) in &run[at + 1..run.len().min(at + 1 + COMPARED)] {
                if f64::from(dot(self.direction(*one), self.direction(*other))) >= similarity {
                    found.push((*one, *other));
                }
            }
        }
        found
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    // Eight sums side by side, in an order that no compiler changes.
    let mut sums = [0.0_f32; 8];
    for (one, other) in one.chunks(8).zip(other.chunks(8)) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}

/// The planes of one table, as directions that are drawn from a fixed sequence (`SplitMix64`).
fn planes(table: u64, dimensions: usize) -> Vec<f32> {
    let mut state = table.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mut draw = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    // The sum of four even draws is near enough to normal that planes lie evenly.
    let mut normal = || {
        let bits = draw();
        (0..4).map(|part| (bits >> (16 * part) & 0xFFFF) as f32).sum::<f32>() - 131_070.0
    };
    (0..PLANES * dimensions).map(|_| normal()).collect()
}

/// Neighbours both ways, ascending.
fn mirrored(later: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new(); later.len()];
    for (one, others) in (0..).zip(&later) {
        for other in others {
            all[*other as usize].push(one);
        }
    }
    for (all, later) in all.iter_mut().zip(later) {
        all.extend(later);
    }
    all
}

/// The representative of each form: the one with most neighbours first, and its neighbours with it.
fn stars(neighbours: &[Vec<u32>]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..neighbours.len() as u32).collect();
    order.sort_by_key(|form| std::cmp::Reverse(neighbours[*form as usize].len()));
    let mut of = vec![NONE; neighbours.len()];
    for form in order {
        if of[form as usize] != NONE {
            continue;
        }
        of[form as usize] = form;
        for other in &neighbours[form as usize] {
            if of[*other as usize] == NONE {
                of[*other as usize] = form;
            }
        }
    }
    of
}
