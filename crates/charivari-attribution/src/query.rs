//! What was seen and is to be compared: techniques and tools, each with how well it stands.

use std::collections::BTreeMap;

pub use charivari_model::case::Standing;

/// How much what stands so counts, against an observation.
///
/// What was inferred counts a tenth, because inference follows the analyst's expectation: in a
/// trial on one case three inferred techniques raised the first candidate from 62 to 99 %.
pub(crate) fn weight(standing: Standing) -> f64 {
    match standing {
        Standing::Inferred => 0.1,
        Standing::Reported => 0.8,
        Standing::Observed => 1.0,
    }
}

/// The techniques and tools of one activity.
///
/// Each stands once, with the best standing it was given, in the order of the ids: the order in
/// which an analyst names things must not show in a ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    techniques: BTreeMap<String, Standing>,
    software: BTreeMap<String, Standing>,
}

impl Query {
    /// A query of observed techniques and tools.
    pub fn observed<'a>(
        techniques: impl IntoIterator<Item = &'a str>,
        software: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut query = Self::default();
        for id in techniques {
            query.add_technique(id, Standing::Observed);
        }
        for id in software {
            query.add_software(id, Standing::Observed);
        }
        query
    }

    /// Adds a technique by its ATT&CK id, such as `T1566.001`.
    pub fn add_technique(&mut self, id: &str, standing: Standing) {
        let held = self.techniques.entry(id.to_owned()).or_insert(standing);
        *held = standing.max(*held);
    }

    /// Adds a tool by its ATT&CK id, such as `S0154`.
    pub fn add_software(&mut self, id: &str, standing: Standing) {
        let held = self.software.entry(id.to_owned()).or_insert(standing);
        *held = standing.max(*held);
    }

    /// The techniques, in the order of their ids.
    pub fn techniques(&self) -> impl Iterator<Item = (&str, Standing)> {
        self.techniques.iter().map(|(id, &standing)| (id.as_str(), standing))
    }

    /// The tools, in the order of their ids.
    pub fn software(&self) -> impl Iterator<Item = (&str, Standing)> {
        self.software.iter().map(|(id, &standing)| (id.as_str(), standing))
    }

    /// The same query without its tools.
    #[must_use]
    pub fn without_software(&self) -> Self {
        Self { techniques: self.techniques.clone(), software: BTreeMap::new() }
    }

    /// The same query without what was only inferred: what the ranking says on evidence alone.
    #[must_use]
    pub fn without_inferred(&self) -> Self {
        let keep = |held: &BTreeMap<String, Standing>| {
            let kept = held.iter().filter(|(_, standing)| **standing != Standing::Inferred);
            kept.map(|(id, &standing)| (id.clone(), standing)).collect()
        };
        Self { techniques: keep(&self.techniques), software: keep(&self.software) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_standing_counts_whatever_came_first() {
        let mut query = Query::default();
        query.add_technique("T1001", Standing::Reported);
        query.add_technique("T1001", Standing::Inferred);
        query.add_technique("T1002", Standing::Inferred);
        query.add_technique("T1002", Standing::Observed);
        let held: Vec<_> = query.techniques().collect();
        assert_eq!(held, [("T1001", Standing::Reported), ("T1002", Standing::Observed)]);
    }

    #[test]
    fn inferred_things_can_be_left_out() {
        let mut query = Query::observed(["T1001"], ["S0001"]);
        query.add_technique("T1002", Standing::Inferred);
        assert_eq!(query.without_inferred(), Query::observed(["T1001"], ["S0001"]));
    }
}
