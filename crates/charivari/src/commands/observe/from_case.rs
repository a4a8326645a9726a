//! What a case shows, as observations to weigh.

use std::collections::BTreeSet;

use charivari_attribution::{Denial, Observation, Observations, What};
use charivari_case::{Case, Wanted};
use charivari_knowledge::Day;
use charivari_model::case::{Dossier, Finding, Observed, Ref, Relation, Ruling};
use charivari_model::{Grade, When};

use crate::failure::Result;
use crate::term;

/// The kind of findings that an analyst recorded by `charivari observe`.
pub(super) const KIND: &str = "observation";

/// Everything in a case that can be weighed: what findings show that stand, and what the analyst
/// observed. Findings that were rejected or superseded show nothing; those that nobody has decided on
/// count only with `include_open`, but for the analyst's own.
pub(crate) fn observations(case: &mut Case, include_open: bool) -> Result<Observations> {
    Ok(of(&case.dossier(&Wanted { superseded: false, ..Wanted::everything() })?, include_open))
}

fn of(dossier: &Dossier, include_open: bool) -> Observations {
    let stands = |it: &&Finding| {
        let open = include_open || it.kind == KIND;
        it.superseded_by.is_none()
            && (it.decision.ruling == Ruling::Accepted
                || (it.decision.ruling == Ruling::Open && open))
    };
    let mut findings: Vec<&Finding> = dossier.findings.iter().filter(stands).collect();
    findings.sort_by_key(|it| it.id);
    Observations {
        title: dossier.head.title.clone(),
        observations: findings.iter().flat_map(|it| shown(dossier, it)).collect(),
        denials: denials(dossier),
    }
}

/// What one finding shows: each of its techniques, and each of its signs.
fn shown(dossier: &Dossier, finding: &Finding) -> Vec<Observation> {
    let fallback = Observed::default();
    let observed = finding.observed.as_ref().unwrap_or(&fallback);
    let evidence = evidence(dossier, finding);
    let techniques = finding.techniques.iter().map(|it| What::Technique(it.technique.clone()));
    let signs = observed.signs.iter().filter_map(|it| {
        let parsed = format!("{}={}", it.kind, it.value).parse();
        if let Err(problem) = &parsed {
            term::warn(&format!("{}: a sign is not weighed: {problem}", finding.id));
        }
        parsed.ok()
    });
    let source = if observed.source.is_empty() {
        let ids: Vec<String> = evidence.iter().map(Ref::to_string).collect();
        if ids.is_empty() { finding.run.to_string() } else { ids.join("+") }
    } else {
        observed.source.clone()
    };
    let grade = observed.grade.or_else(|| worst(dossier, &evidence));
    techniques
        .chain(signs)
        .enumerate()
        .map(|(at, what)| Observation {
            id: format!("{}.{}", finding.id, at + 1),
            what,
            standing: observed.standing,
            grade,
            source: source.clone(),
            evidence: vec![finding.id.to_string()],
            date: None,
            note: finding.statement.clone(),
        })
        .collect()
}

/// The evidence in which a finding can be seen, or all that its run read.
fn evidence(dossier: &Dossier, finding: &Finding) -> Vec<Ref> {
    let places: BTreeSet<Ref> = finding.evidence.iter().map(|it| it.evidence).collect();
    if !places.is_empty() {
        return places.into_iter().collect();
    }
    dossier.run(finding.run).map(|run| run.inputs.clone()).unwrap_or_default()
}

/// The worst grade among evidence: what rests on several files is no better than the weakest.
fn worst(dossier: &Dossier, evidence: &[Ref]) -> Option<Grade> {
    let of = dossier.evidence.iter().filter(|it| evidence.contains(&it.id));
    of.map(|it| it.grade).max_by_key(ToString::to_string)
}

/// Claims that deny something, and what parties answered.
fn denials(dossier: &Dossier) -> Vec<Denial> {
    let denying: BTreeSet<Ref> = (dossier.links.iter())
        .filter(|link| link.relation == Relation::Denies)
        .map(|link| link.from)
        .collect();
    let claims = dossier.claims.iter().filter(|it| denying.contains(&it.id)).map(|it| Denial {
        who: it.who.clone(),
        date: day(&it.when),
        text: it.gist.clone(),
        source: format!("{} ({})", it.place, it.id),
    });
    let replies = dossier.actors.iter().filter(|it| !it.reply.trim().is_empty());
    let replies = replies.map(|it| Denial {
        who: it.name.clone(),
        date: None,
        text: it.reply.clone(),
        source: format!("its reply ({})", it.id),
    });
    claims.chain(replies).collect()
}

fn day(when: &When) -> Option<Day> {
    when.from.to_string().get(..10).and_then(|text| text.parse().ok())
}
