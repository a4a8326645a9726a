//! Records of a case in whole sentences, for formats that carry prose.

use std::fmt::Write as _;

use charivari_model::case::{Actor, Claim, Evidence, Finding, Hypothesis, Link, Locator, Ruling};

use super::outgoing::{Outgoing, is_open};
use super::words::{Style, locator_text, measure_text, or, when_text};

/// The sentence of a finding, with OPEN before it where nobody has decided.
pub(crate) fn statement(finding: &Finding, style: Style) -> String {
    let mark = if is_open(finding) { "OPEN: " } else { "" };
    format!("{mark}{}", style.text(or(&finding.statement, "no statement")))
}

/// Everything that a finding says, but for its sentence.
pub(crate) fn finding(out: &Outgoing<'_>, finding: &Finding, style: Style) -> String {
    let mut text = String::new();
    let mut basics = vec![
        format!("number: {}", finding.id),
        format!("kind: {}, {}", style.word(&finding.kind), style.text(&finding.subject)),
        format!("confidence: {}", finding.confidence),
        ruling(finding, style),
    ];
    if let Some((from, to)) = finding.period {
        basics.push(format!("period: {from} to {to}"));
    }
    style.list("Finding", &basics, &mut text);
    let each = |items: &[String]| items.iter().map(|item| style.text(item)).collect::<Vec<_>>();
    let measures: Vec<String> =
        finding.measures.iter().map(|measure| measure_text(measure, style)).collect();
    style.list("Measures", &measures, &mut text);
    style.list("Innocent explanations", &each(&finding.innocent), &mut text);
    let techniques = finding.techniques.iter().map(|tagged| {
        let (name, why) = (style.text(&tagged.name), style.text(&tagged.why));
        format!("{} {name}: {why}", tagged.technique)
    });
    style.list("Would be an instance of", &techniques.collect::<Vec<_>>(), &mut text);
    style.list("Accounts", &accounts(finding, style), &mut text);
    style.list("Evidence", &places(finding, style), &mut text);
    if let Some(run) = out.run(finding) {
        let steps = each(&run.method.steps);
        style.list("How it was found", &steps, &mut text);
        style.list("What the method does not show", &each(&run.method.limits), &mut text);
    }
    text
}

/// What the analyst made of it.
pub(crate) fn ruling(finding: &Finding, style: Style) -> String {
    let decision = &finding.decision;
    if decision.ruling == Ruling::Open {
        return "ruling: open, nobody has decided yet".to_owned();
    }
    let mut text = format!("ruling: {}", decision.ruling.word());
    if !decision.by.is_empty() {
        let _ = write!(text, " by {}", style.text(&decision.by));
    }
    if let Some(time) = decision.time {
        let _ = write!(text, " at {time}");
    }
    if !decision.reason.is_empty() {
        let _ = write!(text, ": {}", style.text(&decision.reason));
    }
    text
}

fn accounts(finding: &Finding, style: Style) -> Vec<String> {
    let account = |account: &charivari_model::case::Account| {
        let handle = account.handle.as_deref().map(|handle| format!(" ({})", style.text(handle)));
        let policy = account.policy.as_deref();
        let policy = policy.map(|policy| format!(" Policy touched: {}.", style.text(policy)));
        format!(
            "{}{}: {}{}",
            style.text(&account.key),
            handle.unwrap_or_default(),
            style.text(&account.why),
            policy.unwrap_or_default()
        )
    };
    finding.accounts.iter().map(account).collect()
}

fn places(finding: &Finding, style: Style) -> Vec<String> {
    let place = |locator: &Locator| locator_text(locator, style);
    let mut places: Vec<String> = finding.evidence.iter().map(place).collect();
    if finding.evidence_left_out > 0 {
        places.push(format!("and {} more places that are not listed", finding.evidence_left_out));
    }
    places
}

/// A claim, with its numbers and how they compare.
pub(crate) fn claim(out: &Outgoing<'_>, claim: &Claim, style: Style) -> String {
    let mut text = String::new();
    let mut lines = vec![
        format!("number: {}", claim.id),
        format!("who: {}", style.text(&claim.who)),
        format!("when: {}", when_text(&claim.when, style)),
        format!("where: {}", style.text(&claim.place)),
        format!("about: {}", style.text(&claim.about)),
        format!(
            "grade: {} ({}; {})",
            claim.grade,
            claim.grade.reliability(),
            claim.grade.credibility()
        ),
    ];
    if !claim.verbatim.is_empty() {
        lines.push(format!("verbatim: \"{}\"", style.text(&claim.verbatim)));
    }
    if let Some(first) = claim.repeats {
        lines.push(format!("only repeats {first}: the two are one source"));
    }
    style.list("Claim", &lines, &mut text);
    let checks = out.checks(claim.id).iter().map(|check| {
        let (words, sentence) = (style.text(&check.words), style.text(&check.sentence));
        format!("\"{words}\" {}: {sentence}", check.verdict.word())
    });
    style.list("Numbers checked", &checks.collect::<Vec<_>>(), &mut text);
    text
}

/// A party, with the ground on which it is named and its reply.
pub(crate) fn actor(actor: &Actor, style: Style) -> String {
    let mut lines = Vec::new();
    if !actor.text.is_empty() {
        lines.push(style.sentence(&actor.text));
    }
    let (ground, reply) = (or(&actor.ground, "none stated"), or(&actor.reply, "none yet"));
    lines.push(format!("Named on this ground: {}", style.sentence(ground)));
    lines.push(format!("Its reply: {}", style.sentence(reply)));
    for alias in &actor.aliases {
        let since = alias.since.as_ref().map(|since| format!(" since {}", when_text(since, style)));
        let (name, source) = (style.text(&alias.name), style.text(&alias.source));
        lines.push(format!("Called {name} by {source}{}.", since.unwrap_or_default()));
    }
    style.join(&lines)
}

/// What is known of an input file; never where a sensitive one is held.
pub(crate) fn evidence(evidence: &Evidence, style: Style) -> String {
    let collected = evidence.collected.as_ref();
    let collected = collected.map(|when| format!(", collected {}", when_text(when, style)));
    let collector = evidence.collector.as_deref();
    let collector = collector.map(|collector| format!(" by {}", style.text(collector)));
    let sensitive = if evidence.sensitive { ", sensitive: never passed on" } else { "" };
    format!(
        "{} {}: {} bytes, SHA-256 {}, from {}{}{}, grade {} ({}; {}), {}{sensitive}",
        evidence.id,
        style.text(&evidence.name),
        evidence.bytes,
        style.text(&evidence.sha256),
        style.text(or(&evidence.source, "a source that was not named")),
        collected.unwrap_or_default(),
        collector.unwrap_or_default(),
        evidence.grade,
        evidence.grade.reliability(),
        evidence.grade.credibility(),
        evidence.tlp.label(),
    )
}

/// How a hypothesis stands; how good the basis is, is said elsewhere and never in one sentence.
pub(crate) fn hypothesis(hypothesis: &Hypothesis, style: Style) -> String {
    let (least, most) = hypothesis.likelihood.range();
    let word = hypothesis.likelihood.word();
    let list = |refs: &[charivari_model::case::Ref]| {
        let all: Vec<String> = refs.iter().map(ToString::to_string).collect();
        if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
    };
    let lines = [
        format!("number: {}", hypothesis.id),
        format!("likelihood: {word} ({least} to {most} %)"),
        format!("supported by: {}", list(&hypothesis.supports)),
        format!("contradicted by: {}", list(&hypothesis.contradicts)),
    ];
    let mut text = String::new();
    style.list(&title(hypothesis, style), &lines, &mut text);
    text
}

/// What a hypothesis says, without the full stop, because more follows.
pub(crate) fn title(hypothesis: &Hypothesis, style: Style) -> String {
    let title = or(&hypothesis.title, "a hypothesis without a title");
    style.text(title.trim_end().trim_end_matches('.'))
}

/// A link between two records as a sentence.
pub(crate) fn link(link: &Link, style: Style) -> String {
    let reason = if link.reason.is_empty() {
        String::new()
    } else {
        format!(": {}", style.text(&link.reason))
    };
    format!("{} {} {}{reason}", link.from, link.relation, link.to)
}

/// The case as a whole: what a reader sees first.
pub(crate) fn case(out: &Outgoing<'_>, style: Style) -> String {
    let dossier = out.dossier;
    let mut text = String::new();
    style.list("Before you read", &out.caveats(style), &mut text);
    let question = [style.text(or(&dossier.head.question, "none stated"))];
    style.list("Question", &question, &mut text);
    let line = |one: &&Finding| format!("{} {}", one.id, statement(one, style));
    style.list("Findings", &out.findings.iter().map(line).collect::<Vec<_>>(), &mut text);
    if let Some(assessment) = &dossier.assessment {
        let answers = assessment
            .hypotheses
            .iter()
            .map(|one| format!("{} {}: {}", one.id, title(one, style), one.likelihood));
        style.list("Competing answers", &answers.collect::<Vec<_>>(), &mut text);
        let basis = [
            format!("confidence: {}", assessment.confidence),
            style.text(or(&assessment.basis, "no basis stated")),
        ];
        style.list("Basis of the assessment", &basis, &mut text);
        let change: Vec<String> =
            assessment.would_change.iter().map(|one| style.text(one)).collect();
        style.list("What would change it", &change, &mut text);
    }
    let head = &dossier.head;
    let source = [
        format!(
            "case {}, log of {} entries, head {}",
            style.text(&head.uuid),
            head.log_entries,
            style.text(&head.log_head)
        ),
        format!("written by {}", style.text(&head.tool)),
    ];
    style.list("Provenance", &source, &mut text);
    text
}
