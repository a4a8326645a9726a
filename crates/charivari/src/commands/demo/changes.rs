//! What one day changed in a case, by comparing it before and after.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charivari_model::case::{Check, Dossier, Ref};

use super::tutorial::DAYS;

/// What is new, and what it says of what was there.
pub(super) fn told(before: &Dossier, after: &Dossier) -> String {
    let mut text = format!("\nThen {} became public:\n", DAYS[1]);
    let known: BTreeSet<Ref> = before.claims.iter().map(|claim| claim.id).collect();
    for claim in after.claims.iter().filter(|claim| !known.contains(&claim.id)) {
        let repeats = claim.repeats.map(|id| format!(" (repeats {id})")).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {:<4} {}: {}{repeats}", claim.id.to_string(), claim.who, claim.gist);
    }
    let new: Vec<&Check> =
        after.checks.iter().filter(|check| !before.checks.contains(check)).collect();
    if !new.is_empty() {
        text.push_str("and what was said can be compared:\n");
    }
    let mut sentences: Vec<&str> = new.iter().map(|check| check.sentence.as_str()).collect();
    sentences.dedup();
    for sentence in sentences {
        let _ = writeln!(text, "  {sentence}");
    }
    let findings = |dossier: &Dossier| dossier.findings.len();
    if findings(before) == findings(after) {
        text.push_str(
            "No finding of ours changed: the attribution rests on what its author knows of earlier\n\
             activity, which these exports do not hold.\n",
        );
    }
    text
}
