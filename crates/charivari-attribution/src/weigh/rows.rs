//! Observations as rows: each thing once, however many say it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::observation::{Observation, What};
use crate::query::Standing;

/// One thing that was observed.
///
/// Whoever says the same again makes it surer, and no other thing: the best standing and grade
/// count, and the number of voices does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What it is.
    pub what: What,
    /// The observations that say so.
    pub observations: Vec<String>,
    /// How much it counts, from 0 to 1, by the best of them.
    pub weight: f64,
    /// Whether nobody saw it, and it was only concluded.
    pub inferred: bool,
    /// The source of the best of them.
    pub source: String,
}

impl Row {
    /// The standing by which the ranking takes it: doubtful grades count as a lower standing.
    pub(crate) fn standing(&self) -> Standing {
        match self.weight {
            it if self.inferred || it < 0.5 => Standing::Inferred,
            it if it < 0.9 => Standing::Reported,
            _ => Standing::Observed,
        }
    }
}

/// The rows of observations, in the order of what they say.
pub(crate) fn rows_of<'a>(observations: impl Iterator<Item = &'a Observation>) -> Vec<Row> {
    let mut held: BTreeMap<&What, Vec<&Observation>> = BTreeMap::new();
    for it in observations {
        held.entry(&it.what).or_default().push(it);
    }
    let row = |(what, mut all): (&What, Vec<&Observation>)| {
        // What somebody saw is better than what was concluded, whatever its grade.
        let rank = |it: &Observation| (it.standing != Standing::Inferred, it.weight());
        all.sort_by(|a, b| {
            let ((one, first), (other, second)) = (rank(a), rank(b));
            other.cmp(&one).then(second.total_cmp(&first)).then_with(|| a.id.cmp(&b.id))
        });
        let best = all[0];
        let mut ids: Vec<String> = all.iter().map(|it| it.id.clone()).collect();
        ids.sort();
        Row {
            what: what.clone(),
            observations: ids,
            weight: best.weight(),
            inferred: best.standing == Standing::Inferred,
            source: best.source.clone(),
        }
    };
    held.into_iter().map(row).collect()
}
