//! What the answer hangs on: everything left out once, and everything not seen supposed once.

use std::collections::BTreeSet;

use charivari_model::Framework;
use serde::Serialize;

use crate::dossier::Dossiers;
use crate::error::Result;
use crate::evidence::{Basis, kind_of};
use crate::observation::{Observation, Observations, What};
use crate::query::Standing;
use crate::weigh::{Ranker, Row, Settled, World, first, id_of, posterior, rows_of, settle};

/// How many actors' documents are left out one by one.
const ACTORS: usize = 5;
/// How many techniques of intrusion that were not seen are supposed.
const SUPPOSED: usize = 12;
/// How many of the most telling things are to be looked for.
const LOOK_FOR: usize = 6;

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    /// One observation.
    Observation,
    /// A source of the case, with all that rests on it.
    Source,
    /// A document of the knowledge.
    Document,
    /// All documents of one publisher.
    Publisher,
    /// All packs, so that only catalogues are left.
    Packs,
    /// Everything that was only inferred.
    Inferred,
}

/// What the answer would be without something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Omission {
    /// What kind of thing is left out.
    pub left: Left,
    /// Its id or name.
    pub name: String,
    /// Who leads then.
    pub leader: String,
    /// How probable that one is then.
    pub leader_probability: f64,
    /// How probable the leader of the whole is then.
    pub probability: f64,
    /// What that differs from before.
    pub change: f64,
    /// Whether somebody else leads.
    pub changes_leader: bool,
}

/// What the answer would be if something were found that was not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supposed {
    /// What would be found.
    pub what: What,
    /// Who would lead.
    pub leader: String,
    /// How probable that one would be.
    pub leader_probability: f64,
    /// What the leader of the whole would gain or lose.
    pub change: f64,
    /// Half the sum of what all answers gain and lose: how much it would tell.
    pub moves: f64,
    /// Whether somebody else would lead.
    pub changes_leader: bool,
}

/// What the answer hangs on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Who leads.
    pub leader: String,
    /// How probably.
    pub probability: f64,
    /// Everything left out once; the greatest change first.
    pub omissions: Vec<Omission>,
    /// Everything supposed once; what would move most first.
    pub supposed: Vec<Supposed>,
    /// The most telling of them, no more than two of a kind.
    pub look_for: Vec<What>,
    /// Techniques of intrusion known of the first actors that were not supposed, to save time.
    pub not_supposed: usize,
}

/// Leaves everything out once, and supposes everything once.
///
/// # Errors
/// As [`weigh`](crate::weigh()).
pub fn sensitivity(world: &World<'_>, case: &Observations) -> Result<Sensitivity> {
    case.check()?;
    let rows = rows_of(case.observations.iter());
    let ranker = Ranker::new(world, world.dossiers, world.dossiers)?;
    let whole = settle(world, &rows, &ranker);
    let base = Base::new(world, &whole);
    let mut omissions = of_the_case(world, case, &base, &ranker);
    omissions.extend(of_the_knowledge(world, &rows, &base, &whole)?);
    omissions.sort_by(|a, b| {
        b.change
            .abs()
            .total_cmp(&a.change.abs())
            .then_with(|| (a.left, &a.name).cmp(&(b.left, &b.name)))
    });
    let (whats, not_supposed) = not_seen(world.dossiers, world, &rows, &base);
    let mut supposed: Vec<Supposed> =
        whats.into_iter().map(|what| suppose(world, &rows, &base, &whole, &ranker, what)).collect();
    supposed.sort_by(|a, b| b.moves.total_cmp(&a.moves).then(a.what.cmp(&b.what)));
    let look_for = look_for(&supposed);
    Ok(Sensitivity {
        leader: base.leader,
        probability: base.probability,
        omissions,
        supposed,
        look_for,
        not_supposed,
    })
}

/// The answer as it is.
struct Base {
    leader: String,
    probability: f64,
    /// The places of the first actors.
    actors: Vec<usize>,
    place: usize,
}

impl Base {
    fn new(world: &World<'_>, whole: &Settled) -> Self {
        let place = first(&whole.log);
        let mut actors: Vec<usize> = (0..world.dossiers.actors.len()).collect();
        actors.sort_by(|a, b| whole.log[*b].total_cmp(&whole.log[*a]).then(a.cmp(b)));
        actors.truncate(ACTORS);
        let leader = id_of(world.dossiers, place);
        Self { leader, probability: whole.log[place].exp(), actors, place }
    }

    fn without(&self, left: Left, name: &str, dossiers: &Dossiers, found: &Settled) -> Omission {
        let at = first(&found.log);
        let leader = id_of(dossiers, at);
        let own = (0..found.log.len()).find(|at| id_of(dossiers, *at) == self.leader);
        let probability = own.map_or(0.0, |at| found.log[at].exp());
        Omission {
            left,
            name: name.to_owned(),
            leader_probability: found.log[at].exp(),
            probability,
            change: probability - self.probability,
            changes_leader: leader != self.leader,
            leader,
        }
    }
}

/// Observations, sources, and all that was inferred.
fn of_the_case(
    world: &World<'_>,
    case: &Observations,
    base: &Base,
    ranker: &Ranker<'_>,
) -> Vec<Omission> {
    let mut found = Vec::new();
    let mut without = |left: Left, name: &str, keep: &dyn Fn(&&Observation) -> bool| {
        let rows = rows_of(case.observations.iter().filter(keep));
        let settled = settle(world, &rows, ranker);
        found.push(base.without(left, name, world.dossiers, &settled));
    };
    for it in &case.observations {
        without(Left::Observation, &it.id, &|other| other.id != it.id);
    }
    let sources: BTreeSet<&str> = case.observations.iter().map(|it| it.source.as_str()).collect();
    for source in sources {
        without(Left::Source, source, &|it| it.source != source);
    }
    if case.observations.iter().any(|it| it.standing == Standing::Inferred) {
        without(Left::Inferred, "all that was inferred", &|it| it.standing != Standing::Inferred);
    }
    found
}

/// Documents and publishers behind the first actors, and all packs.
fn of_the_knowledge(
    world: &World<'_>,
    rows: &[Row],
    base: &Base,
    whole: &Settled,
) -> Result<Vec<Omission>> {
    let dossiers = world.dossiers;
    let documents = behind(dossiers, rows, base, whole);
    let mut found = Vec::new();
    let mut without = |left: Left, name: &str, omit: &dyn Fn(u32) -> bool| -> Result<()> {
        let less = dossiers.without(|at, _| omit(at));
        let ranker = Ranker::new(world, &less, dossiers)?;
        let settled = settle(world, rows, &ranker);
        found.push(base.without(left, name, &less, &settled));
        Ok(())
    };
    for &it in &documents {
        without(Left::Document, &dossiers.documents[it as usize].key, &|at| at == it)?;
    }
    let publisher = |at: u32| dossiers.documents[at as usize].publisher.as_str();
    let publishers: BTreeSet<&str> = documents.iter().map(|it| publisher(*it)).collect();
    for name in publishers {
        without(Left::Publisher, name, &|at| publisher(at) == name)?;
    }
    if dossiers.documents.iter().any(|it| it.of_pack) {
        without(Left::Packs, "all packs", &|at| dossiers.documents[at as usize].of_pack)?;
    }
    Ok(found)
}

/// The documents that say what was observed of one of the first actors.
fn behind(dossiers: &Dossiers, rows: &[Row], base: &Base, whole: &Settled) -> BTreeSet<u32> {
    let mut documents = BTreeSet::new();
    for &actor in &base.actors {
        let dossier = &dossiers.actors[actor];
        for row in rows {
            documents.extend(dossier.facts_of(&row.what).iter().map(|it| it.document));
        }
        for it in &whole.all.items[actor] {
            let document = match it.basis {
                Basis::Fact(place) => Some(dossier.facts[place as usize].document),
                Basis::Country(document) => Some(document),
                _ => None,
            };
            documents.extend(document);
        }
    }
    documents
}

/// What is known of somebody, or elicited, and was not observed.
fn not_seen(
    dossiers: &Dossiers,
    world: &World<'_>,
    rows: &[Row],
    base: &Base,
) -> (Vec<What>, usize) {
    let seen: BTreeSet<&What> = rows.iter().map(|it| &it.what).collect();
    let is_attack = |it: &What| match it {
        What::Technique(technique) => technique.framework() == Framework::Attack,
        What::Software(_) => true,
        _ => false,
    };
    let facts = dossiers.actors.iter().flat_map(|it| &it.facts).map(|it| &it.what);
    let elicited = world.hypotheses.likelihoods.iter().map(|it| &it.what);
    let mut whats: BTreeSet<&What> = facts
        .chain(elicited)
        .filter(|it| !is_attack(it) && !seen.contains(it) && !matches!(it, What::Persona(_)))
        .collect();
    let of_first = base.actors.iter().take(3).flat_map(|it| &dossiers.actors[*it].facts);
    let own: BTreeSet<&What> =
        of_first.map(|it| &it.what).filter(|it| is_attack(it) && !seen.contains(it)).collect();
    let usual =
        |what: &What| dossiers.actors.iter().filter(|it| !it.facts_of(what).is_empty()).count();
    let mut own: Vec<(usize, &What)> = own.into_iter().map(|it| (usual(it), it)).collect();
    own.sort();
    let left = own.len().saturating_sub(SUPPOSED);
    whats.extend(own.into_iter().take(SUPPOSED).map(|(_, it)| it));
    (whats.into_iter().cloned().collect(), left)
}

fn suppose(
    world: &World<'_>,
    rows: &[Row],
    base: &Base,
    whole: &Settled,
    ranker: &Ranker<'_>,
    what: What,
) -> Supposed {
    let mut more = rows.to_vec();
    let source = "what is supposed".to_owned();
    more.push(Row {
        what: what.clone(),
        observations: Vec::new(),
        weight: 1.0,
        inferred: false,
        source,
    });
    let found = posterior(world, &more, ranker);
    let at = first(&found.log);
    let moved = found.log.iter().zip(&whole.log).map(|(a, b)| (a.exp() - b.exp()).abs());
    Supposed {
        what,
        leader: id_of(world.dossiers, at),
        leader_probability: found.log[at].exp(),
        change: found.log[base.place].exp() - base.probability,
        moves: moved.sum::<f64>() / 2.0,
        changes_leader: at != base.place,
    }
}

/// The most telling, no more than two of a kind of evidence.
fn look_for(supposed: &[Supposed]) -> Vec<What> {
    let mut taken = Vec::<usize>::new();
    let mut chosen = Vec::new();
    for it in supposed {
        let kind = kind_of(&it.what);
        if taken.iter().filter(|it| **it == kind).count() < 2 && chosen.len() < LOOK_FOR {
            taken.push(kind);
            chosen.push(it.what.clone());
        }
    }
    chosen
}
