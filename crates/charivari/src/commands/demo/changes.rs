//! What one day changed in a case, by comparing it before and after.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charivari_model::case::{Check, Dossier, Ref, Subject};

use super::tutorial::DAYS;

/// What is new, and what it says of what was there.
pub(super) fn told(before: &Dossier, after: &Dossier) -> String {
    let mut text = format!("\nOn {} this became public:\n", DAYS[1]);
    let known: BTreeSet<Ref> = before.claims.iter().map(|claim| claim.id).collect();
    for claim in after.claims.iter().filter(|claim| !known.contains(&claim.id)) {
        let repeats = claim.repeats.map(|id| format!(" (repeats {id})")).unwrap_or_default();
        // Writing to a string does not fail.
        let _ =
            writeln!(text, "  {:<4} {}: {}{repeats}", claim.id.to_string(), claim.who, claim.gist);
    }
    let new = after.checks.iter().filter(|check| !before.checks.contains(check));
    let mut sentences: Vec<&str> =
        new.filter(|check| is_telling(after, check)).map(|check| check.sentence.as_str()).collect();
    sentences.dedup();
    if !sentences.is_empty() {
        text.push_str("and what was said can be compared:\n");
    }
    for sentence in sentences {
        let _ = writeln!(text, "  {sentence}");
    }
    let findings = |dossier: &Dossier| dossier.findings.len();
    if findings(before) == findings(after) {
        text.push_str(
            "No finding of ours changed, and nothing is weighed again: an attribution is no evidence for\n\
             itself, and its author knows of earlier activity more than these exports hold.\n",
        );
    }
    text
}

/// Whether a comparison tells a reader anything: not that two claims say the same number, nor again what
/// was said of the claim that one of them only repeats. The report has them all.
fn is_telling(dossier: &Dossier, check: &Check) -> bool {
    let Subject::Claim { id } = check.against else { return true };
    if says(dossier, id, &check.words) {
        return false;
    }
    let original = dossier.claims.iter().find(|claim| claim.id == id).and_then(|it| it.repeats);
    let said_before = |known: &Check| {
        let of_original = original.is_some_and(|id| known.against == Subject::Claim { id });
        known.claim == check.claim && known.words == check.words && of_original
    };
    !dossier.checks.iter().any(said_before)
}

/// Whether a claim has a number in these very words.
fn says(dossier: &Dossier, claim: Ref, words: &str) -> bool {
    let of = dossier.claims.iter().filter(|known| known.id == claim);
    of.flat_map(|claim| &claim.quantities).any(|quantity| quantity.words == words)
}
