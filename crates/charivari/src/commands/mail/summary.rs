//! What all messages of a run amount to: counts, and never a name.

use std::collections::BTreeMap;

use charivari_mail::campaign::{Campaign, Campaigns};
use charivari_mail::{Custody, Examination, State, Word};
use charivari_model::Provenance;
use serde::Serialize;

use crate::commands::notes::counted;

/// The counts of a run.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) messages: u64,
    pub(super) files: u64,
    /// Verified, unverified and contradicted, of each claim.
    pub(super) words: BTreeMap<&'static str, [u64; 3]>,
    /// Signatures by what became of them, and why.
    pub(super) signatures: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
    /// Chains of DKIM2, a draft, by what became of them, and why.
    pub(super) dkim2: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
    /// Messages by tricks with sender and date.
    pub(super) signs: BTreeMap<&'static str, u64>,
    /// Messages by what words of them do.
    pub(super) acts: BTreeMap<String, u64>,
    /// Messages by what is broken in them or was left out.
    pub(super) faults: BTreeMap<&'static str, u64>,
    /// Results of servers that do not count, by reason.
    pub(super) ignored_results: BTreeMap<&'static str, u64>,
    pub(super) attachments: u64,
    pub(super) links: u64,
}

/// Everything that is said of a run.
#[derive(Serialize)]
pub(super) struct Summary<'a> {
    #[serde(rename = "charivari.schema")]
    pub(super) schema: &'static str,
    pub(super) provenance: &'a Provenance,
    pub(super) counts: &'a Counts,
    pub(super) campaigns: &'a Campaigns,
    /// Files that were set aside, and why.
    pub(super) set_aside: &'a [String],
}

impl Counts {
    pub(super) fn add(&mut self, one: &Examination) {
        self.messages += 1;
        let verdicts = &one.verdicts;
        for (claim, word) in [
            ("overall", verdicts.overall.word),
            ("sender", verdicts.sender.word),
            ("content", verdicts.content.word),
            ("date", verdicts.date.word),
            ("path", verdicts.path.word),
        ] {
            self.words.entry(claim).or_default()[place(word)] += 1;
        }
        for signature in &one.signatures {
            let reasons = self.signatures.entry(name(signature.state)).or_default();
            *reasons.entry(signature.reason.code).or_default() += 1;
        }
        if let Some(chain) = &one.dkim2 {
            let reasons = self.dkim2.entry(name(chain.state)).or_default();
            *reasons.entry(chain.reason.code).or_default() += 1;
        }
        once(one.signs.iter().map(|sign| sign.code), &mut self.signs);
        once(one.faults.iter().map(|fault| fault.code), &mut self.faults);
        let acts = one.words.iter().map(|hit| format!("{:?}", hit.act).to_lowercase());
        once(acts, &mut self.acts);
        let ignored = one.results.iter().filter(|field| !field.counts);
        once(ignored.map(|field| field.reason.code), &mut self.ignored_results);
        self.attachments += one.attachments.len() as u64;
        self.links += one.links.iter().map(|link| u64::from(link.count)).sum::<u64>();
    }
}

/// Counts each value once for a message.
fn once<T: Ord>(values: impl Iterator<Item = T>, counts: &mut BTreeMap<T, u64>) {
    let mut values: Vec<T> = values.collect();
    values.sort();
    values.dedup();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
}

fn name(state: State) -> &'static str {
    match state {
        State::Valid => "valid",
        State::Void => "void",
        State::Failed => "failed",
        State::Unchecked => "unchecked",
    }
}

fn place(word: Word) -> usize {
    match word {
        Word::Verified => 0,
        Word::Unverified => 1,
        Word::Contradicted => 2,
    }
}

/// The summary for people.
pub(super) fn told(counts: &Counts, campaigns: &Campaigns, one: Option<&Examination>) -> String {
    let mut lines = vec![format!(
        "{} in {}",
        counted(counts.messages, "message"),
        counted(counts.files, "file")
    )];
    if let Some(one) = one {
        lines.extend(single(one));
    } else {
        lines.push(format!(
            "{:<10} {:>10} {:>12} {:>14}",
            "", "verified", "unverified", "contradicted"
        ));
        for claim in ["overall", "sender", "content", "date", "path"] {
            let [yes, open, no] = counts.words.get(claim).copied().unwrap_or_default();
            lines.push(format!("{claim:<10} {yes:>10} {open:>12} {no:>14}"));
        }
        let mut some = |title: &str, counts: &BTreeMap<&'static str, u64>| {
            if !counts.is_empty() {
                lines.push(format!("{title}: {}", listed(counts)));
            }
        };
        for (state, reasons) in &counts.signatures {
            some(&format!("signatures {state}"), reasons);
        }
        for (state, reasons) in &counts.dkim2 {
            some(&format!("chains of DKIM2 (a draft) {state}"), reasons);
        }
        some("signs", &counts.signs);
        some("broken or left out", &counts.faults);
        some("recorded results that do not count", &counts.ignored_results);
        if !counts.acts.is_empty() {
            let acts: Vec<String> =
                counts.acts.iter().map(|(act, count)| format!("{act} {count}")).collect();
            lines.push(format!("messages with words of: {}", acts.join(", ")));
        }
    }
    lines.extend(campaigns.campaigns.iter().take(5).map(campaign));
    if campaigns.campaigns.len() > 5 {
        lines.push(format!("{} more campaigns", campaigns.campaigns.len() - 5));
    }
    if campaigns.left_out > 0 {
        lines.push(format!(
            "{} not compared with others: more memory is given with --max-compared",
            counted(campaigns.left_out, "message")
        ));
    }
    lines.push(
        "Unverified is not forged: most honest mail of former years is unverified.".to_owned(),
    );
    lines.join("\n")
}

fn listed(counts: &BTreeMap<&'static str, u64>) -> String {
    let parts: Vec<String> = counts.iter().map(|(code, count)| format!("{code} {count}")).collect();
    parts.join(", ")
}

/// One message, claim by claim.
fn single(one: &Examination) -> Vec<String> {
    let verdicts = &one.verdicts;
    let mut lines =
        vec![format!("message {}: {}", &one.sha256[..12], verdicts.overall.word.name())];
    for (claim, verdict) in [
        ("sender", &verdicts.sender),
        ("content", &verdicts.content),
        ("date", &verdicts.date),
        ("path", &verdicts.path),
    ] {
        lines.push(format!("{claim:<8} {}", verdict.word.name()));
        lines.extend(verdict.why.iter().map(|why| format!("           {}", why.text)));
    }
    for signature in &one.signatures {
        lines.push(format!("signature of {}: {}", signature.domain, signature.reason.text));
        lines.extend(signature.notes.iter().map(|note| format!("           {}", note.text)));
    }
    lines.extend(one.dkim2.iter().flat_map(custody));
    let chain = one.chain.iter().map(|chain| &chain.reason);
    let remarks = chain.chain(&one.signs).chain(&one.path.remarks).chain(&one.faults);
    lines.extend(remarks.map(|remark| format!("- {}", remark.text)));
    for field in one.results.iter().filter(|field| !field.counts) {
        lines.push(format!("- results of {} do not count: {}", field.server, field.reason.text));
    }
    for hit in &one.words {
        let act = format!("{:?}", hit.act).to_lowercase();
        lines.push(format!(
            "- words of {act} ({}): \"{}\", at byte {}",
            hit.language, hit.words, hit.at
        ));
    }
    for link in &one.links {
        let odd: Vec<&str> = link.remarks.iter().map(|remark| remark.text.as_str()).collect();
        let odd = if odd.is_empty() { String::new() } else { format!(": {}", odd.join("; ")) };
        lines.push(format!("- {} to {}{odd}", counted(u64::from(link.count), "link"), link.host));
    }
    for file in &one.attachments {
        lines.push(format!(
            "- attachment {}, {} bytes, SHA-256 {}",
            file.kind, file.bytes, file.sha256
        ));
    }
    lines.extend(
        one.nested
            .iter()
            .map(|inner| format!("- a message within it: {}", inner.verdicts.overall.word.name())),
    );
    lines
}

/// A chain of DKIM2, hop by hop.
fn custody(chain: &Custody) -> Vec<String> {
    let mut lines = vec![format!("DKIM2 ({}, a draft): {}", chain.draft, chain.reason.text)];
    for hop in &chain.hops {
        let number = hop.number.map_or_else(|| "?".to_owned(), |number| number.to_string());
        let changed = match hop.changed.as_slice() {
            [] => String::new(),
            changed => format!("; it changed {}", changed.join(", ")),
        };
        let told = format!("{}: {}{changed}", name(hop.state), hop.reason.text);
        let by = if hop.domain.is_empty() { "signer not readable" } else { &hop.domain };
        lines.push(format!("  hop {number}, {by}: {told}"));
        lines.extend(hop.notes.iter().map(|note| format!("           {}", note.text)));
    }
    lines
}

/// One campaign in a line.
pub(super) fn campaign(one: &Campaign) -> String {
    let acts: Vec<String> = one.acts.iter().map(|act| format!("{act:?}").to_lowercase()).collect();
    let acts =
        if acts.is_empty() { String::new() } else { format!("; words of {}", acts.join(", ")) };
    let slots = one.template.as_ref().map_or(String::new(), |t| format!("; {} slots", t.slots));
    format!(
        "campaign {}: {} to {}, {} sending programs, {} networks{slots}{acts}",
        one.id,
        counted(one.messages, "near-copy").replace("copys", "copies"),
        counted(one.recipients, "recipient set"),
        one.tools.len(),
        one.networks.len(),
    )
}
