//! The ranking of techniques, as a likelihood ratio for each dossier.

use charivari_model::Framework;

use crate::candidates::Candidates;
use crate::dossier::Dossiers;
use crate::error::Result;
use crate::observation::What;
use crate::query::Query;
use crate::rank::rank;
use crate::weigh::{Row, World};
use crate::weights::Models;

/// Candidates that know what some dossiers know, and nothing more.
#[derive(Debug)]
pub(crate) struct Ranker<'a> {
    candidates: Candidates<'a>,
    models: &'a Models,
    /// By candidate, the place of its dossier.
    places: Vec<Option<usize>>,
    dossiers: usize,
}

impl<'a> Ranker<'a> {
    /// Ranks for `dossiers`, which are `all` or what is left of them.
    pub(crate) fn new(world: &World<'a>, dossiers: &Dossiers, all: &Dossiers) -> Result<Self> {
        let removal = dossiers.removal_from(all);
        let candidates = Candidates::new(world.knowledge, &removal)?;
        let id = |at: &usize| world.knowledge.actors[*at].id.as_str();
        let places = candidates.actors.iter().map(|at| dossiers.place(id(at))).collect();
        Ok(Self { candidates, models: world.models, places, dossiers: dossiers.actors.len() })
    }

    /// By dossier, the logarithm of probability times number of candidates; 0 for those that were
    /// not ranked. Nothing where no technique is known.
    ///
    /// An actor with several profiles (of ATT&CK and of packs) has the sum of their probabilities.
    pub(crate) fn ratios(&self, rows: &[Row]) -> Option<Vec<f64>> {
        let query = query(rows);
        let with_software = query.software().next().is_some();
        if query.techniques().next().is_none() && !with_software {
            return None;
        }
        let ranking = rank(&self.candidates, &query, self.models.model(with_software)).ok()?;
        let count = self.candidates.len() as f64;
        let mut shares = vec![0.0; self.dossiers];
        for it in &ranking.actors {
            if let Some(place) = self.places[it.place] {
                shares[place] += it.probability;
            }
        }
        let log = |share: f64| if share > 0.0 { (share * count).ln() } else { 0.0 };
        Some(shares.into_iter().map(log).collect())
    }

    /// Techniques and tools of the rows that no profile and no report knows.
    pub(crate) fn unknown(&self, rows: &[Row]) -> Vec<String> {
        let query = query(rows);
        let (techniques, software) = crate::features::known(&self.candidates, &query);
        techniques
            .unknown
            .into_iter()
            .map(|id| format!("attack:{id}"))
            .chain(software.unknown)
            .collect()
    }
}

fn query(rows: &[Row]) -> Query {
    let mut query = Query::default();
    for row in rows {
        match &row.what {
            What::Technique(it) if it.framework() == Framework::Attack => {
                query.add_technique(it.id(), row.standing());
            }
            What::Software(id) => query.add_software(id, row.standing()),
            _ => {}
        }
    }
    query
}
