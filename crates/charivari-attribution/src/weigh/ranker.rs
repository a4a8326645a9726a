//! What one set of dossiers says of rows: the ranking of techniques as likelihood ratios, and what each
//! row says by itself. Each question is answered once, since leaving out and supposing ask the same
//! ones again and again.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use charivari_model::Framework;

use crate::candidates::Candidates;
use crate::dossier::Dossiers;
use crate::error::Result;
use crate::evidence::{Context, EVIDENCE, Item, by_technique};
use crate::hypothesis::{Hypotheses, Kind};
use crate::observation::What;
use crate::query::Query;
use crate::rank::rank;
use crate::weigh::{Row, World};
use crate::weights::Models;

/// What one row says by itself.
#[derive(Debug)]
pub(crate) struct Told {
    /// By kind of evidence, of actors.
    pub(crate) items: Vec<(usize, Item)>,
    /// What a single technique of intrusion says of actors, for which the ranking stands otherwise.
    pub(crate) single: Vec<Item>,
    /// By the place of the answer in [`Kind::ALL`]: the logarithm, and the place in the file.
    pub(crate) elicited: Vec<(usize, f64, u32)>,
}

/// The ratios of a query by dossier; nothing where nothing is known of it.
type Ratios = Option<Rc<Vec<f64>>>;

/// Dossiers, and candidates that know what they know and nothing more.
#[derive(Debug)]
pub(crate) struct Ranker<'a> {
    candidates: Candidates<'a>,
    models: &'a Models,
    pub(crate) dossiers: &'a Dossiers,
    hypotheses: &'a Hypotheses,
    /// By candidate, the place of its dossier.
    places: Vec<Option<usize>>,
    told: RefCell<BTreeMap<What, Rc<Told>>>,
    ranked: RefCell<Vec<(Query, Ratios)>>,
}

impl<'a> Ranker<'a> {
    /// Ranks for `dossiers`, which are `all` or what is left of them.
    pub(crate) fn new(world: &World<'a>, dossiers: &'a Dossiers, all: &Dossiers) -> Result<Self> {
        let removal = dossiers.removal_from(all);
        let candidates = Candidates::new(world.knowledge, &removal)?;
        let id = |at: &usize| world.knowledge.actors[*at].id.as_str();
        let places = candidates.actors.iter().map(|at| dossiers.place(id(at))).collect();
        Ok(Self {
            candidates,
            models: world.models,
            dossiers,
            hypotheses: world.hypotheses,
            places,
            told: RefCell::default(),
            ranked: RefCell::default(),
        })
    }

    /// What a row says by itself.
    pub(crate) fn told(&self, row: &Row) -> Rc<Told> {
        if let Some(known) = self.told.borrow().get(&row.what) {
            return Rc::clone(known);
        }
        let rows = std::slice::from_ref(row);
        let context = Context { dossiers: self.dossiers, rows };
        let items = EVIDENCE.iter().enumerate().flat_map(|(kind, evidence)| {
            evidence.items(&context).into_iter().map(move |it| (kind, it))
        });
        let elicited = Kind::ALL.into_iter().enumerate().filter_map(|(at, kind)| {
            let (place, it) = self.hypotheses.ratio(&row.what, kind)?;
            Some((at, it.ratio.ln(), place as u32))
        });
        let told = Rc::new(Told {
            items: items.collect(),
            single: by_technique(self.dossiers, rows),
            elicited: elicited.collect(),
        });
        self.told.borrow_mut().insert(row.what.clone(), Rc::clone(&told));
        told
    }

    /// By dossier, the logarithm of probability times number of candidates; 0 for those that were
    /// not ranked. Nothing where no technique is known.
    ///
    /// An actor with several profiles (of ATT&CK and of packs) has the sum of their probabilities.
    pub(crate) fn ratios(&self, rows: &[Row]) -> Ratios {
        let query = query(rows);
        if let Some((_, known)) = self.ranked.borrow().iter().find(|(it, _)| *it == query) {
            return known.clone();
        }
        let found = self.ranked_for(&query).map(Rc::new);
        self.ranked.borrow_mut().push((query, found.clone()));
        found
    }

    fn ranked_for(&self, query: &Query) -> Option<Vec<f64>> {
        let with_software = query.software().next().is_some();
        if query.techniques().next().is_none() && !with_software {
            return None;
        }
        let ranking = rank(&self.candidates, query, self.models.model(with_software)).ok()?;
        let count = self.candidates.len() as f64;
        let mut shares = vec![0.0; self.dossiers.actors.len()];
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
        let techniques = techniques.unknown.into_iter().map(|id| format!("attack:{id}"));
        techniques.chain(software.unknown).collect()
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
