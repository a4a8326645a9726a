//! `charivari attribute evaluate`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use charivari_attribution::evaluate::{Cases, Evaluation, Fit, Kind, Measures, Used, evaluate};
use charivari_attribution::{Knowledge, Profiles, Reports, Weights, knowledge_of};
use charivari_text::show::{shorten, visible};

use super::open;
use crate::cli::attribute::{Evaluate, Fit as Which};
use crate::cli::knowledge::Known;
use crate::commands::knowledge::known as known_as_of;
use crate::failure::{Failure, Result};
use crate::term;

pub(super) fn run(args: &Evaluate) -> Result<()> {
    let cases = Cases::read(open(&args.cases)?)?;
    let knowledge = knowledge(args, cases.profiles.as_deref())?;
    let fit = match args.fit {
        Which::Folds => Fit::Folds,
        Which::All => Fit::All,
    };
    let weights = Weights::shipped()?;
    let found = evaluate(&knowledge, &cases.cases, &weights, !args.no_software, fit)?;
    if found.used.seen_in_fitting > 0 {
        term::warn(&format!(
            "{} cases are of actors that the weights were fitted on, so that their figures are too good; \
             leave out --fit all",
            found.used.seen_in_fitting
        ));
    }
    if args.json {
        let json = serde_json::to_string_pretty(&found);
        return term::line(&json.map_err(|error| Failure::fault(error.to_string()))?);
    }
    term::line(page(&found).trim_end())
}

/// Who is asked about: the profiles that were named, or those that the cases name, or all that is
/// known.
///
/// Packs stay out: they tell of documents that a case sets aside under names of their own, and would
/// answer for it.
fn knowledge(args: &Evaluate, named: Option<&str>) -> Result<Knowledge> {
    let is_asked_of_all = args.as_of.is_some() || args.knowledge.is_some();
    let path = if is_asked_of_all { None } else { profiles(args, named)? };
    let Some(path) = path else {
        let known = Known { knowledge: args.knowledge.clone(), as_of: args.as_of, no_packs: true };
        let mut view = known_as_of(&known)?;
        view.knowledge = view.knowledge.without_packs();
        return Ok(knowledge_of(&view)?);
    };
    let profiles = Profiles::read(open(&path)?)?;
    // The reports of what the program carries, so that a file has one result everywhere.
    let view = charivari_knowledge::shipped()?.without_packs().as_of(None);
    Ok(Knowledge::new(profiles.actors, &Reports::of(&view))?)
}

/// The profiles that were named, or those that the cases name, beside them.
fn profiles(args: &Evaluate, named: Option<&str>) -> Result<Option<PathBuf>> {
    let Some(named) = named.filter(|_| args.profiles.is_none()) else {
        return Ok(args.profiles.clone());
    };
    // A file of cases may come from anywhere: it may name a neighbour, and no other place.
    let name = Path::new(named);
    if name.components().count() == 1 && name.file_name().is_some() {
        return Ok(Some(args.cases.with_file_name(name)));
    }
    Err(Failure::usage(
        "E1110: the cases name a file of profiles that is not beside them; name it with --profiles FILE",
    ))
}

/// Everything for people: a table for each kind, and what to think of it.
fn page(found: &Evaluation) -> String {
    let mut page = String::new();
    let question = if found.used.software { "techniques and tools" } else { "techniques only" };
    for (name, kind) in &found.kinds {
        let name = visible(name);
        let n = kind.measures.n;
        let _ = writeln!(page, "{}, {question}: {n} cases\n", shorten(&name, 60));
        table(&mut page, kind);
        page.push('\n');
    }
    let _ = writeln!(page, "{}", said(&found.used));
    page.push_str(
        "Intervals are 95 %, drawn by actor. A resemblance of techniques is no attribution: they are\n\
         shared, bought, published and copied.\n",
    );
    page
}

fn table(page: &mut String, kind: &Kind) {
    let _ = writeln!(page, "  {:<30}{:>8}{:>18}{:>10}", "", "ranking", "95 %", "BM25");
    let mut row = |label: &str, name: &str, of: fn(&Measures) -> f64| {
        let (low, high) = kind.measures.intervals.get(name).copied().unwrap_or_default();
        let interval = format!("{low:.3} to {high:.3}");
        let (ours, plain) = (of(&kind.measures), of(&kind.bm25));
        let _ = writeln!(page, "  {label:<30}{ours:>8.3}{interval:>18}{plain:>10.3}");
    };
    row("first candidate right", "top1", |it| it.top1);
    row("among the first 5", "top5", |it| it.top5);
    row("among the first 10", "top10", |it| it.top10);
    row("mean of 1 over the rank", "mrr", |it| it.mrr);
    row("Brier score", "brier", |it| it.brier);
    row("log loss", "log_loss", |it| it.log_loss);
    row("calibration error (ECE)", "ece", |it| it.ece);
    if kind.measures.country_n > 0 {
        row("country right", "country_top1", |it| it.country_top1);
    }
    let _ = writeln!(
        page,
        "\n  ECE if all were exact: {:.3}; countries known: {}; known told from unknown actors: {:.2}",
        kind.measures.ece_if_perfect, kind.measures.country_n, kind.measures.known_or_unknown
    );
    if kind.measures.absent > 0 {
        let absent = kind.measures.absent;
        let _ = writeln!(page, "  true actor no candidate: {absent} cases, counted as wrong");
    }
    if let Some(found) = kind.measures.calibration {
        let _ = writeln!(
            page,
            "  calibration: slope {:.2} ({:.2} to {:.2}), intercept {:.2} ({:.2} to {:.2})",
            found.slope,
            found.slope_interval.0,
            found.slope_interval.1,
            found.intercept,
            found.intercept_interval.0,
            found.intercept_interval.1
        );
    }
    page.push_str("  answering only the surest:");
    for point in kind.measures.coverage.iter().skip(1).step_by(2) {
        let share = point.coverage * 100.0;
        let _ = write!(page, "  {share:.0} % → {:.2}", point.accuracy);
    }
    page.push('\n');
}

/// Which weights answered, in words.
fn said(used: &Used) -> String {
    let by_fold: usize = used.by_fold.values().sum();
    let mut said = format!(
        "Weights: {by_fold} cases by weights fitted without their actors ({} folds), {} by those fitted \
         on all",
        used.by_fold.len(),
        used.by_all
    );
    if used.seen_in_fitting > 0 {
        let _ = write!(said, ",\n{} of which saw cases of the same actor", used.seen_in_fitting);
    }
    said.push('.');
    said
}
