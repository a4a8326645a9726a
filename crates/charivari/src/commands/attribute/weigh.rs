//! `charivari attribute`: observations weighed against all that is known.

use std::path::Path;

use charivari_attribution::{
    Analysis, Comparison, Dossiers, Hypotheses, Observation, Observations, Opinions, Standing,
    Weights, What, World, analyse, compare, knowledge_of,
};
use charivari_knowledge::View;

use super::{names, open, output, record};
use crate::cli::attribute::Weigh;
use crate::commands::{case, knowledge, observe};
use crate::failure::{Failure, Result};

/// What was weighed, and what came out.
pub(super) struct Weighed {
    pub(super) case: Observations,
    pub(super) view: View,
    pub(super) found: Analysis,
    /// Two analysts' readings side by side, where the other's were given.
    pub(super) beside: Option<Comparison>,
}

pub(super) fn run(args: &Weigh) -> Result<()> {
    let seen = observations(args)?;
    if seen.observations.is_empty() {
        return Err(Failure::nothing(
            "E1130: there is nothing that could be weighed: no finding was accepted, and no observation \
             recorded; decide on findings, or record what was seen with charivari observe",
        ));
    }
    let weighed = weigh(args, seen)?;
    output::write(args, &weighed)?;
    match &args.case {
        Some(dir) if !args.dry_run => record::into(dir, args, &weighed),
        _ => Ok(()),
    }
}

/// What the case or the sheet shows, and what the command line adds.
fn observations(args: &Weigh) -> Result<Observations> {
    let mut seen = match (&args.case, &args.observations) {
        (Some(dir), _) => observe::observations(&mut case::open_reading(dir)?, args.include_open)?,
        (None, Some(sheet)) => observe::read(sheet)?,
        (None, None) => Observations {
            title: "Techniques and programs of the command line".to_owned(),
            ..Observations::default()
        },
    };
    let techniques = args.techniques.iter().cloned().map(What::Technique);
    let software = args.software.iter().cloned().map(What::Software);
    for (at, what) in techniques.chain(software).enumerate() {
        seen.observations.push(Observation {
            id: format!("line.{}", at + 1),
            what,
            standing: Standing::Observed,
            grade: None,
            source: "the command line".to_owned(),
            evidence: Vec::new(),
            date: None,
            note: String::new(),
        });
    }
    Ok(seen)
}

fn weigh(args: &Weigh, seen: Observations) -> Result<Weighed> {
    let view = knowledge::known(&args.known)?;
    let hypotheses = match &args.hypotheses {
        Some(path) => Hypotheses::read(open(path)?)?,
        None => Hypotheses::shipped()?,
    };
    let (dossiers, profiles) = (Dossiers::of(&view), knowledge_of(&view)?);
    let weights = Weights::shipped()?;
    let world = World {
        dossiers: &dossiers,
        hypotheses: &hypotheses,
        knowledge: &profiles,
        models: &weights.all,
    };
    let mut found = analyse(&world, &seen)?;
    names::explain(&mut found.text, &view.knowledge);
    let base = found.matrix.clone();
    let with = |path: &Path| -> Result<_> { Ok(base.with(&Opinions::read(open(path)?)?)?) };
    if let Some(path) = &args.cells {
        found.matrix = with(path)?;
    }
    let beside = match &args.beside {
        Some(path) => Some(compare(&found.matrix, &with(path)?)?),
        None => None,
    };
    Ok(Weighed { case: seen, view, found, beside })
}
