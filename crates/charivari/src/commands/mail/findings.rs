//! What messages show, as findings of a case. No finding holds a name, an address or words of a
//! message.

use std::collections::BTreeSet;

use charivari_case::NewFinding;
use charivari_mail::campaign::{Campaign, Campaigns, Share};
use charivari_mail::lexicon::Act;
use charivari_mail::{Examination, Word};
use charivari_model::Confidence;
use charivari_model::case::{Locator, Measure, Ref, Tagged};

use super::examine::{Place, Run};

/// Campaigns with a finding of their own.
pub(super) const MAX_CAMPAIGNS: usize = 50;
/// Places in the evidence that one finding lists.
const MAX_PLACES: usize = 20;

/// The findings of a run; `evidence` is that of each file.
pub(super) fn tell(run: &Run<'_>, campaigns: &Campaigns, evidence: &[Ref]) -> Vec<NewFinding> {
    let mut findings = vec![whole(run)];
    let largest = campaigns.campaigns.iter().take(MAX_CAMPAIGNS);
    findings.extend(largest.map(|one| of_campaign(one, run, evidence)));
    // What is one of many is told with them.
    let told: BTreeSet<u64> = campaigns
        .campaigns
        .iter()
        .take(MAX_CAMPAIGNS)
        .flat_map(|one| &one.numbers)
        .copied()
        .collect();
    let mut seen = Vec::new();
    for (place, one) in run.notable.iter().filter(|(place, _)| !told.contains(&place.number)) {
        // The same bytes in two files are one message.
        if !seen.contains(&one.sha256) {
            seen.push(one.sha256.clone());
            findings.push(of_message(place, one, evidence));
        }
    }
    findings
}

/// What the run says as a whole: also where nothing speaks against any message.
fn whole(run: &Run<'_>) -> NewFinding {
    let counts = &run.counts;
    let [yes, open, no] = counts.words.get("overall").copied().unwrap_or_default();
    NewFinding {
        kind: "mail.message".to_owned(),
        subject: "the collection".to_owned(),
        statement: format!(
            "Of {} messages, sender and content of {yes} are verified, of {no} contradicted, and of {open} \
             unverified, which is not forged.",
            counts.messages
        ),
        measures: vec![
            Measure::count("messages", counts.messages, "messages"),
            Measure::count("verified", yes, "messages"),
            Measure::count("unverified", open, "messages"),
            Measure::count("contradicted", no, "messages"),
        ],
        confidence: Confidence::Moderate,
        innocent: vec![
            "Keys of former years are rarely kept, so that genuine old mail is unverified."
                .to_owned(),
            "Mailing lists, forwarding and archives change messages and so break signatures."
                .to_owned(),
        ],
        ..NewFinding::default()
    }
}

fn of_message(place: &Place, one: &Examination, evidence: &[Ref]) -> NewFinding {
    let verdicts = &one.verdicts;
    let why = [&verdicts.sender, &verdicts.content].into_iter();
    let why = why.filter(|verdict| verdict.word == Word::Contradicted).flat_map(|v| &v.why);
    let reasons: Vec<&str> = why.chain(&one.signs).map(|remark| remark.text.as_str()).collect();
    let from = one.claims.from.first().map_or("no sender", String::as_str);
    NewFinding {
        kind: "mail.message".to_owned(),
        subject: format!("message {}", &one.sha256[..16]),
        statement: format!(
            "A message that says it is from {from} is {}: {}.",
            verdicts.overall.word.name(),
            reasons.join("; ")
        ),
        measures: vec![
            Measure::count("signatures", one.signatures.len() as u64, "signatures"),
            Measure::count("hops", one.path.hops.len() as u64, "hops"),
        ],
        confidence: Confidence::Moderate,
        evidence: locator(place, one.claims.date, evidence).into_iter().collect(),
        techniques: impersonation(one.signs.iter().map(|sign| sign.code)),
        innocent: vec![
            "A mailing list changed the subject or added lines, which breaks a signature.".to_owned(),
            "It was forwarded, and the server that forwarded it is none of the sender's.".to_owned(),
            "The sender writes through a provider of newsletters, or from another of its own domains."
                .to_owned(),
            "The key was changed, and the file of keys has another of that time.".to_owned(),
        ],
        ..NewFinding::default()
    }
}

fn of_campaign(one: &Campaign, run: &Run<'_>, evidence: &[Ref]) -> NewFinding {
    let places: Vec<&Place> = one
        .numbers
        .iter()
        .filter_map(|number| run.places.get(usize::try_from(*number).ok()?.checked_sub(1)?))
        .collect();
    let shown: Vec<Locator> =
        places.iter().take(MAX_PLACES).filter_map(|place| locator(place, None, evidence)).collect();
    let acts: Vec<String> = one.acts.iter().map(|act| format!("{act:?}").to_lowercase()).collect();
    let words = if acts.is_empty() {
        String::new()
    } else {
        format!(" Words of {} stand in them.", acts.join(", "))
    };
    let [yes, open, no] = one.words;
    NewFinding {
        kind: "mail.campaign".to_owned(),
        subject: format!("campaign {}", one.id),
        statement: format!(
            "{} messages to {} sets of recipients are near-copies of one text{}, sent with {} programs from \
             {} networks; {yes} are verified, {open} unverified, {no} contradicted.{words}",
            one.messages,
            one.recipients,
            one.template
                .as_ref()
                .map_or(String::new(), |t| format!(" with {} slots filled in", t.slots)),
            one.tools.len(),
            one.networks.len(),
        ),
        measures: vec![
            Measure::count("messages", one.messages, "messages"),
            Measure::count("sets of recipients", one.recipients, "sets"),
            Measure::count("sending programs", one.tools.len() as u64, "programs"),
            Measure::count("networks", one.networks.len() as u64, "networks"),
            Measure::count("messages that say they are from a list", one.from_lists, "messages"),
        ],
        confidence: Confidence::Moderate,
        evidence_left_out: one.messages.saturating_sub(shown.len() as u64),
        evidence: shown,
        techniques: techniques(one),
        innocent: vec![
            "Newsletters, bills, invitations and reminders are near-copies with names filled in."
                .to_owned(),
            "A provider's customers share its servers, its program and its identifiers.".to_owned(),
            "A report about a threat, or a copy sent on as a warning, has the same words."
                .to_owned(),
        ],
        period: one.period,
        ..NewFinding::default()
    }
}

/// The place of a message in the evidence. Files have no names of posts, and words are left out.
fn locator(
    place: &Place,
    time: Option<charivari_model::Timestamp>,
    evidence: &[Ref],
) -> Option<Locator> {
    let part = place.file.split_once('!').map(|(_, member)| member.to_owned());
    Some(Locator {
        evidence: *evidence.get(place.input)?,
        part,
        row: place.row,
        post: None,
        account: None,
        time,
        excerpt: String::new(),
    })
}

/// What a campaign would be an instance of, were it one (DISARM Red Framework 1.6, ATT&CK 18.1).
fn techniques(one: &Campaign) -> Vec<Tagged> {
    let acts = |wanted: Act| one.acts.contains(&wanted);
    let hostile = acts(Act::Threat) || acts(Act::Exposure);
    if !hostile {
        return impersonation(one.signs.iter().map(|share: &Share| share.value.as_str()));
    }
    let mut tagged =
        vec![tag("disarm:T0084.001", "Use Copypasta", "the messages are near-copies of one text")];
    if acts(Act::Threat) {
        tagged.push(tag("disarm:T0140.002", "Intimidate", "words of the text announce harm"));
    }
    if acts(Act::Exposure) {
        let why = "words of the text announce that data will be made public";
        tagged.push(tag("disarm:T0048.003", "Threaten to Dox", why));
    }
    let mut tagged: Vec<Tagged> = tagged.into_iter().flatten().collect();
    tagged.extend(impersonation(one.signs.iter().map(|share: &Share| share.value.as_str())));
    tagged
}

/// What pretending to be another sender would be an instance of.
fn impersonation<'a>(mut signs: impl Iterator<Item = &'a str>) -> Vec<Tagged> {
    if !signs.any(|sign| ["domain-look-alike", "name-of-another"].contains(&sign)) {
        return Vec::new();
    }
    let why = "the sender's name or domain reads like that of a genuine sender and is not";
    let both = [
        tag("disarm:T0143.003", "Impersonated Persona", why),
        tag("attack:T1656", "Impersonation", why),
    ];
    both.into_iter().flatten().collect()
}

fn tag(id: &str, name: &str, why: &str) -> Option<Tagged> {
    // The ids are well formed, as the test below says.
    let technique = id.parse().ok()?;
    Some(Tagged { technique, name: name.to_owned(), why: why.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_technique_is_well_formed() {
        for id in [
            "disarm:T0084.001",
            "disarm:T0140.002",
            "disarm:T0048.003",
            "disarm:T0143.003",
            "attack:T1656",
        ] {
            assert!(tag(id, "", "").is_some(), "{id}");
        }
    }
}
