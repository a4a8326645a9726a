//! `charivari case show`: a case at a glance, or one record whole.

use std::fmt::Write as _;

use charivari_case::Overview;
use charivari_model::case::{Finding, Kind, Locator, Measure, Ref};
use charivari_text::show::{shorten, visible};

use super::{directory, open_reading};
use crate::cli::case::Show;
use crate::failure::{Failure, Result};
use crate::term;

/// The most characters of a sentence in the overview.
const LINE: usize = 96;

pub(super) fn run(args: &Show) -> Result<()> {
    let mut case = open_reading(&directory(&args.at))?;
    if let Some(record) = args.record {
        return one(&mut case, record, args.json);
    }
    let overview = case.overview()?;
    if args.json {
        return term::line(&serde_json::to_string_pretty(&overview).map_err(Failure::fault)?);
    }
    term::line(&glance(&overview))
}

/// One record: a finding in words, anything else as what it is made of.
fn one(case: &mut charivari_case::Case, record: Ref, json: bool) -> Result<()> {
    let content = case.record_of(record)?;
    if record.kind != Kind::Finding || json {
        return term::line(&visible_lines(
            &serde_json::to_string_pretty(&content).map_err(Failure::fault)?,
        ));
    }
    let finding: Finding = serde_json::from_value(content).map_err(Failure::fault)?;
    term::line(&told(&finding))
}

/// The case at a glance.
fn glance(overview: &Overview) -> String {
    let mut text = heading(overview);
    // Writing to a string does not fail.
    for (kind, count) in overview.counts.iter().filter(|(_, count)| *count > 0) {
        let _ = writeln!(text, "{:<12}{count:>9}{}", kind.word(), beside(overview, *kind));
    }
    let findings = overview.findings.iter().map(|finding| {
        let state = finding.decision.ruling.word();
        (finding.id, format!("{state:<9} {}", finding.statement))
    });
    section(&mut text, "newest findings", findings);
    let claims = overview.claims.iter();
    let claims = claims.map(|claim| (claim.id, format!("{}: {}", claim.who, claim.gist)));
    section(&mut text, "newest claims", claims);
    if !overview.questions.is_empty() {
        text.push_str("\nto do\n");
    }
    for question in &overview.questions {
        let _ = writeln!(text, "  {}", visible(question));
    }
    let entries = overview.head.log_entries;
    let noun = if entries == 1 { "entry" } else { "entries" };
    let _ = write!(text, "\nlog of {entries} {noun}, head {}", overview.head.log_head);
    text
}

/// What the case is.
fn heading(overview: &Overview) -> String {
    let head = &overview.head;
    let mut text = format!("{}  ({})\n", visible(&head.title), head.tlp);
    // Writing to a string does not fail.
    if !head.question.is_empty() {
        let _ = writeln!(text, "{}", visible(&head.question));
    }
    if let Some(sentence) = &head.synthetic {
        let _ = writeln!(text, "Synthetic: {}", visible(sentence));
    }
    let by = visible(&head.opened_by);
    let _ = writeln!(text, "opened {} by {by}, last changed {}\n", head.opened, head.changed);
    text
}

/// What there is to say beside a count.
fn beside(overview: &Overview, kind: Kind) -> String {
    let parts: Vec<String> = match kind {
        Kind::Finding => {
            let rulings = overview.rulings.iter().filter(|(_, count)| *count > 0);
            let rulings = rulings.map(|(ruling, count)| format!("{count} {}", ruling.word()));
            let old =
                (overview.superseded > 0).then(|| format!("{} superseded", overview.superseded));
            rulings.chain(old).collect()
        }
        Kind::Evidence => {
            let held =
                [(overview.held_elsewhere, "held elsewhere"), (overview.encrypted, "encrypted")];
            held.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
        }
        _ => Vec::new(),
    };
    if parts.is_empty() { String::new() } else { format!("   {}", parts.join(", ")) }
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = (Ref, String)>) {
    for (number, (id, line)) in lines.enumerate() {
        if number == 0 {
            // Writing to a string does not fail.
            let _ = writeln!(text, "\n{title}");
        }
        let _ = writeln!(text, "  {:<5} {}", id.to_string(), shorten(&visible(&line), LINE));
    }
}

/// A finding, whole, in words.
fn told(finding: &Finding) -> String {
    let mut text = ruled(finding);
    list(&mut text, "measures", finding.measures.iter().map(measured));
    let accounts = finding.accounts.iter().map(|account| match &account.handle {
        Some(handle) => format!("{} ({handle})", account.key),
        None => account.key.clone(),
    });
    list(&mut text, "accounts", accounts);
    let techniques = finding.techniques.iter();
    let techniques =
        techniques.map(|tagged| format!("{} {}: {}", tagged.technique, tagged.name, tagged.why));
    list(&mut text, "techniques that it would be an instance of", techniques);
    list(&mut text, "innocent explanations", finding.innocent.iter().cloned());
    list(&mut text, "evidence", finding.evidence.iter().map(place));
    if finding.evidence_left_out > 0 {
        // Writing to a string does not fail.
        let _ = write!(text, "\n  and {} more", finding.evidence_left_out);
    }
    text
}

/// What a finding says, how good its basis is, and what was decided.
fn ruled(finding: &Finding) -> String {
    let decision = &finding.decision;
    let mut text = format!(
        "{} ({}, of {})\n{}\n\nconfidence in its basis: {}\ndecision: {}",
        finding.id,
        finding.kind,
        finding.run,
        visible(&finding.statement),
        finding.confidence,
        decision.ruling.word()
    );
    // Writing to a string does not fail.
    if !decision.reason.is_empty() {
        let _ = write!(text, ", {}: {}", visible(&decision.by), visible(&decision.reason));
    }
    if let Some(later) = finding.superseded_by {
        let _ = write!(text, "\nsuperseded by {later}");
    }
    text
}

/// A measure, its number in a column.
fn measured(measure: &Measure) -> String {
    let interval = measure.interval.map(|(low, high)| format!(" ({low} to {high})"));
    let interval = interval.unwrap_or_default();
    format!("{:<44}{:>12} {}{interval}", measure.name, number(measure.value), measure.unit)
}

/// A place in the evidence, with the words that stand there.
fn place(place: &Locator) -> String {
    let part = place.part.as_ref().map(|part| format!(" {part}")).unwrap_or_default();
    let account = place.account.as_deref().unwrap_or_default();
    format!("{}{part} row {}  {account}  {}", place.evidence, place.row, place.excerpt)
}

fn list(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (place, line) in lines.enumerate() {
        // Writing to a string does not fail.
        if place == 0 {
            let _ = write!(text, "\n\n{title}");
        }
        let _ = write!(text, "\n  {}", shorten(&visible(&line), 2 * LINE));
    }
}

/// A number as people read it: counts whole, others to four figures.
fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value}")
    } else if value.abs() < 1e6 {
        format!("{value:.2}")
    } else {
        format!("{value:.2e}")
    }
}

/// A text of several lines, each made visible.
fn visible_lines(text: &str) -> String {
    text.lines().map(|line| visible(line).into_owned()).collect::<Vec<_>>().join("\n")
}
