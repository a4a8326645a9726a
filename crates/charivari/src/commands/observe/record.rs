//! Recording what an analyst observed.

use std::path::Path;

use charivari_attribution::{Observations, What};
use charivari_case::{Case, NewFinding, NewRun, Stamp};
use charivari_knowledge::{Knowledge, shipped};
use charivari_model::case::{Kind, Method, Observed, Ref, Sign, Standing, Tagged};
use charivari_model::{Confidence, Grade};

use super::from_case::KIND;
use crate::cli::observe::Observe;
use crate::commands::{attribute, case};
use crate::failure::{Failure, Result};
use crate::term;

/// One observation on its way into a case.
struct New<'o> {
    what: &'o What,
    says: &'o str,
    standing: Standing,
    grade: Option<Grade>,
    source: &'o str,
    on: Vec<Ref>,
    innocent: &'o [String],
}

pub(super) fn one(args: &Observe, what: &What, says: &str) -> Result<()> {
    if args.on.is_empty() && args.source.is_none() {
        return Err(Failure::usage(
            "E1131: an observation rests on something: name the evidence (--on E3) or the document or \
             person (--source TEXT)",
        ));
    }
    let new = New {
        what,
        says,
        standing: args.standing,
        grade: args.grade,
        source: args.source.as_deref().unwrap_or_default(),
        on: args.on.clone(),
        innocent: &args.innocent,
    };
    let mut opened = case::open(&case::directory(&args.at.place))?;
    record(&mut opened, &new, &shipped()?, &case::stamp(args.at.by.as_deref())?)
}

/// Records all observations of a sheet; the records that they name have to be in the case.
pub(super) fn sheet(args: &Observe, path: &Path) -> Result<()> {
    let read = read(path)?;
    let mut opened = case::open(&case::directory(&args.at.place))?;
    let stamp = case::stamp(args.at.by.as_deref())?;
    let knowledge = shipped()?;
    if !read.denials.is_empty() {
        term::warn(&format!(
            "{} replies of parties in the sheet are not recorded; record each with charivari case claim \
             --denies, or charivari case actor --reply-of",
            read.denials.len()
        ));
    }
    for it in &read.observations {
        let (on, others): (Vec<_>, Vec<_>) = (it.evidence.iter())
            .partition(|name| name.parse::<Ref>().is_ok_and(|it| it.kind == Kind::Evidence));
        if !others.is_empty() {
            term::warn(&format!(
                "{}: {} of the records that it names are no evidence such as E3, and are left out",
                it.id,
                others.len()
            ));
        }
        let new = New {
            what: &it.what,
            says: if it.note.is_empty() { "Observed by the analyst." } else { &it.note },
            standing: it.standing,
            grade: it.grade,
            source: &it.source,
            on: on.into_iter().filter_map(|name| name.parse().ok()).collect(),
            innocent: &[],
        };
        record(&mut opened, &new, &knowledge, &stamp)?;
    }
    Ok(())
}

/// Reads a sheet of observations.
pub(crate) fn read(path: &Path) -> Result<Observations> {
    Ok(Observations::read(attribute::open(path)?)?)
}

fn record(case: &mut Case, new: &New<'_>, knowledge: &Knowledge, stamp: &Stamp) -> Result<()> {
    let (techniques, signs) = told(new.what, new.says, knowledge)?;
    let observed =
        Observed { standing: new.standing, grade: new.grade, source: new.source.to_owned(), signs };
    let finding = NewFinding {
        kind: KIND.to_owned(),
        subject: new.what.to_string(),
        statement: new.says.to_owned(),
        confidence: confidence(new.standing),
        techniques,
        observed: Some(observed),
        innocent: new.innocent.to_vec(),
        ..NewFinding::default()
    };
    let run = NewRun {
        // One run an observation: observing the same again on the same evidence corrects the earlier
        // one, and nothing else.
        command: format!("observe {}", new.what),
        parameters: vec![
            ("standing".to_owned(), new.standing.to_string()),
            ("source".to_owned(), new.source.to_owned()),
        ],
        tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
        inputs: new.on.clone(),
        method: Method {
            steps: vec!["An analyst looked, and recorded what was seen.".to_owned()],
            limits: vec!["No detector has checked it.".to_owned()],
        },
        findings: vec![finding],
        ..NewRun::default()
    };
    let recorded = case.record(run, stamp)?;
    let id = recorded.findings.first().map_or_else(String::new, Ref::to_string);
    term::line(&format!("{id}  {} ({})", new.what, new.standing))
}

/// The technique with its name, or the sign that is none.
fn told(what: &What, says: &str, knowledge: &Knowledge) -> Result<(Vec<Tagged>, Vec<Sign>)> {
    if let What::Technique(technique) = what {
        let name = knowledge.technique_name(technique).ok_or_else(|| {
            Failure::usage(format!(
                "E1132: no catalogue that the program carries has {technique}; look it up with charivari \
                 knowledge search"
            ))
        })?;
        let name = name.to_owned();
        let tagged = Tagged { technique: technique.clone(), name, why: says.to_owned() };
        return Ok((vec![tagged], Vec::new()));
    }
    let text = what.to_string();
    let (kind, value) = text.split_once('=').unwrap_or((&text, ""));
    Ok((Vec::new(), vec![Sign { kind: kind.to_owned(), value: value.to_owned() }]))
}

const fn confidence(standing: Standing) -> Confidence {
    match standing {
        Standing::Observed => Confidence::Moderate,
        Standing::Reported | Standing::Inferred => Confidence::Low,
    }
}
