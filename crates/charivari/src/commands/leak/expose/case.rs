//! The exposure in a case: the records are known by digest and place alone, the counts are kept.

use charivari_case::{NewEvidence, NewFinding, NewRun, Recorded, Stamp};
use charivari_leak::expose::severity::Band;
use charivari_model::Confidence;
use charivari_model::case::{Measure, Method, Picture};

use super::Run;
use super::page::{count, headline, limits, places};
use crate::commands::case;
use crate::failure::{Failure, Result};

/// Records the run.
pub(super) fn record(run: &Run<'_>, stamp: &Stamp) -> Result<Recorded> {
    let Some(dir) = &run.args.case.case else {
        return Err(Failure::fault("no case was named"));
    };
    let mut case = case::open(dir)?;
    let tlp = case.tlp();
    let source = run.args.case.source.as_deref().unwrap_or("the owner's own records");
    let mut inputs = Vec::new();
    for (path, report) in run.args.own.iter().zip(&run.own.reports) {
        let evidence = NewEvidence {
            sensitive: true,
            tlp,
            grade: run.args.case.grade.unwrap_or_default(),
            ..NewEvidence::new(path, source)
        };
        let added = case.add_evidence(evidence, stamp, &mut |_| {})?;
        if run.args.own.len() == 1 && added.evidence.sha256 != report.file.sha256 {
            return Err(Failure::input(
                "E0101: cannot read an input as it was analysed, since it changed before it was kept; \
                 run again when it is at rest",
            ));
        }
        inputs.push(added.evidence.id);
    }
    let new = NewRun {
        command: "leak expose".to_owned(),
        parameters: parameters(run),
        tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
        inputs,
        method: Method {
            steps: vec![
                "The severity for each record is the context of its data, as the owner stated it, times \
                 how easily the record identifies somebody, plus the circumstances of the breach (ENISA \
                 2013); what endangers one person raises the context for that one by a point, to 4 at \
                 most."
                    .to_owned(),
                "Counts below ten, and those from which one could be worked out, are not shown.".to_owned(),
            ],
            limits: limits(run),
        },
        tables: Vec::new(),
        picture: Some(Picture { places: places(&run.exposure), ..Picture::default() }),
        findings: vec![finding(run)],
    };
    Ok(case.record(new, stamp)?)
}

fn parameters(run: &Run<'_>) -> Vec<(String, String)> {
    let exposure = &run.exposure;
    let breach = &run.args.breach;
    let mut all = vec![
        ("context", exposure.context.clone()),
        ("context means", exposure.context_means.clone()),
        ("confidentiality", format!("{:?}", breach.confidentiality).to_lowercase()),
        ("integrity", format!("{:?}", breach.integrity).to_lowercase()),
        ("availability", format!("{:?}", breach.availability).to_lowercase()),
        ("malicious", (!breach.not_malicious).to_string()),
        ("unintelligible", breach.unintelligible.to_string()),
        ("home", run.args.home.clone()),
    ];
    if let Some(deadline) = &run.deadline {
        all.push(("known since", deadline.known_since.to_string()));
        all.push(("authority by", deadline.authority_by.to_string()));
    }
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn finding(run: &Run<'_>) -> NewFinding {
    let exposure = &run.exposure;
    let at = |band: Band| {
        let found = exposure.bands.iter().find(|it| it.band == band);
        count(found.and_then(|it| it.records))
    };
    let mut measures = vec![
        Measure {
            name: "severity".to_owned(),
            value: exposure.severity.se,
            unit: String::new(),
            interval: None,
            interval_is: String::new(),
        },
        Measure::count("people", exposure.people, "people"),
        Measure::count("records", exposure.records, "records"),
    ];
    for it in exposure.bands.iter().rev() {
        if let Some(records) = it.records {
            let name = format!("records at {} risk", it.band.word());
            measures.push(Measure::count(&name, records, "records"));
        }
    }
    NewFinding {
        kind: "leak.exposure".to_owned(),
        subject: "the owner's records".to_owned(),
        statement: format!(
            "If the whole table was taken: {} Records at very high risk: {}; at high risk: {}.",
            headline(exposure),
            at(Band::VeryHigh),
            at(Band::High),
        ),
        measures,
        confidence: Confidence::Moderate,
        innocent: vec![
            "Less than the whole table may have been taken: a sample shows what it shows, and no more."
                .to_owned(),
            "The context was stated by the owner; in another one the same records are at less risk."
                .to_owned(),
        ],
        ..NewFinding::default()
    }
}
