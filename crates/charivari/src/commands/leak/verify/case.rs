//! A verification into a case: its files become sensitive evidence, what it found becomes findings.

use std::path::{Path, PathBuf};

use charivari_case::{NewEvidence, NewFinding, NewRun};
use charivari_leak::verification::{Count, Verification};
use charivari_model::Confidence;
use charivari_model::case::{Measure, Method, Ref};

use crate::cli::leak::Verify;
use crate::commands::case;
use crate::failure::Result;
use crate::term;

/// The source of a file of which nothing was said.
const UNSAID: &str = "given to the verification; where it came from was not said";

/// Records what was found, in the form in which small counts are withheld: a case is passed on.
pub(super) fn record(
    args: &Verify,
    dir: &Path,
    result: &Verification,
    warnings: &[String],
) -> Result<()> {
    let stamp = case::stamp(args.into.by.as_deref())?;
    let mut case = case::open(dir)?;
    let tlp = case.tlp();
    let mut inputs: Vec<Ref> = Vec::new();
    for path in files(args) {
        let source = args.into.source.as_deref().unwrap_or(UNSAID);
        let evidence = NewEvidence {
            grade: args.into.grade.unwrap_or_default(),
            tlp,
            sensitive: true,
            ..NewEvidence::new(path, source)
        };
        inputs.push(case.add_evidence(evidence, &stamp, &mut |_| {})?.evidence.id);
    }
    inputs.sort_unstable();
    inputs.dedup();
    let open = result.published();
    let mut limits = open.limits.clone();
    limits.extend(warnings.iter().cloned());
    let recorded = case.record(
        NewRun {
            command: "leak verify".to_owned(),
            parameters: parameters(args),
            tool: open.tool.clone(),
            inputs,
            method: Method { steps: steps(&open), limits },
            findings: findings(&open),
            ..NewRun::default()
        },
        &stamp,
    )?;
    term::line(&format!(
        "\nIn the case: {}, {} findings. Decide on them with charivari case decide.",
        recorded.run,
        recorded.findings.len()
    ))
}

fn files(args: &Verify) -> Vec<&PathBuf> {
    let single =
        [&args.decoys, &args.canaries, &args.processors, &args.history, &args.other_release];
    let single = single.into_iter().flatten();
    args.own.iter().chain(&args.sample).chain(&args.earlier).chain(single).collect()
}

fn parameters(args: &Verify) -> Vec<(String, String)> {
    let said = [
        ("key", Some(args.key.clone())),
        ("columns", (!args.columns.is_empty()).then(|| args.columns.join(","))),
        ("country", args.country.clone()),
        ("draw", args.draw.map(|count| count.to_string())),
        ("seed", args.seed.map(|seed| seed.to_string())),
        ("overlap", Some(args.overlap.clone())),
        ("created-at", args.created_at.clone()),
        ("changed-at", args.changed_at.clone()),
        ("id", args.id.clone()),
    ];
    said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn steps(result: &Verification) -> Vec<String> {
    let mut steps = vec![format!(
        "Rows were found by {} after both sides were made alike by the rules {}; the columns of found rows \
         were compared.",
        result.key.word(),
        result.normaliser
    )];
    if result.found_by_likeness != Count::Exactly(0) {
        steps.push(
            "Rows that the key did not find were linked by likeness of their columns (Fellegi and Sunter), at \
             a probability of 0.99."
                .to_owned(),
        );
    }
    steps
}

fn findings(result: &Verification) -> Vec<NewFinding> {
    let finding = |kind: &str, statement: &str, confidence, measures| NewFinding {
        kind: kind.to_owned(),
        subject: "the sample".to_owned(),
        // In a report a finding is a sentence among sentences.
        statement: format!("{}.", statement.trim_end_matches('.')),
        measures,
        confidence,
        innocent: result.alternatives.clone(),
        ..NewFinding::default()
    };
    // One method on one sample is never more than moderate; without decoys or with few rows it is low.
    let is_checked = result.false_matches.as_ref().is_some_and(|decoys| decoys.rate.high < 0.1);
    let basis =
        if is_checked && result.asked >= 50 { Confidence::Moderate } else { Confidence::Low };
    let mut all = vec![finding("leak.verified", &result.statement, basis, verified(result))];
    if let Some(snapshot) = &result.snapshot {
        let days = Measure {
            value: snapshot.interval.days(),
            ..Measure::count("width of the interval", 0, "days")
        };
        let mut dated = finding("leak.snapshot", &snapshot.sentence, Confidence::Low, vec![days]);
        dated.period = Some((snapshot.interval.from, snapshot.interval.to));
        all.push(dated);
    }
    if let Some(volume) = &result.volume {
        let mut measures = vec![Measure::count("different rows seen", volume.seen, "rows")];
        measures.extend(volume.estimate.as_ref().map(|estimate| Measure {
            value: estimate.rows.value,
            interval: Some((estimate.rows.low, estimate.rows.high)),
            interval_is: "95 %, if rows were taken at random".to_owned(),
            ..Measure::count("rows of the table, estimated", 0, "rows")
        }));
        all.push(finding("leak.volume", &volume.sentence, Confidence::Low, measures));
    }
    if let Some(copy) = &result.copy {
        let of = |canary: &charivari_leak::verification::Canary| {
            Measure::count(&format!("planted in {}, found", canary.copy), canary.found, "addresses")
        };
        all.push(finding(
            "leak.copy",
            &copy.sentence,
            basis,
            copy.canaries.iter().map(of).collect(),
        ));
    }
    all
}

fn verified(result: &Verification) -> Vec<Measure> {
    let mut measures = vec![Measure::count("rows compared", result.asked, "rows")];
    if let Some(found) = result.found.exact() {
        measures.push(Measure {
            interval: result.share.map(|share| (share.low, share.high)),
            interval_is: result
                .share
                .map_or_else(String::new, |_| "95 % of the share in the whole sample".to_owned()),
            ..Measure::count("rows found", found, "rows")
        });
    }
    measures.extend(result.ratios.iter().map(|ratio| Measure {
        value: ratio.value,
        ..Measure::count(&format!("likelihood ratio against {}", ratio.against), 0, "")
    }));
    measures
}
