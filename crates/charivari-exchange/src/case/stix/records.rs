//! Findings, claims, events, hypotheses, notes and links.

use charivari_model::case::{Claim, Finding, Hypothesis, Link};
use charivari_model::{Confidence, Likelihood, Timestamp};
use serde_json::json;

use super::Flavour;
use super::bundle::{Bundle, Draft};
use super::people;
use crate::case::outgoing::is_open;
use crate::case::summary;
use crate::case::words::{Style, or, plain, stix_time, when_text};

/// Each finding as a note about what it speaks of.
pub(super) fn add_findings(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    for finding in &out.findings {
        let mut draft = finding_note(bundle, finding);
        let mut refs = vec![bundle.campaign.clone()];
        refs.extend(finding.accounts.iter().filter_map(|one| people::account_id(bundle, &one.key)));
        refs.extend(finding.evidence.iter().filter_map(|one| bundle.record(one.evidence)));
        refs.extend(bundle.techniques(finding));
        draft.set("object_refs", json!(once_each(refs)));
        let id = bundle.add(draft);
        bundle.is_record(finding.id, &id);
    }
}

fn finding_note(bundle: &Bundle<'_>, finding: &Finding) -> Draft {
    let out = bundle.out;
    let style = bundle.flavour.style();
    let mut draft = bundle.draft("note", finding.id.to_string());
    draft.set("abstract", summary::statement(finding, style));
    draft.set("content", summary::finding(out, finding, style));
    let author = &finding.decision.by;
    if !author.trim().is_empty() {
        draft.set("authors", json!([plain(author)]));
    }
    draft.set("confidence", finding.confidence.stix());
    draft.labels.push("finding");
    draft.labels.push(if is_open(finding) { "open" } else { "accepted" });
    draft.tlp = out.marking(finding);
    draft.created = out.made(finding);
    draft.modified = finding.decision.time.unwrap_or(draft.created);
    draft
}

/// Each claim: what an operation says of itself is a narrative to `OpenCTI`, all else is a note.
pub(super) fn add_claims(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    for claim in &out.dossier.claims {
        let speaker = out.actor_named(&claim.who);
        let is_story = speaker.is_some_and(people::tells_stories) && claim.repeats.is_none();
        let speaker = speaker.and_then(|actor| bundle.record(actor.id));
        let id = match speaker {
            Some(speaker) if is_story && bundle.flavour == Flavour::OpenCti => {
                let id = add_narrative(bundle, claim);
                bundle.relate("uses", (&speaker, &id), "It said so.", None);
                id
            }
            speaker => add_claim_note(bundle, claim, speaker),
        };
        bundle.is_record(claim.id, &id);
    }
}

fn add_narrative(bundle: &mut Bundle<'_>, claim: &Claim) -> String {
    let style = bundle.flavour.style();
    let mut draft = bundle.draft("narrative", claim.id.to_string());
    draft.set("name", plain(or(&claim.gist, "a claim without a gist")));
    draft.set("description", summary::claim(bundle.out, claim, style));
    draft.labels.push("claim");
    draft.tlp = claim.tlp;
    draft.created = claim.added;
    bundle.add(draft)
}

fn add_claim_note(bundle: &mut Bundle<'_>, claim: &Claim, speaker: Option<String>) -> String {
    let style = bundle.flavour.style();
    let mut draft = bundle.draft("note", claim.id.to_string());
    let who = style.text(or(&claim.who, "someone"));
    draft.set("abstract", format!("{who}: {}", style.text(&claim.gist)));
    draft.set("content", summary::claim(bundle.out, claim, style));
    if !claim.added_by.trim().is_empty() {
        draft.set("authors", json!([plain(&claim.added_by)]));
    }
    let mut refs = vec![bundle.campaign.clone()];
    refs.extend(speaker);
    refs.extend(claim.repeats.and_then(|first| bundle.record(first)));
    draft.set("object_refs", json!(once_each(refs)));
    draft.labels.push("claim");
    draft.tlp = claim.tlp;
    draft.created = claim.added;
    bundle.add(draft)
}

/// Each event: an object of its own to `OpenCTI`; a note otherwise, because STIX has only incidents,
/// and a press conference is none.
pub(super) fn add_events(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let style = bundle.flavour.style();
    for event in &out.dossier.events {
        let title = or(&event.title, "an event without a title");
        let mut lines = vec![
            format!("number: {}", event.id),
            format!("when: {}", when_text(&event.when, style)),
            format!("source: {}", style.text(or(&event.source, "none named"))),
        ];
        if !event.text.is_empty() {
            lines.push(style.text(&event.text));
        }
        let mut content = String::new();
        style.list("Event", &lines, &mut content);
        let is_native = bundle.flavour == Flavour::OpenCti;
        let kind = if is_native { "event" } else { "note" };
        let mut draft = bundle.draft(kind, event.id.to_string());
        if is_native {
            draft.set("name", plain(title));
            draft.set("description", content);
            draft.set("start_time", stix_time(event.when.from));
            draft.set("stop_time", stix_time(event.when.to.max(event.when.from)));
        } else {
            draft.set("abstract", style.text(title));
            draft.set("content", content);
            draft.set("object_refs", json!([bundle.campaign]));
        }
        draft.labels.push("event");
        draft.tlp = event.tlp;
        draft.created = event.added;
        let id = bundle.add(draft);
        bundle.is_record(event.id, &id);
    }
}

/// Each hypothesis as a note, an opinion on it, and the leading one as attribution where it is
/// likely and an analyst said to whom it points.
pub(super) fn add_assessment(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let Some(assessment) = &out.dossier.assessment else { return };
    let run = out.dossier.run(assessment.run);
    let made = run.map_or(out.dossier.head.opened, |run| run.time);
    for (place, hypothesis) in assessment.hypotheses.iter().enumerate() {
        add_hypothesis(bundle, hypothesis, assessment.confidence, made, place);
    }
    let leading =
        assessment.hypotheses.iter().max_by(|a, b| a.probability.total_cmp(&b.probability));
    let Some(leading) = leading.filter(|one| one.likelihood >= Likelihood::Likely) else { return };
    for link in out.dossier.links.iter().filter(|link| link.from == leading.id) {
        add_attribution(bundle, leading, link, assessment.confidence);
    }
}

fn add_hypothesis(
    bundle: &mut Bundle<'_>,
    hypothesis: &Hypothesis,
    confidence: Confidence,
    made: Timestamp,
    place: usize,
) {
    let style = bundle.flavour.style();
    let mut note = bundle.draft("note", hypothesis.id.to_string());
    note.set("abstract", summary::title(hypothesis, style));
    note.set("content", summary::hypothesis(hypothesis, style));
    let mut refs = vec![bundle.campaign.clone()];
    let records = hypothesis.supports.iter().chain(&hypothesis.contradicts);
    refs.extend(records.filter_map(|record| bundle.record(*record)));
    note.set("object_refs", json!(once_each(refs)));
    note.labels.push("hypothesis");
    note.created = made;
    let id = bundle.add(note);
    bundle.is_record(hypothesis.id, &id);

    let mut opinion = bundle.draft("opinion", hypothesis.id.to_string());
    opinion.set("opinion", agreement(hypothesis.likelihood));
    opinion.set("explanation", format!("The hypothesis is {}.", said(hypothesis.likelihood)));
    opinion.set("object_refs", json!([id]));
    opinion.set("confidence", confidence.stix());
    // OpenCTI knows an opinion by its value and its time alone, so two may not share both.
    let millis = i64::try_from(place).unwrap_or(i64::MAX).saturating_mul(1_000);
    opinion.created = Timestamp(made.0.saturating_add(millis));
    bundle.add(opinion);
}

/// The step on STIX's scale of five on which a likelihood stands.
const fn agreement(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::AlmostNoChance | Likelihood::VeryUnlikely => "strongly-disagree",
        Likelihood::Unlikely => "disagree",
        Likelihood::RoughlyEvenChance => "neutral",
        Likelihood::Likely => "agree",
        Likelihood::VeryLikely | Likelihood::AlmostCertain => "strongly-agree",
    }
}

/// A likelihood as a sentence says it, with its range.
fn said(likelihood: Likelihood) -> String {
    let (least, most) = likelihood.range();
    format!("{} ({least} to {most} %)", likelihood.word())
}

fn add_attribution(
    bundle: &mut Bundle<'_>,
    hypothesis: &Hypothesis,
    link: &Link,
    confidence: Confidence,
) {
    let Some(target) = bundle.record(link.to) else { return };
    let is_actor = target.starts_with("intrusion-set--") || target.starts_with("threat-actor--");
    if !is_actor || link.relation != charivari_model::case::Relation::About {
        return;
    }
    let style = bundle.flavour.style();
    let why = format!(
        "{} {}: {}",
        hypothesis.id,
        summary::title(hypothesis, style),
        said(hypothesis.likelihood)
    );
    let campaign = bundle.campaign.clone();
    bundle.relate("attributed-to", (&campaign, &target), &why, Some(confidence.stix()));
}

/// Notes of analysts about a record, or about the case.
pub(super) fn add_notes(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let style = bundle.flavour.style();
    for note in &out.dossier.notes {
        let target = match note.about {
            Some(record) if record.kind == charivari_model::case::Kind::Finding => {
                // What is said of a finding that stays must stay with it.
                if !out.tells_of(record) {
                    continue;
                }
                bundle.record(record)
            }
            Some(record) => bundle.record(record),
            None => None,
        };
        let mut draft = bundle.draft("note", note.id.to_string());
        draft.set("abstract", format!("{} note of an analyst", note.id));
        let text = style.text(or(&note.text, "an empty note"));
        draft.set("content", if style == Style::Plain { text } else { format!("{text}\n") });
        if !note.added_by.trim().is_empty() {
            draft.set("authors", json!([plain(&note.added_by)]));
        }
        draft.set("object_refs", json!([target.unwrap_or_else(|| bundle.campaign.clone())]));
        draft.labels.push("analyst-note");
        draft.tlp = note.tlp;
        draft.created = note.added;
        let id = bundle.add(draft);
        bundle.is_record(note.id, &id);
    }
}

/// What an analyst joined; STIX has no word for support and denial, so the reason says it.
pub(super) fn add_links(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    for link in &out.dossier.links {
        let (Some(from), Some(to)) = (bundle.record(link.from), bundle.record(link.to)) else {
            continue;
        };
        if from != to {
            let why = summary::link(link, bundle.flavour.style());
            bundle.relate("related-to", (&from, &to), &why, None);
        }
    }
}

/// The ids without those that came before.
fn once_each(mut ids: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids
}
