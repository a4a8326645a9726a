//! An assessment into a case: a run, the answers and their matrix.

use std::collections::BTreeSet;
use std::path::Path;

use charivari_attribution::What;
use charivari_case::{NewAssessment, NewHypothesis, NewRun, Wanted};
use charivari_knowledge::Knowledge;
use charivari_model::case::{self as case_records, Kind, Method, Ref};

use super::names;
use super::weigh::Weighed;
use crate::cli::attribute::Weigh;
use crate::commands::case;
use crate::failure::Result;
use crate::term;

pub(super) fn into(dir: &Path, args: &Weigh, weighed: &Weighed) -> Result<()> {
    let stamp = case::stamp(args.by.as_deref())?;
    let mut opened = case::open(dir)?;
    let findings: BTreeSet<Ref> = (weighed.case.observations.iter())
        .flat_map(|it| &it.evidence)
        .filter_map(|id| id.parse().ok())
        .collect();
    // The run read what the findings rest on.
    let dossier = opened.dossier(&Wanted { superseded: false, ..Wanted::everything() })?;
    let used = dossier.findings.iter().filter(|it| findings.contains(&it.id));
    let inputs: BTreeSet<Ref> = used
        .filter_map(|it| dossier.run(it.run))
        .flat_map(|run| run.inputs.iter().copied())
        .filter(|it| it.kind == Kind::Evidence)
        .collect();
    let recorded = opened.record(run(args, weighed, inputs.into_iter().collect()), &stamp)?;
    let made = weighed.found.record(&weighed.case, recorded.run, 1);
    let hypotheses = made.hypotheses.into_iter().map(|it| NewHypothesis {
        title: it.title,
        probability: it.probability,
        supports: it.supports,
        contradicts: it.contradicts,
    });
    let new = NewAssessment {
        hypotheses: hypotheses.collect(),
        confidence: made.confidence,
        basis: made.basis,
        would_change: made.would_change,
        passages: made.passages,
        weighed: made.weighed.into_iter().map(|row| named(row, &weighed.view.knowledge)).collect(),
        run: made.run,
    };
    let ids = opened.assess(new, &stamp)?;
    let (first, last) = (ids.first(), ids.last());
    let named =
        first.zip(last).map_or_else(String::new, |(first, last)| format!("{first} to {last}"));
    term::line(&format!("In the case: {}, hypotheses {named}.", recorded.run))
}

/// A row of the matrix with the name of its technique or program.
fn named(row: case_records::Weighed, knowledge: &Knowledge) -> case_records::Weighed {
    let what: Option<What> = row.what.parse().ok();
    let name = what.and_then(|what| names::name(&what, knowledge));
    let what = name.map_or_else(|| row.what.clone(), |name| format!("{} {name}", row.what));
    case_records::Weighed { what, ..row }
}

fn run(args: &Weigh, weighed: &Weighed, inputs: Vec<Ref>) -> NewRun {
    let as_of = weighed.view.as_of.map_or_else(|| "everything".to_owned(), |day| day.to_string());
    let mut parameters = vec![
        ("as of".to_owned(), as_of),
        ("packs".to_owned(), if args.known.no_packs { "left out" } else { "used" }.to_owned()),
        ("observations".to_owned(), weighed.case.observations.len().to_string()),
    ];
    if let Some(path) = &args.hypotheses {
        parameters.push(("hypotheses".to_owned(), path.display().to_string()));
    }
    NewRun {
        command: "attribute".to_owned(),
        parameters,
        tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
        inputs,
        method: Method {
            steps: vec![
                "What findings show and what the analyst observed was compared with what documents say of \
                 known actors, kind of evidence by kind of evidence, and with answers that name nobody."
                    .to_owned(),
                "Log likelihood ratios were added to stated priors; what rests on one source or one document \
                 was counted once, what was inferred a tenth, and never for who leads."
                    .to_owned(),
            ],
            limits: vec![
                "The ratios of answers that name no actor, and the priors, are judgements that were written \
                 down beforehand, not frequencies."
                    .to_owned(),
                "Whoever described an actor may have known how earlier cases ended.".to_owned(),
            ],
        },
        ..NewRun::default()
    }
}
